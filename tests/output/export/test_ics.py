from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import replace
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar
from icalendar import Event as Entry

from midtvejs.domain.assignment import Assignment
from midtvejs.output.export.calendar_file import LONGEST_LINE, escape, fold_line
from midtvejs.output.export.ics import calendar_names
from midtvejs.output.screen import CONTROL
from tests.output.export.days import on, renamed, rosters_of, ruled, texts
from tests.output.midsummer import seated
from tests.output.test_hostile import EVIL, evil


def entries(text: str) -> list[Entry]:
    """What a calendar holds, as another program reads it; anything that is wrong with its form fails."""
    assert text.endswith("\r\n")
    assert "\n" not in text.replace("\r\n", "")
    assert all(len(line.encode()) <= LONGEST_LINE for line in text.split("\r\n"))
    calendar = Calendar.from_ical(text)
    assert isinstance(calendar, Calendar)
    assert calendar["VERSION"] == "2.0"
    assert calendar["PRODID"]
    found = [entry for entry in calendar.walk("VEVENT") if isinstance(entry, Entry)]
    assert found
    for entry in found:
        assert not entry.errors
        assert entry.start < entry.end
    assert len({entry["UID"] for entry in found}) == len(found)
    return found


def said(entry: Entry, name: str) -> str:
    return str(entry.get(name, ""))


def own(assignment: Assignment) -> Mapping[str, list[Entry]]:
    """Everybody's calendar, by their key."""
    files, names = texts(assignment, "ics"), calendar_names(rosters_of(assignment))
    assert files.keys() == {"program.ics", *names.values()}
    return {key: entries(files[name]) for key, name in names.items()}


def test_everybody_has_their_day_and_nothing_else() -> None:
    assignment = ruled()
    calendars = own(assignment)
    assert calendars.keys() == {person.key for person in assignment.participants}
    for key, found in calendars.items():
        codes = [said(entry, "SUMMARY").split()[0] for entry in found]
        assert codes == [code for code in assignment.days[key] if code]


def test_an_entry_says_when_where_and_what() -> None:
    talk, salon = own(seated())["bo@example.dk"]
    assert said(talk, "SUMMARY") == "1B Data understøtter synsninger"
    assert said(talk, "LOCATION") == "Fjordsalen, Munkebjerg Hotel, Munkebjergvej 125, 7100 Vejle"
    assert said(talk, "DESCRIPTION").splitlines() == [
        "Nordfyns Kommune",
        "Havrehedskolen",
        "oplægsholder: skoleleder Kim Funk, Nordfyns Kommune",
    ]
    local = ZoneInfo("Europe/Copenhagen")
    assert talk.start == dt.datetime(2018, 6, 22, 10, tzinfo=local)
    # S2 begins later than its round.
    assert (salon.start, salon.end) == (
        dt.datetime(2018, 6, 22, 11, 10, tzinfo=local),
        dt.datetime(2018, 6, 22, 12, 10, tzinfo=local),
    )


def test_presenters_are_told_so() -> None:
    calendars = own(seated("en"))
    talk, salon = calendars["kim funk"]
    assert said(talk, "DESCRIPTION").startswith("You present this session.\n")
    assert "DESCRIPTION" not in salon
    assert not any("You present" in said(entry, "DESCRIPTION") for entry in calendars["bo@example.dk"])


def test_the_program_has_every_session_that_is_held() -> None:
    found = entries(texts(ruled(), "ics")["program.ics"])
    assert [said(entry, "SUMMARY")[:2] for entry in found] == ["1A", "1B", "S1", "S2"]
    assert len(entries(texts(seated(), "ics")["program.ics"])) == 5


def test_whoever_attends_nothing_has_no_calendar() -> None:
    assignment = seated()
    person = assignment.participants[0]
    days = {**assignment.days, person.key: ("", "")}
    gone = replace(person, absent=frozenset({"R1", "S"}), presents=frozenset())
    away = replace(assignment, days=days, participants=(gone, *assignment.participants[1:]))
    assert own(away).keys() == own(assignment).keys() - {person.key}


@pytest.mark.parametrize(
    ("date", "zone", "utc"),
    [
        (dt.date(2018, 1, 30), "Europe/Copenhagen", "20180130T090000Z"),
        (dt.date(2018, 6, 22), "Europe/Copenhagen", "20180622T080000Z"),
        (dt.date(2018, 6, 22), "Asia/Kolkata", "20180622T043000Z"),
        (dt.date(2018, 6, 22), "UTC", "20180622T100000Z"),
    ],
)
def test_summer_winter_and_other_places(date: dt.date, zone: str, utc: str) -> None:
    text = texts(on(seated(), date, zone), "ics")["program.ics"]
    assert text.split("DTSTART:")[1].startswith(f"{utc}\r\n")


def test_whoever_is_moved_has_the_new_session_in_the_place_of_the_old_one() -> None:
    before = seated()
    moved = replace(before, days={**before.days, "ida@example.dk": ("1B", "S1")})
    old, new = (own(each)["ida@example.dk"] for each in (before, moved))
    assert [said(entry, "UID") for entry in old] == [said(entry, "UID") for entry in new]
    assert said(old[0], "SUMMARY") != said(new[0], "SUMMARY")
    uids = [said(entry, "UID") for calendar in own(before).values() for entry in calendar]
    assert len(set(uids)) == len(uids)


@pytest.mark.parametrize("text", EVIL, ids=ascii)
def test_whatever_a_file_says_is_read_as_it_stands(text: str) -> None:
    assignment = evil(text)
    for entry in own(assignment)[assignment.participants[0].key]:
        plain = CONTROL.sub(" ", text)
        assert plain in said(entry, "SUMMARY")
        assert plain in said(entry, "LOCATION")
        assert plain in said(entry, "DESCRIPTION")


def test_a_name_in_the_calendar_of_somebody_else_is_nowhere() -> None:
    files = texts(renamed(seated(), "ida@example.dk", "Xerxes Quux"), "ics")
    assert not any("Xerxes" in text for text in files.values())


@given(st.text())
def test_a_folded_line_is_the_same_line(text: str) -> None:
    line = f"SUMMARY:{escape(text)}"
    pieces = fold_line(line).removesuffix("\r\n").split("\r\n")
    assert pieces[0] + "".join(piece.removeprefix(" ") for piece in pieces[1:]) == line
    assert all(len(piece.encode()) <= LONGEST_LINE for piece in pieces)
    assert all(piece.startswith(" ") and len(piece) > 1 for piece in pieces[1:])
