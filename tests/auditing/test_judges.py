"""What a coordinator decides: each rule has an assignment that breaks it and nothing else."""

from __future__ import annotations

from dataclasses import replace

import pytest

from midtvejs.auditing.audit import Audit, audit
from midtvejs.domain.assignment import Assignment
from midtvejs.domain.diagnostic import Place
from midtvejs.domain.fairness import Criterion
from midtvejs.domain.participants import Participant
from midtvejs.domain.program import Program, Room
from midtvejs.domain.rules import Company, Group, Law, Pin, Rules
from tests import conferences

DAY = conferences.program({"1A": 3, "1B": 3}, {"2A": 3, "2B": 3}, presenters={"1A": "Eva"})
AASE, BO, EVA = PEOPLE = (
    conferences.person("Åse", "1B > 1A", "2A > 2B"),
    conferences.person("Bo", "1A", "2B"),
    conferences.person("Eva", "1B", "2B > 2A", presents="1A"),
)
PLACE = Place(file="program.yaml", line=40)


def judged(
    days: str, people: tuple[Participant, ...] = PEOPLE, program: Program = DAY
) -> list[tuple[Law, str, str, str]]:
    """Return the law, name, round and message of each breach; days are as ``1A 2A, 1B -``."""
    written = [day.replace("-", "").split(" ") for day in days.split(", ")]
    found = verdict(program, people, written).violations
    names = {person.key: person.name for person in people} | {"": ""}
    return [(each.law, names[each.participant], each.round_id, each.message) for each in found]


def verdict(program: Program, people: tuple[Participant, ...], days: list[list[str]]) -> Audit:
    assigned = {person.key: tuple(day) for person, day in zip(people, days, strict=True)}
    return audit(Assignment(program=program, participants=people, days=assigned), people)


def with_session(code: str, **changes: object) -> Program:
    rounds = (
        replace(
            round_,
            sessions=tuple(
                replace(session, **changes) if session.code == code else session  # type: ignore[arg-type]  # whichever field is named
                for session in round_.sessions
            ),
        )
        for round_ in DAY.rounds
    )
    return replace(DAY, rounds=tuple(rounds))


def test_a_round_that_somebody_does_not_attend() -> None:
    people = (AASE, replace(BO, absent=frozenset({"R2"})), EVA)
    assert judged("1B 2A, 1A -, 1A 2A", people) == []
    assert judged("1B 2A, 1A 2B, 1A 2A", people) == [
        (Law.ATTENDING, "Bo", "R2", "Bo is in 2B, but does not attend R2")
    ]
    assert judged("1B 2A, - -, 1A 2A", people) == [(Law.SEATED, "Bo", "R1", "Bo has no session in R1")]


@pytest.mark.parametrize(
    ("pin", "message"),
    [
        (Pin(code="1B", participant="Bo"), "Bo is in 1A, but is pinned to 1B"),
        (Pin(code="1A", holds=False, participant="Bo"), "Bo is in 1A, but is banned from it"),
        (Pin(code="1B", organisation="Vejle"), "Bo is in 1A, but everybody of Vejle is in 1B"),
        (
            Pin(code="1A", holds=False, organisation="Vejle"),
            "Bo is in 1A, but everybody of Vejle is not in 1A",
        ),
        (
            Pin(code="1B", participant="Bo", place=PLACE),
            "Bo is in 1A, but is pinned to 1B (program.yaml:40)",
        ),
    ],
)
def test_pins_and_bans(pin: Pin, message: str) -> None:
    people = (AASE, replace(BO, pins=(pin,)), EVA)
    assert judged("1B 2A, 1B 2B, 1A 2A", people) == []
    assert judged("1B 2A, 1A 2B, 1A 2A", people) == [(Law.PINS, "Bo", "R1", message)]


@pytest.mark.parametrize(
    ("pin", "days", "broken"),
    [
        (Pin(code="A", participant="Bo"), "B A", []),
        (Pin(code="A", participant="Bo"), "A B", []),
        (Pin(code="A", participant="Bo"), "B C", ["R1"]),
        (Pin(code="A", participant="Bo", round_id="R2"), "B A", []),
        (Pin(code="A", participant="Bo", round_id="R2"), "A B", ["R2"]),
        (Pin(code="A", holds=False, participant="Bo"), "B C", []),
        (Pin(code="A", holds=False, participant="Bo"), "B A", ["R2"]),
        (Pin(code="A", holds=False, participant="Bo"), "A B", ["R1"]),
        (Pin(code="A", holds=False, participant="Bo", round_id="R2"), "A B", []),
        (Pin(code="A", holds=False, participant="Bo", round_id="R2"), "B A", ["R2"]),
    ],
)
def test_a_pin_of_what_is_held_twice_holds_in_one_of_its_rounds_and_a_ban_in_each(
    pin: Pin, days: str, broken: list[str]
) -> None:
    twice = conferences.one_list({"A": {1: 1, 2: 1}, "B": {1: 1, 2: 1}, "C": {1: 1, 2: 1}}, rounds=2)
    found = judged(days, (replace(BO, wishes=conferences.person("", "").wishes, pins=(pin,)),), twice)
    assert [(law, round_id) for law, _, round_id, _ in found] == [(Law.PINS, round_id) for round_id in broken]


def test_what_is_decided_of_an_organisation_does_not_bind_those_who_present() -> None:
    for pin in (Pin(code="1B", organisation="Vejle"), Pin(code="1A", holds=False, organisation="Vejle")):
        assert judged("1B 2A, 1A 2B, 1A 2A", (AASE, BO, replace(EVA, pins=(pin,)))) == []
    own = Pin(code="1B", participant="Eva")
    assert judged("1B 2A, 1A 2B, 1A 2A", (AASE, BO, replace(EVA, pins=(own,)))) == [
        (Law.PINS, "Eva", "R1", "Eva is in 1A, but is pinned to 1B")
    ]


def test_a_cancelled_session_frees_its_presenters() -> None:
    program = with_session("1A", least=1, may_be_cancelled=True)
    assert judged("1B 2A, 1B 2B, 1B 2A", program=program) == []
    assert judged("1B 2A, 1A 2B, 1B 2A", program=program) == [
        (Law.PRESENTING, "Eva", "R1", "Eva presents 1A, but is in 1B")
    ]
    bound = (AASE, BO, replace(EVA, pins=(Pin(code="1B", holds=False, organisation="Vejle"),)))
    assert judged("1B 2A, 1B 2B, 1B 2A", bound, program) == [
        (Law.PINS, "Eva", "R1", "Eva is in 1B, but everybody of Vejle is not in 1B")
    ]


def test_whose_session_was_cancelled_counts_as_everybody_else() -> None:
    program = with_session("1A", least=1, may_be_cancelled=True)
    people = (AASE, BO, replace(EVA, wishes=conferences.person("", "1A > 1B", "").wishes))
    criteria = verdict(program, people, [["1B", "2A"], ["1B", "2B"], ["1B", "2A"]]).criteria
    # Bo got none of what he listed in the first round, Eva her second wish.
    assert criteria[Criterion.TOTAL] == 2
    assert criteria[Criterion.SPREAD] == 3 + 1


@pytest.mark.parametrize("may_be_cancelled", [False, True])
def test_a_least_audience(may_be_cancelled: bool) -> None:
    program = with_session("1A", least=2, may_be_cancelled=may_be_cancelled)
    assert judged("1A 2A, 1A 2B, 1A 2A", program=program) == []
    # Eva presents it, and is not of its audience.
    assert judged("1B 2A, 1A 2B, 1A 2A", program=program) == [
        (Law.LEAST, "", "R1", "1A has 1 participant, and needs 2 at least")
    ]
    nobody = judged("1B 2A, 1B 2B, 1A 2A", program=program)
    assert nobody == [(Law.LEAST, "", "R1", "1A has 0 participants, and needs 2 at least")]


def test_together_and_apart() -> None:
    two = ("Åse", "Eva")
    together = Group(company=Company.TOGETHER, participants=two, round_id="R1", place=PLACE)
    apart = Group(company=Company.APART, participants=two)
    people = (replace(AASE, groups=(together,)), BO, replace(EVA, groups=(together,)))
    assert judged("1A 2A, 1B 2B, 1A 2B", people) == []
    assert judged("1B 2A, 1A 2B, 1A 2B", people) == [
        (Law.TOGETHER, "Åse", "R1", "Åse is in 1B, but together with Eva, who is in 1A (program.yaml:40)")
    ]
    people = (replace(AASE, groups=(apart,)), BO, replace(EVA, groups=(apart,)))
    assert judged("1B 2A, 1A 2B, 1A 2B", people) == []
    assert judged("1A 2A, 1B 2B, 1A 2A", people) == [
        (Law.APART, "Åse", "R1", "Åse is in 1A with Eva, but apart from them"),
        (Law.APART, "Åse", "R2", "Åse is in 2A with Eva, but apart from them"),
    ]


def test_nothing_is_asked_of_those_who_are_not_there() -> None:
    group = Group(company=Company.TOGETHER, participants=("Åse", "Bo"))
    people = (
        replace(AASE, groups=(group,)),
        replace(BO, groups=(group,), absent=frozenset({"R1"})),
        EVA,
    )
    assert judged("1B 2A, - 2A, 1A 2B", people) == []
    assert [breach[:3] for breach in judged("1B 2A, - 2B, 1A 2B", people)] == [(Law.TOGETHER, "Åse", "R2")]


def test_at_most_so_many_of_an_organisation() -> None:
    program = replace(DAY, rules=Rules(at_most=1))
    people = (*PEOPLE, conferences.person("Finn", "", ""), conferences.person("Gry", "", ""))
    elsewhere = replace(people[3], organisation="vejle  KOMMUNE"), replace(people[4], organisation="")
    people = (*PEOPLE, *elsewhere)
    # In 1A Eva presents, and Gry is of no organisation.
    assert judged("1B 2A, 1A 2B, 1A 2B, 1A 2A, 1A 2A", people, program) == [
        (Law.AT_MOST, name, round_id, f"{code} has 2 participants of Vejle Kommune, and may have 1")
        for name, round_id, code in (("Finn", "R1", "1A"), ("Finn", "R2", "2A"), ("Eva", "R2", "2B"))
    ]


def test_a_way_without_steps() -> None:
    people = (AASE, replace(BO, step_free=True), replace(EVA, step_free=True))
    free = with_session("1A", room=Room(name="Stuen", seats=3, step_free=True))
    assert {breach[:3] for breach in judged("1B 2A, 1A 2B, 1A 2A", people, free)} == {
        (Law.STEP_FREE, "Bo", "R2"),
        (Law.STEP_FREE, "Eva", "R2"),
    }
    assert judged("1B 2A, 1A 2B, 1A 2A", people)[0] == (
        *(Law.STEP_FREE, "Bo", "R1"),
        "Bo is in 1A in Lokale 1A, but needs a step-free room",
    )


STEEP, LEVEL = Room(name="Loftet", seats=2), Room(name="Stuen", seats=1, step_free=True)


def test_open_rooms() -> None:
    program = with_session("1A", room=STEEP, rooms=(STEEP, LEVEL))
    assert judged("1A 2A, 1A 2B, 1A 2A", program=program) == []
    climbing = (replace(AASE, step_free=True), BO, EVA)
    level = with_session("1A", room=STEEP, rooms=(STEEP, LEVEL))
    assert judged("1A 2A, 1A 2B, 1A 2A", climbing, level)[-1] == (
        *(Law.ROOMS, "", "R1"),
        "there are no rooms in R1 that hold 1A (2), each in its own",
    )
    narrow = with_session("1A", room=STEEP, rooms=(STEEP,))
    hans = conferences.person("Hans", "", "")
    assert judged("1A 2A, 1A 2B, 1A 2A, 1A 2B", (*PEOPLE, hans), narrow) == [
        (Law.SEATS, "Hans", "R1", "1A has at most 2 seats and 3 participants")
    ]
    nowhere = with_session("1A", room=STEEP, rooms=(STEEP,))
    assert judged("1A 2A, 1B 2B, 1A 2A", climbing, nowhere)[0] == (
        *(Law.STEP_FREE, "Åse", "R1"),
        "Åse is in 1A, but needs a step-free room",
    )


def test_seats_held_back_are_nobodys() -> None:
    program = with_session("1A", keep_free=2)
    assert judged("1B 2A, 1A 2B, 1A 2A", program=program) == []
    assert judged("1A 2A, 1A 2B, 1A 2A", program=program) == [
        (Law.SEATS, "Bo", "R1", "1A in Lokale 1A has 1 seat and 2 participants")
    ]
