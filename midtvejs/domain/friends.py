"""Friends: participants who name each other under ``with``, and how far a day keeps them together."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

from midtvejs.domain.fairness import Criterion
from midtvejs.domain.participants import Participant
from midtvejs.domain.rules import Rules
from midtvejs.domain.seated import Day

Pair = tuple[Participant, Participant]


def asks_for_friends(rules: Rules) -> bool:
    """Return whether it makes a difference who names whom."""
    return rules.friends_together or Criterion.FRIENDS in rules.fairness


def friends_of(participants: Iterable[Participant]) -> list[Pair]:
    """Return the pairs of those who named each other, each once, in the order of their keys."""
    asking = {person.key: person for person in participants if person.wants}
    return [
        (person, asking[other])
        for key, person in sorted(asking.items())
        for other in sorted({*person.wants})
        if key < other and other in asking and key in asking[other].wants
    ]


def one_sided(participants: Iterable[Participant]) -> list[Pair]:
    """Return those who named another, and whom, where they were not named back; in the order given."""
    people = {person.key: person for person in participants}
    return [
        (person, people[other])
        for person in people.values()
        for other in person.wants
        if other in people and person.key not in people[other].wants
    ]


def count_apart(one: Participant, day: Day, other: Participant, their_day: Day) -> int:
    """Count the rounds in which two participants both take a seat, and not in the same session."""
    return sum(
        code != another and code not in {"", *one.presents} and another not in {"", *other.presents}
        for code, another in zip(day, their_day, strict=True)
    )


def circles_of(participants: Iterable[Participant]) -> Iterator[tuple[Participant, ...]]:
    """Return those whom friends bind to each other, directly or by others, in the order given."""
    people = {person.key: person for person in participants}
    circle = {key: {key} for key in people}
    for one, other in friends_of(people.values()):
        joined = circle[one.key] | circle[other.key]
        circle |= dict.fromkeys(joined, joined)
    circles: dict[str, list[Participant]] = defaultdict(list)
    for key, keys in circle.items():
        circles[min(keys)].append(people[key])
    yield from (tuple(members) for members in circles.values() if len(members) > 1)
