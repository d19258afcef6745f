from __future__ import annotations

import datetime as dt
import json
import os
import re
import uuid
from dataclasses import replace
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest

from midtvejs.domain.assignment import Assignment
from midtvejs.domain.program import SignUp
from midtvejs.output.export.schedule import Schedule
from tests.output.export.days import on, rosters_of, ruled, texts
from tests.output.midsummer import seated
from tests.output.test_hostile import EVIL, evil

SCHEMAS = os.environ.get("MIDTVEJS_SCHEDULE_SCHEMAS", "")
"""A folder with schedule.xml.xsd and schedule.schema.json of the c3voc schedule validator."""

DAYS = [
    seated(),
    ruled("en"),
    on(seated(), dt.date(2026, 7, 1), "America/New_York"),
    on(seated(), dt.date(2026, 7, 1), "UTC"),
    on(seated(), dt.date(2026, 7, 1), "CET"),
    *map(evil, EVIL),
]


def xml(assignment: Assignment) -> ET.Element:
    return ET.fromstring(texts(assignment, "schedule")["schedule.xml"])  # noqa: S314 - our own file


def conference(assignment: Assignment) -> dict[str, Any]:  # Any: JSON
    found: dict[str, Any] = json.loads(texts(assignment, "schedule")["schedule.json"])["schedule"][
        "conference"
    ]
    return found


def talks(assignment: Assignment) -> list[dict[str, Any]]:
    """Return everything on schedule.json, room by room."""
    rooms = conference(assignment)["days"][0]["rooms"]
    return [talk for held in rooms.values() for talk in held]


def told(element: ET.Element, tag: str) -> str:
    found = element.find(tag)
    assert found is not None, tag
    return found.text or ""


@pytest.mark.parametrize("assignment", DAYS)
def test_what_the_schema_of_the_xml_demands(assignment: Assignment) -> None:
    root = xml(assignment)
    assert [child.tag for child in root] == ["generator", "version", "conference", "day"]
    assert re.fullmatch("[a-z0-9_-]{4,}", told(root, "conference/acronym"))
    events = root.findall("day/room/event")
    assert events
    for unique in ("id", "guid"):
        assert len({event.get(unique) for event in events}) == len(events)
    assert len({told(event, "slug") for event in events}) == len(events)
    for event in events:
        assert int(event.get("id", "")) > 0
        assert str(uuid.UUID(event.get("guid"))) == event.get("guid")
        assert dt.datetime.fromisoformat(told(event, "date")).tzinfo
        assert re.fullmatch("[0-2][0-9]:[0-5][0-9]", told(event, "start"))
        assert re.fullmatch("[0-9]{1,2}:[0-9]{2}", told(event, "duration"))
        assert re.fullmatch("[a-z0-9_]{4,}-[a-z0-9_-]{4,}", told(event, "slug"))
        for tag in ("room", "title", "type", "abstract", "track"):
            told(event, tag)


@pytest.mark.parametrize("assignment", DAYS)
def test_what_the_schema_of_the_json_demands(assignment: Assignment) -> None:
    found = conference(assignment)
    assert re.fullmatch("[a-z0-9_-][a-z0-9_]{3,}", found["acronym"])
    assert {"title", "days", "daysCount", "start", "end", "timeslot_duration"} <= found.keys()
    assert re.search("^([A-Z][a-z]+/[A-Z][a-z]+)|UTC$", found.get("time_zone_name", "UTC"))
    assert [room["name"] for room in found["rooms"]] == list(found["days"][0]["rooms"])
    for talk in talks(assignment):
        assert {"abstract", "date", "duration", "guid", "id", "language", "links", "persons"} <= talk.keys()
        assert {"room", "slug", "start", "subtitle", "title", "track", "type", "url"} <= talk.keys()
        assert re.fullmatch("[a-z0-9_-]+[a-z0-9]", talk["slug"])
        assert re.match("https?://|urn:uuid:", talk["url"])
        for person in talk["persons"]:
            # With both public_name and id it would be of two kinds at once, which the schema forbids.
            assert "public_name" not in person


@pytest.mark.parametrize("assignment", DAYS)
@pytest.mark.skipif(not SCHEMAS, reason="MIDTVEJS_SCHEDULE_SCHEMAS names no folder")
def test_the_schemas_themselves(assignment: Assignment) -> None:
    etree, jsonschema = pytest.importorskip("lxml.etree"), pytest.importorskip("jsonschema")
    files, folder = texts(assignment, "schedule"), Path(SCHEMAS)
    schema = etree.XMLSchema(etree.parse(folder / "schedule.xml.xsd"))
    schema.assertValid(etree.fromstring(files["schedule.xml"].encode()))
    demanded = jsonschema.Draft6Validator(
        json.loads((folder / "schedule.schema.json").read_text(encoding="utf-8")),
        format_checker=jsonschema.Draft6Validator.FORMAT_CHECKER,
    )
    demanded.validate(json.loads(files["schedule.json"]))


def test_a_conference_lasts_from_a_date_to_a_date_and_its_days_from_a_moment_to_a_moment() -> None:
    for assignment, last in ((seated(), "2018-06-22"), (lasting_days(), "2018-06-24")):
        found, root = conference(assignment), xml(assignment)
        assert (found["start"], found["end"]) == ("2018-06-22", last)
        assert (root.findtext("conference/start"), root.findtext("conference/end")) == ("2018-06-22", last)
        assert all(dt.datetime.fromisoformat(day["day_start"]).tzinfo for day in found["days"])


def lasting_days() -> Assignment:
    day = seated()
    event = replace(day.program.event, end_date=dt.date(2018, 6, 24))
    return replace(day, program=replace(day.program, event=event))


def test_what_a_session_is_about_is_its_abstract_and_its_description() -> None:
    day = seated()
    code = next(iter(day.program.sessions))
    told = [
        (talk["abstract"], talk["description"])
        for talk in talks(with_description(day, code, "Om at dele <viden>"))
    ]
    assert told.count(("Om at dele <viden>", "Om at dele <viden>")) == 1
    assert all(abstract == description for abstract, description in told)


def with_description(assignment: Assignment, code: str, text: str) -> Assignment:
    rounds = tuple(
        replace(
            round_,
            sessions=tuple(
                replace(each, description=text) if each.code == code else each for each in round_.sessions
            ),
        )
        for round_ in assignment.program.rounds
    )
    return replace(assignment, program=replace(assignment.program, rounds=rounds))


def test_both_say_the_same() -> None:
    for assignment in (seated(), ruled()):
        events = xml(assignment).findall("day/room/event")
        both = zip(events, talks(assignment), strict=True)
        for event, talk in both:
            assert (event.get("id"), event.get("guid")) == (str(talk["id"]), talk["guid"])
            for tag in (
                "date",
                "start",
                "duration",
                "room",
                "slug",
                "title",
                "track",
                "abstract",
                "description",
            ):
                assert told(event, tag) == talk[tag]
            assert [each.text for each in event.findall("persons/person")] == [
                each["name"] for each in talk["persons"]
            ]


def test_what_is_on() -> None:
    rooms = conference(ruled())["days"][0]["rooms"]
    titles = {name: [talk["title"][:2] for talk in held] for name, held in rooms.items()}
    # 1C is cancelled, and so nothing is on in the cellar.
    assert titles == {"Panorama": ["1A", "S1"], "Fjordsalen": ["1B", "S2"]}
    feedback, salon = rooms["Panorama"]
    assert feedback["start"] == "10:00"
    assert feedback["date"] == "2018-06-22T10:00:00+02:00"
    assert (salon["duration"], salon["type"]) == ("01:10", "discussion")
    assert salon["persons"][1]["name"] == "Åse Berg"
    assert feedback["subtitle"] == "Kolding Kommune, Vesthimmerlands Kommune"


def test_nobody_who_attends_is_in_it() -> None:
    for text in texts(ruled(), "schedule").values():
        assert "Zacharias" not in text
        assert "@" not in text


def test_the_version_changes_with_what_is_on_and_with_nothing_else() -> None:
    before = seated()
    moved = replace(before, days={**before.days, "ida@example.dk": ("1B", "S1")})
    later = on(before, dt.date(2018, 6, 29))
    versions = [Schedule(rosters=rosters_of(each)).version for each in (before, moved, later)]
    assert versions[0] == versions[1] != versions[2]


def test_ids_stay_when_sessions_before_them_go() -> None:
    before = seated()
    first, *rounds = before.program.rounds
    shorter = replace(first, sessions=first.sessions[1:])
    after = replace(before, program=replace(before.program, rounds=(shorter, *rounds)), participants=())
    ids = {talk["title"]: talk["id"] for talk in talks(before)}
    assert all(ids[talk["title"]] == talk["id"] for talk in talks(after))


@pytest.mark.parametrize("url", ["cok.dk/midtvejs", "https://x y", "javascript:alert(1)", "https://ø.dk", ""])
def test_a_sign_up_that_is_no_address_is_none(url: str) -> None:
    before = seated()
    event = replace(before.program.event, sign_up=SignUp(url=url))
    after = replace(before, program=replace(before.program, event=event))
    assert {talk["url"][:9] for talk in talks(after)} == {"urn:uuid:"}
    assert {talk["url"] for talk in talks(before)} == {"https://example.dk/midsommer"}
