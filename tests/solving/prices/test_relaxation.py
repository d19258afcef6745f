"""Prices: at any of them the bound is true, and the subgradient says what would be taken."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import product
from unittest.mock import patch

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from midtvejs.domain.fairness import OF_WISHES, Criterion
from midtvejs.solving.instance.arrays import Ints
from midtvejs.solving.instance.case import Case
from midtvejs.solving.instance.choices import measure
from midtvejs.solving.instance.crowd import aggregate_case
from midtvejs.solving.prices import relaxation as pricing
from midtvejs.solving.prices.bound import maximise_bound, round_up
from midtvejs.solving.prices.columns import columns_of
from midtvejs.solving.prices.relaxation import SCALE, Days, Objective, PricedNode, Relaxation
from midtvejs.solving.stop import Stop
from tests import conferences
from tests.brute import Outcomes, every_outcome, least
from tests.examples import examples
from tests.solving.cases import case_for, crowded, listed
from tests.strategies import Conference, lawful_conferences

SUMS = [criterion for criterion in OF_WISHES if criterion is not Criterion.WORST]


@dataclass(frozen=True, slots=True, kw_only=True)
class Priced:
    """A case, an objective in it, prices, and what brute force knows."""

    case: Case
    relaxation: Relaxation
    prices: Ints
    outcomes: Outcomes

    @property
    def objective(self) -> Objective:
        return self.relaxation.objective

    @property
    def reached(self) -> dict[Criterion, int]:
        return dict(self.objective.kept)


@st.composite
def relaxations(draw: st.DrawFn, criteria: Sequence[Criterion]) -> Priced:
    """Draw an objective for a small conference, after stages that some outcome reaches, and any prices."""
    conference: Conference = draw(lawful_conferences())
    outcomes = every_outcome(*conference)
    criterion = draw(st.sampled_from(criteria))
    kept = draw(st.lists(st.sampled_from(SUMS).filter(criterion.__ne__), max_size=2, unique=True))
    reached = draw(st.sampled_from(sorted(outcomes)))
    without_limit = criterion is not Criterion.WORST and draw(st.booleans())
    objective = Objective(
        criterion=criterion,
        worst=None if without_limit else draw(st.integers(0, reached.worst)),
        kept=tuple((other, reached.of(other)) for other in kept),
    )
    case = case_for(conference)
    relaxation = Relaxation(aggregate_case(case), objective)
    size = relaxation.size
    prices = draw(st.lists(st.integers(0, 4 * SCALE), min_size=size, max_size=size))
    return Priced(
        case=case, relaxation=relaxation, prices=np.array(prices, dtype=np.int64), outcomes=outcomes
    )


@given(priced=relaxations(SUMS))
@examples(50)
def test_any_prices_give_a_bound_below_the_optimum(priced: Priced) -> None:
    objective = priced.objective
    limits = (
        priced.reached if objective.worst is None else {**priced.reached, Criterion.WORST: objective.worst}
    )
    optimum = least(priced.outcomes, objective.criterion, limits)
    assume(optimum is not None)
    assert optimum is not None
    assert priced.relaxation.evaluate(priced.prices).bound <= optimum * SCALE


@given(priced=relaxations([Criterion.WORST]))
@examples(50)
def test_who_must_be_left_out_proves_a_limit_impossible(priced: Priced) -> None:
    if priced.relaxation.evaluate(priced.prices).bound > 0:
        assert least(priced.outcomes, Criterion.WORST, priced.reached) != priced.objective.worst
        limits = {**priced.reached, Criterion.WORST: priced.objective.worst or 0}
        assert least(priced.outcomes, Criterion.TOTAL, limits) is None


@given(priced=relaxations(OF_WISHES))
@examples(50)
def test_everybody_has_the_cheapest_of_all_their_days(priced: Priced) -> None:
    relaxation, prices = priced.relaxation, priced.prices
    cheapest = [
        min(day_costs(priced, person).values(), default=None) for person in range(len(priced.case.rows))
    ]
    if priced.objective.criterion is Criterion.WORST:
        cheapest = [SCALE if cost is None else min(cost, SCALE) for cost in cheapest]
    assume(None not in cheapest)
    paid_for_all = sum(
        price * limit
        for price, limit in zip(prices.tolist(), relaxation.limits(prices).tolist(), strict=True)
    )
    assert (
        relaxation.evaluate(prices).bound == sum(cost for cost in cheapest if cost is not None) - paid_for_all
    )


@given(priced=relaxations(OF_WISHES))
@examples(50)
def test_the_slope_is_what_would_be_taken_less_what_there_is(priced: Priced) -> None:
    case, relaxation = priced.case, priced.relaxation
    days = relaxation.days(priced.prices)
    seated = [
        person for person, row in enumerate(relaxation.aggregate.row_of) if days.level[row] != Days.LEFT_OUT
    ]
    assume(all(day_costs(priced, person) for person in seated))
    choices = listed(relaxation.aggregate, days.choices(relaxation.aggregate.row_of.astype(np.int64)))
    taken = Counter((index, session) for person in seated for index, session in enumerate(choices[person]))
    seats = [
        taken[index, session] - count
        for index, round_ in enumerate(case.rounds)
        for session, count in enumerate(round_.seats)
    ]
    worths = [day_worth(case, person, choices[person]) for person in seated]
    sums = [
        sum(worth[criterion] for worth in worths) - value for criterion, value in relaxation.objective.kept
    ]
    assert relaxation.evaluate(priced.prices).subgradient.tolist() == [*seats, *sums]


@given(priced=relaxations(SUMS), slack=st.integers(0, 3 * SCALE))
@examples(50)
def test_columns_are_all_days_within_the_slack(priced: Priced, slack: int) -> None:
    case = priced.case
    people = np.arange(0, len(case.rows), 2)
    costs = [day_costs(priced, person) for person in people.tolist()]
    assume(all(costs))
    columns = columns_of(priced.relaxation, priced.prices, people, slack, most=10_000, stop=Stop())
    assert columns is not None
    widths = [leaf.sessions for leaf in priced.relaxation.aggregate.leaves]
    found = [
        (
            person,
            tuple(-1 if session == width else session for session, width in zip(day, widths, strict=True)),
        )
        for person, day in zip(columns.person.tolist(), columns.sessions.T.tolist(), strict=True)
    ]
    assert len(found) == len(set(found))
    assert set(found) == {
        (number, day)
        for number, days in enumerate(costs)
        for day, cost in days.items()
        if cost - min(days.values()) <= slack
    }
    assert columns.person.tolist() == sorted(columns.person.tolist())
    for number, (person, day) in enumerate(found):
        worth = day_worth(case, people.tolist()[person], day)
        assert {
            criterion: int(each[number]) for criterion, each in columns.sums.items()
        }.items() <= worth.items()


@pytest.mark.parametrize("seed", [1, 2])
def test_raising_the_bound_ends_where_rounding_up_reaches_the_optimum_or_one_below(seed: int) -> None:
    relaxation = Relaxation(aggregate_case(case_for(crowded(seed, 40))), Objective(criterion=Criterion.TOTAL))
    dual = maximise_bound(relaxation, stop=Stop())
    assert dual.bound == round_up(dual.best.bound) > 0
    assert dual.best.bound == max(point.bound for point in (*dual.points, dual.best))
    assert dual.shares.sum() == pytest.approx(1)


def test_a_regret_of_more_than_a_hundred_steps_is_counted() -> None:
    codes = [[f"{number}x{session}" for session in range(70)] for number in (1, 2)]
    program = conferences.program(*(dict.fromkeys(of_round, 1) for of_round in codes))
    people = tuple(
        conferences.person(name, *(" > ".join(of_round) for of_round in codes)) for name in ("Åse", "Bo")
    )
    relaxation = Relaxation(aggregate_case(case_for((program, people))), Objective(criterion=Criterion.EVEN))
    prices = np.array([SCALE * 100_000] * 139 + [0], dtype=np.int64)
    prices[69] = 0
    assert relaxation.evaluate(prices).subgradient[[69, 139]].tolist() == [1, 1]


def test_a_part_of_the_day_has_levels_only_as_far_as_it_reaches() -> None:
    aggregate = aggregate_case(case_for(crowded(seed=1, people=40)))
    relaxation = Relaxation(aggregate, Objective(criterion=Criterion.EVEN))
    whole = relaxation.days(np.zeros(relaxation.size, dtype=np.int64)).priced
    assert isinstance(whole, PricedNode)
    parts = sorted((len(whole.left.best), len(whole.right.best)))
    assert len(whole.best) == relaxation.levels == aggregate.furthest + 1 == sum(parts) - 1
    within = Relaxation(aggregate, Objective(criterion=Criterion.EVEN, worst=1))
    assert len(within.days(np.zeros(within.size, dtype=np.int64)).priced.best) == 2


def test_how_many_rows_are_priced_together_makes_no_difference() -> None:
    aggregate = aggregate_case(case_for(crowded(seed=1, people=40)))
    relaxation = Relaxation(aggregate, Objective(criterion=Criterion.EVEN))
    prices = np.arange(relaxation.size, dtype=np.int64) * SCALE // 3
    point = relaxation.evaluate(prices)
    assert aggregate.root.rows > 7
    with patch.object(pricing, "TOGETHER", 7):
        other = relaxation.evaluate(prices)
    assert (other.bound, other.subgradient.tolist()) == (point.bound, point.subgradient.tolist())


def day_worth(case: Case, person: int, day: tuple[int, ...]) -> dict[Criterion, int]:
    alone = Case(
        program=case.program,
        participants=case.participants[person : person + 1],
        rounds=case.rounds,
        columns=tuple(column[person : person + 1] for column in case.columns),
    )
    return measure(alone, [day])


def day_costs(priced: Priced, person: int) -> dict[tuple[int, ...], int]:
    """Return every day that a person may have, and its cost in 1 / SCALE; presenters stand at -1."""
    case, objective = priced.case, priced.objective
    prices = priced.prices.tolist()
    sessions = [len(round_.codes) for round_ in case.rounds]
    firsts = [sum(sessions[:index]) for index in range(len(sessions))]
    weights = dict(zip((criterion for criterion, _ in objective.kept), prices[sum(sessions) :], strict=True))
    if objective.criterion is not Criterion.WORST:
        weights[objective.criterion] = SCALE
    costs = {}
    options = [
        [-1] if row < 0 else range(count) for row, count in zip(case.rows[person], sessions, strict=True)
    ]
    for day in product(*options):
        worth = day_worth(case, person, day)
        if objective.worst is None or worth[Criterion.WORST] <= objective.worst:
            seats = sum(
                prices[first + session] for first, session in zip(firsts, day, strict=True) if session >= 0
            )
            costs[day] = seats + sum(weight * worth[criterion] for criterion, weight in weights.items())
    return costs
