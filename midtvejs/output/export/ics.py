"""Calendars (RFC 5545): everybody's own day, and the whole program.

Times are in UTC. Every calendar shows them in its own time zone, and no definition of one can be wrong.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from zoneinfo import ZoneInfo

from midtvejs._version import __version__
from midtvejs.domain.participants import Participant
from midtvejs.domain.program import Event, Session
from midtvejs.domain.words import words_for
from midtvejs.output.export.identity import file_names, identity
from midtvejs.output.export.wanted import Making, Wanted
from midtvejs.output.roster import Rosters
from midtvejs.output.screen import printable

LONGEST_LINE = 75
"""Octets of a line, without its end; what is longer goes on in the next line, after a space."""
FOLDER = "calendars"


def files(rosters: Rosters, wanted: Wanted) -> Making:
    """Return program.ics, and unless it is to be ``public`` a calendar for each participant."""
    whole = {"program.ics": partial(program_ics, rosters)}
    return whole if wanted.public else {**whole, **dict(_personal(rosters))}


def program_ics(rosters: Rosters) -> str:
    event = rosters.assignment.program.event
    return _calendar(
        event,
        (
            _event(str(identity(event, "session", session.code)), _details(rosters, session))
            for _, session in rosters.sessions
            if not rosters.is_cancelled(session)
        ),
    )


def calendar_names(rosters: Rosters) -> dict[str, str]:
    """Return by the key of everybody who attends anything where their calendar is."""
    names = file_names(rosters.assignment.participants)
    days = rosters.assignment.days
    return {key: f"{FOLDER}/{name}.ics" for key, name in names.items() if any(days[key])}


def _personal(rosters: Rosters) -> Iterator[tuple[str, Callable[[], str]]]:
    event, names = rosters.assignment.program.event, calendar_names(rosters)
    details = {session.code: _details(rosters, session) for _, session in rosters.sessions}
    you_present = words_for(event.language).exports.you_present
    presented = {
        session.code: _details(rosters, session, you_present)
        for _, session in rosters.sessions
        if session.presenters
    }

    def own(person: Participant) -> str:
        events = (
            # Of a round, not of a session: who is moved to another one has it in the place of the first.
            _event(
                str(identity(event, "participant", person.key, round_.id)),
                presented[session.code] if session.code in person.presents else details[session.code],
            )
            for round_, session in rosters.day(person)
            if session
        )
        return _calendar(event, events)

    for person in rosters.people:
        if person.key in names:
            yield names[person.key], partial(own, person)


def _calendar(event: Event, events: Iterable[str]) -> str:
    head = (
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        f"PRODID:-//midtvejs//midtvejs {__version__}//EN",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
        f"X-WR-CALNAME:{escape(event.name)}",
    )
    return "".join([*map(fold_line, head), *events, "END:VCALENDAR\r\n"])


def _event(uid: str, details: str) -> str:
    return f"BEGIN:VEVENT\r\nUID:{uid}\r\n{details}END:VEVENT\r\n"


def _details(rosters: Rosters, session: Session, note: str = "") -> str:
    """Return the lines that are the same for everybody who comes as what they are."""
    event = rosters.assignment.program.event
    presented = rosters.words.presented_by(session) if session.presenters else ""
    about = (note, ", ".join(session.by), session.school, presented, *session.description.splitlines())
    description = "\\n".join(map(escape, filter(None, about)))
    lines = [
        f"DTSTAMP:{in_utc(event, dt.time())}",
        f"DTSTART:{in_utc(event, session.start)}",
        f"DTEND:{in_utc(event, session.end)}",
        f"SUMMARY:{escape(f'{session.code} {session.title}')}",
        f"LOCATION:{escape(_place(event, session))}",
        *([f"DESCRIPTION:{description}"] if description else []),
    ]
    return "".join(map(fold_line, lines))


def _place(event: Event, session: Session) -> str:
    venue = (event.venue.name, event.venue.address) if event.venue else ()
    return ", ".join(filter(None, (session.room.name, *venue)))


def in_utc(event: Event, time: dt.time) -> str:
    """Return a time of the day as ``20180130T093000Z``."""
    moment = dt.datetime.combine(event.date, time, ZoneInfo(event.timezone)).astimezone(dt.UTC)
    return re.sub("[-:]", "", moment.replace(tzinfo=None).isoformat(timespec="seconds")) + "Z"


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
