"""Read an assignment that was made before something changed: who was where, lawful today or not."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import replace
from pathlib import Path

from midtvejs.domain.diagnostic import Diagnostic, Place, Read, Severity
from midtvejs.domain.new_emails import Earlier, follow_new_emails
from midtvejs.domain.participants import NO_WISHES, Participant
from midtvejs.domain.program import Program
from midtvejs.domain.seated import Day, Seated
from midtvejs.reading.answers.assignment import SessionColumn
from midtvejs.reading.answers.needs import NO_NEEDS, Needs
from midtvejs.reading.answers.people import People, people_of
from midtvejs.reading.codes import Fault
from midtvejs.reading.files.source import quote
from midtvejs.reading.files.tables import read_table


def read_earlier(path: Path, program: Program) -> Read[Seated]:
    """Read who was where. Sessions may be cancelled meanwhile; those that the program never had are faults.

    Participants are as the file has them, without wishes. Nothing is said of whether it is lawful: rooms and
    rules may have changed since.

    Raises:
        Faulty: the file is empty that could be read.
        OSError: the file cannot be read at all.
    """
    return _read(path, program)[0]


def read_earlier_of(path: Path, program: Program, people: Collection[Participant]) -> Read[Earlier]:
    """Read who was where before ``people`` were seated as they are now; it is a fault if none of them was.

    Anyone who is known by another email by now has the key that they have now, and is told of.

    Raises:
        Faulty: the file is empty that could be read.
        OSError: the file cannot be read at all.
    """
    read, rows = _read(path, program)
    if read.value is None:
        return Read(value=None, diagnostics=read.diagnostics)
    earlier = follow_new_emails(read.value, people)
    if earlier.days.keys().isdisjoint(person.key for person in people):
        found = of_others(
            path, earlier.participants, "compare assignments of one event, the earlier one first"
        )
        return Read(value=None, diagnostics=(*read.diagnostics, found))
    for old, new in zip(read.value.participants, earlier.participants, strict=True):
        if old.key != new.key:
            message = f"{old.name} is known by {quote(new.email or new.name)} by now"
            hint = "if these are two people, write their organisations into the files"
            rows.faults.warn(Fault.OTHER_EMAIL, rows.place_of(old), message, hint)
    return Read(value=earlier, diagnostics=rows.faults.diagnostics)


def _read(path: Path, program: Program) -> tuple[Read[Seated], People]:
    table = read_table(path)
    people = people_of(table, program, [round_.id for round_ in program.rounds])
    days: dict[str, Day] = {}
    participants = tuple(_read_participants(people, days))
    diagnostics = people.faults.diagnostics
    faulty = table.source.faulty or any(each.severity is Severity.ERROR for each in diagnostics)
    seated = Seated(program=program, participants=participants, days=days)
    return Read(value=None if faulty else seated, diagnostics=diagnostics), people


def of_others(path: Path, people: Collection[Participant], hint: str) -> Diagnostic:
    """Say that a file is one of other ``people`` than those of an assignment."""
    message = f"none of these {len(people)} participants is in the assignment"
    return Fault.OTHER_PEOPLE.diagnostic(Place(file=str(path)), message, hint)


def _read_participants(people: People, days: dict[str, Day]) -> Iterator[Participant]:
    program = people.program
    # What was cancelled since is a session as good as any: somebody was in it.
    columns = [
        SessionColumn(people, replace(each, sessions=(*each.sessions, *each.cancelled)))
        for each in program.rounds
    ]
    nothing = (NO_WISHES,) * len(program.blocks)
    needs = Needs(people)
    for number, cells, fits in people.rows():
        absent, step_free = needs.of(number, cells) if needs.told else NO_NEEDS
        person = people.admit(number, cells, nothing, absent=absent, step_free=step_free)
        if person and fits:
            days[person.key] = tuple(column.code(number, cells, absent) for column in columns)
            yield person
