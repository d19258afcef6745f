"""What a coordinator decides, out of program.yaml."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from midtvejs.domain.fairness import Criterion
from midtvejs.domain.program import Program
from midtvejs.domain.rules import Company, Group, Pin
from tests.reading.conftest import Texts

Reader = Callable[..., Program]

DAY = """\
event: {{name: Dagen, date: 2018-01-30, start: "10:00", end: "15:00"}}
rooms:
  Havestuen: {{seats: 12}}
  Panorama: {{seats: 20, keep_free: 4, step_free: true}}
  Skovstuen: {{seats: 16}}
  Fjordsalen: {{seats: 16, keep_free: 0}}
rounds:
  - id: R1
    name: Runde 1
    start: "10:30"
    end: "11:00"
    sessions:
{sessions}
  - id: R2
    name: Runde 2
    start: "11:00"
    end: "11:30"
    sessions: [{{code: 2A, title: Mod, room: Panorama}}]
rules: {rules}
{rest}
"""


@pytest.fixture
def read(texts: Texts) -> Reader:
    def read_day(*sessions: str, rules: str = "{}", rest: str = "") -> Program:
        lines = [f"      - {{code: {code}}}" for code in sessions or ["1A, title: Data, room: Havestuen"]]
        result = texts.program(DAY.format(sessions="\n".join(lines), rules=rules, rest=rest))
        assert result.diagnostics == ()
        return result.accepted()

    return read_day


def test_without_rules_nothing_is_asked(read: Reader) -> None:
    session = read().sessions["1A"]

    assert (session.least, session.may_be_cancelled, session.keep_free) == (0, False, None)
    assert (session.rooms, session.seats, session.seated_presenters) == ((), 12, 0)


def test_pins_and_groups_stand_as_the_file_has_them(read: Reader) -> None:
    day = read(
        rules="""
  apart: [[Cai, Dea, Eva]]
  together:
    - {participants: [Åse Holm, bo@vejle.dk], round: R2, reason: Søskende}
""",
        rest="""\
pins:
  - {participant: Åse Holm, in: 1A}
  - organisation: Vejle
    not_in: 2A
    reason: "Har hørt det: før"
""",
    )
    first, second = day.rules.pins
    apart, together = day.rules.groups
    marked = [
        place.source[place.column - 1 : place.end_column - 1]
        for place in (first.place, second.place, apart.place, together.place)
        if place
    ]
    assert marked == [
        "{participant: Åse Holm, in: 1A}",
        "organisation: Vejle",
        "[Cai, Dea, Eva]",
        "{participants: [Åse Holm, bo@vejle.dk], round: R2, reason: Søskende}",
    ]
    assert first == Pin(code="1A", participant="Åse Holm", place=first.place)
    assert second == Pin(
        code="2A", holds=False, organisation="Vejle", reason="Har hørt det: før", place=second.place
    )
    assert apart == Group(company=Company.APART, participants=("Cai", "Dea", "Eva"), place=apart.place)
    assert together == Group(
        company=Company.TOGETHER,
        participants=("Åse Holm", "bo@vejle.dk"),
        round_id="R2",
        reason="Søskende",
        place=together.place,
    )


@pytest.mark.parametrize(
    ("rules", "fairness"),
    [
        ("{spread: organisation}", "worst total even spread"),
        ("{avoid_own: true}", "worst total even avoid_own"),
        ("{avoid_own: true, spread: organisation}", "worst total even spread avoid_own"),
        ("{avoid_own: false}", "worst total even"),
        ("{fairness: [spread, total], spread: organisation, avoid_own: true}", "spread total avoid_own"),
        ("{fairness: [avoid_own, worst], spread: organisation}", "avoid_own worst spread"),
    ],
)
def test_rules_that_are_criteria_come_last_unless_fairness_has_them(
    read: Reader, rules: str, fairness: str
) -> None:
    assert read(rules=rules).rules.fairness == tuple(map(Criterion, fairness.split()))


def test_what_a_session_says_goes_before_the_rules(read: Reader) -> None:
    day = read(
        "1A, title: Data, room: Havestuen",
        "1B, title: Ro, room: Skovstuen, min_participants: 3, may_be_cancelled: false",
        "1C, title: Tid, room: Fjordsalen, min_participants: 0",
        rules="{min_participants: 8, may_be_cancelled: true, at_most: {organisation: 3}}",
    )

    told = {code: (session.least, session.may_be_cancelled) for code, session in day.sessions.items()}
    assert told == {"1A": (8, True), "1B": (3, False), "1C": (0, False), "2A": (8, True)}
    assert day.rules.at_most == 3


def test_seats_are_held_back_by_the_session_else_the_room_else_the_rules(read: Reader) -> None:
    day = read(
        "1A, title: Data, room: Havestuen",
        "1B, title: Ro, room: Panorama",
        "1C, title: Tid, room: Skovstuen, keep_free: 1",
        "1D, title: Tid, room: Fjordsalen",
        rules="{keep_free: 3}",
    )

    assert {code: session.seats for code, session in day.sessions.items()} == {
        "1A": 9, "1B": 16, "1C": 15, "1D": 16, "2A": 16,
    }  # fmt: skip
    assert [session.keep_free for session in day.rounds[0].sessions] == [None, None, 1, None]


def test_presenters_take_seats_where_the_rules_say_so(read: Reader) -> None:
    session = "1A, title: Data, room: Havestuen, presenters: [{name: Åse}, {name: Bo}]"

    assert read(session).sessions["1A"].seats == 12
    assert read(session, rules="{presenters_take_seats: true}").sessions["1A"].seats == 10


def test_an_open_session_may_be_in_every_room_that_nobody_of_its_round_is_fixed_in(read: Reader) -> None:
    day = read("1A, title: Data, room: Panorama", "1B, title: Ro", "1C, title: Tid, room: Auto")

    for code in ("1B", "1C"):
        session = day.sessions[code]
        assert [room.name for room in session.rooms] == ["Havestuen", "Skovstuen", "Fjordsalen"]
        assert (session.room.name, session.seats) == ("Skovstuen", 16)
    assert day.sessions["1A"].rooms == ()


def test_the_room_of_an_open_session_is_the_one_with_most_usable_seats(read: Reader) -> None:
    day = read("1A, title: Data", "1B, title: Ro, keep_free: 0", rules="{keep_free: 2}")

    assert (day.sessions["1A"].room.name, day.sessions["1A"].seats) == ("Panorama", 16)
    assert (day.sessions["1B"].room.name, day.sessions["1B"].seats) == ("Panorama", 20)
    assert [room.keep_free for room in day.sessions["1A"].rooms] == [2, 4, 2, 0]
