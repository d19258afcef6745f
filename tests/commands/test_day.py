"""`midtvejs day`."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.test_cli import HEAD, desk, run

__all__ = ["desk"]
ROWS = "Åse Lund,aase@example.dk,Vejle,1A,2B\nBo Lund,,Vejle,1B,2A\nCai,,Kolding,1B,2B\n"


@pytest.fixture(autouse=True)
def saved(desk: Path) -> None:
    (desk / "assignment.csv").write_text(f"{HEAD}\n{ROWS}", encoding="utf-8")


@pytest.mark.parametrize("name", ["Åse Lund", "aase", "AASE@example.dk", "e lund"])
def test_a_part_of_a_name_is_enough(desk: Path, name: str) -> None:
    done = run(desk, "day", name)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.splitlines() == [
        "Åse Lund, Vejle",
        "Prøvedagen, tirsdag den 30. januar 2018",
        "",
        "09:00 begynder",
        "10:00–10:30 Panorama: 1A Et",
        "10:30–11:00 pause",
        "11:00–11:30 Fjorden: 2B Fire",
        "12:00 slutter",
    ]


def test_another_file_and_program(desk: Path) -> None:
    (desk / "program.yaml").rename(desk / "2018.yaml")
    (desk / "assignment.csv").rename(desk / "seated.csv")
    done = run(desk, "day", "cai", "seated.csv", "--program", "2018.yaml")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("Cai, Kolding\n")


def test_several_are_listed(desk: Path) -> None:
    done = run(desk, "day", "lund")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.splitlines() == [
        'error: "lund" may be 2 participants: write more of the name, or the email',
        "  Bo Lund, Vejle",
        "  Åse Lund <aase@example.dk>, Vejle",
    ]


def test_nobody_is_found(desk: Path) -> None:
    done = run(desk, "day", "Bo Lnd")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == 'error: there is no participant "Bo Lnd": did you mean "Bo Lund"?\n'


def test_what_is_not_lawful_is_not_shown(desk: Path) -> None:
    (desk / "assignment.csv").write_text(f"{HEAD}\n{ROWS.replace('1B', '1A')}", encoding="utf-8")
    done = run(desk, "day", "bo")
    assert (done.returncode, done.stdout) == (1, "")
    assert "MV203" in done.stderr


def test_no_file(desk: Path) -> None:
    done = run(desk, "day", "bo", "nowhere.csv")
    assert (done.returncode, done.stdout) == (1, "")
    assert "nowhere.csv" in done.stderr
