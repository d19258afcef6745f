"""Prices for wide days of many people: the volume algorithm, and planes that are believed near the best."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from midtvejs.domain.fairness import Criterion
from midtvejs.solving.instance.crowd import aggregate_case
from midtvejs.solving.limits import DEFAULT
from midtvejs.solving.prices.bound import dearest_for_all, is_wide_for_many, maximise_bound
from midtvejs.solving.prices.cutting_planes import CuttingPlanes
from midtvejs.solving.prices.relaxation import SCALE, DualPoint, Objective, Relaxation
from midtvejs.solving.prices.start import prices_alone
from midtvejs.solving.prices.trust_region import LEAST, RADIUS, TrustRegion
from midtvejs.solving.prices.volume import LEFT_OUT, SHORTEST, Volume
from midtvejs.solving.stop import Stop
from tests import conferences
from tests.brute import every_outcome, least
from tests.examples import examples
from tests.solving.cases import WIDE_AND_MANY, case_for, crowded
from tests.strategies import Conference, lawful_conferences

OBJECTIVES = [
    Objective(criterion=Criterion.TOTAL),
    Objective(criterion=Criterion.TOTAL, worst=4),
    Objective(criterion=Criterion.EVEN, worst=5),
    Objective(criterion=Criterion.FIRST),
]


@pytest.mark.parametrize("objective", OBJECTIVES, ids=str)
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_it_comes_as_high_as_planes_alone(seed: int, objective: Objective) -> None:
    case = case_for(crowded(seed, 60), limits=WIDE_AND_MANY)
    wide = Relaxation(aggregate_case(case), objective)
    narrow = Relaxation(aggregate_case(replace(case, limits=DEFAULT)), objective)
    assert is_wide_for_many(wide)
    assert not is_wide_for_many(narrow)
    assert maximise_bound(wide, stop=Stop()).bound == maximise_bound(narrow, stop=Stop()).bound


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_it_refuses_the_same_limits_on_regret(seed: int) -> None:
    case = case_for(crowded(seed, 60), limits=WIDE_AND_MANY)
    wide, narrow = aggregate_case(case), aggregate_case(replace(case, limits=DEFAULT))
    refused = []
    for limit in range(wide.furthest):
        objective = Objective(criterion=Criterion.WORST, worst=limit)
        refused.append(maximise_bound(Relaxation(wide, objective), enough=1, stop=Stop()).bound > 0)
        by_planes = maximise_bound(Relaxation(narrow, objective), enough=1, stop=Stop())
        assert refused[-1] == (by_planes.bound > 0)
    assert True in refused
    assert False in refused


@given(
    conference=lawful_conferences(),
    criterion=st.sampled_from([Criterion.TOTAL, Criterion.EVEN, Criterion.UNLISTED]),
    most=st.integers(1, 30),
)
@examples(60)
def test_however_early_it_ends_it_is_never_above_the_optimum(
    conference: Conference, criterion: Criterion, most: int
) -> None:
    aggregate = aggregate_case(case_for(conference, limits=WIDE_AND_MANY))
    relaxation = Relaxation(aggregate, Objective(criterion=criterion))
    dual = maximise_bound(relaxation, most=most, stop=Stop())
    optimum = least(every_outcome(*conference), criterion, {})
    assert optimum is not None
    assert dual.bound <= optimum
    assert len(dual.points) <= most
    assert dual.best.bound == max(point.bound for point in dual.points)


def test_at_the_dearest_prices_for_all_nobody_is_left_out() -> None:
    aggregate = aggregate_case(case_for(crowded(1, 60), limits=WIDE_AND_MANY))
    alone = prices_alone(aggregate, Criterion.WORST)
    relaxation = Relaxation(aggregate, Objective(criterion=Criterion.WORST, worst=aggregate.furthest))
    prices = dearest_for_all(relaxation, alone)
    assert relaxation.days(prices).each.max() <= SCALE < relaxation.days(alone).priced.best.max()
    assert relaxation.days(2 * prices).priced.best.max() > SCALE
    kept = Objective(criterion=Criterion.WORST, worst=1, kept=((Criterion.TOTAL, 99),))
    assert dearest_for_all(Relaxation(aggregate, kept), alone).tolist() == [*prices.tolist(), 0]


def point(bound: float, prices: list[float], subgradient: list[int]) -> DualPoint:
    return DualPoint(
        prices=np.rint(np.array(prices) * SCALE).astype(np.int64),
        bound=round(bound * SCALE),
        subgradient=np.array(subgradient, dtype=np.int64),
    )


def test_what_is_asked_for_next_is_a_step_along_the_average_from_the_best_so_far() -> None:
    volume = Volume(dearest=99.0, ahead=0.5, least=1.0)
    volume.add(point(10, [1, 1], [2, 0]))
    first = volume.solve(Stop())
    assert first
    # Half of 10 is to be gained, at 2 a unit of the price.
    assert first.prices == pytest.approx([1 + 5 / 2, 1])
    volume.add(point(9, [3.5, 1], [-2, 4]))
    second = volume.solve(Stop())
    assert second
    assert second.shares == pytest.approx([0.9, 0.1])
    average = 0.9 * np.array([2, 0]) + 0.1 * np.array([-2, 4])
    assert second.prices == pytest.approx(1 + 5 * average / (average @ average))


def test_prices_are_never_below_nothing() -> None:
    volume = Volume(dearest=99.0, ahead=0.5, least=1.0)
    volume.add(point(10, [1, 1], [-1, 0]))
    solution = volume.solve(Stop())
    assert solution
    assert solution.prices.tolist() == [0, 1]


def test_prices_are_never_above_what_a_seat_can_be_worth() -> None:
    volume = Volume(dearest=99.0, ahead=0.5, least=1.0)
    volume.add(point(1000, [1, 1], [1, 0]))
    solution = volume.solve(Stop())
    assert solution
    assert solution.prices.tolist() == [99, 1]


def test_subgradients_that_make_up_for_each_other_lead_nowhere() -> None:
    """But for rounding errors, a tenth of ten times as much and nine tenths of nothing less are nothing."""
    for times in range(9, 30):
        volume = Volume(dearest=99.0, ahead=0.02, least=1.0)
        volume.add(point(10, [1, 1], [1, -1]))
        volume.add(point(9, [2, 0], [-times, times]))
        solution = volume.solve(Stop())
        assert solution is None or solution.prices.max() <= 99


@pytest.mark.parametrize("rounds", [1, 2, 3])
def test_with_exactly_enough_seats_no_bound_is_above_the_highest(rounds: int) -> None:
    """Of each two sessions the first is wanted by all: any prices that differ by 1 are as good as others."""
    program = conferences.program(*({f"{number}A": 3, f"{number}B": 3} for number in range(1, rounds + 1)))
    people = [
        conferences.person(name, *(f"{number}A > {number}B" for number in range(1, rounds + 1)))
        for name in "ABCDEF"
    ]
    for worst in (None, rounds):
        objective = Objective(criterion=Criterion.TOTAL, worst=worst)
        heights = [
            maximise_bound(
                Relaxation(aggregate_case(case_for((program, tuple(people)), limits=limits)), objective),
                stop=Stop(),
            ).bound
            for limits in (DEFAULT, WIDE_AND_MANY)
        ]
        assert heights[0] == heights[1]


def test_steps_become_shorter_in_vain_until_there_are_none() -> None:
    volume = Volume(dearest=99.0, ahead=0.5, least=1.0)
    volume.add(point(10, [1, 1], [1, 0]))
    lengths = []
    while solution := volume.solve(Stop()):
        lengths.append(solution.prices[0] - 1)
        volume.add(point(9, [2, 1], [1, 0]))
        assert len(lengths) < 100
    assert lengths == sorted(lengths, reverse=True)
    assert lengths[-1] / lengths[0] >= SHORTEST > 0.67 * lengths[-1] / lengths[0]


def test_there_are_no_prices_to_ask_for_without_a_point_a_slope_or_time() -> None:
    assert Volume(dearest=99.0, ahead=0.5, least=1.0).solve(Stop()) is None
    level = Volume(dearest=99.0, ahead=0.5, least=1.0)
    level.add(point(10, [1, 1], [0, 0]))
    assert level.solve(Stop()) is None
    stopped, stop = Volume(dearest=99.0, ahead=0.5, least=1.0), Stop()
    stopped.add(point(10, [1, 1], [1, 0]))
    stop.ask()
    assert stopped.solve(stop) is None


def test_the_smallest_shares_are_none_in_the_mixture() -> None:
    volume = Volume(dearest=99.0, ahead=0.5, least=1.0)
    for number in range(60):
        volume.add(point(10 + number, [1, 1], [1, (-1) ** number]))
    solution = volume.solve(Stop())
    assert solution
    assert len(solution.shares) == 60
    kept = solution.shares[solution.shares > 0]
    assert 0 < len(kept) < 60
    assert 1 - LEFT_OUT - kept.min() < 1 - LEFT_OUT <= kept.sum() < 1


@pytest.mark.parametrize("objective", OBJECTIVES, ids=str)
def test_planes_are_believed_near_the_best_prices_at_first(objective: Objective) -> None:
    relaxation = Relaxation(aggregate_case(case_for(crowded(1, 60))), objective)
    people = relaxation.aggregate.people
    near = TrustRegion(relaxation.size, dearest=100.0, people=people, close=1e-4)
    best = relaxation.evaluate(np.full(relaxation.size, SCALE))
    near.add(best)
    solution = near.solve(Stop())
    assert solution
    assert abs(solution.prices - 1).max() == pytest.approx(RADIUS)


def test_the_box_grows_while_promises_are_kept_and_shrinks_where_they_are_not() -> None:
    def reached(*bounds: float) -> float:
        """Return how far it is from the best price to the next, where a step of either promises a hundred.

        Where a point is worse than the best, that is for the first of them.
        """
        near = TrustRegion(2, dearest=100.0, people=1, close=1e-4)
        best = point(1000, [10, 10], [100, 100])
        near.add(best)
        for bound in bounds:
            solution = near.solve(Stop())
            assert solution
            slope = 100 if bound > 1000 else -2000
            gained = point(bound, solution.prices.tolist(), [slope, 100])
            near.add(gained)
            best = max(best, gained, key=lambda each: each.bound)
        solution = near.solve(Stop())
        assert solution
        return float(abs(solution.prices[1] - best.prices[1] / SCALE))

    assert reached() == pytest.approx(RADIUS)
    assert reached(1010) == pytest.approx(2 * RADIUS)
    assert reached(1006) == pytest.approx(2 * RADIUS)
    assert reached(1004) == pytest.approx(RADIUS)
    assert reached(990) == pytest.approx(RADIUS)
    assert reached(900) == pytest.approx(RADIUS / 4)


def test_the_box_stays_large_enough_for_other_prices() -> None:
    near, radii = TrustRegion(2, dearest=100.0, people=1, close=1e-4), []
    near.add(point(1000, [10, 10], [100, 100]))
    for _ in range(6):
        solution = near.solve(Stop())
        assert solution
        radii.append(float(solution.prices[1]) - 10)
        near.add(point(1000 - 10 * (solution.height - 1000), solution.prices.tolist(), [-3000, 100]))
    assert radii == pytest.approx([RADIUS, RADIUS / 4, RADIUS / 16, LEAST, LEAST, LEAST])


def test_what_is_no_higher_nearby_is_looked_for_everywhere() -> None:
    """Of two planes that meet at a price of 5, one is known; the best is at 4, the other's top."""
    planes, near = CuttingPlanes(1, dearest=9.0, people=1), TrustRegion(1, dearest=9.0, people=1, close=1e-4)
    for master in (planes, near):
        master.add(point(4, [4], [1]))
        master.add(point(3, [7], [-1]))
    solutions = [master.solve(Stop()) for master in (planes, near)]
    assert solutions[0]
    assert solutions[1]
    assert solutions[0].prices == pytest.approx([5])
    assert solutions[1].prices == pytest.approx([4 + RADIUS])
    for master in (planes, near):
        master.add(point(5, [5], [0]))
    for solution in (master.solve(Stop()) for master in (planes, near)):
        assert solution
        assert solution.height == pytest.approx(5)
        assert solution.shares.sum() == pytest.approx(1)


def test_nothing_is_looked_for_once_stopping_is_asked_for() -> None:
    near, stop = TrustRegion(1, dearest=9.0, people=1, close=1e-4), Stop()
    near.add(point(4, [4], [1]))
    stop.ask()
    assert near.solve(stop) is None
