"""`midtvejs what-if`."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.test_cli import PROGRAM, desk, files, run

__all__ = ["desk"]

NOTHING_DIFFERENT = """\
what if: Panorama has 1 seat (1 now)

now: worst 1 (0 is impossible), total 3 (the minimum), even 3 (the minimum)
then: worst 1 (0 is impossible), total 3 (the minimum), even 3 (the minimum)
As fair as now.

Of 3 participants, nobody would change sessions.

program.yaml says so already.
"""


def test_what_changes_nothing_changes_nothing(desk: Path) -> None:
    done = run(desk, "what-if", "prefs.csv", "--seats", "Panorama=1")
    assert (done.returncode, done.stderr, done.stdout) == (0, "", NOTHING_DIFFERENT)


def test_criteria_before_and_after_who_would_gain_and_what_to_write(desk: Path) -> None:
    before = files(desk)
    done = run(desk, "what-if", "prefs.csv", "--seats", "panorama=3", "--names")
    assert (done.returncode, done.stderr) == (0, "")
    assert "then: worst 0 (nobody can do better), total 0 (the minimum)" in done.stdout
    assert "Better: worst 0 instead of 1.\n" in done.stdout
    assert "Of 3 participants, 3 would gain.\nWould gain:\n" in done.stdout
    assert done.stdout.endswith("To make it so, in program.yaml:\n  rooms, Panorama: seats: 3\n")
    assert files(desk) == before


def test_json_tells_the_same(desk: Path) -> None:
    done = run(desk, "what-if", "prefs.csv", "--add-seats", "1A=2", "--json")
    thing = json.loads(done.stdout)
    assert (done.returncode, thing["verdict"], thing["lose"]) == (0, "better", 0)
    assert [stage["value"] for stage in thing["before"]] == [1, 3, 3]
    assert [stage["value"] for stage in thing["after"]] == [1, 1, 1]
    assert thing["gain"] == thing["changes"]["moved"] == 2
    assert thing["what_if"] == ["1A has 2 seats more (1 → 3)"]


def test_what_is_written_as_told_is_what_was_tried(desk: Path) -> None:
    tried = json.loads(run(desk, "what-if", "prefs.csv", "--swap", "1A=1B", "--json").stdout)
    assert tried["edits"] == ["session 1A: room: Fjorden", "session 1B: room: Panorama"]
    text = (desk / "program.yaml").read_text(encoding="utf-8")
    text = text.replace("title: Et, room: Panorama", "title: Et, room: Fjorden")
    text = text.replace("title: To, room: Fjorden", "title: To, room: Panorama")
    (desk / "program.yaml").write_text(text, encoding="utf-8")
    done = json.loads(run(desk, "assign", "prefs.csv", "--json").stdout)
    assert [stage["value"] for stage in done["stages"]] == [stage["value"] for stage in tried["after"]]


def test_what_is_cancelled_is_told_from_lists_as_they_are(desk: Path) -> None:
    done = run(desk, "what-if", "prefs.csv", "--cancel", "1A", "--seats", "Fjorden=3")
    assert (done.returncode, done.stderr) == (0, "")
    assert "By the lists as handed in, with what is cancelled still on them: worst" in done.stdout
    assert "What is cancelled is struck from 3 lists;" in done.stdout
    assert "session 1A: cancelled: true\n" in done.stdout


def test_everything_that_cannot_be_is_told_at_once(desk: Path) -> None:
    typed = ["--seats", "Panorma=3", "--cancel", "9Z", "--add-seats", "1A=-1", "--without-rule", "pins"]
    done = run(desk, "what-if", "prefs.csv", *typed)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.count("error: --") == 4
    assert 'there is no room "Panorma": did you mean "Panorama"?' in done.stderr


@pytest.mark.parametrize("text", ["P\x1b[2J=3", "[red]x[/red]=1", "\u202e=1", "=", "W" * 5000 + "=1"])
def test_what_was_typed_steers_no_terminal(desk: Path, text: str) -> None:
    done = run(desk, "what-if", "prefs.csv", "--seats", text)
    assert (done.returncode, done.stdout) == (2, "")
    assert not {"\x1b", "\u202e"} & set(done.stderr)
    assert len(done.stderr) < 300


def test_too_few_seats_are_explained_as_ever(desk: Path) -> None:
    done = run(desk, "what-if", "prefs.csv", "--cancel", "1A")
    assert (done.returncode, done.stdout) == (3, "")
    assert "error: R1 (Runde 1): 2 seats for 3 participants; 1 seat short" in done.stderr


def test_a_day_that_is_impossible_now_may_be_possible_then(desk: Path) -> None:
    (desk / "program.yaml").write_text(PROGRAM.format(panorama=1, fjorden=1), encoding="utf-8")
    done = run(desk, "what-if", "prefs.csv", "--seats", "Fjorden=2")
    assert (done.returncode, done.stderr) == (0, "")
    assert "now: no lawful assignment exists\nthen: worst 1" in done.stdout
    assert "Better: everybody can be seated.\n" in done.stdout
    assert (
        json.loads(run(desk, "what-if", "prefs.csv", "--seats", "Fjorden=2", "--json").stdout)["before"]
        is None
    )


def test_something_has_to_be_different(desk: Path) -> None:
    done = run(desk, "what-if", "prefs.csv")
    assert done.returncode == 2
    assert "say what is to be different" in done.stderr


@pytest.mark.parametrize("typed", ["A", "A:R2"])
def test_what_is_cancelled_as_told_is_what_was_tried(tmp_path: Path, typed: str) -> None:
    text = """\
event: {name: Prøvedagen, date: 2018-01-30, start: "09:00", end: "12:00"}
rooms: {Panorama: {seats: 1}, Fjorden: {seats: 3}, Loftet: {seats: 3}}
rounds:
  - {id: R1, name: Runde 1, start: "10:00", end: "10:30"}
  - {id: R2, name: Runde 2, start: "11:00", end: "11:30"}
sessions:
  - {code: A, title: Et, rounds: [R1, R2], room: Panorama, presenters: [{name: Bo}]}
  - {code: B, title: To, rounds: [R1, R2], room: Fjorden}
  - {code: C, title: Tre, rounds: [R1, R2], room: Loftet}
pins: [{participant: Åse, in: A, round: R2, reason: aftalt}]
"""
    (tmp_path / "program.yaml").write_text(text, encoding="utf-8")
    (tmp_path / "prefs.csv").write_text("name,wishes\nÅse,A > B\nBo,C > B\nCai,A\n", encoding="utf-8")
    done = run(tmp_path, "what-if", "prefs.csv", "--cancel", typed, "--json")
    tried = json.loads(done.stdout)
    (edit,) = tried["edits"]
    cancelled = text.replace("title: Et,", f"title: Et, {edit.removeprefix('session A: ')},")
    assert cancelled != text
    (tmp_path / "program.yaml").write_text(cancelled, encoding="utf-8")
    seated = json.loads(run(tmp_path, "assign", "prefs.csv", "--json").stdout)
    assert [stage["value"] for stage in seated["stages"]] == [stage["value"] for stage in tried["after"]]
    done = run(tmp_path, "what-if", "prefs.csv", "--cancel", typed)
    assert (done.returncode, done.stdout) == (2, "")
