"""Tables of who is where: for a mail merge, and for anyone who sorts and counts in a spreadsheet."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import partial

from midtvejs.domain.participants import Participant
from midtvejs.domain.program import Round, Session, is_unlimited
from midtvejs.domain.roles import Role, roster_columns
from midtvejs.domain.words import words_for
from midtvejs.output.export.ics import calendar_names
from midtvejs.output.export.wanted import ALL_OF_IT, Making, Wanted
from midtvejs.output.language import span
from midtvejs.output.roster import Rosters
from midtvejs.output.tables.csv_text import csv_text, separator_for
from midtvejs.output.tables.sheet import Cell
from midtvejs.output.timeline import lasts_days


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """Rows below their headings; ``names`` counts the columns at the left that say whose row it is."""

    header: Sequence[str]
    rows: Sequence[Sequence[Cell]]
    names: int = 0


def files(rosters: Rosters, wanted: Wanted) -> Making:
    """Return rosters.csv and mailmerge.csv; nothing that could be ``public``."""
    if wanted.public:
        return {}
    changed = wanted.changed
    tables = {
        "rosters.csv": partial(roster_table, rosters, only=changed.sittings if changed else None),
        "mailmerge.csv": partial(participant_table, rosters, wanted),
    }
    there = {"rosters.csv": changed.sittings, "mailmerge.csv": changed.people} if changed else tables
    separator = separator_for(wanted.csv, rosters.assignment.program.event.language)
    return {name: partial(_text, table, separator) for name, table in tables.items() if there[name]}


def _text(make: Callable[[], Table], separator: str) -> str:
    table = make()
    return csv_text(table.header, (list(map(str, row)) for row in table.rows), excel=separator)


def participant_table(rosters: Rosters, wanted: Wanted = ALL_OF_IT) -> Table:
    """Return a row a participant, with all that a letter to them may say; of what changed, whose day did."""
    told = words_for(rosters.assignment.program.event.language).exports
    of_round = (*_date_head(rosters), told.time, told.room, told.code, told.title, told.role)
    calendars = calendar_names(rosters, wanted)
    about = _about(rosters)
    who = [told.first_name, told.name, told.email, *about]
    where = [f"{round_.id} {head}" for round_ in rosters.assignment.program.rounds for head in of_round]
    rows = [
        [
            first_name(person.name),
            person.name,
            person.email,
            *(role.said(rosters.assignment.program, person) for role in about.values()),
            *(cell for stop in rosters.by_round(person) for cell in _stop(rosters, person, *stop)),
            calendars.get(person.key, ""),
        ]
        for person in rosters.people
        if wanted.changed is None or person.key in wanted.changed.people
    ]
    return Table(header=[*who, *where, told.calendar], rows=rows, names=2)


def _stop(rosters: Rosters, person: Participant, round_: Round, session: Session | None) -> tuple[str, ...]:
    """Return the cells of a round; what goes on through several stands in each of them."""
    date = tuple(rosters.words.long_date(day) for day in _dates(rosters, round_))
    if session is None:
        return *date, span(round_.start, round_.end), "", "", rosters.words.away, ""
    role = rosters.role(person, session)
    return *date, span(session.start, session.end), session.room.name, session.code, session.title, role


def _date_head(rosters: Rosters) -> tuple[str, ...]:
    """Return the heading of a column of dates, where there are several days."""
    program = rosters.assignment.program
    return (words_for(program.event.language).exports.date,) if lasts_days(program) else ()


def _dates(rosters: Rosters, round_: Round) -> tuple[dt.date, ...]:
    """Return the date of a round, where there are several days."""
    program = rosters.assignment.program
    return (program.date_of(round_),) if lasts_days(program) else ()


def _when(rosters: Rosters, round_: Round, session: Session) -> list[str]:
    """Return the round, the day where there are several, and the hours of a sitting; days can be sorted."""
    days = (day.isoformat() for day in _dates(rosters, round_))
    return [rosters.rounds_of(round_, session), *days, span(session.start, session.end)]


def first_name(name: str) -> str:
    """Return how a letter greets a participant: ``Nils``, of ``Nils Jepsen`` and of ``Jepsen, Nils``."""
    _, comma, given = name.partition(",")
    words = (given if comma and given.strip() else name).split()
    return words[0] if words else ""


def roster_table(rosters: Rosters, of: Round | None = None, *, only: Collection[str] | None = None) -> Table:
    """Return a row for each participant of each sitting; ``of`` one round only, where that is said.

    Or of some sittings ``only``, by their keys.
    """
    told = words_for(rosters.assignment.program.event.language).exports
    where = (told.round, *_date_head(rosters), told.time, told.room, told.code, told.title)
    who = (told.name, told.email, *_about(rosters), told.role)
    return Table(header=[*where, *who], rows=list(_roster_rows(rosters, of, only)))


def _about(rosters: Rosters) -> dict[str, Role]:
    """Return by their headings the columns beside name and email."""
    program = rosters.assignment.program
    return {role.label(program.event.language): role for role in roster_columns(program, rosters.people)}


def _roster_rows(rosters: Rosters, of: Round | None, only: Collection[str] | None) -> Iterator[list[str]]:
    about, program = _about(rosters).values(), rosters.assignment.program
    # In the table of one round stands everybody who is in it then, and what began before goes on.
    held = rosters.sessions if of is None else [(of, session) for session in of.sessions]
    for round_, session in held:
        if only is not None and session.key not in only:
            continue
        where = [*_when(rosters, round_, session), session.room.name, session.code, session.title]
        for person in rosters.rosters[session.key]:
            role = rosters.role(person, session)
            said = (each.said(program, person) for each in about)
            yield [*where, person.name, person.email, *said, role]


def session_table(rosters: Rosters) -> Table:
    """Return a row a sitting, with how many seats there are and are taken; presenters stand."""
    told = words_for(rosters.assignment.program.event.language).exports
    where = (told.round, *_date_head(rosters), told.time, told.room, told.code, told.title)
    counts = (told.presenters, told.by, told.seats, told.taken, told.free, told.state)
    order = [round_.id for round_ in rosters.assignment.program.rounds]
    held = sorted([*rosters.sessions, *rosters.off], key=lambda each: order.index(each[0].id))
    return Table(header=[*where, *counts], rows=[_session(rosters, *each) for each in held])


def _session(rosters: Rosters, round_: Round, session: Session) -> list[Cell]:
    what = [session.code, session.title, "; ".join(each.name for each in session.presenters)]
    by = ", ".join(session.by)
    when = _when(rosters, round_, session)
    if rosters.is_cancelled(session):
        return [*when, "", *what, by, "", "", "", rosters.words.cancelled]
    taken = rosters.taken[session.key]
    if is_unlimited(session.seats):
        return [*when, session.room.name, *what, by, rosters.words.unlimited_seats, taken, "", ""]
    return [*when, session.room.name, *what, by, session.seats, taken, session.seats - taken, ""]
