"""An assignment as a workbook: what is written is read again, and the sheet that holds it is found."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from xlsxwriter import Workbook

from midtvejs.domain.assignment import Assignment
from midtvejs.domain.diagnostic import Faulty
from midtvejs.domain.participants import NO_WISHES, Participant
from midtvejs.domain.program import Program
from midtvejs.domain.words import LANGUAGES
from midtvejs.output.choices import Csv
from midtvejs.output.export.xlsx import assignment_xlsx
from midtvejs.output.tables.people import assignment_file, assignment_workbook
from midtvejs.reading.answers.assignment import SavedAssignment, read_assignment
from midtvejs.reading.answers.earlier import read_earlier
from tests.conferences import person, program
from tests.output.export.days import rosters_of
from tests.reading.answers.test_assignment import NAMES

DAY = program({"1A": 2, "1B": 2}, {"2A": 2, "2B": 2})
HEAD = ("name", "email", "organisation", "R1", "R2")
ASE = ("Åse", "", "Vejle", "1A", "2B")
NUMERIC = program({"1": 9, "01": 9, "3-4": 9, "1E5": 9})
"""Codes that a spreadsheet takes for numbers and dates."""
HOSTILE = NAMES | st.sampled_from(
    [
        "=1+1",
        "'=1+1",
        "''@x",
        "x;=1",
        "1",
        "01",
        "3-4",
        "1E5",
        "TRUE",
        "#NAVN",
        "_x0041_",
        "\x1b[31mBo",
        "{=1}",
    ]
)

Sheets = dict[str, Sequence[Sequence[str]]]
Reader = Callable[..., SavedAssignment]


@pytest.fixture
def read(tmp_path: Path) -> Reader:
    def read_book(book: bytes | Sheets, day: Program = DAY, name: str = "assignment.xlsx") -> SavedAssignment:
        (tmp_path / name).write_bytes(book if isinstance(book, bytes) else written(book))
        return read_assignment(tmp_path / name, day)

    return read_book


def written(sheets: Sheets) -> bytes:
    file = io.BytesIO()
    with Workbook(file, {"in_memory": True}) as book:
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name)
            for number, row in enumerate(rows):
                sheet.write_row(number, 0, row)
    return file.getvalue()


def seated(day: Program, people: Sequence[tuple[str, str]]) -> Assignment:
    participants = tuple(Participant(name=name, wishes=(NO_WISHES,)) for name, _ in people)
    days = {each.key: (code,) for each, (_, code) in zip(participants, people, strict=True)}
    in_order = tuple(sorted(participants, key=lambda each: each.key))
    return Assignment(program=day, participants=in_order, days=days)


@given(
    people=st.lists(
        st.tuples(HOSTILE, st.sampled_from(["1", "01", "3-4", "1E5"])),
        min_size=1,
        max_size=8,
        unique_by=lambda row: Participant(name=row[0], wishes=()).key,
    ),
    name=st.sampled_from(["a.xlsx", "a.XLSX", "a.csv"]),
    csv=st.sampled_from(Csv),
    language=st.sampled_from(LANGUAGES),
)
@example(people=[("'=1+1", "01")], name="a.xlsx", csv=Csv.PLAIN, language="da")
def test_whatever_it_is_saved_as_it_is_read_again(
    read: Reader, people: list[tuple[str, str]], name: str, csv: Csv, language: str
) -> None:
    day = replace(NUMERIC, event=replace(NUMERIC.event, language=language))
    # A noncharacter cannot stand in XML.
    people = [(name.replace("\ufffe", "").replace("\uffff", "") or "Bo", code) for name, code in people]
    assignment = seated(day, list({name.casefold(): (name, code) for name, code in people}.values()))
    content = assignment_file(Path(name), assignment, csv)
    saved = read(content if isinstance(content, bytes) else content.encode(), day, name)
    assert saved.diagnostics == ()
    assert saved.assignment == assignment
    again = assignment_file(Path(name), replace(assignment, participants=assignment.participants[::-1]), csv)
    assert again == content


def test_a_fault_is_told_by_its_sheet_and_cell(read: Reader) -> None:
    saved = read({"Holdene": [HEAD, ASE, ("Bo", "", "", "1X", "2A")]})
    (fault,) = saved.diagnostics
    assert (fault.code, fault.place.sheet, fault.place.line, fault.place.column) == ("MV130", "Holdene", 3, 4)


def test_the_sheet_with_a_column_for_each_round_is_read(read: Reader) -> None:
    notes = [("name", "R1"), ("husk", "kaffe")]
    template = [HEAD]
    saved = read({"Noter": notes, "Tom": template, "Fordeling": [("Fordelingen 2018",), HEAD, ASE]})
    assert saved.assignment.days == {"åse": ("1A", "2B")}
    assert [each.code for each in saved.diagnostics] == ["MV176"]


def test_two_sheets_that_hold_one_are_told_apart_by_nobody(read: Reader) -> None:
    with pytest.raises(Faulty) as raised:
        read({"Før": [HEAD, ASE], "Efter": [HEAD, ASE]})
    (fault,) = raised.value.diagnostics
    assert fault.code == "MV107"
    assert fault.message == '2 sheets hold an assignment: "Før", "Efter"'


def test_where_a_round_is_missing_the_sheet_that_is_most_like_one_says_so(read: Reader) -> None:
    saved = read({"Noter": [("husk", "kaffe")], "Fordeling": [HEAD[:-1], ASE[:-1]]})
    assert {(each.code, each.place.sheet) for each in saved.diagnostics} >= {("MV110", "Fordeling")}


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_workbook_that_people_read_is_told_from_an_assignment(read: Reader, language: str) -> None:
    day = replace(DAY, event=replace(DAY.event, language=language))
    assignment = Assignment(program=day, participants=(person("Åse", "1A", "2B"),), days={})
    assignment = replace(assignment, days={assignment.participants[0].key: ("1A", "2B")})
    with pytest.raises(Faulty) as raised:
        read(assignment_xlsx(rosters_of(assignment)), day)
    (fault,) = raised.value.diagnostics
    assert fault.code == "MV183"
    assert "assign --save wrote" in fault.hint


def test_an_earlier_assignment_may_be_a_workbook(tmp_path: Path) -> None:
    ase = replace(person("Åse", "1A", "2B"), organisation="")
    assignment = Assignment(program=DAY, participants=(ase,), days={ase.key: ("1A", "2B")})
    (tmp_path / "old.xlsx").write_bytes(assignment_workbook(assignment))
    assert read_earlier(tmp_path / "old.xlsx", DAY, (ase,)).accepted().days == assignment.days
