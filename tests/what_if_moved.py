"""Every single move of an assignment, told by the judge."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from hypothesis import assume

from midtvejs.auditing.audit import audit
from midtvejs.domain.assignment import Assignment, NoLawfulAssignment
from midtvejs.domain.fairness import Criterion
from midtvejs.domain.participants import NO_WISHES, Participant
from midtvejs.domain.program import Program, Session
from midtvejs.domain.seated import Day
from midtvejs.solving.solve import solve
from tests.strategies import Conference

ORDERS = (
    (Criterion.WORST, Criterion.TOTAL, Criterion.EVEN),
    (Criterion.SPREAD, Criterion.AVOID_OWN, Criterion.FRIENDS, Criterion.TOTAL),
    (Criterion.FIRST, Criterion.UNLISTED),
)


def seated_whatever_the_wishes(conference: Conference, fairness: tuple[Criterion, ...]) -> Assignment:
    """Seat people lawfully, some of them far from what they wish; rooms are chosen."""
    day, people = conference
    nothing = (NO_WISHES,) * len(day.blocks)
    try:
        found = solve(day, tuple(replace(each, wishes=nothing) for each in people)).assignment
    except NoLawfulAssignment:
        assume(False)
    return replace(found, program=day.replace_rules(fairness=fairness), participants=people).with_rooms()


def every_move(
    assignment: Assignment, session: Session
) -> Iterator[tuple[Participant, Day, tuple[int, ...] | None]]:
    """Return everybody who is elsewhere, and what the criteria come to with them in one seat more.

    None where that is not lawful.
    """
    larger, fairness = _with_a_seat_more(assignment.program, session), assignment.program.rules.fairness
    for person in assignment.participants:
        old = assignment.days[person.key]
        new = tuple(
            session.code if any(each.key == session.key for each in round_.sessions) else code
            for round_, code in zip(larger.rounds, old, strict=True)
        )
        if new != old:
            days = {**assignment.days, person.key: new}
            moved = Assignment(program=larger, participants=assignment.participants, days=days)
            verdict = audit(moved, assignment.participants)
            criteria = tuple(verdict.criteria[each] for each in fairness) if verdict.lawful else None
            yield person, new, criteria


def _with_a_seat_more(program: Program, session: Session) -> Program:
    # A room may be too small for its presenters already.
    held_back = session.kept_free + session.seated_presenters
    larger = replace(session, room=replace(session.room, seats=session.seats + 1 + held_back))
    rounds = (
        replace(
            round_,
            sessions=tuple(larger if each.key == session.key else each for each in round_.sessions),
        )
        for round_ in program.rounds
    )
    return replace(program, rounds=tuple(rounds))
