"""A row for each participant and session, with its rank or its rating, is read as a row a participant."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from midtvejs.domain.diagnostic import Read
from midtvejs.domain.program import Forms, Program, Ratings
from midtvejs.reading.answers.preferences import Preferences
from tests.conferences import program
from tests.reading.conftest import Texts, rows_of
from tests.reading.forms.test_direction import DAY

Reader = Callable[..., Read[Preferences]]
ROWS = ("Ann;Nursing;{};7a", "Ben;Cooking;{};7b", "Ann;1B;{};7a", "Ben;Police;{};7b")


@pytest.fixture
def read(texts: Texts) -> Reader:
    def read_rows(head: str, *rows: str, day: Program = DAY) -> Read[Preferences]:
        return texts.answers(rows_of(head, *rows), day)

    return read_rows


def said(*values: str) -> list[str]:
    return [row.format(value) for row, value in zip(ROWS, values, strict=True)]


def tiers(result: Read[Preferences]) -> dict[str, str]:
    return {person.name: str(person.wishes[0]) for person in result.accepted().participants}


def codes(result: Read[Preferences]) -> list[str]:
    return sorted(each.code for each in result.diagnostics)


@pytest.mark.parametrize(
    ("values", "warned"),
    [
        (("1st", "2nd", "2nd", "1st"), ["MV112", "MV179"]),
        (("2. prioritet", "Ved ikke", "1. prioritet", "1. prioritet"), ["MV112", "MV179"]),
        (("Gerne", "Nej tak", "Meget gerne", "Gerne"), ["MV112", "MV179", "MV196"]),
        (("++", "-", "++", "+"), ["MV112", "MV179", "MV196"]),
    ],
)
def test_the_rows_of_a_participant_are_read_as_one(
    read: Reader, values: tuple[str, ...], warned: list[str]
) -> None:
    result = read("Name;Session;Svar;Klasse", *said(*values))

    expected = {
        "1st": ("1A > 1B", "1B > 1C"),
        "2. prioritet": ("1B > 1A", "1B"),
        "Gerne": ("1B > 1A", "1B"),
        "++": ("1A = 1B", "1B"),
    }[values[0]]
    assert tiers(result) == dict(zip(("Ann", "Ben"), expected, strict=True))
    assert codes(result) == warned


def test_numbers_are_asked_about_here_too(read: Reader) -> None:
    rows = said("5", "1", "3", "5")
    result = read("Name;Session;Rating;Klasse", *rows)
    (fault,) = (each for each in result.diagnostics if each.code == "MV160")
    assert fault.message.startswith("it cannot be told what the numbers say: whether 1 or the highest")
    assert fault.paste[-1].startswith("  ratings: {best: 5, not_wished: 1}")

    columns = {code: f"R1 [{code}]" for code in ("1A", "1B", "1C")}
    forms = Forms(people={"name": "Name"}, rounds={"R1": columns}, ratings=Ratings(best=5, not_wished=1))
    told = read("Name;Session;Rating;Klasse", *rows, day=replace(DAY, forms=forms))
    assert tiers(told) == {"Ann": "1A > 1B", "Ben": "1B"}


def test_numbers_below_sessions_in_a_row_for_each_round_are_asked_about(read: Reader) -> None:
    day = program({"1A": 3, "1B": 3}, {"2A": 3, "2B": 3})
    rows = ("Ann,R1,5,1,,", "Ann,R2,,,3,5", "Ben,R1,1,5,,", "Ben,R2,,,5,1")
    result = read("Name,Round,1A,1B,2A,2B", *rows, day=day)

    assert codes(result) == ["MV160", "MV179"]


def test_unknown_words_are_asked_about_here_too(read: Reader) -> None:
    result = read("Name;Session;Svar", *(row.rpartition(";")[0] for row in said("Super", "OK", "OK", "Nope")))

    assert "MV160" in codes(result)


def test_a_round_beside_the_session_tells_sessions_of_one_title_apart(read: Reader) -> None:
    day = program({"1A": 3, "1B": 3}, {"2A": 3, "2B": 3})
    rounds = tuple(
        replace(r, sessions=tuple(replace(s, title=f"Title {s.code[1]}") for s in r.sessions))
        for r in day.rounds
    )
    rows = ("Ann,R1,Title A,2nd", "Ann,R1,Title B,1st", "Ann,R2,Title A,1st", "Ann,R2,Title B,2nd")
    result = read("Name,Round,Session,Rank", *rows, day=replace(day, rounds=rounds))

    (ann,) = result.accepted().participants
    assert [str(each) for each in ann.wishes] == ["1B > 1A", "2A > 2B"]


def test_a_session_twice_and_a_person_who_may_be_two_are_told(read: Reader) -> None:
    twice = read("Name;Session;Rank;Class", *said("1st", "1st", "2nd", "2nd"), "Ann;Nursing;3rd;7a")
    (fault,) = (each for each in twice.diagnostics if each.code == "MV179")
    assert fault.message == "lines 2 and 6 are of one participant, and both for R1 [1A]"
    two = read("Name;Session;Rank;Class", *said("1st", "1st", "2nd", "2nd"), "Ann;Cooking;3rd;9z")
    (fault,) = (each for each in two.diagnostics if each.code == "MV179")
    assert fault.message.endswith('seem to be of one participant, and differ in "Class"')


@pytest.mark.parametrize(("session", "named"), [("", ""), ("Dancing", ' that there is here: "Dancing"')])
def test_a_row_about_no_session_is_told(read: Reader, session: str, named: str) -> None:
    result = read("Name;Session;Svar;Klasse", *said("Ja", "Ja", "Nej", "Nej"), f"Ann;{session};Ja;7a")
    (fault,) = result.diagnostics

    assert (fault.code, fault.place.line) == ("MV179", 6)
    assert fault.message == f"line 6 is about no session{named}"


def test_a_fault_has_the_place_of_its_own_row(read: Reader) -> None:
    result = read("Name;Session;Rank;Klasse", *said("1st", "1st", "2nd", "2nd and more"))
    (fault,) = (each for each in result.diagnostics if each.code == "MV162")

    assert (fault.place.line, fault.place.column) == (5, 12)


@pytest.mark.parametrize(
    ("head", "rows"),
    [
        ("Name,Your session", ("Ann,Nursing", "Ann,Police", "Ben,Cooking")),
        ("Name,Your session,Remark", ("Ann,Nursing,Ja", "Ben,Police,Nej", "Cy,Cooking,Ja", "Cy,Nursing,Nej")),
        ("Name,R1,Remark", ("Ann,Nursing,Ja", "Ann,Police,Nej")),
    ],
)
def test_who_answers_twice_has_no_row_a_session(read: Reader, head: str, rows: tuple[str, ...]) -> None:
    assert "MV179" not in codes(read(head, *rows))
