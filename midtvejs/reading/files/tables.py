"""A file of people as tables: CSV in whatever dialect, or the sheets of a workbook."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from midtvejs.domain.diagnostic import Faulty, Place
from midtvejs.domain.participants import fold
from midtvejs.reading.codes import Fault
from midtvejs.reading.files.csv_table import csv_table
from midtvejs.reading.files.kinds import refuse_program, refuse_unless_table
from midtvejs.reading.files.source import Source, content_of, quote
from midtvejs.reading.files.table import Table
from midtvejs.reading.files.text import MAX_BYTES, WORKBOOK, text_of


def read_tables(
    path: Path, *, encoding: str = "", sheets: Sequence[str] = (), command: str = "midtvejs check WISHES.csv"
) -> Sequence[Table]:
    """Read all tables of a file, or of standard input for ``-``.

    That is one of CSV, or some ``sheets`` of a workbook, or else all of them. ``command`` shows where the
    file stands.

    Raises:
        OSError: the file cannot be read at all.
        Faulty: it is a workbook that cannot be read, a document, an image or a program.
    """
    name, data = content_of(path, MAX_BYTES)
    refuse_unless_table(name, data)
    if not data.startswith(WORKBOOK) or len(data) > MAX_BYTES:
        if sheets:
            raise _no_such_sheet(name, sheets[0], [])
        source = text_of(name, data, encoding)
        refuse_program(name, source.text, command)
        del data  # a large file shall not be in memory twice
        return [csv_table(source)]
    from midtvejs.reading.files.workbook import sheets_of

    known = sheets_of(name, data)
    if not sheets:
        return known
    for sheet in sheets:
        if fold(sheet) not in {fold(each.name) for each in known}:
            raise _no_such_sheet(name, sheet, [each.name for each in known])
    chosen = set(map(fold, sheets))
    return [each for each in known if fold(each.name) in chosen]


def _no_such_sheet(name: str, sheet: str, known: list[str]) -> Faulty:
    hint = Source(name, "").did_you_mean(sheet, known)
    if not hint:
        hint = (
            f"the sheets are {', '.join(map(quote, known))}"
            if known
            else "only a workbook (.xlsx, .ods) has sheets"
        )
    message = f"there is no sheet {quote(sheet)}, or it is empty"
    return Faulty([Fault.NO_SUCH_SHEET.diagnostic(Place(file=name), message, hint)])
