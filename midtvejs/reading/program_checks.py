"""What makes sense of a day: one rule, one small check. Each tells only what no other check tells."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from typing import TypeVar

from midtvejs.domain.diagnostic import Severity
from midtvejs.domain.participants import folded
from midtvejs.domain.program import Kind
from midtvejs.reading.program_day import DayDraft, Interval, RoundDraft, SessionDraft, interval
from midtvejs.reading.program_faults import Fault
from midtvejs.reading.source import quoted
from midtvejs.reading.values import Draft, Found

T = TypeVar("T")
D = TypeVar("D", RoundDraft, SessionDraft)
TALK_HINT = "see pecha_kucha: slides x seconds_per_slide, and discussion_minutes"
COLUMNS = ("name", "email", "organisation")
"""What heads the other columns of prefs.csv."""


def doubled_codes(day: DayDraft) -> None:
    first: dict[str, Found[str]] = {}
    for session in day.sessions():
        code = session.draft.values.get("code")
        if code and (other := first.setdefault(folded(code.value), code)) is not code:
            same = "" if other.value == code.value else f" as {other.value}, which differs only in case"
            line = day.source.line_of(other.span)
            message = f"the code {code.value} is used twice; first on line {line}{same}"
            day.source.report(Fault.DOUBLED_CODE, code.span, message)


def doubled_rooms(day: DayDraft) -> None:
    first: dict[str, Found[Draft]] = {}
    for name, room in (day.rooms or {}).items():
        if (other := first.setdefault(folded(name), room)) is not room:
            line = day.source.line_of(other.span)
            message = f"the room {quoted(name)} is named twice; first on line {line}"
            day.source.report(Fault.DOUBLED_ROOM, room.span, message, "give each room a name of its own")


def doubled_rounds(day: DayDraft) -> None:
    first: dict[str, Found[str]] = {}
    for round_ in day.rounds:
        found = round_.draft.values.get("id")
        if not found:
            continue
        if folded(found.value) in COLUMNS:
            message = f"the id {found.value} heads another column of the preferences"
            day.source.report(Fault.DOUBLED_ROUND, found.span, message, "name the round, for example, R1")
        elif (other := first.setdefault(folded(found.value), found)) is not found:
            line = day.source.line_of(other.span)
            message = f"the id {found.value} is used twice; first on line {line}"
            day.source.report(Fault.DOUBLED_ROUND, found.span, message)


def doubled_criteria(day: DayDraft) -> None:
    rules: Draft | None = day.draft.value("rules")
    seen = set()
    for found in (rules.value("fairness") if rules else None) or ():
        if found.value in seen:
            message = f"fairness: {found.value} stands here a second time"
            day.source.report(
                Fault.WRONG_VALUE, found.span, message, "each criterion counts once: leave it out"
            )
        seen.add(found.value)


def unknown_rooms(day: DayDraft) -> None:
    if day.rooms is None:
        return
    for session in day.sessions():
        room = session.draft.values.get("room")
        if room and room.value not in day.rooms:
            hint = day.source.did_you_mean(room.value, day.rooms) or "describe it under rooms, with its seats"
            day.source.report(Fault.UNKNOWN_ROOM, room.span, f"there is no room {quoted(room.value)}", hint)


def backwards(day: DayDraft) -> None:
    if day.event:
        _check_order(day, "the event", day.event, day.event.value("start"), day.event.value("end"))
    for round_ in day.rounds:
        _check_order(day, round_.name, round_.draft, round_.draft.value("start"), round_.draft.value("end"))
    for session in day.sessions():
        both = "start" in session.draft.values and "end" in session.draft.values
        if both or (session.has_own_times and session.round.interval):
            _check_order(day, session.name, session.draft, session.start, session.end)


def _check_order(day: DayDraft, name: str, draft: Draft, start: dt.time | None, end: dt.time | None) -> None:
    if start and end and end <= start:
        where = draft.span("end" if "end" in draft.node.entries else "start")
        message = f"{name} ends at {end:%H:%M}, but begins at {start:%H:%M}"
        day.source.report(Fault.BACKWARDS, where, message)


def overlapping_rounds(day: DayDraft) -> None:
    for round_, other in _clashes((round_.interval, round_) for round_ in day.rounds):
        later, earlier = _in_file_order(round_, other)
        line = day.source.line_of(earlier.draft.span("start"))
        message = f"{later.name} ({later.interval}) overlaps {earlier.name} ({earlier.interval}, line {line})"
        day.source.report(Fault.ROUNDS_OVERLAP, later.draft.span("start"), message)


def rounds_outside_day(day: DayDraft) -> None:
    if not (day.event and (open_ := interval(day.event.value("start"), day.event.value("end")))):
        return
    for round_ in day.rounds:
        if round_.interval and not open_.holds(round_.interval):
            key = "start" if round_.interval.start < open_.start else "end"
            message = f"{round_.name} ({round_.interval}) leaves the day ({open_})"
            day.source.report(Fault.OUTSIDE_DAY, round_.draft.span(key), message)


def sessions_outside_round(day: DayDraft) -> None:
    for session in day.sessions():
        found, round_ = interval(session.start, session.end), session.round.interval
        if found and round_ and not round_.holds(found):
            key = "start" if found.start < round_.start else "end"
            message = f"{session.name} ({found}) leaves {session.round.name} ({round_})"
            day.source.report(Fault.OUTSIDE_ROUND, session.draft.span(key), message)


def rooms_twice(day: DayDraft) -> None:
    for round_ in day.rounds:
        by_room: dict[str, list[SessionDraft]] = defaultdict(list)
        for session in round_.sessions:
            if room := session.draft.value("room"):
                by_room[room].append(session)
        for room, sessions in by_room.items():
            timed = ((session.interval or _whole_round(session), session) for session in sessions)
            for session, other in _clashes(timed):
                later, earlier = _in_file_order(session, other)
                line = day.line_of(earlier.draft)
                message = f"{quoted(room)} is taken by {earlier.name} (line {line}) at the same time"
                day.source.report(Fault.ROOM_TWICE, later.draft.span("room"), message)


def _whole_round(session: SessionDraft) -> Interval | None:
    """Sessions without times of their own run side by side, whenever their round may be."""
    return None if session.has_own_times else Interval(dt.time.min, dt.time.max)


def presenters_twice(day: DayDraft) -> None:
    """Look for somebody twice in one round: by email, and by name where one of the two has no email."""
    for round_ in day.rounds:
        seen: dict[tuple[str, str], SessionDraft] = {}
        for session in round_.sessions:
            for presenter in session.presenters:
                name, email = _identity(presenter.value)
                if not name and not email:
                    continue
                same = (("email", email), ("nameless", name)) if email else (("name", name),)
                other = next((seen[key] for key in same if key in seen), session)
                if other is not session:
                    who = quoted(presenter.value.value("name") or email)
                    line = day.line_of(other.draft)
                    message = f"{who} presents {other.name} (line {line}) in the same round"
                    day.source.report(Fault.PRESENTER_TWICE, presenter.value.span("name"), message)
                seen.setdefault(("email", email) if email else ("nameless", name), session)
                seen.setdefault(("name", name), session)


def _identity(presenter: Draft) -> tuple[str, str]:
    return folded(presenter.value("name") or ""), folded(presenter.value("email") or "")


def talks_too_long(day: DayDraft) -> None:
    if day.pecha_kucha is None:
        return
    for round_ in day.rounds:
        if round_.kind is not Kind.PECHA_KUCHA:
            continue
        own = [(s.name, s.draft, s.interval) for s in round_.sessions if s.has_own_times]
        shared = [(round_.name, round_.draft, round_.interval)] if len(own) < len(round_.sessions) else []
        for name, draft, time in shared + own:
            if time and day.pecha_kucha.seconds > time.seconds:
                minutes, seconds = divmod(day.pecha_kucha.seconds, 60)
                needed = f"talk and discussion take {minutes}:{seconds:02} minutes"
                message = f"{needed}, but {name} has {time.seconds // 60}"
                day.source.report(Fault.TALK_TOO_LONG, draft.span("end"), message, TALK_HINT)


def few_seats(day: DayDraft) -> None:
    expected = day.event.values.get("expected_participants") if day.event else None
    for round_ in day.rounds:
        seats = _seats(day, round_)
        if expected is None or seats is None:
            continue
        presenting = len({_identity(p.value) for session in round_.sessions for p in session.presenters})
        missing = expected.value - presenting - seats
        if missing > 0:
            present = f" ({presenting} of them presenting)" if presenting else ""
            expects = f"{expected.value} participants{present}"
            message = f"{round_.name} has {seats} seats for {expects}: {missing} too few"
            line = day.source.line_of(expected.span)
            hint = f"expected_participants is on line {line}: take larger rooms, or add a session"
            day.source.report(Fault.FEW_SEATS, round_.draft.span("id"), message, hint, Severity.WARNING)


def _seats(day: DayDraft, round_: RoundDraft) -> int | None:
    """Count a round's seats; None where a session, its room or the room's seats are not known."""
    if day.rooms is None or not round_.sessions or len(round_.sessions) < len(round_.listed):
        return None
    seats = 0
    for session in round_.sessions:
        room = day.rooms.get(session.draft.value("room"))
        if room is None or room.value.value("seats") is None:
            return None
        seats += room.value.value("seats")
    return seats


def late_deadline(day: DayDraft) -> None:
    sign_up: Draft | None = day.event.value("sign_up") if day.event else None
    if not (day.event and sign_up and sign_up.value("deadline") and day.event.value("date")):
        return
    if sign_up.value("deadline") > day.event.value("date"):
        message = (
            f"one can sign up until {sign_up.value('deadline')}, after the event on {day.event.value('date')}"
        )
        day.source.report(Fault.LATE_DEADLINE, sign_up.span("deadline"), message, severity=Severity.WARNING)


def _clashes(timed: Iterable[tuple[Interval | None, T]]) -> Iterator[tuple[T, T]]:
    """Give each thing that begins before an earlier one has ended, and that one; None is no time at all."""
    latest: tuple[Interval, T] | None = None
    known = [(time, thing) for time, thing in timed if time]
    for time, thing in sorted(known, key=lambda one: one[0]):
        if latest and time.overlaps(latest[0]):
            yield thing, latest[1]
        if latest is None or time.end > latest[0].end:
            latest = (time, thing)


def _in_file_order(one: D, other: D) -> tuple[D, D]:
    """Give first what stands further down: it is the one that clashes with what was there before."""
    down = one.draft.heading.start > other.draft.heading.start
    return (one, other) if down else (other, one)


CHECKS: tuple[Callable[[DayDraft], None], ...] = (
    doubled_codes,
    doubled_rooms,
    doubled_rounds,
    doubled_criteria,
    unknown_rooms,
    backwards,
    overlapping_rounds,
    rounds_outside_day,
    sessions_outside_round,
    rooms_twice,
    presenters_twice,
    talks_too_long,
    few_seats,
    late_deadline,
)
