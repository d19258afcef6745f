"""Why nobody can be seated, in numbers, and what can be done about it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from midtvejs.domain.assignment import Shortage
from midtvejs.views.layout import indented, line, stacked, words_of
from midtvejs.views.screen import Page, printable

if TYPE_CHECKING:
    from rich.console import RenderableType

VERDICT = "Nobody is seated, nothing is written."


def shortages_page(shortages: Iterable[Shortage]) -> Page:
    found = tuple(shortages)
    return Page(plain=lambda: _plain(found), rich=lambda: _rich(found))


def _plain(shortages: tuple[Shortage, ...]) -> Iterator[str]:
    for shortage in shortages:
        yield printable(f"error: {_where(shortage)}: {_numbers(shortage)}")
        yield printable(f"  help: {_help(shortage)}")
    yield VERDICT


def _rich(shortages: tuple[Shortage, ...]) -> RenderableType:
    parts: list[RenderableType] = []
    for shortage in shortages:
        parts += [
            line(("error", "bold red"), ": ", (_where(shortage), "bold"), ": ", _numbers(shortage)),
            indented(line(("help", "bold cyan"), ": ", _help(shortage))),
        ]
    return stacked([*parts, words_of(VERDICT)])


def _where(shortage: Shortage) -> str:
    return f"{shortage.round.id} ({shortage.round.name})"


def _numbers(shortage: Shortage) -> str:
    seats = "1 seat" if shortage.seats == 1 else f"{shortage.seats} seats"
    people = "1 participant" if shortage.participants == 1 else f"{shortage.participants} participants"
    return f"{seats} for {people}; {shortage.missing} missing"


def _help(shortage: Shortage) -> str:
    rooms = ", ".join(
        f"{session.code} in {session.room.name} ({session.seats})" for session in shortage.round.sessions
    )
    missing = "1 seat" if shortage.missing == 1 else f"{shortage.missing} seats"
    return f"find {missing} more, in larger rooms or in one more session; now {rooms}"
