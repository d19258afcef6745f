"""Exchanges of days cost what trying every way says they cost, where at most one other moves."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from midtvejs import api
from midtvejs.domain.assignment import Assignment, NoLawfulAssignment
from midtvejs.domain.counterfactual import Elsewhere, describe_counterfactual
from midtvejs.domain.day_exchange import DayExchanges
from midtvejs.domain.fairness import Criterion
from midtvejs.domain.participants import Participant
from tests.conferences import each_session, held_twice, one_list, person
from tests.strategies import (
    Conference,
    conferences_with_rules,
    criteria_in_order,
    listed_conferences,
    listed_conferences_with_rules,
)
from tests.what_ifs import cheapest_by_brute_force


def check(assignment: Assignment, offset: int) -> None:
    exchanges = DayExchanges(assignment=assignment)
    asked = [
        (each, number, session.code)
        for each in assignment.participants
        for number, round_ in enumerate(assignment.program.rounds)
        for session in round_.sessions
        if assignment.days[each.key][number] not in {"", session.code, *each.presents}
        and session.code not in each.presents
        and not round_.has_begun(session)
        and exchanges.know(number)
    ]
    for each, number, code in asked[offset::5]:
        brute = cheapest_by_brute_force(assignment, each, number, code)
        found = exchanges.find(each, number, code)
        if found is None:
            assert brute is None or brute[0] > 2
        else:
            round_ = assignment.program.rounds[number]
            session = next(session for session in round_.sessions if session.code == code)
            cost = describe_counterfactual(assignment, each, (round_, session), Elsewhere(found)).cost
            assert cost == brute


@given(listed_conferences(max_sessions=4, max_people=4), criteria_in_order, st.integers(0, 4))
def test_exchanges_of_days_cost_what_brute_force_says(
    conference: Conference, fairness: tuple[Criterion, ...], offset: int
) -> None:
    day, people = conference
    check(api.assign(day.replace_rules(fairness=fairness), people).assignment, offset)


@given(listed_conferences_with_rules(max_people=3) | conferences_with_rules(max_people=4), st.integers(0, 4))
def test_so_they_do_where_rules_bind_people(conference: Conference, offset: int) -> None:
    try:
        check(api.assign(*conference).assignment, offset)
    except NoLawfulAssignment:
        return


def seated(conference: Conference, *codes: str) -> Assignment:
    day, people = conference
    days = {each.key: tuple(of.split()) for each, of in zip(people, codes, strict=True)}
    return Assignment(program=day, participants=people, days=days)


def test_one_swaps_their_own_sittings_for_another() -> None:
    """Cai wants A in the first round; Åse, who has it there, would have it in the second, but Bo is there."""
    assignment = seated(held_twice(), "A B", "B A", "B C")
    (ase, bo, cai) = assignment.participants
    assert DayExchanges(assignment=assignment).find(cai, 0, "A") == {ase.key: ("C", "B"), cai.key: ("A", "C")}
    assert bo.key not in (DayExchanges(assignment=assignment).find(cai, 0, "A") or {})


def test_nobody_else_moves_where_ones_own_day_can_be_turned_round() -> None:
    day = one_list({"A": {1: 1, 2: 1}, "B": {1: 1, 2: 1}}, rounds=2)
    people: tuple[Participant, ...] = (person("Åse", "A > B"),)
    assignment = seated((day, people), "A B")
    found = DayExchanges(assignment=assignment).find(people[0], 0, "B")
    assert found == {people[0].key: ("B", "A")}


@pytest.mark.parametrize("may_be_cancelled", [True, False])
def test_what_may_be_cancelled_is_not_known(may_be_cancelled: bool) -> None:
    day, people = held_twice()
    day = each_session(day, lambda each: replace(each, least=1, may_be_cancelled=may_be_cancelled))
    assignment = seated((day, people), "A B", "B A", "B C")
    assert DayExchanges(assignment=assignment).know(0) is not may_be_cancelled
