"""Days on which nothing but rooms is open, too large to ask a solver about everybody at once."""

from __future__ import annotations

from pathlib import Path
from unittest.mock import patch

import pytest
from hypothesis import given

from midtvejs.auditing.audit import audit
from midtvejs.auditing.verify import certificate_of, verify
from midtvejs.domain.fairness import Criterion
from midtvejs.solving.cpsat import search as by_cpsat
from midtvejs.solving.cpsat.alone import is_open
from midtvejs.solving.cpsat.rooms_by_flows import least_in_any_rooms
from midtvejs.solving.instance.case import case_of
from midtvejs.solving.instance.crowd import aggregate_case
from midtvejs.solving.limits import Limits
from midtvejs.solving.solve import solve
from midtvejs.solving.stop import Stop
from tests.benchmarks.hardness.specs import RULES
from tests.brute import every_outcome, least, optimum
from tests.examples import examples
from tests.solving.cases import ruled_day
from tests.strategies import Conference, conferences_in_open_rooms

LARGE = Limits(coupled=0, relaxed=10**9, small=0)
"""Every day is as one of thousands of people."""
RULED_OUT = Limits(relaxed=0, rooms_at_once=0, tight=1, looks=100)
"""Rooms that are impossible are looked for on the smallest days, too."""
IN_BEST_ROOMS = Limits(relaxed=0, most_alone=0, pace_with_rooms=0)
"""There is no time for rounds by CP-SAT, nor to choose rooms by HiGHS."""


@given(conference=conferences_in_open_rooms())
@examples(150)
def test_flows_are_never_above_what_any_rooms_allow(conference: Conference) -> None:
    program, people = conference
    outcomes = [*every_outcome(program, people)]
    if not outcomes:
        return
    case = case_of(program, people)
    for criterion in (Criterion.TOTAL, Criterion.FIRST, Criterion.UNLISTED):
        bound = least_in_any_rooms(case, aggregate_case(case), criterion, seed=0, stop=Stop())
        assert bound <= min(figures.of(criterion) for figures in outcomes)


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


@given(conference=conferences_in_open_rooms())
@examples(40)
def test_what_is_bounded_in_the_best_rooms_holds_in_any(conference: Conference) -> None:
    """Everything is searched in rooms that flows choose; where there is time, it goes on in any rooms."""
    program, people = conference
    outcomes = [*every_outcome(program, people)]
    if not outcomes:
        return
    order = program.rules.fairness
    found = solve(program, people, limits=IN_BEST_ROOMS, stop=Stop(seconds=9, clock=lambda: 0.0))
    reached: dict[Criterion, int] = {}
    for stage in found.stages:
        best = least(outcomes, stage.criterion, reached)
        assert best is not None
        assert stage.recomputable <= stage.bound <= best <= stage.value
        reached[stage.criterion] = stage.value
    # Without an end of the time all is as it was.
    found = solve(program, people, limits=IN_BEST_ROOMS)
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
    # Without an end of the time, it goes on in any rooms where something is left open.
    proven = all(stage.proven for stage in found.stages)
    assert asked_of == [False, False, *([] if proven else [True])]
    assert audit(found.assignment.with_rooms(), case.participants).lawful
    for stage, best in zip(found.stages, exact.stages, strict=True):
        assert stage.bound <= best.value <= stage.value
        if stage.value > best.value:
            break
