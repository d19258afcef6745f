"""Rounds against rooms: what is on where."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING

from midtvejs.domain.offers import count_most_seats
from midtvejs.domain.program import Program, Room, Round, Session
from midtvejs.domain.words import words_for
from midtvejs.domain.words.words import Words
from midtvejs.output.language import clock, span
from midtvejs.output.layout import NARROW, WIDE, Shortened, indent, line, stack, words_of
from midtvejs.output.timeline import days_of

if TYPE_CHECKING:
    from rich.console import RenderableType

NARROWEST_ROUND = 13
"""In fewer columns neither its times nor a title are to be read."""


def sessions_in(round_: Round, room: Room) -> list[Session]:
    """Return what is held in a room; nothing of which the room is still open."""
    return [session for session in round_.sessions if session.room.name == room.name and not session.rooms]


def without_room(round_: Round) -> list[Session]:
    """Return the sessions whose room is still open."""
    return [session for session in round_.sessions if session.rooms]


def about(program: Program, room: Room) -> str:
    """Return ``45 pladser, 2 holdes fri, niveaufri adgang, ikke i R2``."""
    language = words_for(program.event.language)
    kept_free = language.kept_free.format(room.keep_free) if room.keep_free else ""
    step_free = language.step_free if room.step_free else ""
    closed = ", ".join(round_.id for round_ in program.rounds if round_.id in room.not_in)
    not_in = language.not_in.format(closed) if closed else ""
    return ", ".join(filter(None, (language.count_seats(room.seats), kept_free, step_free, not_in)))


def rooms_by_rounds(program: Program, width: int) -> RenderableType:
    """Draw a table for each day, or a list where its columns would be too narrow to read."""
    days = [
        (day, [each for each in program.rounds if program.date_of(each) == day]) for day in days_of(program)
    ]
    draw = partial(_rooms, width=min(width, WIDE))
    if len(days) == 1:
        return draw(program, program.rounds)
    words = words_for(program.event.language)
    dated = [
        stack((line((words.long_date(day), "bold")), draw(program, rounds))) for day, rounds in days if rounds
    ]
    return stack(dated, gap=True)


def seats_of(program: Program, round_: Round) -> str:
    """Say how many can be in a round; where anything is open, if its sessions get the largest rooms."""
    language = words_for(program.event.language)
    is_open = without_room(round_) or round_.id in program.awaiting
    count = language.count_seats_at_most if is_open else language.count_seats
    return count(count_most_seats(program, round_))


def capitalise(text: str) -> str:
    return text[:1].upper() + text[1:]


def _rooms(program: Program, rounds: Sequence[Round], width: int) -> RenderableType:
    if width < NARROW or (width - width // 5) // max(1, len(rounds)) < NARROWEST_ROUND:
        return _room_list(program, rounds)
    return _room_table(program, rounds, width)


def _room_list(program: Program, rounds: Sequence[Round]) -> RenderableType:
    language = words_for(program.event.language)
    places: list[tuple[RenderableType, Callable[[Round], list[Session]]]] = [
        (line((room.name, "bold"), (f" · {about(program, room)}", "dim")), partial(sessions_in, room=room))
        for room in program.rooms
    ]
    if any(map(without_room, rounds)):
        places.append((line((capitalise(language.open_room), "dim")), without_room))
    parts: list[RenderableType] = []
    for heading, held in places:
        parts.append(heading)
        for round_ in rounds:
            for session in held(round_):
                if round_.has_begun(session):
                    continue
                time = (f"{clock(session.start)}  ", "dim")
                parts.append(indent(line(time, (session.code, "bold cyan"), " ", session.title)))
    return stack(parts)


def _room_table(program: Program, rounds: Sequence[Round], width: int) -> RenderableType:
    from rich import box
    from rich.table import Table

    language = words_for(program.event.language)
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
    for round_ in rounds:
        name = Shortened(line((round_.name, "bold")), 3)
        head = stack((name, line((span(round_.start, round_.end), "dim"))))
        table.add_column(head, words_of(seats_of(program, round_)), ratio=1)
    for room in program.rooms:
        seats = line((about(program, room), "dim"))
        name = Shortened(line((room.name, "bold")), 3)
        cells = (_cell(round_, sessions_in(round_, room), language, width) for round_ in rounds)
        table.add_row(stack((name, seats)), *cells)
    if any(map(without_room, rounds)):
        cells = (_cell(round_, without_room(round_), language, width) for round_ in rounds)
        table.add_row(line((capitalise(language.open_room), "dim")), *cells)
    return table


def _cell(round_: Round, sessions: list[Session], language: Words, width: int) -> RenderableType:
    """Draw what is on: who is behind it only where there is room, the title as far as it fits."""
    parts: list[RenderableType] = []
    for session in sessions:
        if round_.has_begun(session):
            parts.append(line((language.goes_on.format(session.code), "dim")))
            continue
        title = line((session.code, "bold cyan"), " ", session.title)
        parts.append(Shortened(title, 5 if width >= 80 else 3))
        if width >= 110 and session.by:
            parts.append(line((", ".join(session.by), "dim")))
    return stack(parts)
