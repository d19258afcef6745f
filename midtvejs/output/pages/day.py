"""One participant's day, for them; and for the coordinator who it may be, where the name does not tell."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from midtvejs.domain.assignment import Assignment
from midtvejs.domain.participants import Participant
from midtvejs.domain.roles import beside
from midtvejs.output.language import clock, span
from midtvejs.output.layout import NARROW, Fitted, grid, indent, line, stack, words_of
from midtvejs.output.roster import Rosters, in_reading_order
from midtvejs.output.screen import Page, printable

if TYPE_CHECKING:
    from rich.console import RenderableType

MOST_LISTED = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class _Stop:
    """A stretch of a participant's day: a session in its room, or else what there is ``instead``."""

    when: str
    room: str = ""
    code: str = ""
    title: str = ""
    role: str = ""
    details: tuple[str, ...] = ()
    instead: str = ""


def own_day_page(assignment: Assignment, person: Participant) -> Page:
    rosters = Rosters(assignment=assignment, room=None, round_id=None)
    return Page(plain=lambda: _plain(rosters, person), rich=lambda: _rich(rosters, person))


def _stops(rosters: Rosters, person: Participant) -> Iterator[_Stop]:
    """Return the day from start to end, with the pauses that this participant has."""
    event, told = rosters.assignment.program.event, rosters.words
    yield _Stop(when=clock(event.start), instead=told.starts)
    free_from: dt.time | None = None
    for round_, session in rosters.day(person):
        start, end = (session.start, session.end) if session else (round_.start, round_.end)
        if free_from and free_from < start:
            yield _Stop(when=span(free_from, start), instead=told.pause)
        free_from = end
        if session is None:
            yield _Stop(when=span(start, end), instead=f"{round_.name}: {told.away}")
            continue
        presents = session.code in person.presents
        yield _Stop(
            when=span(start, end),
            room=session.room.name,
            code=session.code,
            title=session.title,
            role=told.presenter if presents else "",
            details=(told.presented_by(session),) if session.presenters and not presents else (),
        )
    yield _Stop(when=clock(event.end), instead=told.ends)


def _head(rosters: Rosters) -> list[str]:
    event = rosters.assignment.program.event
    where = ", ".join(filter(None, (event.venue.name, event.venue.address))) if event.venue else ""
    return list(filter(None, (f"{event.name}, {rosters.words.long_date(event.date)}", where)))


# Plain


def _plain(rosters: Rosters, person: Participant) -> Iterator[str]:
    yield rosters.about[person.key]
    yield from map(printable, _head(rosters))
    yield ""
    for stop in _stops(rosters, person):
        if stop.instead:
            yield printable(f"{stop.when} {stop.instead}")
            continue
        role = f" ({stop.role})" if stop.role else ""
        yield printable(f"{stop.when} {stop.room}: {stop.code} {stop.title}{role}")
        yield from (printable(f"  {detail}") for detail in stop.details)


# On a terminal


def _rich(rosters: Rosters, person: Participant) -> RenderableType:
    about = f"  {beside(person)}" if beside(person) else ""
    name = line((rosters.names[person.key], "bold"), (about, "dim"))
    head = stack((name, *(words_of(each) for each in _head(rosters))))
    return stack((head, Fitted(partial(_stops_table, list(_stops(rosters, person))))), gap=True)


def _stops_table(stops: list[_Stop], width: int) -> RenderableType:
    if width < NARROW:
        return stack(part for stop in stops for part in _in_lines(stop))
    table = grid(3)
    table.columns[1].max_width = width // 4
    for stop in stops:
        table.add_row(line((stop.when, "dim")), line((stop.room, "bold")), _what(stop))
    return table


def _in_lines(stop: _Stop) -> Iterator[RenderableType]:
    yield line((stop.when, "dim"), "  ", (stop.room, "bold"), (stop.instead, "dim"))
    if not stop.instead:
        yield indent(_what(stop))


def _what(stop: _Stop) -> RenderableType:
    if stop.instead:
        return line((stop.instead, "dim"))
    role = (f" ({stop.role})", "italic") if stop.role else ""
    title = line((stop.code, "bold cyan"), " ", stop.title, role)
    return stack((title, *(line((detail, "dim")) for detail in stop.details)))


# Whom the name may mean


def unclear_page(
    name: str, assignment: Assignment, found: Iterable[Participant], near: Participant | None
) -> Page:
    """Say in English that ``name`` means several participants, or nobody: then who comes ``near`` it."""
    people = in_reading_order(found, assignment.program.event.language)
    lines = [printable(each) for each in (_several(name, people) if people else _nobody(name, near))]
    return Page(plain=lambda: lines, rich=lambda: stack(map(words_of, lines)))


def _several(name: str, people: list[Participant]) -> Iterator[str]:
    yield f'error: "{name}" may be {len(people)} participants: write more of the name, or the email'
    yield from (f"  {_describe_person(person)}" for person in people[:MOST_LISTED])
    if len(people) > MOST_LISTED:
        yield f"  and {len(people) - MOST_LISTED} more"


def _nobody(name: str, near: Participant | None) -> Iterator[str]:
    guess = f': did you mean "{near.name}"?' if near else "; a part of the name is enough"
    yield f'error: there is no participant "{name}"{guess}'


def _describe_person(person: Participant) -> str:
    email = f" <{person.email}>" if person.email else ""
    return ", ".join(filter(None, (f"{person.name}{email}", person.organisation)))
