"""The search by prices: what it has proven before it looks for prices at all."""

from __future__ import annotations

from dataclasses import replace

import pytest

from midtvejs.domain.fairness import Criterion, Evidence
from midtvejs.solving.limits import DEFAULT
from midtvejs.solving.prices import search as searching
from midtvejs.solving.prices.bound import DualSolution, maximise_bound
from midtvejs.solving.prices.relaxation import Relaxation
from midtvejs.solving.solve import solve
from tests import conferences

MANY = replace(DEFAULT, last_people=0, everybody=0)
"""Limits by which a few people are treated as a hundred thousand are."""


@pytest.fixture
def climbed(monkeypatch: pytest.MonkeyPatch) -> list[Criterion]:
    """The criteria whose bounds were raised evaluation after evaluation."""
    criteria: list[Criterion] = []

    def spy(relaxation: Relaxation, **how: object) -> DualSolution:
        criteria.append(relaxation.objective.criterion)
        return maximise_bound(relaxation, **how)  # type: ignore[arg-type] # handed on as it came

    monkeypatch.setattr(searching, "maximise_bound", spy)
    return criteria


def test_where_rounds_alone_prove_the_total_and_that_what_is_even_no_bound_is_raised(
    climbed: list[Criterion],
) -> None:
    program = conferences.program({"1A": 2, "1B": 2})
    people = tuple(conferences.person(name, "1A > 1B") for name in ("Åse", "Bo", "Cai"))
    solution = solve(program, people, limits=MANY)
    assert [(stage.criterion, stage.value, stage.bound) for stage in solution.stages] == [
        (Criterion.WORST, 1, 1),
        (Criterion.TOTAL, 1, 1),
        (Criterion.EVEN, 1, 1),
    ]
    assert {stage.evidence for stage in solution.stages} == {Evidence.PRICES}
    assert climbed == [Criterion.WORST]
