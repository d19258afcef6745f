"""Seats near to what prices prove: whatever comes to no more than a value has none but those up to it."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from midtvejs.domain.fairness import Criterion
from midtvejs.solving.cpsat.question import Question
from midtvejs.solving.cpsat.stated import Verdict
from midtvejs.solving.instance.case import PRESENTS
from midtvejs.solving.instance.crowd import aggregate_case
from midtvejs.solving.lawful import seat_lawfully
from midtvejs.solving.prices.parties import Ruled
from midtvejs.solving.prices.party_seats import NearBound
from midtvejs.solving.prices.ruled_bound import RuledBound, no_prices
from midtvejs.solving.queue.in_turn import seat_in_turn
from midtvejs.solving.stop import Stop
from tests.brute import least
from tests.examples import examples
from tests.solving.cases import case_for, crowded
from tests.solving.prices.test_parties import SUMS, Priced, relaxations


@given(priced=relaxations(SUMS), more=st.integers(0, 2))
@examples(80)
def test_at_any_prices_the_least_is_among_the_seats_up_to_it(priced: Priced, more: int) -> None:
    relaxation, objective = priced.relaxation, priced.objective
    limits = dict(objective.kept)
    if objective.worst is not None:
        limits[Criterion.WORST] = objective.worst
    optimum = least(priced.outcomes, objective.criterion, limits)
    assert optimum is not None
    near = NearBound(relaxation=relaxation, point=relaxation.evaluate(priced.prices))
    assert near.bound <= optimum
    seats = near.seats_up_to(optimum + more)
    question = Question(case=relaxation.case, limits=limits, minimise=objective.criterion, within=seats)
    start = seat_lawfully(relaxation.case, Stop()) or seat_in_turn(relaxation.case)
    answer = question.ask(start, seed=0, stop=Stop(), effort=10.0)
    assert answer.outcome.verdict is Verdict.BEST
    assert answer.outcome.value == optimum
    fewer = near.seats_up_to(near.bound)
    assert all(
        few <= many
        for of_one, of_more in zip(fewer, seats, strict=True)
        for few, many in zip(of_one, of_more, strict=True)
    )


def test_few_seats_are_near_to_the_best_prices() -> None:
    """Everybody has a seat in each round up to the bound, and few have another."""
    case = case_for(crowded(3, 60))
    ruled = Ruled(case=case, aggregate=aggregate_case(case))
    bounds = RuledBound(ruled, Stop(), share=1.0, known=no_prices)
    near = bounds.near(Criterion.TOTAL, {}, enough=10**6)
    assert near is not None
    at_the_bound, further = near.seats_up_to(near.bound), near.seats_up_to(near.bound + 3)
    count, more = (sum(map(len, (s for one in seats for s in one))) for seats in (at_the_bound, further))
    seated = [[ranking != PRESENTS for ranking in row] for row in case.rows]
    assert [[bool(sessions) for sessions in of_one] for of_one in at_the_bound] == seated
    assert count < more
    assert count < len(case.rows) * len(aggregate_case(case).seats) / 2
    # The bound of what prices do not speak of is asked of nobody.
    assert bounds.near(Criterion.FRIENDS, {}, enough=10) is None


def test_what_was_raised_is_not_raised_again() -> None:
    case = case_for(crowded(3, 40))
    ruled = Ruled(case=case, aggregate=aggregate_case(case))
    bounds = RuledBound(ruled, Stop(), share=1.0, known=no_prices)
    near = bounds.near(Criterion.TOTAL, {}, enough=10**6)
    assert near is not None
    assert bounds.near(Criterion.TOTAL, {}, enough=10**6) is near
    within = bounds.near(Criterion.TOTAL, {Criterion.WORST: 9}, enough=10**6)
    assert within is not None
    assert within is not near
    assert np.array_equal(near.point.prices, near.relaxation.evaluate(near.point.prices).prices)
