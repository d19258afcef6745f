"""The order of a day: what is on for everybody among the rounds, and what is a pause."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from midtvejs.domain.program import AgendaItem, Program
from midtvejs.output.timeline import Moment, date_and_time, dates, days_of, in_order
from tests.conferences import program

DAY = program({"1A": 1}, {"2A": 1})
"""Rounds from 10:00 to 10:30, and from 11:00 to 11:30."""
NEXT = dt.date(2018, 1, 31)


def told(day: Program) -> list[list[tuple[str, str]]]:
    """When what is on, day by day."""
    rounds = [Moment(day.date_of(each), each.start, each.end, each) for each in day.rounds]
    return [
        [(f"{each.start:%H:%M}-{each.end:%H:%M}", _what(each.what)) for each in of_day]
        for _, of_day in in_order(day, rounds)
    ]


def _what(what: object) -> str:
    return str(getattr(what, "title", getattr(what, "name", "pause")))


def item(title: str, start: dt.time, end: dt.time, date: dt.date | None = None) -> AgendaItem:
    return AgendaItem(title=title, start=start, end=end, date=date)


def test_between_two_things_is_a_pause() -> None:
    assert told(DAY) == [[("10:00-10:30", "Runde 1"), ("10:30-11:00", "pause"), ("11:00-11:30", "Runde 2")]]


def test_what_is_on_for_everybody_fills_a_pause_or_a_part_of_it() -> None:
    coffee = item("Kaffe", dt.time(10, 30), dt.time(10, 50))
    lunch = item("Frokost", dt.time(11, 30), dt.time(12))
    assert told(replace(DAY, agenda=(lunch, coffee))) == [
        [
            ("10:00-10:30", "Runde 1"),
            ("10:30-10:50", "Kaffe"),
            ("10:50-11:00", "pause"),
            ("11:00-11:30", "Runde 2"),
            ("11:30-12:00", "Frokost"),
        ]
    ]


def test_while_anything_is_on_there_is_no_pause() -> None:
    stand = item("Boder", dt.time(9), dt.time(14))
    assert told(replace(DAY, agenda=(stand,))) == [
        [("09:00-14:00", "Boder"), ("10:00-10:30", "Runde 1"), ("11:00-11:30", "Runde 2")]
    ]


def test_each_day_has_its_own_order() -> None:
    first, second = DAY.rounds
    breakfast = item("Morgenmad", dt.time(8), dt.time(9), NEXT)
    day = replace(DAY, rounds=(first, replace(second, date=NEXT)), agenda=(breakfast,))
    assert told(day) == [
        [("10:00-10:30", "Runde 1")],
        [("08:00-09:00", "Morgenmad"), ("09:00-11:00", "pause"), ("11:00-11:30", "Runde 2")],
    ]
    assert days_of(day) == (day.event.date, NEXT)


def test_dates_are_those_of_the_first_and_the_last_day() -> None:
    assert dates(DAY) == "tirsdag den 30. januar 2018"
    assert date_and_time(DAY) == "tirsdag den 30. januar 2018, 09:00–20:00"
    longer = replace(DAY, event=replace(DAY.event, end_date=NEXT, language="en"))
    assert dates(longer) == "Tuesday 30 January 2018 – Wednesday 31 January 2018"
    assert date_and_time(longer) == "Tuesday 30 January 2018, 09:00 – Wednesday 31 January 2018, 20:00"
