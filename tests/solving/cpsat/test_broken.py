"""The solver reads its own rules off choices that are made, and comes to what the audit says of them."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from midtvejs.auditing.audit import audit
from midtvejs.domain.participants import Participant
from midtvejs.domain.program import Program, Room
from midtvejs.domain.rules import Company, Group, Pin, Rules
from midtvejs.solving.cpsat.broken import find_broken_rules, keeps_the_rules
from midtvejs.solving.instance.case import STANDING, Choice, case_of
from tests.conferences import person, program
from tests.strategies import Conference, conferences_with_rules

ASE, BO, CAI = (person(name, "1A > 1B") for name in ("Åse", "Bo", "Cai"))
ROOMY = program({"1A": 3, "1B": 3})


@given(conference=conferences_with_rules(), data=st.data())
@settings(max_examples=300)
def test_what_breaks_no_rule_is_lawful_and_what_breaks_one_is_not(
    conference: Conference, data: st.DataObject
) -> None:
    day, people = conference
    case = case_of(day, people)
    choices = [
        tuple(
            data.draw(st.sampled_from([*range(len(round_.codes)), *[STANDING] * (row[index] < 0)]))
            for index, round_ in enumerate(case.rounds)
        )
        for row in case.rows
    ]
    verdict = audit(case.assignment(choices, people), people)
    # Whoever stands in a session of their own is in it, which the audit cannot tell from a seat there.
    if all(
        case.own(number, index) != session or session == STANDING
        for number, choice in enumerate(choices)
        for index, session in enumerate(choice)
    ):
        assert keeps_the_rules(case, choices) is verdict.lawful, [each.message for each in verdict.violations]


def broken_by(day: Program, people: tuple[Participant, ...], *choices: Choice) -> list[str]:
    return [label.text for label in find_broken_rules(case_of(day, people), choices)]


def test_the_label_says_what_is_broken() -> None:
    group = Group(company=Company.APART, participants=("Åse", "Bo"))
    day = replace(ROOMY, rules=Rules(groups=(group,), at_most=2))
    ase, bo = (replace(each, groups=(group,)) for each in (ASE, BO))
    assert broken_by(day, (ase, bo, CAI), (0,), (1,), (1,)) == []
    assert broken_by(day, (ase, bo, CAI), (0,), (0,), (0,)) == [
        "2 participants of Vejle Kommune at most are in one session",
        "apart: Åse, Bo",
    ]
    pinned = replace(CAI, pins=(Pin(code="1B", participant="Cai"),))
    assert broken_by(day, (ase, bo, pinned), (0,), (1,), (0,)) == [
        "Cai is in a session of R1 that is open to them"
    ]
    assert broken_by(program({"1A": 1, "1B": 3}), (ASE, BO), (0,), (0,)) == ["1A in Lokale 1A has 1 seat"]


def test_rooms_that_are_open_are_found_or_named() -> None:
    large, small = Room(name="Panorama", seats=2), Room(name="Loftet", seats=1)
    rounds = tuple(
        replace(each, sessions=tuple(replace(s, room=large, rooms=(large, small)) for s in each.sessions))
        for each in ROOMY.rounds
    )
    day, people = replace(ROOMY, rounds=rounds), (ASE, BO, CAI)
    assert broken_by(day, people, (0,), (1,), (0,)) == []
    assert broken_by(day, (*people, person("Dea", "1A")), (0,), (1,), (0,), (1,)) == [
        "1A has at most 2 seats",
        "1B has at most 2 seats",
        "Panorama holds one session at a time",
        "Loftet holds one session at a time",
    ]
