"""Sheets of a workbook that have the same columns, a sheet a class, as one table."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from midtvejs.domain.diagnostic import Place
from midtvejs.domain.participants import fold
from midtvejs.reading.files.source import Source, quote
from midtvejs.reading.files.table import Table

SHEET = "sheet"
"""What heads the column that says of which sheet a row is; it stands before all others."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetsTable(Table):
    """``starts`` are the records with which the sheets begin.

    ``orders`` are where each sheet has the columns of the first one.
    """

    parts: tuple[Table, ...]
    starts: tuple[int, ...]
    orders: tuple[tuple[int, ...], ...]

    @property
    def separator(self) -> str:
        return ""

    @property
    def sheet(self) -> str:
        return ", ".join(part.sheet for part in self.parts)

    @property
    def line_word(self) -> str:
        return "row"

    @property
    def made(self) -> frozenset[int]:
        return frozenset({0})

    def line(self, record: int) -> str:
        part, own, _ = self._of(record)
        return f"{part.line(own)} of {quote(part.sheet)}"

    def may_show(self, pattern: re.Pattern[str]) -> bool:
        return any(part.may_show(pattern) for part in self.parts)

    def row(self, record: int) -> Place:
        part, own, _ = self._of(record)
        return part.row(own)

    def cell(self, record: int, column: int) -> Place:
        part, own, order = self._of(record)
        if not column:
            return part.row(own)
        return part.cell(own, order[column - 1] if column <= len(order) else column - 1)

    def within(self, record: int, column: int, start: int, end: int) -> Place:
        del start, end
        return self.cell(record, column)

    def _of(self, record: int) -> tuple[Table, int, tuple[int, ...]]:
        """Return the sheet of a record, which record it is there, and where its columns are."""
        number = max(bisect_right(self.starts, record) - 1, 0)
        own = record - self.starts[number] + 1 if record else 0
        return self.parts[number], own, self.orders[number]


def together(sheets: Sequence[Table]) -> SheetsTable | None:
    """Return sheets as one table; None where their headings are not the same, in whatever order."""
    header = sheets[0].records[0]
    orders = [_order(header, sheet.records[0]) for sheet in sheets]
    known = [order for order in orders if order is not None]
    if len(known) < len(sheets):
        return None
    table = SheetsTable(
        source=Source(sheets[0].source.file, "", encoding=""),
        parts=tuple(sheets),
        starts=tuple(_starts(sheets)),
        orders=tuple(known),
    )
    table.records.append([SHEET, *header])
    table.lines.append(sheets[0].lines[0])
    for sheet, order in zip(sheets, known, strict=True):
        for record, line in zip(sheet.records[1:], sheet.lines[1:], strict=True):
            cells = [record[index] if index < len(record) else "" for index in order]
            table.records.append([sheet.sheet, *cells, *record[len(order) :]])
            table.lines.append(line)
    return table


def _order(header: Sequence[str], other: Sequence[str]) -> tuple[int, ...] | None:
    """Return where the columns of one header are in another; None where it has others, or one twice."""
    one, two = ([fold(heading) for heading in each] for each in (header, other))
    if one == two:
        return tuple(range(len(one)))
    if sorted(one) != sorted(two) or len(set(one)) < len(one):
        return None
    return tuple(two.index(heading) for heading in one)


def _starts(sheets: Sequence[Table]) -> Iterator[int]:
    start = 1
    for sheet in sheets:
        yield start
        start += len(sheet.records) - 1
