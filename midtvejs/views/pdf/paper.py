"""What every paper says of the day and of a session."""

from __future__ import annotations

from midtvejs.domain.program import Event, Round, Session
from midtvejs.domain.words import words_for
from midtvejs.views.language import span
from midtvejs.views.pdf.typesetting import Data
from midtvejs.views.rooms import capitalised
from midtvejs.views.roster import Rosters


def about_event(event: Event, kind: str) -> dict[str, Data]:
    """Give what stands on every paper; ``kind`` says which papers they are."""
    date = words_for(event.language).long_date(event.date)
    return {
        "language": event.language,
        "title": f"{kind}: {event.name}, {date}",
        "event": f"{event.name} · {date}",
    }


def about_session(rosters: Rosters, round_: Round, session: Session) -> dict[str, Data]:
    if session.presenters:
        behind = capitalised(rosters.words.presented_by(session))
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
