"""Everybody's own day."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING

from midtvejs.domain.participants import Participant
from midtvejs.domain.program import Round, Session
from midtvejs.domain.roles import beside
from midtvejs.views.language import span
from midtvejs.views.layout import NARROW, Fitted, grid, indented, line, stacked, words_of
from midtvejs.views.roster import Rosters, Stop
from midtvejs.views.screen import printable

if TYPE_CHECKING:
    from rich.console import RenderableType
    from rich.text import Text


def plain_by_participant(rosters: Rosters) -> Iterator[str]:
    where = {
        session.code: printable(
            f"{span(session.start, session.end)}, {session.room.name}, {session.code} {session.title}"
        )
        for _, session in rosters.sessions
    }
    for person in rosters.people:
        about = rosters.about[person.key]
        for round_, session in rosters.day(person):
            if session is None:
                yield printable(f"{about}: {_away(rosters, round_)}")
                continue
            role = rosters.role(person, session)
            yield f"{about}: {where[session.code]}" + (f" ({role})" if role else "")


def _away(rosters: Rosters, round_: Round) -> str:
    return f"{span(round_.start, round_.end)}, {round_.name}, {rosters.words.away}"


def rich_by_participant(rosters: Rosters) -> RenderableType:
    parts: list[RenderableType] = []
    for person in rosters.people:
        if day := rosters.day(person):
            parts += [_person(rosters, person), indented(Fitted(partial(_day, rosters, person, day))), ""]
    return stacked(parts)


def _person(rosters: Rosters, person: Participant) -> Text:
    about = f"  {beside(person)}" if beside(person) else ""
    return line((rosters.names[person.key], "bold"), (about, "dim"))


def _day(rosters: Rosters, person: Participant, day: list[Stop], width: int) -> RenderableType:
    stops = [
        (
            span(session.start, session.end) if session else span(round_.start, round_.end),
            session.room.name if session else "",
            _what(rosters, person, session, round_),
        )
        for round_, session in day
    ]
    if width < NARROW:
        return stacked(
            stacked((line((time, "dim"), "  ", (room, "bold")), indented(what))) for time, room, what in stops
        )
    table = grid(3)
    table.columns[1].max_width = width // 4
    for time, room, what in stops:
        table.add_row(line((time, "dim")), words_of(room), what)
    return table


def _what(rosters: Rosters, person: Participant, session: Session | None, round_: Round) -> Text:
    if session is None:
        return line((f"{round_.name}: {rosters.words.away}", "dim"))
    role = rosters.role(person, session)
    return line((session.code, "bold cyan"), " ", session.title, (f" ({role})", "italic") if role else "")
