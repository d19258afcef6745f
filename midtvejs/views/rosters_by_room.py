"""Rosters by room, for those at the door."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from midtvejs.domain.participants import Participant
from midtvejs.domain.program import Round, Session
from midtvejs.domain.roles import beside
from midtvejs.views.language import span
from midtvejs.views.layout import Fitted, columns_of, line, newspaper, padded, shortened, stacked
from midtvejs.views.roster import Rosters
from midtvejs.views.screen import printable

if TYPE_CHECKING:
    from rich.console import RenderableType

SHORT_ORGANISATION = 10
"""Columns that are enough to know an organisation by."""

SHORT_LIST = 6
"""Names that a column has at least: a few stand better below each other, with their whole organisation."""

RAGGED = 6
"""Columns that the longest name may push the organisations of the others to the right; more is its own."""

GAP = 2
"""Empty columns between a name and its organisation, and between that and the next name."""


def plain_by_room(rosters: Rosters) -> Iterator[str]:
    for number, (round_, session) in enumerate(rosters.sessions):
        if number:
            yield ""
        yield printable(" · ".join(_when_and_where(round_, session)))
        yield printable(f"{session.code} {session.title}")
        if session.presenters:
            yield printable(rosters.words.presented_by(session))
        if rosters.is_cancelled(session):
            yield rosters.words.cancelled
        else:
            yield rosters.seats(session)
            yield from _roster_plain(rosters, session)


def _when_and_where(round_: Round, session: Session) -> list[str]:
    """Give the round, the time, and the room, which a session has not if it is open and cancelled."""
    rooms = [] if session.rooms else [session.room.name]
    return [round_.name, span(session.start, session.end), *rooms]


def _roster_plain(rosters: Rosters, session: Session) -> Iterator[str]:
    start = printable(f"  {session.code}  ")
    for person in rosters.rosters[session.code]:
        role = rosters.role(person, session)
        yield start + rosters.about[person.key] + (f" ({role})" if role else "")
    if not rosters.rosters[session.code]:
        yield printable(f"  {session.code}  ({rosters.words.nobody})")


def rich_by_room(rosters: Rosters) -> RenderableType:
    parts: list[RenderableType] = []
    for round_, session in rosters.sessions:
        parts.append(_heading(rosters, round_, session))
        if not rosters.is_cancelled(session):
            parts.append(Fitted(partial(_roster_rich, rosters, session)))
        parts.append("")
    return stacked(parts)


def _heading(rosters: Rosters, round_: Round, session: Session) -> RenderableType:
    from rich.rule import Rule

    *when, where = _when_and_where(round_, session)
    parts: list[RenderableType] = [
        Rule(style="dim"),
        line(*(f"{each} · " for each in when), (where, "bold")),
        line((session.code, "bold cyan"), " ", (session.title, "bold")),
    ]
    if session.presenters:
        parts.append(line((rosters.words.presented_by(session), "dim")))
    if rosters.is_cancelled(session):
        return stacked([*parts, line((rosters.words.cancelled, "bold yellow"))])
    return stacked([*parts, line((rosters.seats(session), "dim"))])


def _roster_rich(rosters: Rosters, session: Session, width: int) -> RenderableType:
    """Draw names down and then across, in lines of our own: rich's tables are slow for so many cells."""
    from rich.text import Text

    people = rosters.rosters[session.code]
    if not people:
        return line((f"  {rosters.words.nobody}", "italic dim"))
    entries = [_entry(rosters, session, person) for person in people]
    lengths = sorted(columns_of(entry.name) for entry in entries)
    # One in ten may have a name that leaves little of its organisation, so that all can stand side by side.
    usual = lengths[(len(lengths) - 1) * 9 // 10]
    share = max(lengths[-1], usual + GAP + SHORT_ORGANISATION) + GAP
    columns = max(1, min(4, width // share, len(entries) // SHORT_LIST))
    share = width // columns - GAP
    names = min(lengths[-1], usual + RAGGED, share - GAP - SHORT_ORGANISATION)
    rows = newspaper([entry.parts(names, share) for entry in entries], columns)
    return stacked(Text.assemble(*row) for row in rows)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Entry:
    """Somebody on a roster."""

    name: str
    about: str
    style: str

    def parts(self, names: int, share: int) -> list[tuple[str, str]]:
        """Give the name, padded to ``names`` columns, and what fits of the rest, padded to ``share``."""
        name = padded(self.name, names)
        about = shortened(self.about, share - columns_of(name) - GAP)
        rest = " " * (share - columns_of(name) - GAP - columns_of(about))
        return [(" " * GAP, ""), (name, self.style), (" " * GAP, ""), (about, "dim"), (rest, "")]


def _entry(rosters: Rosters, session: Session, person: Participant) -> _Entry:
    role = rosters.role(person, session)
    about = ", ".join(filter(None, (role, beside(person))))
    name = printable(rosters.names[person.key])
    return _Entry(name=name, about=printable(about), style="italic" if role else "")
