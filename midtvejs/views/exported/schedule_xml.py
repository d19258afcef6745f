"""schedule.xml, by the schema of the c3voc schedule validator."""

from __future__ import annotations

from xml.etree import ElementTree as ET

from midtvejs import __version__
from midtvejs.views.exported.schedule_talks import TIMESLOT, Schedule, Talk, said


def schedule_xml(schedule: Schedule) -> str:
    root = ET.Element("schedule")
    ET.SubElement(root, "generator", name="midtvejs", version=__version__)
    _texts(root, {"version": schedule.version})
    root.append(_conference(schedule))
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
        room.extend(_talk(name, talk) for talk in talks)
    ET.indent(root)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{ET.tostring(root, encoding="unicode")}\n'


def _texts(parent: ET.Element, texts: dict[str, str]) -> None:
    for tag, text in texts.items():
        ET.SubElement(parent, tag).text = text


def _conference(schedule: Schedule) -> ET.Element:
    event, conference = schedule.event, ET.Element("conference")
    texts = {
        "title": said(event.name),
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


def _talk(room: str, talk: Talk) -> ET.Element:
    session, element = talk.session, ET.Element("event", id=str(talk.number), guid=talk.guid)
    texts = {
        "date": talk.start.isoformat(),
        "start": f"{session.start:%H:%M}",
        "duration": talk.duration,
        "room": room,
        "slug": talk.slug,
        "title": said(f"{session.code} {session.title}"),
        "subtitle": talk.subtitle,
        "track": said(talk.round.name),
        "type": talk.kind,
        "language": talk.schedule.event.language,
        "abstract": said(session.description),
    }
    _texts(element, texts)
    persons = ET.SubElement(element, "persons")
    for name, number, guid in talk.presenters:
        ET.SubElement(persons, "person", id=str(number), guid=guid).text = name
    if talk.url:
        _texts(element, {"url": talk.url})
    return element
