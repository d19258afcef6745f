"""assignment.xlsx: everybody's day, who is where in each round, and how full each session is."""

from __future__ import annotations

import datetime as dt
import io
import re
from collections.abc import Iterable
from dataclasses import replace
from functools import partial
from math import ceil
from typing import TYPE_CHECKING

from midtvejs.domain.words import words_for
from midtvejs.output.export.tables import Cell, Table, participant_table, roster_table, session_table
from midtvejs.output.export.wanted import ALL_OF_IT, Making, Wanted
from midtvejs.output.roster import Rosters
from midtvejs.output.screen import printable

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.worksheet import Worksheet

LITERALLY = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
LONGEST_CELL = 32_767
LONGEST_SHEET_NAME = 31
NOT_IN_A_SHEET_NAME = re.compile(r"[\[\]:*?/\\]+")
NARROWEST, WIDEST = 7, 60
"""Columns, in letters."""
WIDEST_PAPER = 240
"""So many letters can be read on paper; of a wider table several sheets are printed, with names on each."""
A4 = 9
"""Its number among the sizes of paper (ISO/IEC 29500-1, 18.3.1.63)."""
ROWS_LOOKED_AT = 200
"""So many rows tell how wide a column has to be."""


def files(rosters: Rosters, wanted: Wanted) -> Making:
    """Return the workbook; nothing of it could be ``public``."""
    return {} if wanted.public else {"assignment.xlsx": partial(assignment_xlsx, rosters, wanted)}


def assignment_xlsx(rosters: Rosters, wanted: Wanted = ALL_OF_IT) -> bytes:
    """Return the workbook; the same assignment gives the same bytes."""
    from xlsxwriter import Workbook

    file, event = io.BytesIO(), rosters.assignment.program.event
    told = words_for(event.language).exports
    tables = [
        (told.participants, participant_table(rosters, replace(wanted, changed=None))),
        *((round_.name, roster_table(rosters, round_)) for round_ in rosters.assignment.program.rounds),
        (told.sessions, session_table(rosters)),
    ]
    names = sheet_names(title for title, _ in tables)
    with Workbook(file, LITERALLY) as book:
        midnight = dt.datetime.combine(event.date, dt.time())
        book.set_properties({"title": printable(event.name), "created": midnight})
        for name, (_, table) in zip(names, tables, strict=True):
            _fill(book, book.add_worksheet(name), table)
    return file.getvalue()


def sheet_names(titles: Iterable[str]) -> list[str]:
    r"""Return names that Excel takes: short, without ``[]:*?/\``, and no two the same but for their case."""
    names: list[str] = []
    # Excel keeps this name for itself.
    used = {"history"}
    for title in titles:
        plain = " ".join(NOT_IN_A_SHEET_NAME.sub(" ", printable(title)).split()).strip("'")
        name, number = plain[:LONGEST_SHEET_NAME].strip(" '") or "-", 1
        while name.casefold() in used:
            number += 1
            ending = f" {number}"
            name = (plain[: LONGEST_SHEET_NAME - len(ending)].rstrip(" '") or "-") + ending
        used.add(name.casefold())
        names.append(name)
    return names


def _fill(book: Workbook, sheet: Worksheet, table: Table) -> None:
    heading = book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"})
    sheet.freeze_panes(1, table.names)
    sheet.autofilter(0, 0, max(1, len(table.rows)), len(table.header) - 1)
    sheet.repeat_rows(0)
    sheet.set_paper(A4)
    sheet.set_landscape()
    sheet.set_margins(left=0.4, right=0.4, top=0.4, bottom=0.6)
    sheet.set_footer("&L&A&R&P / &N")
    widths = [_width(table, index) for index in range(len(table.header))]
    if table.names:
        sheet.repeat_columns(0, table.names - 1)
    sheet.fit_to_pages(ceil(sum(widths) / WIDEST_PAPER) if table.names else 1, 0)
    for index, (head, width) in enumerate(zip(table.header, widths, strict=True)):
        sheet.write_string(0, index, printable(head), heading)
        sheet.set_column(index, index, width)
    for number, row in enumerate(table.rows, start=1):
        for index, cell in enumerate(row):
            _write(sheet, number, index, cell)


def _width(table: Table, index: int) -> int:
    """Return how wide a column is, in letters."""
    shown = [len(str(row[index])) for row in table.rows[:ROWS_LOOKED_AT]]
    # The button of the filter stands beside the heading.
    return max(NARROWEST, min(WIDEST, max([len(table.header[index]) + 3, *shown]) + 1))


def _write(sheet: Worksheet, row: int, column: int, cell: Cell) -> None:
    if isinstance(cell, int):
        sheet.write_number(row, column, cell)
    elif cell:
        sheet.write_string(row, column, printable(cell)[:LONGEST_CELL])
