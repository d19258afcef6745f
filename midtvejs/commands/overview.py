"""``midtvejs`` alone: say what there is in the folder, and what to do next."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum, auto
from pathlib import Path

from midtvejs import api
from midtvejs.commands._next import next_command, of_program, plan_command
from midtvejs.commands._usual import DEFAULT_ASSIGNMENT, DEFAULT_PROGRAM, PROGRAMS, TABLES
from midtvejs.domain.diagnostic import Diagnostic, Faulty, Read, Severity
from midtvejs.domain.program import Program
from midtvejs.domain.wording import first_few, quantity, typed
from midtvejs.output.pages.diagnostics import no_faults_page
from midtvejs.output.pages.overview import overview_page
from midtvejs.output.screen import Screen
from midtvejs.reading.codes import Fault
from midtvejs.reading.files.kinds import is_program
from midtvejs.reading.program.build import read_program

MOST_NAMES = 2_000
MOST_LOOKED_INTO = 8
MOST_BYTES = 2_000_000
"""More files, and larger ones, are not looked into: this is a glance."""
ENOUGH = 4_096
"""So many bytes say whether a file is a program."""
WISHES = Path("preferences")
"""Where wishes may stand beside the folder itself, as those of the example do."""


class Kind(Enum):
    """What a table is."""

    LAWFUL = auto()
    UNLAWFUL = auto()
    ANSWERS = auto()
    EMPTY = auto()
    FAULTY = auto()
    OTHER = auto()


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A table, what it is, and that in words."""

    file: Path
    kind: Kind
    told: str


def overview(screen: Screen, named: Path | None) -> None:
    """Show what the working folder holds. ``named`` is a program that is not to be looked for."""
    files = _files(Path())
    programs = [named] if named else _programs(files)
    tables = [file for file in (*files, *_files(WISHES)) if file.suffix.lower() in TABLES]
    lines, following = _told(programs, tables) if programs else _without_program(tables)
    screen.show(overview_page(lines, following))


def _files(folder: Path) -> list[Path]:
    """Return the files of a folder, if there is one, that are not hidden, in the order of their names."""
    if not folder.is_dir():
        return []
    with os.scandir(folder) as entries:
        found = [entry for _, entry in zip(range(MOST_NAMES), entries, strict=False)]
    shown = [entry for entry in found if not entry.name.startswith((".", "~$"))]
    return sorted(folder / entry.name for entry in shown if _is_file(entry))


def _is_file(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_file()
    except OSError:
        return False


def _programs(files: Sequence[Path]) -> list[Path]:
    """Return program.yaml, or else the files that seem to be programs."""
    written = [file for file in files if file.suffix.lower() in PROGRAMS]
    usual = [file for file in written if file == DEFAULT_PROGRAM]
    return usual or [file for file in written[:MOST_LOOKED_INTO] if is_program(_beginning(file))]


def _beginning(file: Path) -> str:
    try:
        with file.open("rb") as opened:
            return opened.read(ENOUGH).decode("utf-8", "replace")
    except OSError:
        return ""


def _without_program(tables: Sequence[Path]) -> tuple[list[str], list[str]]:
    """Say how to begin."""
    lines = ["There is no program here: no program.yaml says what is held when and where."]
    if tables:
        lines.append(f"Tables, which are read by a program: {first_few([str(each) for each in tables])}")
    return lines, ["midtvejs new", "midtvejs new --example"]


def _told(programs: Sequence[Path], tables: Sequence[Path]) -> tuple[list[str], list[str]]:
    """Say what is in programs, and in tables if there is one program to read them by; and what comes next."""
    if len(programs) > 1:
        lines = [f"{file}: a program" for file in programs]
        return lines, [typed(["midtvejs", "validate", *map(str, programs)])]
    [file] = programs
    try:
        read = read_program(file)
    except OSError as error:
        return [f"{file}: {error.strerror}"], [typed(["midtvejs", "new"])]
    if read.value is None:
        faults = _count_faults(read)
        lines = [f"{file}: {faults}", *(f"{each}: not read without the program" for each in tables[:1])]
        return lines, [_validate(file)]
    lines = [*no_faults_page(str(file), read.value, plan_command(file)).plain()]
    if read.diagnostics:
        lines = [f"{file}: {quantity(len(read.diagnostics), 'warning')}; to see them: {_validate(file)}"]
    found = [_look_into(table, read.value) for table in tables[:MOST_LOOKED_INTO]]
    lines += [f"{each.file}: {each.told}" for each in found]
    if more := len(tables) - len(found):
        lines.append(f"{quantity(more, 'table')} more, not looked into")
    return lines, [*_following(file, read.value, found)]


def _validate(file: Path) -> str:
    return typed(["midtvejs", "validate", *([] if file == DEFAULT_PROGRAM else [str(file)])])


def _count_faults(read: Read[Program]) -> str:
    return quantity(_errors(read.diagnostics), "fault")


def _errors(diagnostics: Sequence[Diagnostic]) -> int:
    return sum(each.severity is Severity.ERROR for each in diagnostics)


def _look_into(file: Path, program: Program) -> Found:
    """Say what a table is."""
    try:
        if file.stat().st_size > MOST_BYTES:
            return Found(file=file, kind=Kind.OTHER, told="too large for a glance")
        if not program.offers and (seated := _seated(file, program)):
            return seated
        return _answers(file, program)
    except OSError as error:
        return Found(file=file, kind=Kind.OTHER, told=f"cannot be read: {error.strerror}")


def _seated(file: Path, program: Program) -> Found | None:
    """Say how many an assignment seats; None of what is none.

    Wishes for one session each look the same: they are taken for an assignment where it is lawful, or
    called so.
    """
    try:
        people = len(api.read_assignment(file, program, tell=lambda _: None).participants)
    except Faulty as faulty:
        called = file.stem.lower().startswith(DEFAULT_ASSIGNMENT.stem)
        if not called or {each.code for each in faulty.diagnostics} & {Fault.OTHER_FILE}:
            return None
        faults = quantity(_errors(faulty.diagnostics), "fault")
        return Found(file=file, kind=Kind.UNLAWFUL, told=f"an assignment with {faults}")
    told = f"an assignment of {quantity(people, 'participant')}, lawful"
    return Found(file=file, kind=Kind.LAWFUL, told=told)


def _answers(file: Path, program: Program) -> Found:
    warnings: list[Diagnostic] = []
    try:
        read = api.read_preferences(file, program, tell=warnings.extend)
    except Faulty as faulty:
        faults = [each for each in faulty.diagnostics if each.severity is Severity.ERROR]
        if {each.code for each in faults} == {Fault.NO_PARTICIPANTS}:
            return Found(file=file, kind=Kind.EMPTY, told="no answers yet")
        if len(faults) == 1 and faults[0].code == Fault.OTHER_FILE:
            return Found(file=file, kind=Kind.OTHER, told=faults[0].message)
        told = f"{quantity(len(faults), 'fault')}, if these are answers"
        return Found(file=file, kind=Kind.FAULTY, told=told)
    answers = quantity(len(read.participants), "answer")
    warned = f", {quantity(len(warnings), 'warning')}" if warnings else ""
    return Found(file=file, kind=Kind.ANSWERS, told=f"{answers}{warned}")


def _following(file: Path, program: Program, found: Sequence[Found]) -> Iterator[str]:
    """Return what to do next, of all that can be done the furthest on."""
    first = {each.kind: each.file for each in reversed(found)}
    answers = first.get(Kind.ANSWERS)
    if program.offers:
        yield plan_command(file, answers)
    elif seated := first.get(Kind.LAWFUL):
        yield next_command("rosters", seated, file)
        yield next_command("export", seated, file, ["dagen"])
    elif unlawful := first.get(Kind.UNLAWFUL):
        yield next_command("audit", unlawful, file, ["--prefs", str(answers)] if answers else [])
    elif answers:
        yield next_command("assign", answers, file, ["--save", str(DEFAULT_ASSIGNMENT)])
    elif unsure := first.get(Kind.FAULTY) or _to_fill_in(found):
        yield next_command("check", unsure, file)
    else:
        yield next_command("form", Path("form"), file)
        yield typed(["midtvejs", "simulate", *of_program(file), "--save", "made-up.csv"])


def _to_fill_in(found: Sequence[Found]) -> Path | None:
    """Return a table without answers; of the two that ``form`` writes the workbook, which is sent out."""
    empty = [each.file for each in found if each.kind is Kind.EMPTY]
    return min(empty, key=lambda file: file.suffix.lower() == ".csv", default=None)
