"""`midtvejs check`."""

from __future__ import annotations

import json
from pathlib import Path

from tests.test_cli import FAULTY_PROGRAM, FAULTY_WISHES, HEAD, desk, files, run

__all__ = ["desk"]


def test_what_is_there_is_told_and_nothing_is_written(desk: Path) -> None:
    before = files(desk)
    done = run(desk, "check", "prefs.csv")
    assert (done.returncode, done.stderr) == (0, "")
    assert "R1 Runde 1: 3 seats for 3 participants\n" in done.stdout
    assert "1A Et, Panorama: 1 seat, first wish of 3, listed by 3, over by 2\n" in done.stdout
    assert "warning: 1A: 3 first wishes for 1 seat\n" in done.stdout
    assert done.stdout.endswith("No faults, 2 warnings. Next: midtvejs assign prefs.csv\n")
    assert files(desk) == before


def test_faults_are_the_result(desk: Path) -> None:
    (desk / "prefs.csv").write_text(FAULTY_WISHES, encoding="utf-8")
    done = run(desk, "check", "prefs.csv")
    assert (done.returncode, done.stderr) == (1, "")
    assert "prefs.csv:2:12: MV130" in done.stdout
    done = run(desk, "check", "prefs.csv", "--json")
    assert (done.returncode, done.stderr) == (1, "")
    thing = json.loads(done.stdout)
    assert (thing["faulty"], [fault["code"] for fault in thing["diagnostics"]]) == (True, ["MV130"])


def test_json_tells_the_same(desk: Path) -> None:
    done = run(desk, "check", "prefs.csv", "--json")
    assert (done.returncode, done.stderr) == (0, "")
    thing = json.loads(done.stdout)
    assert (thing["file"], thing["faulty"], thing["participants"]) == ("prefs.csv", False, 3)
    assert [each["about"] for each in thing["warnings"]] == ["1A", "2A"]


def test_too_few_seats_are_a_warning(desk: Path) -> None:
    rows = [HEAD, *(f"Bo {number},,,1A > 1B,2A > 2B" for number in range(4)), ""]
    (desk / "prefs.csv").write_text("\n".join(rows), encoding="utf-8")
    done = run(desk, "check", "prefs.csv")
    assert (done.returncode, done.stderr) == (0, "")
    assert "warning: R1: 3 seats for 4 participants; 1 missing" in done.stdout


def test_warnings_of_reading_are_among_the_others(desk: Path) -> None:
    (desk / "prefs.csv").write_text(f"{HEAD},Colour\nÅse,,,1A > 1B,2A > 2B,red\n", encoding="utf-8")
    done = run(desk, "check", "prefs.csv")
    assert (done.returncode, done.stderr) == (0, "")
    assert "warning MV112 unknown column" in done.stdout
    assert "not read: Colour\n" in done.stdout


def test_a_faulty_program_and_a_file_that_is_not_there(desk: Path) -> None:
    done = run(desk, "check", "nowhere.csv")
    assert (done.returncode, done.stdout) == (1, "")
    assert "nowhere.csv" in done.stderr
    (desk / "program.yaml").write_text(FAULTY_PROGRAM, encoding="utf-8")
    done = run(desk, "check", "prefs.csv")
    assert (done.returncode, done.stdout) == (1, "")
    assert "program.yaml:12:37: MV023" in done.stderr


def test_the_next_command_names_a_program_of_another_name(desk: Path) -> None:
    (desk / "program.yaml").rename(desk / "2019.yaml")
    done = run(desk, "check", "prefs.csv", "--program", "2019.yaml")
    assert done.stdout.endswith("Next: midtvejs assign prefs.csv --program 2019.yaml\n")
