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
from midtvejs.reading.answers.assignment import SessionColumn, refuse_other_files
from midtvejs.reading.answers.mixed_up import refuse_wishes
from midtvejs.reading.answers.needs import NO_NEEDS, Needs
from midtvejs.reading.answers.people import People, people_of
from midtvejs.reading.answers.seats_table import read_seats
from midtvejs.reading.codes import Fault
from midtvejs.reading.files.source import name_of, quote


def read_earlier(path: Path, program: Program, now: Collection[Participant] | None = None) -> Read[Earlier]:
    """Read who was where. Sessions may be cancelled meanwhile; those that the program never had are faults.

    Participants are as the file has them, without wishes. Nothing is said of whether it is lawful: rooms and
    rules may have changed since. It is a fault where it has nobody of those who take part ``now``; anyone of
    them who is known by another email by now has the key that they have now, and is told of.

    Raises:
        Faulty: the file is empty that could be read, or it is no assignment.
        OSError: the file cannot be read at all.
    """
    people, seated = _read(path, program)
    earlier = follow_new_emails(seated, now or ())
    if now is not None and seated.participants:
        _compare(people, seated, earlier, now)
    return Read(value=None if _is_faulty(people) else earlier, diagnostics=people.faults.diagnostics)


def _compare(people: People, seated: Seated, earlier: Earlier, now: Collection[Participant]) -> None:
    """Say where the file is of other people, and who is known by another email."""
    if earlier.days.keys().isdisjoint(person.key for person in now):
        message = "nobody who is seated here takes part any longer"
        hint = "give an earlier assignment of the same day"
        people.faults.add(Fault.OTHER_PEOPLE, people.table.row(0), message, hint)
    for old, new in zip(seated.participants, earlier.participants, strict=True):
        if old.key != new.key:
            email = f"the email {quote(new.email)}" if new.email else "no email"
            message = f"{old.name} has {email} by now, and is taken for the same participant"
            hint = "if these are two people, give their organisations in both files"
            people.faults.add(Fault.OTHER_EMAIL, people.place_of(old), message, hint)


def of_others(prefs: Path) -> Diagnostic:
    """Say that wishes are of other people than those in an assignment."""
    message = "none of those who signed up here is in the assignment"
    hint = "give the wishes that the assignment was made of"
    return Fault.OTHER_WISHES.diagnostic(Place(file=name_of(prefs)), message, hint)


def _read(path: Path, program: Program) -> tuple[People, Seated]:
    table = read_seats(path, program)
    refuse_wishes(table, program)
    people = people_of(table, program, [round_.id for round_ in program.rounds])
    refuse_other_files(people)
    days: dict[str, Day] = {}
    participants = tuple(_read_participants(people, days))
    return people, Seated(program=program, participants=participants, days=days)


def _is_faulty(people: People) -> bool:
    errors = (each.severity is Severity.ERROR for each in people.faults.diagnostics)
    return people.table.source.faulty or any(errors)


def _read_participants(people: People, days: dict[str, Day]) -> Iterator[Participant]:
    program = people.program
    # Participants may have been in what was cancelled since.
    columns = [
        SessionColumn(people, replace(each, sessions=(*each.sessions, *each.cancelled)))
        for each in program.rounds
    ]
    nothing = (NO_WISHES,) * len(program.blocks)
    needs = Needs(people)
    for number, cells, fits in people.rows():
        absent, step_free = needs.of(number, cells) if needs.told else NO_NEEDS
        person = people.admit(number, nothing, absent=absent, step_free=step_free)
        if person and fits:
            days[person.key] = tuple(column.code(number, cells, absent) for column in columns)
            yield person
