"""Look through a workbook's XML before anything unpacks it: its size, its cells, its empty formulas.

A workbook is a zip file of XML that nobody vouches for. python-calamine keeps a sheet as a full rectangle,
so that two cells at opposite corners would take all the memory there is. It believes any name of a cell, and
places one without a name behind the one before it, in the row that is named last or the next. Formulas that
have no result it gives as empty cells. So sheets are walked through here first, and none of it is kept.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from operator import attrgetter
from typing import TypeVar
from xml.parsers.expat import ExpatError, ParserCreate

from midtvejs.domain.diagnostic import Faulty, Place, column_letters
from midtvejs.reading.codes import Fault
from midtvejs.reading.files.source import quote

T = TypeVar("T")

MAX_UNPACKED = 1024**3
MAX_PARTS = 2_000
MAX_SHEETS = 100
MAX_CELLS = 30_000_000
"""Of the rectangles that hold all cells of the sheets."""
MAX_TEXT = 128 * 1024**2
"""Characters of all cells together that share their texts: many may show one that is long."""
UNPACKED, UNPACKED_PER_BYTE = 32 * 1024**2, 25
"""A file of answers unpacks to nine times its size, has a tag for each byte, and a cell for each four tags.

So one that is small and holds very much was made to take all the time and memory there is.
"""
TAGS, TAGS_PER_BYTE = 1_000_000, 2
CELLS, CELLS_PER_TAG = 1_000_000, 1

SAVE_ANEW = "open it in Excel and save it again"
FAR_OFF = "delete what stands far below the answers, or far to the right of them"
ENCRYPTED = 0x41
"""The bits of a part that say so, in either of two ways."""
PACKED = frozenset({zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED})
"""How the parts of workbooks are packed (ECMA-376, part 2)."""
OTHERWISE_PACKED = {9: "Deflate64", 12: "bzip2", 14: "LZMA", 93: "Zstandard", 95: "XZ"}
NOT_PLAIN = (b"\0", b"<!DOCTYPE", b"<!ENTITY")
PREFIXED = re.compile(rb"</?[^\s<>/:]+:c(?=[\s/>])")
PLAIN_NAME = re.compile(rb' r="([A-Z]?)[A-Z]([1-9])([0-9]{0,6})"')
ANY_PREFIX = re.compile(rb":c(?=[\s/>])")
SHARED_END = re.compile(rb"</(?:[^\s<>/:]+:)?si\s*>")
SHARES = (b'"s"', b"'s'")
"""One of these is in each cell that shows a text of those that are shared."""
SHARED_NUMBER = re.compile(rb"""\bt=["']s["'][^<>]*><(?:[^\s<>/:]+:)?v>([0-9]{1,9})</""")


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """What is seen of a workbook: whether a formula in it has no result, and how many cells it may have."""

    no_results: bool
    most_cells: int


def look_through(name: str, data: bytes) -> Seen:
    """Refuse what would unpack to more than is read, or to more than a file of its size can hold by itself.

    Raises:
        Faulty: it would, or it is no workbook.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as parts:
            _look_at_names(name, parts, min(MAX_UNPACKED, UNPACKED + UNPACKED_PER_BYTE * len(data)))
            return _look_at_parts(name, parts, TAGS + TAGS_PER_BYTE * len(data))
    except (zipfile.BadZipFile, NotImplementedError, EOFError, OSError, ValueError):
        raise _refuse_damaged(name, "begins like an Excel workbook, but is not one, or is cut off") from None


def _look_at_names(name: str, parts: zipfile.ZipFile, most_unpacked: int) -> None:
    """Look at what is in the workbook before any of it is unpacked."""
    found = parts.infolist()
    if len(found) > MAX_PARTS:
        raise refuse(name, Fault.TOO_LARGE, f"{len(found):,} parts; at most {MAX_PARTS:,} are read")
    if sum(part.file_size for part in found) > most_unpacked:
        raise refuse(name, Fault.TOO_LARGE, f"unpacks to more than {most_unpacked // 1024**2} MB", SAVE_ANEW)
    for part in found:
        if part.flag_bits & ENCRYPTED:
            raise refuse(name, Fault.NOT_TEXT, "the workbook needs a password", "save it without one")
        if part.compress_type not in PACKED:
            how = OTHERWISE_PACKED.get(part.compress_type, f"method {part.compress_type}")
            raise _refuse_damaged(name, f"{quote(part.filename)} is packed with {how}, as no workbook is")
        if part.filename.lower().endswith("workbook.bin"):
            hint = "open it in Excel and save it as .xlsx"
            raise refuse(name, Fault.NOT_TEXT, "this is a binary workbook (.xlsb)", hint)


def _look_at_parts(name: str, parts: zipfile.ZipFile, most_tags: int) -> Seen:
    shared: list[bytes] = []
    sheets, others = [], Extent()
    tags = 0
    for part in parts.infolist():
        content = _unpack(name, parts, part)
        written = part.filename.lower()
        is_xml = written.endswith((".xml", ".rels")) or SHEET in content
        if is_xml and any(mark in content for mark in NOT_PLAIN):
            raise refuse(name, Fault.NOT_TEXT, f"{quote(part.filename)} is not plain XML")
        if is_xml and (tags := tags + content.count(b"<")) > most_tags:
            message = f"{quote(part.filename)} has more in it than a workbook of this size has"
            raise refuse(name, Fault.TOO_LARGE, message, SAVE_ANEW)
        if SHEET in content:
            sheets.append((part.filename, content))
        elif written == "content.xml":
            others = _walk_part(name, part.filename, content, opendocument_extent_of)
        elif "sharedstrings" in written:
            shared.append(content)
    check_sheets(name, len(sheets))
    most_cells = min(MAX_CELLS, CELLS + CELLS_PER_TAG * tags)
    check_text(name, others.text + sum(shared_text(sheet, shared) for _, sheet in sheets))
    _check_sizes(name, sheets, others.area, most_cells)
    return Seen(no_results=any(have_no_result(sheet) for _, sheet in sheets), most_cells=most_cells)


def _unpack(name: str, parts: zipfile.ZipFile, part: zipfile.ZipInfo) -> bytes:
    """Unpack a part. One that is larger than it says fails its checksum here."""
    try:
        return parts.read(part)
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, EOFError, OSError):
        raise _refuse_damaged(name, f"{quote(part.filename)} in the workbook is damaged or cut off") from None


def shared_text(sheet: bytes, shared: Sequence[bytes]) -> int:
    """Return a bound of the characters that the cells of a sheet show of texts that they share.

    They are counted cell by cell only where a quick bound is above what is read.
    """
    lengths = [[len(text) for text in SHARED_END.split(each)] for each in shared]
    longest = max((max(each) for each in lengths), default=0)
    cells = sum(map(sheet.count, SHARES)) if longest else 0
    if cells * longest <= MAX_TEXT or len(lengths) != 1:
        return cells * longest
    numbers = Counter(map(int, SHARED_NUMBER.findall(sheet)))
    told = dict(enumerate(lengths[0]))
    plain = sum(told.get(number, 0) * count for number, count in numbers.items())
    return plain + (cells - numbers.total()) * longest


def _check_sizes(name: str, sheets: Sequence[tuple[str, bytes]], others: int, most: int) -> None:
    """Refuse sheets that are too large together; ``others`` are cells that have been counted before.

    To walk through a sheet takes time, which is spent only where a quick bound does not settle it.
    """
    for part, sheet in sheets:
        _walk_part(name, part, sheet, check_dimension)
    bounds = [bound_corner(sheet) for _, sheet in sheets]
    within = [width * height for width, height in filter(None, bounds) if height <= LAST_ROW]
    if len(within) == len(sheets) and sum(within) + others <= most:
        return
    extents = [_walk_part(name, part, sheet, extent_of) for part, sheet in sheets]
    largest = max(extents, key=attrgetter("area"), default=Extent())
    if largest.area > most:
        size = f"a sheet of {largest.height:,} rows and {largest.width:,} columns"
        raise refuse(name, Fault.TOO_LARGE, f"{size}; at most {most:,} cells are read", FAR_OFF)
    check_cells(name, sum(extent.area for extent in extents) + others, most)


def check_sheets(name: str, sheets: int) -> None:
    """Refuse more sheets than are read."""
    if sheets > MAX_SHEETS:
        raise refuse(name, Fault.TOO_LARGE, f"more than {MAX_SHEETS} sheets")


def check_cells(name: str, cells: int, most: int) -> None:
    """Refuse sheets that have too many cells together."""
    if cells > most:
        message = f"the sheets have {cells:,} cells together; at most {most:,} are read"
        raise refuse(name, Fault.TOO_LARGE, message, FAR_OFF)


def check_text(name: str, characters: int) -> None:
    """Refuse cells that show too much text together."""
    if characters > MAX_TEXT:
        raise refuse(name, Fault.TOO_LARGE, "a long text that stands in very many cells")


def _walk_part(name: str, part: str, content: bytes, walk: Callable[[bytes], T]) -> T:
    try:
        return walk(content)
    except BeyondSheet as beyond:
        message = f"cell {beyond} in {quote(part)}: a sheet ends at column XFD and row {LAST_ROW:,}"
        raise refuse(name, Fault.TOO_LARGE, message, SAVE_ANEW) from None
    except ExpatError as error:
        raise _refuse_damaged(name, f"{quote(part)} in the workbook cannot be read as XML: {error}") from None


def bound_corner(sheet: bytes) -> tuple[int, int] | None:
    """Return a bound of how many columns and rows a sheet has, None where its cells are not plainly named.

    The sheet is searched once for a cell beyond the bound, which then is raised: so that it is rarely met, it
    is one of columns such as BZ, and of rows such as 29,999.
    """
    prefixed = PREFIXED.findall(sheet) if b":c" in sheet else []
    openings = {b"<c", *(tag for tag in prefixed if not tag.startswith(b"</"))}
    if len(openings) > 2 or (b":c" in sheet and len(ANY_PREFIX.findall(sheet)) > len(prefixed)):
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


def _refuse_damaged(name: str, message: str) -> Faulty:
    return refuse(name, Fault.NOT_TEXT, message, SAVE_ANEW)


def refuse(name: str, code: Fault, message: str, hint: str = "") -> Faulty:
    """Make what a reader of workbooks raises."""
    return Faulty([code.diagnostic(Place(file=name), message, hint)])


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
    """The rectangle that holds all cells: its last column and row, and how many are empty before the first.

    ``text`` are the characters that cells show which stand several times.
    """

    width: int = 0
    height: int = 0
    left: int = 0
    above: int = 0
    text: int = 0

    @property
    def area(self) -> int:
        return (self.width - self.left) * (self.height - self.above)


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
    left, above = min(walk.left, walk.width), min(walk.above, walk.height)
    return Extent(width=walk.width, height=walk.height, left=left, above=above)


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
    return Extent(width=walk.width, height=walk.height, text=walk.shown)


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
        self.width = self.height = 0
        self.left, self.above = LAST_COLUMN, LAST_ROW
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
        self.left, self.above = min(self.left, self._column - 1), min(self.above, row - 1)
        self._column += 1


class _OpenDocumentWalk:
    """Follows the cells of all sheets; their heights are added up."""

    def __init__(self) -> None:
        self.width = self.height = self.shown = 0
        self._top = self._row = self._column = 0
        self._rows = self._columns = 1

    def start(self, element: str, attributes: dict[str, str]) -> None:
        match element.rpartition(":")[2]:
            case "table":
                self._top, self._row = self.height, 0
            case "table-row":
                self._rows = _repeats(attributes, "table:number-rows-repeated")
                self._row += self._rows
                self._column = 0
            case "table-cell" | "covered-table-cell":
                self._columns = _repeats(attributes, "table:number-columns-repeated")
                self._column += self._columns
                if any("value" in name or "formula" in name for name in attributes):
                    self._hold()

    def end(self, element: str) -> None:
        if element.rpartition(":")[2] == "table-row":
            self._column = 0

    def text(self, text: str) -> None:
        if self._column and text.strip():
            self._hold()
            if (often := self._rows * self._columns) > 1:
                self.shown += often * len(text)

    def _hold(self) -> None:
        if self._column > LAST_COLUMN or self._row > LAST_ROW:
            raise BeyondSheet(f"{column_letters(min(self._column, 26**4))}{self._row}")
        self.width, self.height = max(self.width, self._column), max(self.height, self._top + self._row)


def _repeats(attributes: dict[str, str], name: str) -> int:
    """Return how often a cell or a row stands; a number of very many digits is cut to one too large."""
    said = attributes.get(name, "1").lstrip("+0")
    return int(said[:9]) if said.isascii() and said.isdecimal() else 1


SHEET = b"sheetData"
"""Stands in each part that is a sheet, whatever the part is called: the workbook's relations tell."""
NOT_CALCULATED = "#NOT CALCULATED"
"""What is read where a formula was saved without its result, as programs other than spreadsheets save it."""
FAILED = (b't="e"', b"t='e'")
"""The type of a cell whose formula failed."""
FAILED_CELL = re.compile(rb"""(<(?:[^\s<>/:]+:)?c\s(?:[^<>]*?\s)?t=)(["'])e\2""")
FORMULA = (b"<f", b":f")
"""One of these is in every sheet that has a formula. To look for more costs more than it spares."""
PREFIX = rb"(?:[^\s<>/:]+:)?"
NO_RESULT = re.compile(
    # Text without characters is the result of a formula, too: the cell then says that it holds text.
    rb"""(?P<cell><(?P<prefix>%(p)b)c(?=[\s>])(?![^<>]*\st=["']str)[^<>]*)(?<!/)>\s*"""
    rb"(?:<%(p)bf(?:\s[^<>]*)?/>|<%(p)bf(?:\s[^<>]*)?(?<!/)>[^<]*</%(p)bf\s*>)\s*"
    rb"(?:<%(p)bv\s*/>|<%(p)bv\s*>\s*</%(p)bv\s*>)?\s*</%(p)bc\s*>" % {b"p": PREFIX}
)
TYPE = re.compile(rb"""\st=(["']).*?\1""")


def have_no_result(sheet: bytes) -> bool:
    """Whether any formula of a sheet failed, or was saved without its result."""
    if any(mark in sheet for mark in FAILED):
        return True
    return any(mark in sheet for mark in FORMULA) and NO_RESULT.search(sheet) is not None


def with_results_as_text(workbook: bytes) -> bytes:
    """Make cells whose formulas failed hold the text that they show, and those never calculated say so."""
    made = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(workbook)) as parts,
        zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as changed,
    ):
        for name in dict.fromkeys(parts.namelist()):
            content = parts.read(name)
            if SHEET in content:
                content = NO_RESULT.sub(_not_calculated, FAILED_CELL.sub(rb"\1\2str\2", content))
            changed.writestr(name, content)
    return made.getvalue()


def _not_calculated(cell: re.Match[bytes]) -> bytes:
    prefix, start = cell["prefix"], TYPE.sub(b"", cell["cell"])
    return b'%b t="str"><%bv>%b</%bv></%bc>' % (start, prefix, NOT_CALCULATED.encode(), prefix, prefix)
