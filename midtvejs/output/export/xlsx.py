"""assignment.xlsx: everybody's day, who is where in each round, and how full each session is."""

from __future__ import annotations

import datetime as dt
import io
import re
from collections.abc import Iterable
from dataclasses import replace
from functools import partial

from midtvejs.domain.words import words_for
from midtvejs.output.export.tables import participant_table, roster_table, session_table
from midtvejs.output.export.wanted import ALL_OF_IT, Making, Wanted
from midtvejs.output.roster import Rosters
from midtvejs.output.screen import printable
from midtvejs.output.tables.sheet import LITERALLY, Cell, fill_sheet

LONGEST_SHEET_NAME = 31
NOT_IN_A_SHEET_NAME = re.compile(r"[\[\]:*?/\\]+")


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
            header, rows = list(map(printable, table.header)), [list(map(_shown, row)) for row in table.rows]
            fill_sheet(book, book.add_worksheet(name), header, rows, names=table.names)
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


def _shown(cell: Cell) -> Cell:
    return printable(cell) if isinstance(cell, str) else cell
