"""Random conferences, judged by going through all there is: whether the optimum is one."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from random import Random

from hypothesis import HealthCheck, Phase, given, seed, settings

from midtvejs.auditing.audit import audit
from midtvejs.domain.assignment import NoLawfulAssignment
from midtvejs.solving.solve import solve
from tests.brute import every_outcome, optimum
from tests.strategies import (
    Conference,
    conferences_with_rules,
    lawful_conferences,
    listed_conferences_with_rules,
)

AT_ONCE = 25
"""Conferences of a trial: the first that are drawn with a seed are the smallest."""
KINDS = (lawful_conferences(), conferences_with_rules(), listed_conferences_with_rules())


def conferences(random: Random, folder: Path) -> Iterator[str]:
    """Draw conferences, seat everybody, and go through all assignments there are."""
    del folder
    wrong: list[str] = []

    @seed(random.getrandbits(32))
    @settings(
        max_examples=AT_ONCE,
        database=None,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=[*HealthCheck],
    )
    @given(conference=random.choice(KINDS))
    def look(conference: Conference) -> None:
        wrong.extend(_wrong_with(conference))

    look()
    yield from wrong


def _wrong_with(conference: Conference) -> Iterator[str]:
    program, people = conference
    outcomes = every_outcome(program, people)
    try:
        solution = solve(program, people)
    except NoLawfulAssignment:
        if outcomes:
            yield f"called impossible, though it is not: {conference}"
        return
    except Exception as error:
        yield f"{error!r}: {conference}"
        return
    found = tuple(stage.value for stage in solution.stages)
    if not outcomes:
        yield f"seated, though that is impossible: {conference}"
    elif found != optimum(outcomes, program.rules.fairness):
        yield f"{found} is not the optimum {optimum(outcomes, program.rules.fairness)}: {conference}"
    if audit(solution.assignment, people).violations:
        yield f"unlawful: {conference}"
    if not all(stage.proven for stage in solution.stages):
        yield f"not proven: {conference}"
