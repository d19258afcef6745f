"""Another file than the one that is asked for is told for what it is, with the command that is right."""

from __future__ import annotations

import io
import shutil
import zipfile
from pathlib import Path

import pytest
import xlsxwriter

from midtvejs.domain.diagnostic import Diagnostic, Faulty
from midtvejs.reading.answers.assignment import read_assignment
from midtvejs.reading.answers.preferences import read_preferences
from midtvejs.reading.certificate import read_certificate
from midtvejs.reading.program.build import read_program
from tests.conferences import program
from tests.reading.conftest import Texts

ROOT = Path(__file__).parents[3]
DAY = program({"1A": 2, "1B": 2})
PREFS = b"name,email,R1\nBo,bo@vejle.example,1A > 1B\nKim,,1B\n"
TABLE = "give the table itself, as the form or the spreadsheet exports it: .xlsx or .csv"
PROGRAM = "a program is a text file: the program.yaml of the example shows one"


def packed(*parts: str) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as made:
        for part in parts:
            made.writestr(part, "x")
    return content.getvalue()


def workbook() -> bytes:
    content = io.BytesIO()
    with xlsxwriter.Workbook(content) as made:
        made.add_worksheet().write_row(0, 0, ["name", "R1"])
    return content.getvalue()


def first(diagnostics: tuple[Diagnostic, ...]) -> tuple[str, str, str]:
    (fault,) = diagnostics
    return fault.code, fault.message, fault.hint


BINARY = [
    (b"%PDF-1.7\n%\xe2\xe3", "a PDF"),
    (b"\x89PNG\r\n\x1a\n", "an image (PNG)"),
    (b"\xff\xd8\xff\xe0\0\x10JFIF", "an image (JPEG)"),
    (b"\0\0\0\x18ftypheic", "an image or a film"),
    (packed("[Content_Types].xml", "word/document.xml"), "a Word document"),
    (packed("Index/Document.iwa"), "a file of Numbers or Pages"),
    (packed("prefs.csv"), "a zip file"),
    (b"<!DOCTYPE html><table>", "a web page"),
]


@pytest.mark.parametrize(("content", "what"), BINARY, ids=[what for _, what in BINARY])
def test_a_document_or_an_image(texts: Texts, content: bytes, what: str) -> None:
    path = texts.saved("svar", content)

    assert first(read_preferences(path, DAY).diagnostics) == (
        "MV101",
        f"this is {what}, not a table of people",
        TABLE,
    )
    with pytest.raises(Faulty) as faulty:
        read_assignment(path, DAY)
    assert first(faulty.value.diagnostics)[0] == "MV101"
    assert first(read_program(path).diagnostics) == ("MV183", f"this is {what}, not a program", PROGRAM)


@pytest.mark.parametrize(("name", "meant"), [("~$svar.xlsx", "svar.xlsx"), (".~lock.svar.csv#", "svar.csv")])
def test_what_a_spreadsheet_leaves_beside_an_open_file(texts: Texts, name: str, meant: str) -> None:
    code, message, hint = first(read_preferences(texts.saved(name, b"\x05Bo   "), DAY).diagnostics)

    assert (code, message) == ("MV101", f"this is what marks {meant} as open, not a table of people")
    assert hint == f"give the file itself: {texts.folder / meant}"


def test_a_program_among_the_wishes_or_as_an_assignment(texts: Texts) -> None:
    path = texts.folder / "day.yaml"
    shutil.copy(ROOT / "program.yaml", path)

    assert first(read_preferences(path, DAY).diagnostics) == (
        "MV183",
        "this is a program, not a table of people",
        f"it stands behind --program: midtvejs check WISHES.csv --program {path}",
    )
    with pytest.raises(Faulty) as faulty:
        read_assignment(path, DAY)
    assert first(faulty.value.diagnostics)[2].endswith(f"rosters ASSIGNMENT.csv --program {path}")


@pytest.mark.parametrize(
    ("content", "what"),
    [(PREFS, "a table of people"), (workbook(), "an Excel workbook"), (b"Navn;R1\n", "a table of people")],
)
def test_wishes_as_a_program(texts: Texts, content: bytes, what: str) -> None:
    path = texts.saved("svar", content)

    code, message, hint = first(read_program(path).diagnostics)

    assert (code, message) == ("MV183", f"this is {what}, not a program")
    assert f"midtvejs check {path} --program PROGRAM.yaml" in hint
    assert f"midtvejs rosters {path} --program PROGRAM.yaml" in hint


def test_a_certificate_as_wishes_and_an_assignment_as_a_certificate(texts: Texts) -> None:
    wishes = read_preferences(texts.saved("c.json", b'{\n "midtvejs": 1, "stages": []}'), DAY)
    certificate = read_certificate(texts.saved("a.csv", PREFS))

    assert first(wishes.diagnostics)[:2] == ("MV183", "this is JSON, not a table of people")
    assert first(certificate.diagnostics)[:2] == (
        "MV183",
        "this is a table of people, not a certificate",
    )
