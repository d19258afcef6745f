"""A round alone: the flow costs the least, and its prices prove it; the whole day is bounded by them."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from midtvejs.domain.fairness import Criterion
from midtvejs.solving.instance.arrays import Ints
from midtvejs.solving.instance.crowd import aggregate_case
from midtvejs.solving.prices.bound import warm_start
from midtvejs.solving.prices.lists import NEVER
from midtvejs.solving.prices.relaxation import SCALE, Objective, Relaxation
from midtvejs.solving.prices.start import flow_of, prices_of
from midtvejs.solving.stop import Stop
from tests.brute import every_outcome, least
from tests.examples import examples
from tests.solving.cases import case_for
from tests.strategies import Conference, lawful_conferences

COSTS = st.sampled_from([0, 0, 1, 2, 3, NEVER])


@st.composite
def rounds(draw: st.DrawFn) -> tuple[Ints, Ints, Ints]:
    """Costs of three sessions, some of them closed, to some people of whom a row may stand for two; seats."""
    rows = draw(st.integers(1, 3))
    costs = draw(st.lists(st.lists(COSTS, min_size=3, max_size=3), min_size=rows, max_size=rows))
    counts = draw(st.lists(st.integers(1, 2), min_size=rows, max_size=rows))
    seats = draw(st.lists(st.integers(0, 4), min_size=3, max_size=3))
    return np.array(costs), np.array(counts), np.array(seats)


def least_cost(costs: Ints, counts: Ints, seats: Ints) -> int | None:
    people = np.repeat(np.arange(len(counts)), counts)
    sums = [
        int(costs[people, list(choice)].sum())
        for choice in product(range(3), repeat=len(people))
        if (np.bincount(choice, minlength=3) <= seats).all()
    ]
    return min((each for each in sums if each < NEVER), default=None)


@given(round_=rounds())
def test_a_flow_costs_the_least_and_its_prices_prove_it(round_: tuple[Ints, Ints, Ints]) -> None:
    costs, counts, seats = round_
    cost = least_cost(costs, counts, seats)
    assume(cost is not None)
    flow = flow_of(costs, counts, seats)
    prices = prices_of(costs, flow, seats)
    assert (flow >= 0).all()
    assert (flow.sum(axis=1) == counts).all()
    assert (flow.sum(axis=0) <= seats).all()
    assert (flow[costs == NEVER] == 0).all()
    assert (flow * costs).sum() == cost
    assert (prices >= 0).all()
    assert (counts * (costs + prices).min(axis=1)).sum() - (prices * seats).sum() == cost


def test_where_there_is_no_way_nobody_pretends() -> None:
    closed = np.array([[0, NEVER], [0, NEVER]])
    with pytest.raises(ValueError, match="no seats for everybody"):
        flow_of(closed, np.array([1, 1]), np.array([1, 5]))


@pytest.mark.parametrize("criterion", [Criterion.TOTAL, Criterion.FIRST, Criterion.UNLISTED])
@given(conference=lawful_conferences())
@examples(30)
def test_what_rounds_come_to_one_by_one_is_reached_by_all_of_them_together(
    criterion: Criterion, conference: Conference
) -> None:
    point = warm_start(
        Relaxation(aggregate_case(case_for(conference)), Objective(criterion=criterion)), stop=Stop()
    )
    assert point.bound == SCALE * (least(every_outcome(*conference), criterion, {}) or 0)


@given(conference=lawful_conferences())
@examples(30)
def test_squares_and_the_worst_are_bounded_by_the_same_prices(conference: Conference) -> None:
    aggregate, outcomes = aggregate_case(case_for(conference)), every_outcome(*conference)
    even = warm_start(Relaxation(aggregate, Objective(criterion=Criterion.EVEN)), stop=Stop())
    assert even.bound <= SCALE * (least(outcomes, Criterion.EVEN, {}) or 0)
    worst = least(outcomes, Criterion.WORST, {}) or 0
    for limit in range(aggregate.furthest + 1):
        refused = warm_start(
            Relaxation(aggregate, Objective(criterion=Criterion.WORST, worst=limit)), stop=Stop()
        )
        assert refused.bound <= 0 or limit < worst
