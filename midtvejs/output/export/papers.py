"""The papers, set by typst: rosters to tick off, signs for the door, everybody's day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterator, Sequence
from functools import partial

from midtvejs.domain.assignment import Assignment
from midtvejs.domain.participants import Participant, fold
from midtvejs.domain.program import Event, Program, Room, Round, Session
from midtvejs.domain.roles import beside
from midtvejs.domain.words import words_for
from midtvejs.output.export.timetable import Common, date_of, in_order, own_stops
from midtvejs.output.export.typesetting import Data, demand_typst, typeset
from midtvejs.output.export.wanted import Making, Wanted
from midtvejs.output.language import span
from midtvejs.output.rooms import capitalise, sessions_in
from midtvejs.output.roster import Rosters
from midtvejs.output.timeline import date_and_time, dates, lasts_days


def about_event(program: Program, kind: str) -> dict[str, Data]:
    """Return what stands on every paper; ``kind`` says which papers they are."""
    event, when = program.event, dates(program)
    return {
        "language": event.language,
        "title": f"{kind}: {event.name}, {when}",
        "event": f"{event.name} · {when}",
    }


def heading_of(program: Program, date: dt.date) -> str:
    """Return the heading of a day, where there are several: ``Onsdag den 10. marts 2027``."""
    return capitalise(words_for(program.event.language).long_date(date)) if lasts_days(program) else ""


def about_session(rosters: Rosters, round_: Round, session: Session) -> dict[str, Data]:
    if session.presenters:
        behind = capitalise(rosters.words.presented_by(session))
    else:
        behind = ", ".join(filter(None, (*session.by, session.school)))
    return {
        "round": rosters.rounds_of(round_, session),
        "time": span(session.start, session.end),
        "room": "" if session.rooms else session.room.name,
        "code": session.code,
        "title": session.title,
        "presenters": behind,
    }


def about_common(common: Common) -> dict[str, Data]:
    """Return the same of what is on for everybody."""
    item = common.item
    return {
        "round": "",
        "time": span(item.start, item.end),
        "room": item.room,
        "code": "",
        "title": item.title,
        "presenters": "",
    }


def days_pdf(
    assignment: Assignment, *, stack_cut: bool = False, only: Collection[str] | None = None
) -> bytes:
    """Return a day for everybody who attends one, in the order of letters, four to a page.

    It is for some participants ``only``, by their keys, where that is asked for.

    They go along the rows of each page; with ``stack_cut`` they go down through the stack of pages, so that
    the four piles it is cut into, laid on each other, are in order.

    Raises:
        NoTypst: typst is not installed.
    """
    rosters = Rosters(assignment=assignment, room=None, round_id=None)
    program = assignment.program
    event, order = program.event, in_order(program)
    pieces = _pieces(rosters, order)
    places = {name: place for place, name in enumerate(pieces)}
    attending = (
        person
        for person in rosters.people
        if any(assignment.days[person.key]) and (only is None or person.key in only)
    )
    own = words_for(event.language).papers
    data: dict[str, Data] = {
        **about_event(program, own.days),
        # Several days are headings on the card.
        "head": event.name if lasts_days(program) else f"{event.name} · {date_and_time(program)}",
        "own": own.own,
        "facts": [list(fact) for fact in _facts(rosters, event)],
        "notes": event.notes,
        "sessions": list(pieces.values()),
        "people": [_card(rosters, person, order, places) for person in attending],
        "stack-cut": stack_cut,
    }
    return typeset("days", data)


_Name = tuple[str, ...]


def _pieces(rosters: Rosters, order: Sequence[Round | Common]) -> dict[tuple[_Name, bool], Data]:
    """Return what stands on cards by its name and whether a day begins with it, which a heading then says."""
    program = rosters.assignment.program
    pieces: dict[tuple[_Name, bool], Data] = {}
    for each in order:
        day = heading_of(program, date_of(program, each))
        if isinstance(each, Common):
            held = {each.name: about_common(each)}
        else:
            sittings = (session for session in each.sessions if not each.has_begun(session))
            held = {(session.key,): about_session(rosters, each, session) for session in sittings}
        for name, about in held.items():
            pieces[name, False] = {**about, "day": ""}
            if day:
                pieces[name, True] = {**about, "day": day}
    return pieces


def _card(
    rosters: Rosters,
    person: Participant,
    order: Sequence[Round | Common],
    places: dict[tuple[_Name, bool], int],
) -> dict[str, Data]:
    told_apart = person.email if rosters.names[person.key] != person.name else ""
    return {
        "name": person.name,
        "about": ", ".join(filter(None, (beside(person), told_apart))),
        "stops": list(_on_card(rosters, person, order, places)),
    }


def _on_card(
    rosters: Rosters,
    person: Participant,
    order: Sequence[Round | Common],
    places: dict[tuple[_Name, bool], int],
) -> Iterator[int]:
    """Return the numbers of a participant's pieces, with another one for those who present there."""
    program = rosters.assignment.program
    several, last = lasts_days(program), None
    for each in own_stops(rosters, person, order):
        if isinstance(each, Common):
            day, name, presents = each.date, each.name, False
        else:
            round_, session = each
            if session is None:
                continue
            day, name = program.date_of(round_), (session.key,)
            presents = session.code in person.presents
        yield 2 * places[name, several and day != last] + presents
        last = day


def _facts(rosters: Rosters, event: Event) -> Iterator[tuple[str, str]]:
    """Return what one needs to know to get there, or to ask, each with its label."""
    if venue := event.venue:
        yield rosters.words.venue, ", ".join(filter(None, (venue.name, venue.address)))
    if contact := event.contact:
        about = (contact.name, contact.role, contact.organisation, contact.phone, contact.email)
        yield rosters.words.contact, ", ".join(filter(None, about))


_Entry = tuple[str, str, bool]
"""A line of a roster: a name, what is said of it, whether they present."""


def rosters_pdf(assignment: Assignment, *, only: Collection[str] | None = None) -> bytes:
    """Return the rosters of all sessions that are held, in the order of the day, each on a page of its own.

    Or of some sittings ``only``, by their keys.

    Raises:
        NoTypst: typst is not installed.
    """
    rosters = Rosters(assignment=assignment, room=None, round_id=None)
    program = assignment.program
    entries: dict[_Entry, int] = {}
    sessions = [
        _session(rosters, round_, session, entries)
        for round_, session in rosters.sessions
        if not rosters.is_cancelled(session) and (only is None or session.key in only)
    ]
    data: dict[str, Data] = {
        **about_event(program, words_for(program.event.language).papers.rosters),
        "nobody": rosters.words.nobody,
        "entries": list(entries),
        "sessions": sessions,
    }
    return typeset("rosters", data)


def _session(rosters: Rosters, round_: Round, session: Session, entries: dict[_Entry, int]) -> Data:
    """Return a roster on which everybody stands as the number of their entry; new ones join ``entries``."""
    roster = rosters.rosters[session.key]
    about = about_session(rosters, round_, session)
    program = rosters.assignment.program
    day = heading_of(program, program.date_of(round_))
    when = f"{day} · {about['time']}" if day else about["time"]
    return {
        **about,
        "day": day,
        "short": f"{session.code} · {about['room']} · {when}",
        "seats": _seats(rosters, session, sum(session.code in person.presents for person in roster)),
        "people": [entries.setdefault(_entry(rosters, session, person), len(entries)) for person in roster],
    }


def _seats(rosters: Rosters, session: Session, presenters: int) -> str:
    """Return ``43 af 45 pladser, 2 oplægsholdere``: who is on the list."""
    if not presenters:
        return rosters.seats(session)
    noun = rosters.words.presenter if presenters == 1 else rosters.words.presenters
    return f"{rosters.seats(session)}, {presenters} {noun}"


def _entry(rosters: Rosters, session: Session, person: Participant) -> _Entry:
    role = rosters.role(person, session)
    about = ", ".join(filter(None, (role, beside(person))))
    return rosters.names[person.key], about, bool(role)


def signs_pdf(assignment: Assignment, *, before: Assignment | None = None) -> bytes:
    """Return the signs in the program's order of rooms; rooms that stay empty all day get none.

    Of what was hung up ``before``, only those that say anything else now.

    Raises:
        NoTypst: typst is not installed.
    """
    rosters = Rosters(assignment=assignment, room=None, round_id=None)
    program = assignment.program
    order = in_order(program)
    hung = Rosters(assignment=before, room=None, round_id=None) if before else None
    data: dict[str, Data] = {
        **about_event(program, words_for(program.event.language).papers.signs),
        "rooms": [
            {"name": room.name, "sessions": held}
            for room in program.rooms
            if (held := list(_sessions_held_in(rosters, room, order)))
            if not hung or held != list(_sessions_held_in(hung, room, in_order(hung.assignment.program)))
        ],
    }
    return typeset("signs", data)


def _sessions_held_in(rosters: Rosters, room: Room, order: Sequence[Round | Common]) -> Iterator[Data]:
    """Return what is on in a room, in the order of the day; the first of each day has it as a heading."""
    program, last = rosters.assignment.program, ""
    for each in order:
        day = heading_of(program, date_of(program, each))
        for entry in _entries(rosters, room, each):
            yield {**entry, "day": day if day != last else ""}
            last = day


def _entries(rosters: Rosters, room: Room, each: Round | Common) -> Iterator[dict[str, Data]]:
    if isinstance(each, Common):
        if fold(each.item.room) == fold(room.name):
            yield {**about_common(each), "cancelled": ""}
        return
    # Whoever comes to the door for what is cancelled is told, whatever else is on there.
    off = [session for session in each.cancelled if session.room.name == room.name]
    for session in sorted([*sessions_in(each, room), *off], key=lambda session: session.start):
        if not each.has_begun(session):
            yield _sign(rosters, each, session)


def _sign(rosters: Rosters, round_: Round, session: Session) -> dict[str, Data]:
    cancelled = capitalise(rosters.words.cancelled) if rosters.is_cancelled(session) else ""
    return {**about_session(rosters, round_, session), "cancelled": cancelled}


def files(rosters: Rosters, wanted: Wanted) -> Making:
    """Return the signs, and unless it is to be ``public`` rosters.pdf and days.pdf.

    Raises:
        NoTypst: typst is not installed.
    """
    demand_typst()
    assignment, changed = rosters.assignment, wanted.changed
    people, sittings = (changed.people, changed.sittings) if changed else (None, None)
    papers = {
        "days.pdf": partial(days_pdf, assignment, stack_cut=wanted.stack_cut, only=people),
        "rosters.pdf": partial(rosters_pdf, assignment, only=sittings),
        "signs.pdf": partial(signs_pdf, assignment, before=changed.before if changed else None),
    }
    return {name: papers[name] for name in names(wanted)}


def names(wanted: Wanted) -> tuple[str, ...]:
    """Return what there would be. What takes most memory is first: not all of it can be used again."""
    if changed := wanted.changed:
        there = {"days.pdf": changed.people, "rosters.pdf": changed.sittings, "signs.pdf": changed.program}
        return tuple(name for name, any_of_it in there.items() if any_of_it)
    return ("signs.pdf",) if wanted.public else ("days.pdf", "rosters.pdf", "signs.pdf")
