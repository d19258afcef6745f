"""What seats cost at the least, against every way to seat people: no floor is above what it is a floor of."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from hypothesis import assume, given
from hypothesis import strategies as st

from midtvejs.domain.fairness import Criterion
from midtvejs.domain.offers import Placement, place
from midtvejs.domain.participants import Participant
from midtvejs.domain.planning import ORDERS
from midtvejs.domain.program import Program
from midtvejs.solving.placing.counting import Counting
from midtvejs.solving.placing.limits import PlacingLimits
from midtvejs.solving.placing.plan import plan
from midtvejs.solving.placing.priced import SetPrices
from midtvejs.solving.placing.priced_days import DayPrices
from midtvejs.solving.stop import Stop
from tests.brute import every_outcome
from tests.every_placement import every_placement, figures_of
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


@examples(60)
@given(conference=open_days().map(held_once), by=st.sampled_from(list(ORDERS)))
def test_no_floor_is_above_what_seating_everybody_comes_to(conference: Day, by: Criterion) -> None:
    program, people = conference
    judge = judge_of(program, people, by)
    block = block_of(judge)
    prices = SetPrices(judge.day, block, people, Stop())
    counted = Counting(judge, block, seen=(), keep=10_000, stop=Stop(), prices=prices).count()
    floors = {kept.sets: kept.floor for kept in counted.kept}
    assert len(floors) == counted.exist
    for placement in every_placement(program):
        sets = judge.day.canonical(judge.day.sets_of(placement))
        figures = figures_of(program, people, placement, by)
        if figures is not None:
            least = tuple(counted.least[criterion] for criterion in ORDERS[by])
            assert all(map(int.__le__, floors[sets], figures))
            assert all(map(int.__le__, least, figures))


@examples(60)
@given(conference=open_days().map(held_once), least=st.integers(1, 5))
def test_no_price_of_days_is_above_what_seating_everybody_comes_to(conference: Day, least: int) -> None:
    program, people = conference
    judge = judge_of(program, people, Criterion.EVEN)
    block = block_of(judge)
    days = DayPrices(judge.day, block, SetPrices(judge.day, block, people, Stop()))
    for placement in every_placement(program):
        sets = judge.day.canonical(judge.day.sets_of(placement))
        there_is = least_of(program, people, placement)
        if there_is and not judge.look(sets).short:
            squares = days.bounds([sets], np.square, passes=40, most=10**9)
            assert squares.get(sets, 0) <= there_is[Criterion.EVEN]
            high = days.bounds(
                [sets], lambda regrets: np.greater_equal(regrets, least), passes=40, most=10**9
            )
            assert not high.get(sets) or there_is[Criterion.WORST] >= least


@examples(60)
@given(conference=open_days().map(held_once), by=st.sampled_from(list(ORDERS)))
def test_what_is_counted_with_seats_is_as_said(conference: Day, by: Criterion) -> None:
    program, people = conference
    all_figures = [
        figures
        for placement in every_placement(program)
        if (figures := figures_of(program, people, placement, by)) is not None
    ]
    assume(all_figures)
    planned = plan(program, people, by=by, limits=COUNTED)
    found = tuple(planned.figures.values())
    if planned.counted:
        assert found == min(all_figures)
    for criterion, of_all in zip(planned.order, zip(*all_figures, strict=True), strict=True):
        assert planned.bound[criterion] <= min(of_all)
