"""Folders to write into, made where there are none."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path


def demand_folder(folder: Path) -> None:
    """Refuse what is not a folder, and cannot be made one, before anything is made for it."""
    there = next(each for each in (folder, *folder.parents) if os.path.lexists(each))
    if not there.is_dir():
        raise NotADirectoryError(errno.ENOTDIR, "is not a folder", str(there))
    if not os.access(there, os.W_OK | os.X_OK):
        raise PermissionError(errno.EACCES, "may not write into this folder", str(there))


@contextmanager
def folders(wanted: Iterable[Path]) -> Iterator[None]:
    """Make the folders that are missing, and those above them; where writing fails they are gone again."""
    made: list[Path] = []
    try:
        for folder in sorted(
            {each for path in wanted for each in (path, *path.parents) if not each.exists()}
        ):
            _make(folder)
            made.append(folder)
        yield
    except BaseException:
        for folder in reversed(made):
            folder.rmdir()
        raise


def _make(folder: Path) -> None:
    try:
        folder.mkdir()
    except OSError as error:
        raise OSError(error.errno, f"cannot be made: {error.strerror}", str(folder)) from error
