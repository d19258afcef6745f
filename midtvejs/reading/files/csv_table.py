"""A CSV file as a table. Where a cell stands is worked out only when a diagnostic needs it.

Cells are read by the standard library's csv, strictly; the delimiter is the header's, or the one that a first
line ``sep=;`` names.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from midtvejs.domain.diagnostic import Diagnostic, Place
from midtvejs.reading.codes import Fault
from midtvejs.reading.files.source import LINE_BREAK, Source, Span
from midtvejs.reading.files.table import MAX_CELL, MAX_COLUMNS, Table, drop_empty_columns
from midtvejs.reading.files.text import MAX_LINE

SEP_LINE = re.compile(r'"?sep=([^\w\s"]|\t)"?(?:\r\n|\r|\n|\Z)', re.IGNORECASE)
QUOTED = re.compile(r'"[^"]*+(?:"|\Z)')


@dataclass(frozen=True, slots=True, kw_only=True)
class CsvTable(Table):
    delimiter: str

    @property
    def separator(self) -> str:
        return self.delimiter

    def may_show(self, pattern: re.Pattern[str]) -> bool:
        return pattern.search(self.source.text) is not None

    def row(self, record: int) -> Place:
        start = self._start(record)
        return self.source.place(Span(start, start + MAX_LINE))

    def cell(self, record: int, column: int) -> Place:
        """Return where a cell is, quotes included."""
        return self.source.place(self.span(record, column))

    def within(self, record: int, column: int, start: int, end: int) -> Place:
        return self.source.place(self.span_within(record, column, start, end))

    def span(self, record: int, column: int) -> Span:
        found = list(islice(_cells(self.source.text, self._start(record), self.delimiter), column + 1))
        start, end = found[-1].span()
        return Span(start, end) if column < len(found) else Span(end, end)

    def span_within(self, record: int, column: int, start: int, end: int) -> Span:
        begins = self.span(record, column).start
        value = self.records[record][column]
        if not self.source.text.startswith('"', begins):
            return Span(begins + start, begins + end)
        head, whole = (len(value[:stop].replace('"', '""')) for stop in (start, end))
        return Span(begins + 1 + head, begins + 1 + whole)

    def _start(self, record: int) -> int:
        return self.source.start_of(self.lines[record])


def csv_table(source: Source) -> CsvTable:
    """Read the records of a text."""
    sep_line = SEP_LINE.match(source.text)
    table = CsvTable(source=source, delimiter=sep_line[1] if sep_line else _delimiter(source.text))
    if not source.faulty:
        torn = _fill(table, skipped=1 if sep_line else 0)
        found = (torn, None if torn and not table.records else _misfit(table))
        source.diagnostics.extend(fault for fault in found if fault)
    if table.records:
        drop_empty_columns(table)
    return table


def _delimiter(text: str) -> str:
    """Find which of the delimiters the header has most of, outside quotes, where rows bear it out.

    A question may hold commas: then only the true delimiter gives most rows as many cells as the header has.
    """
    plain = QUOTED.sub("", text[:MAX_LINE]).lstrip(" \r\n")
    header = LINE_BREAK.split(plain, maxsplit=1)[0]
    counts = {delimiter: header.count(delimiter) for delimiter in (",", ";", "\t")}
    found = [delimiter for delimiter, count in counts.items() if count]
    if not found and header:
        return _delimiter_below(text[len(header) : MAX_LINE])
    if len(found) < 2:
        alone = max(counts, key=lambda delimiter: counts[delimiter])
        below = _delimiter_below_title(plain[len(header) :].lstrip(), counts[alone])
        return below if below and _even_rows(text[:MAX_LINE], alone) == 0 else alone
    return max(found, key=lambda delimiter: (_even_rows(text[:MAX_LINE], delimiter), counts[delimiter]))


def _delimiter_below(text: str) -> str:
    """Find the delimiter of which there is most below a first line that has none: a title, or one column."""
    unquoted = QUOTED.sub("", text)
    return max((",", ";", "\t"), key=unquoted.count)


def _delimiter_below_title(rest: str, count: int) -> str:
    """Find the delimiter of rows that are even, below a first line with ``count`` of another one, if any.

    A title above the header may have commas of its own, but not as many as the header has delimiters.
    """
    below = _delimiter_below(rest)
    header, *rows = LINE_BREAK.split(rest, maxsplit=1)
    return below if any(rows) and header.count(below) > count and _even_rows(rest, below) > 1 / 2 else ""


def _even_rows(text: str, delimiter: str) -> float:
    """Return the share of the first rows that have as many cells as the header; 1 where there are none."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    try:
        rows = [len(row) for row in islice(reader, 50) if row]
    except csv.Error:
        return 0.0
    # The last row may have been cut off.
    looked_at = rows[1:-1] if len(text) == MAX_LINE and len(rows) > 2 else rows[1:]
    return sum(width == rows[0] for width in looked_at) / len(looked_at) if looked_at else 1.0


def _fill(table: CsvTable, *, skipped: int) -> Diagnostic | None:
    """Read records into ``table`` from behind the first ``skipped`` lines; give what put an end to it."""
    reader = csv.reader(_lines(table.source, skipped), delimiter=table.delimiter, strict=True)
    first = skipped + 1
    limit = csv.field_size_limit(MAX_CELL)
    keep, keep_line = table.records.append, table.lines.append
    try:
        for record in reader:
            if "".join(record).strip():
                keep(record)
                keep_line(first)
            first = skipped + reader.line_num + 1
    except LongLine as long:
        place = Place(file=table.source.file, line=skipped + reader.line_num + 1)
        return Fault.TOO_LARGE.diagnostic(place, str(long))
    except csv.Error as error:
        return _torn(table, table.source.start_of(first), str(error))
    finally:
        csv.field_size_limit(limit)
    return None


class LongLine(csv.Error):
    """A line so long that this is no list of people, and too long to be shown."""


def _lines(source: Source, skipped: int) -> Iterator[str]:
    for line in source.lines(skipped + 1):
        if len(line) > MAX_LINE:
            raise LongLine(f"a line of more than {MAX_LINE:,} characters")
        yield line


def _misfit(table: CsvTable) -> Diagnostic | None:
    place = Place(file=table.source.file)
    if not table.records:
        return Fault.EMPTY.diagnostic(place, "the file is empty")
    if (width := len(table.records[0])) > MAX_COLUMNS:
        table.records.clear()
        message = f"{width:,} columns; at most {MAX_COLUMNS:,} are read"
        return Fault.TOO_LARGE.diagnostic(place, message)
    return None


def _cells(text: str, start: int, delimiter: str) -> Iterator[re.Match[str]]:
    """Find the cells of the record that begins at ``start``; stop where it ends, or is torn."""
    cell = re.compile(rf'(?P<quoted>"(?:[^"]++|"")*+")|[^{re.escape(delimiter)}\r\n]*+')
    while found := cell.match(text, start):
        yield found
        start = found.end() + 1
        if text[found.end() : start] != delimiter:
            return


def _torn(table: CsvTable, start: int, complaint: str) -> Diagnostic:
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
    return code.diagnostic(source.place(span), message, hint)
