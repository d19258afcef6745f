"""A sign for the door of each room in which something is on."""

from __future__ import annotations

from midtvejs.domain.assignment import Assignment
from midtvejs.domain.program import Room, Round, Session
from midtvejs.domain.words import words_for
from midtvejs.views.pdf.paper import about_event, about_session
from midtvejs.views.pdf.typesetting import Data, typeset
from midtvejs.views.rooms import capitalised, sessions_in
from midtvejs.views.roster import Rosters


def signs_pdf(assignment: Assignment) -> bytes:
    """Give the signs in the program's order of rooms; rooms that stay empty all day get none.

    Raises:
        NoTypst: typst is not installed.
    """
    rosters = Rosters(assignment=assignment, room=None, round_id=None)
    program = assignment.program
    data: dict[str, Data] = {
        **about_event(program.event, words_for(program.event.language).papers.signs),
        "rooms": [
            {"name": room.name, "sessions": [_session(rosters, *each) for each in held]}
            for room in program.rooms
            if (held := _held_in(rosters, room))
        ],
    }
    return typeset("signs", data)


def _held_in(rosters: Rosters, room: Room) -> list[tuple[Round, Session]]:
    return [
        (round_, session)
        for round_ in rosters.assignment.program.rounds
        for session in sorted(sessions_in(round_, room), key=lambda session: session.start)
    ]


def _session(rosters: Rosters, round_: Round, session: Session) -> Data:
    cancelled = capitalised(rosters.words.cancelled) if rosters.is_cancelled(session) else ""
    return {**about_session(rosters, round_, session), "cancelled": cancelled}
