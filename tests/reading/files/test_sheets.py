"""A workbook with a sheet for each class."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import pytest
import xlsxwriter

from midtvejs.domain.answers import DEFAULT_OPTIONS, OnDuplicate, ReadOptions
from midtvejs.domain.diagnostic import Diagnostic, Read
from midtvejs.domain.program import Forms, Program
from midtvejs.output.pages.diagnostics import one_line
from midtvejs.reading.answers.preferences import Preferences, read_preferences_with_lines
from tests.conferences import program

DAY = program({"1A": 9, "1B": 9, "1C": 9})
HEAD = ["Name", "First choice", "Second choice"]
ANN, BEN, CY = ["Ann Alder", "1A", "1B"], ["Ben Birch", "1B", "1C"], ["Cy Cedar", "1C", ""]
Reader = Callable[..., Read[Preferences]]


@pytest.fixture
def read(tmp_path: Path) -> Reader:
    def read_sheets(
        sheets: dict[str, Sequence[Sequence[str]]],
        *named: str,
        day: Program = DAY,
        options: ReadOptions = DEFAULT_OPTIONS,
    ) -> Read[Preferences]:
        book = xlsxwriter.Workbook(str(tmp_path / "a.xlsx"))
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name)
            for number, row in enumerate(rows):
                sheet.write_row(number, 0, row)
        book.close()
        return read_preferences_with_lines(tmp_path / "a.xlsx", day, replace(options, sheets=named))

    return read_sheets


def wished(result: Read[Preferences]) -> dict[str, str]:
    return {person.name: " ".join(person.wishes[0].codes) for person in result.accepted().participants}


def shown(diagnostics: Sequence[Diagnostic]) -> list[str]:
    return [one_line(each).partition("a.xlsx, ")[2] for each in diagnostics]


ALL = {"Ann Alder": "1A 1B", "Ben Birch": "1B 1C", "Cy Cedar": "1C"}


def test_sheets_that_are_alike_are_read_together(read: Reader) -> None:
    result = read({"7a": [HEAD, ANN], "Notes": [["Bus at 8"], ["Lunch"]], "7b": [HEAD, BEN, CY]})

    assert wished(result) == ALL
    (warning,) = result.diagnostics
    assert (warning.code, warning.hint) == (
        "MV178",
        'name those that are to be read: --sheet "7a" --sheet "7b"',
    )
    assert warning.message == '2 sheets are read as one table: "7a" (1 row), "7b" (2 rows)'
    assert result.accepted().provenance.sheet == "7a, 7b"


def test_sheets_that_are_named_are_read_without_a_word(read: Reader) -> None:
    sheets = {"7a": [HEAD, ANN], "7b": [HEAD, BEN], "7c": [HEAD, CY]}
    result = read(sheets, "7b", "7A")

    assert wished(result) == {"Ann Alder": "1A 1B", "Ben Birch": "1B 1C"}
    assert result.diagnostics == ()
    assert result.value == read(sheets, "7a", "7b").value


def test_columns_may_stand_in_another_order_and_below_a_title(read: Reader) -> None:
    other = [["Second choice", "Name", "First choice"], ["1C", "Ben Birch", "1B"], ["1X", "Cy Cedar", "1C"]]
    result = read({"7a": [HEAD, ANN], "7b": [["Class 7b"], *other]})

    assert shown(result.diagnostics) == [
        'sheet 7a, cell A1: warning MV178 2 sheets are read as one table: "7a" (1 row), "7b" (2 rows)',
        "sheet 7b, cell A2: warning MV176 the header stands in row 2: what is above it is not read",
        'sheet 7b, cell A4: MV130 unknown code "1X"',
    ]


def test_sheets_of_different_columns_are_not_put_together(read: Reader) -> None:
    sheets = {"7a": [HEAD, ANN], "7b": [["Name", "R1"], ["Ben Birch", "1B > 1C"]]}

    assert [each.code for each in read(sheets).diagnostics] == ["MV107"]
    assert [each.code for each in read(sheets, "7a", "7b").diagnostics] == ["MV107"]


def test_a_sheet_and_its_draft_are_not_put_together_unless_they_are_named(read: Reader) -> None:
    sheets = {"Final": [HEAD, ANN, BEN], "Draft": [HEAD, ["ann alder", "1C", ""], CY]}
    (fault,) = read(sheets).diagnostics
    assert fault.message == '2 sheets hold answers: "Final" (2 rows), "Draft" (2 rows)'

    (fault,) = read(sheets, "Final", "Draft").diagnostics
    assert (fault.code, fault.place.sheet) == ("MV127", "Draft")
    assert fault.message == (
        '"ann alder" in row 2 of "Draft" has "Draft" under "sheet", '
        '"Ann Alder" in row 2 of "Final" has "Final"'
    )
    decided = read(sheets, "Final", "Draft", options=ReadOptions(on_duplicate=OnDuplicate.FIRST))
    assert wished(decided) == ALL
    assert [each.message for each in decided.diagnostics] == [
        '"Ann Alder" answered in rows 2 of "Final", 2 of "Draft"; row 2 of "Final" counts'
    ]


def test_the_sheet_may_be_what_they_belong_to(read: Reader) -> None:
    day = replace(DAY, forms=Forms(people={"organisation": "sheet"}))
    result = read({"7a": [HEAD, ANN], "7b": [HEAD, BEN]}, day=day)

    assert [person.organisation for person in result.accepted().participants] == ["7a", "7b"]
    assert [each.code for each in result.diagnostics] == ["MV178"]


def test_our_own_form_on_several_sheets(read: Reader) -> None:
    result = read({"7a": [["name", "R1"], ["Ann", "1A"]], "7b": [["name", "R1"], ["Ben", "1B > 1X"]]})

    assert shown(result.diagnostics)[1:] == ['sheet 7b, cell B2: MV130 unknown code "1X"']


def test_a_sheet_a_round_is_a_row_for_each_participant_and_round(read: Reader) -> None:
    day = program({"1A": 9, "1B": 9}, {"2A": 9, "2B": 9})
    first, second = (
        [HEAD, ["Ann", "1A", "1B"], ["Ben", "1B", ""]],
        [HEAD, ["Ben", "2A", "2B"], ["Ann", "2B", ""]],
    )
    result = read({"Runde 1": first, "Runde 2": second}, "Runde 1", "Runde 2", day=day)

    assert {
        each.name: [" ".join(one.codes) for one in each.wishes] for each in result.accepted().participants
    } == {
        "Ann": ["1A 1B", "2B"],
        "Ben": ["1B", "2A 2B"],
    }
    assert [each.message for each in result.diagnostics] == [
        'the rows of each participant, one for each round under "sheet", are read as one'
    ]


def test_another_sheet_that_cannot_be_read_is_no_concern(read: Reader) -> None:
    day = program({"1A": 9, "1B": 9}, {"2A": 9, "2B": 9})
    other = [["Name", "Round", "Early", "Late"], ["Ann", "R1", "1A", "1B"], ["Ann", "R2", "2A", "2B"]]
    result = read({"Draft": other, "Answers": [["name", "R1", "R2"], ["Ann", "1A", "2B"]]}, day=day)

    assert result.accepted().provenance.sheet == "Answers"
    assert [each.code for each in read({"Draft": other}, day=day).diagnostics] == ["MV179"]
