"""Friends from the answers to the seats: told by check, kept together by assign, known to what follows."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.test_cli import desk, run

__all__ = ["desk"]

PROGRAM = """\
event: {{name: Skoledagen, date: 2018-01-30, start: "09:00", end: "15:00", language: en}}
rooms: {{Hall: 3, Lab: 3, Attic: 3}}
rounds:
  - id: R1
    name: Round 1
    start: "10:00"
    end: "11:00"
    sessions:
      - {{code: 1A, title: Robots, room: Hall}}
      - {{code: 1B, title: Chess, room: Lab}}
      - {{code: 1C, title: Cooking, room: Attic}}
rules: {{{rules}}}
"""
LAST = "fairness: [worst, total, friends]"
FIRST = "fairness: [friends, worst, total]"
ALWAYS = "with: always"
WISHES = """\
name,with,R1
Åse Holm,Bo Lund,1A > 1B
Bo Lund,"Holm, Åse; Cai",1B > 1A
Cai Vogt,,1A = 1B
Dea Krag,Eva Friis og Cai Vogt,1B
Eva Friis,Dea Krag,1B = 1C
Finn Bech,Bo Lnud,1C
"""
CHANGED = WISHES.replace("Finn Bech,Bo Lnud,1C\n", "")


def write(desk: Path, rules: str, wishes: str = WISHES) -> None:
    (desk / "program.yaml").write_text(PROGRAM.format(rules=rules), encoding="utf-8")
    (desk / "prefs.csv").write_text(wishes, encoding="utf-8")


def seats(desk: Path, name: str = "seats.csv") -> dict[str, str]:
    rows = (desk / name).read_text(encoding="utf-8").splitlines()[1:]
    return {row.split(",")[0]: row.split(",")[-1] for row in rows}


def test_check_tells_who_named_whom_in_vain_and_which_names_mean_nobody(desk: Path) -> None:
    write(desk, LAST)
    done = run(desk, "check", "prefs.csv")
    assert done.returncode == 0
    assert "friends: 2 pairs named each other; 2 names not returned\n" in done.stdout
    assert "\nNot named back:\nBo Lund → Cai Vogt\nDea Krag → Cai Vogt\n\n" in done.stdout
    assert 'Finn Bech wants to be with "Bo Lnud": nobody called that has a row' in done.stdout
    assert 'did you mean "Bo Lund"?' in done.stdout
    assert '1 name is taken for the only one who can be meant: "Cai" for Cai Vogt' in done.stdout
    assert "MV195" not in done.stdout


def test_check_tells_that_the_program_asks_for_nothing_and_how_it_could(desk: Path) -> None:
    write(desk, "seed: 1")
    told = run(desk, "check", "prefs.csv").stdout
    assert 'prefs.csv:1:6: warning MV195 "with" says who would like to be together' in told
    assert "with: always" in told


@pytest.mark.parametrize(("rules", "apart", "together"), [(LAST, 1, {"Eva"}), (FIRST, 0, {"Eva", "Bo"})])
def test_friends_are_together_as_far_as_that_is_asked(
    desk: Path, rules: str, apart: int, together: set[str]
) -> None:
    write(desk, rules)
    done = run(desk, "assign", "prefs.csv", "--save", "seats.csv", "--plain", "--certificate", "proof.json")
    assert done.returncode == 0
    assert f"friends {apart} " in done.stdout
    assert "Proven" in done.stdout
    seated = seats(desk)
    assert (seated["Dea Krag"] == seated["Eva Friis"]) is ("Eva" in together)
    assert (seated["Åse Holm"] == seated["Bo Lund"]) is ("Bo" in together)
    verified = run(desk, "verify", "seats.csv", "--prefs", "prefs.csv", "--certificate", "proof.json")
    assert f"friends {apart}: the minimum" in verified.stdout
    assert ("proven by counting" in verified.stdout) is (apart == 0)


def test_who_wants_to_be_with_whom_is_in_no_file_that_is_handed_out(desk: Path) -> None:
    write(desk, FIRST)
    run(desk, "assign", "prefs.csv", "--save", "seats.csv", "--plain")
    assert (desk / "seats.csv").read_text(encoding="utf-8").splitlines()[0] == "name,email,organisation,R1"
    run(desk, "export", "seats.csv", "out", "--only", "csv,html,ics,xlsx")
    for file in (each for each in (desk / "out").rglob("*") if each.suffix in {".csv", ".html", ".ics"}):
        assert "Lnud" not in file.read_text(encoding="utf-8")


def test_a_rule_binds_friends_and_can_be_done_without(desk: Path) -> None:
    write(desk, ALWAYS)
    done = run(desk, "assign", "prefs.csv", "--save", "seats.csv", "--plain", "--certificate", "proof.json")
    assert done.returncode == 0
    seated = seats(desk)
    assert (seated["Åse Holm"], seated["Dea Krag"]) == (seated["Bo Lund"], seated["Eva Friis"])
    assert "total 1 " in done.stdout
    assert (
        "every rule is kept"
        in run(desk, "verify", "seats.csv", "--prefs", "prefs.csv", "--certificate", "proof.json").stdout
    )
    without = run(desk, "what-if", "prefs.csv", "--without-rule", "with").stdout
    assert "worst 0 instead of 1" in without
    assert "with: delete it" in without
    explained = run(desk, "explain", "seats.csv", "Bo Lund", "--prefs", "prefs.csv").stdout
    assert "you and one other participant are in the same session" in explained
    assert "Those who wish to be with each other are together." in run(desk, "show").stdout
    apart = (
        (desk / "seats.csv")
        .read_text(encoding="utf-8")
        .replace(f"Eva Friis,,,{seated['Eva Friis']}", "Eva Friis,,,1A")
    )
    (desk / "apart.csv").write_text(apart, encoding="utf-8")
    judged = run(desk, "audit", "apart.csv", "--prefs", "prefs.csv")
    assert judged.returncode == 1
    assert "MV211" in judged.stdout


def test_friends_for_whom_no_session_has_seats_are_named(desk: Path) -> None:
    """Åse and Bo, Bo and Cai, Cai and Dea, who has Eva with her: five, and three seats in each session."""
    wishes = WISHES.replace("Cai Vogt,,", 'Cai Vogt,"Bo Lund, Dea Krag",')
    write(desk, ALWAYS, wishes)
    done = run(desk, "assign", "prefs.csv")
    assert done.returncode == 3
    assert "together: Bo Lund, Cai Vogt, Dea Krag, Eva Friis, Åse Holm (prefs.csv:2)" in done.stderr


@pytest.mark.parametrize("rules", [LAST, FIRST, ALWAYS])
def test_whatever_goes_on_from_it_can(desk: Path, rules: str) -> None:
    write(desk, rules)
    run(desk, "assign", "prefs.csv", "--save", "seats.csv", "--plain")
    for command in (
        ("advise", "prefs.csv"),
        ("what-if", "prefs.csv", "--add-seats", "1B=2"),
        ("waiting", "seats.csv", "--prefs", "prefs.csv"),
        ("audit", "seats.csv", "--prefs", "prefs.csv"),
        ("explain", "seats.csv", "Finn Bech", "--prefs", "prefs.csv"),
        ("compare", "prefs.csv"),
        ("day", "Finn Bech", "seats.csv"),
        ("rosters", "seats.csv", "--prefs", "prefs.csv"),
    ):
        done = run(desk, *command)
        assert done.returncode == 0, (command, done.stdout, done.stderr)
    (desk / "prefs.csv").write_text(CHANGED, encoding="utf-8")
    done = run(desk, "assign", "prefs.csv", "--keep", "seats.csv", "--save", "again.csv", "--plain", "--json")
    assert done.returncode == 0
    stages = {each["criterion"]: each["value"] for each in json.loads(done.stdout)["stages"]}
    assert stages["moved"] == 0
    assert seats(desk, "again.csv").items() <= seats(desk).items()


def test_a_program_that_asks_for_anything_else_is_told_what_there_is(desk: Path) -> None:
    write(desk, "with: if possible")
    done = run(desk, "validate")
    assert done.returncode == 1
    assert 'MV012 with: must be always, not "if possible"' in done.stdout
    assert "write with: always; or leave it out, and add friends to fairness" in done.stdout
