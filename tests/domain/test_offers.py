"""Sessions that are still to be placed: what a placement makes of a program, and what it may not break."""

from __future__ import annotations

from dataclasses import replace

import pytest

from midtvejs.domain.offers import breaches, place
from midtvejs.domain.program import Offer, Presenter, Room
from tests.conferences import open_day, session

ALL = ("R1", "R2")
DAY = open_day(dict.fromkeys("ABC"), rounds=2, rooms=(20, 10))


def test_a_placed_program_is_one_like_any_other() -> None:
    placed = place(DAY, {"A": ("R1",), "B": ("R1",), "C": ("R2",)})
    assert not placed.offers
    assert [[each.code for each in round_.sessions] for round_ in placed.rounds] == [["A", "B"], ["C"]]
    first = placed.sittings["A"]
    assert (first.start, first.end) == (placed.rounds[0].start, placed.rounds[0].end)
    assert [room.name for room in first.rooms] == ["Lokale 1", "Lokale 2"]
    assert first.room.seats == 20


def test_all_sessions_can_be_ranked_before_they_are_placed() -> None:
    (block,) = DAY.blocks
    assert [each.code for each in DAY.sessions_in(block)] == ["A", "B", "C"]


def test_what_is_held_twice_has_two_sittings() -> None:
    twice = replace(DAY.offers[0], fewest=2, most=2)
    placed = place(replace(DAY, offers=(twice, *DAY.offers[1:])), {"A": ALL, "B": ("R1",), "C": ("R2",)})
    assert list(placed.sittings) == ["A@R1", "B", "A@R2", "C"]


def test_a_settled_room_is_taken_from_the_others() -> None:
    room = DAY.rooms[0]
    settled = replace(DAY.offers[0], rooms={"R1": room})
    placed = place(
        replace(DAY, offers=(settled, *DAY.offers[1:])), {"A": ("R1",), "B": ("R1",), "C": ("R2",)}
    )
    assert placed.sittings["A"].room == room
    assert not placed.sittings["A"].rooms
    assert [each.name for each in placed.sittings["B"].rooms] == ["Lokale 2"]


@pytest.mark.parametrize(
    ("placement", "breach"),
    [
        ({"A": ("R1", "R1"), "B": ("R2",), "C": ("R2",)}, "A is twice in a round"),
        ({"A": ALL, "B": ("R1",), "C": ("R2",)}, "A is held 2 times"),
        ({"A": ("R3",), "B": ("R1",), "C": ("R2",)}, "A is not to be in R3"),
        ({"A": ("R1",), "B": ("R1",)}, "C is held 0 times"),
        ({"A": ("R1",), "B": ("R1",), "C": ("R1",)}, "3 sessions share 2 free rooms in R1"),
        ({"A": ("R1",), "B": ("R1",), "C": ("R2",), "D": ("R2",)}, "there is no D to be placed"),
    ],
)
def test_a_placement_that_breaks_the_program_is_none(
    placement: dict[str, tuple[str, ...]], breach: str
) -> None:
    assert breach in set(breaches(DAY, placement))
    with pytest.raises(ValueError, match=breach):
        place(DAY, placement)


def test_nobody_presents_two_sessions_in_one_round() -> None:
    bo, by_name = Presenter(name="Bo", email="bo@eksempel.dk"), Presenter(name="bo")
    held = [replace(session(code, 1), presenters=(who,)) for code, who in (("A", bo), ("B", by_name))]
    program = replace(DAY, offers=tuple(Offer(session=each, rounds=ALL) for each in held))
    assert list(breaches(program, {"A": ("R1",), "B": ("R1",)})) == ["Bo presents A and B in R1"]
    assert not list(breaches(program, {"A": ("R1",), "B": ("R2",)}))


def test_two_settled_sessions_never_share_a_room() -> None:
    room = Room(name="Lokale 1", seats=20)
    offers = tuple(replace(offer, rooms={"R1": room, "R2": room}) for offer in DAY.offers[:2])
    program = replace(DAY, offers=offers)
    assert list(breaches(program, {"A": ("R1",), "B": ("R1",)})) == ["Lokale 1 is taken 2 times in R1"]
