"""Rooms, rounds, sessions."""

from __future__ import annotations

from dataclasses import replace

import pytest

from midtvejs.domain.fairness import Criterion
from midtvejs.domain.program import PechaKucha, Room
from tests import conferences


@pytest.mark.parametrize("seats", [0, -3])
def test_a_room_has_a_seat(seats: int) -> None:
    with pytest.raises(ValueError, match=f"Panorama: {seats} seats"):
        Room(name="Panorama", seats=seats)
    assert Room(name="Panorama", seats=1).seats == 1


def test_a_pecha_kucha_is_twenty_slides_of_twenty_seconds_and_a_discussion() -> None:
    assert PechaKucha().seconds == 400
    assert PechaKucha(discussion_minutes=20).seconds == 1600


def test_sessions_by_code_in_the_order_of_the_day() -> None:
    program = conferences.program({"1B": 2, "1A": 3}, {"2A": 4})
    assert (
        [session.code for session in program.sessions.values()]
        == list(program.sessions)
        == ["1B", "1A", "2A"]
    )
    assert {code: round_.id for code, round_ in program.round_of.items()} == {
        "1B": "R1",
        "1A": "R1",
        "2A": "R2",
    }
    assert [round_.seats for round_ in program.rounds] == [5, 4]


def test_rules_are_changed_in_a_copy() -> None:
    program = conferences.program({"1A": 1})
    changed = program.replace_rules(seed=7, fairness=(Criterion.FIRST,))
    assert (changed.rules.seed, changed.rules.fairness) == (7, (Criterion.FIRST,))
    assert (program.rules.seed, program.rules.fairness) == (
        0,
        (Criterion.WORST, Criterion.TOTAL, Criterion.EVEN),
    )
    assert changed.rounds == program.rounds


def test_a_round_has_the_seats_of_its_largest_open_rooms() -> None:
    rooms = tuple(Room(name=str(seats), seats=seats) for seats in (30, 20, 10))
    (round_,) = conferences.program({"1A": 5, "1B": 5, "1C": 7}).rounds
    first, second, third = round_.sessions
    waiting = (replace(first, room=rooms[0], rooms=rooms), replace(second, room=rooms[0], rooms=rooms))
    assert replace(round_, sessions=(*waiting, third)).seats == 30 + 20 + 7
    assert round_.seats == 5 + 5 + 7
