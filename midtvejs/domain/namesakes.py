"""People of nearly one name and nearly one organisation, who are perhaps one person with two emails."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from functools import cache

from midtvejs.domain.near_names import perhaps_one
from midtvejs.domain.participants import Participant, folded

MOST_COMPARED = 10
"""Organisations of one name: more are of people who merely have a common name."""
LETTERS = {"aa": "å", "ae": "æ", "oe": "ø"}


def namesakes(participants: Sequence[Participant]) -> Iterator[list[Participant]]:
    """Give those who may be one person together."""
    spelled = {name: spelling(name) for name in {person.name for person in participants}}
    by_name: dict[str, list[Participant]] = defaultdict(list)
    for person in participants:
        by_name[spelled[person.name]].append(person)
    nearly = cache(perhaps_one)
    for alike in by_name.values():
        if len(alike) > 1:
            by_organisation: dict[str, list[Participant]] = defaultdict(list)
            for person in alike:
                by_organisation[spelling(person.organisation)].append(person)
            for organisations in _grouped(sorted(by_organisation), nearly):
                together = [person for each in organisations for person in by_organisation[each]]
                if len(together) > 1:
                    yield together


def spelling(text: str) -> str:
    """Give a name as it is compared: folded, å, æ and ø as they are however they are typed."""
    plain = folded(text)
    for typed, letter in LETTERS.items():
        plain = plain.replace(typed, letter)
    return plain


def _grouped(organisations: Sequence[str], nearly_one: Callable[[str, str], bool]) -> list[list[str]]:
    """Put together what is nearly one, directly or by way of another."""
    groups: list[list[str]] = []
    for each in organisations[:MOST_COMPARED]:
        near = [group for group in groups if any(nearly_one(other, each) for other in group)]
        merged = [*(other for group in near for other in group), each]
        groups = [*(group for group in groups if group not in near), merged]
    return groups + [[each] for each in organisations[MOST_COMPARED:]]
