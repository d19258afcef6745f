"""Dates and times of day, in the ways in which forms, spreadsheets and people write them."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass

from midtvejs.domain.words import LANGUAGES, words_for, words_in_each_language
from midtvejs.reading.forms.words import any_of

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
