"""``midtvejs waiting``: on a small day, from end to end."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from midtvejs.cli.app import app

PROGRAM = """
event: {name: Prøvedagen, date: 2018-01-30, start: "09:00", end: "12:00"}
rooms:
  Panorama: {seats: 1}
  Fjorden: {seats: 20}
rounds:
  - id: R1
    name: Runde 1
    start: "10:00"
    end: "10:30"
    sessions:
      - {code: 1A, title: Et, room: Panorama}
      - {code: 1B, title: To, room: Fjorden}
"""
NAMES = ("Åse", "Bo", "Cai", "Dea", "Eva", "Finn", "Gry", "Ida")


@pytest.fixture(autouse=True)
def in_a_folder_of_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("program.yaml").write_text(PROGRAM, encoding="utf-8")
    write(NAMES)


def write(names: tuple[str, ...]) -> None:
    wishes = "".join(f"{name},1A > 1B\n" for name in names)
    Path("prefs.csv").write_text(f"name,R1\n{wishes}", encoding="utf-8")
    seats = "".join(f"{name},{'1A' if name == 'Åse' else '1B'}\n" for name in names)
    Path("assignment.csv").write_text(f"name,R1\n{seats}", encoding="utf-8")


def waiting(*words: str) -> Result:
    return CliRunner().invoke(app, ["waiting", "assignment.csv", "--prefs", "prefs.csv", *words])


def test_the_first_few_are_named_and_all_if_asked_for() -> None:
    done = waiting()
    assert done.exit_code == 0
    lines = done.stdout.splitlines()
    assert lines[0] == "R1 1A Et: full (1 seat)"
    assert [line[:5] for line in lines[1:6]] == [f"  {number}. " for number in range(1, 6)]
    assert lines[1].endswith(": from 1B, 1 step better; then worst 1, total 6, even 6")
    assert lines[6] == "  and 2 more (--all)"
    assert lines[7] == "R1 1B To: 13 of 20 seats free"
    everybody = waiting("--all").stdout.splitlines()
    assert len([line for line in everybody if "from 1B" in line]) == 7
    assert everybody[:6] == lines[:6]


def test_the_order_of_rows_changes_nothing() -> None:
    forth = waiting("--all").stdout, waiting("--json").stdout
    write(NAMES[::-1])
    assert (waiting("--all").stdout, waiting("--json").stdout) == forth


def test_as_json_nobody_is_left_out() -> None:
    full, free = json.loads(waiting("--json").stdout)["sessions"]
    assert (full["code"], full["round"], full["taken"], full["free"]) == ("1A", "R1", 1, 0)
    assert {each["name"] for each in full["waiting"]} == set(NAMES) - {"Åse"}
    assert full["waiting"][0]["leaves"] == {"R1": "1B"}
    assert full["waiting"][0]["steps_fewer"] == 1
    assert full["waiting"][0]["criteria"] == {"worst": 1, "total": 6, "even": 6}
    assert (free["free"], free["waiting"]) == (13, [])


def test_nobody_waits_where_all_have_what_they_want() -> None:
    Path("prefs.csv").write_text("name,R1\nÅse,1A\nBo,1B\n", encoding="utf-8")
    Path("assignment.csv").write_text("name,R1\nÅse,1A\nBo,1B\n", encoding="utf-8")
    assert waiting().stdout == (
        "R1 1A Et: full (1 seat); nobody would gain from a seat\nR1 1B To: 19 of 20 seats free\n"
    )


def test_what_is_not_lawful_has_no_waiting_lists() -> None:
    Path("assignment.csv").write_text("name,R1\nÅse,1A\nBo,1A\n", encoding="utf-8")
    done = waiting()
    assert (done.exit_code, done.stdout) == (1, "")
    assert "MV203" in done.stderr
