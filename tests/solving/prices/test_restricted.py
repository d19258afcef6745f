"""The restricted problem is the same in days and in sittings, and its solutions are as good."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import count
from pathlib import Path
from unittest.mock import patch

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from midtvejs.domain.fairness import Criterion
from midtvejs.solving.cpsat import highs
from midtvejs.solving.cpsat.highs import solve_by_highs
from midtvejs.solving.cpsat.model import Model
from midtvejs.solving.cpsat.stated import NOTHING, Outcome, Verdict
from midtvejs.solving.instance.count import count_choices
from midtvejs.solving.instance.crowd import aggregate_case
from midtvejs.solving.limits import DEFAULT, Limits
from midtvejs.solving.prices import pursuit, restricted
from midtvejs.solving.prices.columns import columns_of
from midtvejs.solving.prices.lists import NEVER
from midtvejs.solving.prices.relaxation import SCALE, Objective, Relaxation
from midtvejs.solving.prices.restricted import (
    RestrictedSolution,
    _Question,
    minimise_restricted,
    sittings_of,
    solve_restricted,
)
from midtvejs.solving.prices.start import seat_quickly
from midtvejs.solving.stop import Stop
from tests.brute import every_outcome, least
from tests.examples import examples
from tests.solving.cases import case_for, crowded, ruled_day, searched
from tests.strategies import Conference, criteria_in_order, lawful_conferences

OBJECTIVES = [
    Objective(criterion=Criterion.TOTAL),
    Objective(criterion=Criterion.TOTAL, worst=3),
    Objective(criterion=Criterion.EVEN),
    Objective(criterion=Criterion.EVEN, worst=4, kept=((Criterion.TOTAL, 30),)),
    Objective(criterion=Criterion.FIRST, worst=5),
]


ORDER = (Criterion.WORST, Criterion.TOTAL, Criterion.EVEN)

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


# Made small


def minimised(
    relaxation: Relaxation, target: int, *, most: int = DEFAULT.minimised
) -> RestrictedSolution | None:
    """Make a criterion small at no prices, so that nobody's day is left out."""
    return minimise_restricted(
        relaxation,
        np.zeros(relaxation.size, dtype=np.int64),
        seat_quickly(relaxation.aggregate),
        target=target,
        slack=NEVER // 2,
        most=most,
        seed=0,
        stop=Stop(),
    )


@pytest.mark.parametrize("days", [DEFAULT.days, 0])
@pytest.mark.parametrize("criterion", [Criterion.TOTAL, Criterion.EVEN, Criterion.FIRST])
def test_the_least_is_found_among_all_up_to_a_target(criterion: Criterion, days: int) -> None:
    """Whether days are listed or sittings are; and where the target is below the least, there is none."""
    case = case_for(crowded(1, 12), limits=Limits(days=days))
    relaxation = Relaxation(aggregate_case(case), Objective(criterion=criterion))
    least = searched("prices", case, (criterion,)).stages[0]
    assert least.proven
    for target in (least.value, least.value + 3):
        found = minimised(relaxation, target)
        assert found is not None
        assert found.choices is not None
        tally = count_choices(relaxation.aggregate, found.choices)
        assert relaxation.allows(tally)
        assert tally.sums[criterion] == least.value == found.bound
        assert found.verdict is Verdict.BEST
    refused = minimised(relaxation, least.value - 1)
    assert refused is not None
    assert (refused.verdict, refused.choices, refused.bound) == (Verdict.IMPOSSIBLE, None, least.value)


@pytest.mark.parametrize(("told", "bound"), [(12, 12), (40, 40), (99, 41)])
def test_no_bound_is_above_what_is_left_beyond_the_target(told: int, bound: int) -> None:
    relaxation = Relaxation(aggregate_case(case_for(crowded(1, 12))), Objective(criterion=Criterion.TOTAL))
    undecided = replace(NOTHING, bound=told)
    with patch.object(restricted, "solve_by_highs", return_value=undecided):
        found = minimised(relaxation, 40)
    assert found is not None
    assert (found.verdict, found.choices, found.bound) == (Verdict.UNDECIDED, None, bound)


def test_among_too_many_days_nothing_is_made_small() -> None:
    relaxation = Relaxation(aggregate_case(case_for(crowded(1, 12))), Objective(criterion=Criterion.TOTAL))
    assert minimised(relaxation, 40, most=11) is None


@pytest.mark.parametrize(("wishes", "people", "shape"), [("org", 30, (6,) * 5), ("strong", 40, (8,) * 4)])
def test_a_search_that_makes_small_proves_what_one_does_that_asks_of_each_value(
    wishes: str, people: int, shape: tuple[int, ...], tmp_path: Path
) -> None:
    """Nothing is easy for CP-SAT here, and nobody passes a seat on, or is seated near to what was rounded."""
    limits = Limits(attempts=0, easy=1, exchange_probes=1, exchange_probe=0, exchange_work=0)
    case = ruled_day(tmp_path, people=people, shape=shape, wishes=wishes, limits=limits)
    with (
        patch.object(pursuit, "seat_near", return_value=None),
        patch.object(pursuit, "minimise_restricted", side_effect=minimise_restricted) as made_small,
    ):
        one_by_one = searched("prices", replace(case, limits=replace(limits, minimised=0)), ORDER)
        made_small.reset_mock()
        found = searched("prices", case, ORDER)
    assert made_small.called
    assert found.stages == one_by_one.stages
    assert all(stage.proven for stage in found.stages)


@pytest.mark.parametrize("even", [0, 875])
def test_where_nothing_is_made_small_each_value_is_asked_of(even: int, tmp_path: Path) -> None:
    """From a bound that is told on, if any: 875 squares are the least, and prices reach 873 at the most."""

    def tells(relaxation: Relaxation, *_given: object, **_how: object) -> RestrictedSolution:
        bound = even if relaxation.objective.criterion is Criterion.EVEN else 0
        return RestrictedSolution(verdict=Verdict.UNDECIDED, choices=None, bound=bound)

    limits = Limits(attempts=0, easy=1, exchange_probes=1, exchange_probe=0, exchange_work=0)
    case = ruled_day(tmp_path, people=30, shape=(6,) * 5, wishes="org", limits=limits)
    with patch.object(pursuit, "minimise_restricted", side_effect=tells) as made_small:
        found = searched("prices", case, ORDER)
    assert made_small.called
    assert [stage.value for stage in found.stages] == [6, 159, 875]
    assert all(stage.proven for stage in found.stages)


def test_what_is_found_but_not_proven_is_gone_on_from(tmp_path: Path) -> None:
    limits = Limits(attempts=0, easy=1, exchange_probes=1, exchange_probe=0, exchange_work=0)
    case = ruled_day(tmp_path, people=30, shape=(6,) * 5, wishes="org", limits=limits)

    def without_proof(*given: object, **how: object) -> RestrictedSolution | None:
        found = minimise_restricted(*given, **how)  # type: ignore[arg-type] # handed on as it came
        if found and found.verdict is Verdict.BEST:
            return replace(found, verdict=Verdict.FOUND, bound=found.bound - 1)
        return found

    with patch.object(pursuit, "minimise_restricted", side_effect=without_proof):
        found = searched("prices", case, ORDER)
    assert [stage.value for stage in found.stages] == [6, 159, 875]
    assert all(stage.proven for stage in found.stages)


# Whom a restricted problem is asked of


def open_model(seats: Sequence[int], people: int, most: int) -> Model:
    """Each of some people takes one of some sessions, at as many steps as its number is, ``most`` in all."""
    model = Model()
    rows = [[model.boolean() for _ in seats] for _ in range(people)]
    for row in rows:
        model.exactly_one(row)
    for session, limit in enumerate(seats):
        model.at_most([(1, row[session]) for row in rows], limit)
    model.at_most([(steps, taken) for row in rows for steps, taken in enumerate(row)], most)
    return model


@given(seats=st.lists(st.integers(0, 2), min_size=1, max_size=3), people=st.integers(1, 4), data=st.data())
@examples(15)
def test_highs_says_of_what_is_asked_what_cp_sat_says(
    seats: list[int], people: int, data: st.DataObject
) -> None:
    model = open_model(seats, people, most=data.draw(st.integers(0, people * (len(seats) - 1))))
    by_cpsat = model.solve(seed=0, stop=Stop())
    by_highs = solve_by_highs(model, seed=0, stop=Stop(), nodes=DEFAULT.nodes)
    assert by_cpsat.verdict is by_highs.verdict
    assert by_cpsat.verdict in {Verdict.BEST, Verdict.IMPOSSIBLE}
    assert bool(by_highs.values) == (by_highs.verdict is Verdict.BEST)
    assert not by_highs.values or model.linear().allows(by_highs.values)


NO_PROCESS = Path("/nonexistent/process.py")
SOLVED = Outcome(verdict=Verdict.BEST, values=(1,), value=0, bound=0)
REFUSED = replace(NOTHING, verdict=Verdict.IMPOSSIBLE)


@pytest.mark.parametrize(
    ("easy", "effort", "answers", "road"),
    [
        (10, 20.0, {"cpsat": [SOLVED]}, ["cpsat 1"]),
        (10, 20.0, {"cpsat": [REFUSED]}, ["cpsat 1"]),
        (10, 20.0, {"cpsat": [NOTHING], "highs": [SOLVED]}, ["cpsat 1", "highs"]),
        (10, 20.0, {"cpsat": [NOTHING], "highs": [REFUSED]}, ["cpsat 1", "highs"]),
        (10, 20.0, {"cpsat": [NOTHING, SOLVED], "highs": [NOTHING]}, ["cpsat 1", "highs", "cpsat 19"]),
        # What CP-SAT may try at the most is less than a moment: HiGHS is not for such.
        (10, 0.5, {"cpsat": [NOTHING]}, ["cpsat 0.5"]),
        (9, 20.0, {"highs": [REFUSED]}, ["highs"]),
        (9, 20.0, {"cpsat": [SOLVED], "highs": [NOTHING]}, ["highs", "cpsat 20"]),
    ],
)
def test_cp_sat_is_asked_for_a_moment_then_highs_and_then_cp_sat_again(
    easy: int, effort: float, answers: dict[str, list[Outcome]], road: list[str]
) -> None:
    """Ten variables are easy, or one more than are."""
    asked: list[str] = []

    def solve(_: Model, *, effort: float, **_how: object) -> Outcome:
        asked.append(f"cpsat {effort:g}")
        return answers["cpsat"].pop(0)

    def by_highs(_: Model, **_how: object) -> Outcome:
        asked.append("highs")
        return answers["highs"].pop(0)

    limits = Limits(easy=easy, restricted_quick=1.0)
    with patch.object(Model, "solve", solve), patch.object(restricted, "solve_by_highs", by_highs):
        question = _Question(Model(), 10, limits, effort=effort, seed=0, stop=Stop())
        outcome = question.ask_quickly()
        if outcome.verdict is Verdict.UNDECIDED:
            outcome = question.ask_at_length()
    assert asked == road
    assert outcome.verdict is not Verdict.UNDECIDED or effort < 1
    assert not any(answers.values())


@pytest.mark.parametrize("days", [DEFAULT.days, 0])
@pytest.mark.parametrize("seed", [1, 2])
def test_a_highs_that_answers_nothing_changes_the_road_and_no_verdict(seed: int, days: int) -> None:
    """At the least target that is possible, and the one below, whether days are listed or sittings are."""
    limits = Limits(days=days)
    aggregate = aggregate_case(case_for(crowded(seed, 12), limits=limits))
    start, everybody = seat_quickly(aggregate), np.arange(aggregate.people)

    def solved(target: int, limits: Limits) -> RestrictedSolution:
        here = Relaxation(replace(aggregate, limits=limits), Objective(criterion=Criterion.TOTAL))
        return solve_restricted(
            here,
            np.zeros(here.size, dtype=np.int64),
            start,
            everybody,
            target=target,
            slack=NEVER // 2,
            effort=20.0,
            seed=0,
            stop=Stop(),
        )

    possible = next(target for target in count() if solved(target, limits).choices is not None)
    highs_first = replace(limits, easy=1)
    for silent in (False, True):
        for target, verdict in ((possible - 1, Verdict.IMPOSSIBLE), (possible, Verdict.BEST)):
            with (
                patch.object(highs, "PROCESS", NO_PROCESS if silent else highs.PROCESS),
                patch.object(Model, "solve", autospec=True, side_effect=Model.solve) as by_cpsat,
            ):
                found = solved(target, highs_first)
            assert (found.verdict, by_cpsat.called) == (verdict, silent)
            if found.choices is not None:
                assert count_choices(aggregate, found.choices).sums[Criterion.TOTAL] == possible
