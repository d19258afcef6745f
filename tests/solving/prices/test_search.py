"""The search by prices: what it has proven before it looks for prices at all."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from unittest.mock import patch

import numpy as np
import pytest

from midtvejs.domain.fairness import Criterion, Evidence
from midtvejs.solving.instance.arrays import Ints
from midtvejs.solving.instance.crowd import Leaf, aggregate_case
from midtvejs.solving.limits import DEFAULT
from midtvejs.solving.prices import pursuit
from midtvejs.solving.prices import search as searching
from midtvejs.solving.prices.bound import DualSolution, maximise_bound, round_up, warm_start
from midtvejs.solving.prices.relaxation import SCALE, Objective, Relaxation
from midtvejs.solving.prices.rounding import round_to_seats
from midtvejs.solving.prices.start import prices_alone
from midtvejs.solving.solve import solve
from midtvejs.solving.stop import Stop
from tests import conferences
from tests.solving.cases import WIDE_AND_MANY, case_for, crowded, ruled_day, unwatched

MANY = replace(DEFAULT, last_people=0, everybody=0)
"""Limits by which a few people are treated as a hundred thousand are."""


@pytest.fixture
def climbed(monkeypatch: pytest.MonkeyPatch) -> list[Criterion]:
    """The criteria whose bounds were raised evaluation after evaluation."""
    criteria: list[Criterion] = []

    def spy(relaxation: Relaxation, **how: object) -> DualSolution:
        criteria.append(relaxation.objective.criterion)
        return maximise_bound(relaxation, **how)  # type: ignore[arg-type] # handed on as it came

    monkeypatch.setattr(searching, "maximise_bound", spy)
    return criteria


def test_where_rounds_alone_prove_the_total_and_that_what_is_even_no_bound_is_raised(
    climbed: list[Criterion],
) -> None:
    program = conferences.program({"1A": 2, "1B": 2})
    people = tuple(conferences.person(name, "1A > 1B") for name in ("Åse", "Bo", "Cai"))
    solution = solve(program, people, limits=MANY)
    assert [(stage.criterion, stage.value, stage.bound) for stage in solution.stages] == [
        (Criterion.WORST, 1, 1),
        (Criterion.TOTAL, 1, 1),
        (Criterion.EVEN, 1, 1),
    ]
    assert {stage.evidence for stage in solution.stages} == {Evidence.PRICES}
    assert climbed == [Criterion.WORST]


def test_what_the_rounds_alone_have_proven_is_not_lost_where_a_climb_is_interrupted() -> None:
    case = case_for(crowded(seed=3, people=60), limits=replace(MANY, last_work=0))
    relaxation = Relaxation(aggregate_case(case), Objective(criterion=Criterion.TOTAL))
    alone = round_up(warm_start(relaxation, stop=Stop()).bound)

    def interrupted(relaxation: Relaxation, *, stop: Stop, **_: object) -> DualSolution:
        stop.ask()
        point = relaxation.evaluate(np.zeros(relaxation.size, dtype=np.int64))
        return DualSolution(best=point, points=(point,), shares=np.ones(1))

    with patch.object(searching, "maximise_bound", side_effect=interrupted) as climbed:
        fairness = Criterion.UNLISTED, Criterion.TOTAL
        found = searching.search(case, fairness, seed=0, stop=Stop(), watch=unwatched)
    assert climbed.called
    assert found.stages[1].value > found.stages[1].bound == alone > 0


@pytest.mark.parametrize("people", [2, 5, 12])
def test_limits_below_what_all_come_to_on_average_are_refused_by_one_evaluation_each(people: int) -> None:
    """All want the same sessions in the same order, and each has one seat: 0 + 1 + 2 and so on in a round."""
    codes = [f"{letter}" for letter in "ABCDEFGHIJKL"[:people]]
    rounds = [{f"{number}{code}": 1 for code in codes} for number in (1, 2)]
    wishes = [" > ".join(each) for each in rounds]
    everybody = tuple(conferences.person(f"Deltager {number}", *wishes) for number in range(people))
    aggregate = aggregate_case(case_for((conferences.program(*rounds), everybody)))
    alone = prices_alone(aggregate, Criterion.WORST)
    stop = Stop()
    stop.ask()
    for limit in range(people):
        relaxation = Relaxation(aggregate, Objective(criterion=Criterion.WORST, worst=limit))
        point = warm_start(relaxation, stop=stop, alone=alone)
        assert relaxation.worked == relaxation.work
        assert (point.bound > 0) == (limit < people - 1)


def test_no_solver_is_asked_where_everybody_seated_near_to_what_was_rounded_is_at_the_bound() -> None:
    case = case_for(crowded(seed=3, people=60))
    with patch.object(pursuit, "solve_restricted", side_effect=AssertionError):
        order = Criterion.WORST, Criterion.TOTAL, Criterion.EVEN
        found = searching.search(case, order, seed=0, stop=Stop(), watch=unwatched)
    assert all(stage.proven for stage in found.stages)


def test_where_a_list_is_for_several_rounds_nobody_is_seated_near_to_what_is_over_the_seats() -> None:
    """Whoever is over the seats in one round would stand in the way of others in the next."""
    aggregate = aggregate_case(case_for(conferences.held_twice()))
    relaxation = Relaxation(aggregate, Objective(criterion=Criterion.TOTAL))
    point = relaxation.evaluate(np.zeros(relaxation.size, dtype=np.int64))
    rounded = round_to_seats(relaxation, (point,), np.ones(1), stop=Stop())
    assert rounded
    assert (point.subgradient > 0).any()
    assert pursuit.seat_near(relaxation, rounded, Criterion.TOTAL, stop=Stop()) is None


def test_whoever_is_left_out_has_a_day_that_is_open_to_them_all_the_same() -> None:
    """A mixture is rounded in which some are left out of a limit that prices nearly refuse."""
    aggregate = aggregate_case(case_for(crowded(seed=3, people=60)))
    relaxation = Relaxation(aggregate, Objective(criterion=Criterion.WORST, worst=3))
    days = relaxation.days(np.full(relaxation.size, SCALE))
    assert (days.level == days.LEFT_OUT).all()
    rows = np.arange(aggregate.root.rows)
    somebody = np.zeros(aggregate.root.rows, dtype=np.int64)
    somebody[aggregate.row_of] = np.arange(aggregate.people)
    choices = days.choices(rows)
    assert {leaf.sessions for leaf in aggregate.leaves if isinstance(leaf, Leaf)} == {4, 3, 5}
    for leaf in aggregate.leaves:
        assert isinstance(leaf, Leaf)
        here = leaf.open[aggregate.ranking[leaf.number][somebody], choices[leaf.round]]
        assert here[aggregate.counts > 0].all()


def test_of_a_wide_day_limits_are_refused_from_below_until_everybody_is_seated_within_one(
    tmp_path: Path,
) -> None:
    case = ruled_day(tmp_path, people=120, shape=(5, 6, 5), limits=WIDE_AND_MANY)
    refused: list[int] = []

    def spy(relaxation: Relaxation, **how: object) -> DualSolution:
        refused.append(relaxation.objective.worst or 0)
        return maximise_bound(relaxation, **how)  # type: ignore[arg-type] # handed on as it came

    with patch.object(searching, "maximise_bound", spy):
        found = searching.search(case, (Criterion.WORST,), seed=0, stop=Stop(), watch=unwatched)
    (worst,) = found.stages
    assert worst.value == worst.bound == worst.recomputable > 1
    assert refused == sorted(refused)
    assert refused[-1] == worst.value


def test_of_a_wide_day_something_is_refused_even_without_time(tmp_path: Path) -> None:
    case, stop = ruled_day(tmp_path, people=120, shape=(5, 6, 5), limits=WIDE_AND_MANY), Stop()
    stop.ask()
    (worst,) = searching.search(case, (Criterion.WORST,), seed=0, stop=stop, watch=unwatched).stages
    assert 0 < worst.bound <= worst.value


def test_regrets_of_many_are_lowered_twice_as_far_each_time_that_it_goes_well() -> None:
    """Åse is in the last of twelve sessions; a round at a time she can be had in the fifth, but not above."""
    codes = [f"1{letter}" for letter in "ABCDEFGHIJKL"]
    program = conferences.program(dict.fromkeys(codes, 1))
    case = case_for((program, (conferences.person("Åse", " > ".join(codes)),)), limits=MANY)
    limits: list[int] = []

    def reseat(*_given: object, limit: int, **_how: object) -> Ints:
        limits.append(limit)
        return np.array([[limit if limit >= 4 else 11]])

    with (
        patch.object(searching, "seat_quickly", return_value=np.array([[11]])),
        patch.object(searching, "reseat", side_effect=reseat),
    ):
        found = searching.search(case, (Criterion.WORST,), seed=0, stop=Stop(), watch=unwatched)
    assert limits == [10, 8, 4, 0, 3]
    assert found.stages[0].value == found.stages[0].bound == 0
