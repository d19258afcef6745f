"""What people belong to beside an organisation: a grade, a class, whatever columns a program names.

Such a column is called a group; what stands below it for a participant is a trait of theirs. "9", "9th" and
"9." are one grade, and so is "grade 9".
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from functools import lru_cache

from midtvejs.domain.participants import Participant, fold

ORGANISATION = "organisation"
"""The group that every program has."""
NUMBER = re.compile(r"0*([0-9]+)(?:st|nd|rd|th|[.]0*|º|°)?")


@lru_cache(maxsize=1 << 16)  # a large day has very many people of few values
def same(group: str, value: str) -> str:
    """Return a value as it is compared with others of its group; nothing where it says nothing."""
    plain = fold(value)
    if group == ORGANISATION:
        return plain
    called = fold(group)
    plain = plain.removeprefix(f"{called} ").removesuffix(f" {called}")
    number = NUMBER.fullmatch(plain)
    return number[1] if number else plain


def value_of(person: Participant, group: str) -> str:
    """Return what somebody is in a group; nothing where they did not say."""
    if group == ORGANISATION:
        return person.organisation
    return next((value for name, value in person.traits if name == group), "")


def trait_of(person: Participant, group: str) -> str:
    """Return what somebody is in a group, as it is compared."""
    return same(group, value_of(person, group))


def spellings(group: str, people: Iterable[Participant]) -> Mapping[str, Counter[str]]:
    """Return by how a value is compared each way in which people write it, and how many do."""
    found: dict[str, Counter[str]] = {}
    values = (
        (person.organisation for person in people)
        if group == ORGANISATION
        else (value_of(person, group) for person in people)
    )
    for value, count in Counter(values).items():
        if key := same(group, value):
            found.setdefault(key, Counter())[value] += count
    return found


def usual(spelled: Mapping[str, int]) -> str:
    """Return the spelling that most people write; of several the shortest, and the first by its letters."""
    return min(spelled, key=lambda value: (-spelled[value], len(value), value))


def called(group: str, value: str) -> str:
    """Return a value as it can stand by itself: a bare number says what it is a number of."""
    return f"{group} {value}" if value.isdecimal() and group != ORGANISATION else value
