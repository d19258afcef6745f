"""The sheets of an .xlsx workbook as tables of text.

Formulas are never run: a cell is what it showed when it was saved, #N/A included; one that was never
calculated says so. Text that begins with = stays text.
"""

from __future__ import annotations

import datetime as dt
import io
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from midtvejs.domain.diagnostic import Place
from midtvejs.reading.codes import Fault
from midtvejs.reading.files.mangled import first_mangled
from midtvejs.reading.files.source import Source
from midtvejs.reading.files.table import MAX_CELL, MAX_COLUMNS, Table, drop_empty_columns
from midtvejs.reading.files.workbook_xml import (
    SAVE_ANEW,
    Seen,
    check_cells,
    check_sheets,
    look_through,
    refuse,
    with_results_as_text,
)

if TYPE_CHECKING:
    from python_calamine import CalamineSheet

Cell = str | float | bool | dt.date | dt.time | dt.timedelta


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetTable(Table):
    """A sheet. ``columns_before`` are empty ones to its left; formulas in any sheet may have no result."""

    name: str
    columns_before: int = 0
    no_results: bool = False

    @property
    def separator(self) -> str:
        return ""

    @property
    def sheet(self) -> str:
        return self.name

    @property
    def line_word(self) -> str:
        return "row"

    def may_show(self, pattern: re.Pattern[str]) -> bool:
        """Whether a formula in the workbook has no result: Excel keeps what it then shows as nothing else."""
        del pattern
        return self.no_results

    def row(self, record: int) -> Place:
        return self.cell(record, 0)

    def cell(self, record: int, column: int) -> Place:
        number = column + self.columns_before + 1
        return Place(
            file=self.source.file,
            line=self.lines[record],
            column=number,
            end_column=number + 1,
            sheet=self.name,
        )

    def within(self, record: int, column: int, start: int, end: int) -> Place:
        """Return where the cell is: what is within it has no place of its own."""
        del start, end
        return self.cell(record, column)


def sheets_of(name: str, data: bytes) -> list[SheetTable]:
    """Read all sheets of a workbook, hidden ones, too, but not those without any text.

    Raises:
        Faulty: it cannot be read, or holds too much.
    """
    try:
        seen = look_through(name, data)
        if seen.no_results:
            data = with_results_as_text(data)
        return _sheets(name, data, seen)
    except MemoryError:
        message = "there is not enough memory to read the workbook"
        hint = "save the sheet with the answers as a workbook of its own"
        raise refuse(name, Fault.TOO_LARGE, message, hint) from None


def _sheets(name: str, data: bytes, seen: Seen) -> list[SheetTable]:
    # It takes time to start, which nobody shall wait for who has a CSV file.
    from python_calamine import CalamineError, CalamineWorkbook, SheetTypeEnum

    try:
        workbook = CalamineWorkbook.from_filelike(io.BytesIO(data))
        found = []
        cells = 0
        # A workbook may name one part as many of its sheets.
        check_sheets(name, len(workbook.sheets_metadata))
        for each in workbook.sheets_metadata:
            if each.typ == SheetTypeEnum.WorkSheet:
                sheet = workbook.get_sheet_by_name(each.name)
                cells += sheet.height * sheet.width
                check_cells(name, cells, seen.most_cells)
                table = _table(name, each.name, sheet, no_results=seen.no_results)
                if table.records or table.source.diagnostics:
                    found.append(table)
    except (CalamineError, ValueError, OSError) as error:
        what = " ".join(str(error).split())
        message = f"the workbook cannot be read: {what}"
        raise refuse(name, Fault.NOT_TEXT, message, SAVE_ANEW) from None
    if not found:
        raise refuse(name, Fault.EMPTY, "the workbook is empty")
    return found


def _table(file: str, name: str, sheet: CalamineSheet, *, no_results: bool) -> SheetTable:
    start = sheet.start or (0, 0)
    table = SheetTable(
        source=Source(file, "", encoding=""), name=name, columns_before=start[1], no_results=no_results
    )
    for line, cells in enumerate(_with_merged(sheet, start), start=start[0] + 1):
        record = [cell if isinstance(cell, str) else _text(cell) for cell in cells]
        if any(map(str.strip, record)):
            table.records.append(record)
            table.lines.append(line)
    if table.records:
        drop_empty_columns(table)
        _check(table)
        _look_for_mangled(table)
    return table


def _look_for_mangled(table: SheetTable) -> None:
    """Warn of letters that were mangled before the workbook was saved."""
    if found := first_mangled(table.records):
        number, column, mangled = found
        place = table.cell(number, column)
        table.source.diagnostics.append(Fault.MANGLED.diagnostic(place, mangled.message, mangled.hint))


def _with_merged(sheet: CalamineSheet, start: tuple[int, int]) -> list[list[Cell]]:
    """Return the rows of a sheet; a cell that was merged with those below it says the same in each row.

    A row that says nothing else stays empty. No more is filled in than a sheet without overlaps can have.
    """
    rows: list[list[Cell]] = sheet.to_python()
    left = sheet.height * sheet.width
    for (top, column), (bottom, _) in sheet.merged_cell_ranges or ():
        first, at, last = top - start[0], column - start[1], min(bottom - start[0], len(rows) - 1)
        if bottom == top or not (0 <= first < last and 0 <= at < sheet.width and rows[first][at] != ""):
            continue
        left -= last - first
        if left < 0:
            break
        for row in rows[first + 1 : last + 1]:
            if row[at] == "" and any(cell != "" for cell in row):
                row[at] = rows[first][at]
    return rows


def _check(table: SheetTable) -> None:
    faults = table.source.diagnostics
    if (width := len(table.records[0])) > MAX_COLUMNS:
        message = f"{width:,} columns; at most {MAX_COLUMNS:,} are read"
        faults.append(Fault.TOO_LARGE.diagnostic(table.row(0), message))
        table.records.clear()
        del table.lines[:]
        return
    told = False
    for number, record in enumerate(table.records):
        if max(map(len, record)) > MAX_CELL:
            column = next(index for index, cell in enumerate(record) if len(cell) > MAX_CELL)
            message = f"a cell of more than {MAX_CELL:,} characters"
            if not told:
                faults.append(Fault.TOO_LARGE.diagnostic(table.cell(number, column), message))
            told = True
            # What comes after is looked for faults, too, which shall not take long.
            table.records[number] = [cell[:MAX_CELL] for cell in record]


def _text(cell: Cell) -> str:
    """Write a cell that is no text as people would; a whole number without decimals."""
    if isinstance(cell, bool):
        return str(cell).lower()
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() else repr(cell)
    if isinstance(cell, dt.datetime):
        return cell.isoformat(sep=" ")
    return str(cell)
