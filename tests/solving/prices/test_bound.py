"""Where a bound begins, and that it goes on by other means where one takes too long."""

from __future__ import annotations

from dataclasses import replace
from itertools import count
from unittest.mock import patch

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from midtvejs.domain.fairness import OF_WISHES, Criterion
from midtvejs.domain.rules import Rules
from midtvejs.solving.instance.crowd import aggregate_case
from midtvejs.solving.limits import DEFAULT, Limits
from midtvejs.solving.prices import ruled_bound
from midtvejs.solving.prices import search as by_prices
from midtvejs.solving.prices.bound import (
    maximise_bound,
    maximise_bound_of_parties,
    round_up,
    start_at_kept,
    start_with_colleagues,
    warm_start,
)
from midtvejs.solving.prices.column_generation import ColumnGeneration
from midtvejs.solving.prices.cutting_planes import CuttingPlanes
from midtvejs.solving.prices.parties import PartyRelaxation, rules_of
from midtvejs.solving.prices.relaxation import SCALE, DualPoint, Objective, Relaxation
from midtvejs.solving.prices.ruled_bound import RuledBound
from midtvejs.solving.stop import Stop
from tests import conferences
from tests.brute import every_outcome, least
from tests.conferences import each_session
from tests.examples import examples
from tests.solving.cases import case_for, crowded, unwatched
from tests.solving.prices import test_parties, test_relaxation
from tests.strategies import Conference, lawful_conferences

SUMS = [criterion for criterion in OF_WISHES if criterion is not Criterion.WORST]
OF_TOTAL = Objective(criterion=Criterion.TOTAL)
GIVING_UP = Limits(wide=0, kinds_a_price=1000, pivots=0)
"""Every day is wide, and a mixture for each kind of people is given up after the first."""


def up() -> Stop:
    stop = Stop()
    stop.ask()
    return stop


def assert_true_and_no_lower(priced: test_relaxation.Priced | test_parties.Priced, *, stop: Stop) -> None:
    """Have the bound of an objective begin at the drawn prices, as if they were those of what is kept."""
    relaxation = priced.relaxation
    assume(relaxation.objective.kept)
    place = len(relaxation.aggregate.seats) + len(relaxation.objective.kept) - 1
    before = np.delete(priced.prices, place)
    point = start_at_kept(relaxation, before, stop=stop)
    limits = dict(relaxation.objective.kept)
    if relaxation.objective.worst is not None:
        limits[Criterion.WORST] = relaxation.objective.worst
    optimum = least(priced.outcomes, relaxation.objective.criterion, limits)
    # Within a limit that nobody keeps, anything is true.
    assert optimum is None or round_up(point.bound) <= optimum
    assert point.bound == relaxation.evaluate(point.prices).bound
    first = relaxation.evaluate(np.insert(before, place, SCALE))
    assert point.bound >= first.bound
    assert not stop.asked or point.bound == first.bound


@given(priced=test_relaxation.relaxations(SUMS), late=st.booleans())
@examples(60)
def test_at_the_prices_of_what_is_kept_nothing_is_below_the_bound(
    priced: test_relaxation.Priced, late: bool
) -> None:
    assert_true_and_no_lower(priced, stop=up() if late else Stop())


@given(priced=test_parties.relaxations(SUMS), late=st.booleans())
@examples(60)
def test_nor_is_it_within_rules(priced: test_parties.Priced, late: bool) -> None:
    assert_true_and_no_lower(priced, stop=up() if late else Stop())


@given(priced=test_parties.relaxations([Criterion.SPREAD]), late=st.booleans(), looks=st.integers(0, 9))
@examples(60)
def test_at_the_prices_of_the_colleagues_there_are_nothing_is_below_the_bound(
    priced: test_parties.Priced, late: bool, looks: int
) -> None:
    relaxation, stop = priced.relaxation, up() if late else Stop(seconds=looks, clock=count().__next__)
    others = priced.prices[: relaxation.paired]
    point = start_with_colleagues(relaxation, others, stop=stop)
    limits = dict(relaxation.objective.kept)
    if relaxation.objective.worst is not None:
        limits[Criterion.WORST] = relaxation.objective.worst
    optimum = least(priced.outcomes, Criterion.SPREAD, limits)
    assert optimum is None or round_up(point.bound) <= optimum
    assert point.bound == relaxation.evaluate(point.prices).bound
    assert point.bound >= relaxation.evaluate(relaxation.extend(others)).bound


def colleagues(steps: int) -> PartyRelaxation:
    """Twelve of Vejle wish for 1A first, and of Ærø three each for 1A and for 1B; so many steps are kept."""
    day = conferences.program({"1A": 18, "1B": 18})
    wishes = ["1A > 1B"] * 12 + ["1A > 1B"] * 3 + ["1B > 1A"] * 3
    people = tuple(
        replace(conferences.person(f"Åse {number}", wished), organisation="Vejle" if number < 12 else "Ærø")
        for number, wished in enumerate(wishes)
    )
    case = case_for((day, people))
    ruled = rules_of(case, aggregate_case(case))
    assert ruled
    kept = ((Criterion.TOTAL, steps),)
    return PartyRelaxation(ruled, Objective(criterion=Criterion.SPREAD, kept=kept))


@pytest.mark.parametrize(
    ("steps", "pairs"),
    [(0, 66 + 2 * 3), (2, 45 + 1 + 2 * 3), (6, 2 * 15 + 2 * 3)],
)
@pytest.mark.parametrize("wide", [1, 1000])
def test_pairs_that_wishes_make_are_proven_either_way_up(steps: int, pairs: int, wide: int) -> None:
    relaxation = colleagues(steps)
    aggregate = replace(relaxation.aggregate, limits=Limits(wide=wide))
    relaxation = PartyRelaxation(replace(relaxation.ruled, aggregate=aggregate), relaxation.objective)
    others = np.zeros(relaxation.paired, dtype=np.int64)
    others[relaxation.sessions] = SCALE
    start = start_with_colleagues(relaxation, others, stop=Stop())
    assert pairs * 0.5 < round_up(start.bound) <= pairs
    dual = maximise_bound_of_parties(relaxation, start=start.prices, enough=None, stop=Stop())
    assert dual.bound == pairs


def test_pairs_of_very_many_kinds_of_people_are_left_where_they_begin() -> None:
    relaxation = colleagues(2)
    limits = Limits(everybody=len(relaxation.kinds) - 1)
    aggregate = replace(relaxation.aggregate, limits=limits)
    relaxation = PartyRelaxation(replace(relaxation.ruled, aggregate=aggregate), relaxation.objective)
    others = np.zeros(relaxation.paired, dtype=np.int64)
    others[relaxation.sessions] = SCALE
    start = start_with_colleagues(relaxation, others, stop=Stop())
    dual = maximise_bound_of_parties(relaxation, start=start.prices, enough=None, stop=Stop())
    assert (dual.best.bound, len(dual.points)) == (start.bound, 1)


def their_own(steps: int = 1) -> Conference:
    """All are of Vejle; three of five want what Vejle holds, and what Vejle does not is so far down.

    There are seats for all in each session.
    """
    codes = [f"1{letter}" for letter in "ABCD"[: steps + 1]]
    day = conferences.program(dict.fromkeys(codes, 5))
    day = each_session(day, lambda each: replace(each, by=("Vejle",) if each.code != codes[-1] else ()))
    order = (Criterion.TOTAL, Criterion.AVOID_OWN)
    wishes = dict.fromkeys(("Åse", "Bo", "Cai"), " > ".join(codes))
    wishes |= dict.fromkeys(("Dea", "Eva"), codes[-1])
    people = (
        replace(conferences.person(name, wished), organisation="Vejle") for name, wished in wishes.items()
    )
    return replace(day, rules=Rules(fairness=order)), tuple(people)


@pytest.mark.parametrize("steps", [1, 3])
def test_a_criterion_that_only_what_is_kept_binds_begins_at_the_prices_of_that(steps: int) -> None:
    """Nobody has to hear their own, until nobody may have a step: then all have to."""
    objective = Objective(criterion=Criterion.AVOID_OWN, kept=((Criterion.TOTAL, 0),))
    relaxation = Relaxation(aggregate_case(case_for(their_own(steps))), objective)
    before = np.zeros(relaxation.size - 1, dtype=np.int64)
    assert warm_start(relaxation, stop=Stop()).bound == 0
    assert round_up(start_at_kept(relaxation, before, stop=Stop()).bound) == 3


@pytest.mark.parametrize(
    ("criterion", "kept", "steps", "reached"),
    [
        (Criterion.TOTAL, (Criterion.AVOID_OWN, 0), 3, (3, 9)),
        (Criterion.AVOID_OWN, (Criterion.TOTAL, 2), 2, (1, 2)),
    ],
)
def test_what_is_kept_is_made_dearer_or_cheaper_while_the_bound_rises(
    criterion: Criterion, kept: tuple[Criterion, int], steps: int, reached: tuple[int, int]
) -> None:
    """Nobody may hear their own, which is worth three steps each; or one may, who saves two by that."""
    objective = Objective(criterion=criterion, kept=(kept,))
    relaxation = Relaxation(aggregate_case(case_for(their_own(steps))), objective)
    before = np.zeros(relaxation.size - 1, dtype=np.int64)
    begun = (start_at_kept(relaxation, before, stop=stop).bound for stop in (up(), Stop()))
    assert tuple(map(round_up, begun)) == reached


def test_a_search_that_ends_at_once_proves_it_by_those_prices() -> None:
    case = case_for(their_own(), limits=Limits(last_people=0))
    order = (Criterion.TOTAL, Criterion.AVOID_OWN)
    found = by_prices.search(case, order, seed=0, stop=up(), watch=unwatched)
    assert [(stage.value, stage.bound, stage.recomputable) for stage in found.stages] == [
        (0, 0, 0),
        (3, 3, 3),
    ]
    with patch.object(
        by_prices, "start_at_kept", side_effect=lambda relaxation, *_, **__: warm_start(relaxation, stop=up())
    ):
        found = by_prices.search(case, order, seed=0, stop=up(), watch=unwatched)
    assert found.stages[-1].bound == 0


def test_so_does_a_bound_within_rules() -> None:
    program, people = their_own()
    case = case_for((replace(program, rules=replace(program.rules, at_most=4)), people))
    ruled = rules_of(case, aggregate_case(case))
    assert ruled
    by = RuledBound(ruled, Stop(), share=1.0, known=lambda _: None)
    total = by.climb(Objective(criterion=Criterion.TOTAL), enough=99)
    assert total
    assert total.value == 0
    with patch.object(ruled_bound, "maximise_bound_of_parties", wraps=maximise_bound_of_parties) as climbed:
        own = by.climb(Objective(criterion=Criterion.AVOID_OWN, kept=((Criterion.TOTAL, 0),)), enough=99)
    relaxation, start = climbed.call_args.args[0], climbed.call_args.kwargs["start"]
    assert isinstance(relaxation, PartyRelaxation)
    assert own
    assert round_up(relaxation.evaluate(start).bound) == own.value == 3


@pytest.mark.parametrize("criterion", [Criterion.TOTAL, Criterion.EVEN])
def test_where_column_generation_is_given_up_cutting_planes_go_on_to_the_same_height(
    criterion: Criterion,
) -> None:
    conference = crowded(seed=3, people=60)

    def raised(limits: Limits, stop: Stop | None = None) -> tuple[int, bool, bool]:
        relaxation = Relaxation(
            aggregate_case(case_for(conference, limits=limits)), Objective(criterion=criterion)
        )
        with (
            patch.object(ColumnGeneration, "add", autospec=True, side_effect=ColumnGeneration.add) as columns,
            patch.object(CuttingPlanes, "add", autospec=True, side_effect=CuttingPlanes.add) as planes,
        ):
            start = np.zeros(relaxation.size, dtype=np.int64)
            dual = maximise_bound(relaxation, start=start, stop=stop or Stop())
        return dual.bound, columns.called, planes.called

    bound, *asked = raised(replace(GIVING_UP, pivots=DEFAULT.pivots))
    assert asked == [True, False]
    assert raised(GIVING_UP) == (bound, True, True)
    # A clock that goes on by one a look: nothing of the time is for planes.
    in_vain = raised(replace(GIVING_UP, more_planes=0), Stop(seconds=1000, clock=count().__next__))
    assert in_vain[0] < bound


def test_column_generation_goes_on_while_the_bound_rises() -> None:
    """With nothing to spend on a bound that does not rise, it solves only after it has risen by a unit."""
    aggregate = aggregate_case(case_for(crowded(seed=3, people=60), limits=GIVING_UP))
    relaxation = Relaxation(aggregate, OF_TOTAL)
    wide = Relaxation(replace(aggregate, limits=replace(GIVING_UP, pivots=DEFAULT.pivots)), OF_TOTAL)
    with patch.object(ColumnGeneration, "add", autospec=True, side_effect=ColumnGeneration.add) as added:
        maximise_bound(wide, stop=Stop())
    rising = list[DualPoint]()
    for point in sorted((call.args[1] for call in added.call_args_list), key=lambda each: each.bound):
        if not rising or point.bound > rising[-1].bound + SCALE:
            rising.append(point)
    assert len(rising) > 3
    for points, goes_on in ((rising, True), (rising[::-1], False)):
        master = ColumnGeneration(relaxation, dearest=100.0)
        solved = []
        for point in points:
            master.add(point)
            solved.append(master.solve(Stop()) is not None)
        assert all(solved) == goes_on


def test_a_wide_day_of_one_round_on_which_nobody_presents() -> None:
    """There is a row for those who present in a round, which is nobody's here."""
    relaxation = Relaxation(aggregate_case(case_for(their_own(), limits=Limits(wide=0))), OF_TOTAL)
    assert 0 in relaxation.aggregate.counts
    dual = maximise_bound(relaxation, stop=Stop())
    assert np.isfinite(dual.shares).all()
    assert dual.bound == 0


@given(
    conference=lawful_conferences(),
    criterion=st.sampled_from(SUMS),
    pivots=st.sampled_from([0, 10, 100]),
    enough=st.none() | st.integers(1, 5),
)
@examples(60)
def test_what_goes_on_by_planes_is_never_above_the_optimum(
    conference: Conference, criterion: Criterion, pivots: int, enough: int | None
) -> None:
    aggregate = aggregate_case(case_for(conference, limits=replace(GIVING_UP, pivots=pivots)))
    relaxation = Relaxation(aggregate, Objective(criterion=criterion))
    dual = maximise_bound(relaxation, enough=enough, stop=Stop())
    optimum = least(every_outcome(*conference), criterion, {})
    assert optimum is not None
    assert dual.bound <= optimum
    assert dual.best.bound == relaxation.evaluate(dual.best.prices).bound
