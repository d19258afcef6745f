"""An assignment as assignment.csv: a row a participant, a session's code for each round."""

from __future__ import annotations

from operator import attrgetter

from midtvejs.domain.assignment import Assignment
from midtvejs.views.csv_text import csv_text
from midtvejs.views.needs import columns_of_needs


def assignment_csv(assignment: Assignment, *, excel: bool = False) -> str:
    """Write an assignment; rows stand in the order of the participants' keys, whatever order they came in."""
    needs = columns_of_needs(assignment.program, assignment.participants)
    rounds = (round_.id for round_ in assignment.program.rounds)
    header = ["name", "email", "organisation", *(heading for heading, _ in needs), *rounds]
    people = sorted(assignment.participants, key=attrgetter("key"))
    rows = (
        [
            person.name,
            person.email,
            person.organisation,
            *(said_of(person) for _, said_of in needs),
            *assignment.days[person.key],
        ]
        for person in people
    )
    return csv_text(header, rows, excel=excel)
