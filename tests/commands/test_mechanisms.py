"""Seats dealt otherwise, and side by side, from outside."""

from __future__ import annotations

import io
import json
from dataclasses import replace
from pathlib import Path

import pytest
from typer.testing import CliRunner

from midtvejs.auditing.audit import UnlawfulResult
from midtvejs.cli.app import app
from midtvejs.commands import compare as command
from midtvejs.commands._exit import Exit
from midtvejs.commands.assign import Wanted, assign
from midtvejs.commands.compare import compare
from midtvejs.domain.assignment import Assignment, NoLawfulAssignment
from midtvejs.domain.mechanism import Mechanism
from midtvejs.output.screen import Screen
from midtvejs.reading.program.build import read_program
from midtvejs.solving.search import Solution

ROOT = Path(__file__).parents[2]
PROGRAM, SAMPLE = ROOT / "program.yaml", ROOT / "preferences" / "midtvejs-2018.csv"
CABINS = """\
event: {name: Prøvedagen, date: 2018-01-30, start: "09:00", end: "12:00"}
rooms: {Panorama: {seats: 1}, Fjorden: {seats: 1}}
rounds:
  - id: R1
    name: Runde 1
    start: "10:00"
    end: "10:30"
    sessions: [{code: 1A, title: Et, room: Panorama}, {code: 1B, title: To, room: Fjorden}]
"""


def assigned(prefs: Path, program: Path, mechanism: Mechanism, *, json: bool = False, seed: int = 0) -> str:
    out, err = io.StringIO(), io.StringIO()
    wanted = Wanted(mechanism=mechanism, json=json)
    code = assign(Screen(out=out, err=err), prefs, program, wanted, seed=seed, seconds=None)
    assert code is Exit.DONE
    assert err.getvalue() == ""
    return out.getvalue()


def compared(prefs: Path, program: Path = PROGRAM, *, json: bool = False) -> str:
    out = io.StringIO()
    compare(Screen(out=out, err=io.StringIO()), prefs, program, seed=None, json=json)
    return out.getvalue()


def cabins(folder: Path, *rows: str, heading: str = "") -> tuple[Path, Path]:
    prefs, program = folder / "prefs.csv", folder / "program.yaml"
    prefs.write_text("\n".join([f"name,R1{heading}", *rows, ""]), encoding="utf-8")
    program.write_text(CABINS, encoding="utf-8")
    return prefs, program


@pytest.mark.parametrize(
    ("mechanism", "line"),
    [
        (Mechanism.LOTTERY, "Dealt by lottery (random serial dictatorship), seed 7; nothing is optimised."),
        (
            Mechanism.FIRST_COME,
            "Dealt first come, first served, in the order of the rows; nothing is optimised.",
        ),
    ],
)
def test_nothing_is_said_to_be_proven_of_a_queue(mechanism: Mechanism, line: str) -> None:
    lines = assigned(SAMPLE, PROGRAM, mechanism, seed=7).splitlines()
    assert line in lines
    assert not [each for each in lines if "roven" in each or "impossible" in each or "minimum" in each]
    thing = json.loads(assigned(SAMPLE, PROGRAM, mechanism, seed=7, json=True))
    assert thing["status"] == "feasible"
    known = {(stage["bound"], stage["proven"], stage["evidence"]) for stage in thing["stages"]}
    assert known == {(0, False, "none")}
    assert [f"{stage['criterion']} {stage['value']}" for stage in thing["stages"]] == [
        each for each in lines if each.startswith(("worst ", "total ", "even ")) and each[-1].isdigit()
    ]


def first(prefs: Path, program: Path) -> str:
    thing = json.loads(assigned(prefs, program, Mechanism.FIRST_COME, json=True))
    (name,) = (person["name"] for person in thing["participants"] if person["sessions"]["R1"] == "1A")
    return str(name)


def test_the_first_row_comes_first_where_nobody_says_when(tmp_path: Path) -> None:
    assert first(*cabins(tmp_path, "Åse,1A > 1B", "Bo,1A > 1B")) == "Åse"
    assert first(*cabins(tmp_path, "Bo,1A > 1B", "Åse,1A > 1B")) == "Bo"


def test_the_earliest_timestamp_comes_first_on_whatever_row(tmp_path: Path) -> None:
    rows = ["Åse,1A > 1B,2018-01-02 09:00", "Bo,1A > 1B,2018-01-02 08:59"]
    for some in (rows, rows[::-1]):
        prefs, program = cabins(tmp_path, *some, heading=",Timestamp")
        assert first(prefs, program) == "Bo"
        assert "in the order of the timestamps" in assigned(prefs, program, Mechanism.FIRST_COME)
        assert "in the order of the timestamps" in compared(prefs, program)


def test_timestamps_change_nothing_in_a_fair_assignment(tmp_path: Path) -> None:
    fair = {
        assigned(*cabins(tmp_path, *rows, heading=",timestamp"), Mechanism.FAIR)
        for rows in (
            ["Åse,1A > 1B,2018-01-01", "Bo,1A > 1B,2018-01-02"],
            ["Åse,1A > 1B,2018-01-02", "Bo,1A > 1B,2018-01-01"],
        )
    }
    assert len(fair) == 1


def test_the_comparison_is_the_same_on_every_run_but_for_its_times() -> None:
    assert compared(SAMPLE) == compared(SAMPLE)
    one, other = (json.loads(compared(SAMPLE, json=True)) for _ in range(2))
    for way in (*one["ways"], *other["ways"]):
        assert way.pop("seconds") >= 0
    assert one == other


def test_each_order_is_least_in_its_first_criterion_and_no_queue_is_fairer() -> None:
    worst, total, even, *queues = json.loads(compared(SAMPLE, json=True))["ways"]
    assert [way["status"] for way in (worst, total, even)] == ["optimal"] * 3
    assert worst["evidence"] == {"worst": "prices", "total": "prices", "even": "prices"}
    assert [way["evidence"] for way in queues] == [{}] * len(queues)
    for way, criterion in ((worst, "worst"), (total, "total"), (even, "even")):
        assert all(way[criterion] <= other[criterion] for other in (worst, total, even, *queues))
    assert worst["worst"] < min(queue["worst"] for queue in queues)


def test_nobody_is_compared_who_cannot_be_seated(tmp_path: Path) -> None:
    with pytest.raises(NoLawfulAssignment):
        compared(*cabins(tmp_path, "Åse,1A", "Bo,1A", "Cai,1A"))


def cheating(*_: object, **__: object) -> Solution:
    program = read_program(PROGRAM).accepted()
    return Solution(assignment=Assignment(program=program, participants=(), days={}), stages=())


def test_what_is_not_lawful_is_not_compared(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(command, "deal", cheating)
    with pytest.raises(UnlawfulResult):
        compared(SAMPLE)


def test_half_a_comparison_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(command, "deal", lambda *_, **__: replace(cheating(), interrupted=True))
    with pytest.raises(KeyboardInterrupt):
        compared(SAMPLE)


# Rules

RULED = """\
event: {name: Prøvedagen, date: 2018-01-30, start: "09:00", end: "12:00"}
rooms: {Panorama: {seats: 2}, Fjorden: {seats: 3}}
rules:
  at_most: {organisation: 1}
  spread: organisation
  together: [{participants: [Åse, Cai]}]
rounds:
  - id: R1
    name: Runde 1
    start: "10:00"
    end: "10:30"
    sessions:
      - {code: 1A, title: Et, room: Panorama}
      - {code: 1B, title: To, room: Fjorden, min_participants: 2}
"""
ROWS = ("name,organisation,R1", "Åse,Vejle,1A", "Bo,Vejle,1A", "Cai,Kolding,1B", "Dea,Ærø,1B")


@pytest.fixture
def ruled(tmp_path: Path) -> tuple[Path, Path]:
    prefs, program = tmp_path / "prefs.csv", tmp_path / "program.yaml"
    prefs.write_text("\n".join([*ROWS, ""]), encoding="utf-8")
    program.write_text(RULED, encoding="utf-8")
    return prefs, program


@pytest.mark.parametrize("mechanism", ["lottery", "first-come"])
def test_a_queue_is_refused_where_rules_bind_participants_to_each_other(
    mechanism: str, ruled: tuple[Path, Path]
) -> None:
    prefs, program = map(str, ruled)
    save = ruled[0].with_name("out.csv")
    words = ["assign", prefs, "--program", program, "--mechanism", mechanism, "--save", str(save)]
    done = CliRunner().invoke(app, words)
    assert (done.exit_code, done.stdout) == (2, "")
    assert done.stderr == (
        f"error: --mechanism {mechanism} cannot keep rules that bind participants to each other\n"
        "  - at most 1 of one organisation in a session\n"
        "  - 2 participants at least in 1B\n"
        f"  - together: Åse, Cai ({program}:6)\n"
        "  help: --mechanism fair keeps them; compare shows what the others would come to\n"
    )
    assert not save.exists()


def test_what_breaks_rules_is_compared_and_marked(ruled: tuple[Path, Path]) -> None:
    ways = json.loads(compared(*ruled, json=True))["ways"]
    assert [way["fairness"] for way in ways][:2] == [
        ["worst", "total", "even", "spread"],
        ["worst", "total", "even"],
    ]
    assert [(way["broken_rules"], way["status"]) for way in ways[:4]] == [(0, "optimal")] * 4
    # Everybody has a first wish in a queue: two of Vejle are in 1A, and Åse is without Cai.
    assert [(way["broken_rules"], way["status"]) for way in ways[4:]] == [(2, "unlawful")] * 3
    assert [way["total"] for way in ways[4:]] == [0, 0, 0]
    assert [way["spread"] for way in ways] == [0, 0, 0, 0, 1, 1, 1]
    lines = compared(*ruled).splitlines()
    assert [line.split()[0] for line in lines if line.endswith("  breaks 2 rules")] == [
        "lottery",
        "lottery,",
        "first-come",
    ]


def test_rules_that_bind_people_one_by_one_are_kept_by_every_mechanism(tmp_path: Path) -> None:
    prefs, program = cabins(tmp_path, "Åse,1A > 1B", "Bo,1A > 1B")
    pins = 'pins: [{participant: Bo, in: 1A, reason: "hun er vært"}]\n'
    program.write_text(CABINS + pins, encoding="utf-8")
    assert first(prefs, program) == "Bo"
    ways = json.loads(compared(prefs, program, json=True))["ways"]
    assert {(way["broken_rules"], way["total"]) for way in ways} == {(0, 1)}


def test_rooms_that_are_open_are_filled_whatever_the_mechanism(tmp_path: Path) -> None:
    prefs, program = cabins(tmp_path, "Åse,1A", "Bo,1B", "Cai,1B")
    text = CABINS.replace("Fjorden: {seats: 1}", "Fjorden: {seats: 2}")
    text = text.replace(", room: Panorama}", "}").replace(", room: Fjorden}", "}")
    program.write_text(text, encoding="utf-8")
    for mechanism in Mechanism:
        sessions = json.loads(assigned(prefs, program, mechanism, json=True))["sessions"]
        assert [(each["code"], each["room"], each["taken"]) for each in sessions] == [
            ("1A", "Panorama", 1),
            ("1B", "Fjorden", 2),
        ]
    assert "breaks" not in compared(prefs, program)
