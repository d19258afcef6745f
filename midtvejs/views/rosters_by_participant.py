"""Everybody's own day."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING

from midtvejs.domain.participants import Participant
from midtvejs.domain.program import Round, Session
from midtvejs.views.language import span
from midtvejs.views.layout import NARROW, Fitted, grid, indented, line, stacked, words_of
from midtvejs.views.roster import Rosters
from midtvejs.views.screen import printable

if TYPE_CHECKING:
    from rich.console import RenderableType
    from rich.text import Text


def plain(rosters: Rosters) -> Iterator[str]:
    where = {
        session.code: printable(
            f"{span(session.start, session.end)}, {session.room.name}, {session.code} {session.title}"
        )
        for _, session in rosters.sessions
    }
    for person in rosters.people:
        for _, session in rosters.day(person):
            role = rosters.role(person, session)
            yield f"{rosters.about[person.key]}: {where[session.code]}" + (f" ({role})" if role else "")


def rich(rosters: Rosters) -> RenderableType:
    parts: list[RenderableType] = []
    for person in rosters.people:
        if day := rosters.day(person):
            parts += [_person(rosters, person), indented(Fitted(partial(_day, rosters, person, day))), ""]
    return stacked(parts)


def _person(rosters: Rosters, person: Participant) -> Text:
    organisation = f"  {person.organisation}" if person.organisation else ""
    return line((rosters.names[person.key], "bold"), (organisation, "dim"))


def _day(
    rosters: Rosters, person: Participant, day: list[tuple[Round, Session]], width: int
) -> RenderableType:
    if width < NARROW:
        return stacked(
            stacked(
                (
                    line((span(session.start, session.end), "dim"), "  ", (session.room.name, "bold")),
                    indented(_what(rosters, person, session)),
                )
            )
            for _, session in day
        )
    table = grid(3)
    table.columns[1].max_width = width // 4
    for _, session in day:
        table.add_row(
            line((span(session.start, session.end), "dim")),
            words_of(session.room.name),
            _what(rosters, person, session),
        )
    return table


def _what(rosters: Rosters, person: Participant, session: Session) -> Text:
    role = rosters.role(person, session)
    return line((session.code, "bold cyan"), " ", session.title, (f" ({role})", "italic") if role else "")
