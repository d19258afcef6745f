"""A day as far as it is known before there is a program.yaml: what the first one is written from."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field

from midtvejs.domain.program import AgendaItem, Presenter

USUAL_SEATS = 30
"""What a room is said to hold that nobody has said anything of."""
USUAL_ROUNDS, USUAL_ROOMS = 3, 4
"""How many there are where nobody says so."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SketchedRound:
    """``date``: where it is not that of the event."""

    name: str
    start: dt.time
    end: dt.time
    date: dt.date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SketchedSession:
    """A session; ``rooms`` are by the numbers, from 0, of the rounds in which it is held; empty: open.

    ``seats`` are how many may come, where that is known. It has a ``start`` and ``end`` where they are not
    those of its round. ``room`` and ``times`` are for one that is open: where it is to be held, and how often
    (``2``, ``1-3``), where that is said.
    """

    title: str
    rooms: Mapping[int, str]
    room: str = ""
    times: str = ""
    code: str = ""
    presenters: tuple[Presenter, ...] = ()
    by: tuple[str, ...] = ()
    description: str = ""
    seats: int | None = None
    start: dt.time | None = None
    end: dt.time | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Sketch:
    """Everything that is known of a day; ``seats`` are those of rooms, by their names."""

    name: str
    date: dt.date
    rounds: tuple[SketchedRound, ...]
    sessions: tuple[SketchedSession, ...]
    seats: Mapping[str, int] = field(default_factory=dict)
    agenda: tuple[AgendaItem, ...] = ()
    end_date: dt.date | None = None
    timezone: str = ""

    @property
    def open(self) -> tuple[SketchedSession, ...]:
        """The sessions of which it is still to be found when they are held."""
        return tuple(each for each in self.sessions if not each.rooms)


DAY_ENDS = 24 * 60 - 1
MORNING = 9 * 60
SLOT, PAUSE = 60, 15
"""In minutes: from the beginning of a round to that of the next, and how much of it is free."""


def usual_times(count: int) -> list[tuple[dt.time, dt.time]]:
    """Return when rounds of three quarters of an hour begin and end, from nine; many begin at midnight.

    Past a day's length they become shorter, so that all are over before the next.
    """
    begin = MORNING if MORNING + count * SLOT <= DAY_ENDS else 0
    slot = min(SLOT, (DAY_ENDS - begin) // max(count, 1))
    pause = min(PAUSE, slot // 4)
    return [
        (_time(begin + number * slot), _time(begin + (number + 1) * slot - pause)) for number in range(count)
    ]


def _time(minutes: int) -> dt.time:
    return dt.time(*divmod(minutes, 60))
