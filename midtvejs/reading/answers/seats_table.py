"""The table of an assignment: a CSV file, or the sheet of a workbook that has a column for each round."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from midtvejs.domain.diagnostic import Faulty
from midtvejs.domain.participants import fold
from midtvejs.domain.program import Program
from midtvejs.domain.words import LANGUAGES, words_for
from midtvejs.reading.answers.header import find_header
from midtvejs.reading.codes import Fault
from midtvejs.reading.files.source import quote
from midtvejs.reading.files.table import Table
from midtvejs.reading.files.tables import read_tables


def read_seats(path: Path, program: Program) -> Table:
    """Read the table of an assignment from its header on; a title above it is told.

    Raises:
        Faulty: several sheets of a workbook hold one, or it is what ``export`` wrote, or no table at all.
        OSError: the file cannot be read at all.
    """
    tables = read_tables(path, command="midtvejs rosters ASSIGNMENT.csv")
    found = [_from_its_header_on(table, program) for table in tables]
    if len(found) == 1:
        return found[0]
    holding = [table for table in found if _has_rounds(table, program)]
    # A sheet with its header alone is no rival of one with people below it.
    holding = [table for table in holding if len(table.records) > 1] or holding
    if len(holding) > 1:
        raise _several(holding)
    if not holding:
        _refuse_exported(found, program)
    return holding[0] if holding else max(found, key=lambda table: _likeness(table, program))


def _has_rounds(table: Table, program: Program) -> bool:
    """Whether the first row of a table heads a column for each round."""
    wanted = {fold(round_.id) for round_ in program.rounds}
    return bool(table.records) and wanted <= set(map(fold, table.records[0]))


def _from_its_header_on(table: Table, program: Program) -> Table:
    """Return a table without the title above it, if there is one, which is told."""
    if not table.records or _has_rounds(table, program):
        return table
    found = find_header(table, program, lambda rest: _has_rounds(rest, program), certain=False)
    if found is None or not _has_rounds(found[0], program):
        return table
    below_title, told = found
    below_title.source.diagnostics.append(told)
    return below_title


def _likeness(table: Table, program: Program) -> int:
    """Return how many columns of rounds there are; of sheets that have as many, the first is meant."""
    header = set(map(fold, table.records[0])) if table.records else set()
    return sum(fold(round_.id) in header for round_ in program.rounds)


def _several(tables: Sequence[Table]) -> Faulty:
    message = f"{len(tables)} sheets hold an assignment: {', '.join(quote(table.sheet) for table in tables)}"
    hint = "save the one that counts as a workbook of its own, or delete the others"
    return Faulty([Fault.SEVERAL_SHEETS.diagnostic(tables[0].row(0), message, hint)])


def _refuse_exported(tables: Sequence[Table], program: Program) -> None:
    """Refuse the workbook that ``export`` writes: of each session it says more than its code.

    Raises:
        Faulty: it is one.
    """
    for language in LANGUAGES:
        code = words_for(language).exports.code
        wanted = {fold(f"{round_.id} {code}") for round_ in program.rounds}
        for table in tables:
            if table.records and wanted <= set(map(fold, table.records[0])):
                message = "this is the workbook that export wrote to be read by people, not an assignment"
                hint = "give the file that assign --save wrote: assignment.csv or assignment.xlsx"
                raise Faulty([Fault.OTHER_FILE.diagnostic(table.row(0), message, hint)])
