"""One list for several rounds, by prices: the least there is, and bounds that are never above it."""

from __future__ import annotations

from hypothesis import given

from midtvejs.auditing.audit import certify
from midtvejs.auditing.verify import certificate_of, verify
from midtvejs.domain.fairness import Criterion
from midtvejs.solving.solve import solve
from tests.brute import every_outcome, optimum
from tests.strategies import Conference, criteria_in_order, listed_conferences


@given(conference=listed_conferences(), fairness=criteria_in_order)
def test_it_is_the_least_there_is_and_proven(conference: Conference, fairness: tuple[Criterion, ...]) -> None:
    program, people = conference
    program = program.replace_rules(fairness=fairness)
    outcomes = every_outcome(program, people)
    if not outcomes:
        return
    solution = solve(program, people)
    certify(solution.assignment, people, solution.stages)
    assert tuple(stage.value for stage in solution.stages) == optimum(outcomes, fairness)
    assert all(stage.proven for stage in solution.stages)
    certificate = certificate_of(solution.assignment, solution.stages, solution.proofs)
    assert verify(solution.assignment, people, certificate).holds
