"""Whom the program's pins and groups mean among those who have a row, and whether they can be kept.

What is wrong stands in program.yaml, though only a file of people shows it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from heapq import nlargest
from itertools import takewhile
from operator import eq

from midtvejs.domain.diagnostic import Severity
from midtvejs.domain.participants import Participant
from midtvejs.domain.recognition import Decided, recognise_decisions
from midtvejs.reading.codes import Fault
from midtvejs.reading.decided_clashes import Complaint, clashes
from midtvejs.reading.people import People
from midtvejs.reading.source import CANDIDATES, quoted

MOST_LINES = 5
MOST_HINTS = 10
"""A name is compared with everybody's: that takes time in a crowd."""


def decided(
    people: People, participants: Sequence[Participant], *, unknown: Severity = Severity.ERROR
) -> tuple[Participant, ...]:
    """Fill in the pins and groups that mean each participant.

    ``unknown`` is how bad it is that a rule names somebody who has no row.
    """
    found = recognise_decisions(people.program, participants)
    clashing = clashes(people.program, found.participants, people.who)
    for complaint in (*_unrecognised(people, found, unknown), *clashing):
        place = complaint.decision.place or people.table.row(0)
        people.faults.add(
            complaint.fault, place, complaint.message, complaint.hint, severity=complaint.severity
        )
    return found.participants


def _unrecognised(people: People, found: Decided, unknown: Severity) -> Iterator[Complaint]:
    # In a part of a list nobody can be missed.
    if people.whole:
        yield from _missing(people, found, unknown)
    for named in found.unclear:
        numbers = [people.records[person.key] for person in named.participants]
        lines = " or ".join(str(people.table.lines[number]) for number in numbers[:MOST_LINES])
        message = f"{quoted(named.name)} may be the one in line {lines} of {people.file}"
        hint = "give the email instead of the name"
        yield Complaint(Fault.SEVERAL_NAMED, named.decision, message, hint)
    for named in found.doubled:
        (person,) = named.participants
        message = f"{quoted(named.name)} is {people.who(person)}, whom this group names already"
        yield Complaint(Fault.DOUBLED_MEMBER, named.decision, message, "name each participant once")


def _missing(people: People, found: Decided, severity: Severity) -> Iterator[Complaint]:
    for number, named in enumerate(found.unknown):
        by_email = "@" in named.name
        known = (person.email if by_email else person.name for person in found.participants)
        hint = _did_you_mean(people, named.name, known) if number < MOST_HINTS else ""
        called = "with the email" if by_email else "called"
        message = f"nobody {called} {quoted(named.name)} has a row in {people.file}"
        yield Complaint(Fault.NOBODY_NAMED, named.decision, message, hint, severity)
    for pin in found.empty:
        organisations = (person.organisation for person in found.participants)
        hint = _did_you_mean(people, pin.organisation, organisations)
        message = f"nobody of {quoted(pin.organisation)} has a row in {people.file}"
        yield Complaint(Fault.NOBODY_OF, pin, message, hint)


def _did_you_mean(people: People, name: str, known: Iterable[str]) -> str:
    """Give a hint that names who is called most like it.

    Of a crowd only those are looked at closely whose names begin and end alike, whatever order they stand in.
    """

    def alike(other: str) -> tuple[int, str]:
        return _begin_alike(name, other) + _begin_alike(name[::-1], other[::-1]), other

    return people.table.source.did_you_mean(name, nlargest(CANDIDATES, set(known), key=alike))


def _begin_alike(one: str, other: str) -> int:
    return len(list(takewhile(bool, map(eq, one, other))))
