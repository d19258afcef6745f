"""The days of a program, and what is on in each of them, in its order."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Generic, TypeVar

from midtvejs.domain.program import AgendaItem, Program
from midtvejs.domain.words import words_for
from midtvejs.output.language import clock, span

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Moment(Generic[T]):
    """A stretch of a day, or, without an ``end``, a point in it. ``what`` is on then; None for a pause."""

    date: dt.date
    start: dt.time
    end: dt.time
    what: T | AgendaItem | None


def days_of(program: Program) -> tuple[dt.date, ...]:
    """Return every day of an event: those on which anything is on, its first, and its last."""
    event = program.event
    of_rounds = {program.date_of(round_) for round_ in program.rounds}
    of_agenda = {program.date_of(item) for item in program.agenda}
    return tuple(sorted(of_rounds | of_agenda | {event.date, event.end_date or event.date}))


def lasts_days(program: Program) -> bool:
    return len(days_of(program)) > 1


def date_and_time(program: Program) -> str:
    """Return ``fredag den 22. juni 2018, 09:30–14:00``; the first and the last day where there are more."""
    event, words, days = program.event, words_for(program.event.language), days_of(program)
    first, last = days[0], days[-1]
    if first == last:
        return f"{words.long_date(first)}, {span(event.start, event.end)}"
    return f"{words.long_date(first)}, {clock(event.start)} – {words.long_date(last)}, {clock(event.end)}"


def dates(program: Program) -> str:
    """Return ``fredag den 22. juni 2018``, or the first and the last day."""
    days, words = days_of(program), words_for(program.event.language)
    return " – ".join(words.long_date(day) for day in dict.fromkeys((days[0], days[-1])))


def in_order(program: Program, moments: Iterable[Moment[T]]) -> Iterator[tuple[dt.date, list[Moment[T]]]]:
    """Return each day with its moments, among them what is on for everybody, and the pauses between them."""
    agenda: list[Moment[T]] = [
        Moment(program.date_of(item), item.start, item.end, item) for item in program.agenda
    ]
    together = sorted((*moments, *agenda), key=lambda moment: (moment.date, moment.start))
    for day in days_of(program):
        of_day: list[Moment[T]] = []
        for moment in together:
            if moment.date != day:
                continue
            free_from = max((each.end for each in of_day), default=moment.start)
            if free_from < moment.start:
                of_day.append(Moment(day, free_from, moment.start, None))
            of_day.append(moment)
        yield day, of_day
