"""Days on which nothing but rooms is open, too large to ask a solver about everybody at once."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given

from midtvejs.auditing.verify import certificate_of, verify
from midtvejs.domain.fairness import Criterion
from midtvejs.solving.cpsat.rooms_by_flows import least_in_any_rooms
from midtvejs.solving.instance.case import case_of
from midtvejs.solving.instance.crowd import aggregate_case
from midtvejs.solving.limits import Limits
from midtvejs.solving.solve import solve
from midtvejs.solving.stop import Stop
from tests.brute import every_outcome, optimum
from tests.examples import examples
from tests.solving.cases import ruled_day
from tests.strategies import Conference, conferences_in_open_rooms

LARGE = Limits(coupled=0, relaxed=10**9, small=0)
"""Every day is as one of thousands of people."""
RULED_OUT = Limits(relaxed=0, rooms_at_once=0, tight=1, looks=100)
"""Rooms that are impossible are looked for on the smallest days, too."""


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
