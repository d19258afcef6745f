"""Wishes as a preference file: what a sign-up form would have given."""

from __future__ import annotations

from collections.abc import Sequence

from midtvejs.domain.participants import Participant
from midtvejs.domain.program import Program
from midtvejs.views.csv_text import csv_text
from midtvejs.views.needs import columns_of_needs


def preferences_csv(program: Program, participants: Sequence[Participant], *, excel: bool = False) -> str:
    """Write a row a participant, in their order, with a column of wishes for each round."""
    needs = columns_of_needs(program, participants)
    rounds = (round_.id for round_ in program.rounds)
    header = ["name", "email", "organisation", *(heading for heading, _ in needs), *rounds]
    rows = (
        [
            person.name,
            person.email,
            person.organisation,
            *(said_of(person) for _, said_of in needs),
            *(" > ".join(wishes.codes) for wishes in person.wishes),
        ]
        for person in participants
    )
    return csv_text(header, rows, excel=excel)
