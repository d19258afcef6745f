"""A row for each participant and round."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from midtvejs.domain.diagnostic import Read, Severity
from midtvejs.domain.program import Program
from midtvejs.reading.answers.preferences import Preferences
from tests.conferences import program
from tests.reading.conftest import Texts, rows_of

DAY = program({"1A": 2, "1B": 2}, {"2A": 2, "2B": 2})
Reader = Callable[..., Read[Preferences]]


def same_titles(day: Program) -> Program:
    """The day with the same titles in each round, which only the round tells apart."""
    titles = ("Nursing", "Film (both sessions)")
    return replace(
        day,
        rounds=tuple(
            replace(
                each,
                sessions=tuple(
                    replace(one, title=title) for one, title in zip(each.sessions, titles, strict=True)
                ),
            )
            for each in day.rounds
        ),
    )


@pytest.fixture
def read(texts: Texts) -> Reader:
    return lambda text, day=DAY: texts.answers(text, day)


def wished(result: Read[Preferences]) -> dict[str, list[str]]:
    people = result.accepted().participants
    return {person.name: [" ".join(each.codes) for each in person.wishes] for person in people}


ANSWERS = {"Ann": ["1A 1B", "2B"], "Ben": ["1B", "2A 2B"], "Cy": ["", "2A"]}


@pytest.mark.parametrize(
    ("head", "rows"),
    [
        (
            "Name,day,1st_preference,2nd_preference",
            "Ann,R1,1A,1B;Ann,R2,2B,;Ben,R2,2A,2B;Ben,R1,1B,;Cy,R2,2A,",
        ),
        ("Navn,Runde,Wahl 1,Wahl 2", "Ann,1,1A,1B;Ben,1,1B,;Ann,2,2B,;Ben,2,2A,2B;Cy,2,2A,"),
        ("name,round,wishes", "Ann,Runde 1,1A > 1B;Ann,Runde 2,2B;Ben,R1,1B;Ben,R2,2A > 2B;Cy,Runde 2,2A"),
        ("Name,Round,1A,1B,2A,2B", "Ann,1,1st,2nd,,;Ann,2,,,,1st;Ben,1,,1.,,;Ben,2,,,1.,2.;Cy,2,,,1.,"),
    ],
)
def test_the_rows_of_a_participant_are_read_as_one(read: Reader, head: str, rows: str) -> None:
    result = read(rows_of(head, *rows.split(";")))

    assert wished(result) == ANSWERS
    (warning,) = result.diagnostics
    heading = head.split(",")[1]
    assert (warning.code, warning.severity, warning.place.line) == ("MV179", Severity.WARNING, 1)
    assert warning.message == (
        f'the rows of each participant, one for each round under "{heading}", are read as one'
    )


def test_the_round_tells_sessions_of_one_title_apart(read: Reader) -> None:
    rows = ("Ann,R1,Nursing,Film (both sessions)", "Ann,R2,Film (both sessions),", "Ben,R2,Nursing,")
    result = read(rows_of("Name,day,1st choice,2nd choice", *rows), same_titles(DAY))

    assert wished(result) == {"Ann": ["1A 1B", "2B"], "Ben": ["", "2A"]}


def test_what_is_wrong_has_its_place(read: Reader) -> None:
    result = read(rows_of("Name,day,1st,2nd", "Ann,R1,1A,1X", "Ben,R1,1A,", "Ann,R2,2B,", "Ben,R2,2A,1A"))

    found = [(each.code, each.place.line, each.place.column) for each in result.diagnostics]
    assert found == [("MV179", 1, 6), ("MV130", 2, 11), ("MV131", 5, 11)]


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        (
            ("Ann,7a,R1,1A", "Ann,7a,R2,2A", "Ann,7a,R1,1B"),
            "lines 2 and 4 are of one participant, and both for R1",
        ),
        # They would become one person: one of them answered for the first round, and one for the second.
        (
            ("Ann,7a,R1,1A", "Ann,7b,R2,2A", "Ben,7b,R1,1A"),
            'lines 2 and 3 seem to be of one participant, and differ in "Class"',
        ),
    ],
)
def test_two_people_do_not_become_one(read: Reader, rows: tuple[str, ...], message: str) -> None:
    (fault,) = read(rows_of("Name,Class,Round,Wishes", *rows)).diagnostics

    assert (fault.code, fault.severity, fault.message) == ("MV179", Severity.ERROR, message)


def test_what_stands_in_one_of_the_rows_is_known(read: Reader) -> None:
    result = read(rows_of("Name,School,Round,Wishes", "Ann,,R1,1A", "Ann,North,R2,2A"))

    assert [person.organisation for person in result.accepted().participants] == ["North"]


def test_where_it_is_unclear_what_they_wish_for_it_says_so(read: Reader) -> None:
    rows = ("Ann,R1,1A,1B", "Ann,R2,2B,2A", "Ben,R1,1A,1B")
    (fault,) = read(rows_of("Name,Round,Early,Late", *rows)).diagnostics

    assert fault.message == 'a row for each participant and round, which "Round" names, cannot be read here'
    assert fault.hint == "give each participant one row, and each round columns of its own"


def test_columns_of_each_round_need_no_rows_of_their_own(read: Reader) -> None:
    # Ann answered twice, or there are two of them: which is asked as in any other file.
    result = read(rows_of("Navn,Runde,R1 1,R2 1", "Ann,R1,1A,", "Ben,R2,,2A", "Ann,R2,,2B"))

    assert [each.code for each in result.diagnostics] == ["MV112", "MV127"]


@pytest.mark.parametrize(
    "text",
    [
        # A round for each, and a row for each: what anyone attends is no row of many.
        rows_of("name,attends,R1,R2", "Ann,R1,1A,", "Ben,R2,,2A"),
        rows_of("Navn,Runde,R1 1,R2 1", "Ann,R1,1A,", "Ben,R2,,2A"),
    ],
)
def test_one_row_each_is_left_as_it_is(read: Reader, text: str) -> None:
    result = read(text)

    assert wished(result) == {"Ann": ["1A", ""], "Ben": ["", "2A"]}
    assert "MV179" not in [each.code for each in result.diagnostics]
