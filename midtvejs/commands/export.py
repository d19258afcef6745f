"""``midtvejs export``: write what the day needs, from a saved assignment."""

from __future__ import annotations

import errno
import os
from collections.abc import Collection, Iterable, Sequence
from pathlib import Path

from midtvejs.commands.lawful import read_lawful
from midtvejs.domain.how_to_read import AS_IT_IS, HowToRead
from midtvejs.domain.wording import quantity
from midtvejs.views.exported.wanted import Wanted
from midtvejs.views.exports import exported, left_over
from midtvejs.views.files import write_all
from midtvejs.views.pdf import NoTypst
from midtvejs.views.screen import Screen


def export(
    screen: Screen,
    assignment: Path,
    folder: Path,
    program: Path,
    *,
    formats: Sequence[str],
    wanted: Wanted,
    prefs: Path | None,
    force: bool,
    how: HowToRead = AS_IT_IS,
) -> bool:
    """Write the files of some formats into a folder, which is made where there is none; all or nothing.

    Gives False where nothing is written, as what PDFs need is not installed.

    Raises:
        Faulty: a file has faults, or the assignment is not lawful.
        OSError: a file exists and ``force`` is not given, or cannot be read or written.
    """
    lawful = read_lawful(screen, assignment, program, prefs, how)
    try:
        files = {folder / name: content for name, content in exported(lawful, formats, wanted).items()}
    except NoTypst:
        others = ",".join(name for name in formats if name != "pdf")
        left_out = f", or leave PDFs out: --only {others}" if others else ""
        screen.note(f"error: PDFs need the package typst: pip install typst{left_out}")
        return False
    _spare(filter(None, (assignment, program, prefs)), files)
    made = _make_folders(sorted({path.parent for path in files}))
    try:
        write_all(files, force=force)
    except BaseException:
        for each in reversed(made):
            each.rmdir()
        raise
    screen.note(f"Exported {quantity(len(files), 'file')} to {folder}")
    if old := left_over(files):
        screen.note(f"Not of this assignment, and left as they are: {_listed(old)}")
    if wanted.public and (before := sorted(set(folder.iterdir()).difference(files))):
        screen.note(f"Look before you publish the folder, this was there before: {_listed(before)}")
    return True


def _spare(inputs: Iterable[Path], outputs: Collection[Path]) -> None:
    """Keep what was read from being written over, even by force."""
    read = {os.path.realpath(path): path for path in inputs}
    for path in outputs:
        if os.path.realpath(path) in read:
            raise OSError(errno.EINVAL, "is read, and not written over", str(path))


def _make_folders(wanted: Sequence[Path]) -> list[Path]:
    """Make the folders that are missing, and those above them; gives them, the outer ones first."""
    missing = sorted({each for path in wanted for each in (path, *path.parents) if not each.exists()})
    for folder in missing:
        folder.mkdir()
    return missing


def _listed(paths: Sequence[Path], most: int = 5) -> str:
    more = ", ..." if len(paths) > most else ""
    return ", ".join(map(str, paths[:most])) + more
