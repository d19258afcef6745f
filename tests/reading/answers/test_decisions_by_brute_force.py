"""What is called impossible before it is solved is impossible: every way to seat a few people is tried."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest

from midtvejs.domain.participants import Participant
from midtvejs.domain.program import Presenter, Program
from midtvejs.domain.recognition import recognise_decisions, recognise_presenters
from midtvejs.domain.rules import Company, Group, Pin, Rules
from midtvejs.reading.answers.decisions import clashes
from midtvejs.reading.codes import Fault
from midtvejs.solving.solve import solve
from tests.brute import every_outcome
from tests.conferences import each_session, person, program
from tests.strategies import Conference

NAMES = ("Åse", "Bo", "Cai", "Dea")
CONFERENCES = 400
BY_THE_GUIDE = {Fault.PIN_NOT_ATTENDED, Fault.PIN_AGAINST_SESSION}
"""Faults of a program, whatever is possible: nobody is pinned to where they are not, or present something."""


def drawn(dice: random.Random) -> Conference:
    """Draw a tiny day with presenters, pins, groups, and sessions that may be cancelled."""
    names = NAMES[: dice.randint(2, 4)]
    day = program(
        *(
            {f"{number}{letter}": dice.randint(1, 4) for letter in "ABC"[: dice.randint(2, 3)]}
            for number in range(1, dice.randint(2, 3))
        )
    )
    presenting = {
        dice.choice([session.code for session in round_.sessions]): name
        for round_ in day.rounds
        for name in names
        if dice.random() < 0.4
    }
    day = each_session(
        day,
        lambda session: replace(
            session,
            presenters=tuple(
                Presenter(name=name) for code, name in presenting.items() if code == session.code
            ),
            may_be_cancelled=dice.random() < 0.5,
            least=dice.choice([0, 0, 1, 2]),
        ),
    )
    codes = [*day.sessions]
    pins = [
        Pin(code=dice.choice(codes), participant=dice.choice(names), holds=dice.random() < 0.5)
        for _ in range(dice.randint(0, 3))
    ]
    if dice.random() < 0.3:
        pins.append(Pin(code=dice.choice(codes), organisation=dice.choice("XY"), holds=dice.random() < 0.3))
    groups = tuple(
        Group(
            company=dice.choice([*Company]),
            participants=tuple(dice.sample(names, 2)),
            round_id=dice.choice(["", *(round_.id for round_ in day.rounds)]),
        )
        for _ in range(dice.randint(0, 2))
    )
    day = replace(day, rules=Rules(pins=tuple(pins), groups=groups))
    wishes = [" > ".join(session.code for session in round_.sessions) for round_ in day.rounds]
    people = tuple(replace(person(name, *wishes), organisation=dice.choice("XY")) for name in names)
    return day, decided(day, people)


def decided(day: Program, people: tuple[Participant, ...]) -> tuple[Participant, ...]:
    return recognise_decisions(day, recognise_presenters(day, people).participants).participants


def test_no_day_is_refused_that_has_a_lawful_assignment() -> None:
    refused = 0
    for seed in range(CONFERENCES):
        day, people = drawn(random.Random(seed))  # noqa: S311
        found = {each.fault for each in clashes(day, people, lambda person: person.name)}
        refused += bool(found)
        if found <= BY_THE_GUIDE:
            continue
        assert not every_outcome(day, people), f"seed {seed}: {found}"
    assert refused > CONFERENCES / 10


NOT_IN_A = Pin(code="1A", participant="Åse", holds=False)
TOGETHER = Group(company=Company.TOGETHER, participants=("Åse", "Bo"))
APART = Group(company=Company.APART, participants=("Åse", "Bo"))


@pytest.mark.parametrize(
    ("rules", "presenters", "fault"),
    [
        (Rules(pins=(NOT_IN_A,), groups=(TOGETHER,)), {"1A": "Bo"}, Fault.GROUP_TORN),
        (Rules(groups=(TOGETHER,)), {"1A": "Bo", "1B": "Åse"}, Fault.GROUP_TORN),
        (Rules(groups=(APART,)), {"1A": "Bo and Åse"}, Fault.GROUP_JOINED),
    ],
)
@pytest.mark.parametrize("cancelled", [True, False])
def test_what_a_cancelled_session_makes_possible_is_solved(
    rules: Rules, presenters: dict[str, str], fault: Fault, cancelled: bool
) -> None:
    day = program({"1A": 3, "1B": 3, "1C": 3}, rules=rules)
    day = each_session(
        day,
        lambda session: replace(
            session,
            presenters=tuple(map(presenter, filter(None, presenters.get(session.code, "").split(" and ")))),
            may_be_cancelled=cancelled and session.code == "1A",
        ),
    )
    people = decided(day, (person("Åse", "1B > 1A"), person("Bo", "1C > 1B")))

    found = [each.fault for each in clashes(day, people, lambda person: person.name)]

    assert found == ([] if cancelled else [fault])
    assert bool(every_outcome(day, people)) is cancelled
    if cancelled:
        assert solve(day, people).assignment.cancelled == {"1A"}


def presenter(name: str) -> Presenter:
    return Presenter(name=name)
