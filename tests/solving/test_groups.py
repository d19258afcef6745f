"""Rules of grades, by what the solver makes of them: nobody is better off than they allow, or worse."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given

from midtvejs.auditing.audit import certify
from midtvejs.domain.assignment import NoLawfulAssignment
from midtvejs.domain.fairness import Criterion
from midtvejs.domain.recognition import recognise_decisions
from midtvejs.domain.rules import Pin, Rules
from midtvejs.solving.solve import solve
from tests.brute import every_outcome, optimum
from tests.conferences import person, program
from tests.strategies import Conference, conferences_in_grades

PEOPLE = tuple(
    replace(person(name, "1A > 1B"), traits=(("grade", grade),), organisation=f"{name} A/S")
    for name, grade in (("Åse", "8"), ("Bo", "9"), ("Cai", "9th"))
)
ROOMY = replace(program({"1A": 4, "1B": 4}), groups=("grade",))


def seated(rules: Rules) -> dict[str, str]:
    day = replace(ROOMY, rules=rules)
    people = recognise_decisions(day, PEOPLE).participants
    solution = solve(day, people)
    certify(solution.assignment, people, solution.stages)
    return {each.name: solution.assignment.days[each.key][0] for each in people}


@given(conferences_in_grades())
def test_the_best_there_is_or_nobody_is_seated(conference: Conference) -> None:
    day, people = conference
    outcomes = every_outcome(day, people)
    if not outcomes:
        with pytest.raises(NoLawfulAssignment):
            solve(day, people)
        return
    solution = solve(day, people)
    certify(solution.assignment, people, solution.stages)
    assert tuple(stage.value for stage in solution.stages) == optimum(outcomes, day.rules.fairness)


def test_a_session_that_is_only_for_some_is_closed_to_the_others() -> None:
    only = Pin(code="1A", holds=False, group="grade", of=("9",), others=True)
    assert seated(Rules(pins=(only,))) == {"Åse": "1B", "Bo": "1A", "Cai": "1A"}


def test_no_more_than_so_many_of_a_grade() -> None:
    taken = seated(Rules(at_most=1, at_most_of="grade"))
    assert (taken["Åse"], {taken["Bo"], taken["Cai"]}) == ("1A", {"1A", "1B"})


def test_a_grade_is_spread() -> None:
    taken = seated(Rules(fairness=(Criterion.SPREAD, Criterion.TOTAL), spread_of="grade"))
    assert (taken["Åse"], {taken["Bo"], taken["Cai"]}) == ("1A", {"1A", "1B"})
