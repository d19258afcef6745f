"""Among ways to take rooms that are listed is one that is as good as any, whatever is told of rooms."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import product

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from midtvejs.domain.program import Room, Session
from midtvejs.solving.cpsat.choice_of_rooms import chooser_of
from midtvejs.solving.cpsat.chosen_rooms import Cut, RoomsChosen
from midtvejs.solving.instance.arrays import Ints
from midtvejs.solving.instance.case import Case
from midtvejs.solving.limits import DEFAULT
from midtvejs.solving.stop import Stop
from tests import conferences
from tests.conferences import person
from tests.examples import examples
from tests.solving.cases import case_for


def day(sessions: Sequence[tuple[Sequence[Room], bool]], people: int) -> Case:
    """One round of sessions that may be in some rooms, or have one of their own; some may be cancelled."""
    codes = "ABCD"[: len(sessions)]
    program = conferences.program(dict.fromkeys(codes, 9))
    told = tuple(
        replace(
            session,
            room=rooms[0],
            rooms=tuple(rooms) if len(rooms) > 1 else (),
            least=2 if dropped else 0,
            may_be_cancelled=dropped,
        )
        for session, (rooms, dropped) in zip(program.rounds[0].sessions, sessions, strict=True)
    )
    known = tuple(dict.fromkeys(room for rooms, _ in sessions for room in rooms))
    program = replace(program, rooms=known, rounds=(replace(program.rounds[0], sessions=told),))
    wish = " > ".join(codes)
    return case_for((program, tuple(person(f"Nr. {number}", wish) for number in range(people))))


def every_way(sessions: Sequence[Session], people: int) -> Iterator[tuple[Ints, Ints, Ints]]:
    """Yield the seats of each session, whether it is held, and reached without steps, of all ways."""
    options = [
        [*(session.rooms or (session.room,)), *([None] if session.may_be_cancelled else [])]
        for session in sessions
    ]
    for rooms in product(*options):
        each = [*zip(rooms, sessions, strict=True)]
        taken = [room for room, session in each if room and session.rooms]
        seats = np.array([min(people, session.seats_in(room)) if room else 0 for room, session in each])
        if len({*taken}) == len(taken) and seats.sum() >= people:
            held = np.array([int(room is not None) for room in rooms])
            yield seats, held, np.array([int(room is not None and room.step_free) for room in rooms])


@st.composite
def drawn(draw: st.DrawFn) -> tuple[Case, int, list[Cut]]:
    rooms = [
        Room(name=f"Lokale {number}", seats=draw(st.integers(1, 4)), step_free=draw(st.booleans()))
        for number in range(draw(st.integers(2, 5)))
    ]
    sessions = [
        (draw(st.lists(st.sampled_from(rooms), min_size=1, unique=True)), draw(st.booleans()))
        for _ in range(draw(st.integers(2, 4)))
    ]
    people = draw(st.integers(1, 6))
    few = st.lists(st.integers(0, 9), min_size=len(sessions), max_size=len(sessions))
    cuts = [
        Cut(
            all=draw(st.integers(0, 60)),
            seats=np.array(draw(few)),
            held=np.array(draw(few)) - 3,
            free=np.array(draw(few)),
        )
        for _ in range(draw(st.integers(0, 3)))
    ]
    return day(sessions, people), people, cuts


def chosen(case: Case, cuts: Sequence[Cut], wanted: Ints, times: int) -> RoomsChosen | None:
    chooser = chooser_of(case, wanted=wanted, reach=())
    for cut in cuts:
        chooser.add(cut)
    return chooser.times(times).choose(seed=0, stop=Stop())


@given(told=drawn(), times=st.integers(0, 3))
@examples(150)
def test_what_is_chosen_is_as_good_as_any(told: tuple[Case, int, list[Cut]], times: int) -> None:
    case, people, cuts = told
    sessions = case.program.rounds[0].sessions
    wanted = np.zeros(len(sessions), dtype=np.int64)
    wanted[0] = people
    known = [
        max(0, times * max((int(cut.tells(*way)) for cut in cuts), default=0))
        for way in every_way(sessions, people)
    ]
    for listed in (DEFAULT.listed_rooms, 0):
        limited = replace(case, limits=replace(case.limits, listed_rooms=listed))
        found = chosen(limited, cuts, wanted, times)
        assert (found.least if found else None) == min(known, default=None)
        if found:
            taken = [room for key, room in found.rooms.items() if key in found.keys]
            assert len({*taken}) == len(taken)
            for number, session in enumerate(sessions):
                room = found.rooms.get(session.key, session.room)
                assert found.held[number] == (session.key in found.keys)
                assert found.seats[number] == found.held[number] * min(people, session.seats_in(room))


def test_rounds_of_nine_sessions_are_listed_in_the_nine_rooms_that_are_the_largest() -> None:
    """Ten rooms could be taken in ten times as many ways as nine; the smallest is never better."""
    rooms = [Room(name=f"Lokale {number}", seats=10 + number) for number in range(10)]
    codes = "ABCDEFGHI"
    program = conferences.program(dict.fromkeys(codes, 9))
    sessions = tuple(
        replace(session, room=rooms[0], rooms=tuple(rooms)) for session in program.rounds[0].sessions
    )
    program = replace(program, rooms=tuple(rooms), rounds=(replace(program.rounds[0], sessions=sessions),))
    people = tuple(person(f"Nr. {number}", " > ".join(codes)) for number in range(20))
    wanted = np.array([20, 0, 0, 0, 0, 0, 0, 0, 0])
    chooser = chooser_of(case_for((program, people)), wanted=wanted, reach=())
    found = chooser.choose(seed=0, stop=Stop())
    assert found
    # Nothing is told so far, so the room goes to where most want to be.
    assert found.rooms[sessions[0].key] == rooms[-1]
    assert rooms[0] not in found.rooms.values()
