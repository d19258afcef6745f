"""A case in which rooms that were open are settled: with them, a solver has little left to choose from.

Rooms are those into which choices fit, or those of which a relaxation takes the greatest part.

Legend: the relaxation has 1A with three quarters in the hall and a quarter in the attic, and 1B the other way
round. 1A is in the hall then, and 1B in the attic.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

import numpy as np

from midtvejs.domain.program import Room, Round, Session
from midtvejs.solving.cpsat.sessions import Spot
from midtvejs.solving.instance.case import Case, Choice, case_of
from midtvejs.solving.prices.lists import NEVER
from midtvejs.solving.prices.start import flow_of

FINEST = 10**6
"""So many parts of a room are told apart."""

Parts = Mapping[Spot, Mapping[Room, float]]
"""Of each session whose room is open, what part of it is in each of its rooms."""


def settled_as_in(case: Case, choices: Sequence[Choice]) -> Case:
    """Return the case in rooms into which these choices fit, with the sessions held that they need.

    On larger days no others are: once nothing but seats is open, far more is known of them.
    """
    seated = case.assignment(choices, case.participants).with_rooms()
    held = frozenset(seated.program.sittings) - seated.cancelled
    if case.size >= case.limits.relaxed:
        rooms = {
            key: seated.program.sittings[key].room
            for key, session in case.program.sittings.items()
            if session.rooms and key in held
        }
        return settled_in(case, rooms, held)
    rounds = tuple(_settled(_held_for_certain(each, held), held) for each in seated.program.rounds)
    return case_of(replace(seated.program, rounds=rounds), case.participants, case.limits)


def settled_in(case: Case, rooms: Mapping[str, Room], held: Collection[str]) -> Case:
    """Return the case in some rooms, by the keys of sessions; what is not ``held`` is cancelled."""
    rounds = tuple(
        replace(round_, sessions=tuple(_decided(session, held) for session in round_.sessions))
        for round_ in case.program.with_rooms(rooms).rounds
    )
    return case_of(replace(case.program, rounds=rounds), case.participants, case.limits)


def _decided(session: Session, held: Collection[str]) -> Session:
    if session.key in held:
        return replace(session, may_be_cancelled=False)
    # Without seats it has no audience, and so is not held.
    return replace(session, rooms=(), most=0)


def settled_by_parts(case: Case, parts: Parts) -> Case | None:
    """Return the case in the rooms that the greatest parts are in; None where there are too few rooms.

    What may be cancelled still may be; what least of is held is, where there is no room left for it.
    """
    chosen: dict[str, Room] = {}
    for number, round_ in enumerate(case.program.rounds):
        waiting = [index for index, session in enumerate(round_.sessions) if session.rooms]
        taken = {session.room for session in round_.sessions if not session.rooms}
        in_rooms = [
            {room: part for room, part in parts[number, index].items() if room not in taken}
            for index in waiting
        ]
        try:
            chosen |= _rooms_of([round_.sessions[index] for index in waiting], in_rooms)
        except ValueError:
            return None
    program = case.program.with_rooms(chosen)
    have_one = frozenset(key for key, session in program.sittings.items() if not session.rooms)
    rounds = tuple(_settled(each, have_one) for each in program.rounds)
    return case_of(replace(program, rounds=rounds), case.participants, case.limits)


def _rooms_of(sessions: Sequence[Session], parts: Sequence[Mapping[Room, float]]) -> dict[str, Room]:
    """Return the rooms of a round's sessions, by their keys, so that they have the most of their parts.

    Raises:
        ValueError: there are too few rooms for those that have to be held.
    """
    if not sessions:
        return {}
    rooms = list(dict.fromkeys(room for in_rooms in parts for room in in_rooms))
    # The last one is no room at all; none is dearer.
    costs = np.full((len(sessions), len(rooms) + 1), NEVER, dtype=np.int64)
    for row, (session, in_rooms) in enumerate(zip(sessions, parts, strict=True)):
        for room, part in in_rooms.items():
            costs[row, rooms.index(room)] = FINEST - round(FINEST * part)
        if session.may_be_cancelled:
            costs[row, -1] = FINEST + round(FINEST * sum(in_rooms.values()))
    seats = np.array([*[1] * len(rooms), len(sessions)], dtype=np.int64)
    taken = flow_of(costs, np.ones(len(sessions), dtype=np.int64), seats)
    return {
        session.key: rooms[room]
        for session, room in zip(sessions, taken.argmax(axis=1).tolist(), strict=True)
        if room < len(rooms)
    }


def _held_for_certain(round_: Round, held: Collection[str]) -> Round:
    sessions = (
        replace(session, may_be_cancelled=False) if session.key in held else session
        for session in round_.sessions
    )
    return replace(round_, sessions=tuple(sessions))


def _settled(round_: Round, first: Collection[str]) -> Round:
    """Return a round in which other sessions take only rooms that the ``first``, by their keys, leave."""
    taken = {session.room for session in round_.sessions if session.key in first}

    def settled(session: Session) -> Session:
        if session.key in first or not session.rooms:
            return session
        left = tuple(room for room in session.rooms if room not in taken)
        # Without a room it has no audience, and so is not held.
        return replace(session, rooms=left) if left else replace(session, most=0)

    return replace(round_, sessions=tuple(map(settled, round_.sessions)))
