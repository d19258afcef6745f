"""What is on, in the order of the program and of one participant's own days, as every export tells it."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from midtvejs.domain.participants import Participant
from midtvejs.domain.program import AgendaItem, Program, Round, Session
from midtvejs.output.roster import Rosters, Stop, days_away


@dataclass(frozen=True, slots=True, kw_only=True)
class Common:
    """What is on for everybody. ``number`` tells items of one title apart, in their order, from 1."""

    item: AgendaItem
    date: dt.date
    number: int

    @property
    def name(self) -> tuple[str, ...]:
        """What an identity is made of: it stays when the item is moved."""
        return "agenda", self.item.title, str(self.number)


def in_order(program: Program) -> list[Round | Common]:
    """Return the rounds, and between them what is on for everybody."""
    items = sorted(program.agenda, key=lambda item: (program.date_of(item), item.start, item.end, item.title))
    met = Counter[str]()
    agenda: list[Common] = []
    for item in items:
        met[item.title] += 1
        agenda.append(Common(item=item, date=program.date_of(item), number=met[item.title]))
    if not agenda:
        return list(program.rounds)

    def moment(each: Round | Common) -> tuple[dt.date, dt.time]:
        return (
            (each.date, each.item.start) if isinstance(each, Common) else (program.date_of(each), each.start)
        )

    return sorted((*agenda, *program.rounds), key=moment)


def date_of(program: Program, each: Round | Common) -> dt.date:
    return each.date if isinstance(each, Common) else program.date_of(each)


def ends_on(program: Program, round_: Round, session: Session) -> dt.date:
    """Return the day on which a sitting ends: that of the last round that it goes on through."""
    last = session.through[-1] if session.through else round_.id
    return next(program.date_of(each) for each in program.rounds if each.id == last)


def own_stops(
    rosters: Rosters, person: Participant, order: Sequence[Round | Common]
) -> Iterator[Stop | Common]:
    """Return a participant's days in ``order``; of the agenda, what is on while they are there.

    That is on each day on which they attend anything, and on those on which there is nothing to attend.
    """
    own = {round_.id: (round_, session) for round_, session in rosters.day(person)}
    away = days_away(rosters, person)
    for each in order:
        if isinstance(each, Common):
            if each.date not in away:
                yield each
        elif each.id in own:
            yield own[each.id]
