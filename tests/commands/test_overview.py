"""``midtvejs`` alone: what there is in the folder, and what comes next."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from typer.testing import CliRunner

from midtvejs.cli.app import app
from midtvejs.commands import overview

PROGRAM = """\
event: {name: Prøvedagen, date: 2018-01-30, start: "09:00", end: "12:00"}
rooms:
  Panorama: {seats: 2}
  Fjorden: {seats: 2}
rounds:
  - id: R1
    name: Runde 1
    start: "10:00"
    end: "10:30"
    sessions:
      - {code: 1A, title: Et, room: Panorama}
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
SEATED = "name,email,organisation,R1\nÅse,,Vejle,1A\nBo,,Vejle,1B\nCai,,Vejle,1A\n"
FAULTLESS = "program.yaml: no faults (1 round, 2 sessions, 2 rooms; every round has at least 4 seats)"
LAST = "every command: midtvejs --help; the manual: midtvejs guide"


@pytest.fixture(autouse=True)
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("MIDTVEJS_PROGRAM", raising=False)
    return tmp_path


def put(name: str, text: str) -> None:
    Path(name).write_text(text, "utf-8")


def shown() -> list[str]:
    done = CliRunner().invoke(app, [])
    assert (done.exit_code, done.stderr) == (0, "")
    *lines, last = done.stdout.splitlines()
    assert last == LAST
    return lines


def test_where_there_is_nothing_it_says_how_to_begin() -> None:
    assert shown()[1:] == ["next: midtvejs new", "  or: midtvejs new --example"]


def test_answers_are_counted_and_assigned_next() -> None:
    put("program.yaml", PROGRAM)
    put("svar.csv", PREFS)

    assert shown() == [
        FAULTLESS,
        "svar.csv: 3 answers",
        "next: midtvejs assign svar.csv --save assignment.csv",
    ]


def test_of_an_assignment_rosters_and_exports_are_made_next() -> None:
    put("program.yaml", PROGRAM)
    put("svar.csv", PREFS)
    put("assignment.csv", SEATED)

    assert shown() == [
        FAULTLESS,
        "assignment.csv: an assignment of 3 participants, lawful",
        "svar.csv: 3 answers",
        "next: midtvejs rosters assignment.csv",
        "  or: midtvejs export assignment.csv dagen",
    ]


def test_an_assignment_with_faults_is_audited_next() -> None:
    put("program.yaml", PROGRAM)
    put("svar.csv", PREFS)
    put("assignment.csv", SEATED.replace("1B", "1A"))

    *_, told, _, following = shown()
    assert told == "assignment.csv: an assignment with 1 fault"
    assert following == "next: midtvejs audit assignment.csv --prefs svar.csv"


def test_what_is_still_open_is_planned_next() -> None:
    put("program.yaml", UNPLACED)
    put("svar.csv", PREFS.replace("1A > 1B", "1A"))

    assert shown()[-1] == "next: midtvejs plan svar.csv --save-program planned.yaml"


def test_a_program_with_faults_is_validated_next() -> None:
    put("program.yaml", "rooms: [")
    put("svar.csv", PREFS)

    assert shown() == [
        "program.yaml: 1 fault",
        "svar.csv: not read without the program",
        "next: midtvejs validate",
    ]


def test_a_program_by_another_name_is_found_and_named() -> None:
    put("dagen.yml", PROGRAM)
    put("docker-compose.yml", "services: {}\n")
    put("svar.csv", PREFS)

    assert shown()[-1] == "next: midtvejs assign svar.csv --program dagen.yml --save assignment.csv"
    put("b.yaml", PROGRAM)
    assert shown() == [
        "b.yaml: a program",
        "dagen.yml: a program",
        "next: midtvejs validate b.yaml dagen.yml",
    ]


def test_the_program_of_the_environment_is_the_one(monkeypatch: pytest.MonkeyPatch) -> None:
    Path("other").mkdir()
    put("other/p.yaml", PROGRAM)
    monkeypatch.setenv("MIDTVEJS_PROGRAM", "other/p.yaml")

    assert shown()[1:] == [
        "next: midtvejs form form --program other/p.yaml",
        "  or: midtvejs simulate --program other/p.yaml --save made-up.csv",
    ]
    monkeypatch.setenv("MIDTVEJS_PROGRAM", "gone.yaml")
    assert shown()[0] == "gone.yaml: No such file or directory"


def test_hostile_files_are_told_as_what_they_are(monkeypatch: pytest.MonkeyPatch) -> None:
    put("program.yaml", PROGRAM)
    put("a\x1b[31m.csv", "x\x00y")
    put("b.csv", PROGRAM)
    put("c.xlsx", "no workbook")
    put("d.csv", "name,R1\n" + "x" * 200)
    put(".hidden.csv", PREFS)
    put("~$e.xlsx", "open in Excel")
    os.mkfifo("f.csv")
    Path("g.csv").mkdir()
    Path("h.csv").symlink_to("h.csv")
    monkeypatch.setattr(overview, "MOST_BYTES", 150 + len(PROGRAM))
    put("i.csv", PREFS + " " * 1_000)

    told = dict(line.split(": ", 1) for line in shown()[1:-1])
    assert told.pop("i.csv") == "too large for a glance"
    assert told.pop("b.csv") == "this is a program, not a table of people"
    assert sorted(told) == ["a [31m.csv", "c.xlsx", "d.csv"]


def test_only_so_many_tables_are_looked_into() -> None:
    put("program.yaml", PROGRAM)
    for number in range(20):
        put(f"{number:02}.csv", PREFS)

    lines = shown()
    assert sum(line.endswith(": 3 answers") for line in lines) == overview.MOST_LOOKED_INTO
    assert "12 tables more, not looked into" in lines


def test_a_form_that_nobody_has_filled_in_has_no_answers() -> None:
    put("program.yaml", PROGRAM)
    put("form.csv", "name,email,organisation,R1\n")

    assert shown()[1:] == ["form.csv: no answers yet", "next: midtvejs check form.csv"]


def test_help_is_still_the_help() -> None:
    assert CliRunner().invoke(app, ["--help"]).stdout.startswith("Usage: ")


def test_wishes_may_stand_in_a_folder_of_their_own() -> None:
    put("program.yaml", PROGRAM)
    Path("preferences").mkdir()
    put("preferences/svar.csv", PREFS)
    assert shown() == [
        FAULTLESS,
        "preferences/svar.csv: 3 answers",
        "next: midtvejs assign preferences/svar.csv --save assignment.csv",
    ]
