"""A hint shows the value that stands there as it is to be written."""

from __future__ import annotations

import datetime as dt

import pytest

from midtvejs.reading.program.build import read_program
from tests.reading.conftest import Texts

PROGRAM = """\
event: {name: Dagen, date: 2018-01-30, start: "10:00", end: "15:00"}
rooms:
  Panorama: {seats: 20, step_free: true}
rounds:
  - id: R1
    name: Runde 1
    start: "10:30"
    end: "11:00"
    sessions:
      - {code: 1A, title: Data, by: [Vejle], presenters: [{name: Bo Beck}], room: Panorama}
"""


@pytest.mark.parametrize(
    ("right", "written", "hint"),
    [
        ("date: 2018-01-30", "date: 18-03-2027", "write year, month and day: date: 2027-03-18"),
        ("date: 2018-01-30", "date: 18. marts 2027", "write year, month and day: date: 2027-03-18"),
        ("date: 2018-01-30", 'date: "March 18, 2027"', "write year, month and day: date: 2027-03-18"),
        ("date: 2018-01-30", "date: 20270318", "write year, month and day: date: 2027-03-18"),
        ("date: 2018-01-30", "date: 3/18/2027", "write year, month and day: date: 2027-03-18"),
        (
            "date: 2018-01-30",
            "date: 4/3/2027",
            "write year, month and day: date: 2027-03-04 or date: 2027-04-03",
        ),
        ("date: 2018-01-30", "date: snart", "write year, month and day: date: 2018-01-30"),
        ("date: 2018-01-30", "date: 2027-18-03", "the month stands before the day: date: 2027-03-18"),
        ("date: 2018-01-30", "date: 2027-02-30", "that month has 28 days"),
        ('start: "10:30"', "start: 10.30", 'write start: "10:30"'),
        ('start: "10:30"', "start: kl. 10,30", 'write start: "10:30"'),
        ('start: "10:30"', "start: 9:45", 'write start: "09:45"'),
        ('start: "10:30"', "start: 2 pm", 'write start: "14:00"'),
        ('start: "10:30"', "start: 10.30-11.00", 'write two times: start: "10:30" and end: "11:00"'),
        ('start: "10:30"', "start: 10.75", 'write hours and minutes: start: "10:30"'),
        ('end: "15:00"', 'end: "24:00"', 'a day is over at midnight: end: "23:59"'),
        ("seats: 20", "seats: ca. 35 pladser", "write seats: 35"),
        ("seats: 20", "seats: 1.200", "write seats: 1200"),
        ("seats: 20", "seats: 35.0", "write seats: 35"),
        ("seats: 20", "seats: 20-25", "write, for example, seats: 20"),
        ("seats: 20", "seats: -5", "write, for example, seats: 20"),
        ("seats: 20", "seats: 0 pladser", "write, for example, seats: 20"),
        ("step_free: true", "step_free: Nej", "write step_free: false"),
        ("step_free: true", "step_free: ja", "write step_free: true"),
        ("step_free: true", "step_free: måske", "write, for example, step_free: true"),
        (
            "code: 1A",
            "code: Sal 1/A",
            "use 1 to 20 letters, digits, dots, hyphens or underscores, such as Sal-1-A",
        ),
        ("code: 1A", 'code: "§"', "use 1 to 20 letters, digits, dots, hyphens or underscores, such as 1A"),
        ("by: [Vejle]", 'by: "Vejle, 7. klasse: a"', 'write by: [Vejle, "7. klasse: a"]'),
        ("presenters: [{name: Bo Beck}]", "presenters: Bo Beck", "write presenters: [{name: Bo Beck}]"),
    ],
)
def test_a_hint_shows_the_value_mended(texts: Texts, right: str, written: str, hint: str) -> None:
    assert right in PROGRAM

    fault, *_ = texts.program(PROGRAM.replace(right, written)).diagnostics

    assert (fault.code, fault.hint) == ("MV012", hint)


@pytest.mark.parametrize(
    ("today", "hints"),
    [
        (None, []),
        (dt.date(2018, 1, 30), []),
        (dt.date(2018, 2, 1), ["if this is for the next time, write its day: date: 2019-01-29"]),
        (dt.date(2019, 2, 1), ["if this is for the next time, write its day: date: 2020-01-28"]),
        (dt.date(2019, 4, 1), []),
        (dt.date(2026, 11, 29), []),
    ],
)
def test_a_day_that_has_passed_lately_is_a_warning_where_today_is_known(
    texts: Texts, today: dt.date | None, hints: list[str]
) -> None:
    read = read_program(texts.saved("program.yaml", PROGRAM), today)

    assert [each.hint for each in read.diagnostics] == hints
    assert {each.code for each in read.diagnostics} <= {"MV185"}
    assert read.value
