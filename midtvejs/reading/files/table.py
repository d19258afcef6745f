"""The records of a file, whatever wrote it: a header, then rows of text."""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from array import array
from collections.abc import Iterable, MutableSequence, Sequence
from dataclasses import dataclass, field

from midtvejs.domain.diagnostic import Place, column_letters
from midtvejs.reading.files.records import Records
from midtvejs.reading.files.source import Source

MAX_CELL = 10_000
"""In characters."""
MAX_COLUMNS = 1_000
MOST_ROWS = 1_000
"""So many rows say whether there is anything in a column."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Table(ABC):
    """The records of a file, blank ones left out: the header, then the rows.

    ``lines`` says in which line each record begins, from 1; of a sheet, in which row. Faults are among the
    source's diagnostics; a file that cannot be read to its end still gives the records above the fault.
    """

    source: Source
    records: Records = field(default_factory=Records)
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


def distinct(table: Table, columns: Iterable[int]) -> set[str]:
    """Return the different cells of some columns below the header."""
    return set().union(*map(table.records.below, columns))


def drop_empty_columns(table: Table) -> None:
    """Take away columns behind the header's last that are empty; spreadsheets leave such columns."""
    records = table.records
    header = records[0]
    headed = _width(header)
    if records.longest <= headed:
        return
    for record in records:
        if len(record) > headed and (used := _width(record)) <= len(header):
            headed = max(headed, used)
    records[0] = header[:headed]
    records.cut(headed)


def _width(record: Sequence[str]) -> int:
    """Return how many cells a record has up to the last one that says anything."""
    width = len(record)
    while width and not record[width - 1].strip():
        width -= 1
    return width
