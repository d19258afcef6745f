"""Participants as a table: an assignment, or wishes as a sign-up form gives them; as CSV or as a workbook."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from midtvejs.domain.assignment import Assignment
from midtvejs.domain.formulas import neutralise, restore
from midtvejs.domain.participants import Participant, in_order_of_keys
from midtvejs.domain.program import Program
from midtvejs.domain.roles import written_columns
from midtvejs.domain.words import words_for
from midtvejs.output.choices import Csv
from midtvejs.output.screen import printable
from midtvejs.output.tables.csv_text import csv_text, separator_for
from midtvejs.output.tables.sheet import LITERALLY, fill_sheet

WORKBOOK = ".xlsx"
Rows = tuple[list[str], Iterable[list[str]]]
"""A header, and the rows below it."""


def is_workbook(file: Path) -> bool:
    """Whether a file is to be a workbook, by its name."""
    return file.suffix.lower() == WORKBOOK


def assignment_file(file: Path, assignment: Assignment, csv: Csv) -> str | bytes:
    """Return an assignment as the file that its name says."""
    if is_workbook(file):
        return assignment_workbook(assignment)
    return assignment_csv(assignment, excel=separator_for(csv, assignment.program.event.language))


def preferences_file(
    file: Path, program: Program, participants: Sequence[Participant], csv: Csv
) -> str | bytes:
    """Return wishes as the file that its name says."""
    if is_workbook(file):
        sheet = words_for(program.event.language).form.wishes_sheet
        return _workbook(program, sheet, _preferences(program, participants))
    separator = separator_for(csv, program.event.language)
    return preferences_csv(program, participants, excel=separator)


def assignment_csv(assignment: Assignment, *, excel: str = "") -> str:
    return csv_text(*_assignment(assignment), excel=excel)


def assignment_workbook(assignment: Assignment) -> bytes:
    """Return an assignment as a workbook of one sheet; the same assignment gives the same bytes."""
    sheet = words_for(assignment.program.event.language).exports.participants
    return _workbook(assignment.program, sheet, _assignment(assignment))


def preferences_csv(program: Program, participants: Sequence[Participant], *, excel: str = "") -> str:
    return csv_text(*_preferences(program, participants), excel=excel)


def _assignment(assignment: Assignment) -> Rows:
    """Return a row a participant, in the order of their keys, whatever order they came in."""
    columns = written_columns(assignment.program, assignment.participants)
    rounds = (round_.id for round_ in assignment.program.rounds)
    header = [*(role.name for role in columns), *rounds]

    program, people, days = assignment.program, assignment.participants, assignment.each_day

    def rows(numbers: Sequence[int]) -> Iterator[list[str]]:
        for number in numbers:
            yield [*(role.said(program, people[number]) for role in columns), *days[number]]

    return header, in_order_of_keys(people, rows)


def _preferences(program: Program, participants: Sequence[Participant]) -> Rows:
    """Return a row a participant, in their order, with a column for each list of wishes.

    A round with a single session has none, unless somebody names that session.
    """
    columns = written_columns(program, participants, wishes=True)
    lists = [
        number
        for number, block in enumerate(program.blocks)
        if block in program.asked or any(person.wishes[number].codes for person in participants)
    ]
    header = [*(role.name for role in columns), *(program.blocks[number].id for number in lists)]
    rows = [
        [
            *(role.said(program, person) for role in columns),
            *(str(person.wishes[number]) for number in lists),
        ]
        for person in participants
    ]
    return header, rows


def _workbook(program: Program, title: str, table: Rows) -> bytes:
    from xlsxwriter import Workbook

    file, (header, rows) = io.BytesIO(), table
    with Workbook(file, LITERALLY) as book:
        midnight = dt.datetime.combine(program.event.date, dt.time())
        book.set_properties({"title": printable(program.event.name), "created": midnight})
        cells = [list(map(_kept, row)) for row in rows]
        fill_sheet(book, book.add_worksheet(title), list(map(_kept, header)), cells, names=1)
    return file.getvalue()


def _kept(cell: str) -> str:
    """Return what a cell holds that is read back as it was: one apostrophe before a formula is taken away."""
    return cell if restore(cell) == cell else neutralise(cell)
