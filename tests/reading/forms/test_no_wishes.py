"""What people write where they wish for nothing, and numbers as spreadsheets write them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from midtvejs.domain.diagnostic import Read
from midtvejs.domain.program import Forms, Program
from midtvejs.reading.answers.preferences import Preferences
from tests.conferences import program
from tests.reading.conftest import Texts, rows_of

DAY = program({"1A": 2, "1B": 2, "1C": 2})
Reader = Callable[..., list[str]]


@pytest.fixture
def wished(texts: Texts) -> Reader:
    def read(text: str, day: Program = DAY) -> list[str]:
        found: Read[Preferences] = texts.answers(text, day)
        assert [each.message for each in found.diagnostics] == []
        return [" ".join(person.wishes[0].codes) for person in found.accepted().participants]

    return read


@pytest.mark.parametrize(
    "said",
    [
        *(
            "-",
            "--",
            "–",
            "?",
            "n/a",
            "N/A",
            "None",
            "none.",
            "No preference",
            "(no preference)",
            "don’t know",
        ),
        *("ingen", "Ved ikke", "Ingen præference", "lige meget", "vet ikke", "ingen preferanse"),
        *("Keine", "weiß nicht", "keine Angabe", "egal", "inga önskemål", "vet ej", "aucune préférence"),
    ],
)
def test_no_preference_is_no_wish_whatever_the_form(wished: Reader, said: str) -> None:
    cell = f'"{said}"'
    assert wished(rows_of("name,R1", f"Bo,{cell}", f"Åse,1B > {said}")) == ["", "1B"]
    assert wished(rows_of("Navn,Runde 1", f"Bo,{cell}", f"Åse,1B;{said};")) == ["", "1B"]
    assert wished(rows_of("Navn,R1 1,R1 2", f"Bo,{cell},{cell}", f"Åse,1B,{cell}")) == ["", "1B"]
    assert wished(rows_of("Navn,R1 [1A],R1 [1B]", f"Bo,{cell},{cell}", f"Åse,{cell},1st")) == ["", "1B"]


def test_what_says_nothing_does_not_speak_against_a_column_of_wishes(wished: Reader) -> None:
    rows = ("Ann Alder,1A,No preference,No preference", "Ben Birch,1B,None,None", "Cy Cedar,1C,-,n/a")

    assert wished(rows_of("Name,First choice,Second choice,Third choice", *rows)) == ["1A", "1B", "1C"]


def test_a_session_may_be_called_none(wished: Reader) -> None:
    (round_,) = DAY.rounds
    first, *others = round_.sessions
    day = replace(DAY, rounds=(replace(round_, sessions=(replace(first, title="None"), *others)),))

    assert wished(rows_of("Navn,R1 1,R1 2", "Bo,None,1B"), day) == ["1A 1B"]
    assert wished(rows_of("name,R1", "Bo,1B > None"), day) == ["1B 1A"]


@pytest.mark.parametrize(
    ("head", "row"),
    [
        ("name,R1", '"20.0 > 10.00"'),
        ("Navn,R1 1,R1 2", "20.0,10.0"),
        ("Navn,R1 1,R1 2", '"20,0","10,0"'),
        ("Name,First choice,Second choice", "20.0,10.0"),
        ("Navn,R1 [10],R1 [20]", "2nd,1st"),
        ("Navn,R1 1.0,R1 2.0", "20,10"),
    ],
)
def test_two_point_nought_is_two(wished: Reader, head: str, row: str) -> None:
    assert wished(rows_of(head, f"Bo,{row}"), program({"10": 1, "20": 1})) == ["20 10"]


def test_moodles_ratings_may_have_decimals(wished: Reader) -> None:
    columns = [f"{each}{more}" for each in ("1A", "1B", "1C") for more in ("", " - Text", " - Allocation")]
    rows = ("Ann,Alder,1.0,,No,3.0,,No,2.0,,No", "Ben,Birch,3.0,,No,,,No,1.0,,No")

    assert wished(rows_of(",".join(["First name", "Last name", *columns]), *rows)) == ["1B 1C 1A", "1A 1C"]


def test_ranks_with_decimals_are_ranks_where_the_program_names_them(wished: Reader) -> None:
    forms = Forms(people={}, rounds={"R1": {"1A": "A", "1B": "B", "1C": "C"}}, ranks=("1", "2", "3"))
    rows = ("Ann Alder,1.0,,2.0", "Ben Birch,,1.0,", 'Cy Cedar,"2,0",1.00,3.0')

    assert wished(rows_of("name,A,B,C", *rows), replace(DAY, forms=forms)) == ["1A 1C", "1B", "1B 1A 1C"]


def test_a_column_of_equals_and_of_no_wishes_is_one_of_wishes(wished: Reader) -> None:
    rows = ("Ann,1A = none", "Ben,1B > ingen", "Cy,1A = 1C")

    assert wished(rows_of("Name,Which would you like?", *rows)) == ["1A", "1B", "1A 1C"]
