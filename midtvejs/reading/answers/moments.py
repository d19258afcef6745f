"""Read when people signed up: ``timestamp``, in the ways in which forms and spreadsheets write dates."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from functools import cached_property

from midtvejs.domain.diagnostic import Place
from midtvejs.domain.roles import TIMESTAMP
from midtvejs.domain.words import LANGUAGES, words_for, words_in_each_language
from midtvejs.reading.answers.people import People
from midtvejs.reading.codes import Fault
from midtvejs.reading.files.source import quote
from midtvejs.reading.files.table import distinct
from midtvejs.reading.forms.products import HANDED_IN, UNTIMED
from midtvejs.reading.forms.words import any_of, tidy

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
        written = {
            split_parts(cell.strip()) for cell in distinct(self._people.table.records[1:], [self._index])
        }
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


DATE = re.compile(r"(\d{1,4})[/.-](\d{1,2})[/.-](\d{1,4})", re.ASCII)
TIME = re.compile(
    rf"(?:(?i:{any_of(words_in_each_language(lambda read: read.before_times))})\.?\s*)?"
    r"(?P<hour>\d{1,2})[:.](?P<minute>\d{2})(?:[:.](?P<second>\d{2})(?:[.,]\d+)?)?"
    r"(?:\s*(?P<half>[AaPp])\.?[Mm]\.?)?(?:\s*(?P<zone>Z|(?:GMT|UTC)?[+-]\d{1,2}(?::?\d{2})?|[A-Z]{2,5}))?",
    re.ASCII,
)
NAMED = re.compile(
    r"(?:[^\W\d_]{3,9}\.?,?\s+)?"
    rf"(?:(?:{any_of(words_in_each_language(lambda read: read.before_dates))})\s+)?"
    r"(?:(?P<day>\d{1,2})(?:\.|st|nd|rd|th)?\s?(?:of\s)?(?P<month>[^\W\d_]{3,9})\.?"
    r"|(?P<month_first>[^\W\d_]{3,9})\.?\s(?P<day_behind>\d{1,2})(?:st|nd|rd|th)?)"
    r",?\s(?P<year>\d{4})(?:$|,?\s+(?P<time>.+))",
    re.IGNORECASE,
)
"""A date in words, such as "tirsdag den 30. januar 2018 kl. 14.30" or "Jan 30, 2018 2:30 PM"."""
MONTH = {"sept": 9} | {
    word: number
    for language in LANGUAGES
    for number, month in enumerate(map(str.casefold, words_for(language).months), start=1)
    for word in (month, month[:3])
}
SERIAL = re.compile(r"[3-7]\d{4}(?:\.\d+)?", re.ASCII)
"""A day as Excel counts them, from 1982 to 2119, that lost its format."""
FIRST_DAY = dt.datetime(1899, 12, 30)
OFFSET = re.compile(r"([+-])(\d{1,2}):?(\d{2})?$")
ZONES = {"Z": 0, "GMT": 0, "UTC": 0, "CET": 1, "CEST": 2, "EET": 2, "EEST": 3, "BST": 1, "WET": 0, "WEST": 1}
DAY = 24 * 60 * 60
"""In seconds."""
LONGEST = 60
"""In characters, of a date in words."""

Numbers = tuple[int, int, int]


@dataclass(frozen=True, slots=True)
class Time:
    of_day: dt.time
    zone: dt.timezone | None
    american: bool


def split_parts(text: str) -> tuple[str, str]:
    """Part a moment into its date and its time, where the date is one of digits."""
    day, _, hour = text.partition("T" if "T" in text[:11] else " ")
    return day.rstrip(","), hour.strip()


def date_of(text: str, *, day_first: bool) -> dt.date | None:
    """Read a date of digits; one that begins with a year has its month next.

    Raises:
        ValueError: there is no such day.
    """
    numbers = numbers_of(text)
    if numbers is None:
        return None
    first, second, third = numbers
    if first > 31:
        return dt.date(first, second, third)
    day, month = (first, second) if day_first else (second, first)
    return dt.date(third + (2000 if third < 100 else 0), month, day)


def in_words(text: str) -> tuple[dt.date, str] | None:
    """Part a moment whose month is a word into its date and its time.

    Raises:
        ValueError: there is no such day.
    """
    found = NAMED.fullmatch(" ".join(text.split())) if len(text) <= LONGEST else None
    month = MONTH.get((found["month"] or found["month_first"]).casefold()) if found else None
    if not found or not month:
        return None
    return dt.date(int(found["year"]), month, int(found["day"] or found["day_behind"])), found["time"] or ""


def from_serial(text: str) -> dt.datetime | None:
    """Read a moment as Excel counts days, to the second; a cell that lost its format shows such a number."""
    if not SERIAL.fullmatch(text):
        return None
    return FIRST_DAY + dt.timedelta(seconds=round(float(text) * DAY))


def numbers_of(text: str) -> Numbers | None:
    found = DATE.fullmatch(text)
    return (int(found[1]), int(found[2]), int(found[3])) if found else None


def time_of(text: str) -> Time | None:
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
    return Time(of_day, _zone(found["zone"]), american=bool(found["half"]))


def _zone(name: str | None) -> dt.timezone | None:
    """Return a time zone; None where that is not known, and local time is meant."""
    if not name:
        return None
    if found := OFFSET.search(name):
        hours = dt.timedelta(hours=min(int(found[2]), 14), minutes=int(found[3] or 0))
        return dt.timezone(-hours if found[1] == "-" else hours)
    return dt.timezone(dt.timedelta(hours=ZONES[name])) if name in ZONES else None
