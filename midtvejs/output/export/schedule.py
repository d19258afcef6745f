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
from midtvejs.domain.program import Event, Kind, Round, Session
from midtvejs.output.export.identity import identity, slug
from midtvejs.output.export.wanted import Making, Wanted
from midtvejs.output.roster import Rosters
from midtvejs.output.screen import printable

KINDS = {Kind.PECHA_KUCHA: "talk", Kind.SALON: "discussion"}
TIMESLOT = "00:05"
MOST_NUMBERS = 2**31 - 1
SHORTEST_ACRONYM = 4
NOT_IN_XML = re.compile("[\ud800-\udfff\ufffe\uffff]")


def clean_text(text: str) -> str:
    """Return a text without what neither format could hold."""
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
        """Return ``00:30``."""
        minutes = int((self.end - self.start).total_seconds()) // 60
        return f"{minutes // 60:02}:{minutes % 60:02}"

    @property
    def kind(self) -> str:
        return KINDS[self.session.kind]

    @property
    def subtitle(self) -> str:
        """Return the organisations, and the school, behind it."""
        return clean_text(", ".join(filter(None, (*self.session.by, self.session.school))))

    @property
    def slug(self) -> str:
        """Return a name for an address; its number makes it its own."""
        parts = (self.schedule.acronym, slug(self.session.code), slug(self.session.title), str(self.number))
        return "-".join(filter(None, parts))

    @property
    def presenters(self) -> list[tuple[str, int, str]]:
        """Return each presenter's name, with a number and a UUID made of the name."""
        names = dict.fromkeys(clean_text(each.name) for each in self.session.presenters)
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
        """Return ``midtvejskonferencen_2018``."""
        return "_".join(filter(None, (slug(self.event.name, "_"), str(self.event.date.year)))).rjust(
            SHORTEST_ACRONYM, "0"
        )

    @cached_property
    def by_room(self) -> Mapping[str, list[Talk]]:
        """Return what is held in each room, in the order of rooms and of the day; none that stands empty."""
        rooms: dict[str, list[Talk]] = {
            clean_text(room.name): [] for room in self.rosters.assignment.program.rooms
        }
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
            rooms.setdefault(clean_text(session.room.name), []).append(talk)
        return {name: talks for name, talks in rooms.items() if talks}

    @cached_property
    def version(self) -> str:
        """Return what changes when anything on the schedule does: apps look at it before they load it."""
        program = self.rosters.assignment.program
        held = [talk.session for talks in self.by_room.values() for talk in talks]
        return hashlib.sha256(repr((program.event, program.rounds, held)).encode()).hexdigest()[:12]

    @cached_property
    def tracks(self) -> list[str]:
        return list(
            dict.fromkeys(clean_text(round_.name) for round_ in self.rosters.assignment.program.rounds)
        )


KNOWN_ZONE = re.compile(r"^([A-Z][a-z]+/[A-Z][a-z]+)|UTC$")
"""The time zones that the schema takes; others are left out."""


def schedule_json(schedule: Schedule) -> str:
    whole = {
        "generator": {"name": "midtvejs", "version": __version__},
        "schedule": {"version": schedule.version, "conference": _conference_json(schedule)},
    }
    return json.dumps(whole, ensure_ascii=False, indent=2) + "\n"


def _conference_json(schedule: Schedule) -> dict[str, object]:
    event = schedule.event
    start, end = schedule.moment(event.start).isoformat(), schedule.moment(event.end).isoformat()
    day = {
        "index": 1,
        "date": event.date.isoformat(),
        "day_start": start,
        "day_end": end,
        "rooms": {
            name: [_talk_json(name, talk) for talk in talks] for name, talks in schedule.by_room.items()
        },
    }
    return {
        "acronym": schedule.acronym,
        "title": clean_text(event.name),
        "start": start,
        "end": end,
        "daysCount": 1,
        "timeslot_duration": TIMESLOT,
        **({"time_zone_name": event.timezone} if KNOWN_ZONE.search(event.timezone) else {}),
        "tracks": [{"name": name} for name in schedule.tracks],
        "rooms": [{"name": name, "guid": str(schedule.guid("room", name))} for name in schedule.by_room],
        "days": [day],
    }


def _talk_json(room: str, talk: Talk) -> dict[str, object]:
    session = talk.session
    return {
        "guid": talk.guid,
        "id": talk.number,
        "date": talk.start.isoformat(),
        "start": f"{session.start:%H:%M}",
        "end": talk.end.isoformat(),
        "duration": talk.duration,
        "room": room,
        "slug": talk.slug,
        # The schema wants an address; where there is none, the session's own name stands for it.
        "url": talk.url or f"urn:uuid:{talk.guid}",
        "title": clean_text(f"{session.code} {session.title}"),
        "subtitle": talk.subtitle,
        "track": clean_text(talk.round.name),
        "type": talk.kind,
        "language": talk.schedule.event.language,
        "abstract": clean_text(session.description),
        "persons": [{"id": number, "guid": guid, "name": name} for name, number, guid in talk.presenters],
        "links": [],
    }


def schedule_xml(schedule: Schedule) -> str:
    root = ET.Element("schedule")
    ET.SubElement(root, "generator", name="midtvejs", version=__version__)
    _texts(root, {"version": schedule.version})
    root.append(_conference_xml(schedule))
    event = schedule.event
    day = ET.SubElement(
        root,
        "day",
        index="1",
        date=event.date.isoformat(),
        start=schedule.moment(event.start).isoformat(),
        end=schedule.moment(event.end).isoformat(),
    )
    for name, talks in schedule.by_room.items():
        room = ET.SubElement(day, "room", name=name, guid=str(schedule.guid("room", name)))
        room.extend(_talk_xml(name, talk) for talk in talks)
    ET.indent(root)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{ET.tostring(root, encoding="unicode")}\n'


def _texts(parent: ET.Element, texts: dict[str, str]) -> None:
    for tag, text in texts.items():
        ET.SubElement(parent, tag).text = text


def _conference_xml(schedule: Schedule) -> ET.Element:
    event, conference = schedule.event, ET.Element("conference")
    texts = {
        "title": clean_text(event.name),
        "acronym": schedule.acronym,
        "start": schedule.moment(event.start).isoformat(),
        "end": schedule.moment(event.end).isoformat(),
        "days": "1",
        "timeslot_duration": TIMESLOT,
        "time_zone_name": event.timezone,
    }
    _texts(conference, texts)
    for name in schedule.tracks:
        ET.SubElement(conference, "track", name=name)
    return conference


def _talk_xml(room: str, talk: Talk) -> ET.Element:
    session, element = talk.session, ET.Element("event", id=str(talk.number), guid=talk.guid)
    texts = {
        "date": talk.start.isoformat(),
        "start": f"{session.start:%H:%M}",
        "duration": talk.duration,
        "room": room,
        "slug": talk.slug,
        "title": clean_text(f"{session.code} {session.title}"),
        "subtitle": talk.subtitle,
        "track": clean_text(talk.round.name),
        "type": talk.kind,
        "language": talk.schedule.event.language,
        "abstract": clean_text(session.description),
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
