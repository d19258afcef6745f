"""Whatever rules a day has: the best lawful assignment there is, or why there is none."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings

from midtvejs.domain.assignment import NoLawfulAssignment
from midtvejs.domain.audit import audit
from midtvejs.domain.rules import Rules
from midtvejs.solving.solve import solve
from tests import conferences
from tests.brute import every_outcome, optimum
from tests.strategies import Conference, conferences_with_rules


@given(conference=conferences_with_rules())
@settings(max_examples=300)
def test_the_best_there_is_or_nobody_is_seated(conference: Conference) -> None:
    program, people = conference
    outcomes = every_outcome(program, people)
    if not outcomes:
        with pytest.raises(NoLawfulAssignment):
            solve(program, people)
        return
    solution = solve(program, people)
    verdict = audit(solution.assignment, people)
    assert [violation.message for violation in verdict.violations] == []
    order = program.rules.fairness
    assert tuple(stage.value for stage in solution.stages) == optimum(outcomes, order)
    assert [verdict.criteria[criterion] for criterion in order] == [stage.value for stage in solution.stages]
    assert all(stage.proven for stage in solution.stages)


def test_a_round_in_which_nobody_takes_a_seat() -> None:
    """Everybody presents in R1, or is not there; a rule has the rounds looked at all the same."""
    day = conferences.program({"1A": 1, "1B": 1}, presenters={"1A": "Åse"})
    day = replace(day, rules=Rules(at_most=1))
    people = (
        conferences.person("Åse", "1B", presents="1A"),
        replace(conferences.person("Bo", ""), absent=frozenset({"R1"})),
    )
    assert dict(solve(day, people).assignment.days) == {"åse@example.dk": ("1A",), "bo@example.dk": ("",)}
