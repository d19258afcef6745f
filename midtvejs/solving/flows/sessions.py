"""Which sessions of a round are held, and in which rooms, before anybody is seated: what is wanted most.

Those that are wanted most have the largest rooms. What may be cancelled is held if it can be; if not, those
that are wanted least are given up, one after the other.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from midtvejs.domain.program import Room, Session
from midtvejs.solving.instance.arrays import Flags, Ints
from midtvejs.solving.instance.case import NO_SESSIONS, PRESENTS, STANDING, Case


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """Which sessions of a round are ``held``, the ``seats`` of each, and which are reached without steps."""

    held: Flags
    seats: Ints
    step_free: Flags


def settings_of(case: Case, number: int, wanted: Sequence[int], steady: frozenset[int]) -> Iterator[Setting]:
    """Return ways to hold a round's sessions, the one to be tried first first.

    ``wanted[session]`` is how many would like to be in it. Those that are ``steady`` have to be held.
    """
    sessions = case.program.rounds[number].sessions
    least_wanted_first = sorted(range(len(sessions)), key=lambda session: (wanted[session], -session))
    needs, presented = needing_no_steps(case, number)
    barred = [session for session in presented if not sessions[session].may_be_step_free]
    droppable = [
        session
        for session in sorted(least_wanted_first, key=lambda session: session not in barred)
        if sessions[session].may_be_cancelled and session not in steady and number not in case.block_of
    ]
    # What has to have an audience needs the space for it.
    expected = [max(count, session.least) for count, session in zip(wanted, sessions, strict=True)]
    largest_first = sorted(range(len(sessions)), key=lambda each: (-expected[each], -wanted[each], each))
    for given_up in range(len(droppable) + 1):
        held = [session not in droppable[:given_up] for session in range(len(sessions))]
        rooms = _rooms(sessions, [each for each in largest_first if held[each]], needs)
        if rooms is None or any(held[session] for session in barred):
            continue
        seats = [session.seats_in(room) for session, room in zip(sessions, rooms, strict=True)]
        yield Setting(
            held=np.array(held, dtype=np.bool_),
            seats=np.array(seats, dtype=np.int64) * held,
            step_free=np.array([room.step_free for room in rooms], dtype=np.bool_),
        )


def needing_no_steps(case: Case, number: int) -> tuple[frozenset[int], frozenset[int]]:
    """Return the sessions for which somebody needs a step-free room, and those that one of them presents.

    That is who can be in no other session, or presents it.
    """
    only, presented = set[int](), set[int]()
    for person, participant in enumerate(case.participants):
        if participant.step_free and participant.attends(case.program.rounds[number]):
            ranking = case.ranking(person, number)
            is_open = frozenset() if ranking == PRESENTS else case.rounds[number].open[ranking]
            only |= is_open if len(is_open) == 1 else NO_SESSIONS
            own = case.own(person, number)
            presented |= set() if own == STANDING else {own}
    return frozenset(only | presented), frozenset(presented)


def _rooms(
    sessions: Sequence[Session], largest_first: Sequence[int], needs: frozenset[int]
) -> list[Room] | None:
    """Return the room of each session, the largest for the first; None where there are too few.

    Those that are not held keep what stands in the program.
    """
    rooms = [session.room for session in sessions]
    waiting = [number for number in largest_first if sessions[number].rooms]
    if not waiting:
        return rooms
    free = sorted(sessions[waiting[0]].rooms, key=lambda room: -sessions[waiting[0]].seats_in(room))
    due = sum(number in needs for number in waiting)
    for number in waiting:
        kept = sum(room.step_free for room in free) <= due
        if number in needs:
            fitting = [room for room in free if room.step_free]
            due -= 1
        else:
            fitting = [room for room in free if not (kept and room.step_free)]
        if not fitting:
            return None
        rooms[number] = fitting[0]
        free.remove(fitting[0])
    return rooms
