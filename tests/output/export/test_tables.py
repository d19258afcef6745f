from __future__ import annotations

import csv
import io
from collections.abc import Iterator

import pytest

from midtvejs.domain.assignment import Assignment
from midtvejs.domain.formulas import FORMULA_STARTS
from midtvejs.output.choices import Csv
from midtvejs.output.export.ics import calendar_names
from midtvejs.output.export.tables import files, first_name, session_table
from midtvejs.output.export.wanted import Wanted
from tests.output.export.days import renamed, rosters_of, ruled, texts
from tests.output.midsummer import seated


def records(text: str, delimiter: str = ";") -> list[dict[str, str]]:
    """A table as a Danish Excel reads it, or another one that splits elsewhere."""
    assert text.startswith("\ufeff")
    assert text.endswith("\r\n")
    return list(csv.DictReader(io.StringIO(text[1:], newline=""), delimiter=delimiter, strict=True))


def table(assignment: Assignment, name: str) -> list[dict[str, str]]:
    return records(texts(assignment, "csv")[name])


def who_is_where(assignment: Assignment) -> Iterator[tuple[str, str]]:
    return ((key, code) for key, day in assignment.days.items() for code in day if code)


def test_the_rosters_have_a_row_for_each_seat() -> None:
    assignment = ruled()
    rows = table(assignment, "rosters.csv")
    found = [(row["email"] or row["navn"].casefold(), row["kode"]) for row in rows]
    assert sorted(found) == sorted(who_is_where(assignment))
    assert [row["navn"] for row in rows if row["kode"] == "S1"] == [
        "[/b]",
        "Ida [intern] Hansen",
        "Åse Berg",
    ]
    assert rows[-1] == {
        "runde": "Samtalesaloner",
        "tid": "11:10–12:10",
        "lokale": "Fjordsalen",
        "kode": "S2",
        "titel": "Elevinddragelse 🎈",
        "navn": "Kim Funk",
        "email": "",
        "organisation": "Nordfyns Kommune",
        "rolle": "",
    }


def test_a_letter_has_all_it_may_say() -> None:
    assignment = seated()
    rows = {row["email"] or row["navn"]: row for row in table(assignment, "mailmerge.csv")}
    assert len(rows) == len(assignment.participants)
    assert rows["Kim Funk"] == {
        "fornavn": "Kim",
        "navn": "Kim Funk",
        "email": "",
        "organisation": "Nordfyns Kommune",
        "R1 tid": "10:00–10:30",
        "R1 lokale": "Fjordsalen",
        "R1 kode": "1B",
        "R1 titel": "Data understøtter synsninger",
        "R1 rolle": "oplægsholder",
        "S tid": "11:10–12:10",
        "S lokale": "Fjordsalen",
        "S kode": "S2",
        "S titel": "Elevinddragelse 🎈",
        "S rolle": "",
        "kalender": calendar_names(rosters_of(assignment))["kim funk"],
    }


def test_a_round_that_is_not_attended_says_so() -> None:
    (zacharias,) = (row for row in table(ruled(), "mailmerge.csv") if row["fornavn"] == "Zacharias")
    assert [zacharias[f"S {head}"] for head in ("tid", "lokale", "kode", "titel", "rolle")] == [
        "11:00–12:10",
        "",
        "",
        "deltager ikke",
        "",
    ]


def test_in_english() -> None:
    (row, *_) = records(texts(seated("en"), "csv")["mailmerge.csv"], ",")
    assert list(row)[:5] == ["first name", "name", "email", "organisation", "R1 time"]


@pytest.mark.parametrize("name", ["=1+1", "@SUM(A1)", "-2", "+4512345678", '=HYPERLINK("http://x";"y")'])
def test_nothing_is_a_formula(name: str) -> None:
    for text in texts(renamed(seated(), "ida@example.dk", name), "csv").values():
        cells = [cell for row in records(text) for cell in row.values()]
        assert f"'{name}" in cells
        assert not any(cell.startswith(FORMULA_STARTS) for cell in cells)


@pytest.mark.parametrize(
    ("name", "first"),
    [
        ("Nils Cassøe Jepsen", "Nils"),
        ("Jepsen, Nils Cassøe", "Nils"),
        ("Anne-Marie Bo", "Anne-Marie"),
        ("  Bo ", "Bo"),
        ("Bo,", "Bo,"),
        (",", ","),
        ("", ""),
    ],
)
def test_how_a_letter_greets(name: str, first: str) -> None:
    assert first_name(name) == first


def test_how_full_each_session_is() -> None:
    header, rows = (session_table(rosters_of(ruled())).header, session_table(rosters_of(ruled())).rows)
    counts = {
        row[3]: dict(zip(header[7:], row[7:], strict=True)) | {"lokale": row[header.index("lokale")]}
        for row in rows
    }
    assert counts["1A"] == {"pladser": 4, "optaget": 3, "ledige": 1, "status": "", "lokale": "Panorama"}
    assert counts["1C"] == {"pladser": "", "optaget": "", "ledige": "", "status": "aflyst", "lokale": ""}


@pytest.mark.parametrize(
    ("language", "csv", "start"),
    [
        ("da", Csv.EXCEL, "\ufeffrunde;tid;lokale;"),
        ("nb", Csv.EXCEL, "\ufeffrunde;tid;"),
        ("en", Csv.EXCEL, "\ufeffround,time,room,"),
        ("da", Csv.PLAIN, "runde,tid,lokale,"),
    ],
)
def test_tables_are_for_the_excel_of_the_programs_language_or_for_programs(
    language: str, csv: Csv, start: str
) -> None:
    made = files(rosters_of(ruled(language)), Wanted(csv=csv))
    for name, make in made.items():
        text = str(make())
        assert text.count("\r\n") == (0 if csv is Csv.PLAIN else text.count("\n"))
        assert text.startswith(start) or name != "rosters.csv"
