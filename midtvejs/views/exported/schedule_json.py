"""schedule.json, by the schema of the c3voc schedule validator."""

from __future__ import annotations

import json
import re

from midtvejs import __version__
from midtvejs.views.exported.schedule_talks import TIMESLOT, Schedule, Talk, said

KNOWN_ZONE = re.compile(r"^([A-Z][a-z]+/[A-Z][a-z]+)|UTC$")
"""The time zones that the schema takes; others are left out."""


def schedule_json(schedule: Schedule) -> str:
    whole = {
        "generator": {"name": "midtvejs", "version": __version__},
        "schedule": {"version": schedule.version, "conference": _conference(schedule)},
    }
    return json.dumps(whole, ensure_ascii=False, indent=2) + "\n"


def _conference(schedule: Schedule) -> dict[str, object]:
    event = schedule.event
    start, end = schedule.moment(event.start).isoformat(), schedule.moment(event.end).isoformat()
    day = {
        "index": 1,
        "date": event.date.isoformat(),
        "day_start": start,
        "day_end": end,
        "rooms": {name: [_talk(name, talk) for talk in talks] for name, talks in schedule.by_room.items()},
    }
    return {
        "acronym": schedule.acronym,
        "title": said(event.name),
        "start": start,
        "end": end,
        "daysCount": 1,
        "timeslot_duration": TIMESLOT,
        **({"time_zone_name": event.timezone} if KNOWN_ZONE.search(event.timezone) else {}),
        "tracks": [{"name": name} for name in schedule.tracks],
        "rooms": [{"name": name, "guid": str(schedule.guid("room", name))} for name in schedule.by_room],
        "days": [day],
    }


def _talk(room: str, talk: Talk) -> dict[str, object]:
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
        "title": said(f"{session.code} {session.title}"),
        "subtitle": talk.subtitle,
        "track": said(talk.round.name),
        "type": talk.kind,
        "language": talk.schedule.event.language,
        "abstract": said(session.description),
        "persons": [{"id": number, "guid": guid, "name": name} for name, number, guid in talk.presenters],
        "links": [],
    }
