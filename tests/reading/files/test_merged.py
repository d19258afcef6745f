"""Cells that are merged: a title over all columns, a class or a name over several rows."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Sequence
from pathlib import Path

import xlsxwriter

from midtvejs.domain.diagnostic import Read
from midtvejs.reading.answers.preferences import Preferences, read_preferences_with_lines
from midtvejs.reading.files.workbook import sheets_of
from tests.conferences import program

DAY = program({"1A": 9, "1B": 9}, {"2A": 9, "2B": 9})
Merged = tuple[int, int, int, int]


def read(path: Path, rows: Sequence[Sequence[str]], *merged: Merged) -> Read[Preferences]:
    """Read a workbook of these rows, some of whose cells are merged: from row, column to row, column."""
    book = xlsxwriter.Workbook(str(path))
    sheet = book.add_worksheet("Svar")
    for number, row in enumerate(rows):
        for column, cell in enumerate(row):
            sheet.write(number, column, cell)
    for area in merged:
        sheet.merge_range(*area, rows[area[0]][area[1]])
    book.close()
    return read_preferences_with_lines(path, DAY)


def wished(result: Read[Preferences]) -> dict[tuple[str, str], list[str]]:
    people = result.accepted().participants
    return {
        (person.name, person.organisation): [" ".join(each.codes) for each in person.wishes]
        for person in people
    }


def test_a_title_over_all_columns(tmp_path: Path) -> None:
    rows = [
        ["Club day", "", ""],
        ["Please return it by Friday", "", ""],
        [],
        ["Name", "R1 1", "R2 1"],
        ["Ann", "1A", "2B"],
    ]
    result = read(tmp_path / "a.xlsx", rows, (0, 0, 0, 2), (1, 0, 1, 2))

    assert wished(result) == {("Ann", ""): ["1A", "2B"]}
    assert [(each.code, each.place.line) for each in result.diagnostics] == [("MV176", 4)]


def test_headings_over_two_rows_and_over_several_columns(tmp_path: Path) -> None:
    rows = [
        ["Name", "Runde 1", "", "Runde 2", ""],
        ["", "1st choice", "2nd choice", "1st choice", "2nd choice"],
        ["Ann", "1A", "1B", "2B", ""],
        ["Ben", "1B", "", "2A", "2B"],
    ]
    result = read(tmp_path / "a.xlsx", rows, (0, 0, 1, 0), (0, 1, 0, 2), (0, 3, 0, 4))

    assert wished(result) == {("Ann", ""): ["1A 1B", "2B"], ("Ben", ""): ["1B", "2A 2B"]}
    assert [each.message for each in result.diagnostics] == ["rows 1 and 2 are read as one header"]


def test_a_school_over_its_rows(tmp_path: Path) -> None:
    rows = [
        ["School", "Name", "R1 1", "R2 1"],
        ["North", "Ann", "1A", "2B"],
        ["", "Ben", "1B", ""],
        ["", "", "", ""],
        ["", "Cy", "1B", ""],
    ]
    result = read(tmp_path / "a.xlsx", rows, (1, 0, 3, 0))

    assert wished(result) == {
        ("Ann", "North"): ["1A", "2B"],
        ("Ben", "North"): ["1B", ""],
        ("Cy", ""): ["1B", ""],
    }
    assert result.diagnostics == ()


def test_a_name_over_a_row_for_each_round(tmp_path: Path) -> None:
    rows = [
        ["Name", "Round", "1st choice"],
        ["Ann", "R1", "1A"],
        ["", "R2", "2B"],
        ["Ben", "R1", "1B"],
        ["", "R2", "2A"],
    ]
    result = read(tmp_path / "a.xlsx", rows, (1, 0, 2, 0), (3, 0, 4, 0))

    assert wished(result) == {("Ann", ""): ["1A", "2B"], ("Ben", ""): ["1B", "2A"]}
    assert [each.code for each in result.diagnostics] == ["MV179"]


def test_merged_cells_beyond_the_sheet_or_over_each_other_fill_no_more_than_it_has(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    read(path, [["Name", "R1 1"], ["Ann", "1A"], ["Ben", ""]], (0, 0, 1, 0))
    areas = b"".join(b'<mergeCell ref="A1:XFD1048576"/><mergeCell ref="C9:D1048576"/>' for _ in range(1000))
    made = io.BytesIO()
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(made, "w") as new:
        for name in old.namelist():
            content = old.read(name)
            new.writestr(name, re.sub(rb'<mergeCell ref="A1:A2"/>', areas, content))

    (sheet,) = sheets_of("a.xlsx", made.getvalue())
    assert (len(sheet.records), max(map(len, sheet.records))) == (3, 2)
