"""A list of participants: which of its columns are read, and how answers are joined to it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from midtvejs.domain.answers import OnDuplicate, ReadOptions
from midtvejs.domain.diagnostic import Read
from midtvejs.domain.program import Forms, Program
from midtvejs.reading.answers.preferences import Preferences
from tests.conferences import program
from tests.reading.conftest import Texts, rows_of

DAY = program({"1A": 9, "1B": 9})
NAMED = replace(DAY, forms=Forms(people={"name": "Hvem er du", "email": "Kontakt"}))


def read(
    texts: Texts,
    listed: list[str],
    answers: list[str],
    day: Program = DAY,
    decided: OnDuplicate | None = None,
) -> Read[Preferences]:
    people = texts.saved("people.csv", rows_of(*listed))
    return texts.answers(rows_of(*answers), day, ReadOptions(participants=people, on_duplicate=decided))


def names(result: Read[Preferences]) -> list[str]:
    return [person.name for person in result.accepted().participants]


def told(result: Read[Preferences]) -> list[str]:
    return [f"{each.severity} {each.code} {each.message}" for each in result.diagnostics]


ANSWERS = ["Navn,E-mail,R1 1", "Lena Vogt,lena@s.example,1A"]


@pytest.mark.parametrize(
    "listed",
    [
        ["Hvem er du,Kontakt", "Lena Vogt,lena@s.example", "Ole,ole@s.example"],
        ["Hvem er du", "Lena Vogt", "Ole"],
        ["Navn,Kontakt", "Lena Vogt,lena@s.example", "Ole,ole@s.example"],
    ],
)
def test_the_headings_that_the_program_names_are_those_of_the_list_too(
    texts: Texts, listed: list[str]
) -> None:
    assert names(read(texts, listed, ANSWERS, NAMED)) == ["Lena Vogt", "Ole"]


def test_a_heading_may_be_one_of_the_list_alone(texts: Texts) -> None:
    day = replace(DAY, forms=Forms(people={"name": "Hvem er du"}, rounds={"R1": "Helst"}))
    answers = ["Navn,E-mail,Helst", "Lena Vogt,lena@s.example,1A"]

    assert names(read(texts, ["Hvem er du", "Lena Vogt"], answers, day)) == ["Lena Vogt"]
    assert [each.code for each in read(texts, ["Navn", "Lena Vogt"], answers, day).diagnostics] == ["MV161"]


def test_a_list_that_is_not_understood_is_helped_by_what_can_be_pasted(texts: Texts) -> None:
    nameless = read(texts, ["Hvem er du,Hold", "Lena Vogt,7a"], ANSWERS).diagnostics
    unclear = read(texts, ["Navn,E-mail,Email", "Lena,a@s.example,b@s.example"], ANSWERS).diagnostics

    assert [(each.code, each.paste) for each in nameless] == [
        ("MV110", ("forms:", '  name: ""  # which column? "Hvem er du", "Hold"'))
    ]
    assert [(each.code, each.paste) for each in unclear] == [
        ("MV160", ("forms:", '  name: "Navn"', '  email: "E-mail"'))
    ]


@pytest.mark.parametrize(
    ("listed", "answer", "lines"),
    [
        (["Navn", "Lena Vogt"], "Lena Vogt,lena@s.example,1A", "line 2"),
        (["Navn,E-mail", "Lena Vogt,lena@s.example"], "Lena Vogt,,1A", "line 2"),
        (["Navn", '"Vogt, Lena"'], "Lena Vogt,,1A", "line 2"),
        (["Navn", "Lena Vogt"], "Lena Vogt,,1A", ""),
        (["Navn,E-mail", "Lena Vogt,LENA@s.example"], "Lena Vogt,lena@s.example,1A", ""),
    ],
)
def test_an_answer_is_joined_by_email_or_else_by_name_and_that_is_told(
    texts: Texts, listed: list[str], answer: str, lines: str
) -> None:
    result = read(texts, listed, ["Navn,E-mail,R1 1", answer])

    by_name = "warning MV173 1 answer is known on the list of participants by name, not by email"
    assert len(names(result)) == 1
    assert [each for each in told(result) if "MV172" not in each] == (
        [f"{by_name}: {lines}"] if lines else []
    )


@pytest.mark.parametrize(
    ("listed", "answer", "message"),
    [
        (
            ["Navn,E-mail", "Lena Vogt,ida@s.example"],
            "Ole Vogt,ida@s.example,,,1A",
            '"Ole Vogt" in line 2 is "Lena Vogt" on the list of participants',
        ),
        (
            ["Navn,Skole", "Lena Vogt,Nord"],
            "Lena Vogt,,Syd,,1A",
            '"Lena Vogt" in line 2 is of "Syd", and of "Nord" on the list of participants',
        ),
        (["Navn,Klasse", "Lena Vogt,7a"], "Lena Vogt,,,7.A,1A", ""),
        (["Navn,E-mail", "Lena Vogt,ida@s.example"], "L. Vogt,ida@s.example,,,1A", ""),
        (["E-mail", "ida@s.example"], "Ole Vogt,ida@s.example,,,1A", ""),
    ],
)
def test_who_is_joined_though_something_says_otherwise_is_told_of(
    texts: Texts, listed: list[str], answer: str, message: str
) -> None:
    result = read(texts, listed, ["Navn,E-mail,Skole,Klasse,R1 1", answer])

    assert [each.message for each in result.diagnostics if each.code == "MV174"] == [message] * bool(message)
    assert len(names(result)) == 1


def test_two_of_one_name_in_different_classes_are_not_joined_until_that_is_decided(texts: Texts) -> None:
    listed, answers = ["Navn,Klasse", "Lena Vogt,7a"], ["Navn,Klasse,R1 1", "Lena Vogt,7d,1A"]
    apart = read(texts, listed, answers)
    decided = read(texts, listed, answers, decided=OnDuplicate.LAST)

    (fault,) = (each for each in apart.diagnostics if each.code == "MV127")
    assert fault.message == (
        '"Lena Vogt" in line 2 has "7d" under "Klasse", and "7a" on the list of participants'
    )
    assert "people.csv:2" in fault.hint
    assert len(names(decided)) == 1
