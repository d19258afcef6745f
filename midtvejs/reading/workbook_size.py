"""How much a workbook would unpack to, found out before anything unpacks it.

A workbook is a zip file of XML that nobody vouches for. python-calamine keeps a sheet as a full rectangle, so
that two cells at opposite corners would take all the memory there is.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib

from midtvejs.domain.diagnostic import Diagnostic, Faulty, Place
from midtvejs.reading.people_faults import Fault
from midtvejs.reading.sheet_formulas import have_no_result
from midtvejs.reading.source import quoted
from midtvejs.reading.table import MAX_CELL

MAX_UNPACKED = 1024**3
MAX_PARTS = 2_000
MAX_SHEETS = 100
MAX_CELLS = 30_000_000
"""Of the rectangle that holds all cells of a sheet."""
MAX_TEXT = 2 * 1024**3
"""Characters of all cells together: many cells may show one long text."""

PREFIXED = re.compile(rb"<[^\s<>/:]+:c(?=[\s/>])")
PLAIN_NAME = re.compile(rb' r="([A-Z]?)[A-Z]([1-9])([0-9]{0,6})"')
NAME = re.compile(rb"""\br\s*=\s*["']\s*([A-Za-z]*)([0-9]+)""")
"""Of a cell, or a row: then without letters."""
ELEMENT = re.compile(rb"<(?:[^\s<>/:]+:)?c(?=[\s/>])")
SHARED = re.compile(rb"<(?:[^\s<>/:]+:)?v>\s*([0-9]+)\s*<")
SHARED_END = re.compile(rb"</(?:[^\s<>/:]+:)?si\s*>")


def look_through(name: str, data: bytes) -> bool:
    """Refuse what would unpack to more than is read; say whether a formula in it has no result.

    Raises:
        Faulty: it would, or it is no workbook.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as parts:
            names = parts.namelist()
            if len(names) > MAX_PARTS:
                raise refused(name, Fault.TOO_LARGE, f"{len(names):,} parts; at most {MAX_PARTS:,} are read")
            if sum(part.file_size for part in parts.infolist()) > MAX_UNPACKED:
                raise refused(name, Fault.TOO_LARGE, f"unpacks to more than {MAX_UNPACKED // 1024**2} MB")
            if sum("worksheets/" in part.lower() for part in names) > MAX_SHEETS:
                raise refused(name, Fault.TOO_LARGE, f"more than {MAX_SHEETS} sheets")
            return _look_at_sheets(name, parts)
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError, OSError, ValueError):
        message = "begins as an Excel workbook, but is none, is damaged or needs a password"
        raise refused(name, Fault.NOT_TEXT, message, "open it in Excel and save it anew") from None


def _look_at_sheets(name: str, parts: zipfile.ZipFile) -> bool:
    longest = 0
    sheets = []
    for part in parts.infolist():
        # A part that is larger than it says fails its checksum here.
        content = parts.read(part)
        if not part.filename.lower().endswith((".xml", ".rels")):
            continue
        if b"\0" in content or b"<!DOCTYPE" in content or b"<!ENTITY" in content:
            raise refused(name, Fault.NOT_TEXT, f"{quoted(part.filename)} is no plain XML")
        if "sharedstrings" in part.filename.lower():
            longest = _longest(content)
        if "worksheets/" in part.filename.lower():
            sheets.append(content)
    for content in sheets:
        _look_at_sheet(name, content, longest)
    return any(map(have_no_result, sheets))


def _longest(shared: bytes) -> int:
    """Give the length of the longest of the texts that cells share; of short ones a bound will do."""
    bound = max(map(len, shared.split(b"</si>")))
    return bound if bound <= MAX_CELL else max(map(len, SHARED_END.split(shared)))


def _look_at_sheet(name: str, sheet: bytes, longest: int) -> None:
    cells = sum(1 for _ in SHARED.finditer(sheet)) if longest > MAX_CELL else 0
    if cells * longest > MAX_TEXT:
        raise refused(name, Fault.TOO_LARGE, "a long text that stands in very many cells")
    width, height = rounded_corner(sheet) or corner(sheet)
    if width * height > MAX_CELLS:
        width, height = corner(sheet)
    if width * height > MAX_CELLS:
        message = f"a sheet of {height:,} rows and {width:,} columns; at most {MAX_CELLS:,} cells are read"
        raise refused(name, Fault.TOO_LARGE, message)


def rounded_corner(sheet: bytes) -> tuple[int, int] | None:
    """Give a bound of how many columns and rows a sheet has, None where its cells are not plainly named.

    The sheet is searched once for a cell beyond the bound, which then is raised: so that it is rarely met, it
    is one of columns such as BZ, and of rows such as 29,999.
    """
    openings = {b"<c", *PREFIXED.findall(sheet)} if b":c" in sheet else {b"<c"}
    if len(openings) > 2:
        return None
    letter, rows = b"", (1, 9)
    for opening in openings:
        at = 0
        while found := _beyond(opening, letter, *rows).search(sheet, at):
            at = found.start()
            name = PLAIN_NAME.match(sheet, found.end())
            if not name:
                return None
            letter, rows = max(letter, name[1]), max(rows, (len(name[3]), int(name[2])))
    further_digits, digit = rows
    return 26 * (ord(letter) - ord("A") + 2 if letter else 1), (digit + 1) * 10**further_digits - 1


def _beyond(opening: bytes, letter: bytes, further_digits: int, digit: int) -> re.Pattern[bytes]:
    """Find a cell that is not plainly named, or is beyond a column or a row."""
    columns = b"[A-%b]?[A-Z]" % letter if letter else b"[A-Z]"
    rows = b"[1-%d]?[0-9]{1,%d}" % (digit, further_digits)
    return re.compile(b'%b(?![A-Za-z]| r="%b%b")' % (re.escape(opening), columns, rows))


def corner(sheet: bytes) -> tuple[int, int]:
    """Give how many columns and rows a sheet has at most, cell by cell.

    A cell without a name stands behind the one before it, in the row that is named last or the next.
    """
    width = height = named = 0
    for letters, digits in (found.groups() for found in NAME.finditer(sheet)):
        named += bool(letters)
        width = max(width, _column(letters))
        height = max(height, int(digits[:9]))
    cells = [sum(1 for _ in ELEMENT.finditer(row)) for row in sheet.split(b"row")]
    if sum(cells) > named:
        return width + max(cells), height + len(cells)
    return width, height


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters[:4].upper():
        number = 26 * number + letter - ord("A") + 1
    return number


def refused(name: str, code: Fault, message: str, hint: str = "") -> Faulty:
    """Make what a reader of workbooks raises."""
    return Faulty([Diagnostic(code=code.value, place=Place(file=name), message=message, hint=hint)])
