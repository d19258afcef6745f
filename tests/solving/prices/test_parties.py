"""Parties: at any prices their bound is true, and the one that whoever verifies it finds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from midtvejs.auditing.bound import bound_of
from midtvejs.domain.fairness import OF_WISHES, Criterion
from midtvejs.domain.rules import Company, Group
from midtvejs.solving.instance.arrays import Ints
from midtvejs.solving.instance.crowd import aggregate_case
from midtvejs.solving.instance.parties import find_ceilings, find_floors
from midtvejs.solving.limits import DEFAULT
from midtvejs.solving.prices import parties
from midtvejs.solving.prices.bound import maximise_bound, maximise_bound_of_parties, round_up
from midtvejs.solving.prices.parties import PartyRelaxation, Ruled, pairs_of, rules_in_codes, rules_of
from midtvejs.solving.prices.relaxation import SCALE, Objective, Relaxation
from midtvejs.solving.stop import Stop
from tests import conferences
from tests.brute import Outcomes, every_outcome, least
from tests.examples import examples
from tests.solving.cases import case_for, crowded
from tests.strategies import Conference, bound_together, conferences_with_rules

SUMS = [*(criterion for criterion in OF_WISHES if criterion is not Criterion.WORST), Criterion.SPREAD]
ALL = [Criterion.WORST, *SUMS]


@dataclass(frozen=True, slots=True, kw_only=True)
class Priced:
    """A conference with rules, an objective in it, prices, and what brute force knows."""

    conference: Conference
    relaxation: PartyRelaxation
    prices: Ints
    outcomes: Outcomes

    @property
    def objective(self) -> Objective:
        return self.relaxation.objective


@st.composite
def relaxations(draw: st.DrawFn, criteria: Sequence[Criterion]) -> Priced:
    """Draw an objective for a conference with rules, within what some outcome reaches, and any prices."""
    conference: Conference = draw(conferences_with_rules() | bound_together())
    outcomes = every_outcome(*conference)
    assume(outcomes)
    case = case_for(conference)
    ruled = Ruled(
        case=case,
        aggregate=aggregate_case(case),
        ceilings=find_ceilings(case),
        floors=find_floors(case),
    )
    criterion = draw(st.sampled_from(criteria))
    kept = draw(st.lists(st.sampled_from(SUMS).filter(criterion.__ne__), max_size=2, unique=True))
    reached = draw(st.sampled_from(sorted(outcomes)))
    refused = criterion is Criterion.WORST
    limit = st.integers(0, reached.worst) if refused else st.sampled_from([None, reached.worst])
    objective = Objective(
        criterion=criterion,
        worst=draw(limit),
        kept=tuple((other, reached.of(other)) for other in kept),
    )
    relaxation = PartyRelaxation(ruled, objective)
    size = relaxation.size
    prices = draw(st.lists(st.integers(0, 4 * SCALE), min_size=size, max_size=size))
    return Priced(
        conference=conference,
        relaxation=relaxation,
        prices=np.array(prices, dtype=np.int64),
        outcomes=outcomes,
    )


@given(priced=relaxations(ALL))
@examples(150)
def test_whoever_verifies_them_finds_the_same_bound(priced: Priced) -> None:
    proof = rules_in_codes(priced.relaxation, priced.prices)
    found = max(0, round_up(priced.relaxation.evaluate(priced.prices).bound))
    assert bound_of(proof, *priced.conference) == found


@given(priced=relaxations(ALL))
@examples(150)
def test_at_any_prices_nothing_is_below_the_bound(priced: Priced) -> None:
    objective = priced.objective
    limits = dict(objective.kept)
    if objective.worst is not None:
        limits[Criterion.WORST] = objective.worst
    bound = round_up(priced.relaxation.evaluate(priced.prices).bound)
    if objective.criterion is Criterion.WORST:
        assert bound <= 0 or least(priced.outcomes, Criterion.TOTAL, limits) is None
    else:
        optimum = least(priced.outcomes, objective.criterion, limits)
        assert optimum is not None
        assert bound <= optimum


@given(priced=relaxations(SUMS), move=st.data())
@examples(100)
def test_the_bound_is_nowhere_above_what_its_slope_says(priced: Priced, move: st.DataObject) -> None:
    size = priced.relaxation.size
    others = move.draw(st.lists(st.integers(0, 4 * SCALE), min_size=size, max_size=size))
    point = priced.relaxation.evaluate(priced.prices)
    there = np.array(others, dtype=np.int64)
    tangent = point.bound + int((point.subgradient * (there - point.prices)).sum())
    assert priced.relaxation.evaluate(there).bound <= tangent


@given(priced=relaxations(ALL))
@examples(100)
def test_columns_use_what_the_slope_says_is_used(priced: Priced) -> None:
    relaxation, prices = priced.relaxation, priced.prices
    kinds, use, columns = relaxation.kinds, np.zeros(relaxation.size, dtype=np.int64), set[int]()
    for column in relaxation.columns(prices):
        columns.add(column.kind)
        for limit, amount in column.uses.items():
            use[limit] += amount * kinds[column.kind]
    point = relaxation.evaluate(prices)
    # Pairs are of no kind alone.
    use[relaxation.sessions : relaxation.unruled] += relaxation.keeps_pairs * int(
        pairs_of(relaxation.colleagues_at(prices)).sum()
    )
    assert use.tolist() == (point.subgradient + relaxation.limits(prices)).tolist()
    assert priced.objective.criterion is Criterion.WORST or columns == {*range(len(kinds))}


def friends(seed: int, people: int, size: int) -> Ruled:
    """A crowded day of which every fourth participant stays together with those behind them."""
    program, crowd = crowded(seed, people)
    together: list[Group] = []
    joined = list(crowd)
    for first in range(0, people - size, 4 * size):
        names = tuple(person.name for person in crowd[first : first + size])
        together.append(Group(company=Company.TOGETHER, participants=names))
        for place in range(first, first + size):
            joined[place] = replace(crowd[place], groups=(together[-1],))
    program = replace(program, rules=replace(program.rules, groups=tuple(together)))
    case = case_for((program, tuple(joined)))
    ruled = rules_of(case, aggregate_case(case))
    assert ruled
    return ruled


@pytest.mark.parametrize("criterion", [Criterion.TOTAL, Criterion.EVEN])
def test_either_way_up_ends_at_the_same_height_and_above_that_without_rules(criterion: Criterion) -> None:
    ruled, objective = friends(seed=1, people=40, size=2), Objective(criterion=criterion)
    bounds = set[int]()
    for wide in (1, 1000):
        limits = replace(ruled.case.limits, wide=wide)
        here = replace(ruled, aggregate=replace(ruled.aggregate, limits=limits))
        relaxation = PartyRelaxation(here, objective)
        start = np.zeros(relaxation.size, dtype=np.int64)
        dual = maximise_bound_of_parties(relaxation, start=start, enough=None, stop=Stop())
        assert dual.bound == round_up(dual.best.bound)
        bounds.add(dual.bound)
    without = maximise_bound(Relaxation(ruled.aggregate, objective), stop=Stop())
    (bound,) = bounds
    assert without.bound < bound


def test_those_of_one_organisation_pay_where_too_many_of_them_want_to_be() -> None:
    program, people = crowded(seed=2, people=60)
    people = tuple(replace(each, organisation=f"Org {number % 3}") for number, each in enumerate(people))
    program = replace(program, rules=replace(program.rules, at_most=6))
    case = case_for((program, people))
    ruled, objective = rules_of(case, aggregate_case(case)), Objective(criterion=Criterion.TOTAL)
    assert ruled
    assert ruled.any
    # Three organisations in each session; 20 of one could be in any of the 12 sessions of the day.
    assert len(ruled.ceilings) == 3 * 12
    relaxation = PartyRelaxation(ruled, objective)
    start = np.zeros(relaxation.size, dtype=np.int64)
    dual = maximise_bound_of_parties(relaxation, start=start, enough=None, stop=Stop())
    proof = rules_in_codes(relaxation, dual.best.prices)
    assert any(price for priced in proof.at_most["organisation"].values() for price in priced.values())
    assert dual.bound > maximise_bound(Relaxation(ruled.aggregate, objective), stop=Stop()).bound
    assert bound_of(proof, program, people) == dual.bound


@pytest.mark.parametrize("wide", [1, 1000])
@pytest.mark.parametrize(("may_be_cancelled", "least_total"), [(False, 8 + 2 * 8), (True, 10)])
def test_those_who_come_are_paid_where_too_few_want_to_be(
    may_be_cancelled: bool, least_total: int, wide: int
) -> None:
    """All 40 want 1A, which has 30 seats. Either 8 each have to be in 1B and in 1C, or 1C is not held."""
    day = conferences.program(dict.fromkeys(("1A", "1B", "1C"), 30))
    day = conferences.each_session(day, lambda s: replace(s, least=8, may_be_cancelled=may_be_cancelled))
    people = tuple(conferences.person(f"Åse {number}", "1A > 1B > 1C") for number in range(40))
    case = case_for((day, people), limits=replace(DEFAULT, wide=wide))
    ruled = rules_of(case, aggregate_case(case))
    assert ruled
    relaxation = PartyRelaxation(ruled, Objective(criterion=Criterion.TOTAL))
    start = np.zeros(relaxation.size, dtype=np.int64)
    dual = maximise_bound_of_parties(relaxation, start=start, enough=None, stop=Stop())
    assert dual.bound == least_total
    assert bound_of(rules_in_codes(relaxation, dual.best.prices), day, people) == least_total


def test_those_who_are_to_be_apart_pay_where_several_want_to_be() -> None:
    group = Group(company=Company.APART, participants=("Åse", "Bo", "Cai"))
    day = conferences.program({"1A": 4, "1B": 4, "1C": 4}, {"2A": 4, "2B": 4})
    people = tuple(
        replace(conferences.person(name, "1A > 1B > 1C", "2A > 2B"), groups=(replace(group, round_id="R1"),))
        for name in group.participants
    )
    day = replace(day, rules=replace(day.rules, groups=(replace(group, round_id="R1"),)))
    case = case_for((day, people))
    ruled = rules_of(case, aggregate_case(case))
    assert ruled
    assert {ceiling.spot for ceiling in ruled.ceilings} == {0, 1, 2}
    relaxation = PartyRelaxation(ruled, Objective(criterion=Criterion.TOTAL))
    start = np.zeros(relaxation.size, dtype=np.int64)
    dual = maximise_bound_of_parties(relaxation, start=start, enough=None, stop=Stop())
    proof = rules_in_codes(relaxation, dual.best.prices)
    assert dual.bound == bound_of(proof, day, people) == 1 + 2
    assert (proof.at_most, {*proof.apart}) == ({}, {"0"})


def test_no_rule_is_priced_that_nobody_could_break() -> None:
    program, people = crowded(seed=2, people=60)
    people = tuple(replace(each, organisation=f"Org {number % 3}") for number, each in enumerate(people))
    case = case_for((replace(program, rules=replace(program.rules, at_most=20)), people))
    ruled = rules_of(case, aggregate_case(case))
    assert ruled
    assert not ruled.any


def test_parties_whose_tables_would_be_too_large_are_cut(monkeypatch: pytest.MonkeyPatch) -> None:
    ruled = friends(seed=1, people=40, size=3)
    objective = Objective(criterion=Criterion.EVEN)
    assert PartyRelaxation(ruled, objective).most == 3
    monkeypatch.setattr(parties, "MOST_TOGETHER", 20_000)
    cut = PartyRelaxation(ruled, objective)
    assert cut.most == 2
    assert {table.sized.size for table in cut.tables} == {1, 2}
    assert cut.kinds.sum() == 40 - 4
    proof = rules_in_codes(cut, np.zeros(cut.size, dtype=np.int64))
    assert proof.together == 2


def test_days_with_one_list_for_several_rounds_have_no_parties() -> None:
    program, people = conferences.held_twice()
    group = Group(company=Company.TOGETHER, participants=tuple(person.name for person in people))
    program = replace(program, rules=replace(program.rules, groups=(group,)))
    case = case_for((program, tuple(replace(person, groups=(group,)) for person in people)))
    assert rules_of(case, aggregate_case(case)) is None


def test_nor_do_days_on_which_anybody_could_be_moved_though_all_are_newcomers() -> None:
    """Whoever recomputes a bound that charges for moves has everybody choose alone."""
    program, people = conferences.program({"1A": 2, "1B": 2}), ("Åse", "Bo")
    group = Group(company=Company.TOGETHER, participants=people)
    together = tuple(replace(conferences.person(name, "1A > 1B"), groups=(group,)) for name in people)
    for order, priced in (((Criterion.TOTAL,), True), ((Criterion.MOVED, Criterion.TOTAL), False)):
        day = replace(program, rules=replace(program.rules, fairness=order, groups=(group,)))
        case = case_for((day, together))
        assert (rules_of(case, aggregate_case(case)) is not None) is priced
