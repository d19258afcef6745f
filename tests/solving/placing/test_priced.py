"""What seats cost at the least, against every way to seat people: no floor is above what it is a floor of."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from math import comb

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from midtvejs.domain.assignment import OutOfTime
from midtvejs.domain.fairness import Criterion
from midtvejs.domain.offers import Placement, place
from midtvejs.domain.participants import Participant
from midtvejs.domain.planning import ORDERS
from midtvejs.domain.program import Program
from midtvejs.solving.placing.counting import Counting
from midtvejs.solving.placing.limits import PlacingLimits
from midtvejs.solving.placing.open_day import OpenDay
from midtvejs.solving.placing.plan import plan
from midtvejs.solving.placing.priced import SetPrices, proves
from midtvejs.solving.placing.priced_days import DayPrices
from midtvejs.solving.stop import Stop
from tests.benchmarks.placing import made_up
from tests.brute import every_outcome
from tests.conferences import open_day, person
from tests.every_placement import every_program, figures_of
from tests.examples import examples
from tests.solving.placing.days import Day, open_days
from tests.solving.placing.test_counting import block_of, judge_of

COUNTED = PlacingLimits(one_by_one=0)
"""Even the fewest placements are counted round by round."""


def least_of(program: Program, people: tuple[Participant, ...], placement: Placement) -> dict[Criterion, int]:
    """Return the least of each criterion, each in a seating of its own; nothing where there is no seating."""
    outcomes = every_outcome(place(program, placement), people)
    return {each: min(found.of(each) for found in outcomes) for each in ORDERS} if outcomes else {}


def held_once(conference: Day) -> Day:
    """Return a day in which each session is held once."""
    program, people = conference
    once = tuple(replace(offer, fewest=1, most=1) for offer in program.offers)
    return replace(program, offers=once), people


def with_a_settled_round(conference: Day) -> Day:
    """Return a day whose first session is settled, alone in the first round and in its largest room."""
    program, people = conference
    first, *others = program.offers
    largest = max(program.rooms, key=lambda room: room.seats)
    settled = replace(program.rounds[0], sessions=(replace(first.session, room=largest),))
    later = tuple(
        replace(each, rounds=tuple(id_ for id_ in each.rounds if id_ != settled.id) or ("R2",))
        for each in others
    )
    return replace(program, rounds=(settled, *program.rounds[1:]), offers=later), people


once_held_days = open_days().map(held_once)
days = st.one_of(once_held_days, once_held_days.map(with_a_settled_round))


@examples(60)
@given(conference=days, by=st.sampled_from(list(ORDERS)))
def test_no_floor_is_above_what_seating_everybody_comes_to(conference: Day, by: Criterion) -> None:
    program, people = conference
    judge = judge_of(program, people, by)
    block = block_of(judge)
    prices = SetPrices(judge.day, block, people, Stop())
    counted = Counting(judge, block, seen=(), keep=10_000, stop=Stop(), prices=prices).count()
    floors = {kept.sets: kept.floor for kept in counted.kept}
    assert len(floors) == counted.exist
    for placement in every_program(program):
        sets = judge.day.canonical(judge.day.sets_of(placement))
        figures = figures_of(program, people, placement, by)
        if figures is not None:
            least = tuple(counted.least[criterion] for criterion in ORDERS[by])
            assert all(map(int.__le__, floors[sets], figures))
            assert all(map(int.__le__, least, figures))


@examples(60)
@given(conference=days, least=st.integers(1, 5))
def test_no_price_of_days_is_above_what_seating_everybody_comes_to(conference: Day, least: int) -> None:
    program, people = conference
    judge = judge_of(program, people, Criterion.EVEN)
    block = block_of(judge)
    of_days = DayPrices(judge.day, block, SetPrices(judge.day, block, people, Stop()), Stop())
    for placement in every_program(program):
        sets = judge.day.canonical(judge.day.sets_of(placement))
        there_is = least_of(program, people, placement)
        if there_is:
            squares = of_days.bounds([sets], np.square, passes=40, most=10**9)
            assert squares.get(sets, 0) <= there_is[Criterion.EVEN]
            high = of_days.bounds([sets], partial(np.less_equal, least), passes=40, most=10**9)
            assert not high.get(sets) or there_is[Criterion.WORST] >= least


@examples(60)
@given(conference=days, by=st.sampled_from(list(ORDERS)))
def test_what_is_counted_with_seats_is_as_said(conference: Day, by: Criterion) -> None:
    program, people = conference
    all_figures = [
        figures
        for placement in every_program(program)
        if (figures := figures_of(program, people, placement, by)) is not None
    ]
    assume(all_figures)
    planned = plan(program, people, by=by, limits=COUNTED)
    found = tuple(planned.figures.values())
    if planned.counted:
        assert found == min(all_figures)
    for criterion, of_all in zip(planned.order, zip(*all_figures, strict=True), strict=True):
        assert planned.bound[criterion] <= min(of_all)


@pytest.mark.slow
@pytest.mark.parametrize("by", [Criterion.TOTAL, Criterion.EVEN])
def test_of_seventeen_sessions_in_three_rounds_the_best_is_proven_with_seats(by: Criterion) -> None:
    _, program, people = made_up(60)
    planned = plan(program, people, by=by)
    assert planned.exist == comb(17, 5) * comb(12, 6) // 2
    assert planned.counted
    # Seats are tight: the proof is not that everybody is as well off as if they were alone.
    assert planned.alone[by] < planned.figures[by] == planned.bound[by]


def test_where_sessions_may_be_cancelled_prices_prove_nothing() -> None:
    day = open_day(dict.fromkeys("ABC"), rounds=2, rooms=(9, 9))
    assert proves(OpenDay(program=day))
    first, *others = day.offers
    dropped = replace(first, session=replace(first.session, may_be_cancelled=True))
    assert not proves(OpenDay(program=replace(day, offers=(dropped, *others))))


def test_the_largest_rooms_go_to_the_dearest_sessions() -> None:
    people = tuple(person(f"Deltager {number}", "A > B") for number in range(6))
    day = open_day(dict.fromkeys("ABCD"), rounds=2, rooms=(4, 3))
    judge = judge_of(day, people, Criterion.TOTAL)
    prices = SetPrices(judge.day, block_of(judge), people, Stop())
    # Four have A in the larger room, the others are a step down in B, or two in what is not listed.
    assert prices.extras(0, [0b0011, 0b0101, 0b1100], 40).tolist() == [2, 4, 0]


def test_a_session_takes_no_more_than_it_may() -> None:
    people = tuple(person(f"Deltager {number}", "A > B") for number in range(6))
    day = open_day(dict.fromkeys("ABCD"), rounds=2, rooms=(6, 6))
    few, *others = day.offers
    few = replace(few, session=replace(few.session, most=2))
    judge = judge_of(replace(day, offers=(few, *others)), people, Criterion.TOTAL)
    prices = SetPrices(judge.day, block_of(judge), people, Stop())
    assert prices.extras(0, [0b0011], 40).tolist() == [4]


def test_pricing_ends_when_it_is_told_to() -> None:
    people = (person("Åse", "A > B"),)
    judge = judge_of(open_day(dict.fromkeys("AB"), rounds=2, rooms=(4,)), people, Criterion.EVEN)
    stop = Stop()
    prices = SetPrices(judge.day, block_of(judge), people, stop)
    of_days = DayPrices(judge.day, block_of(judge), prices, stop)
    stop.ask()
    with pytest.raises(OutOfTime):
        prices.extras(0, [1], 4)
    with pytest.raises(OutOfTime):
        of_days.bounds([(1, 2)], np.square, passes=4, most=10**6)
