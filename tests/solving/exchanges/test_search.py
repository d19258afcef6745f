"""Passing seats on keeps seats, rules and limits, is no worse for anything kept, and finds what is there."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from midtvejs.domain.assignment import NoLawfulAssignment
from midtvejs.domain.fairness import OVER_SEATS, Criterion
from midtvejs.solving.exchanges.ruled import exchange_within_rules
from midtvejs.solving.exchanges.search import SeatExchange
from midtvejs.solving.exchanges.weights import is_weighed
from midtvejs.solving.instance.arrays import Ints
from midtvejs.solving.instance.case import Case, Choice, case_of
from midtvejs.solving.instance.choices import measure
from midtvejs.solving.instance.count import count_choices
from midtvejs.solving.instance.crowd import Aggregate, Leaf, aggregate_case
from midtvejs.solving.lawful import seat_lawfully
from midtvejs.solving.limits import Limits
from midtvejs.solving.prices.relaxation import Objective, Relaxation
from midtvejs.solving.prices.start import seat_quickly
from midtvejs.solving.stop import Stop
from tests.benchmarks.hardness.specs import RULES
from tests.examples import examples
from tests.solving.cases import case_for, crowded, judged, listed, ruled_day, searched
from tests.strategies import (
    Conference,
    bound_together,
    conferences_in_grades,
    conferences_with_rules,
    lawful_conferences,
)

SHORT = Limits(exchange_work=2_000_000, exchange_patience=1_000_000, exchange_probe=1_000_000)
CRITERIA = tuple(criterion for criterion in Criterion if criterion is not Criterion.WORST)


@st.composite
def objectives(draw: st.DrawFn) -> tuple[Criterion, tuple[Criterion, ...], int]:
    """Draw what is made small, what is kept at what it is, and how far regrets are to fall."""
    criterion, *kept = draw(st.lists(st.sampled_from(CRITERIA), min_size=1, max_size=3, unique=True))
    return criterion, tuple(kept), draw(st.integers(0, 2))


def objective_at(
    worth: dict[Criterion, int], drawn: tuple[Criterion, tuple[Criterion, ...], int]
) -> Objective:
    criterion, kept, lower = drawn
    worst = max(0, worth[Criterion.WORST] - lower)
    return Objective(criterion=criterion, worst=worst, kept=tuple((each, worth[each]) for each in kept))


def seated(case: Case) -> list[Choice]:
    aggregate = aggregate_case(case)
    return seat_lawfully(case, Stop()) or listed(aggregate, seat_quickly(aggregate))


def keeps_its_word(case: Case, choices: list[Choice], objective: Objective, target: int = 0) -> bool:
    """Have seats passed on within rules; return whether anything came of it."""
    before = measure(case, choices)
    found = exchange_within_rules(
        case, aggregate_case(case), choices, objective, target=target, seed=1, stop=Stop()
    )
    if found is None:
        return False
    # The audit says that it is lawful, and counts it.
    after = judged(case, found)
    assert objective.worst is not None
    assert after[Criterion.WORST] <= objective.worst
    assert all(after[each] <= limit for each, limit in objective.kept)
    if before[Criterion.WORST] <= objective.worst:
        assert after[objective.criterion] < before[objective.criterion]
    return True


@given(
    conference=st.one_of(conferences_with_rules(), bound_together(), conferences_in_grades()),
    drawn=objectives(),
)
@examples(150)
def test_what_is_found_is_lawful_within_limits_and_better(
    conference: Conference, drawn: tuple[Criterion, tuple[Criterion, ...], int]
) -> None:
    case = case_for(conference, limits=SHORT)
    try:
        choices = seated(case)
    except NoLawfulAssignment:
        return
    objective = objective_at(measure(case, choices), drawn)
    found = keeps_its_word(case, choices, objective)
    assert not found or all(map(is_weighed, objective.criteria))


@pytest.mark.parametrize("rules", [(), *((rule,) for rule in RULES), RULES], ids=",".join)
def test_days_of_many_are_bettered_within_each_rule_and_all(rules: tuple[str, ...], tmp_path: Path) -> None:
    """To begin with, everybody is seated as if they had wished for the opposite."""
    case = ruled_day(tmp_path, *rules, people=120, limits=SHORT)
    opposite = [
        replace(person, wishes=tuple(replace(each, codes=each.codes[::-1]) for each in person.wishes))
        for person in case.participants
    ]
    other = case_of(case.program, opposite)
    choices = seat_lawfully(other, Stop()) or listed(
        aggregate_case(other), seat_quickly(aggregate_case(other))
    )
    worth = measure(case, choices)
    assert keeps_its_word(case, choices, objective_at(worth, (Criterion.EVEN, (), 0)))
    assert keeps_its_word(case, choices, objective_at(worth, (Criterion.TOTAL, (), 2)))
    if "spread" in rules:
        kept = (Criterion.TOTAL, Criterion.EVEN)
        assert keeps_its_word(case, choices, objective_at(worth, (Criterion.SPREAD, kept, 0)))


def everybody_first(aggregate: Aggregate) -> Ints:
    """Have everybody where they wish most to be, whatever the seats."""
    lines = []
    for leaf in aggregate.leaves:
        assert isinstance(leaf, Leaf)
        rows = aggregate.ranking[leaf.number]
        lines.append(np.where(leaf.open[rows], leaf.steps[rows], 99).argmin(axis=1))
    return np.array(lines, dtype=np.int64)


@given(conference=lawful_conferences(), drawn=objectives())
@examples(150)
def test_from_more_people_than_seats_it_comes_to_choices_within_all_limits(
    conference: Conference, drawn: tuple[Criterion, tuple[Criterion, ...], int]
) -> None:
    case = case_for(conference, limits=SHORT)
    aggregate = aggregate_case(case)
    worth = count_choices(aggregate, seat_quickly(aggregate)).sums
    criterion, kept, lower = drawn
    sums = tuple(each for each in kept if each in OVER_SEATS)
    criterion = criterion if criterion in OVER_SEATS else Criterion.EVEN
    objective = objective_at(worth, (criterion, tuple(each for each in sums if each is not criterion), lower))
    starts = (everybody_first(aggregate), seat_quickly(aggregate))
    exchange = SeatExchange(aggregate, starts, objective, seed=1)
    exchange.reach(0, Stop())
    if exchange.found is not None:
        assert Relaxation(aggregate, objective).allows(count_choices(aggregate, exchange.found))
        judged(case, listed(aggregate, exchange.found))


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_on_a_narrow_day_it_comes_to_the_least_total_within_the_least_worst(
    seed: int, tmp_path: Path
) -> None:
    """Nobody's regret is above what all have on average but for a step or so."""
    case = ruled_day(tmp_path, people=40, shape=(15,) * 12, spare=1.02, wishes="strong")
    aggregate = aggregate_case(case)
    start = seat_quickly(aggregate)
    before = count_choices(aggregate, start).sums
    average = -(-before[Criterion.TOTAL] // aggregate.people)
    assert average + 1 < before[Criterion.WORST]
    within = Objective(criterion=Criterion.TOTAL, worst=average + 1)
    exchange = SeatExchange(aggregate, (start,), within, seed=seed)
    exchange.reach(before[Criterion.TOTAL], Stop())
    assert exchange.found is not None
    # Each round by itself is at its least total to begin with.
    assert count_choices(aggregate, exchange.found).sums[Criterion.TOTAL] == before[Criterion.TOTAL]


def test_the_same_seed_finds_the_same() -> None:
    aggregate = aggregate_case(case_for(crowded(4, 80), limits=SHORT))
    start = everybody_first(aggregate)
    objective = Objective(criterion=Criterion.EVEN)
    found = []
    for _ in range(2):
        exchange = SeatExchange(aggregate, (start,), objective, seed=7)
        exchange.reach(0, Stop())
        assert exchange.found is not None
        found.append(exchange.found)
    assert (found[0] == found[1]).all()


def test_a_search_that_is_to_end_finds_nothing_more() -> None:
    aggregate = aggregate_case(case_for(crowded(4, 80)))
    start = everybody_first(aggregate)
    exchange = SeatExchange(aggregate, (start,), Objective(criterion=Criterion.EVEN), seed=7)
    exchange.reach(0, Stop(seconds=0))
    assert exchange.found is None


@pytest.mark.parametrize("wishes", ["pl", "strong", "partial"])
def test_what_is_proven_is_the_same_whether_seats_are_passed_on_or_not(wishes: str, tmp_path: Path) -> None:
    """They are before a bound is raised, and where CP-SAT knows nothing at once; or nowhere."""
    order = (Criterion.WORST, Criterion.TOTAL, Criterion.EVEN)
    stages = []
    for limits in (
        Limits(near=9.0, easy=1),
        Limits(near=0, exchange_probe=0, exchange_work=0),
    ):
        case = ruled_day(tmp_path, people=60, spare=1.1, wishes=wishes, limits=limits)
        stages.append(searched("prices", case, order).stages)
    assert [stage.value for stage in stages[0]] == [stage.value for stage in stages[1]]
    assert all(stage.proven for of_one in stages for stage in of_one)
