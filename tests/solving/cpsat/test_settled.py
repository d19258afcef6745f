"""Rooms that were open are settled as most of a relaxed day has them, one session in each."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import pytest

from midtvejs.domain.program import Room
from midtvejs.solving.cpsat.sessions import Spot
from midtvejs.solving.cpsat.settled import settled_by_parts
from midtvejs.solving.instance.case import Case
from tests import conferences
from tests.solving.cases import case_for

HALL, ATTIC, CELLAR = (
    Room(name=name, seats=seats) for name, seats in (("Sal", 9), ("Loft", 3), ("Kælder", 1))
)


def open_day(*rooms: Room, codes: str = "AB", cancelled: bool = False) -> Case:
    """One round whose sessions may be in any of the rooms."""
    day = conferences.program(dict.fromkeys(codes, 9))
    sessions = tuple(
        replace(session, room=rooms[0], rooms=rooms, may_be_cancelled=cancelled)
        for session in day.rounds[0].sessions
    )
    rounds = (replace(day.rounds[0], sessions=sessions),)
    return case_for((replace(day, rooms=rooms, rounds=rounds), (conferences.person("Åse", "A > B"),)))


def parts_of(**by_room: tuple[float, ...]) -> Mapping[Spot, Mapping[Room, float]]:
    """What part of each session is in the hall, the attic and the cellar."""
    return {
        (0, number): dict(zip((HALL, ATTIC, CELLAR), parts, strict=False))
        for number, parts in enumerate(by_room.values())
    }


def rooms_in(case: Case | None) -> dict[str, str]:
    assert case
    sessions = case.program.rounds[0].sessions
    assert not any(session.rooms for session in sessions if session.most != 0)
    return {session.code: session.room.name for session in sessions if session.most != 0}


def test_each_session_is_where_most_of_it_is() -> None:
    case = open_day(HALL, ATTIC)
    assert rooms_in(settled_by_parts(case, parts_of(A=(0.25, 0.75), B=(0.75, 0.25)))) == {
        "A": "Loft",
        "B": "Sal",
    }


def test_where_two_want_the_same_room_the_parts_together_count() -> None:
    case = open_day(HALL, ATTIC, CELLAR, codes="ABC")
    parts = parts_of(A=(0.6, 0.4, 0.0), B=(0.6, 0.0, 0.4), C=(0.0, 0.0, 1.0))
    assert rooms_in(settled_by_parts(case, parts)) == {"A": "Loft", "B": "Sal", "C": "Kælder"}


def test_what_has_no_room_left_is_not_put_into_that_of_a_session_whose_room_was_settled() -> None:
    case = open_day(HALL, ATTIC, codes="ABC", cancelled=True)
    first, *others = case.program.rounds[0].sessions
    fixed = replace(first, room=ATTIC, rooms=())
    round_ = replace(case.program.rounds[0], sessions=(fixed, *others))
    case = case_for((replace(case.program, rounds=(round_,)), case.participants))
    parts = {(0, 1): {HALL: 1.0, ATTIC: 0.0}, (0, 2): {HALL: 0.5, ATTIC: 0.5}}
    assert rooms_in(settled_by_parts(case, parts)) == {"A": "Loft", "B": "Sal"}


def test_without_a_room_what_may_be_cancelled_is_and_the_rest_leaves_no_day() -> None:
    parts = parts_of(A=(0.2,), B=(0.7,))
    settled = settled_by_parts(open_day(HALL, cancelled=True), parts)
    assert settled
    first, second = settled.program.rounds[0].sessions
    assert (second.room, second.rooms, second.may_be_cancelled) == (HALL, (), True)
    assert first.most == 0
    assert settled_by_parts(open_day(HALL), parts) is None


@pytest.mark.parametrize("held", [0.0, 0.2])
def test_what_is_hardly_held_may_still_be_in_a_room_that_is_left(held: float) -> None:
    settled = settled_by_parts(open_day(HALL, ATTIC, cancelled=True), parts_of(A=(1.0, 0.0), B=(held, 0.0)))
    assert rooms_in(settled) == {"A": "Sal", "B": "Loft"}
    assert settled
    assert all(session.may_be_cancelled for session in settled.program.rounds[0].sessions)
