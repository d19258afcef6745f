"""Exchanges in a round cost what trying every way says they cost."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from midtvejs import api
from midtvejs.domain.assignment import Assignment, NoLawfulAssignment
from midtvejs.domain.counterfactual import Elsewhere, describe_counterfactual
from midtvejs.domain.exchange import Exchanges
from midtvejs.domain.fairness import OF_WISHES, Criterion
from midtvejs.domain.mechanism import Mechanism
from midtvejs.domain.participants import Participant
from midtvejs.domain.program import Program
from midtvejs.domain.rules import Rules
from tests.conferences import full_house, person, pinned, program
from tests.strategies import Conference, conferences_with_rules, criteria_in_order, lawful_conferences
from tests.what_ifs import cheapest_by_brute_force

SMALL = lawful_conferences(max_rounds=2, max_sessions=4, max_people=5)
RULED = conferences_with_rules(max_people=4)


def seated(day: Program, people: tuple[Participant, ...], *codes: str) -> Assignment:
    days = {each.key: tuple(of.split()) for each, of in zip(people, codes, strict=True)}
    return Assignment(program=day, participants=people, days=days)


def dealt(conference: Conference, mechanism: Mechanism) -> Assignment | None:
    try:
        return api.assign(*conference, mechanism=mechanism).assignment
    except NoLawfulAssignment:
        return None


def every_exchange(assignment: Assignment) -> Iterator[tuple[Participant, int, str]]:
    """Everything that fast exchanges can be asked."""
    exchanges = Exchanges(assignment=assignment)
    for each in assignment.participants:
        for number, round_ in enumerate(assignment.program.rounds):
            code = assignment.days[each.key][number]
            if code and code not in each.presents and exchanges.know(each, number):
                yield from (
                    (each, number, session.code) for session in round_.sessions if session.code != code
                )


def found_cost(assignment: Assignment, each: Participant, number: int, code: str) -> tuple[int, ...] | None:
    days = Exchanges(assignment=assignment).find(each, number, code)
    if days is None:
        return None
    round_ = assignment.program.rounds[number]
    session = next(session for session in round_.sessions if session.code == code)
    counterfactual = describe_counterfactual(assignment, each, (round_, session), Elsewhere(days))
    assert api.audit(replace(assignment, days={**assignment.days, **days})).lawful
    return counterfactual.cost


@given(SMALL, criteria_in_order, st.sampled_from([Mechanism.FAIR, Mechanism.LOTTERY]))
def test_exchanges_cost_what_brute_force_says(
    conference: Conference, fairness: tuple[Criterion, ...], mechanism: Mechanism
) -> None:
    day, people = conference
    assignment = dealt((day.replace_rules(fairness=fairness), people), mechanism)
    assert assignment
    for each, number, code in every_exchange(assignment):
        brute = cheapest_by_brute_force(assignment, each, number, code)
        assert found_cost(assignment, each, number, code) == brute


@given(RULED)
def test_so_they_do_where_rules_bind_each_alone(conference: Conference) -> None:
    assignment = dealt(conference, Mechanism.FAIR)
    if assignment is None:
        return
    for each, number, code in every_exchange(assignment):
        brute = cheapest_by_brute_force(assignment, each, number, code)
        assert found_cost(assignment, each, number, code) == brute


def test_a_chain_where_nobody_in_the_session_can_go_where_there_is_a_seat() -> None:
    """Bo may be in 1B only, Cai in 1C; Åse's seat in 1C is of use to Cai alone."""
    day = program({"1A": 1, "1B": 1, "1C": 1})
    ase, bo, cai = person("Åse", "1A > 1C"), person("Bo", "1A"), person("Cai", "1B > 1C")
    bo = pinned(bo, "1C", holds=False)
    assignment = seated(day, (ase, bo, cai), "1C", "1A", "1B")

    assert Exchanges(assignment=assignment).find(ase, 0, "1A") == {
        ase.key: ("1A",),
        bo.key: ("1B",),
        cai.key: ("1C",),
    }


def test_whoever_is_worst_off_may_be_the_one_to_move() -> None:
    """Bo has the highest regret of all, which falls only if it is Bo whom Åse changes with."""
    day = program({"1A": 2, "1B": 1}, {"2A": 3}, rules=Rules(fairness=(Criterion.WORST,)))
    ase = person("Åse", "1A > 1B", "")
    bo, cai = person("Bo", "1B > 1A", ""), person("Cai", "1A > 1B", "")
    assignment = seated(day, (cai, bo, ase), "1A 2A", "1A 2A", "1B 2A")

    assert Exchanges(assignment=assignment).find(ase, 0, "1A") == {
        ase.key: ("1A", "2A"),
        bo.key: ("1B", "2A"),
    }


def test_there_is_no_way_into_a_session_that_all_are_pinned_to() -> None:
    day = program({"1A": 1, "1B": 1})
    ase, bo = person("Åse", "1A"), pinned(person("Bo", "1A"), "1A")
    assert Exchanges(assignment=seated(day, (ase, bo), "1B", "1A")).find(ase, 0, "1A") is None


def test_what_those_in_a_session_would_lose() -> None:
    day, people = full_house()
    assignment = seated(day, people, "1A 2B", "1A 2B", "1B 2A", "1B 2A")
    assert Exchanges(assignment=assignment).losses(people[2], 0, "1A") == [1, 1]


@pytest.mark.parametrize("criterion", [*OF_WISHES, Criterion.AVOID_OWN])
def test_each_criterion_that_is_looked_at_alone_is_known(criterion: Criterion) -> None:
    day, people = full_house()
    assignment = seated(day.replace_rules(fairness=(criterion,)), people, "1A 2B", "1A 2B", "1B 2A", "1B 2A")
    assert Exchanges(assignment=assignment).know(people[0], 0)


def test_pairs_of_colleagues_are_not_known() -> None:
    day, people = full_house()
    day = day.replace_rules(fairness=(Criterion.SPREAD,))
    assert not Exchanges(assignment=seated(day, people, "1A 2B", "1A 2B", "1B 2A", "1B 2A")).know(
        people[0], 0
    )
