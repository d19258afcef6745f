"""A saved assignment of a day with sessions held more than once: each breach at its cell."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from midtvejs.domain.assignment import Assignment
from midtvejs.domain.diagnostic import Severity
from midtvejs.domain.participants import NO_WISHES
from midtvejs.domain.program import Program
from midtvejs.output.tables.people import assignment_csv
from midtvejs.reading.answers.assignment import read_assignment
from midtvejs.reading.answers.diagnosis import diagnose
from tests.conferences import one_list, person
from tests.examples import examples
from tests.reading.conftest import Texts, rows_of

Told = Callable[..., list[str]]
HEAD = "name,R1,R2,R3"
DAY = one_list(
    {"A": {1: 1, 3: 2}, "B": {1: 9, 2: 9, 3: 9}, "C": {1: 9, 2: 9, 3: 9}, "D": {2: 1}},
    rounds=3,
    lasting={"D": (2, 3)},
)


@pytest.fixture
def told(texts: Texts) -> Told:
    def diagnosed(*rows: str, day: Program = DAY) -> list[str]:
        """Each fault as line:column-end code, and what is said of it."""
        saved = read_assignment(texts.saved("assignment.csv", rows_of(HEAD, *rows)), day)
        return [
            f"{each.place.line}:{each.place.column}-{each.place.end_column} {each.code} {each.message}"
            for each in diagnose(saved).diagnostics
            if each.severity is Severity.ERROR
        ]

    return diagnosed


def test_one_session_may_be_attended_in_either_round(told: Told) -> None:
    assert told("Åse,A,B,C", "Bo,C,B,A", "Cai,B,D,D") == []


def test_people_have_a_list_of_no_wishes(texts: Texts) -> None:
    saved = read_assignment(texts.saved("assignment.csv", rows_of(HEAD, "Åse,A,B,C")), DAY)
    assert saved.assignment.participants[0].wishes == (NO_WISHES,)


def test_nobody_attends_a_session_twice(told: Told) -> None:
    assert told("Åse,A,B,A", "Bo,B,C,B") == [
        "2:9-10 MV215 Åse is in A more than once",
        "3:8-9 MV215 Bo is in B more than once",
    ]


def test_a_session_that_goes_on_is_left_by_nobody(told: Told) -> None:
    assert told("Åse,A,D,B", "Bo,A,B,C") == [
        "1:6-8 MV203 A in R1 in Lokale A has 1 seat and 2 participants",
        "2:9-10 MV216 Åse is in D in R2, but not in R3, where it goes on",
    ]
    assert told("Åse,A,B,D") == ["2:7-8 MV216 Åse is in D in R3, but not in R2, where it goes on"]


def test_seats_are_those_of_each_time(told: Told) -> None:
    assert told("Åse,A,B,C", "Bo,C,B,A", "Cai,C,B,A") == []
    assert told("Åse,B,D,D", "Bo,B,D,D") == ["1:9-11 MV203 D in Lokale D has 1 seat and 2 participants"]


def test_a_code_of_another_round_is_told_with_its_rounds(told: Told) -> None:
    assert told("Åse,B,A,C", "Bo,D,B,C") == [
        "2:7-8 MV131 A is a session of R1 and R3, not R2",
        "3:4-5 MV131 D is a session of R2 and R3, not R1",
    ]


DAYS = [
    (first, second, third)
    for first in "ABC"
    for second in "BCD"
    for third in "ABCD"
    if len({first, second, third}) == 3 - (second == third == "D") and (second == "D") is (third == "D")
]


@examples(40)
@given(days=st.lists(st.sampled_from(DAYS), min_size=1, max_size=6))
def test_what_is_written_is_read_back(
    days: list[tuple[str, ...]], tmp_path_factory: pytest.TempPathFactory
) -> None:
    people = [person(f"Nr {number}", "") for number in range(len(days))]
    assignment = Assignment(
        program=DAY,
        participants=tuple(people),
        days={who.key: day for who, day in zip(people, days, strict=True)},
    )
    path = tmp_path_factory.mktemp("saved") / "assignment.csv"
    path.write_text(assignment_csv(assignment), encoding="utf-8")
    saved = read_assignment(path, DAY)
    assert saved.diagnostics == ()
    assert saved.assignment == assignment
