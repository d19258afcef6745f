"""The sheets of an .xlsx workbook as tables of text.

A workbook is a zip file of XML that nobody vouches for. Before anything unpacks it, it is looked through for
what would unpack to more than any list of people: python-calamine keeps a sheet as a full rectangle, so that
two cells at opposite corners would take all the memory there is. Formulas are never run: a cell is what it
showed when it was saved, and text that begins with = stays text.
"""

from __future__ import annotations

import datetime as dt
import io
import re
import zipfile
import zlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from midtvejs.domain.diagnostic import Diagnostic, Faulty, Place
from midtvejs.reading.people_faults import Fault
from midtvejs.reading.source import Source, quoted
from midtvejs.reading.table import MAX_CELL, MAX_COLUMNS, Table, drop_empty_columns

if TYPE_CHECKING:
    from python_calamine import CalamineSheet

Cell = str | float | bool | dt.date | dt.time | dt.timedelta

MAX_UNPACKED = 1024**3
MAX_PARTS = 2_000
MAX_SHEETS = 100
MAX_CELLS = 30_000_000
"""Of the rectangle that holds all cells of a sheet."""
MAX_TEXT = 2 * 1024**3
"""Characters of all cells together: many cells may show one long text."""

CELL = re.compile(rb"""\br\s*=\s*["']\s*([A-Za-z]+)([0-9]+)""")
TWO_LETTERS, SEVEN_DIGITS = re.compile(rb'<c r="[A-Za-z]{2}'), re.compile(rb'<c r="[A-Za-z]+[0-9]{7}')
ODD_CELLS = (b"<c\t", b"<c\n", b"<c\r", b":c ", b":c\t", b":c\n", b":c\r")
"""Ways to begin a cell that no spreadsheet has, but that XML allows."""
SHARED = re.compile(rb"<(?:\w+:)?v>\s*([0-9]+)\s*<")
SHARED_END = re.compile(rb"</(?:\w+:)?si\s*>")


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetTable(Table):
    """A sheet. ``columns_before`` are empty ones to its left."""

    name: str
    columns_before: int = 0

    @property
    def separator(self) -> str:
        return ""

    @property
    def sheet(self) -> str:
        return self.name

    @property
    def line_word(self) -> str:
        return "row"

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
        """Give where the cell is: what is within it has no place of its own."""
        del start, end
        return self.cell(record, column)


def sheets_of(name: str, data: bytes) -> list[SheetTable]:
    """Read all sheets of a workbook, hidden ones, too, but not those without any text.

    Raises:
        Faulty: it cannot be read, or holds too much.
    """
    _look_through(name, data)
    # It takes time to start, which nobody shall wait for who has a CSV file.
    from python_calamine import CalamineError, CalamineWorkbook, SheetTypeEnum

    try:
        workbook = CalamineWorkbook.from_filelike(io.BytesIO(data))
        found = []
        for sheet in workbook.sheets_metadata:
            if sheet.typ == SheetTypeEnum.WorkSheet:
                table = _table(name, sheet.name, workbook.get_sheet_by_name(sheet.name))
                if table.records or table.source.diagnostics:
                    found.append(table)
    except (CalamineError, ValueError, OSError) as error:
        what = " ".join(str(error).split())
        message = f"the workbook cannot be read: {what}"
        raise _refused(name, Fault.NOT_TEXT, message, "open it in Excel and save it anew") from None
    if not found:
        raise _refused(name, Fault.EMPTY, "the workbook is empty")
    return found


def _table(file: str, name: str, sheet: CalamineSheet) -> SheetTable:
    start = sheet.start or (0, 0)
    table = SheetTable(source=Source(file, "", encoding=""), name=name, columns_before=start[1])
    for line, cells in enumerate(sheet.to_python(), start=start[0] + 1):
        record = [cell if isinstance(cell, str) else _text(cell) for cell in cells]
        if any(map(str.strip, record)):
            table.records.append(record)
            table.lines.append(line)
    if table.records:
        drop_empty_columns(table)
        _check(table)
    return table


def _check(table: SheetTable) -> None:
    faults = table.source.diagnostics
    if (width := len(table.records[0])) > MAX_COLUMNS:
        message = f"{width:,} columns; at most {MAX_COLUMNS:,} are read"
        faults.append(Diagnostic(code=Fault.TOO_LARGE.value, place=table.row(0), message=message))
        del table.records[:], table.lines[:]
        return
    for number, record in enumerate(table.records):
        if len(max(record, key=len)) > MAX_CELL:
            column = next(index for index, cell in enumerate(record) if len(cell) > MAX_CELL)
            message = f"a cell of more than {MAX_CELL:,} characters"
            place = table.cell(number, column)
            faults.append(Diagnostic(code=Fault.TOO_LARGE.value, place=place, message=message))
            return


def _text(cell: Cell) -> str:
    """Write a cell that is no text as people would; a whole number without decimals."""
    if isinstance(cell, bool):
        return str(cell).lower()
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() else repr(cell)
    if isinstance(cell, dt.datetime):
        return cell.isoformat(sep=" ")
    return str(cell)


def _look_through(name: str, data: bytes) -> None:
    """Refuse what would unpack to more than is read.

    Raises:
        Faulty: it would, or it is no workbook.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as parts:
            names = parts.namelist()
            if len(names) > MAX_PARTS:
                raise _refused(name, Fault.TOO_LARGE, f"{len(names):,} parts; at most {MAX_PARTS:,} are read")
            if sum(part.file_size for part in parts.infolist()) > MAX_UNPACKED:
                raise _refused(name, Fault.TOO_LARGE, f"unpacks to more than {MAX_UNPACKED // 1024**2} MB")
            if sum("worksheets/" in part.lower() for part in names) > MAX_SHEETS:
                raise _refused(name, Fault.TOO_LARGE, f"more than {MAX_SHEETS} sheets")
            _look_at_sheets(name, parts)
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError, OSError, ValueError):
        message = "begins as an Excel workbook, but is none, is damaged or needs a password"
        raise _refused(name, Fault.NOT_TEXT, message, "open it in Excel and save it anew") from None


def _look_at_sheets(name: str, parts: zipfile.ZipFile) -> None:
    longest = 0
    sheets = []
    for part in parts.infolist():
        # A part that is larger than it says fails its checksum here.
        content = parts.read(part)
        if not part.filename.lower().endswith((".xml", ".rels")):
            continue
        if b"\0" in content or b"<!DOCTYPE" in content or b"<!ENTITY" in content:
            raise _refused(name, Fault.NOT_TEXT, f"{quoted(part.filename)} is no plain XML")
        if "sharedstrings" in part.filename.lower():
            longest = max(map(len, SHARED_END.split(content)))
        if "worksheets/" in part.filename.lower():
            sheets.append(content)
    for content in sheets:
        _look_at_sheet(name, content, longest)


def _look_at_sheet(name: str, content: bytes, longest: int) -> None:
    cells = sum(1 for _ in SHARED.finditer(content)) if longest > MAX_CELL else 0
    if cells * longest > MAX_TEXT:
        raise _refused(name, Fault.TOO_LARGE, "a long text that stands in very many cells")
    width, height = _corner(content)
    if width * height > MAX_CELLS:
        message = f"a sheet of {height:,} rows and {width:,} columns; at most {MAX_CELLS:,} cells are read"
        raise _refused(name, Fault.TOO_LARGE, message)


def _corner(content: bytes) -> tuple[int, int]:
    """Give how many columns and rows a sheet has at most, by the names of its cells.

    Only an unusual sheet is looked at cell by cell.
    """
    plain = content.count(b"<c ") == content.count(b'<c r="') and not any(odd in content for odd in ODD_CELLS)
    if plain and not TWO_LETTERS.search(content) and not SEVEN_DIGITS.search(content):
        return 26, 999_999
    width = height = 1
    for letters, digits in {found.groups() for found in CELL.finditer(content)}:
        width = max(width, _column(letters))
        height = max(height, int(digits[:9]))
    return width, height


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters[:4].upper():
        number = 26 * number + letter - ord("A") + 1
    return number


def _refused(name: str, code: Fault, message: str, hint: str = "") -> Faulty:
    return Faulty([Diagnostic(code=code.value, place=Place(file=name), message=message, hint=hint)])
