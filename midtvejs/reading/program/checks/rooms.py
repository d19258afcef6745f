"""Every session has a room, with seats for as many as it has to have."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from midtvejs.domain.diagnostic import Severity
from midtvejs.domain.wording import quantity
from midtvejs.reading.codes import Fault
from midtvejs.reading.files.source import Span, quote
from midtvejs.reading.program.draft import DayDraft, SessionDraft, free_rooms, rooms_of, seats_of

MOST_NAMED = 5


def report_no_room_left(day: DayDraft) -> None:
    """Look for more open sessions than rooms that are free in their round."""
    if day.rooms is None:
        return
    for round_ in day.rounds:
        open_ = [session for session in round_.sessions if session.open_room]
        free = free_rooms(day, round_)
        # Where a key is not understood, the room may be what it was to name.
        known = all(
            session.draft.values.keys() == session.draft.node.entries.keys() and not session.lasts
            for session in open_
        )
        for session in open_[len(free) :] if known else ():
            rooms, sessions = quantity(len(free), "room"), quantity(len(open_), "session")
            message = f"{session.name}: no room is left for it"
            free_for = f"{round_.name} has {rooms} free for {sessions} without one"
            hint = f"{free_for}: describe more rooms, or name one of them: room: ..."
            day.source.report(Fault.NO_ROOM, session.room_span, message, hint)


def report_no_seat_left(day: DayDraft) -> None:
    for session, seats in with_seats(day):
        if seats is None or seats > 0:
            continue
        own = "keep_free" in session.draft.values
        span = session.draft.span("keep_free") if own else session.room_span
        rooms = rooms_of(day, session)
        where = quote(rooms[0]) if len(rooms) == 1 else "any room that is free"
        message = f"{session.name}: no seat in {where} is left for its audience"
        hint = "keep fewer seats free (keep_free), or take a larger room"
        if session.presenters and day.rules.value("presenters_take_seats"):
            hint += "; its presenters take seats, too"
        day.source.report(Fault.NO_SEAT_LEFT, span, message, hint)


def report_least_too_high(day: DayDraft) -> None:
    """Look for sessions that are too small for the least audience asked of them; one rule is told once.

    Where they may be cancelled, they are, which may be what is meant.
    """
    asked: dict[Span, int] = {}
    small: dict[Span, list[tuple[SessionDraft, int]]] = defaultdict(list)
    for session, seats in with_seats(day):
        least = day.setting_of(session, "min_participants")
        if least and seats is not None and 0 < seats < least.value:
            asked[least.span] = least.value
            small[least.span].append((session, seats))
    for span, sessions in small.items():
        small_ones = list(
            dict.fromkeys(f"{session.name} has {quantity(seats, 'seat')}" for session, seats in sessions)
        )
        more = ", ..." if len(small_ones) > MOST_NAMED else ""
        message = f"min_participants is {asked[span]}, but {', '.join(small_ones[:MOST_NAMED])}{more}"
        hint = "ask for fewer participants, take larger rooms, or keep fewer seats free"
        dropped = (day.setting_of(session, "may_be_cancelled") for session, _ in sessions)
        severity = Severity.WARNING if all(may and may.value for may in dropped) else Severity.ERROR
        day.source.report(Fault.LEAST_TOO_HIGH, span, message, hint, severity)


def with_seats(day: DayDraft) -> Iterator[tuple[SessionDraft, int | None]]:
    """Return each sitting with its seats; of a session that is still to be placed the one with the most."""
    yield from ((session, seats_of(day, session)) for session in day.sessions())
    for offer in day.offers:
        seats = [seats_of(day, sitting) for sitting in offer.sittings]
        known = [each for each in seats if each is not None]
        if known and len(known) == len(seats):
            yield offer.sittings[seats.index(max(known))], max(known)


def report_never_cancelled(day: DayDraft) -> None:
    """Look for word that sessions may be cancelled where none of them needs a least audience."""
    needing: dict[Span, bool] = {}
    for session in (*day.sessions(), *day.sittings_to_be()):
        may, least = day.setting_of(session, "may_be_cancelled"), day.setting_of(session, "min_participants")
        if may and may.value:
            faulty = session.draft.faulty("min_participants") or day.rules.faulty("min_participants")
            needing[may.span] = needing.get(may.span, False) or faulty or bool(least and least.value)
    for span, needed in needing.items():
        if not needed:
            message = "may_be_cancelled: a session without min_participants never is"
            hint = "say when it is cancelled: min_participants: 8"
            day.source.report(Fault.NEVER_CANCELLED, span, message, hint)


CHECKS = (report_no_room_left, report_no_seat_left, report_least_too_high, report_never_cancelled)
