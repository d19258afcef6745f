"""Which sessions are held, and in which rooms: what is wanted most has the largest, and is given up last."""

from __future__ import annotations

from dataclasses import replace

from midtvejs.domain.program import Program, Room
from midtvejs.solving.flows.sessions import Setting, settings_of
from tests.conferences import each_session, person, program
from tests.solving.cases import case_for

NOBODY: frozenset[int] = frozenset()


def with_rooms(*rooms: Room) -> Program:
    return each_session(
        program({"1A": 9, "1B": 9, "1C": 9}, presenters={"1C": "Dea"}),
        lambda each: replace(each, rooms=rooms, room=max(rooms, key=lambda room: room.seats)),
    )


def droppable(day: Program) -> Program:
    return each_session(day, lambda each: replace(each, least=1, may_be_cancelled=True))


def settings(day: Program, wanted: list[int], *, steady: frozenset[int] = NOBODY) -> list[Setting]:
    people = (person("Åse", ""), replace(person("Dea", "", presents="1C"), step_free=True))
    return [*settings_of(case_for((day, people)), 0, wanted, steady)]


HALL, ROOM, CABIN, ATTIC = (
    *(Room(name="Hall", seats=9), Room(name="Room", seats=5), Room(name="Cabin", seats=3, step_free=True)),
    Room(name="Attic", seats=1),
)


def test_what_is_wanted_most_has_the_largest_room_that_no_one_needs_more() -> None:
    (setting,) = settings(with_rooms(HALL, ROOM, CABIN, ATTIC), [2, 7, 4])
    # 1C has the only room that Dea, who presents it, gets to.
    assert setting.seats.tolist() == [5, 9, 3]
    assert setting.step_free.tolist() == [False, False, True]


def test_without_a_room_that_who_presents_gets_to_there_is_no_way_but_to_give_it_up() -> None:
    assert settings(with_rooms(HALL, ROOM, ATTIC), [2, 7, 4]) == []
    first, *_ = settings(droppable(with_rooms(HALL, ROOM, ATTIC)), [2, 7, 4])
    assert first.held.tolist() == [True, True, False]
    assert first.seats.tolist() == [5, 9, 0]


def test_what_is_wanted_least_is_given_up_first_unless_someone_has_to_be_there() -> None:
    day = droppable(with_rooms(HALL, ROOM, CABIN))
    found = [each.held.tolist() for each in settings(day, [2, 7, 4])]
    assert found == [[True] * 3, [False, True, True], [False, True, False], [False] * 3]
    found = [each.held.tolist() for each in settings(day, [2, 7, 4], steady=frozenset({0}))]
    assert found == [[True] * 3, [True, True, False], [True, False, False]]


def test_what_must_have_an_audience_has_the_room_for_it_however_few_want_it() -> None:
    (hall, room, attic), day = (HALL, ROOM, ATTIC), with_rooms(HALL, ROOM, ATTIC)
    day = each_session(day, lambda each: replace(each, least=5 if each.code == "1A" else 0))
    (setting,) = settings_of(case_for((day, (person("Åse", ""),))), 0, [0, 7, 4], NOBODY)
    assert setting.seats.tolist() == [room.seats, hall.seats, attic.seats]
