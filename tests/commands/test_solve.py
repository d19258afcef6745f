"""What it costs to seat a participant elsewhere: solved, tried in every way, and found as a path."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from hypothesis import assume, given

from midtvejs import api
from midtvejs.commands import _solve
from midtvejs.commands._solve import solve_elsewhere
from midtvejs.domain.assignment import Assignment, NoLawfulAssignment
from midtvejs.domain.counterfactual import Elsewhere, describe_counterfactual
from midtvejs.domain.exchange import Exchanges
from midtvejs.domain.participants import Participant
from midtvejs.solving.search import Solution
from tests.conferences import one_round
from tests.strategies import (
    Conference,
    conferences_with_rules,
    lawful_conferences,
    listed_conferences,
    listed_conferences_with_rules,
)
from tests.what_ifs import cheapest_by_brute_force

FEW = 4
"""So many questions are asked of each assignment: to solve each of them takes its time."""


def seat(conference: Conference) -> Assignment:
    try:
        return api.assign(*conference).assignment
    except NoLawfulAssignment:
        assume(False)
        raise


def questions(assignment: Assignment) -> Iterator[tuple[Participant, int, str]]:
    """Everything that can be asked: another session of a round in which somebody takes a seat."""
    for each in assignment.participants:
        for number, round_ in enumerate(assignment.program.rounds):
            code = assignment.days[each.key][number]
            if code and code not in each.presents:
                for session in round_.sessions:
                    if session.code not in {code, *each.presents} and not round_.has_begun(session):
                        yield each, number, session.code


def some(assignment: Assignment) -> list[tuple[Participant, int, str]]:
    asked = list(questions(assignment))
    return asked[:: max(1, len(asked) // FEW)]


def solved_cost(assignment: Assignment, each: Participant, number: int, code: str) -> tuple[int, ...] | None:
    elsewhere = solve_elsewhere(assignment, each, number, code)
    if elsewhere is None:
        return None
    assert elsewhere.proven
    round_ = assignment.program.rounds[number]
    session = next(session for session in round_.sessions if session.code == code)
    return describe_counterfactual(assignment, each, (round_, session), elsewhere).cost


def check_against_brute_force(assignment: Assignment) -> None:
    for each, number, code in some(assignment):
        brute = cheapest_by_brute_force(assignment, each, number, code)
        assert solved_cost(assignment, each, number, code) == brute


@given(lawful_conferences())
def test_a_path_costs_what_is_solved(conference: Conference) -> None:
    assignment = seat(conference)
    exchanges = Exchanges(assignment=assignment)
    for each, number, code in some(assignment):
        days = exchanges.find(each, number, code)
        assert exchanges.know(each, number)
        assert days
        round_ = assignment.program.rounds[number]
        session = next(session for session in round_.sessions if session.code == code)
        found = describe_counterfactual(assignment, each, (round_, session), Elsewhere(days))
        assert found.cost == solved_cost(assignment, each, number, code)


@given(conferences_with_rules(max_people=4))
def test_with_rules_it_costs_what_brute_force_says(conference: Conference) -> None:
    check_against_brute_force(seat(conference))


@given(listed_conferences(max_sessions=4, max_people=4))
def test_so_it_does_with_lists_over_several_rounds(conference: Conference) -> None:
    check_against_brute_force(seat(conference))


@given(listed_conferences_with_rules(max_people=3))
def test_and_with_both(conference: Conference) -> None:
    check_against_brute_force(seat(conference))


def test_ctrl_c_is_no_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    program, people = one_round()
    assignment = api.assign(program, people).assignment
    each, number, code = next(questions(assignment))

    def interrupted(*given: object, **named: object) -> Solution:
        del given, named
        return replace(api.assign(program, people), interrupted=True)

    monkeypatch.setattr(_solve, "seat", interrupted)
    with pytest.raises(KeyboardInterrupt):
        solve_elsewhere(assignment, each, number, code)
