"""Wishes where an assignment is wanted, and the other way round, are told for what they are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest

from midtvejs.domain.diagnostic import Faulty
from midtvejs.domain.program import Block, Program
from midtvejs.reading.answers.assignment import read_assignment
from midtvejs.reading.answers.earlier import read_earlier
from tests.conferences import program
from tests.reading.conftest import Texts, rows_of

DAY = program({"1A": 6, "1B": 6}, {"2A": 6, "2B": 6}, presenters={"1A": "Eva Ek"})
SEATED = [f"Person {number},{'1A' if number % 2 else '1B'},2{'AB'[number // 2 % 2]}" for number in range(10)]
ONE_LIST = replace(DAY, lists=(Block(id="day", rounds=(0, 1)),))


def file_of(rows: Sequence[str], head: str = "name,R1,R2") -> str:
    return rows_of(head, *rows)


def test_wishes_are_no_assignment(texts: Texts) -> None:
    path = texts.saved("prefs.csv", file_of(["Bo,1A > 1B,2A", "Kim,1B,2A > 2B", "Eva,1B > 1A,", "Lis,1A,2A"]))

    for read in (read_assignment, read_earlier):
        with pytest.raises(Faulty) as faulty:
            read(path, DAY)
        (fault,) = faulty.value.diagnostics
        assert (fault.code, fault.message, fault.hint) == (
            "MV201",
            "these are wishes: 3 of 4 rows rank several sessions",
            f"seat everybody first, and give what that saves: midtvejs assign {path} --save assignment.csv",
        )


@pytest.mark.parametrize(
    ("head", "day", "reason"),
    [
        ("name,day", ONE_LIST, "it has the column day, which ranks sessions of several rounds"),
        ("Navn,R1 1,R1 2,R2 1,R2 2", DAY, "it is an export of a form, with no column for a round's session"),
    ],
)
def test_wishes_of_another_shape_are_no_assignment_either(
    texts: Texts, head: str, day: Program, reason: str
) -> None:
    row = "Bo,1A > 2A" if day is ONE_LIST else "Bo,1A,1B,2A,2B"

    with pytest.raises(Faulty) as faulty:
        read_assignment(texts.saved("prefs.csv", file_of([row], head)), day)

    (fault,) = faulty.value.diagnostics
    assert fault.message == f"these are wishes, not an assignment: {reason}"


def test_a_slip_of_the_hand_in_an_assignment_is_told_in_its_cell(texts: Texts) -> None:
    saved = read_assignment(texts.saved("a.csv", file_of([*SEATED, "Bo,1A > 1B,2A"])), DAY)

    assert "MV201" in {each.code for each in saved.diagnostics}


def test_an_assignment_among_the_wishes_is_a_warning(texts: Texts) -> None:
    read = texts.answers(file_of([*SEATED, "Eva Ek,1A,2B"]), DAY)

    (warning,) = read.diagnostics
    assert (warning.code, warning.severity, warning.hint) == (
        "MV184",
        "warning",
        f"if it is one, print it: midtvejs rosters {texts.folder / 'prefs.csv'}",
    )
    assert read.value


@pytest.mark.parametrize(
    "rows",
    [
        [*SEATED, "Bo,1A > 1B,2A", "Eva Ek,,"],
        [*SEATED, "Bo,,2A", "Eva Ek,,"],
        [*[row.replace("1B", "1A") for row in SEATED], "Eva Ek,,2A"],
        [*SEATED[:5], "Eva Ek,1A,2A"],
    ],
    ids=["two wishes", "none", "more than fit", "few"],
)
def test_wishes_are_not_taken_for_an_assignment(texts: Texts, rows: list[str]) -> None:
    assert texts.answers(file_of(rows), DAY).diagnostics == ()


def test_an_assignment_of_rounds_that_share_a_list_is_none_of_wishes(texts: Texts) -> None:
    (fault,) = texts.answers(file_of(SEATED), ONE_LIST).diagnostics

    assert (fault.code, fault.message) == (
        "MV183",
        "this is an assignment, not wishes: R1, R2 have a session each, and no list",
    )
    assert fault.hint.endswith("prefs.csv; wishes are in one column for all of them: day")
