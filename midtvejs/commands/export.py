"""``midtvejs export``: write what the day needs, from a saved assignment."""

from __future__ import annotations

import errno
import os
from collections.abc import Collection, Iterable, Sequence
from pathlib import Path

from midtvejs.commands._exit import Exit
from midtvejs.commands._load import load_seated
from midtvejs.domain.answers import DEFAULT_OPTIONS, ReadOptions
from midtvejs.domain.wording import quantity
from midtvejs.output.export.formats import find_left_over
from midtvejs.output.export.formats import making as to_be_made
from midtvejs.output.export.papers import names as paper_names
from midtvejs.output.export.typesetting import NoTypst
from midtvejs.output.export.wanted import Wanted
from midtvejs.output.files import demand_folder, refuse_existing, write_into
from midtvejs.output.screen import Screen


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
    options: ReadOptions = DEFAULT_OPTIONS,
) -> Exit:
    """Write the files of some formats into a folder, which is made where there is none; all or nothing.

    Nothing is written, and it is a fault, where PDFs are wanted by name (``named``), and what they need is
    not installed; where everything is wanted they are left out.

    Raises:
        Faulty: a file has faults, or the assignment is not lawful.
        OSError: a file exists and ``force`` is not given, or cannot be read or written.
    """
    lawful = load_seated(screen, assignment, program, prefs, options)
    others = [name for name in formats if name != "pdf"]
    try:
        making = {folder / name: make for name, make in to_be_made(lawful, formats, wanted).items()}
    except NoTypst:
        papers = _enumerate(paper_names(wanted))
        if named or not others:
            screen.note(f"error: {papers}: PDFs need the package typst. {_how_to_get_typst(others)}")
            return Exit.FAULTS
        screen.note(f"warning: without {papers}: PDFs need the package typst. {_how_to_get_typst()}")
        making = {folder / name: make for name, make in to_be_made(lawful, others, wanted).items()}
    _spare(filter(None, (assignment, program, prefs)), making)
    demand_folder(folder)
    _refuse_existing(folder, making, force)
    write_into(folder, making, force=force)
    screen.note(f"Exported {quantity(len(making), 'file')} to {folder}")
    if old := find_left_over(making):
        screen.note(f"Not of this assignment, and left as they are: {_enumerate(old)}")
    if wanted.public and (before := sorted(set(folder.iterdir()).difference(making))):
        screen.note(f"Look before you publish the folder, this was there before: {_enumerate(before)}")
    return Exit.DONE


def _how_to_get_typst(others: Sequence[str] = ()) -> str:
    left_out = f", or leave them out: --only {','.join(others)}" if others else ""
    return f"Install it, where midtvejs is: pip install 'midtvejs[pdf]'{left_out}"


def _refuse_existing(folder: Path, paths: Iterable[Path], force: bool) -> None:
    """Refuse what cannot be written before it is made, which may take long; all that exists is told of."""
    there = sorted(filter(os.path.lexists, paths), key=lambda path: (len(path.parts), path))
    if len(there) > 1 and not force:
        listed = _enumerate(path.relative_to(folder) for path in there)
        told = f"{listed} exist already; --force writes over them"
        raise FileExistsError(errno.EEXIST, told, str(folder))
    for path in there:
        refuse_existing(path, force)


def _spare(inputs: Iterable[Path], outputs: Collection[Path]) -> None:
    """Keep what was read from being written over, even by force."""
    read = {os.path.realpath(path): path for path in inputs}
    for path in outputs:
        if os.path.realpath(path) in read:
            raise OSError(errno.EINVAL, "is an input, and is not overwritten", str(path))


def _enumerate(things: Iterable[object], most: int = 5) -> str:
    """Return ``a, b and c``; of many the first few, and how many more there are."""
    told = [str(thing) for thing in things]
    if len(told) > most:
        told = [*told[:most], f"{len(told) - most} more"]
    return " and ".join(filter(None, (", ".join(told[:-1]), told[-1])))
