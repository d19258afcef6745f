"""Bounds within rules: whenever they are stopped nothing is below them, and anybody finds them again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from itertools import count
from unittest.mock import patch

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from midtvejs.auditing.bound import bound_of
from midtvejs.domain.fairness import OF_WISHES, Criterion
from midtvejs.solving.instance.crowd import aggregate_case
from midtvejs.solving.limits import DEFAULT, Limits
from midtvejs.solving.prices import ruled_bound
from midtvejs.solving.prices.bound import maximise_bound_of_parties, round_up, warm_start
from midtvejs.solving.prices.parties import PartyRelaxation, Ruled, rules_of
from midtvejs.solving.prices.relaxation import Objective
from midtvejs.solving.prices.ruled_alone import prices_alone_within_rules
from midtvejs.solving.prices.ruled_bound import RuledBound
from midtvejs.solving.search import Bound
from midtvejs.solving.stop import Stop
from tests import conferences
from tests.brute import every_outcome, least
from tests.examples import examples
from tests.solving.cases import case_for
from tests.strategies import Conference, bound_together, conferences_with_rules, lawful_conferences

SUMS = [criterion for criterion in OF_WISHES if criterion is not Criterion.WORST]
ALL = [*OF_WISHES, Criterion.SPREAD]


def ruled(conference: Conference, limits: Limits = DEFAULT) -> Ruled | None:
    case = case_for(conference, limits=limits)
    return rules_of(case, aggregate_case(case.without_freed()))


def bounds(of: Ruled, stop: Stop | None = None) -> RuledBound:
    return RuledBound(of, stop or Stop(), share=1.0, known=lambda _: None)


def objective(criterion: Criterion, reached: Mapping[Criterion, int]) -> Objective:
    """Return the objective of a criterion after those that were reached."""
    kept = tuple((other, value) for other, value in reached.items() if other is not Criterion.WORST)
    return Objective(criterion=criterion, worst=reached.get(Criterion.WORST), kept=kept)


def bound(by: RuledBound, criterion: Criterion, reached: Mapping[Criterion, int], below: int) -> Bound | None:
    asked = objective(criterion, reached)
    if criterion is Criterion.WORST:
        return by.bound_worst(asked, 0, below)
    return by.climb(asked, enough=below)


def assert_recomputed(found: Bound, conference: Conference) -> None:
    """Have the proof of a bound looked at by whoever doubts it; a bound of nothing needs none."""
    if found.value == 0:
        return
    assert found.value == found.recomputable
    assert found.proof
    proven = bound_of(found.proof, *conference)
    if found.proof.criterion is Criterion.WORST:
        assert (found.proof.worst, proven > 0) == (found.value - 1, True)
    else:
        assert proven == found.value


def up() -> Stop:
    stop = Stop()
    stop.ask()
    return stop


def up_after(asks: int | None) -> Stop:
    """Make a stop that is up after so many looks at its clock; None for no end of the time."""
    return Stop(seconds=asks, clock=count().__next__)


@given(
    conference=conferences_with_rules() | bound_together(),
    order=st.lists(st.sampled_from(ALL), min_size=1, max_size=3, unique=True),
    asks=st.none() | st.integers(0, 40),
    wide=st.sampled_from([0, 1000]),
    slack=st.integers(0, 2),
)
@examples(200)
def test_whenever_it_is_stopped_nothing_is_below_a_bound_that_anybody_finds_again(
    conference: Conference, order: list[Criterion], asks: int | None, wide: int, slack: int
) -> None:
    of = ruled(conference, Limits(wide=wide))
    assume(of)
    assert of
    outcomes = every_outcome(*conference)
    assume(outcomes)
    by, reached = bounds(of, up_after(asks)), dict[Criterion, int]()
    for criterion in order:
        optimum = least(outcomes, criterion, reached)
        assert optimum is not None
        found = bound(by, criterion, reached, optimum + slack)
        if found is not None:
            assert found.value <= optimum
            assert_recomputed(found, conference)
        reached[criterion] = optimum + (slack if asks else 0)


@st.composite
def organised(draw: st.DrawFn) -> Conference:
    """Draw a conference whose only rule is that so many of one organisation may be in a session."""
    program, people = draw(lawful_conferences(max_rounds=2, max_sessions=3, max_people=6))
    names = st.sampled_from(["Vejle", "Ærø", ""])
    rules = replace(program.rules, at_most=draw(st.sampled_from([1, 2])))
    return replace(program, rules=rules), tuple(replace(each, organisation=draw(names)) for each in people)


@given(conference=organised(), criterion=st.sampled_from([Criterion.TOTAL, Criterion.FIRST]))
@examples(100)
def test_where_no_more_than_seats_and_ceilings_bind_the_rounds_alone_come_to_the_optimum(
    conference: Conference, criterion: Criterion
) -> None:
    of = ruled(conference)
    assume(of)
    assert of
    optimum = least(every_outcome(*conference), criterion, {})
    assume(optimum is not None)
    assert optimum is not None
    with patch.object(ruled_bound, "MOST_ALONE", 0):
        in_a_moment = bounds(of).climb(Objective(criterion=criterion), enough=optimum)
    assert in_a_moment
    assert in_a_moment.value == optimum
    assert_recomputed(in_a_moment, conference)


@given(conference=conferences_with_rules() | bound_together() | organised())
@examples(100)
def test_a_bound_of_worst_that_begins_at_the_average_ends_where_one_by_one_ends(
    conference: Conference,
) -> None:
    of = ruled(conference)
    assume(of)
    assert of
    optimum = least(every_outcome(*conference), Criterion.WORST, {})
    assume(optimum is not None)
    assert optimum is not None
    asked = Objective(criterion=Criterion.WORST)
    found = bounds(of).bound_worst(asked, 0, optimum)
    with patch.object(RuledBound, "_average", 0):
        one_by_one = bounds(of).bound_worst(asked, 0, optimum)
    assert (found and found.value) == (one_by_one and one_by_one.value)
    assert found is None or found.value <= optimum


def all_of_vejle(sessions: int = 4) -> Conference:
    """Everybody is of Vejle and wants the same, and one of Vejle may be in each session."""
    codes = [f"1{letter}" for letter in "ABCDEFGH"[:sessions]]
    day = conferences.program(dict.fromkeys(codes, sessions))
    people = tuple(
        replace(conferences.person(name, " > ".join(codes)), organisation="Vejle")
        for name in ("Åse", "Bo", "Cai", "Dea", "Eva", "Finn", "Gry", "Hans")[:sessions]
    )
    return replace(day, rules=replace(day.rules, at_most=1)), people


def test_limits_that_the_average_is_above_are_not_asked_about_one_by_one() -> None:
    """Together the eight of them come to 28 steps, or four each, rounded up; somebody has seven."""
    of = ruled(all_of_vejle(8))
    assert of
    asked: list[int | None] = []
    climb = RuledBound.climb

    def asking(by: RuledBound, objective: Objective, *, enough: int) -> Bound | None:
        asked.append(objective.worst)
        return climb(by, objective, enough=enough)

    with patch.object(RuledBound, "climb", asking):
        found = bounds(of).bound_worst(Objective(criterion=Criterion.WORST), 0, 9)
    assert found
    assert (found.value, asked) == (7, [3, 4, 5, 6, 7])
    assert_recomputed(found, all_of_vejle(8))


@pytest.mark.parametrize(
    ("criterion", "value"), [(Criterion.TOTAL, 6), (Criterion.EVEN, None), (Criterion.WORST, None)]
)
def test_where_tables_would_be_too_large_sums_over_seats_are_bounded_all_the_same(
    criterion: Criterion, value: int | None
) -> None:
    of = ruled(all_of_vejle())
    assert of
    with patch.object(ruled_bound, "MOST_ALONE", 0):
        found = bounds(of).climb(objective(criterion, {Criterion.WORST: 3}), enough=99)
    assert (found and found.value) == value
    if found:
        assert_recomputed(found, all_of_vejle())


def test_squares_begin_at_the_regret_that_most_people_have() -> None:
    """Eight who come to 28 steps have three or four each: squares of 100, which 0 steps each say 28 of."""
    of, stop = ruled(all_of_vejle(8)), up()
    assert of
    with patch.object(ruled_bound, "maximise_bound_of_parties", wraps=maximise_bound_of_parties) as climbed:
        found = bounds(of, stop).climb(Objective(criterion=Criterion.EVEN), enough=999)
    relaxation, start = climbed.call_args.args[0], climbed.call_args.kwargs["start"]
    assert round_up(relaxation.evaluate(start).bound) == 100
    assert found
    assert 100 <= found.value <= sum(steps**2 for steps in range(8))
    without_time = ruled(all_of_vejle(8), Limits(last_work=0))
    assert without_time
    assert bounds(without_time, stop).climb(Objective(criterion=Criterion.EVEN), enough=999) is None


def test_at_whatever_regret_scales_are_begun_they_end_at_the_best_while_there_is_time() -> None:
    of = ruled(all_of_vejle(8))
    assert of
    relaxation = PartyRelaxation(of, Objective(criterion=Criterion.EVEN))
    alone = prices_alone_within_rules(relaxation)

    def begun(regret: int, stop: Stop) -> int:
        return round_up(warm_start(relaxation, stop=stop, alone=alone, regret=regret).bound)

    assert [begun(regret, Stop()) for regret in (0, 2, 3, 7, 999)] == [100] * 5
    assert [begun(regret, up()) for regret in (0, 2, 3, 6)] == [28, 92, 100, 28]
