from __future__ import annotations

import io
import re
import zipfile
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from midtvejs.domain.assignment import Assignment
from midtvejs.output.export.tables import participant_table, roster_table
from midtvejs.output.export.xlsx import assignment_xlsx, sheet_names
from midtvejs.output.screen import CONTROL
from tests.output.export.days import renamed, rosters_of, ruled
from tests.output.midsummer import seated
from tests.output.printed import group
from tests.output.test_hostile import EVIL, evil

Cells = list[list[object]]


def sheets(assignment: Assignment) -> dict[str, Cells]:
    """What another program finds in the workbook."""
    book = CalamineWorkbook.from_filelike(io.BytesIO(assignment_xlsx(rosters_of(assignment))))
    return {
        name: [list(row) for row in book.get_sheet_by_name(name).to_python()] for name in book.sheet_names
    }


def parts(assignment: Assignment) -> dict[str, str]:
    with zipfile.ZipFile(io.BytesIO(assignment_xlsx(rosters_of(assignment)))) as files:
        return {name: files.read(name).decode() for name in files.namelist()}


def test_a_sheet_for_everybody_for_each_round_and_for_the_sessions() -> None:
    assignment = ruled()
    found = sheets(assignment)
    assert list(found) == ["Deltagere", "Pecha Kucha Runde 1", "Samtalesaloner", "Sessioner"]
    rosters = rosters_of(assignment)
    everybody = participant_table(rosters)
    assert found["Deltagere"] == [list(everybody.header), *map(list, everybody.rows)]
    salons = roster_table(rosters, assignment.program.rounds[1])
    assert found["Samtalesaloner"] == [list(salons.header), *map(list, salons.rows)]
    counts = {row[3]: row[7:] for row in found["Sessioner"]}
    assert counts["1A"] == [4, 3, 1, ""]
    assert counts["1C"] == ["", "", "", "aflyst"]
    assert next(iter(sheets(ruled("en")))) == "Participants"


def test_headings_stay_in_sight_and_rows_can_be_filtered() -> None:
    written = parts(seated())
    for number in range(1, 5):
        sheet = written[f"xl/worksheets/sheet{number}.xml"]
        assert "<pane " in sheet
        assert 'state="frozen"' in sheet
        assert "<autoFilter ref=" in sheet


def test_every_sheet_is_printed_across_a4_with_its_name_and_pages_below() -> None:
    written = parts(ruled())
    for number in range(1, 5):
        sheet = written[f"xl/worksheets/sheet{number}.xml"]
        (setup,) = re.findall("<pageSetup [^>]*>", sheet)
        assert 'paperSize="9"' in setup
        assert 'orientation="landscape"' in setup
        assert 'fitToHeight="0"' in setup
        assert "<oddFooter>&amp;L&amp;A&amp;R&amp;P / &amp;N</oddFooter>" in sheet


@pytest.mark.parametrize(("rounds", "across"), [(1, []), (5, ["3"])])
def test_who_stands_in_a_wide_table_stands_on_each_sheet_of_paper(rounds: int, across: list[str]) -> None:
    title = "Et foredrag om at dele viden på tværs af kommunerne"
    written = parts(group("Bo", rounds=rounds, title=title))
    assert "Deltagere!$A:$B,Deltagere!$1:$1" in written["xl/workbook.xml"]
    assert re.findall('fitToWidth="([0-9]+)"', written["xl/worksheets/sheet1.xml"]) == across
    assert "fitToWidth" not in written["xl/worksheets/sheet2.xml"]


@pytest.mark.parametrize(
    "name", ["=1+1", "http://x.example", "mailto:a@b.example", "{=1}", "internal:A1", "1e5"]
)
def test_a_name_stays_text(name: str) -> None:
    assignment = renamed(seated(), "ida@example.dk", name)
    assert name in [row[1] for row in sheets(assignment)["Deltagere"]]
    for text in parts(assignment).values():
        assert not re.search("<f[ >]|<hyperlink", text)


@pytest.mark.parametrize("text", EVIL, ids=ascii)
def test_whatever_a_file_says_stands_in_its_cell(text: str) -> None:
    names = [row[1] for row in sheets(evil(text))[sheet_names(["Deltagere"])[0]][1:]]
    assert names == [CONTROL.sub(" ", text)] * 2


def test_the_same_assignment_gives_the_same_bytes() -> None:
    assignment = seated()
    backwards = replace(assignment, participants=assignment.participants[::-1])
    assert assignment_xlsx(rosters_of(assignment)) == assignment_xlsx(rosters_of(backwards))


@given(st.lists(st.text(max_size=40), max_size=6))
def test_excel_takes_every_name_of_a_sheet(titles: list[str]) -> None:
    names = sheet_names(titles)
    assert len(names) == len(titles)
    assert len({name.casefold() for name in names} | {"history"}) == len(names) + 1
    for name in names:
        assert 0 < len(name) <= 31
        assert not re.search(r"[\[\]:*?/\\\x00-\x1f]|^'|'$", name)


def test_names_of_sheets_that_are_alike() -> None:
    long = "Pecha Kucha: Runde nummer hundrede og "
    assert sheet_names([f"{long}en", f"{long}to", "S", "s", "History", "''"]) == [
        "Pecha Kucha Runde nummer hundre",
        "Pecha Kucha Runde nummer hund 2",
        "S",
        "s 2",
        "History 2",
        "-",
    ]
