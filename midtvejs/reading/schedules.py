"""Read schedule.json or schedule.xml, as pretalx and frab write them, for the first program.yaml."""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree as ET

from midtvejs.domain.diagnostic import Faulty, Place
from midtvejs.domain.program import AgendaItem, Presenter
from midtvejs.domain.sketch import Sketch, SketchedRound, SketchedSession
from midtvejs.reading.codes import Fault
from midtvejs.reading.files.json_source import MOST_BYTES, JsonSource
from midtvejs.reading.files.source import Source, content_of
from midtvejs.reading.program.fields import CODE
from midtvejs.reading.program.new_program import clean

MIDNIGHT = dt.time(23, 59)
LONGEST_DESCRIPTION = 300
FOR_EVERYBODY = "other"
"""The type of what is no session: breaks, welcomes."""
TAG = re.compile(r"<[^>]{0,200}>")


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Talk:
    date: dt.date
    start: dt.time
    end: dt.time
    room: str
    title: str
    kind: str
    persons: tuple[str, ...]
    abstract: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Schedule:
    title: str
    timezone: str
    talks: tuple[Talk, ...]


def read_schedule(path: Path, *, name: str = "", round_word: str) -> Sketch:
    """Read a schedule: what is on at one time is a round, and what is on alone is for everybody.

    Raises:
        OSError: the file cannot be read at all.
        Faulty: it is no schedule, or nothing is on.
    """
    file, data = content_of(path, MOST_BYTES)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise _no_schedule(file, "the file is not UTF-8") from None
    if len(data) > MOST_BYTES:
        raise _no_schedule(file, f"the file is larger than {MOST_BYTES // 1024} KB")
    try:
        schedule = _from_xml(text) if text.lstrip().startswith("<") else _from_json(Source(file, text))
    except (KeyError, TypeError, ValueError, AttributeError, ET.ParseError) as error:
        lacking = f"{error} is missing" if isinstance(error, KeyError) else str(error)
        raise _no_schedule(file, f"this is no schedule: {lacking}"[:200]) from None
    if not schedule.talks:
        raise _no_schedule(file, "nothing is on")
    return _sketch(schedule, name, round_word)


def _no_schedule(file: str, message: str) -> Faulty:
    hint = "export schedule.json or schedule.xml from pretalx or frab, or take a table (.xlsx, .csv)"
    return Faulty([Fault.NO_SCHEDULE.diagnostic(Place(file=file), message, hint)])


def _from_json(source: Source) -> Schedule:
    root = JsonSource(source).root
    conference = root["schedule"]["conference"]  # type: ignore[index] # what is not so is caught
    talks = [
        _talk(
            date=talk.get("date") or day["date"],
            start=talk["start"],
            duration=talk["duration"],
            room=room,
            title=talk["title"],
            kind=talk.get("type") or "",
            persons=[each.get("public_name") or each.get("name") or "" for each in talk.get("persons") or ()],
            abstract=talk.get("abstract") or talk.get("description") or "",
        )
        for day in conference["days"]
        for room, held in day["rooms"].items()
        for talk in held
    ]
    timezone = conference.get("time_zone_name") or ""
    return Schedule(title=conference["title"], timezone=timezone, talks=tuple(sorted(talks)))


def _from_xml(text: str) -> Schedule:
    if "<!DOCTYPE" in text or "<!ENTITY" in text:
        raise ValueError("it declares entities")
    root = ET.fromstring(text)  # noqa: S314 - it declares no entities

    def said(element: ET.Element, tag: str) -> str:
        return (element.findtext(tag) or "").strip()

    talks = [
        _talk(
            date=said(event, "date") or day.attrib["date"],
            start=said(event, "start"),
            duration=said(event, "duration"),
            room=room.attrib["name"],
            title=said(event, "title"),
            kind=said(event, "type"),
            persons=["".join(each.itertext()) for each in event.findall("persons/person")],
            abstract=said(event, "abstract") or said(event, "description"),
        )
        for day in root.findall("day")
        for room in day.findall("room")
        for event in room.findall("event")
    ]
    title, timezone = root.findtext("conference/title"), root.findtext("conference/time_zone_name")
    if title is None:
        raise ValueError("it has no conference")
    return Schedule(title=title, timezone=(timezone or "").strip(), talks=tuple(sorted(talks)))


def _talk(
    *,
    date: str,
    start: str,
    duration: str,
    room: str,
    title: str,
    kind: str,
    persons: Sequence[str],
    abstract: str,
) -> Talk:
    begins = dt.datetime.strptime(start[:5], "%H:%M")
    hours, minutes = map(int, duration.split(":")[-2:])
    ends = begins + dt.timedelta(hours=hours, minutes=max(minutes, 0 if hours else 1))
    over = ends.date() > begins.date()
    return Talk(
        date=dt.date.fromisoformat(date[:10]),
        start=begins.time(),
        end=MIDNIGHT if over else ends.time(),
        room=room,
        title=clean(title) or "?",
        kind=kind.strip().casefold(),
        persons=tuple(dict.fromkeys(name for each in persons if (name := clean(each)))),
        abstract=clean(TAG.sub(" ", abstract))[:LONGEST_DESCRIPTION],
    )


def _sketch(schedule: Schedule, name: str, round_word: str) -> Sketch:
    slots = list(_slots([talk for talk in schedule.talks if talk.kind != FOR_EVERYBODY]))
    several = [slot for slot in slots if len(slot) > 1] or slots
    alone = [talk for slot in slots if slot not in several for talk in slot]
    common = sorted([*(talk for talk in schedule.talks if talk.kind == FOR_EVERYBODY), *alone])
    codes = _codes([talk for slot in several for talk in slot])
    dates = [talk.date for talk in schedule.talks]
    return Sketch(
        name=name or clean(schedule.title) or "?",
        date=min(dates),
        end_date=max(dates),
        timezone=_zone(schedule.timezone),
        rounds=tuple(
            SketchedRound(
                name=f"{round_word} {number + 1}",
                date=slot[0].date,
                start=min(talk.start for talk in slot),
                end=max(talk.end for talk in slot),
            )
            for number, slot in enumerate(several)
        ),
        sessions=tuple(_sessions(several, codes)),
        agenda=tuple(
            AgendaItem(title=talk.title, start=talk.start, end=talk.end, date=talk.date, room=talk.room)
            for talk in common
        ),
    )


def _slots(talks: Sequence[Talk]) -> Iterator[list[Talk]]:
    """Return what is on at one time: whatever overlaps, or overlaps with what does."""
    slot: list[Talk] = []
    for talk in sorted(talks):
        if slot and (talk.date != slot[0].date or talk.start >= max(each.end for each in slot)):
            yield slot
            slot = []
        slot.append(talk)
    if slot:
        yield slot


def _codes(talks: Sequence[Talk]) -> dict[Talk, str]:
    """Return the codes before titles, as our own exports have them: where each title has one, its own."""
    codes = {talk: talk.title.partition(" ")[0] for talk in talks}
    titled = all(talk.title.partition(" ")[2].strip() for talk in talks)
    are_codes = all(CODE.fullmatch(code) and re.search("[0-9A-ZÆØÅ]$", code) for code in codes.values())
    short = max(map(len, codes.values()), default=0) <= 4
    alone = len(set(codes.values())) == len({talk.title for talk in talks})
    return codes if titled and are_codes and short and alone else {}


def _sessions(slots: Sequence[Sequence[Talk]], codes: dict[Talk, str]) -> Iterator[SketchedSession]:
    """Return the sessions; one of the same title in another round is the same, held once more."""
    made: dict[tuple[str, int], list[tuple[int, Talk]]] = {}
    for number, slot in enumerate(slots):
        seen: Counter[str] = Counter()
        for talk in slot:
            made.setdefault((talk.title, seen[talk.title]), []).append((number, talk))
            seen[talk.title] += 1
    for held in made.values():
        number, first = held[0]
        slot = slots[number]
        alone = len(held) == 1
        code = codes.get(first, "")
        yield SketchedSession(
            title=first.title.removeprefix(code).strip(),
            code=code,
            rooms={number: talk.room for number, talk in held},
            presenters=tuple(Presenter(name=name) for name in first.persons),
            description=first.abstract,
            start=first.start if alone and first.start != min(talk.start for talk in slot) else None,
            end=first.end if alone and first.end != max(talk.end for talk in slot) else None,
        )


def _zone(name: str) -> str:
    """Return a time zone, if it is one."""
    from zoneinfo import available_timezones

    return name if name in available_timezones() else ""
