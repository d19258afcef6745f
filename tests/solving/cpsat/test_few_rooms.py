"""The few ways to take rooms: all of them are asked, and what they come to is what the day comes to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any
from unittest.mock import patch

import pytest

from midtvejs.domain.fairness import Criterion
from midtvejs.domain.program import Room
from midtvejs.solving.cpsat.few_rooms import few_rooms
from midtvejs.solving.cpsat.possible import Possible, narrowed, possible_in
from midtvejs.solving.cpsat.question import Question
from midtvejs.solving.cpsat.stated import Verdict
from midtvejs.solving.instance.case import Case, case_of
from midtvejs.solving.limits import Limits
from midtvejs.solving.prices.party_seats import NearBound
from midtvejs.solving.prices.ruled_bound import RuledBound
from midtvejs.solving.stop import Stop
from tests.conferences import person
from tests.solving.cases import judged, ruled_day
from tests.solving.cpsat.test_possible import best_of, start_of
from tests.solving.cpsat.test_settled import ATTIC, CELLAR, HALL, open_day

LIMITS = Limits(relaxed=0, rooms_at_once=0, one_by_one=0, looks=100, ways=200)
IN_ORDER = (Criterion.TOTAL, Criterion.EVEN, Criterion.SPREAD, Criterion.AVOID_OWN)


def ways_of(case: Case, possible: Sequence[Sequence[Possible]]) -> int | None:
    """Count the ways; None where they are too many."""
    found = few_rooms(case, possible, seed=0, stop=Stop())
    return None if found is None else len(found.ways)


def of_rooms(*rooms: Room, cancelled: bool = False) -> Possible:
    return Possible(rooms=rooms, cancelled=cancelled)


def day_in(*rooms: Room, people: int = 60) -> Case:
    """Two sessions, A and B, in any of the rooms, for so many people."""
    crowd = [person(f"Nr. {number}", "A > B") for number in range(people)]
    return case_of(open_day(*rooms).program, crowd, LIMITS)


def test_each_way_to_take_rooms_is_one() -> None:
    case = day_in(HALL, ATTIC, CELLAR)
    everywhere = [of_rooms(HALL, ATTIC, CELLAR)] * 2
    assert ways_of(case, [everywhere]) == 6
    assert ways_of(case, [[of_rooms(HALL), of_rooms(HALL, ATTIC)]]) == 1
    assert ways_of(case, [[of_rooms(HALL), of_rooms(ATTIC, CELLAR)]]) == 2
    assert ways_of(case, [[of_rooms(HALL), of_rooms(ATTIC, cancelled=True)]]) == 2
    assert ways_of(replace(case, limits=replace(LIMITS, ways=5)), [everywhere]) is None
    # Smaller days are asked while their rooms are open.
    assert ways_of(replace(case, limits=replace(LIMITS, one_by_one=10**6)), [everywhere]) is None


def test_rooms_that_are_alike_are_one_room() -> None:
    twin, larger = replace(HALL, name="Salen"), replace(HALL, name="Stadion", seats=900)
    assert ways_of(day_in(HALL, twin), [[of_rooms(HALL, twin)] * 2]) == 1
    possible = [[of_rooms(HALL, larger)] * 2]
    assert ways_of(day_in(HALL, larger), possible) == 2
    # Nobody needs more seats than there are people.
    assert ways_of(day_in(HALL, larger, people=HALL.seats), possible) == 1


@pytest.mark.parametrize("rules", [("auto",), ("cancel",)])
@pytest.mark.parametrize("wishes", ["pl", "strong", "org"])
def test_what_the_ways_come_to_is_what_the_day_comes_to(
    wishes: str, rules: tuple[str, ...], tmp_path_factory: pytest.TempPathFactory
) -> None:
    """From any start that is within the limits, criterion after criterion."""
    case = ruled_day(
        tmp_path_factory.mktemp("day"),
        *(*rules, "spread", "avoid_own", "at_most"),
        people=24,
        shape=(3, 2),
        spare=1.1,
        wishes=wishes,
        limits=LIMITS,
    )
    best = start_of(case)
    best = best_of(case, Criterion.TOTAL, {}, best) or best
    reached = {Criterion.TOTAL: judged(case, best)[Criterion.TOTAL]}
    possible = [
        possible_in(case.alone(number), reached, [(choice[number],) for choice in best], seed=0, stop=Stop())
        for number in range(len(case.rounds))
    ]
    known = [of_round for of_round in possible if of_round is not None]
    assert len(known) == len(case.rounds)
    ways = few_rooms(narrowed(case, known) or case, known, seed=0, stop=Stop())
    assert ways is not None
    asked = Question(case=case, limits={}, minimise=Criterion.TOTAL)
    limits: dict[Criterion, int] = {}
    for criterion in IN_ORDER:
        value = judged(case, best)[criterion]
        answer = ways.ask(replace(asked, limits=dict(limits), minimise=criterion), value)
        assert answer is not None
        best = answer.choices or best
        exact = best_of(case, criterion, limits, best)
        assert exact is not None
        least = judged(case, exact)[criterion]
        assert (judged(case, best)[criterion], answer.outcome.bound) == (least, least)
        limits[criterion] = least
    assert ways.ask(replace(asked, minimise=Criterion.FRIENDS), 3) is None


def test_what_was_found_in_one_way_is_kept_where_there_is_no_time_for_the_others() -> None:
    case = day_in(HALL, ATTIC, people=10)
    possible = [[of_rooms(HALL, ATTIC)] * 2]
    question = Question(case=case, limits={}, minimise=Criterion.TOTAL)
    known: list[NearBound] = []

    def near(bounds: RuledBound, *what: Any, **how: Any) -> NearBound | None:  # noqa: ANN401 - as it is asked
        if known:
            return None
        found = raised(bounds, *what, **how)
        assert found
        known.append(found)
        return found

    raised = RuledBound.near
    ways = few_rooms(case, possible, seed=0, stop=Stop())
    assert ways is not None
    with patch.object(RuledBound, "near", autospec=True, side_effect=near):
        answer = ways.ask(question, 10)
    assert answer is not None
    assert answer.choices
    assert (answer.outcome.verdict, answer.outcome.bound) == (Verdict.FOUND, 0)
    assert answer.outcome.value < 10
    assert len(ways.ways) > 1
    with patch.object(RuledBound, "near", return_value=None):
        assert ways.ask(question, 10) is None
