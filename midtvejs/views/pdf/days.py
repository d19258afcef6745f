"""Everybody's own day, to put in a pocket."""

from __future__ import annotations

from collections.abc import Iterator

from midtvejs.domain.assignment import Assignment
from midtvejs.domain.participants import Participant
from midtvejs.domain.program import Event
from midtvejs.domain.words import words_for
from midtvejs.views.language import span
from midtvejs.views.pdf.paper import about_event, about_session
from midtvejs.views.pdf.typesetting import Data, typeset
from midtvejs.views.roster import Rosters


def days_pdf(assignment: Assignment, *, stack_cut: bool = False) -> bytes:
    """Give a day for everybody who attends one, in the order of letters, four to a page.

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
    """Give what one needs to know to get there, or to ask, each with its label."""
    if venue := event.venue:
        yield rosters.words.venue, ", ".join(filter(None, (venue.name, venue.address)))
    if contact := event.contact:
        about = (contact.name, contact.role, contact.organisation, contact.phone, contact.email)
        yield rosters.words.contact, ", ".join(filter(None, about))
