"""Rounds against rooms: what is on where."""

from __future__ import annotations

from typing import TYPE_CHECKING

from midtvejs.domain.program import Program, Room, Round, Session
from midtvejs.views.language import clock, span, words
from midtvejs.views.layout import NARROW, WIDE, Shortened, indented, line, stacked, words_of

if TYPE_CHECKING:
    from rich.console import RenderableType


def sessions_in(round_: Round, room: Room) -> list[Session]:
    return [session for session in round_.sessions if session.room.name == room.name]


def rooms_by_rounds(program: Program, width: int) -> RenderableType:
    """Draw a table, or below some 50 columns a list."""
    return _room_list(program) if width < NARROW else _room_table(program, min(width, WIDE))


def _room_list(program: Program) -> RenderableType:
    parts: list[RenderableType] = []
    for room in program.rooms:
        parts.append(
            line((room.name, "bold"), (f" · {words(program.event.language).count_seats(room.seats)}", "dim"))
        )
        for round_ in program.rounds:
            for session in sessions_in(round_, room):
                time = (f"{clock(session.start)}  ", "dim")
                parts.append(indented(line(time, (session.code, "bold cyan"), " ", session.title)))
    return stacked(parts)


def _room_table(program: Program, width: int) -> RenderableType:
    from rich import box
    from rich.table import Table

    language = words(program.event.language)
    table = Table(
        box=box.HORIZONTALS,
        width=width,
        show_edge=False,
        show_lines=True,
        show_footer=True,
        padding=(0, 1, 0, 0),
        border_style="dim",
        header_style="",
        footer_style="dim",
    )
    table.add_column(words_of(language.room, "dim"), max_width=width // 5)
    for round_ in program.rounds:
        name = Shortened(line((round_.name, "bold")), 3)
        head = stacked((name, line((span(round_.start, round_.end), "dim"))))
        table.add_column(head, words_of(language.count_seats(round_.seats)), ratio=1)
    for room in program.rooms:
        seats = line((language.count_seats(room.seats), "dim"))
        name = Shortened(line((room.name, "bold")), 3)
        table.add_row(stacked((name, seats)), *(_cell(round_, room, width) for round_ in program.rounds))
    return table


def _cell(round_: Round, room: Room, width: int) -> RenderableType:
    """Draw what is on in a room: who is behind it only where there is room, the title as far as it fits."""
    parts: list[RenderableType] = []
    for session in sessions_in(round_, room):
        title = line((session.code, "bold cyan"), " ", session.title)
        parts.append(Shortened(title, 5 if width >= 80 else 3))
        if width >= 110 and session.by:
            parts.append(line((", ".join(session.by), "dim")))
    return stacked(parts)
