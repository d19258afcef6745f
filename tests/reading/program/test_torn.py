"""What YAML makes of a title with a #, a colon or a comma is told, with the title as it is to be written."""

from __future__ import annotations

import pytest

from tests.reading.conftest import Texts

PROGRAM = """\
event: {name: Dagen, date: 2018-01-30, start: "10:00", end: "15:00"}
rooms:
  Panorama: {seats: 20}
rounds:
  - id: R1
    name: Runde 1
    start: "10:30"
    end: "11:00"
    sessions:
      - SESSION
"""
IN_BRACES = "{code: 1A, TITLE, room: Panorama}"
ON_LINES = "code: 1A\n        TITLE\n        room: Panorama"


def told(texts: Texts, form: str, title: str) -> list[tuple[str, str, str]]:
    read = texts.program(PROGRAM.replace("SESSION", form.replace("TITLE", title)))
    lines = [diagnostic.place.source for diagnostic in read.diagnostics]
    return [
        (d.code, line[d.place.column - 1 : d.place.end_column - 1], d.hint)
        for d, line in zip(read.diagnostics, lines, strict=True)
    ]


@pytest.mark.parametrize(
    ("title", "code", "where", "hint"),
    [
        (
            "Fravær #1",
            "MV001",
            "Fravær #1",
            'what follows " #" is a comment, unless it is in quotes: title: "Fravær #1"',
        ),
        (
            "Data: hvad nu?",
            "MV001",
            "Data: hvad nu?",
            'put a value that holds ": " in quotes: title: "Data: hvad nu?"',
        ),
        ("@home", "MV001", "@home", 'put it in quotes: title: "@home"'),
        (
            '"Data" og mere',
            "MV001",
            '"Data" og mere',
            "put quotes around all of it: title: '\"Data\" og mere'",
        ),
        (
            "Kaffe, te, og kage",
            "MV010",
            "te",
            'a comma in { } ends a value; if this belongs to the title: title: "Kaffe, te, og kage"',
        ),
        (
            "Kaffe, hvad: te",
            "MV010",
            "hvad",
            'a comma in { } ends a value; if this belongs to the title: title: "Kaffe, hvad: te"',
        ),
    ],
)
def test_a_title_in_braces(texts: Texts, title: str, code: str, where: str, hint: str) -> None:
    assert told(texts, IN_BRACES, f"title: {title}") == [(code, where, hint)]


@pytest.mark.parametrize(
    ("title", "code", "where", "hint"),
    [
        (
            "title: Fravær #1",
            "MV182",
            "Fravær #1",
            'put all of it in quotes: title: "Fravær #1"; or a space behind the #',
        ),
        (
            "title: Fravær # 1",
            "MV182",
            "Fravær # 1",
            'put all of it in quotes: title: "Fravær # 1"; or a space behind the #',
        ),
        (
            "title: Data: hvad nu?",
            "MV001",
            "Data: hvad nu?",
            'put a value that holds ": " in quotes: title: "Data: hvad nu?"',
        ),
        ("title:Data", "MV001", "title:Data", "put a space behind the colon: title: Data"),
    ],
)
def test_a_title_on_a_line_of_its_own(texts: Texts, title: str, code: str, where: str, hint: str) -> None:
    assert told(texts, ON_LINES, title) == [(code, where, hint)]


def test_a_title_that_is_nothing_but_a_comment(texts: Texts) -> None:
    ((code, _, hint),) = told(texts, ON_LINES, "title: #metoo")

    assert code == "MV012"
    assert hint == 'what follows # is a comment, unless it is in quotes: title: "#metoo"'


def test_a_key_without_a_space_behind_its_colon(texts: Texts) -> None:
    assert told(texts, IN_BRACES, "title:Data") == [
        ("MV010", "title:Data", "put a space behind the colon: title: Data")
    ]


def test_a_misspelt_key_behind_a_text_is_no_part_of_it(texts: Texts) -> None:
    assert told(texts, IN_BRACES, "title: Data, descripton: Om data") == [
        ("MV010", "descripton", 'did you mean "description"?')
    ]


@pytest.mark.parametrize(
    "title",
    [
        "title: Fravær # vores note",
        "title: Fravær  #1 i rækken",
        'title: "Fravær #1"',
        "title: Fravær#1",
        'title: "Data: hvad nu?"',
        "title: Data [og] {mere}",
    ],
)
def test_a_comment_that_is_meant_and_a_title_in_quotes_are_no_fault(texts: Texts, title: str) -> None:
    assert told(texts, ON_LINES, title) == []
