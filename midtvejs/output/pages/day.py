"""One participant's day, for them; and for the coordinator who it may be, where the name does not tell."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from midtvejs.domain.assignment import Assignment
from midtvejs.domain.participants import Participant
from midtvejs.domain.program import AgendaItem
from midtvejs.domain.roles import beside
from midtvejs.output.language import clock, span
from midtvejs.output.layout import NARROW, Fitted, columns_of, grid, indent, line, stack, words_of
from midtvejs.output.roster import Rosters, Stop, days_away, in_reading_order
from midtvejs.output.screen import Page, printable
from midtvejs.output.timeline import Moment, dates, in_order

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


def _days(rosters: Rosters, person: Participant) -> list[tuple[str, list[_Stop]]]:
    """Return each day from start to end, with the pauses that this participant has, below its date.

    A single day has no date. Of a day with rounds of which they attend none, nothing is theirs.
    """
    program, told = rosters.assignment.program, rosters.words
    moments = [
        Moment(program.date_of(round_), (session or round_).start, (session or round_).end, (round_, session))
        for round_, session in rosters.day(person)
    ]
    away = days_away(rosters, person)
    days = [
        (
            told.long_date(date),
            [
                _stop(rosters, person, moment)
                for moment in of_day
                if date not in away or isinstance(moment.what, tuple)
            ],
        )
        for date, of_day in in_order(program, moments)
    ]
    days[0][1].insert(0, _Stop(when=clock(program.event.start), instead=told.starts))
    days[-1][1].append(_Stop(when=clock(program.event.end), instead=told.ends))
    return days if len(days) > 1 else [("", days[0][1])]


def _stop(rosters: Rosters, person: Participant, moment: Moment[Stop]) -> _Stop:
    told, when = rosters.words, span(moment.start, moment.end)
    if moment.what is None:
        return _Stop(when=when, instead=told.pause)
    if isinstance(moment.what, AgendaItem):
        return _Stop(when=when, room=moment.what.room, instead=moment.what.title)
    round_, session = moment.what
    if session is None:
        return _Stop(when=when, instead=f"{round_.name}: {told.away}")
    presents = session.code in person.presents
    return _Stop(
        when=when,
        room=session.room.name,
        code=session.code,
        title=session.title,
        role=told.presenter if presents else "",
        details=(told.presented_by(session),) if session.presenters and not presents else (),
    )


def _head(rosters: Rosters) -> list[str]:
    event = rosters.assignment.program.event
    where = ", ".join(filter(None, (event.venue.name, event.venue.address))) if event.venue else ""
    return list(filter(None, (f"{event.name}, {dates(rosters.assignment.program)}", where)))


# Plain


def _plain(rosters: Rosters, person: Participant) -> Iterator[str]:
    yield rosters.about[person.key]
    yield from map(printable, _head(rosters))
    for date, stops in _days(rosters, person):
        yield ""
        if date:
            yield printable(date)
        for stop in stops:
            yield from map(printable, _stop_plain(stop))


def _stop_plain(stop: _Stop) -> Iterator[str]:
    room = f" {stop.room}:" if stop.room else ""
    if stop.instead:
        yield f"{stop.when}{room} {stop.instead}"
        return
    role = f" ({stop.role})" if stop.role else ""
    yield f"{stop.when} {stop.room}: {stop.code} {stop.title}{role}"
    yield from (f"  {detail}" for detail in stop.details)


# On a terminal


def _rich(rosters: Rosters, person: Participant) -> RenderableType:
    about = f"  {beside(person)}" if beside(person) else ""
    name = line((rosters.names[person.key], "bold"), (about, "dim"))
    head = stack((name, *(words_of(each) for each in _head(rosters))))
    days = _days(rosters, person)
    rooms = max(columns_of(printable(stop.room)) for _, stops in days for stop in stops)
    parts = [_day(date, stops, rooms) for date, stops in days]
    return stack((head, *parts), gap=True)


def _day(date: str, stops: list[_Stop], rooms: int) -> RenderableType:
    day = Fitted(partial(_stops_table, stops, rooms))
    return stack((line((date, "bold")), indent(day))) if date else day


def _stops_table(stops: list[_Stop], rooms: int, width: int) -> RenderableType:
    """Draw a day; all have one column for rooms, as wide as the longest of ``rooms`` columns needs."""
    if width < NARROW:
        return stack(part for stop in stops for part in _in_lines(stop))
    table = grid(3)
    table.columns[1].max_width = width // 4
    table.columns[1].min_width = min(rooms, width // 4)
    for stop in stops:
        table.add_row(line((stop.when, "dim")), line((stop.room, "bold")), _what(stop))
    return table


def _in_lines(stop: _Stop) -> Iterator[RenderableType]:
    room = f"{stop.room}: " if stop.room and stop.instead else stop.room
    yield line((stop.when, "dim"), "  ", (room, "bold"), (stop.instead, "dim"))
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
    return ", ".join(filter(None, (f"{person.name}{email}", beside(person))))
