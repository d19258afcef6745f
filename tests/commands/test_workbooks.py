"""An assignment as a workbook, handed to every verb that takes one."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from midtvejs.cli.app import app

PREFS, PROOF = ("--prefs", "prefs.csv"), ("--certificate", "proof.json")


def run(*words: str) -> Result:
    return CliRunner().invoke(app, words)


@pytest.fixture
def book(desk: Path) -> Path:
    """The sample, seated as a workbook."""
    done = run("assign", "prefs.csv", "--keep", "assignment.csv", "--save", "assignment.xlsx")
    assert done.exit_code == 0, done.stderr
    assert "Print it again: midtvejs rosters assignment.xlsx\n" in done.stderr
    return desk / "assignment.xlsx"


@pytest.mark.usefixtures("book")
@pytest.mark.parametrize(
    "words",
    [
        ("rosters", "{}"),
        ("rosters", "{}", *PREFS, "--by", "participant"),
        ("audit", "{}", *PREFS, "--no-optimum"),
        ("verify", "{}", *PREFS, *PROOF),
        ("diff", "assignment.csv", "{}", *PREFS),
        ("diff", "{}", "assignment.csv"),
        ("waiting", "{}", *PREFS),
        ("assign", "prefs.csv", "--keep", "{}", "--save", "new.csv", "--force"),
    ],
)
def test_every_verb_says_of_a_workbook_what_it_says_of_csv(words: tuple[str, ...]) -> None:
    csv, book = (run(*(word.format(f"assignment.{kind}") for word in words)) for kind in ("csv", "xlsx"))
    assert (csv.exit_code, book.exit_code) == (0, 0)
    assert book.stdout.replace(".xlsx", ".csv") == csv.stdout
    assert book.stderr.replace(".xlsx", ".csv") == csv.stderr


def test_a_day_is_explained_and_exported_from_a_workbook(book: Path) -> None:
    name = "Agnete Winther"
    name = (
        run("rosters", "assignment.xlsx", "--by", "participant").stdout.splitlines()[0].split(",")[0] or name
    )
    for words in (("day", name, book.name), ("explain", book.name, name, *PREFS)):
        done = run(*words)
        assert done.exit_code == 0, done.stderr
        assert name in done.stdout
    done = run("export", book.name, "ud", "--only", "csv", "--changed-from", book.name)
    assert done.exit_code == 0
    assert "nobody's day has changed since assignment.xlsx" in done.stderr


def test_a_new_version_of_a_workbook_is_a_workbook(book: Path) -> None:
    done = run("assign", "prefs.csv", "--keep", book.name)
    assert done.exit_code == 0
    assert book.with_name("assignment-2.xlsx").read_bytes() == book.read_bytes()


@pytest.mark.usefixtures("desk")
@pytest.mark.parametrize("ending", [".xls", ".ods", ".XLSM"])
def test_no_other_workbook_is_written(ending: str) -> None:
    done = run("assign", "prefs.csv", "--save", f"fordeling{ending}")
    assert done.exit_code == 2
    assert "fordeling.xlsx" in done.stderr
    assert not Path(f"fordeling{ending}").exists()


def test_it_prints_on_a4_and_can_be_filtered_and_stays_text(book: Path) -> None:
    with zipfile.ZipFile(book) as files:
        sheet = files.read("xl/worksheets/sheet1.xml").decode()
        names = files.read("xl/workbook.xml").decode()
    assert re.search(r'<pageSetup paperSize="9"[^>]* orientation="landscape"', sheet)
    assert 'state="frozen"' in sheet
    assert '<autoFilter ref="A1:G181"/>' in sheet
    assert "Deltagere!$A:$A,Deltagere!$1:$1</definedName>" in names
    assert 'numberStoredAsText="1"' in sheet
    assert "<f>" not in sheet
