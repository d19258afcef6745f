"""Rosters by room, for those at the door."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING

from midtvejs.domain.participants import Participant
from midtvejs.domain.program import Round, Session
from midtvejs.views.language import span
from midtvejs.views.layout import Fitted, grid, indented, line, newspaper, stacked, words_of
from midtvejs.views.roster import Rosters
from midtvejs.views.screen import printable

if TYPE_CHECKING:
    from rich.console import RenderableType
    from rich.text import Text

SHORT_ORGANISATION = 10
"""Columns that are enough to know an organisation by."""

SHORT_LIST = 6
"""Names that a column has at least: a few stand better below each other, with their whole organisation."""

GAP = 2
"""Empty columns between a name and its organisation, and between that and the next name."""


def plain(rosters: Rosters) -> Iterator[str]:
    for number, (round_, session) in enumerate(rosters.sessions):
        if number:
            yield ""
        time = span(session.start, session.end)
        yield printable(f"{round_.name} · {time} · {session.room.name}")
        yield printable(f"{session.code} {session.title}")
        if session.presenters:
            yield printable(rosters.words.presented_by(session))
        yield rosters.seats(session)
        yield from _roster_plain(rosters, session)


def _roster_plain(rosters: Rosters, session: Session) -> Iterator[str]:
    for person in rosters.rosters[session.code]:
        about = ", ".join(filter(None, (rosters.names[person.key], person.organisation)))
        role = rosters.role(person, session)
        yield printable(f"  {session.code}  {about}" + (f" ({role})" if role else ""))
    if not rosters.rosters[session.code]:
        yield printable(f"  {session.code}  ({rosters.words.nobody})")


def rich(rosters: Rosters) -> RenderableType:
    parts: list[RenderableType] = []
    for round_, session in rosters.sessions:
        parts.append(_heading(rosters, round_, session))
        parts.append(indented(Fitted(partial(_roster_rich, rosters, session))))
        parts.append("")
    return stacked(parts)


def _heading(rosters: Rosters, round_: Round, session: Session) -> RenderableType:
    from rich.rule import Rule

    time = span(session.start, session.end)
    parts: list[RenderableType] = [
        Rule(style="dim"),
        line(f"{round_.name} · {time} · ", (session.room.name, "bold")),
        line((session.code, "bold cyan"), " ", (session.title, "bold")),
    ]
    if session.presenters:
        parts.append(line((rosters.words.presented_by(session), "dim")))
    return stacked([*parts, line((rosters.seats(session), "dim"))])


def _roster_rich(rosters: Rosters, session: Session, width: int) -> RenderableType:
    people = rosters.rosters[session.code]
    if not people:
        return line((rosters.words.nobody, "italic dim"))
    rows = [_member(rosters, session, person) for person in people]
    lengths = sorted(name.cell_len for name, _ in rows)
    # One in ten names may be too long for its column: it is broken, and the others stay side by side.
    usual = lengths[(len(lengths) - 1) * 9 // 10]
    fitting = (width + GAP) // (usual + SHORT_ORGANISATION + 2 * GAP)
    columns = max(1, min(4, fitting, len(rows) // SHORT_LIST))
    share = (width + GAP) // columns - 2 * GAP
    longest = max(1, min(lengths[-1], share - SHORT_ORGANISATION))
    table = grid(2 * columns, gap=GAP)
    for name, organisation in zip(table.columns[::2], table.columns[1::2], strict=True):
        name.max_width, name.overflow = longest, "fold"
        organisation.max_width, organisation.overflow = share - longest, "ellipsis"
        organisation.no_wrap = True
    for cells in newspaper(rows, columns):
        table.add_row(*cells)
    return table


def _member(rosters: Rosters, session: Session, person: Participant) -> tuple[Text, Text]:
    role = rosters.role(person, session)
    about = ", ".join(filter(None, (role, person.organisation)))
    return words_of(rosters.names[person.key], "italic" if role else ""), words_of(about, "dim")
