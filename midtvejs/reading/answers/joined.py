"""By what answers were joined to a list of participants, email or name; and what speaks against it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property

from midtvejs.domain.participants import Participant, fold, fold_name
from midtvejs.reading.answers.listed import Listed
from midtvejs.reading.answers.one_person import (
    IF_ONE,
    OnePerson,
    Telling,
    is_one_name,
    is_one_organisation,
    say_the_same,
    says_nothing,
)
from midtvejs.reading.answers.people import People
from midtvejs.reading.codes import Fault
from midtvejs.reading.files.source import quote
from midtvejs.reading.forms.words import tidy


class Joined:
    """Collects answers of people on a list, and tells of those that were not joined by email alone.

    That two have one name, and a class or the like that tells them apart, is a fault until it is ``decided``
    that they are one. How people write their own names, and where they work, may differ from one file to the
    next: that is a warning.
    """

    def __init__(self, people: People, listed: Listed, one_person: OnePerson, *, decided: bool) -> None:
        self._people = people
        self._listed = listed
        self._one_person = one_person
        self._decided = decided
        self._by_name: list[int] = []

    def add(self, number: int, person: Participant, key: str) -> None:
        """Take an answer, and whose it is by the key on the list."""
        known = self._listed.by_key[key]
        if person.email and fold(person.email) == fold(known.email):
            if not _may_be_called(person, known):
                self._warn(number, person, known, f"is {quote(known.name)}", "the email is the same")
            return
        if person.key != key:
            self._by_name.append(number)
        if not is_one_organisation(person.organisation, known.organisation):
            what = f"is of {quote(person.organisation)}, and of {quote(known.organisation)}"
            self._warn(number, person, known, what, "the name is the same")
        if not self._decided:
            self._report_if_apart(number, person, known)

    def tell(self) -> None:
        """Warn once of the answers that were joined by name where an email might have told."""
        if not self._by_name:
            return
        some = "1 answer is" if len(self._by_name) == 1 else f"{len(self._by_name):,} answers are"
        message = f"{some} known on the list of participants by name, not by email"
        place = self._people.table.row(self._by_name[0])
        hint = "an email in both files tells for certain"
        self._people.faults.add(
            Fault.JOINED_BY_NAME, place, f"{message}: {self._people.where(self._by_name)}", hint
        )

    def _report_if_apart(self, number: int, person: Participant, known: Participant) -> None:
        ours = self._people.table.records[number]
        theirs = self._listed.people.table.records[self._listed.people.records[known.key]]
        for telling, column in self._shared:
            one, other = _cell(ours, telling.column), _cell(theirs, column)
            if says_nothing(one) or says_nothing(other) or say_the_same(one, other, names=telling.names):
                continue
            under = quote(self._people.table.records[0][telling.column].strip())
            message = self._say(number, person, f"has {quote(one)} under {under}, and {quote(other)}")
            hint = f"give both {self._listed.people.who(known)} and this answer an email; {IF_ONE}"
            place = self._people.table.cell(number, telling.column)
            self._people.faults.add(Fault.NAMESAKES, place, message, hint)
            return

    @cached_property
    def _shared(self) -> list[tuple[Telling, int]]:
        """The columns that tell people apart and that the list has, too; and where it has them."""
        where = {tidy(heading): at for at, heading in enumerate(self._listed.people.table.records[0])}
        headings = self._people.table.records[0]
        return [
            (each, where[key])
            for each in self._one_person.telling
            if (key := tidy(headings[each.column])) in where
        ]

    def _say(self, number: int, person: Participant, what: str) -> str:
        table = self._people.table
        line = f"{table.line_word} {table.lines[number]}"
        return f"{quote(person.name)} in {line} {what} on the list of participants"

    def _warn(self, number: int, person: Participant, known: Participant, what: str, by: str) -> None:
        place = self._people.table.cell(number, self._people.columns.get("name", 0))
        hint = f"{by}, so they are taken for one person: {self._listed.people.who(known)}"
        self._people.faults.add(Fault.UNLIKE_LISTED, place, self._say(number, person, what), hint)


def _cell(cells: Sequence[str], column: int) -> str:
    return cells[column].strip() if column < len(cells) else ""


def _may_be_called(person: Participant, known: Participant) -> bool:
    """Whether two names may be one person's; anyone may be called by their email alone."""
    unnamed = any(fold(each.name) == fold(each.email) for each in (person, known))
    one, other = fold_name(person.name), fold_name(known.name)
    return unnamed or one == other or is_one_name(one, other)
