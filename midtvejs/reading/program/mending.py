"""What was meant by a value that cannot be read as it stands: hints show it as it is to be written."""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Iterator

YES = frozenset({"yes", "y", "ja", "j", "jo", "on", "x", "1", "sand", "sandt", "sant"})
NO = frozenset({"no", "n", "nej", "nei", "nein", "off", "0", "falsk", "falskt", "usant"})
NUMBER = re.compile(r"(?<![\w.,-])(?:[0-9]{1,3}(?:[., ][0-9]{3})+|[0-9]{1,9})(?:[.,]0+)?(?![\w.,-])")
COMPACT = re.compile(r"([0-9]{4})([0-9]{2})([0-9]{2})")
HOUR = re.compile(
    r"(?:(?:kl|at)\.?\s*)?(?P<hour>[0-9]{1,2})(?:[:.,h]?(?P<minute>[0-9]{2}))?(?:[:.][0-9]{2})?"
    r"\s*(?:(?P<half>[ap])\.?m\.?|h|uhr)?",
    re.IGNORECASE,
)
BETWEEN_HOURS = re.compile(r"\s*(?:-|–|—|til|to|bis)\s*")
UNFIT = re.compile(r"[^A-Za-zÆØÅæøå0-9._-]+")
PLAIN = re.compile(r"[^\W\d_](?:[\w .@+/()&'-]*[\w.)])?")
"""What needs no quotes in YAML, wherever it stands."""
LONGEST = 60
"""Nobody writes a longer date or number."""


def dates_meant(text: str) -> list[dt.date]:
    """Return the dates that a text may mean: two where either of its numbers may be the month."""
    # It takes time to start, which nobody shall wait for whose dates are right.
    from midtvejs.reading.forms.dates import date_of, in_words, split_parts

    text = text.strip()[:LONGEST]
    day, _ = split_parts(text)
    if compact := COMPACT.fullmatch(day):
        day = "-".join(compact.groups())
    found: list[dt.date] = []
    for day_first in (True, False) if "/" in day else (True,):
        try:
            worded = in_words(text)
            date = worded[0] if worded else date_of(day, day_first=day_first)
        except ValueError:
            continue
        if date and date.year >= 1900:
            found.append(date)
    return list(dict.fromkeys(found))


def times_meant(text: str) -> list[dt.time]:
    """Return the time of day that a text may mean: two where it says from when to when."""
    times = [_time(part) for part in BETWEEN_HOURS.split(text.strip()[:LONGEST])]
    return [time for time in times if time] if all(times) and len(times) <= 2 else []


def _time(text: str) -> dt.time | None:
    found = HOUR.fullmatch(text)
    if not found:
        return None
    hour = int(found["hour"])
    if found["half"]:
        hour = hour % 12 + (12 if found["half"] in "Pp" else 0)
    try:
        return dt.time(hour, int(found["minute"] or 0))
    except ValueError:
        return None


def number_meant(text: str) -> int | None:
    """Return the one number that stands in a text, None where there is not exactly one."""
    found = NUMBER.findall(text[:LONGEST])
    if len(found) != 1:
        return None
    whole = re.sub(r"[.,]0{1,2}$", "", found[0])
    return int(re.sub(r"\D", "", whole))


def truth_meant(text: str) -> bool | None:
    said = text.strip().casefold()
    return True if said in YES else False if said in NO else None


def code_meant(text: str, longest: int = 20) -> str:
    """Return a text without what no code has; it may be empty."""
    return UNFIT.sub("-", text.strip())[:longest].strip("-._")


def items_meant(text: str) -> Iterator[str]:
    """Return the items of a list that was written as one text, as they stand in [ ]."""
    yield from (as_yaml(item.strip()) for item in text.split(",") if item.strip())


def as_yaml(text: str) -> str:
    """Write a text as a value, in quotes where it needs them."""
    return text if PLAIN.fullmatch(text) else json.dumps(text, ensure_ascii=False)
