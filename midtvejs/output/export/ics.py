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
from midtvejs.domain.program import Event, Round, Session
from midtvejs.domain.words import words_for
from midtvejs.output.export.identity import file_names, identity
from midtvejs.output.export.timetable import Common, ends_on, in_order, own_stops
from midtvejs.output.export.wanted import Making, Wanted
from midtvejs.output.rooms import capitalise
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
    return _calendar(rosters.assignment.program.event, _whole(rosters))


def _whole(rosters: Rosters) -> Iterator[str]:
    program = rosters.assignment.program
    for each in in_order(program):
        if isinstance(each, Common):
            yield _event(str(identity(program.event, *each.name)), _common(rosters, each))
            continue
        for session in each.sessions:
            if not each.has_begun(session) and not rosters.is_cancelled(session):
                uid = identity(program.event, "session", program.key_as_planned(session))
                yield _event(str(uid), _details(rosters, each, session))
        for session in each.cancelled:
            if not each.has_begun(session):
                uid = identity(program.event, "session", program.key_as_planned(session))
                yield _event(str(uid), fold_line("STATUS:CANCELLED") + _details(rosters, each, session))


def calendar_names(rosters: Rosters) -> dict[str, str]:
    """Return by the key of everybody who attends anything where their calendar is."""
    names = file_names(rosters.assignment.participants)
    days = rosters.assignment.days
    return {key: f"{FOLDER}/{name}.ics" for key, name in names.items() if any(days[key])}


def _personal(rosters: Rosters) -> Iterator[tuple[str, Callable[[], str]]]:
    program, names = rosters.assignment.program, calendar_names(rosters)
    event, order = program.event, in_order(program)
    details = {session.key: _details(rosters, round_, session) for round_, session in rosters.sessions}
    you_present = words_for(event.language).exports.you_present
    presented = {
        session.key: _details(rosters, round_, session, you_present)
        for round_, session in rosters.sessions
        if session.presenters
    }
    common = {each.name: _common(rosters, each) for each in order if isinstance(each, Common)}

    def entries(person: Participant) -> Iterator[str]:
        def uid(*of: str) -> str:
            return str(identity(event, "participant", person.key, *of))

        for each in own_stops(rosters, person, order):
            if isinstance(each, Common):
                yield _event(uid(*each.name), common[each.name])
                continue
            round_, session = each
            if session:
                # Of a round, not of a session: who is moved to another one has it in the place of the first.
                own = presented if session.code in person.presents else details
                yield _event(uid(round_.id), own[session.key])

    def own(person: Participant) -> str:
        return _calendar(event, entries(person))

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


def _details(rosters: Rosters, round_: Round, session: Session, note: str = "") -> str:
    """Return the lines that are the same for everybody who comes as what they are."""
    program = rosters.assignment.program
    presented = rosters.words.presented_by(session) if session.presenters else ""
    cancelled = rosters.is_cancelled(session)
    said = f"{capitalise(rosters.words.cancelled)}: " if cancelled else ""
    about = (note, ", ".join(session.by), session.school, presented, *session.description.splitlines())
    return _lines(
        program.event,
        start=dt.datetime.combine(program.date_of(round_), session.start),
        end=dt.datetime.combine(ends_on(program, round_, session), session.end),
        summary=f"{said}{session.code} {session.title}",
        room="" if cancelled else session.room.name,
        description="\\n".join(map(escape, filter(None, about))),
    )


def _common(rosters: Rosters, common: Common) -> str:
    """Return the lines of what is on for everybody."""
    item = common.item
    return _lines(
        rosters.assignment.program.event,
        start=dt.datetime.combine(common.date, item.start),
        end=dt.datetime.combine(common.date, item.end),
        summary=item.title,
        room=item.room,
    )


def _lines(
    event: Event, *, start: dt.datetime, end: dt.datetime, summary: str, room: str, description: str = ""
) -> str:
    place = _place(event, room)
    lines = [
        f"DTSTAMP:{in_utc(event, dt.datetime.combine(event.date, dt.time()))}",
        f"DTSTART:{in_utc(event, start)}",
        f"DTEND:{in_utc(event, end)}",
        f"SUMMARY:{escape(summary)}",
        *([f"LOCATION:{escape(place)}"] if place else []),
        *([f"DESCRIPTION:{description}"] if description else []),
    ]
    return "".join(map(fold_line, lines))


def _place(event: Event, room: str) -> str:
    venue = (event.venue.name, event.venue.address) if event.venue else ()
    return ", ".join(filter(None, (room, *venue)))


def in_utc(event: Event, local: dt.datetime) -> str:
    """Return a local moment as ``20180130T093000Z``."""
    moment = local.replace(tzinfo=ZoneInfo(event.timezone)).astimezone(dt.UTC)
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
