"""Why the first row of a table may be no header: a title above it, or a whole line in one cell."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from midtvejs.reading.table import Table

MOST_ABOVE = 10
"""So many rows may be titles and the like."""
MOST_ROWS = 200
"""So many rows say whether one above them is their header."""


def is_one_cell(table: Table) -> bool:
    """Whether each line was put into quotes as a whole, as happens on the way through a spreadsheet."""
    rows = table.records[:MOST_ROWS]
    return all(len(row) == 1 and any(mark in row[0] for mark in ",;\t") for row in rows)


def header_below(table: Table, is_header: Callable[[Table], bool]) -> int | None:
    """Give the record that is the header, where rows stand above it; None where there is none such.

    What ``is_header`` finds wrong on the way is no fault of the file.
    """
    faults = len(table.source.diagnostics)
    for number in range(1, min(MOST_ABOVE + 1, len(table.records) - 1)):
        rows = slice(number, number + MOST_ROWS)
        if is_header(replace(table, records=table.records[rows], lines=table.lines[rows])):
            del table.source.diagnostics[faults:]
            return number
    del table.source.diagnostics[faults:]
    return None
