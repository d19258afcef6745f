"""``midtvejs new``: write a program.yaml to begin with, or the example."""

from __future__ import annotations

import datetime as dt
import errno
import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from midtvejs.commands._exit import Exit
from midtvejs.commands._next import plan_command
from midtvejs.domain.diagnostic import Diagnostic
from midtvejs.domain.sketch import USUAL_ROOMS, USUAL_ROUNDS, USUAL_SEATS, Sketch
from midtvejs.domain.wording import quantity, typed
from midtvejs.output.export.identity import event_id
from midtvejs.output.files import write_into
from midtvejs.output.screen import Screen
from midtvejs.output.tables.json_text import json_text
from midtvejs.reading.program.build import read_program
from midtvejs.reading.program.new_program import WORDS, clean, program_text, rooms_without_seats, sketch_day
from midtvejs.reading.program.schema import program_schema

PROGRAM, SCHEMA = "program.yaml", "program.schema.json"


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What is known of the day; ``rooms`` are how many, or the seats of each by its name."""

    name: str
    date: dt.date
    rounds: int | None
    rooms: Mapping[str, int] | int | None
    language: str
    event_id: str = ""
    schema: bool = False


def new(screen: Screen, folder: Path, wanted: Wanted) -> Exit:
    """Write a program of placeholders, each round with a session in every room.

    Raises:
        OSError: there is one already, or it cannot be written.
    """
    name = clean(wanted.name) or WORDS[wanted.language].event
    rounds, rooms = wanted.rounds or USUAL_ROUNDS, wanted.rooms or USUAL_ROOMS
    sketch = sketch_day(name, wanted.date, rounds, rooms, wanted.language)
    return write_program(screen, folder, sketch, wanted)


def new_from(screen: Screen, folder: Path, file: Path, wanted: Wanted) -> Exit:
    """Write the program of a table of sessions, or of a schedule, which itself says when it is.

    Raises:
        Faulty: the file is neither, or it has faults.
        OSError: there is a program already, or a file cannot be read or written.
    """
    words = WORDS[wanted.language]
    if is_schedule(file):
        from midtvejs.reading.schedules import read_schedule

        sketch = read_schedule(file, name=clean(wanted.name), round_word=words.round)
    else:
        from midtvejs.reading.sessions_table import read_sessions

        name = clean(wanted.name) or words.event
        read = read_sessions(file, name=name, date=wanted.date, round_word=words.round, rounds=wanted.rounds)
        sketch = read.accepted()
        _show(screen, read.diagnostics)
    return write_program(screen, folder, sketch, wanted)


def is_schedule(file: Path) -> bool:
    """Whether a file is, by its name, a schedule rather than a table."""
    return file.suffix.lower() in {".json", ".xml"}


def write_program(screen: Screen, folder: Path, sketch: Sketch, wanted: Wanted) -> Exit:
    """Write the program of a sketch, and show what is wrong with it, if anything is.

    Raises:
        OSError: there is one already, or it cannot be written.
    """
    text = program_text(
        sketch,
        wanted.language,
        wanted.event_id or event_id(sketch.name, sketch.date),
        SCHEMA if wanted.schema else "",
    )
    making: dict[Path, Callable[[], str | bytes]] = {folder / PROGRAM: lambda: text}
    if wanted.schema:
        making[folder / SCHEMA] = lambda: json_text(program_schema())
    write_new(folder, making)
    read = read_program(folder / PROGRAM)
    # A table may say what cannot be: its program is written all the same, to be mended.
    _show(screen, read.diagnostics)
    held = (
        f"{sketch.date}, {quantity(len(sketch.rounds), 'round')}, {quantity(len(sketch.sessions), 'session')}"
    )
    screen.note(f"Wrote {folder / PROGRAM} ({held}), to be changed in any text editor")
    if unsaid := rooms_without_seats(sketch):
        screen.note(
            f"How many fit is not said of {', '.join(unsaid)}: {USUAL_SEATS} is written, to be changed"
        )
    named = [] if folder == Path() else [str(folder / PROGRAM)]
    screen.note(f"Whether it is right: {typed(['midtvejs', 'validate', *named])}")
    if sketch.open:
        to_place = quantity(len(sketch.open), "session")
        screen.note(f"Times and rooms of {to_place}: {plan_command(folder / PROGRAM)}")
    screen.note(f"The day as a timetable: {typed(['midtvejs', 'show', *named])}")
    return Exit.DONE if read.value else Exit.FAULTS


def _show(screen: Screen, diagnostics: tuple[Diagnostic, ...]) -> None:
    if diagnostics:
        from midtvejs.output.pages.diagnostics import diagnostics_page

        screen.tell(diagnostics_page(diagnostics))


def write_example(screen: Screen, folder: Path) -> None:
    """Write the conference of 2018, and its made-up wishes.

    Raises:
        OSError: there is one of its files already, or it cannot be written.
    """
    found = example()
    write_new(folder, {folder / name: path.read_bytes for name, path in found.items()})
    for name in found:
        screen.note(f"Wrote {folder / name}")
    enter = "" if folder == Path() else f"{typed(['cd', str(folder)])}, then "
    _, wishes = found
    screen.note(f"Next: {enter}midtvejs assign {wishes} --save assignment.csv")
    screen.note("Then: midtvejs export assignment.csv dagen")


def example() -> dict[str, Path]:
    """Return the files of the example by where they belong.

    A wheel has them beside this package's modules; a checkout, from which it was built, above the package.
    """
    package = Path(__file__).parents[1]
    root = package / "example" if (package / "example").is_dir() else package.parent
    return {name: root / name for name in (PROGRAM, "preferences/midtvejs-2018.csv")}


def write_new(folder: Path, making: Mapping[Path, Callable[[], str | bytes]]) -> None:
    """Write files that are not there yet, all of them or none, and none outside of the folder.

    Raises:
        OSError: one is there, or a link leads out of the folder, or one cannot be written.
    """
    for path in making:
        if os.path.lexists(path):
            hint = "exists already, and is left as it is; for another: midtvejs new FOLDER"
            raise FileExistsError(errno.EEXIST, hint, str(path))
        if not path.parent.resolve().is_relative_to(folder.resolve()):
            raise OSError(errno.EINVAL, "is a link that leads out of the folder", str(path.parent))
    write_into(folder, making, force=False)
