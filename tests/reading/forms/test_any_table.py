"""Whatever rows a table begins with, it is read, or it is told why not."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st

from midtvejs.reading.answers.preferences import read_preferences_with_lines
from tests.conferences import program
from tests.examples import examples

DAY = program({"1A": 2, "1B": 2}, {"2A": 2, "2B": 2})
CELL = st.sampled_from(
    [
        *("", "", "Name", "Email", "Runde 1", "Runde 2", "R1", "1st choice", "2nd choice", "1", "2"),
        *("Foredrag 1A", "1A", "1B > 1A", "2B", "Ann", "Ben", "a@b.dk", "Response", "no preference"),
        *('{"ImportId":"QID1"}', "Round", "Rank - 1A", "sheet"),
    ]
)
ROWS = st.integers(1, 5).flatmap(
    lambda width: st.lists(st.lists(CELL, min_size=width, max_size=width), min_size=1, max_size=6)
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("tables")


@given(ROWS)
@examples(150)
def test_a_csv_file(folder: Path, rows: list[list[str]]) -> None:
    text = io.StringIO()
    csv.writer(text).writerows(rows)
    path = folder / "a.csv"
    path.write_text(text.getvalue(), encoding="utf-8")

    read = read_preferences_with_lines(path, DAY)

    assert (read.value is None) == any(each.severity == "error" for each in read.diagnostics)
    assert read.value is None or read.diagnostics or read.value.participants


@given(st.lists(ROWS, min_size=1, max_size=3))
@examples(30)
def test_the_sheets_of_a_workbook(folder: Path, sheets: list[list[list[str]]]) -> None:
    book = xlsxwriter.Workbook(str(folder / "a.xlsx"))
    for rows in sheets:
        sheet = book.add_worksheet()
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, row)
    book.close()

    read = read_preferences_with_lines(folder / "a.xlsx", DAY)

    assert (read.value is None) == any(each.severity == "error" for each in read.diagnostics)
