"""How many of one grade, or of one in another group, a session's audience may or must have."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping

from midtvejs.domain.participants import Participant
from midtvejs.domain.program import Program, Round, Session
from midtvejs.domain.rules import Quota
from midtvejs.domain.traits import called, same, value_of

Seated = Mapping[str, tuple[str, int]]
"""By each trait what it is called, and how many have it."""


def groups_counted(program: Program) -> tuple[str, ...]:
    """Return the groups of which a number is asked for, for the whole day or of a session, each once."""
    groups = {quota.group for each in program.sittings.values() for quota in (*each.at_most, *each.at_least)}
    if program.rules.at_most is not None:
        groups.add(program.rules.at_most_of)
    return tuple(sorted(groups))


def is_counted(quota: Quota, trait: str) -> bool:
    """Return whether a quota speaks of those with a trait."""
    return bool(trait) and (not quota.value or same(quota.group, quota.value) == trait)


def find_asking(round_: Round) -> list[Session]:
    """Return the sessions beginning in a round that need so many of one in a group."""
    return [session for session in round_.sessions if session.at_least and not round_.has_begun(session)]


def count_by_group(round_: Round, people: Iterable[Participant]) -> Mapping[str, Seated]:
    """Return ``count_seated`` for each group in which a session beginning in a round needs so many."""
    people = tuple(people)
    groups = {quota.group for session in find_asking(round_) for quota in session.at_least}
    return {group: count_seated(group, round_, people) for group in sorted(groups)}


def count_seated(group: str, round_: Round, people: Iterable[Participant]) -> Seated:
    """Return by each trait what it is called, and how many with it attend a round and present nothing in it.

    They stand in the order of the traits.
    """
    counts = Counter(
        value_of(person, group)
        for person in people
        if person.attends(round_) and person.presents_in(round_) is None
    )
    found: dict[str, tuple[str, int]] = {}
    for value in sorted(counts):
        if trait := same(group, value):
            name, count = found.get(trait, (called(group, value), 0))
            found[trait] = name, count + counts[value]
    return dict(sorted(found.items()))


def find_needed(quota: Quota, seated: Seated) -> Mapping[str, str]:
    """Return those whom a session needs by a quota: by their trait, what it is called.

    Without a value, that is each that anyone is who takes a seat in the round, as ``count_seated`` says.
    """
    if quota.value:
        return {same(quota.group, quota.value): called(quota.group, quota.value)}
    return {trait: name for trait, (name, _) in seated.items()}
