"""UTF-8 that was read as CP1252 and saved again is seen in every file, and what it was is said."""

from __future__ import annotations

import io

import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st

from midtvejs.domain.answers import ReadOptions
from midtvejs.domain.diagnostic import Diagnostic
from midtvejs.reading.answers.assignment import read_assignment
from midtvejs.reading.files.mangled import find_mangled, mend
from tests.conferences import program
from tests.reading.conftest import Texts

DAY = program({"1A": 2, "1B": 2})
PROGRAM = """\
event: {name: Forårsdagen, date: 2019-04-02, start: "09:00", end: "12:00"}
rooms: {Søsalen: {seats: 8}}
rounds:
  - id: R1
    name: Runde 1
    start: "10:00"
    end: "10:30"
    sessions: [{code: 1A, title: Blå bær, room: Søsalen}]
"""
PREFS = "name,organisation,R1\nJørgen Bæk,Vånning,1A\nBo,Vånning,1B\n"


def mangled(text: str) -> str:
    """The text as a program sees it that takes UTF-8 for CP1252."""
    made = (bytes([byte]).decode("cp1252", errors="ignore") or chr(byte) for byte in text.encode())
    return "".join(made)


def told(diagnostic: Diagnostic) -> tuple[str, int, str, str]:
    assert diagnostic.code == "MV181"
    assert diagnostic.severity == "warning"
    return str(diagnostic.place).split("/")[-1], diagnostic.place.end_column, *words(diagnostic)


def words(diagnostic: Diagnostic) -> tuple[str, str]:
    return diagnostic.message, diagnostic.hint


def says(seen: str, was: str, many: int) -> tuple[str, str]:
    others = f" ({many} such letters)" if many > 1 else ""
    message = f'"{seen}" is UTF-8 that was read as CP1252 and saved again{others}'
    return message, f'it was "{was}": go back to the file as it was, and open it as UTF-8'


def test_in_wishes(texts: Texts) -> None:
    read = texts.participants(mangled(PREFS), DAY)

    (warning,) = read.diagnostics
    assert told(warning) == ("prefs.csv:2:1", 8, *says("JÃ¸rgen", "Jørgen", 4))
    assert read.value is not None


def test_in_wishes_in_a_workbook(texts: Texts) -> None:
    content = io.BytesIO()
    with xlsxwriter.Workbook(content) as made:
        sheet = made.add_worksheet("Svar")
        for number, line in enumerate(mangled(PREFS).splitlines()):
            sheet.write_row(number, 0, line.split(","))

    (warning,) = texts.participants(content.getvalue(), DAY).diagnostics

    assert told(warning) == ("prefs.csv, sheet Svar, cell A2", 2, *says("JÃ¸rgen", "Jørgen", 4))


def test_in_an_assignment(texts: Texts) -> None:
    read = read_assignment(texts.saved("assignment.csv", mangled(PREFS)), DAY)

    (warning,) = read.diagnostics
    assert told(warning) == ("assignment.csv:2:1", 8, *says("JÃ¸rgen", "Jørgen", 4))


def test_in_a_program(texts: Texts) -> None:
    read = texts.program(mangled(PROGRAM))

    (warning,) = read.diagnostics
    assert told(warning) == ("program.yaml:1:15", 27, *says("ForÃ¥rsdagen", "Forårsdagen", 5))
    assert read.value is not None


def test_in_an_encoding_that_was_named_wrongly(texts: Texts) -> None:
    (warning,) = texts.answers(PREFS, DAY, ReadOptions(encoding="cp1252")).diagnostics

    assert words(warning) == says("JÃ¸rgen", "Jørgen", 4)


@pytest.mark.parametrize("text", ["SÃO PAULO", "à l'âge", "HÖ” Å“", "Â", "Ærø Łódź naïve €5"])
def test_what_people_write_is_not_taken_for_it(text: str) -> None:
    assert find_mangled(text) is None
    assert mend(text) == text


@given(st.text("abcæøåÆØÅéüñßłŁ–”’ «", min_size=1), st.integers(1, 2))
def test_what_it_was_is_found_however_often_it_happened(text: str, times: int) -> None:
    text, seen = f"ø{text}", f"ø{text}"
    for _ in range(times):
        seen = mangled(seen)

    assert find_mangled(seen)
    assert mend(seen) == text
