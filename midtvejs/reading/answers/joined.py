"""By what answers were joined to a list of participants, email or name; and what speaks against it."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property

from midtvejs.domain.participants import Participant, fold, fold_name
from midtvejs.reading.answers.listed import Listed
from midtvejs.reading.answers.one_person import (
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
    """Collects answers of people on a list, and tells of those that were not joined by email alone."""

    def __init__(self, people: People, listed: Listed, one_person: OnePerson) -> None:
        self._people = people
        self._listed = listed
        self._one_person = one_person
        self._by_name: list[int] = []

    def add(self, number: int, person: Participant, key: str) -> None:
        """Take an answer, and whose it is by the key on the list."""
        known = self._listed.by_key[key]
        if person.email and fold(person.email) == fold(known.email):
            if not _may_be_called(person, known):
                self._tell_of_other(number, person, known, f"is {quote(known.name)}", "the email is the same")
            return
        if person.key != key:
            self._by_name.append(number)
        for what in self._differences(number, person, known):
            self._tell_of_other(number, person, known, what, "the name is the same")

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

    def _differences(self, number: int, person: Participant, known: Participant) -> Iterator[str]:
        if not is_one_organisation(person.organisation, known.organisation):
            yield f"is of {quote(person.organisation)}, and of {quote(known.organisation)}"
        theirs = self._listed.people.table.records[self._listed.people.records[known.key]]
        ours = self._people.table.records[number]
        for telling, column in self._shared:
            cells = [
                row[at].strip() for row, at in ((ours, telling.column), (theirs, column)) if at < len(row)
            ]
            if len(cells) < len((ours, theirs)) or any(map(says_nothing, cells)):
                continue
            if not say_the_same(*cells, names=telling.names):
                under = quote(self._people.table.records[0][telling.column].strip())
                yield f"has {quote(cells[0])} under {under}, and {quote(cells[1])}"

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

    def _tell_of_other(
        self, number: int, person: Participant, known: Participant, what: str, by: str
    ) -> None:
        people = self._people
        line = f"{people.table.line_word} {people.table.lines[number]}"
        message = f"{quote(person.name)} in {line} {what} on the list of participants"
        place = people.table.cell(number, people.columns.get("name", 0))
        hint = f"{by}, so they are taken for one person: {self._listed.people.who(known)}"
        people.faults.add(Fault.UNLIKE_LISTED, place, message, hint)


def _may_be_called(person: Participant, known: Participant) -> bool:
    """Whether two names may be one person's; anyone may be called by their email alone."""
    unnamed = any(fold(each.name) == fold(each.email) for each in (person, known))
    one, other = fold_name(person.name), fold_name(known.name)
    return unnamed or one == other or is_one_name(one, other)
