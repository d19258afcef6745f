"""A calendar as a file (RFC 5545): how its entries are written, revised, called off, and read again.

What is read may have been written into the folder by something other than an earlier export: nothing is taken
from it but what has the form that is written here.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache

from midtvejs._version import __version__
from midtvejs.output.screen import printable

LONGEST_LINE = 75
"""Octets of a line, without its end; what is longer goes on in the next line, after a space."""
FIRST_MOMENT = dt.datetime(2000, 1, 1)
MOST_REVISIONS = 2**31 - 1
"""The greatest number that a SEQUENCE may be."""

MADE_BY = "PRODID:-//midtvejs//"
EVENT, PERSON = "X-MIDTVEJS-EVENT", "X-MIDTVEJS-PERSON"
OF_A_REVISION = {"SEQUENCE", "DTSTAMP", "LAST-MODIFIED"}
PROPERTY = re.compile(r"([A-Z-]+)((?:;[^:\r\n]*)?):(.*)", re.DOTALL)
MOMENT = re.compile(r"[0-9]{8}T[0-9]{6}Z")
REVISION = re.compile(r"[0-9]{1,10}")
KNOWN_UID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
CALLED_OFF = ("STATUS:CANCELLED", "TRANSP:TRANSPARENT")


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A VEVENT: what it says, line by line, but for what tells which revision of it this is.

    ``name`` is what a file of its own is called after.
    """

    uid: str
    lines: tuple[str, ...]
    sequence: int = 0
    name: str = ""

    @property
    def is_called_off(self) -> bool:
        return CALLED_OFF[0] in self.lines

    def value(self, name: str) -> str:
        """Return what a line says, as it stands there; nothing where there is no such line."""
        return next((line.partition(":")[2] for line in self.lines if line.startswith(f"{name}:")), "")


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """A calendar that was written before: of which event and participant, and its entries by their UIDs.

    ``event`` and ``person`` are empty unless the event has an id.
    """

    event: str = ""
    person: str = ""
    entries: Mapping[str, Entry] = field(default_factory=dict)


def calendar_text(entries: Iterable[Entry], *, name: str, publishes: bool, about: Sequence[str] = ()) -> str:
    """Return a file. ``publishes``: every entry has an organiser, without whom there is no METHOD (RFC 5546).

    ``about`` are lines of our own on whose calendar it is.
    """
    head = (
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        f"{MADE_BY}midtvejs {__version__}//EN",
        "CALSCALE:GREGORIAN",
        *(["METHOD:PUBLISH"] if publishes else []),
        f"X-WR-CALNAME:{escape(name)}",
        *about,
    )
    return "".join([_folded(head), *map(_entry_text, entries), "END:VCALENDAR\r\n"])


def says(text: str) -> list[str]:
    """Return the lines of a calendar but for those that tell which revision it is, and what wrote it."""
    apart = {*OF_A_REVISION, "PRODID"}
    return [line for line in text.splitlines() if line.partition(":")[0] not in apart]


def _entry_text(entry: Entry) -> str:
    # Which revision it is decides when it was written: no clock does, and a later one is never earlier.
    moment = (FIRST_MOMENT + dt.timedelta(minutes=entry.sequence)).strftime("%Y%m%dT%H%M%SZ")
    stamps = f"SEQUENCE:{entry.sequence}\r\nDTSTAMP:{moment}\r\nLAST-MODIFIED:{moment}\r\n"
    return f"BEGIN:VEVENT\r\nUID:{entry.uid}\r\n{stamps}{_folded(entry.lines)}END:VEVENT\r\n"


def revise(entry: Entry, earlier: Entry | None, least: int = 0) -> Entry:
    """Return an entry as the revision that it is: later than ``earlier``, if that says anything else."""
    if earlier is None:
        return entry if entry.sequence == least else replace(entry, sequence=least)
    sequence = earlier.sequence + (earlier.lines != entry.lines)
    return replace(entry, sequence=min(MOST_REVISIONS, max(least, sequence)))


def call_off(entry: Entry, word: str, organiser: Sequence[str] = ()) -> Entry:
    """Return an entry that takes an earlier one out of calendars, its title after a ``word`` that says so."""
    summary = entry.value("SUMMARY")
    lines = (
        *(f"{name}:{entry.value(name)}" for name in ("DTSTART", "DTEND")),
        f"SUMMARY:{summary if entry.is_called_off else f'{escape(word)}: {summary}'}",
        *([f"LOCATION:{entry.value('LOCATION')}"] if entry.value("LOCATION") else []),
        *organiser,
        *CALLED_OFF,
    )
    return replace(entry, lines=lines)


def organiser_line(name: str, email: str) -> str:
    """Return ``ORGANIZER;CN="Line Mortensen":mailto:lm@example.dk``."""
    called = printable(name).replace('"', "'").strip()
    address = re.sub(r"[^!#-;=?-~]", lambda found: _percent(found[0]), email.strip())
    return f'ORGANIZER;CN="{called}":mailto:{address}'


def _percent(letter: str) -> str:
    return "".join(f"%{octet:02X}" for octet in letter.encode(errors="replace"))


def escape(text: str) -> str:
    """Write a text as RFC 5545 has it: in one line, and with backslashes before what would end it."""
    return re.sub(r"([\\;,])", r"\\\1", printable(text))


def fold_line(line: str) -> str:
    """Break a line after at most 75 octets, and within no letter."""
    pieces, piece, octets = list[str](), "", 0
    for letter in line:
        width = len(letter.encode())
        if octets + width > LONGEST_LINE:
            pieces.append(piece)
            piece, octets = " ", 1
        piece += letter
        octets += width
    return "\r\n".join([*pieces, piece]) + "\r\n"


@lru_cache(maxsize=2048)
def _folded(lines: tuple[str, ...]) -> str:
    """Return lines as they stand in a file; most entries are those of many people."""
    return "".join(map(fold_line, lines))


# Reading


def read_sent(text: str, name: str = "") -> Sent:
    """Return what an earlier export wrote; nothing where the file is none of ours.

    ``name`` is what the file is called, if it has one entry only.
    """
    lines = _unfolded(text)
    head = list(_until(lines, "BEGIN:VEVENT"))
    if not any(line.startswith(MADE_BY) for line in head):
        return Sent()
    values = dict(line.split(":", 1) for line in head if ":" in line)
    ours = {key: values[key] for key in (EVENT, PERSON) if KNOWN_UID.fullmatch(values.get(key, ""))}
    found: dict[str, Entry] = {}
    while entry := list(_until(lines, "END:VEVENT")):
        read = _entry(entry, name)
        if read and read.uid not in found:
            found[read.uid] = read
    return Sent(event=ours.get(EVENT, ""), person=ours.get(PERSON, ""), entries=found)


def _unfolded(text: str) -> Iterator[str]:
    return iter(re.sub(r"\r?\n[ \t]", "", text).replace("\r\n", "\n").split("\n"))


def _until(lines: Iterator[str], end: str) -> Iterator[str]:
    """Return the lines before ``end``, or the end of the file."""
    for line in lines:
        if line == end:
            return
        yield line


def _entry(lines: Iterable[str], name: str) -> Entry | None:
    """Return an entry that has the form of ours, without a line that could steer anything."""
    said = [found.groups() for line in lines if (found := PROPERTY.fullmatch(printable(line)))]
    values: dict[str, str] = {}
    for key, parameters, value in said:
        if not parameters:
            values.setdefault(key, value)
    if not KNOWN_UID.fullmatch(values.get("UID", "")):
        return None
    if not all(_is_moment(values.get(key, "")) for key in ("DTSTART", "DTEND")):
        return None
    revision = values.get("SEQUENCE", "0")
    return Entry(
        uid=values["UID"],
        lines=tuple(
            f"{key}{parameters}:{value}"
            for key, parameters, value in said
            if key not in {"UID", "BEGIN", "END", *OF_A_REVISION}
        ),
        sequence=int(revision) if REVISION.fullmatch(revision) else 0,
        name=name,
    )


def _is_moment(text: str) -> bool:
    try:
        dt.datetime.strptime(text, "%Y%m%dT%H%M%SZ")
    except ValueError:
        return False
    return bool(MOMENT.fullmatch(text))
