"""An earlier assignment is kept: the fewest are moved, by brute force and by proof."""

from __future__ import annotations

import pytest
from hypothesis import given

from midtvejs.auditing.audit import certify
from midtvejs.auditing.verify import certificate_of, verify
from midtvejs.domain.assignment import NoLawfulAssignment
from midtvejs.domain.fairness import Criterion
from midtvejs.domain.keeping import improve, keep
from midtvejs.domain.rules import rules_beyond_a_queue
from midtvejs.solving.queue.in_turn import by_lottery
from midtvejs.solving.search import Solution
from midtvejs.solving.solve import solve
from midtvejs.solving.stop import Stop
from tests.brute import every_outcome, least, optimum
from tests.examples import examples
from tests.solving.cases import WIDE_AND_MANY
from tests.strategies import (
    Conference,
    conferences_with_rules,
    kept,
    lawful_conferences,
    listed_conferences,
    listed_conferences_with_rules,
)


def solved(conference: Conference) -> Solution:
    """Seat everybody; the result is what looking through all assignments comes to, and is certified."""
    program, people = conference
    solution = solve(program, people)
    certify(solution.assignment, people, solution.stages)
    values = tuple(stage.value for stage in solution.stages)
    assert values == optimum(every_outcome(program, people), program.rules.fairness)
    certificate = certificate_of(solution.assignment, solution.stages, solution.proofs)
    assert verify(solution.assignment, people, certificate).holds
    return solution


@given(conference=kept(lawful_conferences()))
def test_the_fewest_are_moved_and_it_is_proven(conference: Conference) -> None:
    assert all(stage.proven for stage in solved(conference).stages)


@given(conference=kept(listed_conferences()))
def test_so_it_is_with_one_list_for_several_rounds(conference: Conference) -> None:
    assert all(stage.proven for stage in solved(conference).stages)


@given(conference=kept(conferences_with_rules()) | kept(listed_conferences_with_rules()))
def test_so_it_is_with_rules(conference: Conference) -> None:
    if not every_outcome(*conference):
        with pytest.raises(NoLawfulAssignment):
            solve(*conference)
        return
    solved(conference)


@given(conference=kept(lawful_conferences()) | kept(conferences_with_rules()))
@examples(60)
def test_so_it_is_as_many_people_on_wide_days_are_seated_but_for_what_is_proven(
    conference: Conference,
) -> None:
    program, people = conference
    outcomes = every_outcome(program, people)
    if not outcomes:
        return
    solution = solve(program, people, limits=WIDE_AND_MANY)
    certify(solution.assignment, people, solution.stages)
    within: dict[Criterion, int] = {}
    for stage in solution.stages:
        fewest = least(outcomes, stage.criterion, within)
        assert fewest is not None
        assert stage.recomputable <= stage.bound <= fewest <= stage.value
        within[stage.criterion] = stage.value


@given(conference=lawful_conferences() | listed_conferences())
def test_to_seat_people_again_moves_nobody(conference: Conference) -> None:
    program, people = conference
    first = solve(program, people)
    again = solve(*keep(program, people, first.assignment.days))
    assert again.assignment.days == first.assignment.days
    assert [stage.value for stage in again.stages[:2]] == [0, 0]
    assert again.stages[2:] == first.stages


@given(conference=lawful_conferences() | listed_conferences() | conferences_with_rules())
def test_nobody_is_displaced_however_little_time_there_is(conference: Conference) -> None:
    program, people = conference
    try:
        first = by_lottery(program, people) if not rules_beyond_a_queue(program) else solve(program, people)
    except NoLawfulAssignment:
        return
    improved = solve(*improve(program, people, first.assignment.days), stop=Stop(seconds=0))
    criteria = improved.assignment.criteria
    assert (criteria[Criterion.DISPLACED], criteria[Criterion.MOVED]) == (0, 0)
