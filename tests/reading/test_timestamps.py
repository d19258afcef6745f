"""When people signed up, as the preferences say it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path

import pytest

from midtvejs.domain.diagnostic import Read
from midtvejs.reading.preferences import Preferences, read_preferences_with_lines
from midtvejs.reading.program_yaml import read_program
from tests.conferences import program

DAY = program({"1A": 2, "1B": 2})
Reader = Callable[..., Read[Preferences]]


@pytest.fixture
def read(tmp_path: Path) -> Reader:
    def read_rows(*rows: str, heading: str = "timestamp") -> Read[Preferences]:
        path = tmp_path / "prefs.csv"
        path.write_text("\n".join([f"{heading},name,R1", *rows, ""]), encoding="utf-8")
        return read_preferences_with_lines(path, DAY)

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


def test_time_zones_are_understood(read: Reader) -> None:
    signed_up = read("2018-01-05T10:30+01:00,Bo,1A", "2018-01-05T10:00Z,Cai,1A").accepted().signed_up

    assert signed_up["bo"] < signed_up["cai"]


def test_nobody_says_when_where_there_is_no_such_column(read: Reader) -> None:
    assert read("Vejle,Bo,1A", heading="organisation").accepted().signed_up == {}


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        (["5. januar,Bo,1A"], ["2:1-10 MV140"]),
        (["05-01-2018 10:00,Bo,1A", "2018-13-01,Cai,1A"], ["2:1-17 MV140", "3:1-11 MV140"]),
        (["10:30,Bo,1A"], ["2:1-6 MV140"]),
        (["2018-01-05,Bo,1A", "2018-01-05T10:00Z,Cai,1A", ",Dea,1A"], ["3:1-18 MV141"]),
        (
            ["2018-01-05T10:00Z,Bo,1A", "2018-01-05 10:00,Cai,1A", "2018-01-06,Dea,1A"],
            ["3:1-17 MV141", "4:1-11 MV141"],
        ),
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
    wrong, mixed = read("i går,Bo,1A", "2018-01-05,Cai,1A", "2018-01-05T10:00Z,Dea,1A").diagnostics

    assert wrong.message == '"i går" is no date, or date and time, of ISO 8601'
    assert wrong.hint == "write, for example, 2018-01-05 or 2018-01-05 14:30:00"
    assert mixed.message == '"2018-01-05T10:00Z" has a time zone, the timestamp in line 3 has none'
    assert mixed.hint == "give all of them a time zone, or none: which is the earlier cannot be told"


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
