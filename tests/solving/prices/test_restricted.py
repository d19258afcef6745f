"""The restricted problem is the same in days and in sittings, and its solutions are as good."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from midtvejs.domain.fairness import Criterion
from midtvejs.solving.cpsat.model import Verdict
from midtvejs.solving.instance.count import count_choices
from midtvejs.solving.instance.crowd import aggregate_case
from midtvejs.solving.limits import Limits
from midtvejs.solving.prices.columns import columns_of
from midtvejs.solving.prices.lists import NEVER
from midtvejs.solving.prices.relaxation import SCALE, Objective, Relaxation
from midtvejs.solving.prices.restricted import sittings_of, solve_restricted
from midtvejs.solving.prices.start import seat_quickly
from midtvejs.solving.stop import Stop
from tests.brute import every_outcome, least
from tests.examples import examples
from tests.solving.cases import case_for, crowded, searched
from tests.strategies import Conference, criteria_in_order, lawful_conferences

OBJECTIVES = [
    Objective(criterion=Criterion.TOTAL),
    Objective(criterion=Criterion.TOTAL, worst=3),
    Objective(criterion=Criterion.EVEN),
    Objective(criterion=Criterion.EVEN, worst=4, kept=((Criterion.TOTAL, 30),)),
    Objective(criterion=Criterion.FIRST, worst=5),
]


IN_SITTINGS = Limits(days=0)
"""Days are always too many to be listed."""


@pytest.mark.parametrize("objective", OBJECTIVES, ids=str)
@given(slack=st.integers(0, 4 * SCALE), data=st.data())
@examples(10)
def test_sittings_are_those_of_all_days_within_the_slack(
    objective: Objective, slack: int, data: st.DataObject
) -> None:
    relaxation = Relaxation(aggregate_case(case_for(crowded(seed=1, people=12))), objective)
    prices = np.array(
        data.draw(st.lists(st.integers(0, 3 * SCALE), min_size=relaxation.size, max_size=relaxation.size))
    )
    people = np.arange(0, 12, 2)
    columns = columns_of(relaxation, prices, people, slack, most=10_000, stop=Stop())
    assert columns is not None
    sittings = sittings_of(relaxation, prices, people, slack)
    expected = {
        (person, number, session)
        for number, line in enumerate(columns.sessions.tolist())
        for person, session in zip(columns.person.tolist(), line, strict=True)
    }
    found = list(
        zip(*(each.tolist() for each in (sittings.person, sittings.round, sittings.session)), strict=True)
    )
    assert set(found) == expected
    assert len(found) == len(expected)
    regrets = columns.sums[Criterion.TOTAL] if relaxation.by_level else np.zeros_like(columns.person)
    levels = set(zip(sittings.level_of.tolist(), sittings.level.tolist(), strict=True))
    assert levels == set(zip(columns.person.tolist(), regrets.tolist(), strict=True))


@given(conference=lawful_conferences(), order=criteria_in_order)
@examples(40)
def test_a_search_by_sittings_proves_what_is_true(
    conference: Conference, order: tuple[Criterion, ...]
) -> None:
    found = searched("prices", case_for(conference, limits=IN_SITTINGS), order)
    outcomes, reached = every_outcome(*conference), dict[Criterion, int]()
    for stage in found.stages:
        assert stage.value == stage.bound == least(outcomes, stage.criterion, reached)
        reached[stage.criterion] = stage.value


@pytest.mark.parametrize("criterion", [Criterion.TOTAL, Criterion.EVEN, Criterion.FIRST])
@pytest.mark.parametrize("seed", [1, 2])
def test_days_and_sittings_agree_on_what_is_possible(seed: int, criterion: Criterion) -> None:
    aggregate = aggregate_case(case_for(crowded(seed, 25)))
    in_days = Relaxation(aggregate, Objective(criterion=criterion, worst=4))
    in_sittings = Relaxation(replace(aggregate, limits=IN_SITTINGS), in_days.objective)
    start, everybody = seat_quickly(aggregate), np.arange(aggregate.people)
    prices = np.zeros(in_days.size, dtype=np.int64)
    most = count_choices(aggregate, start).sums[criterion]
    verdicts = []
    for target in range(most + 1):
        days, sittings = (
            solve_restricted(
                relaxation,
                prices,
                start,
                everybody,
                target=target,
                slack=NEVER // 2,
                effort=20.0,
                seed=0,
                stop=Stop(),
            )
            for relaxation in (in_days, in_sittings)
        )
        assert days.verdict == sittings.verdict
        for each in (days, sittings):
            if each.choices is not None:
                tally = count_choices(aggregate, each.choices)
                assert in_days.allows(tally)
                assert tally.sums[criterion] <= target
        verdicts.append(days.verdict)
    assert verdicts[-1] is Verdict.BEST
    assert verdicts[0] is Verdict.IMPOSSIBLE
