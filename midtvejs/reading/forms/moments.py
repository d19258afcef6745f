"""When people answered, in the ways in which forms and spreadsheets write dates."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from dataclasses import dataclass

from midtvejs.reading.people import People
from midtvejs.reading.people_faults import Fault
from midtvejs.reading.source import quoted
from midtvejs.reading.timestamps import TIMESTAMP

WRITTEN = re.compile(
    r"(?P<first>\d{1,4})[/.-](?P<second>\d{1,2})[/.-](?P<third>\d{1,4})"
    r"(?:(?:\s+kl\.?)?[,T\s]+(?P<hour>\d{1,2})[:.](?P<minute>\d{2})(?:[:.](?P<second_of>\d{2})(?:[.,]\d+)?)?"
    r"(?:\s*(?P<half>[AaPp])\.?[Mm]\.?)?(?:\s*(?P<zone>Z|(?:GMT|UTC)?[+-]\d{1,2}(?::?\d{2})?|[A-Z]{2,5}))?)?"
)
OFFSET = re.compile(r"([+-])(\d{1,2}):?(\d{2})?$")
ZONES = {"Z": 0, "GMT": 0, "UTC": 0, "CET": 1, "CEST": 2, "EET": 2, "EEST": 3, "BST": 1, "WET": 0, "WEST": 1}
UNTIMED = 1980
"""The year that LimeSurvey writes where answers are not timed."""
EXAMPLES = "write, for example, 2018-01-05 14:30:00"


@dataclass(frozen=True, slots=True)
class _Written:
    first: int
    second: int
    third: int
    time: dt.time
    offset: dt.timedelta | None
    american: bool

    @property
    def year_first(self) -> bool:
        return self.first > 31


class FormMoments:
    """Moments in the local time of the event. An empty cell means that nobody knows.

    Whether the day or the month comes first is told by the whole column: by any number above 12, else by am
    and pm, else by dots and hyphens, which only those use who write the day first. Where it stays open, it
    is not known of anybody when they answered.
    """

    def __init__(self, people: People) -> None:
        self._people = people
        self._index = people.columns.get(TIMESTAMP)
        self._known: dict[str, dt.datetime | None] = {}
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
        written = _written(text)
        try:
            moment = self._moment(written) if written else None
        except (ValueError, OverflowError):
            moment = None
        if moment is None:
            place = self._people.table.cell(number, self._index)
            message = f"{quoted(text)} is no date and time"
            self._people.faults.add(Fault.NOT_A_MOMENT, place, message, EXAMPLES)
        return None if moment is None or moment.year == UNTIMED else moment

    def _moment(self, written: _Written) -> dt.datetime:
        if written.year_first:
            date = dt.date(written.first, written.second, written.third)
        else:
            day, month = written.first, written.second
            if not self._day_first:
                day, month = month, day
            year = written.third + (2000 if written.third < 100 else 0)
            date = dt.date(year, month, day)
        moment = dt.datetime.combine(date, written.time)
        if written.offset is None:
            return moment
        return self._local(moment.replace(tzinfo=dt.timezone(written.offset))).replace(tzinfo=None)

    @property
    def _local(self) -> Callable[[dt.datetime], dt.datetime]:
        from zoneinfo import ZoneInfo

        zone = ZoneInfo(self._people.program.event.timezone)
        return lambda moment: moment.astimezone(zone)

    def _told_by_all(self) -> bool | None:
        """Whether the day comes first; None where that cannot be told."""
        assert self._index is not None  # noqa: S101 - asked only where there is a column
        cells = {
            record[self._index].strip()
            for record in self._people.table.records[1:]
            if self._index < len(record)
        }
        found = [each for each in map(_written, cells) if each and not each.year_first]
        if not found:
            return True
        day_first = any(each.first > 12 for each in found)
        month_first = any(each.second > 12 for each in found)
        if day_first is not month_first:
            return day_first
        if not day_first:
            if any(each.american for each in found):
                return False
            if all("/" not in cell for cell in cells):
                return True
        place = self._people.table.cell(0, self._index)
        message = "which is the day and which is the month cannot be told: the column is not read"
        hint = "the last row of somebody who answered twice counts; write dates as 2018-01-05 14:30"
        self._people.faults.warn(Fault.UNCLEAR_DATES, place, message, hint)
        return None


def _written(text: str) -> _Written | None:
    found = WRITTEN.fullmatch(text)
    if not found:
        return None
    hour = int(found["hour"] or 0)
    if found["half"]:
        hour = hour % 12 + (12 if found["half"] in "Pp" else 0)
    try:
        time = dt.time(hour, int(found["minute"] or 0), int(found["second_of"] or 0))
    except ValueError:
        return None
    first, second, third = (int(found[group]) for group in ("first", "second", "third"))
    return _Written(first, second, third, time, _offset(found["zone"]), bool(found["half"]))


def _offset(zone: str | None) -> dt.timedelta | None:
    """Give how far a zone is from UTC; None where that is not known, and local time is meant."""
    if not zone:
        return None
    if found := OFFSET.search(zone):
        hours = dt.timedelta(hours=min(int(found[2]), 14), minutes=int(found[3] or 0))
        return -hours if found[1] == "-" else hours
    return dt.timedelta(hours=ZONES[zone]) if zone in ZONES else None
