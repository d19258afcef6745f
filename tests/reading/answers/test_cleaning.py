"""Rows that are nobody's answer are left out, and told of; nobody's wishes are."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from midtvejs.domain.diagnostic import Read
from midtvejs.reading.answers.preferences import Preferences
from tests.conferences import program
from tests.reading.conftest import Texts

DAY = program({"1A": 9, "1B": 9})
NAVN = "Id,Navn,E-mail,Kommune,R1\n1,Bo,bo@vejle.dk,Vejle,1A\n"
OURS = "name,email,organisation,R1\nBo,bo@vejle.dk,Vejle,1A\n"
Reader = Callable[[str], Read[Preferences]]


@pytest.fixture
def read(texts: Texts) -> Reader:
    return lambda text: texts.answers(text, DAY)


def told(read: Read[Preferences]) -> list[str]:
    return [f"{d.severity} {d.code} {d.place.line}:{d.place.column}" for d in read.diagnostics]


def names(read: Read[Preferences]) -> list[str]:
    return [person.name for person in read.accepted().participants]


@pytest.mark.parametrize(
    "row",
    [
        "I alt,,,\n",
        "Total:,,,1\n",
        "ANTAL,,,12\n",
        "I alt 2 tilmeldte,,,\n",
        'Gennemsnit,,,"1,5"\n',
        "sum = 2,,,50 %\n",
    ],
)
def test_a_row_of_totals_is_nobody(read: Reader, row: str) -> None:
    form, ours = read(f"{NAVN},{row}"), read(OURS + row)

    assert (names(form), told(form)) == (["Bo"], ["warning MV129 3:2"])
    assert (names(ours), told(ours)) == (["Bo"], ["warning MV129 3:1"])


def test_a_word_for_totals_in_another_column(read: Reader) -> None:
    result = read(f"{NAVN}I alt,,,,12\n")

    assert (names(result), told(result)) == (["Bo"], ["warning MV129 3:1"])
    assert result.diagnostics[0].message == '"I alt" begins a row of totals, not an answer: it is left out'


@pytest.mark.parametrize(
    "row",
    ["Sum,sum@vejle.dk,,\n", "Sum,,Vejle,1B\n", "Sumaya Total,,,\n", "Antal Nagy,,,\n", "Sum 41 @ home,,,\n"],
)
def test_whoever_is_called_so_is_somebody(read: Reader, row: str) -> None:
    assert len(names(read(OURS + row))) == 2


@pytest.mark.parametrize("row", [",,,\n", ",anonymous,,\n", " , ,, \n"])
def test_a_row_with_nothing_in_it_is_left_out(read: Reader, row: str) -> None:
    result = read(f"{NAVN}2,{row}3,Åse,,,\n4,{row}")

    assert names(result) == ["Bo", "Åse"]
    assert told(result) == ["warning MV128 3:1"]
    assert result.diagnostics[0].message.endswith(": lines 3, 5")


@pytest.mark.parametrize("row", [",,,1B\n", ",,Vejle,\n", ",anonymous,,1A\n"])
def test_an_answer_without_a_name_is_a_fault(read: Reader, row: str) -> None:
    result = read(f"{NAVN}2,{row}")

    assert told(result) == ["error MV122 3:3"]
    assert result.diagnostics[0].hint == "write into it who that is, or delete it"
