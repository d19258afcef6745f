"""When people signed up, as the preferences say it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from midtvejs.domain.answers import DEFAULT_OPTIONS, Admission, ReadOptions
from midtvejs.domain.diagnostic import Read
from midtvejs.domain.program import SignUp
from midtvejs.reading.answers.preferences import Preferences
from midtvejs.reading.program.build import read_program
from tests.conferences import program
from tests.reading.conftest import Texts, rows_of

DAY = program({"1A": 2, "1B": 2})
DEADLINE = replace(DAY, event=replace(DAY.event, sign_up=SignUp(deadline=dt.date(2018, 1, 5))))
Reader = Callable[..., Read[Preferences]]


@pytest.fixture
def read(texts: Texts) -> Reader:
    def read_rows(
        *rows: str, heading: str = "timestamp", options: ReadOptions = DEFAULT_OPTIONS
    ) -> Read[Preferences]:
        text = rows_of(f"{heading},name,R1", *rows)
        return texts.answers(text, DAY if options is DEFAULT_OPTIONS else DEADLINE, options)

    return read_rows


@pytest.mark.parametrize("heading", ["timestamp", "Timestamp", " TIMESTAMP "])
def test_dates_and_times_are_moments_and_an_empty_cell_is_none(read: Reader, heading: str) -> None:
    result = read(
        *["2018-01-05,Bo,1A", "2018-01-05 09:30,Cai,1A", " 2018-01-04T10:00:00.5 ,Dea,", ",Eva,1B"],
        heading=heading,
    )

    assert result.diagnostics == ()
    assert result.accepted().signed_up == {
        "bo": dt.datetime(2018, 1, 5),
        "cai": dt.datetime(2018, 1, 5, 9, 30),
        "dea": dt.datetime(2018, 1, 4, 10, 0, 0, 500_000),
    }


@pytest.mark.parametrize(
    "written",
    [
        "05-01-2018 09:30",
        "05-01-2018 09:30:00",
        "5.1.2018 9.30",
        "05/01/2018 09:30",
        "43105.395833333",
        "5. januar 2018 kl. 9.30",
    ],
)
def test_a_file_that_a_spreadsheet_saved_anew_is_read(read: Reader, written: str) -> None:
    result = read(f"{written},Bo,1A", "31/01/2018 10:00,Cai,1A")

    assert result.diagnostics == ()
    assert result.accepted().signed_up["bo"] == dt.datetime(2018, 1, 5, 9, 30)


def test_moments_are_in_the_time_of_the_event_whatever_their_zone(read: Reader) -> None:
    signed_up = read(
        "2018-01-05T10:30+01:00,Bo,1A",
        "2018-01-05T10:00Z,Cai,1A",
        "2018-01-05 10:45,Dea,1A",
        "2018-07-05T10:00Z,Eva,1A",
    )

    assert signed_up.diagnostics == ()
    assert signed_up.accepted().signed_up == {
        "bo": dt.datetime(2018, 1, 5, 10, 30),
        "cai": dt.datetime(2018, 1, 5, 11),
        "dea": dt.datetime(2018, 1, 5, 10, 45),
        "eva": dt.datetime(2018, 7, 5, 12),
    }


def test_a_time_zone_may_make_an_answer_late(read: Reader) -> None:
    rows = "2018-01-05T22:59:59Z,Bo,1A", "2018-01-05T23:00:00Z,Cai,1A"
    result = read(*rows, options=ReadOptions(late=Admission.REFUSE))

    assert [each.name for each in result.accepted().participants] == ["Bo"]
    assert [(d.code, d.place.line) for d in result.diagnostics] == [("MV167", 3)]


def test_the_later_answer_counts_by_its_moment_with_and_without_a_zone(read: Reader) -> None:
    result = read("2018-01-05T10:00Z,Bo,1A", "2018-01-05 10:59,Bo,1B").accepted()

    assert [each.wishes[0].codes for each in result.participants] == [("1A",)]


def test_nobody_says_when_where_there_is_no_such_column(read: Reader) -> None:
    assert read("Vejle,Bo,1A", heading="organisation").accepted().signed_up == {}


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        (["5. januar,Bo,1A"], ["2:1-10 MV140"]),
        (["05-13-2018 10:00,Bo,1A", "2018-13-01,Cai,1A", "30-01-2018,Dea,1A"], ["1:1-10 MV165"]),
        (["05-01-2018 10:00,Bo,1A", "2018-13-01,Cai,1A", "i dag,Dea,"], ["3:1-11 MV140", "4:1-6 MV140"]),
        (["05/01/2018 10:00,Bo,1A", "06/01/2018 10:00,Cai,1A"], ["1:1-10 MV165"]),
        (["10:30,Bo,1A"], ["2:1-6 MV140"]),
        (["2018-01-05,Bo,1X", "x,Cai,1A"], ["2:15-17 MV130", "3:1-2 MV140"]),
    ],
)
def test_each_fault_has_its_place(read: Reader, rows: list[str], expected: list[str]) -> None:
    result = read(*rows)

    assert result.value is None
    assert [f"{d.place.line}:{d.place.column}-{d.place.end_column} {d.code}" for d in result.diagnostics] == (
        expected
    )


def test_faults_say_what_was_meant(read: Reader) -> None:
    (wrong,) = read("i går,Bo,1A", "2018-01-05,Cai,1A").diagnostics

    assert wrong.message == '"i går" cannot be read as a date and time'
    assert wrong.hint == "write, for example, 2018-01-05 14:30:00"


def test_no_round_can_have_the_column(tmp_path: Path) -> None:
    path = tmp_path / "program.yaml"
    path.write_text(
        """\
event: {name: Prøvedagen, date: 2018-01-30, start: "09:00", end: "12:00"}
rooms: {Panorama: {seats: 2}}
rounds:
  - id: Timestamp
    name: Runde 1
    start: "10:00"
    end: "10:30"
    sessions: [{code: 1A, title: Et, room: Panorama}]
""",
        encoding="utf-8",
    )

    assert [d.code for d in read_program(path).diagnostics] == ["MV022"]
