"""Read when people signed up: ``timestamp``, in the ways in which forms and spreadsheets write dates."""

from __future__ import annotations

import datetime as dt
from functools import cached_property

from midtvejs.domain.diagnostic import Place
from midtvejs.domain.roles import TIMESTAMP
from midtvejs.reading.answers.people import People
from midtvejs.reading.codes import Fault
from midtvejs.reading.files.source import quote
from midtvejs.reading.files.table import distinct
from midtvejs.reading.forms.dates import (
    Time,
    date_of,
    from_serial,
    in_words,
    numbers_of,
    split_parts,
    time_of,
)
from midtvejs.reading.forms.products import HANDED_IN, UNTIMED
from midtvejs.reading.forms.words import tidy

EXAMPLES = "write, for example, 2018-01-05 14:30:00"


class Moments:
    """Moments in the local time of the event. An empty cell means that nobody knows, a date its midnight.

    ISO 8601 is read as it is. Whether elsewhere the day or the month comes first is told by the whole
    column: by any number above 12, else by am and pm, else by dots and hyphens, which only those use who
    write the day first. Where it stays open, it is not known of anybody when they answered.

    What cannot be read is a warning, and a fault where the moments are ``needed``.
    """

    def __init__(self, people: People, *, needed: bool = False) -> None:
        self._people = people
        self._needed = needed
        self._unreadable: list[int] = []
        self._index = people.columns.get(TIMESTAMP.name)
        # Days and times come again in very many rows.
        self._dates: dict[str, dt.date | None] = {}
        self._times: dict[str, Time | None] = {"": Time(dt.time(), None, american=False)}
        self._handed_in = self._index is not None and tidy(people.table.records[0][self._index]) in HANDED_IN
        self._day_first = self._day_comes_first() if self._index is not None else None

    def of(self, number: int, cells: list[str]) -> dt.datetime | None:
        """Return when the person of a record answered; None where nobody knows."""
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
            self._unreadable.append(number)
        return None if moment is None or moment.year in UNTIMED else moment

    def is_finished(self, cells: list[str]) -> bool:
        """Whether an answer was handed in, as far as can be told."""
        return (
            not self._handed_in
            or self._index is None
            or "".join(cells[self._index : self._index + 1]).strip() != ""
        )

    def tell(self) -> None:
        """Report which moments could not be read."""
        if not self._unreadable or self._index is None:
            return
        if self._needed:
            for number in self._unreadable:
                self._people.faults.add(Fault.NOT_A_MOMENT, *self._unread(number, self._index), EXAMPLES)
            return
        place, message = self._unread(self._unreadable[0], self._index)
        if more := len(self._unreadable) - 1:
            message += f", as {more:,} more: {self._people.where(self._unreadable)}"
        hint = f"when they answered counts as unknown; {EXAMPLES}"
        self._people.faults.warn(Fault.NOT_A_MOMENT, place, message, hint)

    def _unread(self, number: int, index: int) -> tuple[Place, str]:
        text = quote(self._people.table.records[number][index].strip())
        return self._people.table.cell(number, index), f"{text} cannot be read as a date and time"

    def _moment(self, text: str) -> dt.datetime | None:
        moment: dt.datetime | None
        try:
            moment = dt.datetime.fromisoformat(text)
        except ValueError:
            moment = self._as_forms_write(text)
        return moment.astimezone(self._zone).replace(tzinfo=None) if moment and moment.tzinfo else moment

    def _as_forms_write(self, text: str) -> dt.datetime | None:
        day, hour = split_parts(text)
        if day not in self._dates:
            self._dates[day] = date_of(day, day_first=bool(self._day_first))
        date = self._dates[day]
        if date is None:
            found = in_words(text)
            if not found:
                return from_serial(text)
            date, hour = found
        time = self._time(hour)
        return dt.datetime.combine(date, time.of_day, time.zone) if time else None

    def _time(self, text: str) -> Time | None:
        if text not in self._times:
            self._times[text] = time_of(text)
        return self._times[text]

    @cached_property
    def _zone(self) -> dt.tzinfo:
        from zoneinfo import ZoneInfo

        return ZoneInfo(self._people.program.event.timezone)

    def _day_comes_first(self) -> bool | None:
        """Whether the day comes first; None where that cannot be told."""
        assert self._index is not None  # noqa: S101 - asked only where there is a column
        written = {split_parts(cell.strip()) for cell in distinct(self._people.table, [self._index])}
        days = {day for day, _ in written}
        found = [numbers for numbers in map(numbers_of, days) if numbers and numbers[0] <= 31]
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
        self._tell_of_unclear_dates(self._people.table.cell(0, self._index))
        return None

    def _tell_of_unclear_dates(self, place: Place) -> None:
        message = "it is unclear which is the day and which is the month: the column is not read"
        sign_up = self._people.program.event.sign_up
        if sign_up and sign_up.deadline:
            message += f", and who answered after the deadline, {sign_up.deadline}, is not known"
        hint = "write dates as 2018-01-05 14:30"
        if self._needed:
            self._people.faults.add(Fault.UNCLEAR_DATES, place, message, hint)
        else:
            hint = f"if a participant answered twice, the last row counts; {hint}"
            self._people.faults.warn(Fault.UNCLEAR_DATES, place, message, hint)
