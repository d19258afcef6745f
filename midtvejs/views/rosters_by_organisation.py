"""Who is where of each organisation, for those who send them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from midtvejs.domain.participants import Participant
from midtvejs.domain.program import Session
from midtvejs.views.layout import grid, indented, line, stacked, words_of
from midtvejs.views.roster import Rosters
from midtvejs.views.screen import printable

if TYPE_CHECKING:
    from rich.console import RenderableType
    from rich.text import Text

AWAY = "–"
"""Stands where somebody does not attend a round."""


def plain_by_organisation(rosters: Rosters) -> Iterator[str]:
    for organisation, people in rosters.organisations:
        for person in people:
            codes = ", ".join(
                [
                    f"{round_.id} {session.code if session else AWAY}"
                    for round_, session in rosters.day(person)
                ]
            )
            yield printable(f"{organisation}: {rosters.names[person.key]}: {codes}")


def rich_by_organisation(rosters: Rosters) -> RenderableType:
    parts: list[RenderableType] = []
    for organisation, people in rosters.organisations:
        count = rosters.words.count_participants(len(people))
        parts.append(line((organisation, "bold"), (f"  {count}", "dim")))
        parts += [indented(_members(rosters, people)), ""]
    return stacked(parts)


def _members(rosters: Rosters, people: list[Participant]) -> RenderableType:
    rounds = list(dict.fromkeys(round_.id for round_, _ in rosters.sessions))
    table = grid(1 + len(rounds))
    table.columns[0].overflow = "fold"
    table.columns[0].min_width = 12
    table.add_row("", *(line((round_id, "dim")) for round_id in rounds))
    for person in people:
        codes = {round_.id: session for round_, session in rosters.day(person)}
        table.add_row(
            words_of(rosters.names[person.key]),
            *(_code(person, codes[each]) if each in codes else "" for each in rounds),
        )
    return table


def _code(person: Participant, session: Session | None) -> Text:
    if session is None:
        return line((AWAY, "dim"))
    return words_of(session.code, "bold italic cyan" if session.code in person.presents else "cyan")
