"""What seats cost at the least, against every way to seat people: no floor is above what it is a floor of."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import assume, given
from hypothesis import strategies as st

from midtvejs.domain.fairness import Criterion
from midtvejs.domain.planning import ORDERS
from midtvejs.solving.placing.counting import Counting
from midtvejs.solving.placing.limits import PlacingLimits
from midtvejs.solving.placing.plan import plan
from midtvejs.solving.placing.priced import SetPrices
from midtvejs.solving.stop import Stop
from tests.every_placement import every_placement, figures_of
from tests.examples import examples
from tests.solving.placing.days import Day, open_days
from tests.solving.placing.test_counting import block_of, judge_of

COUNTED = PlacingLimits(one_by_one=0)
"""Even the fewest placements are counted round by round."""


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
