"""Save what a verb makes: to files, or to standard output for ``-``."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from midtvejs.output.files import refuse_existing, write_all
from midtvejs.output.screen import Screen

STDOUT = Path("-")


def files_among(*paths: Path | None) -> list[Path]:
    """Return the paths that are of files."""
    return [path for path in paths if path is not None and path != STDOUT]


def refuse_taken(*paths: Path | None, force: bool) -> None:
    """Say beforehand which file cannot be written; standard output always can.

    Raises:
        OSError: as ``refuse_existing``.
    """
    for path in files_among(*paths):
        refuse_existing(path, force=force)


def save(screen: Screen, contents: Mapping[Path, str | bytes], *, force: bool) -> None:
    """Write all files or none, and then what goes to standard output.

    Raises:
        OSError: as ``write_all``.
    """
    write_all({path: contents[path] for path in files_among(*contents)}, force=force)
    if text := contents.get(STDOUT):
        screen.write(text if isinstance(text, str) else text.decode())
