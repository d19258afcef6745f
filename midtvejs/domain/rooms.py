"""Which session is held in which room, where that was left open: it follows from who comes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from midtvejs.domain.matching import Matching
from midtvejs.domain.participants import Participant
from midtvejs.domain.program import Program, Room, Round, Session

Rosters = Mapping[str, Sequence[Participant]]
"""Everybody in a sitting, presenters too, by its key."""


def rooms_for(program: Program, rosters: Rosters) -> Mapping[str, Room] | None:
    """Return a room of its own to each open session that is held; None where that cannot be.

    Everybody fits, and has a way without steps who needs one. Among the ways to do that, larger audiences
    have the larger rooms. The order of people in a roster changes nothing. Cancelled sessions have no room.
    """
    chosen: dict[str, Room] = {}
    for round_ in program.rounds:
        of_round = rooms_in(round_, rosters)
        if of_round is None:
            return None
        chosen |= of_round
    return chosen


def rooms_in(round_: Round, rosters: Rosters) -> dict[str, Room] | None:
    """Return the rooms of one round's open sittings, by key, as ``rooms_for`` does."""
    held = [
        session
        for session in round_.sessions
        if session.rooms and (rosters[session.key] or not session.may_be_cancelled)
    ]
    audience = {session.key: audience_of(session, rosters[session.key]) for session in held}
    held.sort(key=lambda session: -audience[session.key])
    fitting = {session.key: _fitting(session, rosters[session.key]) for session in held}
    matching = Matching(fitting)
    if not matching.whole:
        return None
    for session in held:
        matching.settle(session.key)
    return matching.taken


def chosen_rooms(planned: Program, program: Program) -> dict[str, Room]:
    """Return the rooms, by sitting, that ``program`` has where it was ``planned`` to leave them open."""
    return {
        key: program.sittings[key].room
        for key, session in planned.sittings.items()
        if session.rooms and not program.sittings[key].rooms
    }


def audience_of(session: Session, roster: Iterable[Participant]) -> int:
    """Count those in a session who do not present it."""
    return sum(session.code not in person.presents for person in roster)


def _fitting(session: Session, roster: Sequence[Participant]) -> list[Room]:
    """Return the rooms in which a session could be held, the largest first."""
    audience, step_free = audience_of(session, roster), any(person.step_free for person in roster)
    rooms = (
        room
        for room in session.rooms
        if audience <= session.seats_in(room) and (room.step_free or not step_free)
    )
    return sorted(rooms, key=lambda room: -session.seats_in(room))
