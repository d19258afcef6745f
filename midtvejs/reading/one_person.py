"""Whether two answers that count as one person's may be so after all.

Participants are told apart by email, and by name where there is none. But a secretary may sign up several
people with one email, and two people may have one name. Then what is not read tells, too: see ``telling``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cached_property

from midtvejs.domain.diagnostic import Place
from midtvejs.domain.participants import Participant, folded
from midtvejs.reading.codes import Fault
from midtvejs.reading.people import People
from midtvejs.reading.source import quoted
from midtvejs.reading.telling import Telling, says_nothing, telling_columns

ALIKE = 0.8
"""How alike two spellings of one word of a name are, at the least."""
MOST_COMPARED = 5
"""Different answers of one person: each is compared with all before it."""
MOST_LETTERS = 40
"""Of a name; to compare two takes the product of their letters."""
WORD = re.compile(r"\w+")
OWN_EMAIL = "give each an email of their own"
IF_ONE = "if they are one person, --on-duplicate last"


@dataclass(frozen=True, slots=True)
class _Said:
    """What an answer itself says, whatever a list of participants knows better.

    ``aside`` is what it says in the columns that are not read, but tell people apart.
    """

    number: int
    person: Participant
    aside: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """The name; empty where there is only an email, by which somebody is then called."""
        return "" if self.person.name == self.person.email else self.person.name


class OnePerson:
    """Tells which answers are clearly not of one person."""

    def __init__(self, people: People) -> None:
        self._people = people

    @cached_property
    def _telling(self) -> tuple[Telling, ...]:
        """The columns that tell people apart; they are looked for only where two answers may be one's."""
        return telling_columns(self._people)

    def told_apart(self, numbers: Iterable[int]) -> bool:
        """Report the answers, in records of these rising numbers, that are clearly not of one person."""
        different = list(self._different(numbers))
        apart = False
        for index, later in enumerate(different):
            apart |= any(self._report(earlier, later) for earlier in different[:index])
        return apart

    def _different(self, numbers: Iterable[int]) -> Iterator[_Said]:
        seen: set[tuple[str, ...]] = set()
        for number in numbers:
            said = _said(self._people, number, self._telling)
            person = said.person
            words = tuple(map(folded, (person.name, person.email, person.organisation, *said.aside)))
            if words not in seen and len(seen) < MOST_COMPARED:
                seen.add(words)
                yield said

    def _report(self, earlier: _Said, later: _Said) -> bool:
        """Report two answers that are not of one person; whether they are not."""
        found = self._apart(earlier, later) or self._apart_by_columns(earlier, later)
        if found:
            self._people.faults.add(*found)
        return found is not None

    def _apart(self, earlier: _Said, later: _Said) -> tuple[Fault, Place, str, str] | None:
        """Say why names, emails and organisations are not one person's; None where they may be."""
        one, other = earlier.person, later.person
        first, second = self._where(earlier), self._where(later)
        if one.email and folded(one.email) == folded(other.email):
            if not (earlier.name and later.name) or _one_name(earlier.name, later.name):
                return None
            fault, column = Fault.SHARED_EMAIL, "email"
            message = f"{second} has the same email as {first}"
            hint = f"{OWN_EMAIL}, or leave it empty: then the name tells them apart; {IF_ONE}"
        elif one.email and other.email:
            fault, column = Fault.NAMESAKES, "email"
            message = f"{second} and {first} have different emails, and are one person on the list"
            hint = f"give the list their emails; {IF_ONE}"
        elif one.email or other.email or _one_organisation(one.organisation, other.organisation):
            return None
        else:
            fault, column = Fault.NAMESAKES, "name"
            message = f"{second} is of {quoted(other.organisation)}, {first} of {quoted(one.organisation)}"
            hint = f"give them emails, which tell them apart; {IF_ONE}"
        place = self._people.table.cell(later.number, self._people.columns.get(column, 0))
        return fault, place, message, hint

    def _apart_by_columns(self, earlier: _Said, later: _Said) -> tuple[Fault, Place, str, str] | None:
        """Say in which other column they are not one person's; None where they may be."""
        for telling, one, other in zip(self._telling, earlier.aside, later.aside, strict=True):
            if says_nothing(one) or says_nothing(other) or _one(one, other, names=telling.names):
                continue
            table = self._people.table
            under = quoted(table.records[0][telling.column].strip())
            first, second = self._where(earlier), self._where(later)
            message = f"{second} has {quoted(other)} under {under}, {first} has {quoted(one)}"
            if earlier.person.email and folded(earlier.person.email) == folded(later.person.email):
                fault, hint = Fault.SHARED_EMAIL, OWN_EMAIL
            else:
                fault = Fault.NAMESAKES
                hint = "write that behind their names, or give them emails, which tell them apart"
            return fault, table.cell(later.number, telling.column), message, f"{hint}; {IF_ONE}"
        return None

    def _where(self, said: _Said) -> str:
        table = self._people.table
        return f"{quoted(said.person.name)} in {table.line_word} {table.lines[said.number]}"


def names_in(people: People, numbers: Iterable[int]) -> list[str]:
    """Return the different names in records of these rising numbers."""
    names: dict[str, str] = {}
    for number in numbers:
        name = _said(people, number).name
        if name:
            names.setdefault(folded(name), name)
    return list(names.values())


def _said(people: People, number: int, telling: Iterable[Telling] = ()) -> _Said:
    cells = people.table.records[number]
    person = people.person(number, cells, ())
    assert person is not None  # noqa: S101 - whoever is here has got a name or an email
    aside = [cells[each.column].strip() if each.column < len(cells) else "" for each in telling]
    return _Said(number, person, tuple(aside))


def _one(one: str, other: str, *, names: bool) -> bool:
    """Whether two cells say the same of somebody: names may be spelled in two ways, 7a as 7.A."""
    if names:
        return _one_name(one, other)
    return "".join(WORD.findall(folded(one))) == "".join(WORD.findall(folded(other)))


def _one_name(one: str, other: str) -> bool:
    """Whether two names may be one person's: each word of one stands in the other, too, in its way.

    They are compared word by word, since brothers and sisters, who may share an email, have most letters in
    common.
    """
    one, other = sorted((folded(one)[:MOST_LETTERS], folded(other)[:MOST_LETTERS]))
    fewer, more = sorted((WORD.findall(one), WORD.findall(other)), key=len)
    return "".join(fewer) == "".join(more) or all(
        any(_stands_for(word, each) for each in more) for word in fewer
    )


def _stands_for(word: str, other: str) -> bool:
    """Whether two words are one, or one is the other's initial, or nearly its spelling."""
    if word == other or (1 in {len(word), len(other)} and word[0] == other[0]):
        return True
    # The order decides how alike the matcher finds two texts.
    one, two = sorted((word, other))
    return SequenceMatcher(None, one, two, autojunk=False).ratio() >= ALIKE


def _one_organisation(one: str, other: str) -> bool:
    """Whether two may be the same: two municipalities may be spelt nearly alike."""
    words, others = set(WORD.findall(folded(one))), set(WORD.findall(folded(other)))
    return words <= others or others <= words
