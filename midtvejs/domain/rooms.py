"""Which session is held in which room, where that was left open: it follows from who comes."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Mapping, Sequence

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
    matching = _Matching(fitting)
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


class _Matching:
    """Matches sessions with rooms (augmenting paths; Kuhn 1955)."""

    def __init__(self, fitting: Mapping[str, Sequence[Room]]) -> None:
        self._fitting = fitting
        self._settled: set[str] = set()
        self._holders: dict[Room, str] = {}
        self.taken: dict[str, Room] = {}
        self.whole = all(self._place(code) for code in fitting)

    def settle(self, code: str) -> None:
        """Return a session for good the first of its rooms that leaves one to each of the others."""
        self._settled.add(code)
        next(room for room in self._fitting[code] if self._claim_room(room, code))

    def _claim_room(self, room: Room, code: str) -> bool:
        """Let a session have a room if the session that has it can move."""
        left, holder = self.taken[code], self._holders.get(room)
        if holder == code:
            return True
        if holder in self._settled:
            return False
        del self._holders[left]
        self._give(room, code)
        if holder is None or self._place(holder):
            return True
        self._give(room, holder)
        self._give(left, code)
        return False

    def _place(self, code: str) -> bool:
        """Find a room for a session; others that are not settled move if that is what it takes."""
        seekers, sought = deque([code]), dict[Room, str]()
        while seekers:
            seeker = seekers.popleft()
            for room in self._fitting[seeker]:
                if room in sought or self._holders.get(room) in self._settled:
                    continue
                sought[room] = seeker
                if room not in self._holders:
                    self._move(room, sought, code)
                    return True
                seekers.append(self._holders[room])
        return False

    def _move(self, room: Room, sought: Mapping[Room, str], code: str) -> None:
        """Return a free room to who sought it, the one they leave to who sought that, down to ``code``."""
        while (seeker := sought[room]) != code:
            left = self.taken[seeker]
            self._give(room, seeker)
            room = left
        self._give(room, code)

    def _give(self, room: Room, code: str) -> None:
        self._holders[room], self.taken[code] = code, room
