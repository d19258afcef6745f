"""Names that are written with the surname first are turned round where that is certain, and only there."""

from __future__ import annotations

from dataclasses import replace

import pytest

from midtvejs.domain.program import Presenter
from tests.conferences import program
from tests.reading.conftest import Texts, rows_of

DAY = program({"1A": 9, "1B": 9})
ROUND = DAY.rounds[0]
LENA = replace(ROUND.sessions[0], presenters=(Presenter(name="Lena Vogt"),))
WITH_LENA = replace(DAY, rounds=(replace(ROUND, sessions=(LENA, ROUND.sessions[1])),))


@pytest.mark.parametrize(
    ("head", "rows", "names", "told"),
    [
        ("Last name, First name", ["Vogt, Lena", "Bo", "Lund,Åse"], ["Lena Vogt", "Bo", "Åse Lund"], ""),
        ("Efternavn, fornavn", ["Vogt, Lena"], ["Lena Vogt"], ""),
        (
            "Nachname, Vorname",
            ["Vogt, Lena", "Lund, Bo, Jr."],
            ["Lena Vogt", "Lund, Bo, Jr."],
            "1 name has more than a surname and a first name (line 3): kept as written",
        ),
        (
            "Name",
            ["Vogt, Lena", "Lund, Bo"],
            ["Vogt, Lena", "Lund, Bo"],
            "2 names have the surname first, it seems (lines 2, 3): kept as written",
        ),
        (
            "Name",
            ["Lena Vogt", "Lund, Bo", "Åse Holm"],
            ["Lena Vogt", "Lund, Bo", "Åse Holm"],
            "1 name has the surname first, it seems (line 3): kept as written",
        ),
        ("Name", ["Lena Vogt, PhD", "Bo Lund, 7a"], ["Lena Vogt, PhD", "Bo Lund, 7a"], ""),
    ],
)
def test_a_heading_decides_and_otherwise_it_is_told(
    texts: Texts, head: str, rows: list[str], names: list[str], told: str
) -> None:
    result = texts.answers(rows_of(f'"{head}",R1 1', *(f'"{row}",1A' for row in rows)), DAY)

    assert [person.name for person in result.accepted().participants] == names
    assert [each.message for each in result.diagnostics] == ([told] if told else [])


def test_an_email_with_both_parts_of_a_name_decides(texts: Texts) -> None:
    text = rows_of("Name,Email,R1 1", '"Vogt, Lena",l@s.example,1A', '"Åker, Bo",bo.aaker@s.example,1B')
    result = texts.answers(text, DAY)

    assert [person.name for person in result.accepted().participants] == ["Lena Vogt", "Bo Åker"]
    assert [each.message for each in result.diagnostics] == [
        '2 names have the surname first (lines 2, 3): turned round, "Vogt, Lena" is "Lena Vogt"'
    ]


def test_an_email_with_one_part_of_it_does_not(texts: Texts) -> None:
    text = rows_of("Name,Email,R1 1", '"Anna, Vejle",anna@vejle.example,1A')

    assert [person.name for person in texts.answers(text, DAY).accepted().participants] == ["Anna, Vejle"]


def test_a_presenter_decides_and_is_recognised(texts: Texts) -> None:
    text = rows_of("name,R1", '"Vogt, Lena",', '"Lund, Bo",1B')
    lena, bo = texts.answers(text, WITH_LENA).accepted().participants

    assert (lena.name, lena.presents, bo.name) == ("Lena Vogt", frozenset({"1A"}), "Bo Lund")


def test_a_presenter_whose_name_is_turned_round_among_others_is_recognised(texts: Texts) -> None:
    text = rows_of("name,R1", '"Vogt, Lena",', "Bo Lund,1B", "Åse Holm,1B")
    lena, *_ = texts.answers(text, WITH_LENA).accepted().participants

    assert (lena.name, lena.presents) == ("Vogt, Lena", frozenset({"1A"}))


def test_two_rows_of_one_name_in_either_order_are_one_person(texts: Texts) -> None:
    text = rows_of("Student Name (Last, First),R1 1", '"Vogt, Lena",1A', "Lena Vogt,1B").replace(
        "Student Name (Last, First)", '"Student Name (Last, First)"'
    )

    assert [each.code for each in texts.answers(text, DAY).diagnostics] == ["MV166"]
