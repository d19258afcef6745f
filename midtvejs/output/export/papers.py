"""The papers, set by typst: rosters to tick off, signs for the door, everybody's day."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from midtvejs.domain.assignment import Assignment
from midtvejs.domain.participants import Participant
from midtvejs.domain.program import Event, Room, Round, Session
from midtvejs.domain.roles import beside
from midtvejs.domain.words import words_for
from midtvejs.output.export.typesetting import Data, demand_typst, typeset
from midtvejs.output.export.wanted import Making, Wanted
from midtvejs.output.language import span
from midtvejs.output.rooms import capitalise, sessions_in
from midtvejs.output.roster import Rosters


def about_event(event: Event, kind: str) -> dict[str, Data]:
    """Return what stands on every paper; ``kind`` says which papers they are."""
    date = words_for(event.language).long_date(event.date)
    return {
        "language": event.language,
        "title": f"{kind}: {event.name}, {date}",
        "event": f"{event.name} · {date}",
    }


def about_session(rosters: Rosters, round_: Round, session: Session) -> dict[str, Data]:
    if session.presenters:
        behind = capitalise(rosters.words.presented_by(session))
    else:
        behind = ", ".join(filter(None, (*session.by, session.school)))
    return {
        "round": round_.name,
        "time": span(session.start, session.end),
        "room": "" if session.rooms else session.room.name,
        "code": session.code,
        "title": session.title,
        "presenters": behind,
    }


def days_pdf(assignment: Assignment, *, stack_cut: bool = False) -> bytes:
    """Return a day for everybody who attends one, in the order of letters, four to a page.

    They go along the rows of each page; with ``stack_cut`` they go down through the stack of pages, so that
    the four piles it is cut into, laid on each other, are in order.

    Raises:
        NoTypst: typst is not installed.
    """
    rosters = Rosters(assignment=assignment, room=None, round_id=None)
    event = assignment.program.event
    places = {session.code: place for place, (_, session) in enumerate(rosters.sessions)}
    own = words_for(event.language).papers
    data: dict[str, Data] = {
        **about_event(event, own.days),
        "hours": span(event.start, event.end),
        "own": own.own,
        "facts": [list(fact) for fact in _facts(rosters, event)],
        "notes": event.notes,
        "sessions": [about_session(rosters, round_, session) for round_, session in rosters.sessions],
        "people": [card for person in rosters.people if (card := _card(rosters, person, places))["stops"]],
        "stack-cut": stack_cut,
    }
    return typeset("days", data)


def _card(rosters: Rosters, person: Participant, places: dict[str, int]) -> dict[str, Data]:
    told_apart = person.email if rosters.names[person.key] != person.name else ""
    return {
        "name": person.name,
        "about": ", ".join(filter(None, (person.organisation, told_apart))),
        "stops": [
            2 * places[session.code] + (session.code in person.presents)
            for _, session in rosters.day(person)
            if session
        ],
    }


def _facts(rosters: Rosters, event: Event) -> Iterator[tuple[str, str]]:
    """Return what one needs to know to get there, or to ask, each with its label."""
    if venue := event.venue:
        yield rosters.words.venue, ", ".join(filter(None, (venue.name, venue.address)))
    if contact := event.contact:
        about = (contact.name, contact.role, contact.organisation, contact.phone, contact.email)
        yield rosters.words.contact, ", ".join(filter(None, about))


_Entry = tuple[str, str, bool]
"""A line of a roster: a name, what is said of it, whether they present."""


def rosters_pdf(assignment: Assignment) -> bytes:
    """Return the rosters of all sessions that are held, in the order of the day, each on a page of its own.

    Raises:
        NoTypst: typst is not installed.
    """
    rosters = Rosters(assignment=assignment, room=None, round_id=None)
    event = assignment.program.event
    entries: dict[_Entry, int] = {}
    sessions = [
        _session(rosters, round_, session, entries)
        for round_, session in rosters.sessions
        if not rosters.is_cancelled(session)
    ]
    data: dict[str, Data] = {
        **about_event(event, words_for(event.language).papers.rosters),
        "nobody": rosters.words.nobody,
        "entries": list(entries),
        "sessions": sessions,
    }
    return typeset("rosters", data)


def _session(rosters: Rosters, round_: Round, session: Session, entries: dict[_Entry, int]) -> Data:
    """Return a roster on which everybody stands as the number of their entry; new ones join ``entries``."""
    roster = rosters.rosters[session.code]
    about = about_session(rosters, round_, session)
    return {
        **about,
        "short": f"{session.code} · {about['room']} · {about['time']}",
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


def signs_pdf(assignment: Assignment) -> bytes:
    """Return the signs in the program's order of rooms; rooms that stay empty all day get none.

    Raises:
        NoTypst: typst is not installed.
    """
    rosters = Rosters(assignment=assignment, room=None, round_id=None)
    program = assignment.program
    data: dict[str, Data] = {
        **about_event(program.event, words_for(program.event.language).papers.signs),
        "rooms": [
            {"name": room.name, "sessions": [_sign(rosters, *each) for each in held]}
            for room in program.rooms
            if (held := _sessions_held_in(rosters, room))
        ],
    }
    return typeset("signs", data)


def _sessions_held_in(rosters: Rosters, room: Room) -> list[tuple[Round, Session]]:
    return [
        (round_, session)
        for round_ in rosters.assignment.program.rounds
        for session in sorted(sessions_in(round_, room), key=lambda session: session.start)
    ]


def _sign(rosters: Rosters, round_: Round, session: Session) -> Data:
    cancelled = capitalise(rosters.words.cancelled) if rosters.is_cancelled(session) else ""
    return {**about_session(rosters, round_, session), "cancelled": cancelled}


def files(rosters: Rosters, wanted: Wanted) -> Making:
    """Return the signs, and unless it is to be ``public`` rosters.pdf and days.pdf.

    Raises:
        NoTypst: typst is not installed.
    """
    demand_typst()
    assignment = rosters.assignment
    papers = {
        "days.pdf": partial(days_pdf, assignment, stack_cut=wanted.stack_cut),
        "rosters.pdf": partial(rosters_pdf, assignment),
        "signs.pdf": partial(signs_pdf, assignment),
    }
    return {name: papers[name] for name in names(wanted)}


def names(wanted: Wanted) -> tuple[str, ...]:
    """Return what there would be. What takes most memory is first: not all of it can be used again."""
    return ("signs.pdf",) if wanted.public else ("days.pdf", "rosters.pdf", "signs.pdf")
