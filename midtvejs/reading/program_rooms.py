"""Which rooms the sessions of a draft can be in, and how many participants they hold there."""

from __future__ import annotations

from midtvejs.reading.program_day import DayDraft, RoundDraft, SessionDraft


def free_rooms(day: DayDraft, round_: RoundDraft) -> list[str]:
    """Give the rooms that no session of a round is fixed in, as the program orders them."""
    taken = {session.room.value for session in round_.sessions if session.room}
    return [name for name in day.rooms or {} if name not in taken]


def rooms_of(day: DayDraft, session: SessionDraft) -> list[str]:
    """Give the rooms that a session may be held in, as far as they are known."""
    if session.open_room:
        return free_rooms(day, session.round)
    return [session.room.value] if session.room and session.room.value in (day.rooms or {}) else []


def seats_in(day: DayDraft, session: SessionDraft, name: str) -> int | None:
    """Count who can be in a session's audience in a room; None where something of that is not known.

    That is less than 1 where all seats are held back.
    """
    room = (day.rooms or {})[name].value
    kept = next((one for one in (session.draft, room, day.rules) if "keep_free" in one.node.entries), None)
    keep_free = kept.value("keep_free") if kept else 0
    presenters_sit = day.rules.value("presenters_take_seats")
    if room.value("seats") is None or keep_free is None or day.rules.faulty("presenters_take_seats"):
        return None
    seats: int = room.value("seats") - keep_free - (len(session.presenters) if presenters_sit else 0)
    return seats


def seats_of(day: DayDraft, session: SessionDraft) -> int | None:
    """Count who can be in a session's audience in the largest room it may have; None where not known."""
    seats = [seats_in(day, session, name) for name in rooms_of(day, session)]
    known = [each for each in seats if each is not None]
    return max(known) if known and len(known) == len(seats) else None


def most_seats(day: DayDraft, round_: RoundDraft) -> int | None:
    """Count a round's seats, open sessions in the largest rooms that are free; None where not known."""
    if not round_.sessions or len(round_.sessions) < len(round_.listed):
        return None
    seats = 0
    left = free_rooms(day, round_)
    for session in round_.sessions:
        rooms = left if session.open_room else rooms_of(day, session)
        held = {name: seats_in(day, session, name) for name in rooms}
        known = {name: count for name, count in held.items() if count is not None}
        if not known or len(known) < len(held):
            return None
        largest = max(known, key=known.__getitem__)
        seats += max(0, known[largest])
        if session.open_room:
            left.remove(largest)
    return seats
