"""Groups from program.yaml to the seats: sessions for some grades only, and pins of a whole grade."""

from __future__ import annotations

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
      - {{code: 1A, title: Robots, room: Lab, only: {only}}}
      - {{code: 1B, title: Chess, room: Hall}}
pins: [{pins}]
"""
WISHES = """\
name,grade,R1
Åse,7,1A > 1B
Bo,8,1A > 1B
Cai,9th,1A > 1B
Dea,9,1A > 1B
Eva,,1A > 1B
Finn,9,1A > 1B
"""


def write(desk: Path, *, only: str = "{grade: [8, 9]}", pins: str = "", wishes: str = WISHES) -> None:
    (desk / "program.yaml").write_text(PROGRAM.format(only=only, pins=pins), encoding="utf-8")
    (desk / "prefs.csv").write_text(wishes, encoding="utf-8")


def seats(desk: Path) -> dict[str, str]:
    rows = (desk / "seats.csv").read_text(encoding="utf-8").splitlines()[1:]
    return {row.split(",")[0]: row.split(",")[-1] for row in rows}


def test_a_session_is_only_for_some_and_that_is_proven_and_audited(desk: Path) -> None:
    write(desk)
    done = run(desk, "assign", "prefs.csv", "--save", "seats.csv", "--plain", "--certificate", "proof.json")

    assert done.returncode == 0
    assert "Proven" in done.stdout
    # Four of these grades want three seats; the others wish for nothing that they could not have.
    assert "total 1 (the minimum)" in done.stdout
    assert {name for name, code in seats(desk).items() if code == "1A"} < {"Bo", "Cai", "Dea", "Finn"}
    verify = run(desk, "verify", "seats.csv", "--prefs", "prefs.csv", "--certificate", "proof.json")
    assert verify.returncode == 0
    file = desk / "seats.csv"
    file.write_text(file.read_text(encoding="utf-8").replace("Åse,,,7,1B", "Åse,,,7,1A"), encoding="utf-8")
    judged = run(desk, "rosters", "seats.csv")
    assert judged.returncode == 1
    assert "MV208 Åse is in 1A, but 1A is only for grade 8, 9 (program.yaml:10)" in judged.stderr


def test_check_tells_of_wishes_for_what_is_only_for_others_and_does_not_count_them(desk: Path) -> None:
    write(desk)
    done = run(desk, "check", "prefs.csv")

    told = "MV188 2 wishes for sessions that are only for others are struck from the lists: 1A (2)"
    assert told in done.stdout
    assert "1A Robots, Lab: 3 seats, first wish of 4, listed by 4, over by 1\n" in done.stdout
    assert "1B Chess, Hall: 9 seats, first wish of 2, listed by 6\n" in done.stdout
    assert "wishes: 6 ranked all they can choose" in done.stdout


def test_check_does_not_count_wishes_that_a_ban_is_in_the_way_of(desk: Path) -> None:
    write(desk, only="{}", pins="{grade: 9, not_in: 1A}")
    done = run(desk, "check", "prefs.csv")

    assert "first wish of 3, listed by 3\n" in done.stdout
    assert "wishes: 6 ranked all they can choose" in done.stdout


@pytest.mark.parametrize("of", ["9", "[9]", '"9th"'])
def test_a_value_may_stand_alone_and_be_spelled_otherwise(desk: Path, of: str) -> None:
    write(desk, only=f"{{grade: {of}}}")
    assert run(desk, "assign", "prefs.csv", "--save", "seats.csv", "--plain").returncode == 0
    assert {name for name, code in seats(desk).items() if code == "1A"} == {"Cai", "Dea", "Finn"}


def test_a_pin_and_a_ban_may_be_of_a_whole_grade(desk: Path) -> None:
    write(desk, only="{}", pins="{grade: 9, in: 1B}, {grade: 7, not_in: 1A}")
    assert run(desk, "assign", "prefs.csv", "--save", "seats.csv", "--plain").returncode == 0
    assert seats(desk) == {"Bo": "1A", "Eva": "1A", **dict.fromkeys(("Åse", "Cai", "Dea", "Finn"), "1B")}
    shown = run(desk, "show").stdout
    assert "everybody of grade 9 is in 1B" in shown


def test_show_says_whom_a_session_is_for(desk: Path) -> None:
    write(desk)
    assert "1A is only for grade 8, 9" in run(desk, "show").stdout


@pytest.mark.parametrize(
    ("pins", "message"),
    [
        (
            "{participant: Åse, in: 1A}",
            "MV156 Åse (prefs.csv:2): 1A is only for grade 8, 9, but Åse is in 1A (line 12)",
        ),
        (
            "{grade: 7, in: 1A}",
            "MV156 Åse (prefs.csv:2): 1A is only for grade 8, 9, but everybody of grade 7 is in 1A (line 12)",
        ),
    ],
)
def test_a_pin_to_what_is_only_for_others_is_a_fault(desk: Path, pins: str, message: str) -> None:
    write(desk, pins=pins)
    done = run(desk, "check", "prefs.csv")
    assert done.returncode == 1
    assert message in done.stdout


def test_a_grade_that_nobody_is_in_is_a_warning(desk: Path) -> None:
    write(desk, only="{grade: [9, 10]}", pins="{grade: 6, not_in: 1B}")
    done = run(desk, "check", "prefs.csv")
    assert done.returncode == 0
    assert 'MV152 nobody of grade "10" has a row in prefs.csv' in done.stdout
    assert 'MV152 nobody of grade "6" has a row in prefs.csv' in done.stdout


def test_what_clashes_is_explained(desk: Path) -> None:
    write(desk, only="{grade: 8}", wishes=WISHES.replace("Hall: 9", "Hall: 2"))
    text = (desk / "program.yaml").read_text(encoding="utf-8").replace("Hall: 9", "Hall: 4")
    (desk / "program.yaml").write_text(text, encoding="utf-8")
    done = run(desk, "assign", "prefs.csv")
    assert done.returncode == 3
    assert "1A is only for grade 8 (program.yaml:10)" in done.stderr
    assert "find 1 more seat for 1B" in done.stderr


@pytest.mark.parametrize(
    ("only", "pins", "code"),
    [
        ("{class: 9}", "", "MV010"),
        ("[9]", "", "MV012"),
        ("{grade: []}", "", "MV012"),
        ("{}", "{class: 9, in: 1A}", "MV010"),
        ("{}", "{grade: 9, participant: Bo, in: 1A}", "MV015"),
        ("{}", "{grade: 9, in: 1A}, {grade: 9th, in: 1B}", "MV050"),
    ],
)
def test_a_program_that_names_groups_wrongly(desk: Path, only: str, pins: str, code: str) -> None:
    write(desk, only=only, pins=pins)
    done = run(desk, "validate", "--output-format", "concise")
    assert done.returncode == 1
    assert [line.split()[1] for line in done.stdout.splitlines()[:-1]] == [code]


RULES = """\
rules: {{fairness: [worst, total], {rules}}}
"""


def test_so_many_of_one_grade_at_most_are_in_a_session(desk: Path) -> None:
    write(desk, only="{}")
    program = (desk / "program.yaml").read_text(encoding="utf-8")
    (desk / "program.yaml").write_text(program + RULES.format(rules="at_most: {grade: 1}"), encoding="utf-8")
    wishes = WISHES.replace("Dea,9,1A > 1B\n", "").replace("Finn,9,", "Finn,10,").replace("Bo,8", "Bo,9")
    (desk / "prefs.csv").write_text(wishes, encoding="utf-8")

    done = run(desk, "assign", "prefs.csv", "--save", "seats.csv", "--plain", "--certificate", "proof.json")

    assert done.returncode == 0
    seated = seats(desk)
    # Nobody is of one grade with Åse, Eva and Finn; Bo and Cai are of one.
    assert seated["Bo"] != seated["Cai"]
    assert list(seated.values()).count("1A") == 3
    verify = run(desk, "verify", "seats.csv", "--prefs", "prefs.csv", "--certificate", "proof.json")
    assert verify.returncode == 0
    assert "At most 1 of one grade are in a session." in run(desk, "show").stdout
    rows = (desk / "seats.csv").read_text(encoding="utf-8")
    (desk / "seats.csv").write_text(rows.replace(",9,1A", ",9,1B"), encoding="utf-8")
    judged = run(desk, "rosters", "seats.csv")
    assert "MV210 1B has 2 participants of grade 9, and may have 1" in judged.stderr


def test_rules_of_a_grade_that_clash_are_explained(desk: Path) -> None:
    write(desk, only="{}")
    program = (desk / "program.yaml").read_text(encoding="utf-8")
    (desk / "program.yaml").write_text(program + RULES.format(rules="at_most: {grade: 1}"), encoding="utf-8")

    done = run(desk, "assign", "prefs.csv")

    assert done.returncode == 3
    assert "1 participant of grade 9 at most are in one session" in done.stderr
    assert "allow 1 more participant of grade 9 in one session" in done.stderr
    told = run(desk, "check", "prefs.csv").stdout
    assert "warning: R1: 3 participants of grade 9; at most 1 may be in each of 2 sessions" in told


def test_a_grade_is_spread_over_the_sessions(desk: Path) -> None:
    write(desk, only="{}", wishes="name,grade,R1\nÅse,7,\nBo,7,\nCai,8,\nDea,8,\n")
    program = (desk / "program.yaml").read_text(encoding="utf-8")
    (desk / "program.yaml").write_text(program + RULES.format(rules="spread: grade"), encoding="utf-8")

    done = run(desk, "assign", "prefs.csv", "--save", "seats.csv", "--plain", "--certificate", "proof.json")

    assert "spread 0" in done.stdout
    seated = seats(desk)
    assert (seated["Åse"] != seated["Bo"], seated["Cai"] != seated["Dea"]) == (True, True)
    verify = run(desk, "verify", "seats.csv", "--prefs", "prefs.csv", "--certificate", "proof.json")
    assert verify.returncode == 0
    assert "Participants of one grade are spread over the sessions." in run(desk, "show").stdout


@pytest.mark.parametrize(
    ("rules", "code"),
    [
        ("at_most: {grade: 5, organisation: 5}", "MV015"),
        ("at_most: {}", "MV015"),
        ("at_most: {class: 5}", "MV010"),
        ("spread: class", "MV012"),
    ],
)
def test_rules_that_name_groups_wrongly(desk: Path, rules: str, code: str) -> None:
    write(desk)
    program = (desk / "program.yaml").read_text(encoding="utf-8")
    (desk / "program.yaml").write_text(program + RULES.format(rules=rules), encoding="utf-8")
    done = run(desk, "validate", "--output-format", "concise")
    assert [line.split()[1] for line in done.stdout.splitlines()[:-1]] == [code]
