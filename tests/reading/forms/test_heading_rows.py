"""Headers of two rows (SurveyMonkey, merged cells) and of three (Qualtrics)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from midtvejs.domain.diagnostic import Read, Severity
from midtvejs.domain.program import Forms
from midtvejs.reading.answers.preferences import Preferences
from tests.conferences import program
from tests.reading.conftest import Texts, rows_of

DAY = program({"1A": 2, "1B": 2}, {"2A": 2, "2B": 2})
ONE_ROUND = program({"1A": 2, "1B": 2, "1C": 2})
Reader = Callable[..., Read[Preferences]]


@pytest.fixture
def read(texts: Texts) -> Reader:
    return lambda text, day=DAY: texts.answers(text, day)


def wished(result: Read[Preferences]) -> dict[str, list[str]]:
    people = result.accepted().participants
    return {person.name: [" ".join(each.codes) for each in person.wishes] for person in people}


def told(result: Read[Preferences]) -> list[tuple[str, int]]:
    return [(each.code, each.place.line) for each in result.diagnostics]


SURVEYMONKEY = rows_of(
    "Respondent ID,Collector ID,Start Date,End Date,IP Address,Email Address,First Name,Last Name,"
    "Custom Data 1,Please rank the workshops.,,",
    ",,,,,,,,,Foredrag 1A,Foredrag 1B,Foredrag 1C",
    "3191,5246,04/19/2026 10:12:13 AM,04/19/2026 10:15:13 AM,10.0.0.1,ann@s.example,Ann,Alder,,1,2,3",
    "3192,5246,04/19/2026 10:13:13 AM,04/19/2026 10:16:13 AM,10.0.0.2,ben@s.example,Ben,Birch,,3,1,2",
)


def test_surveymonkey_asks_only_what_its_numbers_say(read: Reader) -> None:
    result = read(SURVEYMONKEY, ONE_ROUND)

    assert sorted(each.code for each in result.diagnostics) == ["MV160", "MV177"]
    assert "it cannot be told what the numbers say" in result.diagnostics[0].message
    assert result.diagnostics[1].message == "lines 1 and 2 are read as one header"

    question = "Please rank the workshops."
    columns = {code: f"{question} [Foredrag {code}]" for code in ("1A", "1B", "1C")}
    forms = Forms(people={"email": "Email Address"}, rounds={"R1": columns}, ranks=("1", "2", "3"))
    answered = read(SURVEYMONKEY, replace(ONE_ROUND, forms=forms))
    assert wished(answered) == {"Ann Alder": ["1A 1B 1C"], "Ben Birch": ["1B 1C 1A"]}
    assert told(answered) == [("MV177", 1)]


@pytest.mark.parametrize(
    "heads",
    [
        ("Name,Round: Runde 1,,Runde 2,", ",1st choice,2nd choice,1st choice,2nd choice"),
        ("Name,Runde 1,,Runde 2,", "Name,1,2,1,2"),
        ("About you,Runde 1,,Runde 2,", "Name,First,Second,First,Second"),
        (",Runde 1,,Runde 2,", "Name,1. prioritet,2. prioritet,1. prioritet,2. prioritet"),
        ("Name,Runde 1,,Runde 2,", "Open-Ended Response,1st choice,2nd choice,1st choice,2nd choice"),
    ],
)
@pytest.mark.parametrize("title", ["", "Midtvejs 2018\n"])
def test_a_question_goes_on_over_its_options(read: Reader, heads: tuple[str, str], title: str) -> None:
    result = read(title + rows_of(*heads, "Ann,1B,1A,2A,", "Ben,1A,,2B,2A"))

    assert wished(result) == {"Ann": ["1B 1A", "2A"], "Ben": ["1A", "2B 2A"]}
    (warning,) = result.diagnostics
    first = 2 if title else 1
    assert (warning.code, warning.severity) == ("MV177", Severity.WARNING)
    assert warning.message == f"lines {first} and {first + 1} are read as one header"


def test_a_row_below_the_questions_may_say_that_they_are_open(read: Reader) -> None:
    head = "Your name,Runde 1,Runde 2"
    result = read(rows_of(head, "Open-Ended Response,Response,Response", "Ann,1B,2A", "Ben,1A,2B"))

    assert wished(result) == {"Ann": ["1B", "2A"], "Ben": ["1A", "2B"]}
    assert told(result) == [("MV177", 1)]


QUALTRICS = rows_of(
    "StartDate,ResponseId,Q1,Q2_1,Q2_2,Q3_1,Q3_2",
    "Start Date,Response ID,What is your name?,Rank Runde 1 - Foredrag 1A,Rank Runde 1 - Foredrag 1B,"
    "Rank Runde 2 - 2A,Rank Runde 2 - 2B",
    *(
        [
            ",".join(
                f'"{{""ImportId"":""{each}""}}"'
                for each in ("startDate", "_recordId", "QID1_TEXT", "QID2_1", "QID2_2", "QID3_1", "QID3_2")
            )
        ]
    ),
    "2026-04-19 10:12:13,R_1,Ann,2nd,1st,1st,",
    "2026-04-19 10:12:14,R_2,Ben,1st,,2nd,1st",
)


def test_qualtrics_has_codes_texts_and_import_ids(read: Reader) -> None:
    result = read(QUALTRICS)

    assert wished(result) == {"Ann": ["1B 1A", "2A"], "Ben": ["1A", "2B 2A"]}
    assert result.diagnostics[0].message == "lines 1 to 3 are read as one header"
    assert dict(result.accepted().lines) == {"ann": 4, "ben": 5}


def test_qualtrics_is_known_without_its_ids(read: Reader) -> None:
    codes, texts, _, *rows = QUALTRICS.splitlines()
    result = read(rows_of(codes, texts, *rows))

    assert wished(result) == {"Ann": ["1B 1A", "2A"], "Ben": ["1A", "2B 2A"]}
    assert result.diagnostics[0].message == "lines 1 and 2 are read as one header"
    assert dict(result.accepted().lines) == {"ann": 3, "ben": 4}


def test_an_answer_below_the_codes_of_qualtrics_is_no_text(read: Reader) -> None:
    codes, _, _, *rows = QUALTRICS.splitlines()

    assert "MV177" not in [each.code for each in read(rows_of(codes, *rows)).diagnostics]


@pytest.mark.parametrize(
    ("head", "row"),
    [
        # Who gave no name is no second row of headings.
        ("Name,Email,Runde 1,Runde 2,", ",,1A,2A,a note"),
        ("Name,Email,Runde 1,Runde 2,", "Ann,,1A,2A,1A"),
        ("Name,Email,R1 1,R1 2,R2 1,", ",a@b.dk,1A,1B,2A,2B"),
    ],
)
def test_an_answer_is_no_heading(read: Reader, head: str, row: str) -> None:
    result = read(rows_of(head, row, "Bo,b@b.dk,1B,2B,", "Cy,c@b.dk,1B,2B,"))

    assert "MV177" not in [each.code for each in result.diagnostics]


def test_without_a_second_row_nothing_is_joined(read: Reader) -> None:
    result = read(rows_of("Name,R1 1,R1 2,R2 1", "Ann,1A,1B,2A", "Ben,1B,,2A"))

    assert wished(result) == {"Ann": ["1A 1B", "2A"], "Ben": ["1B", "2A"]}
    assert result.diagnostics == ()
