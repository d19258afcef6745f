"""A CSV file as a table. Where a cell stands is worked out only when a diagnostic needs it.

Cells are read by the standard library's csv, strictly; the delimiter is the header's, or the one that a first
line ``sep=;`` names.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path

from midtvejs.domain.diagnostic import Diagnostic, Place
from midtvejs.reading.people_faults import Fault
from midtvejs.reading.source import LINE_BREAK, Source, Span
from midtvejs.reading.text_file import MAX_LINE, read_text

MAX_CELL = 10_000
"""In characters."""
MAX_COLUMNS = 1_000

SEP_LINE = re.compile(r'"?sep=([^\w\s"]|\t)"?(?:\r\n|\r|\n|\Z)', re.IGNORECASE)
QUOTED = re.compile(r'"[^"]*+(?:"|\Z)')


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """The records of a file, blank ones left out: the header, then the rows.

    ``lines`` says in which line each record begins, from 1. Faults are among the source's diagnostics; a file
    that cannot be read to its end still gives the records above the fault.
    """

    source: Source
    delimiter: str
    records: list[list[str]] = field(default_factory=list)
    lines: list[int] = field(default_factory=list)

    def row(self, record: int) -> Span:
        """Give where a record's first line is; 0 is the header."""
        start = self._start(record)
        return Span(start, start + MAX_LINE)

    def cell(self, record: int, column: int) -> Span:
        """Give where a cell is, quotes included; the end of the record where it has no such cell."""
        found = list(islice(_cells(self.source.text, self._start(record), self.delimiter), column + 1))
        start, end = found[-1].span()
        return Span(start, end) if column < len(found) else Span(end, end)

    def within(self, record: int, column: int, start: int, end: int) -> Span:
        """Give where ``records[record][column][start:end]`` is."""
        begins = self.cell(record, column).start
        value = self.records[record][column]
        if not self.source.text.startswith('"', begins):
            return Span(begins + start, begins + end)
        head, whole = (len(value[:stop].replace('"', '""')) for stop in (start, end))
        return Span(begins + 1 + head, begins + 1 + whole)

    def _start(self, record: int) -> int:
        return self.source.start_of(self.lines[record])


def read_table(path: Path) -> Table:
    """Read a file.

    Raises:
        OSError: the file cannot be read at all.
    """
    source = read_text(path)
    sep_line = SEP_LINE.match(source.text)
    table = Table(source=source, delimiter=sep_line[1] if sep_line else _delimiter(source.text))
    if not source.faulty:
        torn = _fill(table, skipped=1 if sep_line else 0)
        found = (torn, None if torn and not table.records else _misfit(table))
        source.diagnostics.extend(fault for fault in found if fault)
    if table.records:
        _drop_empty_columns(table)
    return table


def _delimiter(text: str) -> str:
    """Find which of the delimiters stands most often in the header, outside quotes."""
    header = QUOTED.sub("", text[:MAX_LINE]).lstrip(" \r\n")
    return max((",", ";", "\t"), key=LINE_BREAK.split(header, maxsplit=1)[0].count)


def _fill(table: Table, *, skipped: int) -> Diagnostic | None:
    """Read records into ``table`` from behind the first ``skipped`` lines; give what put an end to it."""
    reader = csv.reader(_lines(table.source.text, skipped), delimiter=table.delimiter, strict=True)
    first = skipped + 1
    limit = csv.field_size_limit(MAX_CELL)
    try:
        for record in reader:
            if any(map(str.strip, record)):
                table.records.append(record)
                table.lines.append(first)
            first = skipped + reader.line_num + 1
    except LongLine as long:
        place = Place(file=table.source.file, line=skipped + reader.line_num + 1)
        return Diagnostic(code=Fault.TOO_LARGE.value, place=place, message=str(long))
    except csv.Error as error:
        return _torn(table, table.source.start_of(first), str(error))
    finally:
        csv.field_size_limit(limit)
    return None


class LongLine(csv.Error):
    """A line so long that this is no list of people, and too long to be shown."""


def _lines(text: str, skipped: int) -> Iterator[str]:
    for line in islice(io.StringIO(text, newline=""), skipped, None):
        if len(line) > MAX_LINE:
            raise LongLine(f"a line of more than {MAX_LINE:,} characters")
        yield line


def _misfit(table: Table) -> Diagnostic | None:
    place = Place(file=table.source.file)
    if not table.records:
        return Diagnostic(code=Fault.EMPTY.value, place=place, message="the file is empty")
    if (width := len(table.records[0])) > MAX_COLUMNS:
        table.records.clear()
        message = f"{width:,} columns; at most {MAX_COLUMNS:,} are read"
        return Diagnostic(code=Fault.TOO_LARGE.value, place=place, message=message)
    return None


def _drop_empty_columns(table: Table) -> None:
    """Take away cells behind the header's last, where they are empty; spreadsheets leave such columns."""
    header = table.records[0]
    while not header[-1].strip():
        header.pop()
    width = len(header)
    for record in table.records:
        if len(record) > width and not any(map(str.strip, record[width:])):
            del record[width:]


def _cells(text: str, start: int, delimiter: str) -> Iterator[re.Match[str]]:
    """Find the cells of the record that begins at ``start``; stop where it ends, or is torn."""
    cell = re.compile(rf'(?P<quoted>"(?:[^"]++|"")*+")|[^{re.escape(delimiter)}\r\n]*+')
    while found := cell.match(text, start):
        yield found
        start = found.end() + 1
        if text[found.end() : start] != delimiter:
            return


def _torn(table: Table, start: int, complaint: str) -> Diagnostic:
    """Say what is wrong with the record at ``start``, which csv cannot read."""
    source, text = table.source, table.source.text
    code, span, message, hint = Fault.TOO_LARGE, Span(start, start + 1), complaint, ""
    for found in _cells(text, start, table.delimiter):
        behind = text[found.end() : found.end() + 1]
        if text.startswith('"', found.start()) and not found["quoted"]:
            code, span = Fault.TORN_QUOTES, Span(found.start(), found.start() + 1)
            message = 'the quote (") that opens this cell is never closed'
            hint = 'close it; a quote inside a cell is written twice: ""'
            break
        if behind not in {table.delimiter, "\r", "\n", ""}:
            code, span = Fault.TORN_QUOTES, Span(found.end(), found.end() + 1)
            opened = source.place(Span(*found.span()))
            message = f"the cell whose quotes open in {opened.line}:{opened.column} goes on behind them"
            hint = 'a quote inside a cell is written twice: ""'
            break
        if len(found[0]) > MAX_CELL:
            span, message = Span(*found.span()), f"a cell of more than {MAX_CELL:,} characters"
            break
    return Diagnostic(code=code.value, place=source.place(span), message=message, hint=hint)
