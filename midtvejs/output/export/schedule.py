"""The program as conference apps such as Giggity read it: schedule.xml and schedule.json.

Both follow the schemas of the c3voc schedule validator. They say what is on, and never who attends it.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import re
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property, partial
from xml.etree import ElementTree as ET
from zoneinfo import ZoneInfo

from midtvejs._version import __version__
from midtvejs.domain.program import Event, Kind, Presenter, Program, Round, Session
from midtvejs.output.export.identity import identity, slug
from midtvejs.output.export.timetable import Common, ends_on, in_order
from midtvejs.output.export.wanted import Making, Wanted
from midtvejs.output.roster import Rosters
from midtvejs.output.screen import printable
from midtvejs.output.timeline import days_of

KINDS = {Kind.PECHA_KUCHA: "talk", Kind.SALON: "discussion"}
FOR_EVERYBODY = "other"
"""The type of what is on the agenda."""
TIMESLOT = "00:05"
MOST_NUMBERS = 2**31 - 1
SHORTEST_ACRONYM = 4
NOT_IN_XML = re.compile("[\ud800-\udfff\ufffe\uffff]")


def clean_text(text: str) -> str:
    """Return a text without what neither format could hold."""
    return NOT_IN_XML.sub("", printable(text))


@dataclass(frozen=True, kw_only=True)
class Talk:
    """What is on: a sitting that is held, or what is on for everybody.

    ``number`` is its own among those of all days, and at least 1. ``name`` is what its GUID is made of.
    """

    schedule: Schedule
    name: tuple[str, ...]
    number: int
    title: str
    code: str
    room: str
    start: dt.datetime
    end: dt.datetime
    track: str
    kind: str
    by: tuple[str, ...] = ()
    presented_by: tuple[Presenter, ...] = ()
    description: str = ""

    @property
    def guid(self) -> str:
        return str(self.schedule.guid(*self.name))

    @property
    def duration(self) -> str:
        """Return ``00:30``."""
        minutes = int((self.end - self.start).total_seconds()) // 60
        return f"{minutes // 60:02}:{minutes % 60:02}"

    @property
    def titled(self) -> str:
        return clean_text(" ".join(filter(None, (self.code, self.title))))

    @property
    def subtitle(self) -> str:
        """Return the organisations, and the school, behind it."""
        return clean_text(", ".join(filter(None, self.by)))

    @property
    def slug(self) -> str:
        """Return a name for an address; its number makes it its own."""
        parts = (self.schedule.acronym, slug(self.code), slug(self.title), str(self.number))
        return "-".join(filter(None, parts))

    @property
    def presenters(self) -> list[tuple[str, int, str]]:
        """Return each presenter's name, with a number and a UUID made of the name."""
        names = dict.fromkeys(clean_text(each.name) for each in self.presented_by)
        return [
            (name, guid.int % MOST_NUMBERS + 1, str(guid))
            for name in names
            for guid in [self.schedule.guid("presenter", name)]
        ]

    @property
    def url(self) -> str:
        """Return where one signs up, if that is an address; else nothing."""
        sign_up = self.schedule.event.sign_up
        url = clean_text(sign_up.url) if sign_up else ""
        return url if re.fullmatch(r"https?://[!-~]+", url) and not set(url) & set('<>"{}|\\^`') else ""


@dataclass(frozen=True, kw_only=True)
class ScheduleDay:
    """A day of the event, by rooms, in the order of rooms and of the day; none that stands empty."""

    index: int
    date: dt.date
    start: dt.datetime
    end: dt.datetime
    rooms: Mapping[str, list[Talk]]


@dataclass(frozen=True, kw_only=True)
class Schedule:
    """The event, by days and rooms; sessions that are cancelled are not on it."""

    rosters: Rosters

    @property
    def program(self) -> Program:
        return self.rosters.assignment.program

    @property
    def event(self) -> Event:
        return self.program.event

    def guid(self, *parts: str) -> uuid.UUID:
        return identity(self.event, *parts)

    def moment(self, date: dt.date, time: dt.time) -> dt.datetime:
        return dt.datetime.combine(date, time, ZoneInfo(self.event.timezone))

    @property
    def acronym(self) -> str:
        """Return ``midtvejskonferencen_2018``."""
        return "_".join(filter(None, (slug(self.event.name, "_"), str(self.event.date.year)))).rjust(
            SHORTEST_ACRONYM, "0"
        )

    @cached_property
    def talks(self) -> list[Talk]:
        """What is on, in the order of the program."""
        talks: list[Talk] = []
        used: set[int] = set()

        def number(*name: str) -> int:
            # Apps remember favourites by this number: it depends on the code, not on the place in the day.
            number = self.guid(*name).int % MOST_NUMBERS + 1
            while number in used:
                number = number % MOST_NUMBERS + 1
            used.add(number)
            return number

        order = in_order(self.program)
        # Sessions first, that an item more on the agenda never takes the number of one.
        for round_ in order:
            if isinstance(round_, Round):
                talks += (
                    self._held(round_, session, number("session", self.program.key_as_planned(session)))
                    for session in round_.sessions
                    if not round_.has_begun(session) and not self.rosters.is_cancelled(session)
                )
        agenda = [
            self._common(common, number(*common.name)) for common in order if isinstance(common, Common)
        ]
        return sorted([*agenda, *talks], key=lambda talk: talk.start) if agenda else talks

    def _held(self, round_: Round, session: Session, number: int) -> Talk:
        return Talk(
            schedule=self,
            name=("session", self.program.key_as_planned(session)),
            number=number,
            title=session.title,
            code=session.code,
            room=clean_text(session.room.name),
            start=self.moment(self.program.date_of(round_), session.start),
            end=self.moment(ends_on(self.program, round_, session), session.end),
            track=clean_text(round_.name),
            kind=KINDS[session.kind],
            by=(*session.by, session.school),
            presented_by=session.presenters,
            description=session.description,
        )

    def _common(self, common: Common, number: int) -> Talk:
        """Return what is on for everybody; both formats demand a room, and the venue stands for one."""
        item, venue = common.item, self.event.venue
        return Talk(
            schedule=self,
            name=common.name,
            number=number,
            title=item.title,
            code="",
            room=clean_text(item.room or (venue.name if venue else "") or self.event.name),
            start=self.moment(common.date, item.start),
            end=self.moment(common.date, item.end),
            track="",
            kind=FOR_EVERYBODY,
        )

    @cached_property
    def days(self) -> list[ScheduleDay]:
        return [self._day(index, date) for index, date in enumerate(days_of(self.program), start=1)]

    def _day(self, index: int, date: dt.date) -> ScheduleDay:
        days = days_of(self.program)
        rooms: dict[str, list[Talk]] = {clean_text(room.name): [] for room in self.program.rooms}
        on = [talk for talk in self.talks if talk.start.date() == date]
        for talk in on:
            rooms.setdefault(talk.room, []).append(talk)
        # The event's own hours are those at which the first day starts and the last one ends.
        opens, closes = self.moment(date, self.event.start), self.moment(date, self.event.end)
        return ScheduleDay(
            index=index,
            date=date,
            start=opens if date == days[0] else min((talk.start for talk in on), default=opens),
            end=closes if date == days[-1] else max((talk.end for talk in on), default=closes),
            rooms={name: talks for name, talks in rooms.items() if talks},
        )

    @cached_property
    def rooms(self) -> list[str]:
        """The names of all rooms in which anything is on."""
        return list(dict.fromkeys(name for day in self.days for name in day.rooms))

    @cached_property
    def version(self) -> str:
        """Return what changes when anything on the schedule does: apps look at it before they load it."""
        program = self.program
        held = [session for _, session in self.rosters.sessions if not self.rosters.is_cancelled(session)]
        told = (program.event, program.rounds, program.agenda, held)
        return hashlib.sha256(repr(told).encode()).hexdigest()[:12]

    @cached_property
    def tracks(self) -> list[str]:
        return list(dict.fromkeys(clean_text(round_.name) for round_ in self.program.rounds))


KNOWN_ZONE = re.compile(r"^([A-Z][a-z]+/[A-Z][a-z]+)|UTC$")
"""The time zones that the schema takes; others are left out."""


def schedule_json(schedule: Schedule) -> str:
    whole = {
        "generator": {"name": "midtvejs", "version": __version__},
        "schedule": {"version": schedule.version, "conference": _conference_json(schedule)},
    }
    return json.dumps(whole, ensure_ascii=False, indent=2) + "\n"


def _conference_json(schedule: Schedule) -> dict[str, object]:
    event, days = schedule.event, schedule.days
    return {
        "acronym": schedule.acronym,
        "title": clean_text(event.name),
        # The schema takes moments, too; pretalx and frab write dates, and so do apps read them.
        "start": days[0].date.isoformat(),
        "end": days[-1].date.isoformat(),
        "daysCount": len(days),
        "timeslot_duration": TIMESLOT,
        **({"time_zone_name": event.timezone} if KNOWN_ZONE.search(event.timezone) else {}),
        "tracks": [{"name": name} for name in schedule.tracks],
        "rooms": [{"name": name, "guid": str(schedule.guid("room", name))} for name in schedule.rooms],
        "days": [_day_json(day) for day in days],
    }


def _day_json(day: ScheduleDay) -> dict[str, object]:
    return {
        "index": day.index,
        "date": day.date.isoformat(),
        "day_start": day.start.isoformat(),
        "day_end": day.end.isoformat(),
        "rooms": {name: [_talk_json(talk) for talk in talks] for name, talks in day.rooms.items()},
    }


def _talk_json(talk: Talk) -> dict[str, object]:
    return {
        "guid": talk.guid,
        "id": talk.number,
        "date": talk.start.isoformat(),
        "start": f"{talk.start:%H:%M}",
        "end": talk.end.isoformat(),
        "duration": talk.duration,
        "room": talk.room,
        "slug": talk.slug,
        # The schema wants an address; where there is none, the session's own name stands for it.
        "url": talk.url or f"urn:uuid:{talk.guid}",
        "title": talk.titled,
        "subtitle": talk.subtitle,
        "track": talk.track,
        "type": talk.kind,
        "language": talk.schedule.event.language,
        **_told(talk),
        "persons": [{"id": number, "guid": guid, "name": name} for name, number, guid in talk.presenters],
        "links": [],
    }


def _told(talk: Talk) -> dict[str, str]:
    """Return what is told of a talk: apps show a description that is its abstract as well only once."""
    told = clean_text(talk.description)
    return {"abstract": told, "description": told}


def schedule_xml(schedule: Schedule) -> str:
    root = ET.Element("schedule")
    ET.SubElement(root, "generator", name="midtvejs", version=__version__)
    _texts(root, {"version": schedule.version})
    root.append(_conference_xml(schedule))
    root.extend(_day_xml(schedule, day) for day in schedule.days)
    ET.indent(root)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{ET.tostring(root, encoding="unicode")}\n'


def _day_xml(schedule: Schedule, day: ScheduleDay) -> ET.Element:
    element = ET.Element(
        "day",
        index=str(day.index),
        date=day.date.isoformat(),
        start=day.start.isoformat(),
        end=day.end.isoformat(),
    )
    for name, talks in day.rooms.items():
        room = ET.SubElement(element, "room", name=name, guid=str(schedule.guid("room", name)))
        room.extend(map(_talk_xml, talks))
    return element


def _texts(parent: ET.Element, texts: dict[str, str]) -> None:
    for tag, text in texts.items():
        ET.SubElement(parent, tag).text = text


def _conference_xml(schedule: Schedule) -> ET.Element:
    event, conference = schedule.event, ET.Element("conference")
    texts = {
        "title": clean_text(event.name),
        "acronym": schedule.acronym,
        "start": schedule.days[0].date.isoformat(),
        "end": schedule.days[-1].date.isoformat(),
        "days": str(len(schedule.days)),
        "timeslot_duration": TIMESLOT,
        "time_zone_name": event.timezone,
    }
    _texts(conference, texts)
    for name in schedule.tracks:
        ET.SubElement(conference, "track", name=name)
    return conference


def _talk_xml(talk: Talk) -> ET.Element:
    element = ET.Element("event", id=str(talk.number), guid=talk.guid)
    texts = {
        "date": talk.start.isoformat(),
        "start": f"{talk.start:%H:%M}",
        "duration": talk.duration,
        "room": talk.room,
        "slug": talk.slug,
        "title": talk.titled,
        "subtitle": talk.subtitle,
        "track": talk.track,
        "type": talk.kind,
        "language": talk.schedule.event.language,
        **_told(talk),
    }
    _texts(element, texts)
    persons = ET.SubElement(element, "persons")
    for name, number, guid in talk.presenters:
        ET.SubElement(persons, "person", id=str(number), guid=guid).text = name
    if talk.url:
        _texts(element, {"url": talk.url})
    return element


def files(rosters: Rosters, wanted: Wanted) -> Making:
    """Return schedule.xml and schedule.json, ``public`` or not."""
    del wanted
    schedule = Schedule(rosters=rosters)
    return {
        "schedule.xml": partial(schedule_xml, schedule),
        "schedule.json": partial(schedule_json, schedule),
    }
