"""An assignment as assignment.csv: a row a participant, a session's code for each round."""

from __future__ import annotations

from operator import attrgetter

from midtvejs.domain.assignment import Assignment
from midtvejs.domain.roles import written_columns
from midtvejs.views.csv_text import csv_text


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
