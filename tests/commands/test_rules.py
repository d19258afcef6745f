"""A day with rules from end to end: rooms are chosen, and come out the same from what was saved."""

from __future__ import annotations

import difflib
import json
import re
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from midtvejs.cli.app import app

PROGRAM = """\
event: {name: Prøvedagen, date: 2018-01-30, start: "09:00", end: "12:00", language: en}
rooms:
  Panorama: {seats: 3}
  Fjorden: {seats: 2, step_free: yes}
  Loftet: {seats: 1}
rounds:
  - id: R1
    name: Runde 1
    start: "10:00"
    end: "10:30"
    sessions:
      - code: 1A # one
        title: Et
      - {code: 1B, title: To, presenters: [{name: Nils}]}
      - code: 1C
        title: Tre
        room: auto # what is free
        min_participants: 2
        may_be_cancelled: true
        presenters: [{name: Eva}]
  - id: R2
    name: Runde 2
    start: "11:00"
    end: "11:30"
    sessions:
      - {code: 2A, title: Fire, room: Panorama}
      - {code: 2B, title: Fem, room: Fjorden, keep_free: 1}
      - {code: 2C, title: Seks, room: Loftet}
rules:
  at_most: {organisation: 2}
  apart: [[Åse, Bo]]
  together: [{participants: [Cai, Bo], round: R1}]
pins:
  - {participant: Åse, in: 1A, reason: has to}
  - {organisation: Vejle, not_in: 2C}
"""
PREFS = """\
name,email,organisation,step_free,attends,R1,R2
Nils,,Vejle,,,,2A
Eva,,Vejle,,,1B > 1A,2B
Åse,,Ribe,yes,,1B,2B
Bo,,Ribe,,,1B,2A
Cai,,Ribe,,R1,1B > 1A,
"""
HEAD = "name,email,organisation,step_free,attends,R1,R2\n"


@pytest.fixture(autouse=True)
def in_a_folder_of_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("program.yaml").write_text(PROGRAM.replace("yes}", "true}"), encoding="utf-8")
    Path("prefs.csv").write_text(PREFS, encoding="utf-8")


def run(*arguments: str) -> Result:
    return CliRunner().invoke(app, arguments)


def assigned(*arguments: str) -> Result:
    done = run("assign", "prefs.csv", *arguments)
    assert done.exit_code == 0, done.output
    return done


def test_rooms_are_chosen_and_filled_in() -> None:
    done = assigned("--save", "saved.csv", "--save-program", "fixed.yaml")

    assert "rooms chosen: R1: 1A in Fjorden, 1B in Panorama" in done.stdout
    assert "cancelled: 1C Tre: fewer than 2 would come; Eva is free in that round" in done.stdout
    assert "decided beforehand: Åse is in 1A: has to" in done.stdout
    assert "Saved program.yaml with 2 rooms filled in: fixed.yaml\n" in done.stderr
    assert "Left open in it, as nobody comes: 1C\n" in done.stderr
    before, after = (Path(name).read_text("utf-8") for name in ("program.yaml", "fixed.yaml"))
    changes = [line for line in difflib.ndiff(before.splitlines(), after.splitlines()) if line[0] in "+-"]
    assert changes == [
        "+         room: Fjorden",
        "-       - {code: 1B, title: To, presenters: [{name: Nils}]}",
        "+       - {code: 1B, title: To, room: Panorama, presenters: [{name: Nils}]}",
    ]


def test_the_same_rosters_come_out_of_what_was_saved() -> None:
    done = assigned("--save", "saved.csv", "--save-program", "fixed.yaml")

    again = run("rosters", "saved.csv", "--prefs", "prefs.csv")
    assert again.exit_code == 0, again.output
    assert again.stdout
    assert done.stdout.startswith(again.stdout)
    fixed = run("rosters", "saved.csv", "--program", "fixed.yaml")
    # Only a room that is too small for it is left for 1C, which is cancelled all the same.
    assert "program.yaml" not in again.stderr
    assert "fixed.yaml:19:27: warning MV053 min_participants is 2, but session 1C has 1 seat" in fixed.stderr
    assert fixed.stdout == again.stdout
    in_a_room = run("rosters", "saved.csv", "--room", "loftet")
    assert "1C" not in in_a_room.stdout
    assert "2C Seks" in in_a_room.stdout
    nothing = run("rosters", "saved.csv", "--room", "Loftet", "--round", "R1")
    assert (nothing.stdout, nothing.stderr) == (
        "",
        "Nothing to print: there is no session in Loftet in R1.\n",
    )


def test_json_has_the_rooms_that_were_chosen() -> None:
    whole = json.loads(assigned("--json").stdout)

    rooms = {session["code"]: (session["room"], session.get("cancelled")) for session in whole["sessions"]}
    assert rooms["1A"] == ("Fjorden", None)
    assert rooms["1C"] == (None, True)
    assert {person["name"]: person["sessions"] for person in whole["participants"]}["Cai"] == {"R1": "1B"}


def test_what_is_proven_is_proven_of_the_program_before_rooms_were_chosen() -> None:
    assigned("--save", "saved.csv", "--certificate", "proof.json")

    done = run("verify", "saved.csv", "--prefs", "prefs.csv", "--certificate", "proof.json")
    assert "inputs: the program and the wishes are those that were certified" in done.stdout


def test_where_no_room_is_open_the_program_is_copied() -> None:
    text = PROGRAM.replace("yes}", "true}").replace("title: Et\n", "title: Et\n        room: Fjorden\n")
    text = text.replace("title: To,", "title: To, room: Loftet,").replace("auto #", "Panorama #")
    Path("program.yaml").write_text(text, encoding="utf-8")

    done = assigned("--save-program", "fixed.yaml")

    assert "No session needed a room: fixed.yaml is a copy of program.yaml\n" in done.stderr
    assert Path("fixed.yaml").read_text("utf-8") == text
    assert "rooms chosen" not in done.stdout


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        (["--save-program", "program.yaml"], 2, "program.yaml is an input, and is not overwritten"),
        (["--save-program", "there.yaml"], 1, "there.yaml: exists already; --force writes over it"),
        (["--save-program", "-", "--json"], 2, "only one thing can go to standard output"),
        (["--save-program", "x", "--save", "x"], 2, "cannot be both --save and --save-program"),
        (["--save-program", "x", "--certificate", "x"], 2, "cannot be both --save-program and --certificate"),
    ],
)
def test_what_the_program_is_not_saved_to(arguments: list[str], code: int, message: str) -> None:
    Path("there.yaml").write_text("mine", encoding="utf-8")

    done = run("assign", "prefs.csv", *arguments)

    assert done.exit_code == code
    assert message in done.stderr
    assert Path("there.yaml").read_text("utf-8") == "mine"
    assert not Path("x").exists()


def test_with_force_it_is_written_over() -> None:
    Path("there.yaml").write_text("mine", encoding="utf-8")
    assigned("--save-program", "there.yaml", "--force")
    assert "room: Fjorden" in Path("there.yaml").read_text("utf-8")


def test_rules_that_clash_are_told_of_and_nothing_is_written() -> None:
    text = PROGRAM.replace("yes}", "true}").replace("not_in: 2C", "in: 2C")
    Path("program.yaml").write_text(text, encoding="utf-8")

    done = run("assign", "prefs.csv", "--save-program", "fixed.yaml")

    assert done.exit_code == 3
    assert done.stderr.startswith("error: R2 (Runde 2): these cannot all hold\n")
    assert "  - 2C in Loftet has 1 seat\n" in done.stderr
    assert "  help: " in done.stderr
    assert not Path("fixed.yaml").exists()


LAWFUL = {
    "Nils": ",,Vejle,,,1B,2A",
    "Eva": ",,Vejle,,,1B,2A",
    "Åse": ",,Ribe,yes,,1A,2B",
    "Bo": ",,Ribe,,,1B,2A",
    "Cai": ",,Ribe,,R1,1B,",
}


@pytest.mark.parametrize(
    ("rows", "places", "message"),
    [
        ({}, [], ""),
        ({"Eva": ",,Vejle,,,1B,2C"}, ["3:17 MV208"], "Eva is in 2C, but everybody of Vejle is not in 2C"),
        ({"Eva": ",,Vejle,,,1C,2A"}, ["1:43 MV209"], "1C has 0 participants, and needs 2 at least"),
        (
            {"Dea": ",,ribe,,,1B,2C", "Eva": ",,Vejle,,,1A,2A"},
            ["7:13 MV210"],
            "1B has 3 participants of Ribe, and may have 2",
        ),
        (
            {"Bo": ",,Ribe,,,1A,2A", "Cai": ",,Ribe,,R1,1B,"},
            ["4:16 MV212", "6:15 MV211"],
            "Cai is in 1B, but together with Bo, who is in 1A",
        ),
        (
            {"Åse": ",,Ribe,yes,,1A,2C"},
            ["4:19 MV213"],
            "Åse is in 2C in Loftet, but needs a step-free room",
        ),
        (
            {"Dea": ",,,,,1A,2C", "Finn": ",,,,R1,1A,"},
            ["1:43 MV214"],
            "there are no rooms in R1 that hold 1A (3), 1B (3), 1C (0), each in its own",
        ),
    ],
)
def test_each_rule_that_a_saved_assignment_breaks_is_told_of(
    rows: dict[str, str], places: list[str], message: str
) -> None:
    changed = {**LAWFUL, **rows}
    text = HEAD + "".join(f"{name}{row}\n" for name, row in changed.items())
    Path("saved.csv").write_text(text, encoding="utf-8")

    done = run("rosters", "saved.csv")

    assert message in done.stderr
    found = re.findall(r"^saved\.csv:(\d+:\d+): (MV\d+)", done.stderr, re.MULTILINE)
    assert [f"{place} {code}" for place, code in found] == places
    assert done.exit_code == (1 if places else 0)
