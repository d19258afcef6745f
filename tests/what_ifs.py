"""What seating a participant elsewhere costs, by trying every way: for tiny cases, from the definition."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import combinations, product

from midtvejs.auditing.audit import audit
from midtvejs.domain.assignment import Assignment
from midtvejs.domain.participants import Participant
from midtvejs.domain.program import Round
from midtvejs.domain.seated import Day


def cheapest_by_brute_force(
    assignment: Assignment, person: Participant, number: int, code: str
) -> tuple[int, ...] | None:
    """Return how many move, how many seats change, and the criteria; None if nothing is lawful."""
    others = [each for each in assignment.participants if each is not person]
    for count in range(len(others) + 1):
        found = [
            cost
            for moving in combinations(others, count)
            for days in _every_way(assignment, person, moving, number, code)
            if (cost := _cost(assignment, days))
        ]
        if found:
            return min(found)
    return None


def _every_way(
    assignment: Assignment, person: Participant, moving: tuple[Participant, ...], number: int, code: str
) -> Iterator[dict[str, Day]]:
    own = [day for day in _days(assignment, person) if day[number] == code]
    elsewhere = [
        [day for day in _days(assignment, each) if day != assignment.days[each.key]] for each in moving
    ]
    keys = [person.key, *(each.key for each in moving)]
    for days in product(own, *elsewhere):
        yield dict(zip(keys, days, strict=True))


def _days(assignment: Assignment, person: Participant) -> Iterator[Day]:
    return product(
        *(
            [session.code for session in round_.sessions] if person.attends(round_) else [""]
            for round_ in assignment.program.rounds
        )
    )


def _cost(assignment: Assignment, days: dict[str, Day]) -> tuple[int, ...] | None:
    changed = replace(assignment, days={**assignment.days, **days})
    verdict = audit(changed, assignment.participants)
    if not verdict.lawful:
        return None
    people = {each.key: each for each in assignment.participants}
    seats = sum(
        before != after and bool(after) and after not in people[key].presents and not _goes_on(after, round_)
        for key, day in days.items()
        for round_, before, after in zip(assignment.program.rounds, assignment.days[key], day, strict=True)
    )
    criteria = (verdict.criteria[criterion] for criterion in assignment.program.rules.fairness)
    return (len(days), seats, *criteria)


def _goes_on(code: str, round_: Round) -> bool:
    """Return whether a session began in an earlier round: it is one seat all the way."""
    return any(
        session.code == code and session.through[:1] not in {(), (round_.id,)} for session in round_.sessions
    )
