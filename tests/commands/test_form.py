"""`midtvejs form`."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.test_cli import desk, files, run

__all__ = ["desk"]
FORM = {"form.csv", "form.txt", "form.xlsx"}


def test_the_form_is_three_files(desk: Path) -> None:
    before = files(desk)
    done = run(desk, "form")
    assert (done.returncode, done.stdout) == (0, "")
    assert done.stderr.splitlines() == [
        "To be filled in, a row a participant: form.xlsx, form.csv",
        "To be pasted into an online form: form.txt",
        "When it is filled in: midtvejs check form.xlsx",
    ]
    after = files(desk)
    assert after.keys() == before.keys() | FORM
    assert after["form.csv"] == b"\xef\xbb\xbfname;email;organisation;R1 1;R1 2;R2 1;R2 2\r\n"
    assert "\n\nRunde 1\n1A: Et\n1B: To\n" in after["form.txt"].decode()


def test_to_another_folder_for_programs_by_another_program(desk: Path) -> None:
    (desk / "program.yaml").rename(desk / "2019.yaml")
    (desk / "ud").mkdir()
    done = run(desk, "form", "ud", "--program", "2019.yaml", "--plain")
    assert done.returncode == 0
    assert "midtvejs check ud/form.xlsx --program 2019.yaml" in done.stderr
    assert files(desk / "ud").keys() == FORM
    assert files(desk / "ud")["form.csv"] == b"name,email,organisation,R1 1,R1 2,R2 1,R2 2\n"


@pytest.mark.parametrize("name", sorted(FORM))
def test_one_file_that_exists_keeps_all_from_being_written(desk: Path, name: str) -> None:
    (desk / name).write_text("mine", encoding="utf-8")
    before = files(desk)
    done = run(desk, "form")
    assert (done.returncode, done.stdout) == (1, "")
    assert f"{name}: exists already; --force writes over it" in done.stderr
    assert files(desk) == before
    assert run(desk, "form", "--force").returncode == 0
    assert files(desk)[name] != b"mine"


def test_a_folder_that_is_not_there_is_made(desk: Path) -> None:
    done = run(desk, "form", "ud/til alle")
    assert (done.returncode, done.stdout) == (0, "")
    assert "When it is filled in: midtvejs check 'ud/til alle/form.xlsx'\n" in done.stderr
    assert files(desk / "ud" / "til alle").keys() == FORM


def test_of_the_form_that_nobody_has_filled_in_it_is_said_that_nobody_has_answered(desk: Path) -> None:
    assert run(desk, "form").returncode == 0
    for name, place in (("form.xlsx", "form.xlsx, sheet Ønsker, cell A4:"), ("form.csv", "form.csv:1:1:")):
        done = run(desk, "check", name)
        assert done.returncode == 1
        assert done.stdout.startswith(f"{place} MV106 nobody has answered yet: nothing follows the header\n")


def test_what_is_no_folder_is_none(desk: Path) -> None:
    before = files(desk)
    done = run(desk, "form", "prefs.csv/ud")
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == "error: prefs.csv: is not a folder\n"
    assert files(desk) == before


def test_a_program_with_faults_gives_no_form(desk: Path) -> None:
    (desk / "program.yaml").write_text("event: {}\n", encoding="utf-8")
    before = files(desk)
    done = run(desk, "form")
    assert (done.returncode, done.stdout) == (1, "")
    assert "program.yaml:1" in done.stderr
    assert files(desk) == before
