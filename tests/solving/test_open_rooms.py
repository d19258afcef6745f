"""Days on which nothing but rooms is open, too large to ask a solver about everybody at once."""

from __future__ import annotations

from pathlib import Path

import pytest

from midtvejs.auditing.verify import certificate_of, verify
from midtvejs.solving.limits import Limits
from midtvejs.solving.solve import solve
from tests.solving.cases import ruled_day

LARGE = Limits(coupled=0, relaxed=10**9, small=0)
"""Every day is as one of thousands of people."""


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
