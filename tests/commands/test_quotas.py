"""How many of one grade a session may or must have, from program.yaml to the seats."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.test_cli import desk, run

__all__ = ["desk"]

PROGRAM = """\
event: {{name: Skoledagen, date: 2018-01-30, start: "09:00", end: "15:00", language: en}}
rooms: {{Hall: 9, Lab: 3}}
groups: [grade]
rounds:
  - id: R1
    name: Round 1
    start: "10:00"
    end: "11:00"
    sessions:
      - {{code: 1A, title: Robots, room: Lab, {robots}}}
      - {{code: 1B, title: Chess, room: Hall, {chess}}}
"""
WISHES = """\
name,grade,R1
Åse,8,1A > 1B
Bo,8,1A > 1B
Cai,9th,1A > 1B
Dea,9,1A > 1B
Eva,,1B
"""


def write(desk: Path, *, robots: str, chess: str = "by: [Klubben]") -> None:
    (desk / "program.yaml").write_text(PROGRAM.format(robots=robots, chess=chess), encoding="utf-8")
    (desk / "prefs.csv").write_text(WISHES, encoding="utf-8")


def seats(desk: Path) -> dict[str, str]:
    rows = (desk / "seats.csv").read_text(encoding="utf-8").splitlines()[1:]
    return {row.split(",")[0]: row.split(",")[-1] for row in rows}


def in_robots(desk: Path, **asked: str) -> set[str]:
    write(desk, **asked)
    done = run(
        desk,
        "assign",
        "prefs.csv",
        "--save",
        "seats.csv",
        "--plain",
        "--force",
        "--certificate",
        "proof.json",
    )
    assert done.returncode == 0
    assert "Proven" in done.stdout
    verified = run(desk, "verify", "seats.csv", "--prefs", "prefs.csv", "--certificate", "proof.json")
    assert "lawful: everybody has a seat in each round" in verified.stdout
    return {name for name, code in seats(desk).items() if code == "1A"}


def test_no_more_of_one_grade_than_a_session_may_have(desk: Path) -> None:
    robots = in_robots(desk, robots="at_most: {grade: 1}")
    assert len(robots) == 2
    assert len(robots & {"Åse", "Bo"}) == 1


def test_a_number_may_be_for_one_grade_alone(desk: Path) -> None:
    robots = in_robots(desk, robots='at_most: {grade: {"9th": 1}}')
    assert len(robots & {"Cai", "Dea"}) == 1
    assert {"Åse", "Bo"} <= robots


def test_no_fewer_of_each_grade_than_a_session_must_have(desk: Path) -> None:
    """Eva is in no grade, and none is asked of her."""
    robots = in_robots(desk, robots="max_participants: 3", chess="at_least: {grade: 1}")
    assert len(robots) == 2
    assert len(robots & {"Åse", "Bo"}) == 1


def test_a_session_that_is_not_held_asks_for_nothing(desk: Path) -> None:
    few = "at_least: {grade: {8: 9}}, min_participants: 2, may_be_cancelled: true"
    assert in_robots(desk, robots=few) == set()


@pytest.mark.parametrize(
    ("edited", "told"),
    [
        (("Eva,,,,1B", "Eva,,,,1A"), ""),
        (("Bo,,,8,1B", "Bo,,,8,1A"), "MV210 1A has 2 participants of grade 8, and may have 1\n"),
        (("Åse,,,8,1A", "Åse,,,8,1B"), "MV222 1A has 0 participants of grade 8, and needs 1 at least\n"),
    ],
)
def test_what_was_moved_by_hand_is_judged(desk: Path, edited: tuple[str, str], told: str) -> None:
    write(desk, robots="at_most: {grade: {8: 1}}, at_least: {grade: {8: 1}}")
    (desk / "seats.csv").write_text(
        "name,email,organisation,grade,R1\nÅse,,,8,1A\nBo,,,8,1B\nCai,,,9,1B\nDea,,,9,1B\nEva,,,,1B\n".replace(
            *edited
        ),
        encoding="utf-8",
    )
    judged = run(desk, "audit", "seats.csv", "--prefs", "prefs.csv", "--no-optimum")
    assert told in judged.stdout + judged.stderr
    assert judged.returncode == bool(told)


def test_what_cannot_be_is_told_with_names_and_numbers(desk: Path) -> None:
    write(desk, robots="at_least: {grade: 1}", chess="at_least: {grade: {8: 2}}")
    done = run(desk, "assign", "prefs.csv")
    assert done.returncode == 3
    assert "- 1A has 1 participant of grade 8 at least\n" in done.stderr
    assert "- 1B has 2 participants of grade 8 at least\n" in done.stderr
    assert "ask for 1 participant fewer of grade 8 in 1A" in done.stderr
    checked = run(desk, "check", "prefs.csv")
    assert "warning: R1: 1A and 1B need at least 3 participants of grade 8; there are 2\n" in checked.stdout


def test_a_limit_and_what_is_only_for_others_may_clash(desk: Path) -> None:
    write(desk, robots="at_most: {grade: {8: 1}}", chess="only: {grade: 9}")
    done = run(desk, "assign", "prefs.csv")
    assert done.returncode == 3
    assert "- 1A has 1 participant of grade 8 at most\n" in done.stderr
    assert "allow 1 more participant of grade 8 in 1A" in done.stderr


def test_a_grade_that_nobody_is_in_is_told_once(desk: Path) -> None:
    write(desk, robots="at_most: {grade: {10: 2}}", chess="at_most: {grade: {10: 3}}")
    done = run(desk, "check", "prefs.csv")
    assert done.stdout.count('MV152 nobody of grade "10" has a row in prefs.csv') == 1


def test_a_queue_does_not_keep_them_and_says_so(desk: Path) -> None:
    write(desk, robots="at_most: {grade: 2}", chess='at_least: {grade: {"9": 1}}')
    done = run(desk, "assign", "prefs.csv", "--mechanism", "lottery")
    assert "- at most 2 of one grade in 1A\n" in done.stderr
    assert "- at least 1 of grade 9 in 1B\n" in done.stderr


def test_show_tells_of_them(desk: Path) -> None:
    write(desk, robots="at_most: {grade: 2}", chess="at_least: {grade: {9: 1}, organisation: 1}")
    shown = run(desk, "show").stdout
    assert "at most 2 of one grade\n" in shown
    assert "at least 1 of grade 9, at least 1 of each organisation\n" in shown


def test_explain_tells_that_no_more_of_a_grade_may_be_in_a_session(desk: Path) -> None:
    robots = in_robots(desk, robots="at_most: {grade: 1}")
    (other,) = {"Åse", "Bo"} - robots
    told = run(desk, "explain", "seats.csv", other, "--prefs", "prefs.csv").stdout
    assert "There are already 1 participant of your grade in it, and there may be no more." in told


@pytest.mark.parametrize(("rule", "verdict"), [("at_most", "better"), ("at_least", "same")])
def test_what_if_drops_them(desk: Path, rule: str, verdict: str) -> None:
    write(desk, robots="at_most: {grade: 1}, at_least: {grade: {9: 1}}")
    done = run(desk, "what-if", "prefs.csv", "--without-rule", rule, "--json")
    assert json.loads(done.stdout)["verdict"] == verdict
