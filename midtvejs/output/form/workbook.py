"""The form as a workbook: a row a participant, wishes chosen from drop-down lists, and a list of sessions."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Iterator, Sequence
from textwrap import wrap
from typing import TYPE_CHECKING

from midtvejs.domain.program import Program, Round, Session
from midtvejs.domain.roles import ATTENDS, STEP_FREE
from midtvejs.domain.words import words_for
from midtvejs.domain.words.words import FormWords
from midtvejs.output.form.columns import columns, option
from midtvejs.output.language import span
from midtvejs.output.screen import printable

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

LITERALLY = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
LAST_ROW = 1_048_575
"""Of a sheet, counted from 0."""
LINE_HEIGHT, HIGHEST_ROW = 15.0, 409.0
"""In points: a line of the letters that Excel begins with, and the most it takes."""
WIDTHS = (50, 26, 12, 8, 50, 44, 22, 9)
"""Of the columns that describe sessions, in letters."""
A4 = 9
"""As workbooks number sizes of paper."""
SPARE = 10
"""One letter in so many is not counted on: some are wider than others."""
FEWEST_ROWS = 1_000
"""So many rows can be filled in at least; else twice as many as people are expected."""
LONGEST_HINT_TITLE, LONGEST_HINT = 32, 255
"""What Excel takes, in characters."""


def form_xlsx(program: Program) -> bytes:
    """Return the workbook; the same program gives the same bytes."""
    from xlsxwriter import Workbook

    file, told = io.BytesIO(), words_for(program.event.language).form
    with Workbook(file, LITERALLY) as book:
        midnight = dt.datetime.combine(program.event.date, dt.time())
        book.set_properties({"title": printable(program.event.name), "created": midnight})
        wishes, sessions = map(book.add_worksheet, (told.wishes_sheet, told.sessions_sheet))
        _fill_wishes(book, wishes, program, _options_of(program, told))
        _fill_sessions(book, sessions, program)
    return file.getvalue()


def _options_of(program: Program, told: FormWords) -> dict[str, str]:
    """Return by a round's id where its options stand. Spelled out, a list may have 255 characters."""
    places, first = {}, 2
    for round_ in program.rounds:
        last = first + len(round_.sessions) - 1
        places[round_.id] = f"='{told.sessions_sheet}'!$A${first}:$A${last}"
        first = last + 1
    return places


# Wishes


def _fill_wishes(book: Workbook, sheet: Worksheet, program: Program, options: dict[str, str]) -> None:
    told = words_for(program.event.language).form
    last = min(max(FEWEST_ROWS, 2 * (program.event.expected_participants or 0)), LAST_ROW)
    doubled = book.add_format({"bg_color": "#FFC7CE"})
    sheet.freeze_panes(1, 1)
    for index, column in enumerate(columns(program)):
        sheet.write(0, index, column.heading, _heading(book))
        sheet.set_column(index, index, 36 if column.round else 30)
        if column.round:
            rank = column.heading.rpartition(" ")[2]
            chosen = _list_validation(options[column.round.id], column.round, told.wish.format(rank), told)
            sheet.data_validation(1, index, last, index, chosen)
            if rank == "1":
                _mark_doubled(sheet, (1, index, last, index + len(column.round.sessions) - 1), doubled)
        elif need := _needs(program, told).get(column.heading):
            sheet.data_validation(1, index, last, index, need)


def _needs(program: Program, told: FormWords) -> dict[str, dict[str, object]]:
    """Return by its heading what a column that asks for more than wishes says, and takes."""
    ids = " ".join(round_.id for round_ in program.rounds)
    attends = f"{told.attends} {told.nothing_is_all} {ids}"[:LONGEST_HINT]
    return {
        ATTENDS.name: {"validate": "any", "input_title": ATTENDS.name, "input_message": attends},
        STEP_FREE.name: {
            "validate": "list",
            "source": list(told.yes_or_no),
            "input_title": STEP_FREE.name,
            "input_message": told.step_free,
        },
    }


def _list_validation(source: str, round_: Round, wish: str, told: FormWords) -> dict[str, str]:
    return {
        "validate": "list",
        "source": source,
        "input_title": f"{round_.id}, {wish}"[:LONGEST_HINT_TITLE],
        "input_message": told.choose,
        "error_message": told.not_an_option,
    }


def _mark_doubled(sheet: Worksheet, area: tuple[int, int, int, int], mark: Format) -> None:
    """Colour a session that a participant has chosen twice in a round."""
    from xlsxwriter.utility import xl_col_to_name

    first, last = xl_col_to_name(area[1]), xl_col_to_name(area[3])
    # COUNTIF would take the ? of a title for any letter.
    same = f'=AND({first}2<>"",SUMPRODUCT(--(${first}2:${last}2={first}2))>1)'
    sheet.conditional_format(*area, {"type": "formula", "criteria": same, "format": mark})


# Sessions


def _fill_sessions(book: Workbook, sheet: Worksheet, program: Program) -> None:
    told = words_for(program.event.language).form
    heads = (
        told.option,
        told.round,
        told.time,
        told.code,
        told.session,
        told.presenters,
        told.room,
        told.seats,
    )
    wrapped = book.add_format({"text_wrap": True, "valign": "top"})
    sheet.freeze_panes(1, 0)
    _fit_paper(sheet)
    for index, (head, width) in enumerate(zip(heads, WIDTHS, strict=True)):
        sheet.write(0, index, head, _heading(book))
        sheet.set_column(index, index, width)
    for row, cells in enumerate(_session_rows(program), start=1):
        sheet.set_row(row, _height(cells))
        for index, cell in enumerate(cells):
            sheet.write(row, index, cell, wrapped)


def _fit_paper(sheet: Worksheet) -> None:
    """Print all columns beside each other: the list is hung up beside the form."""
    sheet.set_paper(A4)
    sheet.set_landscape()
    sheet.repeat_rows(0)
    sheet.fit_to_pages(1, 0)


def _height(cells: Sequence[str | int]) -> float:
    """Return how high a row is with its texts wrapped: Excel finds out itself, LibreOffice does not."""
    lines = (
        len(wrap(str(cell), width - max(1, width // SPARE)))
        for cell, width in zip(cells, WIDTHS, strict=True)
    )
    return min(LINE_HEIGHT * max(1, *lines), HIGHEST_ROW)


def _session_rows(program: Program) -> Iterator[Sequence[str | int]]:
    language = words_for(program.event.language)
    for round_ in program.rounds:
        for session in round_.sessions:
            room = language.open_room if session.rooms else session.room.name
            seats = language.at_most.format(session.seats) if session.rooms else session.seats
            texts = (
                option(session),
                f"{round_.id} {round_.name}",
                span(session.start, session.end),
                session.code,
                session.title,
                _presented_by(session),
                room,
            )
            yield (*map(printable, texts), seats)


def _presented_by(session: Session) -> str:
    names = (
        ", ".join(filter(None, (f"{each.role} {each.name}".strip(), each.organisation)))
        for each in session.presenters
    )
    return "; ".join(names) or ", ".join(session.by)


def _heading(book: Workbook) -> Format:
    return book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"})
