"""The form as a workbook: a row a participant, wishes chosen from drop-down lists, and a list of sessions.

It is sent out: what to do stands above, and nothing can be changed by accident but the cells to fill in.
"""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Iterator, Sequence
from textwrap import wrap
from typing import TYPE_CHECKING

from midtvejs.domain.program import UNLIMITED, Block, Program, Session
from midtvejs.domain.roles import ATTENDS, EMAIL, NAME, ORGANISATION, STEP_FREE, WITH
from midtvejs.domain.words import words_for
from midtvejs.domain.words.words import FormWords, Words
from midtvejs.output.form.columns import Column, columns, option
from midtvejs.output.form.text import deadline_line, question
from midtvejs.output.language import span
from midtvejs.output.screen import printable
from midtvejs.output.tables.sheet import LITERALLY, fit_paper

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

LAST_ROW = 1_048_575
"""Of a sheet, counted from 0."""
LINE_HEIGHT, HIGHEST_ROW = 15.0, 409.0
"""In points: a line of the letters that Excel begins with, and the most it takes."""
WIDTHS = (50, 26, 12, 8, 50, 44, 22, 9)
"""Of the columns that describe sessions, in letters."""
SPARE = 10
"""One letter in so many is not counted on: some are wider than others."""
FEWEST_ROWS = 1_000
"""So many rows can be filled in at least; else twice as many as people are expected."""
LONGEST_HINT_TITLE, LONGEST_HINT = 32, 255
"""What Excel takes, in characters."""
LEFT_OPEN = {"format_columns": True, "format_rows": True, "sort": True}
"""What may be done to a protected sheet beside filling it in."""


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
    """Return by a block's id where its options stand. Spelled out, a list may have 255 characters."""
    places, first = {}, 2
    for block in program.blocks:
        last = first + len(program.sessions_in(block)) - 1
        places[block.id] = f"='{told.sessions_sheet}'!$A${first}:$A${last}"
        first = last + 1
    return places


# Wishes


def _fill_wishes(book: Workbook, sheet: Worksheet, program: Program, options: dict[str, str]) -> None:
    told = words_for(program.event.language).form
    above = list(instructions(program))
    header = len(above)
    last = min(header + max(FEWEST_ROWS, 2 * (program.event.expected_participants or 0)), LAST_ROW)
    doubled = book.add_format({"bg_color": "#FFC7CE"})
    to_fill_in = book.add_format({"locked": False, "num_format": "@"})
    _write_instructions(book, sheet, above)
    sheet.protect("", LEFT_OPEN)
    sheet.freeze_panes(header + 1, 1)
    fit_paper(sheet, header=header)
    for index, column in enumerate(columns(program)):
        sheet.write(header, index, title(program, column), _heading(book))
        sheet.set_column(index, index, 36 if column.block else 30, to_fill_in)
        if column.block:
            chosen = _list_validation(
                options[column.block.id], column.block, told.wish.format(column.rank), told
            )
            sheet.data_validation(header + 1, index, last, index, chosen)
            if column.rank == 1:
                ranks = len(program.sessions_in(column.block))
                _mark_doubled(sheet, (header + 1, index, last, index + ranks - 1), doubled)
        elif need := _needs(program, told).get(column.heading):
            sheet.data_validation(header + 1, index, last, index, need)


def instructions(program: Program) -> Iterator[str]:
    """Say line by line what stands above the header: what it is, until when, and how to rank."""
    told = words_for(program.event.language).form
    yield printable(told.title.format(program.event.name))
    if deadline := deadline_line(program):
        yield deadline
    yield f"{told.how} {told.several_rounds}" if program.lists else told.how
    yield f"{told.fill_in} {told.short_lists}"


def title(program: Program, column: Column) -> str:
    """Return what heads a column for those who fill it in; it is read back as an online form's question."""
    told = words_for(program.event.language).form
    if column.block:
        return f"{question(program, column.block)} [{told.wish.format(column.rank)}]"
    asked = {
        NAME.name: told.name,
        EMAIL.name: told.email,
        ORGANISATION.name: told.organisation,
        ATTENDS.name: told.attends,
        STEP_FREE.name: told.step_free,
        WITH.name: told.friends,
    }
    return asked.get(column.heading, column.heading)


def _write_instructions(book: Workbook, sheet: Worksheet, lines: Sequence[str]) -> None:
    plain = book.add_format({"valign": "top"})
    large = book.add_format({"valign": "top", "bold": True, "font_size": 14})
    for row, line in enumerate(lines):
        # Else the cells beside the text would be those of the columns, which are filled in.
        sheet.set_row(row, None, plain)
        sheet.write_string(row, 0, line, plain if row else large)


def _needs(program: Program, told: FormWords) -> dict[str, dict[str, object]]:
    """Return by its heading what a column that asks for more than wishes says, and takes."""
    ids = " ".join(round_.id for round_ in program.rounds)
    attends = f"{told.attends} {told.nothing_is_all} {ids}"[:LONGEST_HINT]
    return {
        ATTENDS.name: {"validate": "any", "input_title": ATTENDS.name, "input_message": attends},
        WITH.name: {"validate": "any", "input_title": WITH.name, "input_message": told.friends},
        STEP_FREE.name: {
            "validate": "list",
            "source": list(told.yes_or_no),
            "input_title": STEP_FREE.name,
            "input_message": told.step_free,
        },
    }


def _list_validation(source: str, block: Block, wish: str, told: FormWords) -> dict[str, str]:
    return {
        "validate": "list",
        "source": source,
        "input_title": f"{block.id}, {wish}"[:LONGEST_HINT_TITLE],
        "input_message": told.choose,
        "error_message": told.not_an_option,
    }


def _mark_doubled(sheet: Worksheet, area: tuple[int, int, int, int], mark: Format) -> None:
    """Colour a session that a participant has chosen twice in a list."""
    from xlsxwriter.utility import xl_col_to_name

    first, last = xl_col_to_name(area[1]), xl_col_to_name(area[3])
    # COUNTIF would take the ? of a title for any letter.
    row = area[0] + 1
    same = f'=AND({first}{row}<>"",SUMPRODUCT(--(${first}{row}:${last}{row}={first}{row}))>1)'
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
    sheet.protect("", LEFT_OPEN)
    fit_paper(sheet)
    for index, (head, width) in enumerate(zip(heads, WIDTHS, strict=True)):
        sheet.write(0, index, head, _heading(book))
        sheet.set_column(index, index, width)
    for row, cells in enumerate(_session_rows(program), start=1):
        sheet.set_row(row, _height(cells))
        for index, cell in enumerate(cells):
            sheet.write(row, index, cell, wrapped)


def _height(cells: Sequence[str | int]) -> float:
    """Return how high a row is with its texts wrapped: Excel finds out itself, LibreOffice does not."""
    lines = (
        sum(len(wrap(line, width - max(1, width // SPARE))) for line in str(cell).splitlines())
        for cell, width in zip(cells, WIDTHS, strict=True)
    )
    return min(LINE_HEIGHT * max(1, *lines), HIGHEST_ROW)


def _session_rows(program: Program) -> Iterator[Sequence[str | int]]:
    """Describe each session once for each list that it is in, with a line for each time it is held."""
    for block in program.blocks:
        for session in program.sessions_in(block):
            times = list(_times(program, block, session.code))
            when, span_, room, seats = zip(*times, strict=True)
            yield (
                printable(option(session)),
                "\n".join(map(printable, when)),
                "\n".join(span_),
                printable(session.code),
                printable(session.title),
                printable(_presented_by(session)),
                "\n".join(map(printable, room)),
                seats[0] if len(seats) == 1 else "\n".join(map(str, seats)),
            )


def _times(program: Program, block: Block, code: str) -> Iterator[tuple[str, str, str, str | int]]:
    """Return round, time, room and seats of a session each time that it is held."""
    language = words_for(program.event.language)
    rounds = {round_.id: round_ for round_ in program.rounds}
    for round_ in program.rounds_in(block):
        for session in round_.sessions:
            if session.code != code or round_.has_begun(session):
                continue
            through = [rounds[id_] for id_ in session.through] or [round_]
            time = span(session.start, session.end)
            yield (
                ", ".join(f"{each.id} {each.name}" for each in through),
                f"{language.short_date(program.date_of(round_))} {time}" if program.event.end_date else time,
                language.open_room if session.rooms else session.room.name,
                _seats(session, language),
            )
    if any(offer.code == code for offer in program.offers):
        yield language.to_be_placed, "", "", ""


def _seats(session: Session, language: Words) -> str | int:
    if session.room.seats >= UNLIMITED and not session.rooms:
        return ""
    return language.at_most.format(session.seats) if session.rooms else session.seats


def _presented_by(session: Session) -> str:
    names = (
        ", ".join(filter(None, (f"{each.role} {each.name}".strip(), each.organisation)))
        for each in session.presenters
    )
    return "; ".join(names) or ", ".join(session.by)


def _heading(book: Workbook) -> Format:
    return book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"})
