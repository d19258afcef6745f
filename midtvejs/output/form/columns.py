"""The form on which people hand in their wishes: which columns it has, and what can be chosen in them.

The form as a CSV file, to be filled in a row a participant.
"""

from __future__ import annotations

from dataclasses import dataclass

from midtvejs.domain.friends import asks_for_friends
from midtvejs.domain.offers import count_most_seats
from midtvejs.domain.program import Block, Program, Session
from midtvejs.domain.roles import ATTENDS, STEP_FREE, WITH, Written, roles_of
from midtvejs.output.screen import printable
from midtvejs.output.tables.csv_text import csv_text


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A column of the form; ``block`` is that of which it holds a wish, ``rank`` which one."""

    heading: str
    block: Block | None = None
    rank: int = 0


def columns(program: Program) -> list[Column]:
    """Return the columns in order: name, email and the like, needs, and one for each rank of each list."""
    asked = [role for role in roles_of(program) if role.written is Written.ALWAYS]
    if attendance_matters(program):
        asked.append(ATTENDS)
    if steps_matter(program):
        asked.append(STEP_FREE)
    if asks_for_friends(program.rules):
        asked.append(WITH)
    wishes = [
        Column(heading=f"{block.id} {rank}", block=block, rank=rank)
        for block in program.asked
        for rank in range(1, len(program.sessions_in(block)) + 1)
    ]
    return [*(Column(heading=role.name) for role in asked), *wishes]


def option(session: Session) -> str:
    """Return a session as it is chosen, and read back: ``1A: Data i hverdagen``."""
    return f"{session.code}: {printable(session.title)}"


def attendance_matters(program: Program) -> bool:
    """Return whether it makes a difference who stays away.

    It does where a session needs an audience, or a round has fewer seats than participants are expected.
    """
    expected = program.event.expected_participants or 0
    return any(session.least for session in program.known_sessions.values()) or any(
        count_most_seats(program, round_) < expected for round_ in program.rounds
    )


def steps_matter(program: Program) -> bool:
    """Return whether some rooms, but not all, are reached without steps."""
    return len({room.step_free for room in program.rooms}) > 1


def form_csv(program: Program, *, excel: str = "") -> str:
    return csv_text([column.heading for column in columns(program)], [], excel=excel)
