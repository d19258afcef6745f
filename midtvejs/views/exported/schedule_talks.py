"""What schedule.xml and schedule.json have in common."""

from __future__ import annotations

import datetime as dt
import hashlib
import re
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from zoneinfo import ZoneInfo

from midtvejs.domain.program import Event, Kind, Round, Session
from midtvejs.views.exported.identity import identity, slug
from midtvejs.views.roster import Rosters
from midtvejs.views.screen import printable

KINDS = {Kind.PECHA_KUCHA: "talk", Kind.SALON: "discussion"}
TIMESLOT = "00:05"
MOST_NUMBERS = 2**31 - 1
SHORTEST_ACRONYM = 4
NOT_IN_XML = re.compile("[\ud800-\udfff\ufffe\uffff]")


def said(text: str) -> str:
    """Give a text without what neither format could hold."""
    return NOT_IN_XML.sub("", printable(text))


@dataclass(frozen=True, kw_only=True)
class Talk:
    """A session that is held; ``number`` is its own among those of the day, and at least 1."""

    schedule: Schedule
    round: Round
    session: Session
    number: int

    @property
    def guid(self) -> str:
        return str(self.schedule.guid("session", self.session.code))

    @property
    def start(self) -> dt.datetime:
        return self.schedule.moment(self.session.start)

    @property
    def end(self) -> dt.datetime:
        return self.schedule.moment(self.session.end)

    @property
    def duration(self) -> str:
        """Give ``00:30``."""
        minutes = int((self.end - self.start).total_seconds()) // 60
        return f"{minutes // 60:02}:{minutes % 60:02}"

    @property
    def kind(self) -> str:
        return KINDS[self.session.kind]

    @property
    def subtitle(self) -> str:
        """Give the organisations, and the school, behind it."""
        return said(", ".join(filter(None, (*self.session.by, self.session.school))))

    @property
    def slug(self) -> str:
        """Give a name for an address; its number makes it its own."""
        parts = (self.schedule.acronym, slug(self.session.code), slug(self.session.title), str(self.number))
        return "-".join(filter(None, parts))

    @property
    def presenters(self) -> list[tuple[str, int, str]]:
        """Give each presenter's name, with a number and a UUID made of the name."""
        names = dict.fromkeys(said(each.name) for each in self.session.presenters)
        return [
            (name, guid.int % MOST_NUMBERS + 1, str(guid))
            for name in names
            for guid in [self.schedule.guid("presenter", name)]
        ]

    @property
    def url(self) -> str:
        """Give where one signs up, if that is an address; else nothing."""
        sign_up = self.schedule.event.sign_up
        url = said(sign_up.url) if sign_up else ""
        return url if re.fullmatch(r"https?://[!-~]+", url) and not set(url) & set('<>"{}|\\^`') else ""


@dataclass(frozen=True, kw_only=True)
class Schedule:
    """The day, by rooms; sessions that are cancelled are not on it."""

    rosters: Rosters

    @property
    def event(self) -> Event:
        return self.rosters.assignment.program.event

    def guid(self, *parts: str) -> uuid.UUID:
        return identity(self.event, *parts)

    def moment(self, time: dt.time) -> dt.datetime:
        return dt.datetime.combine(self.event.date, time, ZoneInfo(self.event.timezone))

    @property
    def acronym(self) -> str:
        """Give ``midtvejskonferencen_2018``."""
        return "_".join(filter(None, (slug(self.event.name, "_"), str(self.event.date.year)))).rjust(
            SHORTEST_ACRONYM, "0"
        )

    @cached_property
    def by_room(self) -> Mapping[str, list[Talk]]:
        """Give what is held in each room, in the order of rooms and of the day; none that stands empty."""
        rooms: dict[str, list[Talk]] = {said(room.name): [] for room in self.rosters.assignment.program.rooms}
        used: set[int] = set()
        for round_, session in self.rosters.sessions:
            if self.rosters.is_cancelled(session):
                continue
            # Apps remember favourites by this number: it depends on the code, not on the place in the day.
            number = self.guid("session", session.code).int % MOST_NUMBERS + 1
            while number in used:
                number = number % MOST_NUMBERS + 1
            used.add(number)
            talk = Talk(schedule=self, round=round_, session=session, number=number)
            rooms.setdefault(said(session.room.name), []).append(talk)
        return {name: talks for name, talks in rooms.items() if talks}

    @cached_property
    def version(self) -> str:
        """Give what changes when anything on the schedule does: apps look at it before they load it."""
        program = self.rosters.assignment.program
        held = [talk.session for talks in self.by_room.values() for talk in talks]
        return hashlib.sha256(repr((program.event, program.rounds, held)).encode()).hexdigest()[:12]

    @cached_property
    def tracks(self) -> list[str]:
        return list(dict.fromkeys(said(round_.name) for round_ in self.rosters.assignment.program.rounds))
