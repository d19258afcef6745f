"""The form as a CSV file, to be filled in a row a participant."""

from __future__ import annotations

from midtvejs.domain.program import Program
from midtvejs.views.csv_text import csv_text
from midtvejs.views.form import columns


def form_csv(program: Program, *, excel: bool = False) -> str:
    return csv_text([column.heading for column in columns(program)], [], excel=excel)
