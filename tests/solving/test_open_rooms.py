"""Days on which nothing but rooms is open, too large to ask a solver about everybody at once."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import replace
from itertools import product
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest
from hypothesis import given

from midtvejs.auditing.audit import audit
from midtvejs.auditing.verify import certificate_of, verify
from midtvejs.domain.fairness import Criterion, Stage
from midtvejs.solving.bounds import with_bounds_of
from midtvejs.solving.cpsat import search as by_cpsat
from midtvejs.solving.cpsat.alone import is_open
from midtvejs.solving.cpsat.rooms_by_flows import InAnyRooms
from midtvejs.solving.cpsat.solvers import Solvers
from midtvejs.solving.instance.case import Case, case_of
from midtvejs.solving.instance.choices import measure
from midtvejs.solving.instance.crowd import aggregate_case
from midtvejs.solving.lawful import seat_lawfully
from midtvejs.solving.limits import Limits
from midtvejs.solving.search import Found
from midtvejs.solving.solve import solve
from midtvejs.solving.stop import Stop
from tests.benchmarks.hardness.specs import RULES
from tests.brute import every_outcome, least, optimum
from tests.examples import examples
from tests.solving.cases import ruled_day, unwatched
from tests.strategies import Conference, conferences_in_grades, conferences_in_open_rooms

LARGE = Limits(coupled=0, relaxed=10**9, relaxed_in_rooms=10**9, small=0)
"""Every day is as one of thousands of people."""
RULED_OUT = Limits(relaxed=0, rooms_at_once=0, tight=1, looks=100)
"""Rooms that are impossible are looked for on the smallest days, too."""
IN_BEST_ROOMS = Limits(relaxed=0, most_alone=0, pace_with_rooms=0)
"""There is no time for rounds by CP-SAT, nor to choose rooms by HiGHS."""
ORDER = (Criterion.WORST, Criterion.TOTAL, Criterion.EVEN, Criterion.SPREAD, Criterion.AVOID_OWN)
ON_IN_ANY_ROOMS = Limits(relaxed=0, rooms_by_flows=0, as_good=0)
"""Rooms that flows choose come first, and are never good enough for rounds not to be asked afterwards."""
ON_IN_THESE = Limits(relaxed=0, rooms_by_flows=0, as_good=9, pace_with_rooms=0)
"""The same, and they always are."""


@given(conference=conferences_in_open_rooms() | conferences_in_grades())
@examples(200)
def test_flows_are_never_above_what_any_rooms_allow(conference: Conference) -> None:
    program, people = conference
    outcomes = [*every_outcome(program, people)]
    if not outcomes:
        return
    listed = case_of(program, people)
    aggregate = aggregate_case(listed)
    totals = {figures.of(Criterion.TOTAL) for figures in outcomes}
    for case in (listed, replace(listed, limits=Limits(listed_rooms=0))):
        in_any_rooms = InAnyRooms(case, aggregate)
        for criterion in (Criterion.TOTAL, Criterion.FIRST, Criterion.UNLISTED, Criterion.SPREAD):
            bound = in_any_rooms.least(criterion, {}, seed=0, stop=Stop())
            assert bound <= min(figures.of(criterion) for figures in outcomes)
        for most, criterion in product(sorted(totals)[:2], (Criterion.FIRST, Criterion.SPREAD)):
            limits = {Criterion.TOTAL: most}
            bound = in_any_rooms.least(criterion, limits, seed=0, stop=Stop())
            within = [figures for figures in outcomes if figures.of(Criterion.TOTAL) <= most]
            assert bound <= min(figures.of(criterion) for figures in within)


@given(conference=conferences_in_open_rooms())
@examples(40)
def test_with_rooms_ruled_out_the_best_there_is_is_found_and_proven(conference: Conference) -> None:
    program, people = conference
    outcomes = [*every_outcome(program, people)]
    if not outcomes:
        return
    found = solve(program, people, limits=RULED_OUT)
    assert tuple(stage.value for stage in found.stages) == optimum(outcomes, program.rules.fairness)
    assert all(stage.proven for stage in found.stages)


@pytest.mark.parametrize("wishes", ["pl", "strong", "org"])
@pytest.mark.parametrize(("people", "shape"), [(60, (4, 3)), (90, (3, 3, 4)), (120, (5, 4))])
def test_prices_prove_what_is_said_of_any_rooms(
    people: int, shape: tuple[int, ...], wishes: str, tmp_path: Path
) -> None:
    """The search begins with every session in the largest room, and comes to less than any rooms allow."""
    case = ruled_day(tmp_path, "auto", people=people, shape=shape, spare=1.1, wishes=wishes)
    exact = solve(case.program, case.participants)
    assert all(stage.proven for stage in exact.stages)
    found = solve(case.program, case.participants, limits=LARGE)
    certificate = certificate_of(found.assignment, found.stages, found.proofs)
    checked = verify(found.assignment.with_rooms(), case.participants, certificate)
    assert not any(stage.faults for stage in checked.stages)
    for stage, best in zip(found.stages, exact.stages, strict=True):
        assert stage.recomputable <= stage.bound <= stage.value
        assert stage.bound <= best.value <= stage.value
        if stage.value > best.value:
            break


@pytest.mark.parametrize("limits", [IN_BEST_ROOMS, ON_IN_ANY_ROOMS, ON_IN_THESE])
@given(conference=conferences_in_open_rooms())
@examples(40)
def test_what_is_bounded_in_the_best_rooms_holds_in_any(conference: Conference, limits: Limits) -> None:
    """Everything is searched in rooms that flows choose; where there is time, it goes on in any rooms."""
    program, people = conference
    outcomes = [*every_outcome(program, people)]
    if not outcomes:
        return
    order = program.rules.fairness
    found = solve(program, people, limits=limits, stop=Stop(seconds=9, clock=lambda: 0.0))
    reached: dict[Criterion, int] = {}
    for stage in found.stages:
        best = least(outcomes, stage.criterion, reached)
        assert best is not None
        assert stage.recomputable <= stage.bound <= best <= stage.value
        reached[stage.criterion] = stage.value
    # Without an end of the time all is as it was.
    found = solve(program, people, limits=limits)
    assert tuple(stage.value for stage in found.stages) == optimum(outcomes, order)


@pytest.mark.parametrize("rules", [("auto", "at_most"), ("auto", "cancel"), RULES])
def test_large_days_are_searched_in_rooms_that_flows_choose(rules: tuple[str, ...], tmp_path: Path) -> None:
    case = ruled_day(tmp_path, *rules, people=40, shape=(3, 4), spare=1.4, wishes="pl")
    exact = solve(case.program, case.participants)
    ending = Stop(seconds=60, clock=lambda: 0.0)
    with patch.object(by_cpsat, "search", wraps=by_cpsat.search) as asked:
        found = solve(case.program, case.participants, limits=IN_BEST_ROOMS, stop=ending)
        solve(case.program, case.participants, limits=IN_BEST_ROOMS)
    asked_of = [any(map(is_open, call.args[0].program.sittings.values())) for call in asked.call_args_list]
    # Without an end of the time, it goes on in any rooms.
    assert asked_of[-1]
    assert len(asked_of) > 2
    assert not any(asked_of[:-1])
    assert audit(found.assignment.with_rooms(), case.participants).lawful
    for stage, best in zip(found.stages, exact.stages, strict=True):
        assert stage.bound <= best.value <= stage.value
        if stage.value > best.value:
            break


@pytest.mark.parametrize(("limits", "goes_on"), [(ON_IN_ANY_ROOMS, True), (ON_IN_THESE, False)])
def test_how_near_rooms_are_to_what_flows_tell_says_where_it_goes_on(
    limits: Limits, *, goes_on: bool, tmp_path: Path
) -> None:
    case = ruled_day(tmp_path, *RULES, people=40, shape=(3, 4), spare=1.2, wishes="pl")
    ending = Stop(seconds=60, clock=lambda: 0.0)
    with patch.object(by_cpsat, "search", wraps=by_cpsat.search) as asked:
        found = solve(case.program, case.participants, limits=limits, stop=ending)
    orders = [call.args[1] for call in asked.call_args_list]
    assert orders[0] == ORDER[:2]
    assert orders[-1] == ORDER
    assert any(map(is_open, asked.call_args.args[0].program.sittings.values())) is goes_on
    assert audit(found.assignment.with_rooms(), case.participants).lawful


def test_what_is_better_has_the_bounds_that_hold_of_it(tmp_path: Path) -> None:
    """Bounds are for all that keeps what came to a value before them, and so for all that keeps less."""
    case = ruled_day(tmp_path, "auto", people=20, shape=(3, 3), spare=1.2, wishes="pl")
    order = (Criterion.TOTAL, Criterion.EVEN, Criterion.FIRST)
    choices = seat_lawfully(case, Stop())
    assert choices
    worth = measure(case, choices)

    def found(*more: int) -> Found:
        stages = tuple(
            Stage(criterion=each, value=worth[each] + above, bound=worth[each] - 1, recomputable=0)
            for each, above in zip(order, more, strict=True)
        )
        return Found(choices=[], stages=stages, proofs=(None,) * len(order))

    worse = with_bounds_of(case, choices, found(1, -1, 0))
    assert worse.choices is choices
    assert [stage.value for stage in worse.stages] == [worth[each] for each in order]
    known = [worth[Criterion.TOTAL] - 1, worth[Criterion.EVEN] - 1, 0]
    assert [stage.bound for stage in worse.stages] == known
    as_good = found(0, 0, 0)
    assert with_bounds_of(case, choices, as_good) is as_good


AT_PRICES = Limits(relaxed=0, rooms_at_once=0, far=9)
"""Rounds bound the smallest days at prices, too, and any rooms that are chosen are good ones."""


@pytest.fixture(scope="module")
def all_ruled(tmp_path_factory: pytest.TempPathFactory) -> Case:
    """A day with all rules, some of whose criteria the rounds come short of."""
    folder = tmp_path_factory.mktemp("days")
    return ruled_day(folder, *RULES, people=24, shape=(4, 4, 4), spare=1.15, wishes="pl", limits=AT_PRICES)


@pytest.fixture(scope="module")
def exact(all_ruled: Case) -> tuple[int, ...]:
    """What CP-SAT alone proves of the day, criterion after criterion."""
    found = solve(
        all_ruled.program, all_ruled.participants, limits=Limits(relaxed=10**9, relaxed_in_rooms=10**9)
    )
    assert all(stage.proven for stage in found.stages)
    assert tuple(stage.criterion for stage in found.stages) == ORDER
    return tuple(stage.value for stage in found.stages)


@pytest.mark.parametrize("lacking", ["nothing", "rooms ruled out", "prices", "both"])
def test_what_rooms_that_were_chosen_leave_open_is_proven_in_any(
    all_ruled: Case, exact: tuple[int, ...], lacking: str
) -> None:
    with ExitStack() as patches:
        if lacking in {"rooms ruled out", "both"}:
            patches.enter_context(patch.object(Solvers, "narrow", return_value=None))
        if lacking in {"prices", "both"}:
            patches.enter_context(patch.object(Solvers, "price", return_value=0))
        found = solve(all_ruled.program, all_ruled.participants, limits=AT_PRICES)
    assert tuple(stage.value for stage in found.stages) == exact
    assert all(stage.proven for stage in found.stages)


@pytest.fixture
def no_rooms_are_ruled_out() -> Iterator[None]:
    """Where they are, all is proven at the first look on days as small as these."""
    with patch.object(Solvers, "narrow", return_value=None):
        yield


def test_where_chosen_rooms_are_no_good_it_is_searched_as_before(
    all_ruled: Case, exact: tuple[int, ...]
) -> None:
    """Where nothing is known of a sum, whatever is found in the rooms is far from it."""
    with (
        patch.object(by_cpsat._Search, "prove_what_is_open") as proven,  # noqa: SLF001 - a second look, at prices
        patch.object(by_cpsat._Search, "_least_at_prices", return_value=0),  # noqa: SLF001 - the first look
    ):
        found = solve(all_ruled.program, all_ruled.participants, limits=AT_PRICES)
    assert not proven.called
    assert tuple(stage.value for stage in found.stages) == exact
    assert all(stage.proven for stage in found.stages)


@pytest.mark.usefixtures("no_rooms_are_ruled_out")
def test_something_is_known_of_all_criteria_before_any_is_proven(
    all_ruled: Case, exact: tuple[int, ...]
) -> None:
    """Where the time is up after the first look, the bounds of all are near to what was found."""
    with patch.object(by_cpsat._Search, "prove_what_is_open") as proven:  # noqa: SLF001 - what there is no time for
        found = solve(all_ruled.program, all_ruled.participants, limits=AT_PRICES)
    assert proven.called
    assert not all(stage.proven for stage in found.stages)
    for stage, best in zip(found.stages, exact, strict=True):
        assert 0.8 * stage.value <= stage.bound <= stage.value
        if stage.value > best:
            break
        assert stage.bound <= best


@pytest.mark.usefixtures("no_rooms_are_ruled_out")
def test_a_second_look_gives_nothing_up_that_comes_later(all_ruled: Case) -> None:
    looks: list[Criterion] = []

    def worse(search: by_cpsat._Search, criterion: Criterion, bound: int) -> int:
        looks.append(criterion)
        search.best = seat_lawfully(search.case, Stop()) or search.best
        return bound

    with patch.object(by_cpsat._Search, "prove_what_is_open"):  # noqa: SLF001 - as it is before the second look
        first = solve(all_ruled.program, all_ruled.participants, limits=AT_PRICES)
    with patch.object(by_cpsat._Search, "_prove", worse):  # noqa: SLF001 - the look itself
        second = solve(all_ruled.program, all_ruled.participants, limits=AT_PRICES)
    assert looks == [stage.criterion for stage in first.stages if not stage.proven]
    assert looks
    assert second.stages == first.stages
    assert second.assignment.days == first.assignment.days


@pytest.mark.parametrize(("seconds", "bounded"), [(None, True), (10**6, True), (1e-3, False)])
def test_rounds_are_asked_at_prices_where_there_is_time_for_all_criteria(
    all_ruled: Case, seconds: float | None, bounded: bool
) -> None:
    stop = Stop(seconds=seconds, clock=lambda: 0.0)
    solvers = Solvers(all_ruled, seed=0, stop=stop, watch=unwatched, effort=1.0)
    assert solvers.at_prices is bounded


@pytest.mark.usefixtures("no_rooms_are_ruled_out")
def test_time_is_left_to_what_comes_later(all_ruled: Case) -> None:
    """While the clock stands still, each criterion has a second less for each that comes after it."""
    left: dict[Criterion, float | None] = {}
    price = Solvers.price

    def note(solvers: Solvers, criterion: Criterion, *others: Any) -> int:  # noqa: ANN401 - handed on as they are
        left.setdefault(criterion, solvers._stop.left)  # noqa: SLF001 - the time that it was given
        return price(solvers, criterion, *others)

    limits = replace(AT_PRICES, pace_of_prices=all_ruled.size)
    case, ending = replace(all_ruled, limits=limits), Stop(seconds=60, clock=lambda: 0.0)
    with patch.object(Solvers, "price", note):
        solve(case.program, case.participants, limits=limits, stop=ending)
    assert len(left) > 2
    assert left == {each: 60 - later for later, each in enumerate(reversed(ORDER)) if each in left}


def test_the_time_that_it_takes_to_bound_all_criteria_is_left_for_it(tmp_path: Path) -> None:
    case = ruled_day(tmp_path, "auto", "at_most", people=40, shape=(3, 4), spare=1.4, wishes="pl")
    for pace, left in ((case.size, 60 - 1), (case.size // 50, 0.6 * 60)):
        limits = replace(IN_BEST_ROOMS, pace_of_bounds=pace)
        with patch.object(by_cpsat, "search", wraps=by_cpsat.search) as asked:
            ending = Stop(seconds=60, clock=lambda: 0.0)
            solve(case.program, case.participants, limits=limits, stop=ending)
        assert asked.call_args.kwargs["stop"].left == pytest.approx(left)
