"""``midtvejs diff``, from end to end."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from midtvejs.cli.app import app

PROGRAM = """
event: {name: Prøvedagen, date: 2018-01-30, start: "09:00", end: "12:00"}
rooms: {Panorama: {seats: 2}, Fjorden: {seats: 2}, Bælt: {seats: 2}}
rounds:
  - id: R1
    name: Runde 1
    start: "10:00"
    end: "10:30"
    sessions:
      - {code: 1A, title: Et, room: Panorama}
      - {code: 1B, title: To, room: Fjorden}
  - id: R2
    name: Runde 2
    start: "11:00"
    end: "11:30"
    sessions:
      - {code: 2A, title: Tre, room: Panorama}
      - {code: 2B, title: Fire, room: Bælt}
"""
HEAD = "name,email,organisation,R1,R2\n"
OLD = HEAD + "Nils,,,1A,2A\nÅse,aase@x.dk,,1A,2A\nBo,,,1A,2B\nCai,,,1B,2B\n"
# Four in 1B: it need not be lawful.
NEW = HEAD + "Dea,,,1B,2B\nCai,,,1B,2B\nBo,,,1B,2A\nÅse Berg,AASE@x.dk,,1B,2A\n"
WISHES = HEAD + "Cai,,,1A,2A\nÅse Berg,aase@x.dk,,1A > 1B,2A\nBo,,,1A,2A > 2B\nDea,,,1A,2A\n"


@pytest.fixture(autouse=True)
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    files = {"program.yaml": PROGRAM, "old.csv": OLD, "new.csv": NEW, "prefs.csv": WISHES}
    for name, text in files.items():
        Path(name).write_text(text, encoding="utf-8")


def run(*words: str) -> Result:
    return CliRunner().invoke(app, ["diff", *words])


def test_who_changed_what() -> None:
    done = run("old.csv", "new.csv", "--prefs", "prefs.csv")
    assert (done.exit_code, done.stderr) == (0, "")
    assert done.stdout.splitlines() == [
        "Moved: 2 of 4 participants, 3 seats; 1 newcomer, 1 drop-out",
        "By their wishes: 1 worse off, 1 as well off as before",
        "Bo: R1 1A → 1B, R2 2B → 2A: as well off",
        "Åse Berg: R1 1A → 1B: worse by 1 step",
        "Dea: new: R1 1B, R2 2B",
        "Nils: dropped out: R1 1A, R2 2A",
    ]


def test_nothing_is_better_or_worse_without_the_wishes() -> None:
    done = run("old.csv", "new.csv")
    assert "Better or worse is told by the wishes: give them with --prefs." in done.stdout
    assert "step" not in done.stdout
    told = json.loads(run("old.csv", "new.csv", "--json").stdout)
    assert {each["gain"] for each in told["changes"]} == {None}


def test_a_file_and_itself() -> None:
    for file in ("old.csv", "new.csv"):
        done = run(file, file, "--prefs", "prefs.csv")
        assert done.exit_code == 0
        assert done.stdout == "Nothing changed: 4 participants in the same sessions\n"


def test_the_order_of_rows_changes_nothing() -> None:
    before = run("old.csv", "new.csv", "--prefs", "prefs.csv", "--json").stdout
    head, *rows = NEW.splitlines()
    Path("new.csv").write_text("\n".join([head, *reversed(rows), ""]), encoding="utf-8")
    assert run("old.csv", "new.csv", "--prefs", "prefs.csv", "--json").stdout == before


def test_assignments_of_other_people_are_a_fault() -> None:
    Path("other.csv").write_text(HEAD + "Gry,,,1A,2A\n", encoding="utf-8")
    for files in (("old.csv", "other.csv"), ("other.csv", "new.csv")):
        done = run(*files)
        assert (done.exit_code, done.stdout) == (1, "")
        assert "MV219" in done.stderr


def test_wishes_of_other_people_are_a_fault_and_of_some_are_said() -> None:
    Path("prefs.csv").write_text(HEAD + "Gry,,,1A,2A\n", encoding="utf-8")
    done = run("old.csv", "new.csv", "--prefs", "prefs.csv")
    assert (done.exit_code, done.stdout) == (1, "")
    assert "prefs.csv:1:1: MV218" in done.stderr
    Path("prefs.csv").write_text(HEAD + "Bo,,,1A,2A > 2B\n", encoding="utf-8")
    done = run("old.csv", "new.csv", "--prefs", "prefs.csv")
    assert done.exit_code == 0
    assert "warning: prefs.csv has no wishes of 3 participants" in done.stderr
    assert "By their wishes: 1 as well off as before, 1 cannot be compared" in done.stdout


def test_a_new_email_is_nobody_new_and_is_said() -> None:
    Path("new.csv").write_text(OLD.replace("aase@x.dk", "aase@y.dk"), encoding="utf-8")
    done = run("old.csv", "new.csv")
    assert done.exit_code == 0
    assert done.stdout.startswith("Nothing changed")
    assert 'old.csv:3:1: warning MV217 Åse has the email "aase@y.dk" by now, and is taken ' in done.stderr


def test_a_session_that_the_program_never_had_is_a_fault() -> None:
    Path("old.csv").write_text(OLD.replace("1B", "1Z"), encoding="utf-8")
    done = run("old.csv", "new.csv")
    assert (done.exit_code, done.stdout) == (1, "")
    assert "1Z" in done.stderr
