"""What was typed for what-if: understood as it was meant, or every fault of it at once."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from midtvejs.domain.program import UNLIMITED, Room
from midtvejs.domain.rules import Rules
from midtvejs.domain.variation import (
    Cancel,
    ChangeRoom,
    MoreSeats,
    Rule,
    SeatsOf,
    Swap,
    Variation,
    WithoutRule,
)
from midtvejs.reading.variations import Typed, read_variations
from tests.conferences import each_session, held_twice, program
from tests.examples import examples

ODD = Room(name="Sal = 2", seats=9)
NEVER = Room(name="Loftet", seats=9, not_in=frozenset({"R1"}))
DAY = program({"1A": 2, "1B": 3}, {"2A": 1, "2B": 4}, rules=Rules(at_most=3))
DAY = replace(DAY, rooms=(*DAY.rooms, ODD, NEVER))


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        (Typed(seats=["lokale  1a = 7"]), SeatsOf(room="Lokale 1A", seats=7)),
        (Typed(seats=["Sal = 2=7"]), SeatsOf(room="Sal = 2", seats=7)),
        (Typed(seats=["Sal = 2=unlimited"]), SeatsOf(room="Sal = 2", seats=UNLIMITED)),
        (Typed(add_seats=["1b=+2"]), MoreSeats(code="1B", seats=2)),
        (Typed(add_seats=["1B:r1=-2"]), MoreSeats(code="1B", seats=-2)),
        (Typed(cancel=["2b"]), Cancel(code="2B")),
        (Typed(room=["1A=Sal = 2"]), ChangeRoom(code="1A", room=ODD)),
        (Typed(swap=["1A=1B"]), Swap(one="1A", other="1B")),
        (Typed(without_rule=["AT_MOST"]), WithoutRule(rule=Rule.AT_MOST)),
    ],
)
def test_what_is_meant(typed: Typed, meant: Variation) -> None:
    read = read_variations(typed, DAY)
    assert (read.faults, read.variations) == ((), (meant,))


def test_a_session_held_twice_is_told_by_its_round() -> None:
    day, _ = held_twice()
    read = read_variations(Typed(add_seats=["A:R2=3"], cancel=["B:R1"]), day)
    assert read.variations == (MoreSeats(code="A", round_id="R2", seats=3), Cancel(code="B", round_id="R1"))


@pytest.mark.parametrize(
    ("typed", "fault"),
    [
        (Typed(seats=["Lokalle 1A=7"]), 'there is no room "Lokalle 1A": did you mean "Lokale 1A"?'),
        (Typed(seats=["x=7"]), 'there is no room "x": there are Lokale 1A, Lokale 1B,'),
        (Typed(seats=["Lokale 1A"]), "write a room and its seats, such as Panorama=70"),
        (Typed(seats=["Lokale 1A=0"]), "0 is not a whole number from 1 to 10000000"),
        (Typed(seats=["Lokale 1A=٣"]), "٣ is not a whole number"),
        (Typed(seats=["Lokale 1A=1e3"]), "1e3 is not a whole number"),
        (Typed(seats=["Lokale 1A=7", "Lokale 1A=8"]), "the seats of Lokale 1A are given twice"),
        (Typed(add_seats=["1X=2"]), 'there is no session "1X": there are 1A, 1B, 2A, 2B'),
        (Typed(add_seats=["2A=-1"]), "2A has 1 seat, and at least 1 has to be left"),
        (Typed(add_seats=["1A:R2=1"]), "1A does not begin in R2, but in R1"),
        (Typed(add_seats=["1A:R7=1"]), 'there is no round "R7": there are R1, R2'),
        (Typed(cancel=["1A", "1a"]), "1A is cancelled"),
        (Typed(cancel=["1A", "1B"]), "R1 (Runde 1) would have no session left"),
        (Typed(cancel=["1A"], swap=["1A=1B"]), "1A is cancelled"),
        (Typed(room=["1A=Lokale 1B"]), "Lokale 1B is taken by 1B; --swap 1A=1B?"),
        (Typed(room=["1A=Loftet"]), "Loftet is not free in R1"),
        (Typed(room=["1A="]), "write a session and a room"),
        (Typed(swap=["1A=1A"]), "1A cannot swap rooms with itself"),
        (Typed(swap=["1A=2A"]), "1A and 2A are in no round together"),
        (Typed(without_rule=["at_mots"]), 'there is no rule "at_mots": did you mean "at_most"?'),
        (Typed(without_rule=["pins"]), "the program asks for nothing by pins; it asks for at_most"),
        (Typed(without_rule=["at_most", "at_most"]), "the program asks for nothing by at_most"),
    ],
)
def test_what_cannot_be(typed: Typed, fault: str) -> None:
    faults = read_variations(typed, DAY).faults
    assert len(faults) == 1
    assert faults[0].startswith("--")
    assert f": {fault}" in faults[0]


def test_a_room_in_which_no_seat_is_left_is_no_room() -> None:
    day = each_session(DAY, lambda session: replace(session, keep_free=2 if session.code == "1B" else 0))
    assert read_variations(Typed(seats=["Lokale 1B=2"]), day).faults == (
        "no seat in Lokale 1B would be left for the audience of 1B",
    )
    without = Typed(seats=["Lokale 1B=2"], without_rule=["keep_free"])
    assert read_variations(without, day).faults == ()


def test_an_open_or_unlimited_room_has_no_seats_to_add() -> None:
    waiting = each_session(DAY, lambda each: replace(each, rooms=(ODD,)))
    online = each_session(DAY, lambda each: replace(each, room=Room(name="Online", seats=UNLIMITED)))
    assert "1A has no room yet" in read_variations(Typed(add_seats=["1A=1"]), waiting).faults[0]
    assert "1A has seats for everybody" in read_variations(Typed(add_seats=["1A=1"]), online).faults[0]


def test_all_faults_are_told_at_once() -> None:
    typed = Typed(seats=["x=1", "Lokale 1A=y"], cancel=["z"], without_rule=["w"])
    assert len(read_variations(typed, DAY).faults) == 4


@given(
    texts=st.lists(st.text(max_size=30) | st.from_regex(r"(1A|2B|A:R2|Lokale 1A)=[-+]?[0-9]+"), max_size=4)
)
@examples(200)
def test_whatever_is_typed_is_read_or_a_fault(texts: list[str]) -> None:
    typed = Typed(seats=texts, add_seats=texts, cancel=texts, room=texts, swap=texts, without_rule=texts)
    read = read_variations(typed, DAY)
    assert len(read.faults) + len(read.variations) == 6 * len(texts)
    assert all(len(fault) < 400 for fault in read.faults)


def test_each_session_whose_room_is_open_has_one_left() -> None:
    one, other = Room(name="Et", seats=4), Room(name="To", seats=4)
    day = program({"1A": 2, "1B": 3, "1C": 2})
    day = each_session(day, lambda each: replace(each, rooms=() if each.code == "1A" else (one, other)))
    day = replace(day, rooms=(day.sessions["1A"].room, one, other))
    assert read_variations(Typed(room=["1B=Et"]), day).faults == ()
    elsewhere = each_session(day, lambda each: replace(each, room=NEVER) if each.code == "1A" else each)
    (fault,) = read_variations(Typed(room=["1A=Et"]), replace(elsewhere, rooms=(NEVER, one, other))).faults
    assert fault == "--room 1A=Et: no room would be left in R1 for 1C"
