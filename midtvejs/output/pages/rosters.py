"""What ``rosters`` shows: by room for those at the door, by participant, or by organisation and the like."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from midtvejs.domain.assignment import Assignment
from midtvejs.domain.participants import Participant, fold
from midtvejs.domain.program import Program, Round, Session, UnknownName
from midtvejs.domain.roles import beside
from midtvejs.output.choices import By
from midtvejs.output.language import span
from midtvejs.output.layout import (
    NARROW,
    Fitted,
    columns_of,
    grid,
    indent,
    line,
    newspaper,
    pad,
    shorten,
    stack,
    words_of,
)
from midtvejs.output.roster import Rosters, Stop
from midtvejs.output.screen import Page, printable
from midtvejs.output.timeline import lasts_days

if TYPE_CHECKING:
    from rich.console import RenderableType
    from rich.text import Text

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
        yield printable(" · ".join(_when_and_where(rosters, round_, session)))
        yield printable(f"{session.code} {session.title}")
        if session.presenters:
            yield printable(rosters.words.presented_by(session))
        if rosters.is_cancelled(session):
            yield rosters.words.cancelled
        else:
            yield rosters.seats(session)
            yield from _roster_plain(rosters, session)


def _when_and_where(rosters: Rosters, round_: Round, session: Session) -> list[str]:
    """Return the day where there are several, the round, the time, and the room.

    A session has no room if it is open and cancelled.
    """
    rooms = [] if session.rooms else [session.room.name]
    when = [rosters.rounds_of(round_, session), span(session.start, session.end)]
    return [*_date(rosters, round_), *when, *rooms]


def _date(rosters: Rosters, round_: Round) -> list[str]:
    program = rosters.assignment.program
    return [rosters.words.long_date(program.date_of(round_))] if lasts_days(program) else []


def _roster_plain(rosters: Rosters, session: Session) -> Iterator[str]:
    start = printable(f"  {session.code}  ")
    about = rosters.about
    for person in rosters.rosters[session.key]:
        role = rosters.role(person, session) if person.presents else ""
        yield start + about[person.key] + (f" ({role})" if role else "")
    if not rosters.rosters[session.key]:
        yield printable(f"  {session.code}  ({rosters.words.nobody})")


def rich_by_room(rosters: Rosters) -> RenderableType:
    parts: list[RenderableType] = []
    for round_, session in rosters.sessions:
        parts.append(_heading(rosters, round_, session))
        if not rosters.is_cancelled(session):
            parts.append(Fitted(partial(_roster_rich, rosters, session)))
        parts.append("")
    return stack(parts)


def _heading(rosters: Rosters, round_: Round, session: Session) -> RenderableType:
    from rich.rule import Rule

    *when, where = _when_and_where(rosters, round_, session)
    parts: list[RenderableType] = [
        Rule(style="dim"),
        line(*(f"{each} · " for each in when), (where, "bold")),
        line((session.code, "bold cyan"), " ", (session.title, "bold")),
    ]
    if session.presenters:
        parts.append(line((rosters.words.presented_by(session), "dim")))
    if rosters.is_cancelled(session):
        return stack([*parts, line((rosters.words.cancelled, "bold yellow"))])
    return stack([*parts, line((rosters.seats(session), "dim"))])


def _roster_rich(rosters: Rosters, session: Session, width: int) -> RenderableType:
    """Draw names down and then across, in lines of our own: rich's tables are slow for so many cells."""
    from rich.text import Text

    people = rosters.rosters[session.key]
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
    return stack(Text.assemble(*row) for row in rows)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Entry:
    """A participant on a roster."""

    name: str
    about: str
    style: str

    def parts(self, names: int, share: int) -> list[tuple[str, str]]:
        """Return the name, padded to ``names`` columns, and what fits of the rest, padded to ``share``."""
        name = pad(self.name, names)
        about = shorten(self.about, share - columns_of(name) - GAP)
        rest = " " * (share - columns_of(name) - GAP - columns_of(about))
        return [(" " * GAP, ""), (name, self.style), (" " * GAP, ""), (about, "dim"), (rest, "")]


def _entry(rosters: Rosters, session: Session, person: Participant) -> _Entry:
    role = rosters.role(person, session)
    about = ", ".join(filter(None, (role, beside(person))))
    name = printable(rosters.names[person.key])
    return _Entry(name=name, about=printable(about), style="italic" if role else "")


def plain_by_participant(rosters: Rosters) -> Iterator[str]:
    where = {
        session.key: printable(
            f"{_moment(rosters, round_, session)}, {session.room.name}, {session.code} {session.title}"
        )
        for round_, session in rosters.sessions
    }
    for person in rosters.people:
        about = rosters.about[person.key]
        for round_, session in rosters.day(person):
            if session is None:
                yield printable(f"{about}: {_away(rosters, round_)}")
                continue
            role = rosters.role(person, session)
            yield f"{about}: {where[session.key]}" + (f" ({role})" if role else "")


def _moment(rosters: Rosters, round_: Round, session: Session | None) -> str:
    held = session or round_
    return ", ".join((*_date(rosters, round_), span(held.start, held.end)))


def _away(rosters: Rosters, round_: Round) -> str:
    return f"{_moment(rosters, round_, None)}, {round_.name}, {rosters.words.away}"


def rich_by_participant(rosters: Rosters) -> RenderableType:
    parts: list[RenderableType] = []
    for person in rosters.people:
        if day := rosters.day(person):
            parts += [_person(rosters, person), indent(Fitted(partial(_day, rosters, person, day))), ""]
    return stack(parts)


def _person(rosters: Rosters, person: Participant) -> Text:
    about = f"  {beside(person)}" if beside(person) else ""
    return line((rosters.names[person.key], "bold"), (about, "dim"))


def _day(rosters: Rosters, person: Participant, day: list[Stop], width: int) -> RenderableType:
    """Draw the day, or each below its date where there are several."""
    of_dates: dict[str, list[Stop]] = {}
    for stop in day:
        of_dates.setdefault("".join(_date(rosters, stop[0])), []).append(stop)
    rooms = max((columns_of(printable(session.room.name)) for _, session in day if session), default=0)
    dated = [
        (line((date, "dim")), indent(_stops(rosters, person, stops, width - 2, rooms)))
        for date, stops in of_dates.items()
        if date
    ]
    return stack(part for each in dated for part in each) if dated else _stops(rosters, person, day, width, 0)


def _stops(rosters: Rosters, person: Participant, day: list[Stop], width: int, rooms: int) -> RenderableType:
    """Draw what one person's day, or one date of it, holds; the column for rooms has ``rooms`` at least."""
    stops = [
        (
            span(session.start, session.end) if session else span(round_.start, round_.end),
            session.room.name if session else "",
            _what(rosters, person, session, round_),
        )
        for round_, session in day
    ]
    if width < NARROW:
        return stack(
            stack((line((time, "dim"), "  ", (room, "bold")), indent(what))) for time, room, what in stops
        )
    table = grid(3)
    table.columns[1].max_width = width // 4
    table.columns[1].min_width = min(rooms, width // 4)
    for time, room, what in stops:
        table.add_row(line((time, "dim")), words_of(room), what)
    return table


def _what(rosters: Rosters, person: Participant, session: Session | None, round_: Round) -> Text:
    if session is None:
        return line((f"{round_.name}: {rosters.words.away}", "dim"))
    role = rosters.role(person, session)
    return line((session.code, "bold cyan"), " ", session.title, (f" ({role})", "italic") if role else "")


AWAY = "–"
"""Stands where a participant does not attend a round."""


def plain_by_group(group: str, rosters: Rosters) -> Iterator[str]:
    for name, people in rosters.members(group):
        for person in people:
            codes = ", ".join(
                [
                    f"{round_.id} {session.code if session else AWAY}"
                    for round_, session in rosters.by_round(person)
                ]
            )
            yield printable(f"{name}: {rosters.names[person.key]}: {codes}")


def rich_by_group(group: str, rosters: Rosters) -> RenderableType:
    parts: list[RenderableType] = []
    for name, people in rosters.members(group):
        count = rosters.words.count_participants(len(people))
        parts.append(line((name, "bold"), (f"  {count}", "dim")))
        parts += [indent(_members(rosters, people)), ""]
    return stack(parts)


def _members(rosters: Rosters, people: list[Participant]) -> RenderableType:
    rounds = list(dict.fromkeys(round_.id for round_ in rosters.rounds))
    table = grid(1 + len(rounds))
    table.columns[0].overflow = "fold"
    table.columns[0].min_width = 12
    table.add_row("", *(line((round_id, "dim")) for round_id in rounds))
    for person in people:
        codes = {round_.id: session for round_, session in rosters.by_round(person)}
        table.add_row(
            words_of(rosters.names[person.key]),
            *(_code(person, codes[each]) if each in codes else "" for each in rounds),
        )
    return table


def _code(person: Participant, session: Session | None) -> Text:
    if session is None:
        return line((AWAY, "dim"))
    return words_of(session.code, "bold italic cyan" if session.code in person.presents else "cyan")


FORMS: dict[str, tuple[Callable[[Rosters], Iterator[str]], Callable[[Rosters], RenderableType]]] = {
    By.ROOM: (plain_by_room, rich_by_room),
    By.PARTICIPANT: (plain_by_participant, rich_by_participant),
}
"""All but those for each of a group: by its name."""


def resolve_by(program: Program, by: str) -> str:
    """Return what rosters are printed for, as the program writes it.

    Raises:
        UnknownName: it is none of the program's groups.
    """
    known: tuple[str, ...] = (*By, *program.groups)
    found = next((each for each in known if fold(each) == fold(by)), None)
    if found is None:
        raise UnknownName("group", by, tuple(map(str, known)))
    return found


def rosters_page(
    assignment: Assignment, *, by: str = By.ROOM, room: str | None = None, round_id: str | None = None
) -> Page:
    """Return the rosters, of one room or one round only where that is asked for.

    A room or round that the program does not have
    gives an empty page.
    """
    plain, rich = FORMS.get(by) or (partial(plain_by_group, by), partial(rich_by_group, by))
    rosters = Rosters(assignment=assignment, room=room, round_id=round_id)
    return Page(plain=lambda: plain(rosters), rich=lambda: rich(rosters))
