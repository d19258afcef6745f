"""Participants as CSV: an assignment, or wishes as a sign-up form gives them."""

from __future__ import annotations

from collections.abc import Sequence
from operator import attrgetter

from midtvejs.domain.assignment import Assignment
from midtvejs.domain.participants import Participant
from midtvejs.domain.program import Program
from midtvejs.domain.roles import written_columns
from midtvejs.output.tables.csv_text import csv_text


def assignment_csv(assignment: Assignment, *, excel: bool = False) -> str:
    """Write an assignment; rows stand in the order of the participants' keys, whatever order they came in."""
    columns = written_columns(assignment.program, assignment.participants)
    rounds = (round_.id for round_ in assignment.program.rounds)
    header = [*(role.name for role in columns), *rounds]
    people = sorted(assignment.participants, key=attrgetter("key"))
    rows = (
        [
            *(role.said(assignment.program, person) for role in columns),
            *assignment.days[person.key],
        ]
        for person in people
    )
    return csv_text(header, rows, excel=excel)


def preferences_csv(program: Program, participants: Sequence[Participant], *, excel: bool = False) -> str:
    """Write a row a participant, in their order, with a column for each list of wishes.

    A round with a single session has none, unless somebody names that session.
    """
    columns = written_columns(program, participants, wishes=True)
    lists = [
        number
        for number, block in enumerate(program.blocks)
        if block in program.asked or any(person.wishes[number].codes for person in participants)
    ]
    header = [*(role.name for role in columns), *(program.blocks[number].id for number in lists)]
    rows = (
        [
            *(role.said(program, person) for role in columns),
            *(str(person.wishes[number]) for number in lists),
        ]
        for person in participants
    )
    return csv_text(header, rows, excel=excel)
