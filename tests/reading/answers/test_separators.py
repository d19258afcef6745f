"""Wishes that are parted in another way are read where their order is certain; else it is told how to."""

from __future__ import annotations

import pytest

from midtvejs.reading.answers.assignment import read_assignment
from tests.conferences import program
from tests.reading.conftest import Texts

DAY = program({"2A": 2, "2B": 2, "2C": 2})


@pytest.mark.parametrize(
    ("cell", "codes"),
    [
        ("1. 2A, 2. 2B", ("2A", "2B")),
        ("1) 2c 2) 2A 3) 2B", ("2C", "2A", "2B")),
        ("2. 2A; 1. 2B", ("2B", "2A")),
        ("1: 2A\n2: 2B", ("2A", "2B")),
        ("1. 2C", ("2C",)),
        ("2A\n2C", ("2A", "2C")),
        ("2A → 2C", ("2A", "2C")),
        ("2B -> 2A", ("2B", "2A")),
        ("2b dernæst 2a", ("2B", "2A")),
    ],
)
def test_what_says_the_order_is_read(texts: Texts, cell: str, codes: tuple[str, ...]) -> None:
    (person,) = texts.participants(f'name,R1\nBo,"{cell}"\n', DAY).accepted()

    assert person.wishes[0].codes == codes


@pytest.mark.parametrize(
    ("cell", "meant"),
    [
        ("2c og 2b", "2C > 2B"),
        ("2A/2B", "2A > 2B"),
        ("2A & 2C", "2A > 2C"),
        ("2B 2A 2C", "2B > 2A > 2C"),
        ("2A + 2B", "2A > 2B"),
    ],
)
def test_what_does_not_is_told_with_the_wishes_as_they_are_to_be_written(
    texts: Texts, cell: str, meant: str
) -> None:
    (fault,) = texts.participants(f"name,R1\nBo,{cell}\n", DAY).diagnostics

    count = meant.count(">") + 1
    assert (fault.code, fault.message) == ("MV130", f'"{cell}" is {count} sessions')
    assert fault.hint == f"put > between them, the best first: {meant}; or = between equals"


@pytest.mark.parametrize("cell", ["1. 2A, 3. 2B", "1. 2A, 2. 2X", "2A/2X", "2A og 2A", "1. 2A, 1. 2B"])
def test_what_is_no_list_of_sessions_is_a_fault_as_ever(texts: Texts, cell: str) -> None:
    read = texts.participants(f'name,R1\nBo,"{cell}"\n', DAY)

    assert read.value is None
    assert {each.code for each in read.diagnostics} == {"MV130"}


def test_two_sessions_in_a_cell_of_an_assignment_are_two(texts: Texts) -> None:
    (fault,) = read_assignment(texts.saved("a.csv", "name,R1\nBo,2A/2B\n"), DAY).diagnostics

    assert (fault.code, fault.message) == ("MV201", "2 sessions in R1")
