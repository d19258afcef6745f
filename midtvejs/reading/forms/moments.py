"""When people answered, in the ways in which forms and spreadsheets write dates."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from functools import cached_property

from midtvejs.reading.people import People
from midtvejs.reading.people_faults import Fault
from midtvejs.reading.source import quoted
from midtvejs.reading.table import distinct
from midtvejs.reading.timestamps import TIMESTAMP

DATE = re.compile(r"(\d{1,4})[/.-](\d{1,2})[/.-](\d{1,4})", re.ASCII)
TIME = re.compile(
    r"(?:kl\.?\s*)?(?P<hour>\d{1,2})[:.](?P<minute>\d{2})(?:[:.](?P<second>\d{2})(?:[.,]\d+)?)?"
    r"(?:\s*(?P<half>[AaPp])\.?[Mm]\.?)?(?:\s*(?P<zone>Z|(?:GMT|UTC)?[+-]\d{1,2}(?::?\d{2})?|[A-Z]{2,5}))?",
    re.ASCII,
)
OFFSET = re.compile(r"([+-])(\d{1,2}):?(\d{2})?$")
ZONES = {"Z": 0, "GMT": 0, "UTC": 0, "CET": 1, "CEST": 2, "EET": 2, "EEST": 3, "BST": 1, "WET": 0, "WEST": 1}
UNTIMED = 1980
"""The year that LimeSurvey writes where answers are not timed."""
EXAMPLES = "write, for example, 2018-01-05 14:30:00"


Numbers = tuple[int, int, int]


@dataclass(frozen=True, slots=True)
class _Time:
    of_day: dt.time
    zone: dt.timezone | None
    american: bool


class FormMoments:
    """Moments in the local time of the event. An empty cell means that nobody knows.

    Whether the day or the month comes first is told by the whole column: by any number above 12, else by am
    and pm, else by dots and hyphens, which only those use who write the day first. Where it stays open, it
    is not known of anybody when they answered.
    """

    def __init__(self, people: People) -> None:
        self._people = people
        self._index = people.columns.get(TIMESTAMP)
        # Days and times come again in very many rows.
        self._dates: dict[str, dt.date | None] = {}
        self._times: dict[str, _Time | None] = {"": _Time(dt.time(), None, american=False)}
        self._day_first = self._told_by_all() if self._index is not None else None

    @property
    def told(self) -> bool:
        return self._day_first is not None

    def of(self, number: int, cells: list[str]) -> dt.datetime | None:
        """Give when the person of a record answered; None where nobody knows."""
        if self._index is None or self._day_first is None or self._index >= len(cells):
            return None
        text = cells[self._index].strip()
        if not text:
            return None
        try:
            moment = self._moment(text)
        except (ValueError, OverflowError):
            moment = None
        if moment is None:
            place = self._people.table.cell(number, self._index)
            message = f"{quoted(text)} is no date and time"
            self._people.faults.add(Fault.NOT_A_MOMENT, place, message, EXAMPLES)
        return None if moment is None or moment.year == UNTIMED else moment

    def _moment(self, text: str) -> dt.datetime | None:
        day, hour = _parted(text)
        if day not in self._dates:
            self._dates[day] = self._date(day)
        date, time = self._dates[day], self._time(hour)
        if date is None or time is None:
            return None
        moment = dt.datetime.combine(date, time.of_day, time.zone)
        return moment.astimezone(self._zone).replace(tzinfo=None) if time.zone else moment

    def _date(self, text: str) -> dt.date | None:
        numbers = _numbers(text)
        if numbers is None:
            return None
        first, second, third = numbers
        if first > 31:
            return dt.date(first, second, third)
        day, month = (first, second) if self._day_first else (second, first)
        return dt.date(third + (2000 if third < 100 else 0), month, day)

    def _time(self, text: str) -> _Time | None:
        if text not in self._times:
            self._times[text] = _time(text)
        return self._times[text]

    @cached_property
    def _zone(self) -> dt.tzinfo:
        from zoneinfo import ZoneInfo

        return ZoneInfo(self._people.program.event.timezone)

    def _told_by_all(self) -> bool | None:
        """Whether the day comes first; None where that cannot be told."""
        assert self._index is not None  # noqa: S101 - asked only where there is a column
        written = {_parted(cell.strip()) for cell in distinct(self._people.table.records[1:], [self._index])}
        days = {day for day, _ in written}
        found = [numbers for numbers in map(_numbers, days) if numbers and numbers[0] <= 31]
        if not found:
            return True
        day_first = any(first > 12 for first, _, _ in found)
        month_first = any(second > 12 for _, second, _ in found)
        if day_first is not month_first:
            return day_first
        if not day_first:
            times = map(self._time, {hour for _, hour in written})
            if any(each.american for each in times if each):
                return False
            if all("/" not in day for day in days):
                return True
        place = self._people.table.cell(0, self._index)
        message = "which is the day and which is the month cannot be told: the column is not read"
        hint = "the last row of somebody who answered twice counts; write dates as 2018-01-05 14:30"
        self._people.faults.warn(Fault.UNCLEAR_DATES, place, message, hint)
        return None


def _parted(text: str) -> tuple[str, str]:
    """Part a moment into its date and its time."""
    day, _, hour = text.partition("T" if "T" in text[:11] else " ")
    return day.rstrip(","), hour.strip()


def _numbers(text: str) -> Numbers | None:
    found = DATE.fullmatch(text)
    return (int(found[1]), int(found[2]), int(found[3])) if found else None


def _time(text: str) -> _Time | None:
    found = TIME.fullmatch(text)
    if not found:
        return None
    hour = int(found["hour"])
    if found["half"]:
        hour = hour % 12 + (12 if found["half"] in "Pp" else 0)
    try:
        of_day = dt.time(hour, int(found["minute"]), int(found["second"] or 0))
    except ValueError:
        return None
    return _Time(of_day, _zone(found["zone"]), american=bool(found["half"]))


def _zone(name: str | None) -> dt.timezone | None:
    """Give a time zone; None where that is not known, and local time is meant."""
    if not name:
        return None
    if found := OFFSET.search(name):
        hours = dt.timedelta(hours=min(int(found[2]), 14), minutes=int(found[3] or 0))
        return dt.timezone(-hours if found[1] == "-" else hours)
    return dt.timezone(dt.timedelta(hours=ZONES[name])) if name in ZONES else None
