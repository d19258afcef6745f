"""What was decided for people: rooms chosen, sessions cancelled, pins and company. In English."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from midtvejs.domain.assignment import Assignment
from midtvejs.domain.program import Program, Session
from midtvejs.domain.rooms import chosen_rooms
from midtvejs.domain.rules import Group, Pin

MOST_LISTED = 20
"""So many pins and groups are told of."""

Section = tuple[str, list[str]]
"""A title, and a line for each thing below it."""


def decided(assignment: Assignment, planned: Program | None = None) -> list[Section]:
    """Give what there is to tell; ``planned`` is the program while its rooms were open."""
    sections = (
        ("Rooms chosen", list(_rooms(planned, assignment.program)) if planned else []),
        ("Cancelled", [_cancelled(session) for session in _dropped(assignment)]),
        ("Decided beforehand", _rules(assignment.program)),
    )
    return [(title, lines) for title, lines in sections if lines]


def _rooms(planned: Program, program: Program) -> Iterator[str]:
    chosen = chosen_rooms(planned, program)
    for round_ in planned.rounds:
        codes = [session.code for session in round_.sessions if session.code in chosen]
        if codes:
            yield f"{round_.id}: {', '.join(f'{code} in {chosen[code].name}' for code in codes)}"


def _dropped(assignment: Assignment) -> list[Session]:
    sessions = assignment.program.sessions
    return [session for code, session in sessions.items() if code in assignment.cancelled]


def _cancelled(session: Session) -> str:
    freed = [presenter.name for presenter in session.presenters]
    free = "" if not freed else f"; {_and(freed)} {'is' if len(freed) == 1 else 'are'} free in that round"
    return f"{session.code} {session.title}: fewer than {session.least} would come{free}"


def _rules(program: Program) -> list[str]:
    decisions: list[Pin | Group] = [*program.rules.pins, *program.rules.groups]
    told = [
        f"{_said(decision)}: {decision.reason}" if decision.reason else _said(decision)
        for decision in decisions
    ]
    more = len(told) - MOST_LISTED
    return [*told[:MOST_LISTED], f"and {more} more"] if more > 0 else told


def _said(decision: Pin | Group) -> str:
    if isinstance(decision, Pin):
        return str(decision)
    when = f" in {decision.round_id}" if decision.round_id else ""
    return f"{_and(decision.participants)} are {decision.company}{when}"


def _and(names: Sequence[str]) -> str:
    return " and ".join(filter(None, (", ".join(names[:-1]), names[-1])))
