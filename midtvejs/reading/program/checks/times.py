"""Everything has its time: inside what it is part of, and apart from what it would clash with."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import TypeVar

from midtvejs.domain.program import Kind
from midtvejs.domain.wording import first_few
from midtvejs.reading.codes import Fault
from midtvejs.reading.files.source import quote
from midtvejs.reading.program.draft import DayDraft, Interval, RoundDraft, SessionDraft, free_rooms, interval
from midtvejs.reading.program.fields import Draft

T = TypeVar("T")
D = TypeVar("D", RoundDraft, SessionDraft)
LATELY = 400
"""Days: so long ago was the event that a file is likely to be copied from, or the year that is mistyped."""
TALK_HINT = "see pecha_kucha: slides x seconds_per_slide, and discussion_minutes"


def report_backwards_times(day: DayDraft) -> None:
    if day.event:
        last, first = day.event.value("end_date"), day.event.value("date")
        if last and first and last < first:
            message = f"the event ends on {last}, but begins on {first}"
            hint = "write its last day, or leave out end_date where it is one day"
            day.source.report(Fault.BACKWARDS, day.event.span("end_date"), message, hint)
        _check_order(day, "the event", day.event, day.event.value("start"), day.event.value("end"))
    for round_ in day.rounds:
        _check_order(day, round_.name, round_.draft, round_.draft.value("start"), round_.draft.value("end"))
    for item in day.agenda:
        _check_order(day, item.value("title") or "this item", item, item.value("start"), item.value("end"))
    for session in day.sessions():
        both = "start" in session.draft.values and "end" in session.draft.values
        if both or (session.has_own_times and session.frame):
            _check_order(day, session.name, session.draft, session.start, session.end)


def _check_order(day: DayDraft, name: str, draft: Draft, start: dt.time | None, end: dt.time | None) -> None:
    if start and end and end <= start:
        where = draft.span("end" if "end" in draft.node.entries else "start")
        message = f"{name} ends at {end:%H:%M}, but begins at {start:%H:%M}"
        day.source.report(Fault.BACKWARDS, where, message)


def report_overlapping_rounds(day: DayDraft) -> None:
    by_date: dict[dt.date | None, list[RoundDraft]] = defaultdict(list)
    for each in day.rounds:
        if not each.draft.faulty("date"):
            by_date[each.date].append(each)
    for rounds in by_date.values():
        for round_, other in _clashes((each.interval, each) for each in rounds):
            later, earlier = _in_file_order(round_, other)
            line = day.source.line_of(earlier.draft.span("start"))
            met = f"{earlier.name} ({earlier.interval}, line {line})"
            message = f"{later.name} ({later.interval}) overlaps {met}"
            day.source.report(Fault.ROUNDS_OVERLAP, later.draft.span("start"), message)


def report_rounds_outside_day(day: DayDraft) -> None:
    if not (day.event and (open_ := interval(day.event.value("start"), day.event.value("end")))):
        return
    for round_ in day.rounds:
        if round_.interval and not open_.holds(round_.interval):
            key = "start" if round_.interval.start < open_.start else "end"
            message = f"{round_.name} ({round_.interval}) leaves the day ({open_})"
            day.source.report(Fault.OUTSIDE_DAY, round_.draft.span(key), message)


def report_past_day(day: DayDraft, today: dt.date) -> None:
    """Look for an event that is over by ``today``, but not for one that nobody plans any more."""
    last: dt.date | None = day.event.value("end_date") or day.event.value("date") if day.event else None
    if day.event and last and 0 < (today - last).days <= LATELY:
        key = "end_date" if "end_date" in day.event.values else "date"
        message = f"{key}: {last} has passed; today is {today}"
        hint = f"if this is for the next time, write its day: {key}: {_again(last, today)}"
        day.source.report(Fault.PAST_DAY, day.event.span(key), message, hint)


def _again(last: dt.date, today: dt.date) -> dt.date:
    """Return the next day of the same weekday, a year or so after a day."""
    weeks = 52
    while last + dt.timedelta(weeks=weeks) <= today:
        weeks += 52
    return last + dt.timedelta(weeks=weeks)


def report_outside_days(day: DayDraft) -> None:
    """Look for what is on another day than the event."""
    first: dt.date | None = day.event.value("date") if day.event else None
    if not (day.event and first) or day.event.faulty("end_date"):
        return
    last = day.event.value("end_date") or first
    named = [(round_.name, round_.draft) for round_ in day.rounds]
    for name, draft in (*named, *((item.value("title") or "this item", item) for item in day.agenda)):
        date = draft.value("date")
        if date and not first <= date <= max(first, last):
            held = f"on {first}" if last <= first else f"from {first} to {last}"
            hint = "the days of the event are its date and, where there are several, its end_date"
            message = f"{name} is on {date}, but the event is {held}"
            day.source.report(Fault.OUTSIDE_DAY, draft.span("date"), message, hint)


def report_agenda_outside_day(day: DayDraft) -> None:
    if not (day.event and (open_ := interval(day.event.value("start"), day.event.value("end")))):
        return
    for item in day.agenda:
        found = interval(item.value("start"), item.value("end"))
        if found and not open_.holds(found):
            key = "start" if found.start < open_.start else "end"
            message = f"{item.value('title') or 'this item'} ({found}) leaves the day ({open_})"
            hint = "change its times, or start and end of the event"
            day.source.report(Fault.OUTSIDE_DAY, item.span(key), message, hint)


def report_sessions_outside_round(day: DayDraft) -> None:
    for session in day.sessions():
        found, round_ = interval(session.start, session.end), session.frame
        if found and round_ and not round_.holds(found):
            key = "start" if found.start < round_.start else "end"
            message = f"{session.name} ({found}) leaves {session.round.name} ({round_})"
            day.source.report(Fault.OUTSIDE_ROUND, session.draft.span(key), message)


def report_rooms_twice(day: DayDraft) -> None:
    for round_ in day.rounds:
        by_room: dict[str, list[SessionDraft]] = defaultdict(list)
        for session in round_.sessions:
            if session.room:
                by_room[session.room.value].append(session)
        for room, sessions in by_room.items():
            timed = ((session.interval or _whole_round(session), session) for session in sessions)
            for session, other in _clashes(timed):
                later, earlier = _in_file_order(session, other)
                line = day.line_of(earlier.draft)
                message = f"{quote(room)} is taken by {earlier.name} (line {line}) at the same time"
                free = free_rooms(day, round_)
                are = f"{'is' if len(free) == 1 else 'are'} free in {round_.id}"
                instead = f"{first_few(free)} {are}; or " if free else ""
                hint = f"{instead}hold one of the two in another round"
                day.source.report(Fault.ROOM_TWICE, later.room_span, message, hint)


def _whole_round(session: SessionDraft) -> Interval | None:
    """Sessions without times of their own run side by side, whenever their round may be."""
    return None if session.has_own_times else Interval(dt.time.min, dt.time.max)


def report_talks_too_long(day: DayDraft) -> None:
    if day.pecha_kucha is None:
        return
    for round_ in day.rounds:
        if round_.kind is not Kind.PECHA_KUCHA:
            continue
        sessions = [session for session in round_.sessions if not session.later]
        own = [(s.name, s.draft, s.interval) for s in sessions if s.has_own_times]
        in_all = len(own) < len(sessions) or (day.offers and round_ in day.open_rounds)
        shared = [(round_.name, round_.draft, round_.interval)] if in_all else []
        for name, draft, time in shared + own:
            if time and day.pecha_kucha.seconds > time.seconds:
                minutes, seconds = divmod(day.pecha_kucha.seconds, 60)
                needed = f"talk and discussion take {minutes}:{seconds:02} minutes"
                message = f"{needed}, but {name} has {time.seconds // 60}"
                day.source.report(Fault.TALK_TOO_LONG, draft.span("end"), message, TALK_HINT)


def _clashes(timed: Iterable[tuple[Interval | None, T]]) -> Iterator[tuple[T, T]]:
    """Return each thing that begins before an earlier one has ended, and that one; None is no time at all."""
    latest: tuple[Interval, T] | None = None
    known = [(time, thing) for time, thing in timed if time]
    for time, thing in sorted(known, key=lambda one: one[0]):
        if latest and time.overlaps(latest[0]):
            yield thing, latest[1]
        if latest is None or time.end > latest[0].end:
            latest = (time, thing)


def _in_file_order(one: D, other: D) -> tuple[D, D]:
    """Return first what stands further down: it is the one that clashes with what was there before."""
    down = one.draft.heading.start > other.draft.heading.start
    return (one, other) if down else (other, one)


CHECKS = (
    report_backwards_times,
    report_overlapping_rounds,
    report_rounds_outside_day,
    report_outside_days,
    report_agenda_outside_day,
    report_sessions_outside_round,
    report_rooms_twice,
    report_talks_too_long,
)
