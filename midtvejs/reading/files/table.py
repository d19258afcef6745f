"""The records of a file, whatever wrote it: a header, then rows of text."""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from array import array
from collections.abc import MutableSequence, Sequence
from dataclasses import dataclass, field
from itertools import chain
from operator import itemgetter

from midtvejs.domain.diagnostic import Place, column_letters
from midtvejs.reading.files.source import Source

MAX_CELL = 10_000
"""In characters."""
MAX_COLUMNS = 1_000
MOST_ROWS = 1_000
"""So many rows say whether there is anything in a column."""
CROWD = 10_000
"""With fewer rows than this the memory of a file matters to nobody."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Table(ABC):
    """The records of a file, blank ones left out: the header, then the rows.

    ``lines`` says in which line each record begins, from 1; of a sheet, in which row. Faults are among the
    source's diagnostics; a file that cannot be read to its end still gives the records above the fault.
    """

    source: Source
    records: list[list[str]] = field(default_factory=list)
    lines: MutableSequence[int] = field(default_factory=lambda: array("q"))

    @property
    @abstractmethod
    def separator(self) -> str:
        """What stands between cells; nothing in a workbook."""

    @property
    def sheet(self) -> str:
        return ""

    @property
    def line_word(self) -> str:
        """What a record's number is called."""
        return "line"

    @property
    def made(self) -> frozenset[int]:
        """The columns that the file does not have, but the reader added."""
        return frozenset()

    def column(self, index: int) -> str:
        """Say which column one is, as those who have the file before them count it."""
        place = self.cell(0, index)
        return f"column {column_letters(place.column) if place.sheet else index + 1}"

    def headless(self) -> list[int]:
        """Return the columns that say something, in one of the first rows, but have no heading."""
        header = self.records[0]
        bare = [index for index, heading in enumerate(header) if not heading.strip()]
        rows = self.records[1:MOST_ROWS]
        return [
            index for index in bare if any(index < len(record) and record[index].strip() for record in rows)
        ]

    def line(self, record: int) -> str:
        """Say in which line or row a record is."""
        return str(self.lines[record])

    @abstractmethod
    def may_show(self, pattern: re.Pattern[str]) -> bool:
        """Whether it is worth looking for a pattern in the cells: False where it surely is in none."""

    @abstractmethod
    def row(self, record: int) -> Place:
        """Return where a record's first line is; 0 is the header."""

    @abstractmethod
    def cell(self, record: int, column: int) -> Place:
        """Return where a cell is; the end of the record where it has no such cell."""

    @abstractmethod
    def within(self, record: int, column: int, start: int, end: int) -> Place:
        """Return where ``records[record][column][start:end]`` is."""


def distinct(records: Sequence[Sequence[str]], columns: Sequence[int]) -> set[str]:
    """Return the different cells of some columns; a record may be too short to have them all.

    They are gone through row by row: what stands side by side in a file does so in memory, too.
    """
    if not columns:
        return set()
    width = max(columns) + 1
    said = itemgetter(*columns, columns[0])  # of one column alone it would give a cell, not cells
    short = [record for record in records if len(record) < width]
    whole = [record for record in records if len(record) >= width] if short else records
    found = set(chain.from_iterable(map(said, whole)))
    found.update(record[column] for record in short for column in columns if column < len(record))
    return found


class SharedCells:
    """Keeps what many rows of a crowd say in a column once for all of them: most wishes are alike.

    It is done while they are read, a crowd at a time: never is each of a million a text of its own.
    """

    def __init__(self, records: Sequence[list[str]]) -> None:
        self._records = records
        self._shared = 0
        self._columns: list[int] = []
        self._known: dict[str, str] = {}

    def share(self) -> None:
        """Go on with the records that were added since; the first crowd tells in which columns."""
        if len(self._records) < CROWD:
            return
        width = len(self._records[0])
        whole = [record for record in self._records[self._shared :] if len(record) == width]
        if not self._shared:
            said = zip(*whole[:MOST_ROWS], strict=True)
            self._columns = [column for column, cells in enumerate(said) if len({*cells}) < len(cells) * 0.9]
        self._shared = len(self._records)
        known = self._known
        for record in whole if self._columns else ():
            for column in self._columns:
                record[column] = known.setdefault(record[column], record[column])


def drop_empty_columns(table: Table) -> None:
    """Take away columns behind the header's last that are empty; spreadsheets leave such columns."""
    header = table.records[0]
    headed = _width(header)
    for record in table.records:
        if len(record) > headed and (used := _width(record)) <= len(header):
            headed = max(headed, used)
    del header[headed:]
    for record in table.records:
        if len(record) > headed and not any(map(str.strip, record[headed:])):
            del record[headed:]


def _width(record: Sequence[str]) -> int:
    """Return how many cells a record has up to the last one that says anything."""
    width = len(record)
    while width and not record[width - 1].strip():
        width -= 1
    return width
