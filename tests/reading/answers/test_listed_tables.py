"""Lists of participants as they come: below a title, and on a sheet for each class."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import xlsxwriter

from midtvejs.reading.answers.listed import Listed, read_listed
from tests.conferences import program

DAY = program({"1A": 9})
HEAD = ["Name", "Email"]


def listed(path: Path, **sheets: Sequence[Sequence[str]]) -> Listed:
    book = xlsxwriter.Workbook(str(path / "list.xlsx"))
    for name, rows in sheets.items():
        sheet = book.add_worksheet(name)
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, row)
    book.close()
    return read_listed(path / "list.xlsx", DAY)


def test_a_title_above_the_header(tmp_path: Path) -> None:
    found = listed(tmp_path, Ark1=[["Class 7a"], HEAD, ["Ann", "ann@s.example"], ["Ben", ""]])

    assert list(found.by_key) == ["ann@s.example", "ben"]
    assert [(each.code, each.place.line) for each in found.diagnostics] == [("MV176", 2)]


def test_a_sheet_for_each_class(tmp_path: Path) -> None:
    found = listed(tmp_path, c7a=[HEAD, ["Ann", ""]], c7b=[["Class 7b"], HEAD, ["Ben", ""], ["Cy", ""]])

    assert list(found.by_key) == ["ann", "ben", "cy"]
    assert [(each.code, each.place.sheet) for each in found.diagnostics] == [
        ("MV178", "c7a"),
        ("MV176", "c7b"),
    ]


def test_a_list_and_an_older_one_are_not_put_together(tmp_path: Path) -> None:
    found = listed(tmp_path, new=[HEAD, ["Ann", ""], ["Ben", ""]], old=[HEAD, ["Ann", ""]])

    assert list(found.by_key) == ["ann", "ben"]
    assert found.diagnostics == ()
