"""Where the cells of a sheet are, found out by walking through its XML and keeping none of it.

python-calamine places a cell without a name behind the one before it, in the row that is named last or the
next. It believes any name, and keeps a sheet as the full rectangle that holds all of its cells.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from xml.parsers.expat import ParserCreate

from midtvejs.domain.diagnostic import column_letters

LAST_COLUMN, LAST_ROW = 16_384, 1_048_576
"""No spreadsheet has cells beyond column XFD or this row."""
NAME = re.compile("([A-Za-z]*)0*([0-9]*)")
"""Of a cell, or of a row: then without letters."""
DIMENSION = re.compile(rb"""<(?:[^\s<>/:]*:)?dimension\s[^<>]*?\bref\s*=\s*["']([A-Za-z0-9:]*)["']""")
LONGEST_NAME = 20


class BeyondSheet(Exception):
    """A cell where no sheet has any. Carries its name."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Extent:
    """The rectangle that holds all cells, and how many cells show a text that others may show, too."""

    width: int = 0
    height: int = 0
    shared: int = 0

    @property
    def area(self) -> int:
        return self.width * self.height


def extent_of(sheet: bytes) -> Extent:
    """Walk through a sheet of an .xlsx workbook.

    Raises:
        BeyondSheet: a cell or a row is where no sheet has any.
        ExpatError: this is not XML.
    """
    walk = _SheetWalk()
    # python-calamine reads UTF-8, whatever encoding the XML says it is in.
    parser = ParserCreate("UTF-8")
    parser.StartElementHandler, parser.EndElementHandler = walk.start, walk.end
    parser.Parse(sheet, True)
    return Extent(width=walk.width, height=walk.height, shared=walk.shared)


def opendocument_extent_of(content: bytes) -> Extent:
    """Walk through the sheets of an OpenDocument file, in which a cell or a row may say how often it stands.

    Empty ones at the end of a row or a sheet are not counted: they are not kept.

    Raises:
        BeyondSheet: a cell that holds something is where no sheet has any.
        ExpatError: this is not XML.
    """
    walk = _OpenDocumentWalk()
    parser = ParserCreate("UTF-8")
    parser.StartElementHandler, parser.EndElementHandler = walk.start, walk.end
    parser.CharacterDataHandler = walk.text
    parser.Parse(content, True)
    return Extent(width=walk.width, height=walk.height)


def check_dimension(sheet: bytes) -> None:
    """Check the corners that a sheet says it has.

    Raises:
        BeyondSheet: one is where no sheet has any.
    """
    for found in DIMENSION.finditer(sheet, 0, max(sheet.find(b"sheetData"), 0)):
        for name in found[1].decode("ascii").split(":"):
            _position(name)


def _position(name: str) -> tuple[int, int]:
    """Return the column and the row of a name, both from 1; 0 for what it leaves out, or is not a name."""
    found = NAME.fullmatch(name)
    if not found:
        return 0, 0
    letters, digits = found.groups()
    column = 0
    for letter in letters[:4].upper():
        column = 26 * column + ord(letter) - ord("A") + 1
    row = int(digits[:8] or 0)
    if column > LAST_COLUMN or row > LAST_ROW:
        raise BeyondSheet(name if len(name) <= LONGEST_NAME else f"{name[:LONGEST_NAME]}…")
    return column, row


class _SheetWalk:
    """Follows the cells of a sheet; ``row`` and ``column`` are where one without a name would stand."""

    def __init__(self) -> None:
        self.width = self.height = self.shared = 0
        self._row = self._column = 1

    def start(self, element: str, attributes: dict[str, str]) -> None:
        local = element.rpartition(":")[2]
        if local == "c":
            self._cell(attributes)
        elif local == "row" and "r" in attributes:
            self._row = _position(attributes["r"])[1] or self._row

    def end(self, element: str) -> None:
        if element.rpartition(":")[2] == "row":
            self._row, self._column = self._row + 1, 1

    def _cell(self, attributes: dict[str, str]) -> None:
        row = self._row
        if "r" in attributes:
            self._column, row = _position(attributes["r"])
        elif self._column > LAST_COLUMN or row > LAST_ROW:
            raise BeyondSheet(f"{column_letters(self._column)}{row}")
        self.width, self.height = max(self.width, self._column), max(self.height, row)
        if attributes.get("t") == "s":
            self.shared += 1
        self._column += 1


class _OpenDocumentWalk:
    """Follows the cells of all sheets; their heights are added up."""

    def __init__(self) -> None:
        self.width = self.height = 0
        self._top = self._row = self._column = 0

    def start(self, element: str, attributes: dict[str, str]) -> None:
        match element.rpartition(":")[2]:
            case "table":
                self._top, self._row = self.height, 0
            case "table-row":
                self._row += _repeats(attributes, "table:number-rows-repeated")
                self._column = 0
            case "table-cell" | "covered-table-cell":
                self._column += _repeats(attributes, "table:number-columns-repeated")
                if any("value" in name or "formula" in name for name in attributes):
                    self._hold()

    def end(self, element: str) -> None:
        if element.rpartition(":")[2] == "table-row":
            self._column = 0

    def text(self, text: str) -> None:
        if self._column and text.strip():
            self._hold()

    def _hold(self) -> None:
        if self._column > LAST_COLUMN or self._row > LAST_ROW:
            raise BeyondSheet(f"{column_letters(min(self._column, 26**4))}{self._row}")
        self.width, self.height = max(self.width, self._column), max(self.height, self._top + self._row)


def _repeats(attributes: dict[str, str], name: str) -> int:
    """Return how often a cell or a row stands; a number of very many digits is cut to one too large."""
    said = attributes.get(name, "1").lstrip("+0")
    return int(said[:9]) if said.isascii() and said.isdecimal() else 1
