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
from midtvejs.views.exports import left_over
from midtvejs.views.exports import making as to_be_made
from midtvejs.views.files import refuse_existing, write_all
from midtvejs.views.pdf import NoTypst
from midtvejs.views.screen import Screen


def export(
    screen: Screen,
    assignment: Path,
    folder: Path,
    program: Path,
    *,
    formats: Sequence[str],
    named: bool,
    wanted: Wanted,
    prefs: Path | None,
    force: bool,
    how: HowToRead = AS_IT_IS,
) -> bool:
    """Write the files of some formats into a folder, which is made where there is none; all or nothing.

    Gives False where nothing is written, as PDFs are wanted by name (``named``), and what they need is not
    installed; where everything is wanted they are left out.

    Raises:
        Faulty: a file has faults, or the assignment is not lawful.
        OSError: a file exists and ``force`` is not given, or cannot be read or written.
    """
    lawful = read_lawful(screen, assignment, program, prefs, how)
    others = [name for name in formats if name != "pdf"]
    try:
        making = {folder / name: make for name, make in to_be_made(lawful, formats, wanted).items()}
    except NoTypst:
        if named or not others:
            screen.note(f"error: PDFs need the package typst. {_how_to_get_typst(others)}")
            return False
        screen.note(f"warning: PDFs are left out: they need the package typst. {_how_to_get_typst()}")
        making = {folder / name: make for name, make in to_be_made(lawful, others, wanted).items()}
    _spare(filter(None, (assignment, program, prefs)), making)
    _refuse_existing(making, force)
    files = {path: make() for path, make in making.items()}
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


def _how_to_get_typst(others: Sequence[str] = ()) -> str:
    left_out = f", or leave them out: --only {','.join(others)}" if others else ""
    return f"Install it, where midtvejs is: pip install 'midtvejs[pdf]'{left_out}"


def _refuse_existing(paths: Iterable[Path], force: bool) -> None:
    """Refuse what cannot be written before it is made, which may take long."""
    for path in paths:
        if path.parent.exists():
            refuse_existing(path, force)


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
