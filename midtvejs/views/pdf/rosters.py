"""A roster a session, to tick off at the door."""

from __future__ import annotations

from midtvejs.domain.assignment import Assignment
from midtvejs.domain.participants import Participant
from midtvejs.domain.program import Round, Session
from midtvejs.domain.roles import beside
from midtvejs.domain.words import words_for
from midtvejs.views.pdf.paper import about_event, about_session
from midtvejs.views.pdf.typesetting import Data, typeset
from midtvejs.views.roster import Rosters

_Entry = tuple[str, str, bool]
"""A line of a roster: a name, what is said of it, whether they present."""


def rosters_pdf(assignment: Assignment) -> bytes:
    """Give the rosters of all sessions that are held, in the order of the day, each on a page of its own.

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
    """Give a roster on which everybody stands as the number of their entry; new ones join ``entries``."""
    roster = rosters.rosters[session.code]
    about = about_session(rosters, round_, session)
    return {
        **about,
        "short": f"{session.code} · {about['room']} · {about['time']}",
        "seats": _seats(rosters, session, sum(session.code in person.presents for person in roster)),
        "people": [entries.setdefault(_entry(rosters, session, person), len(entries)) for person in roster],
    }


def _seats(rosters: Rosters, session: Session, presenters: int) -> str:
    """Give ``43 af 45 pladser, 2 oplægsholdere``: who is on the list."""
    if not presenters:
        return rosters.seats(session)
    noun = rosters.words.presenter if presenters == 1 else rosters.words.presenters
    return f"{rosters.seats(session)}, {presenters} {noun}"


def _entry(rosters: Rosters, session: Session, person: Participant) -> _Entry:
    role = rosters.role(person, session)
    about = ", ".join(filter(None, (role, beside(person))))
    return rosters.names[person.key], about, bool(role)
