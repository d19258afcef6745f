"""Two days with sessions held again, one that goes on, an agenda and a room without limit: every format."""

from __future__ import annotations

import datetime as dt
import io
import json
import re
from dataclasses import replace
from typing import Any
from xml.etree import ElementTree as ET
from zoneinfo import ZoneInfo

import pytest
from icalendar import Calendar, Event
from pypdf import PdfReader
from python_calamine import CalamineWorkbook

from midtvejs.domain.assignment import Assignment
from midtvejs.domain.program import AgendaItem, Venue
from midtvejs.output.export.formats import making
from midtvejs.output.export.html import index_html
from midtvejs.output.export.identity import identity
from midtvejs.output.export.papers import days_pdf, rosters_pdf, signs_pdf
from midtvejs.output.export.xlsx import assignment_xlsx
from tests.output import midsummer
from tests.output.export.days import rosters_of, texts
from tests.output.export.test_html import Outline
from tests.output.printed import pages
from tests.output.workshops import THURSDAY, seated

Entry = tuple[str, str, str]


def events(text: str) -> list[Event]:
    return [each for each in Calendar.from_ical(text).walk("VEVENT") if isinstance(each, Event)]


def entries(text: str) -> list[Entry]:
    """Return what is in a calendar: in Danish time, as ``10T09:00``, from when to when, and what."""
    zone = ZoneInfo("Europe/Copenhagen")
    found: list[Entry] = []
    for event in events(text):
        assert isinstance(event.start, dt.datetime)
        assert isinstance(event.end, dt.datetime)
        start, end = (f"{moment.astimezone(zone):%dT%H:%M}" for moment in (event.start, event.end))
        found.append((start, end, str(event["SUMMARY"])))
    return found


def uids(text: str) -> list[str]:
    return [str(event["UID"]) for event in events(text)]


def welcomed_later(assignment: Assignment) -> Assignment:
    """Return the same days with the welcome later, and elsewhere."""
    program = assignment.program
    welcome, *rest = program.agenda
    later = replace(welcome, start=dt.time(8, 40), room="Kælderen")
    return replace(assignment, program=replace(program, agenda=(*rest, later)))


def without_agenda(assignment: Assignment) -> Assignment:
    return replace(assignment, program=replace(assignment.program, agenda=()))


def own_calendar(assignment: Assignment, name: str) -> str:
    (found,) = (text for path, text in texts(assignment, "ics").items() if f"/{name}-" in path)
    return found


def talks(assignment: Assignment) -> list[dict[str, Any]]:  # Any: JSON
    days = conference(assignment)["days"]
    return [talk for day in days for held in day["rooms"].values() for talk in held]


def conference(assignment: Assignment) -> dict[str, Any]:  # Any: JSON
    found: dict[str, Any] = json.loads(texts(assignment, "schedule")["schedule.json"])["schedule"][
        "conference"
    ]
    return found


def page(*, public: bool = False) -> str:
    return index_html(rosters_of(seated()), public=public)


def shown() -> dict[str, str]:
    """Return what everything that is exported says, by its file."""
    said: dict[str, str] = {}
    for path, make in making(seated()).items():
        made = make()
        if isinstance(made, str):
            said[path] = made
        elif path.endswith("pdf"):
            said[path] = "".join(each.extract_text() for each in PdfReader(io.BytesIO(made)).pages)
        else:
            book = CalamineWorkbook.from_filelike(io.BytesIO(made))
            said[path] = repr([book.get_sheet_by_name(name).to_python() for name in book.sheet_names])
    return said


def test_nobody_reads_how_sittings_are_told_apart_or_how_many_seats_have_no_limit() -> None:
    said = shown()
    assert len(said) > 10
    for path, text in said.items():
        assert not re.search(r"\b[A-Z]\d?@\w", text), path
        assert "1000000000" not in text, path
        assert "999999" not in text, path


def test_the_calendar_of_the_program_has_each_sitting_and_what_is_on_for_everybody() -> None:
    assert entries(texts(seated(), "ics")["program.ics"]) == [
        ("10T08:30", "10T08:50", "Velkomst"),
        ("10T09:00", "10T09:45", "A Sygeplejerske på nattevagt"),
        ("10T09:00", "10T09:45", "B Smed i en uge"),
        ("10T09:00", "10T09:45", "C Jurist med løsøre"),
        ("10T10:00", "10T10:45", "A Sygeplejerske på nattevagt"),
        ("10T10:00", "10T11:45", "D Byg et køleskab af træ fra en ålekvase"),
        ("10T10:00", "10T10:45", "E Ånd og ødeland"),
        ("10T11:00", "10T11:45", "C Jurist med løsøre"),
        ("10T11:00", "10T11:45", "A Sygeplejerske på nattevagt"),
        ("10T12:00", "10T12:45", "Frokost"),
        ("11T08:30", "11T09:00", "Morgensang"),
        ("11T09:00", "11T09:45", "S1 Hvad nu, Åse?"),
        ("11T09:00", "11T09:45", "S2 Økonomi for alle"),
        ("11T11:45", "11T12:30", "Frokost"),
        ("11T13:00", "11T13:45", "P1 Fælles afslutning"),
    ]


def test_no_two_entries_of_a_calendar_are_taken_for_one() -> None:
    for path, text in texts(seated(), "ics").items():
        assert len(set(uids(text))) == len(uids(text)), path


def test_a_session_held_once_keeps_its_number_in_calendars_and_schedules() -> None:
    assignment = midsummer.seated()
    known = {str(identity(assignment.program.event, "session", code)) for code in assignment.program.sessions}
    assert set(uids(texts(assignment, "ics")["program.ics"])) == known
    assert {talk["guid"] for talk in talks(assignment)} == known
    event = seated().program.event
    for code in ("B", "D", "S1"):
        assert str(identity(event, "session", code)) in uids(texts(seated(), "ics")["program.ics"])


def test_what_is_on_for_everybody_keeps_its_number_when_it_is_moved_and_takes_that_of_no_session() -> None:
    late = welcomed_later(seated())
    assert uids(texts(late, "ics")["program.ics"]) == uids(texts(seated(), "ics")["program.ics"])
    numbers = {talk["guid"]: talk["id"] for talk in talks(seated())}
    assert {talk["guid"]: talk["id"] for talk in talks(late)} == numbers
    assert {talk["guid"]: talk["id"] for talk in talks(without_agenda(seated()))}.items() <= numbers.items()


def test_ones_own_calendar_has_ones_sittings_and_the_agenda_of_the_days_on_which_one_is_there() -> None:
    assert entries(own_calendar(seated(), "bo-aeroe")) == [
        ("10T08:30", "10T08:50", "Velkomst"),
        ("10T09:00", "10T09:45", "B Smed i en uge"),
        ("10T10:00", "10T11:45", "D Byg et køleskab af træ fra en ålekvase"),
        ("10T12:00", "10T12:45", "Frokost"),
        ("11T08:30", "11T09:00", "Morgensang"),
        ("11T09:00", "11T09:45", "S1 Hvad nu, Åse?"),
        ("11T11:45", "11T12:30", "Frokost"),
        ("11T13:00", "11T13:45", "P1 Fælles afslutning"),
    ]
    assert [what for _, _, what in entries(own_calendar(seated(), "egon-aa"))] == [
        "Velkomst",
        "A Sygeplejerske på nattevagt",
        "E Ånd og ødeland",
        "C Jurist med løsøre",
        "Frokost",
    ]


def test_a_day_on_which_nothing_is_chosen_is_everybodys() -> None:
    program = seated().program
    party = AgendaItem(title="Fest", start=dt.time(19), end=dt.time(23), date=dt.date(2027, 3, 12))
    assignment = replace(seated(), program=replace(program, agenda=(*program.agenda, party)))
    assert entries(own_calendar(assignment, "egon-aa"))[-1] == ("12T19:00", "12T23:00", "Fest")
    assert [day["date"] for day in conference(assignment)["days"]][-1] == "2027-03-12"


def test_what_goes_on_until_the_next_day_ends_then() -> None:
    assignment = seated()
    first, second, third, *rest = assignment.program.rounds
    rounds = (first, second, replace(third, date=THURSDAY), *rest)
    overnight = replace(assignment, program=replace(assignment.program, rounds=rounds))
    held = {what: (start, end) for start, end, what in entries(texts(overnight, "ics")["program.ics"])}
    assert held["D Byg et køleskab af træ fra en ålekvase"] == ("10T10:00", "11T11:45")


def test_a_schedule_has_a_day_for_each_day() -> None:
    found = conference(seated())
    assert found["daysCount"] == 2
    assert (found["start"], found["end"]) == ("2027-03-10", "2027-03-11")
    assert [(day["index"], day["date"], day["day_start"], day["day_end"]) for day in found["days"]] == [
        (1, "2027-03-10", "2027-03-10T08:30:00+01:00", "2027-03-10T12:45:00+01:00"),
        (2, "2027-03-11", "2027-03-11T08:30:00+01:00", "2027-03-11T14:00:00+01:00"),
    ]
    root = ET.fromstring(texts(seated(), "schedule")["schedule.xml"])  # noqa: S314 - our own file
    assert [child.tag for child in root] == ["generator", "version", "conference", "day", "day"]
    assert root.findtext("conference/days") == "2"
    held = [(event.get("guid"), event.get("id")) for event in root.findall("day/room/event")]
    assert held == [(talk["guid"], str(talk["id"])) for talk in talks(seated())]
    for unique in ("guid", "id", "slug"):
        assert len({talk[unique] for talk in talks(seated())}) == len(talks(seated())) == 15


def test_a_schedule_has_what_goes_on_once_and_what_is_on_for_everybody() -> None:
    rooms = [day["rooms"] for day in conference(seated())["days"]]
    (project,) = (talk for talk in talks(seated()) if talk["title"].startswith("D "))
    assert (project["start"], project["duration"], project["track"]) == ("10:00", "01:45", "Runde 2")
    (welcome, *_) = rooms[0]["Ærøsalen"]
    assert (welcome["title"], welcome["duration"], welcome["type"]) == ("Velkomst", "00:20", "other")
    assert [talk["title"] for talk in rooms[0]["Kælderen"]] == ["Frokost"]
    # Both formats demand a room, also of what is in none.
    assert [talk["title"] for talk in rooms[1]["Emnedage på Ærø"]] == ["Frokost"]
    event = replace(seated().program.event, venue=Venue(name="Ærø Kulturhus"))
    at_venue = replace(seated(), program=replace(seated().program, event=event))
    assert "Ærø Kulturhus" in conference(at_venue)["days"][1]["rooms"]


def test_a_table_has_a_row_for_each_sitting_and_dates_where_there_are_several_days() -> None:
    book = CalamineWorkbook.from_filelike(io.BytesIO(assignment_xlsx(rosters_of(seated()))))
    sheets = {name: book.get_sheet_by_name(name).to_python() for name in book.sheet_names}
    head, *rows = sheets["Sessioner"]
    assert head[:5] == ["runde", "dato", "tid", "lokale", "kode"]
    assert [row[4] for row in rows] == ["A", "B", "C", "A", "D", "E", "C", "A", "S1", "S2", "P1"]
    assert rows[4][:4] == ["Runde 2, Runde 3", "2027-03-10", "10:00–11:45", "Værkstedet"]
    assert rows[3][-4:] == [4, 1, 3, ""]
    assert rows[5][-4:] == ["plads til alle", 4, "", ""]
    # Who is in what goes on is on the sheet of each of its rounds.
    for name in ("Runde 2", "Runde 3"):
        assert [row[6] for row in sheets[name] if row[4] == "D"] == ["Bo Ærø", "Søren Ågård"]
    assert "Frokost" not in repr(sheets)
    once = CalamineWorkbook.from_filelike(io.BytesIO(assignment_xlsx(rosters_of(midsummer.seated()))))
    assert "dato" not in once.get_sheet_by_name("Sessioner").to_python()[0]


def test_a_letter_says_round_by_round_where_somebody_is() -> None:
    head, *rows = (line.split(";") for line in texts(seated(), "csv")["mailmerge.csv"].splitlines())
    (bo,) = (dict(zip(head, row, strict=True)) for row in rows if row[1] == "Bo Ærø")
    assert bo["R1 kode"] == "B"
    assert bo["R2 kode"] == bo["R3 kode"] == "D"
    assert bo["R2 tid"] == "10:00–11:45"
    assert bo["S dato"] == "torsdag den 11. marts 2027"
    rosters = texts(seated(), "csv")["rosters.csv"]
    assert rosters.count(";D;") == 2


def test_each_sitting_has_one_roster_on_paper() -> None:
    found = pages(rosters_pdf(seated()))
    assert len(found) == 11
    assert all("2027" in each for each in found)
    (project,) = (each for each in found if "køleskab" in each)
    assert "Onsdag den 10. marts 2027 Runde 2, Runde 3 10:00–11:45" in project
    second = found[3]
    assert "Runde 2" in second
    assert "1 af 4 pladser" in second
    assert "Åse Berg" in second
    assert "Egon Å" not in second
    assert "2 deltagere" in found[2]
    assert "Frokost" not in " ".join(found)


def test_a_sign_says_what_is_on_in_its_room_day_by_day() -> None:
    hall, lab, online, cellar = pages(signs_pdf(seated()))
    said = ["Onsdag den 10. marts 2027", "08:30–08:50 Velkomst", "Runde 1", "Runde 2", "Runde 3"]
    said += ["Torsdag den 11. marts 2027", "Morgensang", "S1"]
    places = [hall.index(each) for each in said]
    assert places == sorted(places)
    assert "Frokost" not in hall
    assert "12:00–12:45 Frokost" in cellar
    assert lab.count("køleskab") == 1
    assert "10:00–11:45" in lab
    assert online.count("2027") == 4
    assert "Onsdag" not in " ".join(pages(signs_pdf(midsummer.seated())))


def test_a_card_has_days_and_what_is_on_for_everybody() -> None:
    first, _ = pages(days_pdf(seated()))
    bo = first[: first.index("Cecilie")]
    said = ["Bo Ærø", "Onsdag den 10. marts 2027", "Velkomst", "B Smed", "10:00–11:45", "D Byg", "Frokost"]
    said += ["Torsdag den 11. marts 2027", "Morgensang", "S1", "11:45–12:30 Frokost", "P1 Fælles"]
    places = [bo.index(each) for each in said]
    assert places == sorted(places)
    assert bo.count("D Byg") == 1
    egon = first[first.index("Egon") :]
    assert "Torsdag" not in egon
    assert "Frokost" in egon


@pytest.mark.parametrize("public", [False, True])
def test_the_page_has_the_days_in_order(*, public: bool) -> None:
    said = Outline(page(public=public)).said
    assert "Onsdag den 10. marts 2027, 08:30 – torsdag den 11. marts 2027, 14:00" in said
    program = said[said.rindex("14:00") :]
    told = ["Onsdag", "Velkomst", "Runde 1", "Runde 2", "10:00–11:45", "Runde 3", "D fortsat", "Frokost"]
    told += ["Torsdag", "Morgensang", "Samtalesaloner", "Frokost", "Samling"]
    at = 0
    for each in told:
        at = program.index(each, at) + 1
    outside = Outline(index_html(rosters_of(midsummer.seated()), public=public)).said
    assert outside.count("Fredag") == 1


def test_the_page_has_a_roster_for_each_sitting() -> None:
    rosters = page().partition('id="rosters-heading"')[2].partition("</main>")[0]
    assert rosters.count("<details>") == 11
    assert rosters.count("Byg et køleskab") == 1
    assert "1 af 4 pladser" in rosters
    assert rosters.count("10:00–11:45") == 1
    assert "Velkomst" not in rosters


def test_the_page_knows_ones_own_day() -> None:
    (found,) = re.findall(r'id="day">(.*?)</script>', page(), re.DOTALL)
    day = json.loads(found)
    own = {
        name: [day["stops"][at][stop] for at, stop in enumerate(stops) if stop >= 0]
        for name, _, stops, _ in day["people"]
    }
    assert [stop[3] for stop in own["Bo Ærø"]] == [
        *("Velkomst", "Smed i en uge", "Byg et køleskab af træ fra en ålekvase", "Frokost"),
        *("Morgensang", "Hvad nu, Åse?", "Frokost", "Fælles afslutning"),
    ]
    assert [stop[3] for stop in own["Egon Å"]][-3:] == ["Frokost", "Deltager ikke", "Deltager ikke"]
    assert day["dates"] == {"0": "Onsdag den 10. marts 2027", "5": "Torsdag den 11. marts 2027"}
    (presents,) = (roles for name, _, _, roles in day["people"] if name == "Søren Ågård")
    assert presents == [1]
