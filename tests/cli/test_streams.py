"""Standard input and output wherever a file stands, and verbs that are quiet."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from typer.main import get_command
from typer.testing import CliRunner

from midtvejs.cli.app import app

PROGRAM = """\
event: {name: Prøvedagen, date: 2018-01-30, start: "09:00", end: "12:00", id: p}
rooms:
  Panorama: {seats: 2}
  Fjorden: {seats: 2}
rounds:
  - id: R1
    name: Runde 1
    start: "10:00"
    end: "10:30"
    sessions:
      - {code: 1A, title: Et, room: ROOM}
      - {code: 1B, title: To, room: Fjorden}
"""
UNPLACED = """\
event: {name: Prøvedagen, date: 2018-01-30, start: "09:00", end: "12:00"}
rooms:
  Panorama: {seats: 2}
rounds:
  - {id: R1, name: Runde 1, start: "10:00", end: "10:30"}
sessions:
  - {code: 1A, title: Et}
"""
PREFS = "name,email,organisation,R1\nÅse,,Vejle,1A > 1B\nBo,,Vejle,1A > 1B\nCai,,Vejle,1A\n"


@pytest.fixture(autouse=True)
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    Path("program.yaml").write_text(PROGRAM.replace("ROOM", "Panorama"), "utf-8")
    Path("open.yaml").write_text(PROGRAM.replace("ROOM", "auto"), "utf-8")
    Path("prefs.csv").write_text(PREFS, "utf-8")
    assert run("assign prefs.csv --save assignment.csv --plain --certificate proof.json").exit_code == 0
    return tmp_path


def run(line: str, given: str = "") -> Any:  # noqa: ANN401 - a result of Click, which Typer hides
    return CliRunner().invoke(app, line.split(), input=given)


def files() -> dict[str, bytes]:
    return {str(path): path.read_bytes() for path in sorted(Path().iterdir())}


def test_an_assignment_goes_through_a_pipe() -> None:
    before = files()
    done = run("assign - --save -", PREFS)

    assert done.exit_code == 0
    assert done.stdout == Path("assignment.csv").read_text("utf-8")
    assert "Saved" not in done.stderr
    for verb in ("rosters -", "day Bo -", "audit - --prefs prefs.csv", "diff assignment.csv -"):
        plainly = run(verb.replace(" -", " assignment.csv", 1)).stdout
        assert run(verb, done.stdout).stdout == plainly.replace("assignment.csv: lawful", "<stdin>: lawful")
    assert files() == before


def test_every_file_that_is_saved_can_go_to_standard_output() -> None:
    assert run("assign prefs.csv --certificate -").stdout == Path("proof.json").read_text("utf-8")
    filled = run("assign prefs.csv --program open.yaml --save-program -")
    assert filled.stdout == PROGRAM.replace("ROOM", "Panorama")
    assert run("validate -", filled.stdout).exit_code == 0
    Path("unplaced.yaml").write_text(UNPLACED, "utf-8")
    planned = run("plan --program unplaced.yaml --save-program -")
    assert run("validate -", planned.stdout).stdout.startswith("<stdin>: no faults (1 round, 1 session")
    assert json.loads(run("schema --save -").stdout)["type"] == "object"
    assert run("simulate --save - --participants 3").stdout.count("\n") == 4
    assert run("form -").stdout.startswith("name,email,organisation,R1")
    assert not Path("-").exists()


def test_a_program_that_is_filled_in_may_stand_on_standard_input() -> None:
    text = Path("open.yaml").read_text("utf-8")
    done = run("assign prefs.csv --program - --save-program -", text)

    assert (done.exit_code, done.stdout) == (0, PROGRAM.replace("ROOM", "Panorama"))
    assert run("plan --program - --keep R1", Path("program.yaml").read_text("utf-8")).exit_code == 0


def test_faults_on_standard_input_are_named_so() -> None:
    for verb in ("validate -", "show -", "assign prefs.csv -p -"):
        done = run(verb, "rooms: [")
        assert (done.exit_code, "<stdin>:1:" in done.stdout + done.stderr) == (1, True)
    for verb in ("check -", "assign -", "rosters -", "check - --json", "validate - --output-format json"):
        done = run(verb, "name,R1,R2\nBo\n")
        assert (done.exit_code, "<stdin>" in done.stdout + done.stderr) == (1, True)


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("assign - --program -", "standard input, which can be read once"),
        ("validate - -", "standard input, which can be read once"),
        ("diff - -", "standard input, which can be read once"),
        ("assign prefs.csv --save - --certificate -", "only one thing can go to standard output"),
        ("assign prefs.csv --save - --json", "only one thing can go to standard output"),
        ("export assignment.csv -", "name a folder"),
        ("new -", "name a folder"),
        ("explain assignment.csv --prefs prefs.csv --all -", "name a folder"),
    ],
)
def test_no_stream_is_read_or_written_twice(line: str, said: str) -> None:
    before = files()
    done = run(line, PREFS)

    assert (done.exit_code, done.stdout) == (2, "")
    assert said in " ".join(done.stderr.split())
    assert files() == before


def commands() -> Iterator[str]:
    yield from get_command(app).commands  # type: ignore[attr-defined]


def test_every_verb_can_be_quiet() -> None:
    for verb in commands():
        assert "--quiet" in run(f"{verb} --help").stdout


@pytest.mark.parametrize(
    "line",
    [
        "validate",
        "show",
        "check assignment.csv",
        "plan",
        "assign prefs.csv --save a.csv",
        "compare prefs.csv",
        "advise prefs.csv",
        "what-if prefs.csv --seats Panorama=1",
        "rosters assignment.csv",
        "day Bo",
        "export assignment.csv dagen --only csv",
        "verify assignment.csv --prefs prefs.csv --certificate proof.json",
        "diff assignment.csv assignment.csv",
        "audit assignment.csv --prefs prefs.csv",
        "waiting assignment.csv --prefs prefs.csv",
        "explain assignment.csv Bo --prefs prefs.csv",
        "form wishes",
        "simulate --save made.csv",
        "schema --save s.json",
    ],
)
def test_where_nothing_is_wrong_nothing_is_said(line: str) -> None:
    before = files()
    done = run(f"{line} -q")

    assert (done.exit_code, done.stdout, done.stderr) == (0, "", "")
    written = {"--save", "export", "form"} & set(line.split())
    assert (sorted(Path().iterdir()) != sorted(map(Path, before))) is bool(written)


def test_what_is_wrong_is_said_on_stderr_however_quiet() -> None:
    Path("program.yaml").write_text("rooms: [", "utf-8")
    for line in ("validate --quiet", "show --quiet", "assign prefs.csv -q"):
        done = run(line)
        assert (done.exit_code, done.stdout) == (1, "")
        assert "program.yaml:1:" in done.stderr
    Path("program.yaml").write_text(PROGRAM.replace("ROOM", "Panorama").replace("Prøve", "PrÃ¸ve"), "utf-8")
    warned = run("assign prefs.csv -q")
    assert (warned.exit_code, warned.stdout) == (0, "")
    assert "warning" in warned.stderr
    checked = run("check prefs.csv -q")
    assert (checked.exit_code, checked.stdout) == (0, "")
    assert "warning: 1A: 3 first wishes for 2 seats" in checked.stderr
    assert run("day Nobody -q").exit_code == 2


def test_what_is_asked_for_as_a_document_is_written_however_quiet() -> None:
    assert json.loads(run("assign prefs.csv --json -q").stdout)["status"] == "optimal"
    assert json.loads(run("validate --output-format json -q").stdout) == []
    assert run("assign - --save - -q", PREFS).stdout == Path("assignment.csv").read_text("utf-8")
