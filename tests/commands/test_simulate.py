"""`midtvejs simulate`."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from midtvejs.cli.app import app

ROOT = Path(__file__).parents[2]
SAVED = ROOT / "preferences" / "midtvejs-2018.csv"


def simulate(*arguments: str, **environment: str) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, "-m", "midtvejs", "simulate", *arguments],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        check=False,
    )


@pytest.mark.parametrize(
    "environment", [{}, {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONIOENCODING": "latin-1"}]
)
def test_the_preferences_of_2018_are_byte_for_byte_what_the_verb_writes(environment: dict[str, str]) -> None:
    run = simulate("--participants", "180", "--seed", "2018", **environment)
    assert (run.returncode, run.stderr) == (0, b"")
    assert run.stdout == SAVED.read_bytes()


def test_save_writes_the_same_file_and_suggests_what_to_do_next(tmp_path: Path) -> None:
    file = tmp_path / "vores ønsker.csv"
    run = simulate("--participants", "180", "--seed", "2018", "--save", str(file), "--plain", PYTHONUTF8="1")
    assert (run.returncode, run.stdout) == (0, b"")
    assert file.read_bytes() == SAVED.read_bytes()
    assert run.stderr.decode().splitlines() == [
        f"Saved 180 made-up participants: {file}",
        f"Next: midtvejs assign '{file}'",
    ]


def test_an_existing_file_stays_unless_forced(tmp_path: Path) -> None:
    file = tmp_path / "prefs.csv"
    file.write_text("mine")
    refused = simulate("--save", str(file))
    assert refused.returncode == 1
    assert str(file).encode() in refused.stderr
    assert file.read_text() == "mine"
    assert simulate("--save", str(file), "--participants", "3", "--force").returncode == 0
    assert len(file.read_bytes().splitlines()) == 4


@pytest.mark.parametrize(
    ("language", "option", "start"),
    [
        ("da", [], b"\xef\xbb\xbfname;email;organisation;R1;R2;R3;S\r\n"),
        ("en", [], b"\xef\xbb\xbfname,email,organisation,R1,R2,R3,S\r\n"),
        ("en", ["--excel"], b"\xef\xbb\xbfname;email;organisation;R1;R2;R3;S\r\n"),
        ("da", ["--plain"], b"name,email,organisation,R1,R2,R3,S\n"),
    ],
)
def test_what_is_saved_opens_in_the_excel_of_the_programs_language(
    tmp_path: Path, language: str, option: list[str], start: bytes
) -> None:
    program, file = tmp_path / "program.yaml", tmp_path / "prefs.csv"
    text = (ROOT / "program.yaml").read_text(encoding="utf-8")
    program.write_text(text.replace("language: da", f"language: {language}"), encoding="utf-8")
    done = simulate("--participants", "3", "--program", str(program), *option, "--save", str(file))
    assert done.returncode == 0
    assert file.read_bytes().startswith(start)


def test_wishes_are_saved_as_a_workbook_that_is_assigned(tmp_path: Path) -> None:
    file = tmp_path / "ønsker.xlsx"
    assert simulate("--participants", "12", "--save", str(file)).returncode == 0
    done = CliRunner().invoke(app, ["check", str(file), "--program", str(ROOT / "program.yaml"), "--json"])
    assert (done.exit_code, json.loads(done.stdout)["read"]["sheet"]) == (0, "Ønsker")


def test_for_programs_or_for_a_danish_excel_but_not_for_both(tmp_path: Path) -> None:
    done = simulate("--plain", "--excel", "--save", str(tmp_path / "x.csv"))
    assert done.returncode == 2
    assert b"--plain is for programs" in done.stderr


def test_the_next_command_names_a_program_of_another_name(tmp_path: Path) -> None:
    program = tmp_path / "2019.yaml"
    program.write_bytes((ROOT / "program.yaml").read_bytes())
    file = tmp_path / "prefs.csv"
    run = simulate("--program", str(program), "--save", str(file))
    assert f"midtvejs assign {file} --program {program}" in run.stderr.decode()


def test_a_program_with_faults_gives_nothing(tmp_path: Path) -> None:
    program = tmp_path / "program.yaml"
    program.write_text("event: {}\n")
    file = tmp_path / "prefs.csv"
    run = simulate("--program", str(program), "--save", str(file))
    assert run.returncode == 1
    assert b"program.yaml:1" in run.stderr
    assert not file.exists()


def test_whom_rules_name_has_a_row_so_that_the_file_can_be_assigned(tmp_path: Path) -> None:
    program, file = tmp_path / "program.yaml", tmp_path / "prefs.csv"
    pins = "pins: [{participant: Ida Ø, in: 2A}, {participant: bo@vejle.example, not_in: 2B}]"
    text = (ROOT / "program.yaml").read_text(encoding="utf-8")
    assert "\npins: []" in text
    program.write_text(text.replace("pins: []", pins), encoding="utf-8")
    run = simulate("--participants", "40", "--program", str(program), "--save", str(file))
    assert (run.returncode, len(file.read_bytes().splitlines())) == (0, 41)
    done = CliRunner().invoke(app, ["assign", str(file), "--program", str(program), "--json"])
    assert (done.exit_code, done.stderr) == (0, "")
    people = {each["name"]: each for each in json.loads(done.stdout)["participants"]}
    assert people["Ida Ø"]["sessions"]["R2"] == "2A"
    (bo,) = (each for each in people.values() if each["email"] == "bo@vejle.example")
    assert bo["sessions"]["R2"] != "2B"
