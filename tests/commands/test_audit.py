"""``midtvejs audit``: on a small day, from end to end."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from midtvejs.cli.app import app

PROGRAM = """
event: {name: Prøvedagen, date: 2018-01-30, start: "09:00", end: "12:00"}
rooms:
  Panorama: {seats: 2}
  Fjorden: {seats: 2}
  Lillebælt: {seats: 2}
rounds:
  - id: R1
    name: Runde 1
    start: "10:00"
    end: "10:30"
    sessions:
      - {code: 1A, title: Et, room: Panorama}
      - {code: 1B, title: To, room: Fjorden}
      - {code: 1C, title: Tre, room: Lillebælt}
"""
PREFS = "name,R1\nÅse,1A > 1B > 1C\nBo,1A > 1C > 1B\nCai,1A > 1B > 1C\nDea,1C > 1B\n"
BEST = "name,R1\nÅse,1A\nBo,1C\nCai,1A\nDea,1C\n"


@pytest.fixture(autouse=True)
def in_a_folder_of_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("program.yaml").write_text(PROGRAM, encoding="utf-8")
    Path("prefs.csv").write_text(PREFS, encoding="utf-8")


def audit(assignment: str, *words: str) -> Result:
    Path("edited.csv").write_text(assignment, encoding="utf-8")
    return CliRunner().invoke(app, ["audit", "edited.csv", "--prefs", "prefs.csv", *words])


def test_the_fairest_is_said_to_be_so() -> None:
    done = audit(BEST)
    assert (done.exit_code, done.stderr) == (0, "")
    assert done.stdout == (
        "edited.csv: lawful\n"
        "worst 1: 0 is impossible\n"
        "total 1: the minimum\n"
        "even 1: the minimum\n"
        "Proven: by these criteria, in this order, no lawful assignment is fairer.\n"
    )


MEND = "To seat everybody again, and move the fewest: midtvejs assign prefs.csv --keep edited.csv\n"


@pytest.mark.parametrize(
    "assignment",
    [
        pytest.param(BEST.replace("Bo,1C\n", ""), id="somebody signed up late"),
        pytest.param(BEST + "Eva,1B\n", id="somebody dropped out"),
        pytest.param(BEST.replace("Dea,1C", "Dea,1A"), id="a room is too small"),
    ],
)
def test_what_keeping_it_mends_is_told_with_the_command_that_does(assignment: str) -> None:
    done = audit(assignment)
    assert (done.exit_code, done.stderr) == (1, MEND)
    assert CliRunner().invoke(app, MEND.split(": midtvejs ")[1].split()).exit_code == 0


@pytest.mark.parametrize("session", ["1Z", "", "1A > 1B"])
def test_what_cannot_be_kept_is_mended_in_the_file(session: str) -> None:
    done = audit(BEST.replace("Bo,1C\n", "").replace("Dea,1C", f"Dea,{session}"))
    assert (done.exit_code, done.stderr) == (1, "")


def test_an_assignment_of_other_people_is_not_to_be_kept() -> None:
    done = audit("name,R1\nEva,1A\n")
    assert (done.exit_code, done.stderr) == (1, "")


def test_what_is_lawful_and_not_the_fairest_is_no_fault_and_what_it_costs_is_said() -> None:
    done = audit("name,R1\nÅse,1B\nBo,1A\nCai,1A\nDea,1B\n")
    assert done.exit_code == 0
    assert done.stdout == (
        "edited.csv: lawful\n"
        "worst 1: 0 is impossible\n"
        "total 2: 1 more than the least possible, 1\n"
        "even 2: 1 more than in the optimum, 1\n"
        "Not the fairest: total 2 is 1 more than the least possible, 1.\n"
    )


def test_a_later_criterion_may_be_less_than_in_the_optimum() -> None:
    Path("prefs.csv").write_text(
        "name,R1\n"
        + "".join(f"{name},1A > 1B > 1C\n" for name in ("Åse", "Bo"))
        + "Cai,\nDea,1A > 1B > 1C\n",
        encoding="utf-8",
    )
    done = audit("name,R1\nÅse,1A\nBo,1A\nCai,1B\nDea,1C\n")
    assert "worst 2: 1 more than the least possible, 1" in done.stdout
    assert "total 2: 1 more than in the optimum, 1" in done.stdout


def test_as_json() -> None:
    done = audit("name,R1\nÅse,1B\nBo,1A\nCai,1A\nDea,1B\n", "--json")
    said = json.loads(done.stdout)
    assert (said["file"], said["lawful"], said["optimal"]) == ("edited.csv", True, False)
    assert said["criteria"][1] == {
        "criterion": "total",
        "value": 2,
        "optimum": 1,
        "bound": 1,
        "proven": True,
        "evidence": "prices",
    }
    assert said["diagnostics"] == []


def test_it_may_only_be_judged() -> None:
    done = audit(BEST, "--no-optimum")
    assert done.exit_code == 0
    assert done.stdout.splitlines() == [
        "edited.csv: lawful",
        "worst 1",
        "total 1",
        "even 1",
        "Judged only: it was not compared with the optimum.",
    ]
    assert json.loads(audit(BEST, "--no-optimum", "--json").stdout)["optimal"] is None


def test_of_too_many_in_a_room_it_is_said_who_goes_elsewhere_at_the_least_cost() -> None:
    done = audit("name,R1\nÅse,1A\nBo,1A\nCai,1A\nDea,1B\n")
    assert done.exit_code == 1
    assert done.stdout.splitlines()[0] == (
        "edited.csv:1:6: MV203 1A in Panorama has 2 seats and 3 participants"
    )
    assert done.stderr == (
        "To seat everybody again, and move the fewest: midtvejs assign prefs.csv --keep edited.csv\n"
    )
    (help_,) = [line for line in done.stdout.splitlines() if "help:" in line]
    assert help_.endswith(
        (
            "move Bo (line 3) to 1C (1 step more)",
            "(line 2) to 1B (1 step more)",
            "(line 4) to 1B (1 step more)",
        )
    )
    assert "help: 1 too many; at the least cost in wishes move " in help_


def test_nobody_is_sent_where_a_rule_is_against_it() -> None:
    bans = "".join(f"  - {{participant: {name}, not_in: 1B}}\n" for name in ("Åse", "Cai"))
    pins = "".join(f"  - {{participant: {name}, in: 1A}}\n" for name in ("Bo",))
    Path("program.yaml").write_text(f"{PROGRAM}pins:\n{bans}{pins}", encoding="utf-8")
    done = audit("name,R1\nÅse,1A\nBo,1A\nCai,1A\nDea,1B\n", "--output-format", "json")
    (fault,) = json.loads(done.stdout)
    assert fault["hint"] in {
        f"1 too many; at the least cost in wishes move {who} to 1C (2 steps more)"
        for who in ("Åse (line 2)", "Cai (line 4)")
    }


def test_where_no_move_keeps_the_rules_only_the_free_seats_are_told() -> None:
    pins = "".join(f"  - {{participant: {name}, in: 1A}}\n" for name in ("Åse", "Bo", "Cai"))
    Path("program.yaml").write_text(f"{PROGRAM}pins:\n{pins}", encoding="utf-8")
    done = audit("name,R1\nÅse,1A\nBo,1A\nCai,1A\nDea,1B\n", "--output-format", "json")
    (fault,) = json.loads(done.stdout)
    assert fault["hint"] == (
        "1 too many; free seats in R1: 1 in 1B, 2 in 1C; no moves were found that break no rule"
    )


def test_where_seats_are_short_that_is_said() -> None:
    Path("program.yaml").write_text(PROGRAM.replace("{seats: 2}", "{seats: 1}"), encoding="utf-8")
    done = audit("name,R1\nÅse,1A\nBo,1A\nCai,1A\nDea,1B\n", "--output-format", "json")
    (fault,) = json.loads(done.stdout)
    assert fault["hint"] == "2 too many; free seats in R1: 1 in 1C; 1 seat short"


def test_every_breach_is_told_in_whichever_format() -> None:
    unlawful = "name,R1\nÅse,1X\nBo,1A\nCai,1A\n"
    full = audit(unlawful)
    assert full.exit_code == 1
    assert [line.split(": ")[1][:5] for line in full.stdout.splitlines() if line.startswith("edited")] == [
        "MV204",
        "MV130",
    ]
    github = audit(unlawful, "--output-format", "github")
    assert "::error title=midtvejs (MV130),file=edited.csv,line=2" in github.stdout
    told = audit(unlawful, "--json")
    assert told.exit_code == 1
    said = json.loads(told.stdout)
    assert (said["lawful"], said["optimal"], said["criteria"]) == (False, None, [])
    assert [each["code"] for each in said["diagnostics"]] == ["MV204", "MV130"]


def test_an_empty_file_is_a_fault() -> None:
    done = audit("", "--json")
    assert done.exit_code == 1
    assert json.loads(done.stdout)["diagnostics"][0]["code"] == "MV105"
