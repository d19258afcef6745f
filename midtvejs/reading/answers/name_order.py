"""Whether names are written "Last, First" in a table of people: for certain, perhaps, or not at all."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from midtvejs.domain.participants import fold, fold_name, turn_round
from midtvejs.domain.program import Program
from midtvejs.reading.answers.people import People, may_be_last_first
from midtvejs.reading.codes import Fault
from midtvejs.reading.files.source import quote
from midtvejs.reading.forms.words import is_last_first, tidy

WORD = re.compile(r"[^\W\d_]{2,}")
Names = Sequence[tuple[int, str]]
"""Each with the number of its record."""
STAY = "kept as written"


def settle_name_order(people: People, known: Iterable[str] = ()) -> People:
    """Return a table whose names are turned round where that is certain; tell of those where it is not.

    It is certain where the heading says so. It is, too, where most names have a comma, and an email has both
    parts of one of them, or somebody is ``known`` by it the other way round: nobody parts a first name from
    a surname by a comma but to turn them round.
    """
    if "name" not in people.columns or "surname" in people.columns:
        return people
    found = list(_names_with_commas(people))
    likely = [each for each in found if may_be_last_first(each[1])]
    if found and is_last_first(tidy(people.table.records[0][people.columns["name"]])):
        others = [each for each in found if each not in likely]
        _tell(people, others, "more than a surname and a first name", STAY)
        return replace(people, turned=True)
    if not likely:
        return people
    mostly = 2 * len(likely) > sum(bool(people.text(cells, "name")) for cells in people.table.records[1:])
    names = {fold(name) for name in known}
    if mostly and any(_in_email(people, *each) or fold_name(each[1]) in names for each in likely):
        first = likely[0][1]
        outcome = f"turned round, {quote(first)} is {quote(turn_round(first))}"
        _tell(people, likely, "the surname first", outcome)
        return replace(people, turned=True)
    hint = 'if so, head the column "Last name, First name"' if mostly else ""
    _tell(people, likely, "the surname first, it seems", STAY, hint)
    return people


def names_in(program: Program) -> Iterator[str]:
    """Return the names by which a program calls people."""
    for session in program.known_sessions.values():
        yield from (presenter.name for presenter in session.presenters)
    yield from (pin.participant for pin in program.rules.pins)
    for group in program.rules.groups:
        yield from group.participants


def _names_with_commas(people: People) -> Iterator[tuple[int, str]]:
    column = people.columns["name"]
    records = people.table.records
    for number, cell in records.cells(column):
        if number and "," in cell:
            yield number, people.text(records[number], "name")


def _in_email(people: People, number: int, name: str) -> bool:
    """Whether an email has a word of both parts of a name, before the @."""
    from midtvejs.domain.concerns import spelling  # few files have such names, and it brings much along

    email = spelling(people.text(people.table.records[number], "email")).partition("@")[0]
    parts = (WORD.findall(spelling(part)) for part in name.split(","))
    return all(any(word in email for word in words) for words in parts)


def _tell(people: People, found: Names, have: str, outcome: str, hint: str = "") -> None:
    if not found:
        return
    numbers = [number for number, _ in found]
    some = "1 name has" if len(found) == 1 else f"{len(found):,} names have"
    place = people.table.cell(numbers[0], people.columns["name"])
    message = f"{some} {have} ({people.where(numbers)}): {outcome}"
    people.faults.add(Fault.NAME_ORDER, place, message, hint)
