"""Whether two answers that count as one person's may be so after all.

Participants are told apart by email, and by name where there is none. But a secretary may sign up several
people with one email, and two people may have one name.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher

from midtvejs.domain.participants import Participant, folded
from midtvejs.reading.codes import Fault
from midtvejs.reading.people import People
from midtvejs.reading.source import quoted

ALIKE = 0.8
"""How alike two spellings of one name are, at the least."""
MOST_COMPARED = 5
"""Different answers of one person: each is compared with all before it."""
MOST_LETTERS = 40
"""Of a name; to compare two takes the product of their letters."""
WORD = re.compile(r"\w+")
IF_ONE = "if they are one person, --on-duplicate last"


@dataclass(frozen=True, slots=True)
class _Said:
    """What an answer itself says, whatever a list of participants knows better."""

    number: int
    person: Participant

    @property
    def name(self) -> str:
        """The name; empty where there is only an email, by which somebody is then called."""
        return "" if self.person.name == self.person.email else self.person.name


def told_apart(people: People, numbers: Iterable[int]) -> bool:
    """Report the answers, in records of these rising numbers, that are clearly not of one person."""
    different = list(_different(people, numbers))
    apart = False
    for index, later in enumerate(different):
        apart |= any(_report(people, earlier, later) for earlier in different[:index])
    return apart


def names_in(people: People, numbers: Iterable[int]) -> list[str]:
    """Give the different names in records of these rising numbers."""
    names: dict[str, str] = {}
    for number in numbers:
        name = _said(people, number).name
        if name:
            names.setdefault(folded(name), name)
    return list(names.values())


def _said(people: People, number: int) -> _Said:
    person = people.person(number, people.table.records[number], ())
    assert person is not None  # noqa: S101 - whoever is here has got a name or an email
    return _Said(number, person)


def _different(people: People, numbers: Iterable[int]) -> Iterator[_Said]:
    seen: set[tuple[str, ...]] = set()
    for number in numbers:
        said = _said(people, number)
        person = said.person
        words = tuple(map(folded, (person.name, person.email, person.organisation)))
        if words not in seen and len(seen) < MOST_COMPARED:
            seen.add(words)
            yield said


def _report(people: People, earlier: _Said, later: _Said) -> bool:
    """Report two answers that are not of one person; whether they are not."""
    one, other = earlier.person, later.person
    first, second = (f"{quoted(each.person.name)} in {_line(people, each)}" for each in (earlier, later))
    if one.email and folded(one.email) == folded(other.email):
        if not (earlier.name and later.name) or _one_name(earlier.name, later.name):
            return False
        fault, column = Fault.SHARED_EMAIL, "email"
        message = f"{second} has the same email as {first}"
        hint = f"give each an email of their own, or leave it empty: then the name tells them apart; {IF_ONE}"
    elif one.email and other.email:
        fault, column = Fault.NAMESAKES, "email"
        message = f"{second} and {first} have different emails, and are one person on the list"
        hint = f"give the list their emails; {IF_ONE}"
    elif one.email or other.email or _one_organisation(one.organisation, other.organisation):
        return False
    else:
        fault, column = Fault.NAMESAKES, "name"
        message = f"{second} is of {quoted(other.organisation)}, {first} of {quoted(one.organisation)}"
        hint = f"give them emails, which tell them apart; {IF_ONE}"
    people.faults.add(fault, people.table.cell(later.number, people.columns.get(column, 0)), message, hint)
    return True


def _line(people: People, said: _Said) -> str:
    return f"{people.table.line_word} {people.table.lines[said.number]}"


def _one_name(one: str, other: str) -> bool:
    """Whether two names may be one person's: a part of the other, with initials, or nearly its spelling."""
    # The order decides how alike the matcher finds two texts.
    one, other = sorted((folded(one)[:MOST_LETTERS], folded(other)[:MOST_LETTERS]))
    fewer, more = sorted((WORD.findall(one), WORD.findall(other)), key=len)
    if all(any(_stands_for(word, each) for each in more) for word in fewer):
        return True
    return SequenceMatcher(None, one, other, autojunk=False).ratio() >= ALIKE


def _stands_for(word: str, other: str) -> bool:
    initial = len(word) == 1 or len(other) == 1
    return word == other or (initial and word[0] == other[0])


def _one_organisation(one: str, other: str) -> bool:
    """Whether two may be the same: two municipalities may be spelt nearly alike."""
    words, others = set(WORD.findall(folded(one))), set(WORD.findall(folded(other)))
    return words <= others or others <= words
