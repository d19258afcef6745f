"""Wishes as a preference file: what a sign-up form would have given."""

from __future__ import annotations

from collections.abc import Sequence

from midtvejs.domain.participants import Participant
from midtvejs.domain.program import Program
from midtvejs.domain.roles import written_columns
from midtvejs.views.csv_text import csv_text


def preferences_csv(program: Program, participants: Sequence[Participant], *, excel: bool = False) -> str:
    """Write a row a participant, in their order, with a column of wishes for each round."""
    columns = written_columns(program, participants)
    rounds = (round_.id for round_ in program.rounds)
    header = [*(role.name for role in columns), *rounds]
    rows = (
        [
            *(role.said(program, person) for role in columns),
            *(" > ".join(wishes.codes) for wishes in person.wishes),
        ]
        for person in participants
    )
    return csv_text(header, rows, excel=excel)
