"""A program of which sessions are still to be placed: what can be done with it, and what cannot yet."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import midtvejs
from midtvejs.domain.offers import StillOpen
from tests.commands.test_keep import run

OPEN = """\
event: {name: Emnedag, date: 2027-03-10, start: "09:00", end: "15:00", id: emnedag}
rooms: {Aula: 120, Sal: 40, Loft: {seats: 25, not_in: [R2]}}
rounds:
  - {id: R1, name: Runde 1, start: "09:00", end: "09:45"}
  - {id: R2, name: Runde 2, start: "10:00", end: "10:45"}
  - {id: R3, name: Runde 3, start: "11:00", end: "11:45"}
sessions:
  - {code: A, title: Sygeplejerske, rounds: [R1, R3], room: Aula}
  - {code: B, title: Tømrer, times: 2, presenters: [{name: Bo Lund}]}
  - {code: C, title: Jurist, not_in: [R1], track: ledelse}
  - {code: D, title: Politi, times: 1-3, max_participants: 25}
"""
PREFS = """\
name,email,wishes
Åse Holm,aase@x.dk,A > B > C
Bo Lund,bo@x.dk,B > D > A
Cai Dam,cai@x.dk,D > C > A
Dea Ek,dea@x.dk,
"""
TO_PLACE = "midtvejs plan {}--save-program planned.yaml"


@pytest.fixture
def open_day(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "program.yaml").write_text(OPEN, encoding="utf-8")
    (tmp_path / "prefs.csv").write_text(PREFS, encoding="utf-8")
    (tmp_path / "assignment.csv").write_text(
        "name,email,R1,R2,R3\nÅse Holm,aase@x.dk,A,B,C\n", encoding="utf-8"
    )
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.usefixtures("open_day")
def test_validate_says_what_is_open_and_which_command_places_it() -> None:
    done = run("validate")
    assert done.exit_code == 0
    assert done.stdout.splitlines() == [
        "program.yaml: no faults (3 rounds, 4 sessions, 3 rooms)",
        "one list for R1, R2, R3: column wishes",
        "3 sessions are still to be placed in R1, R2 and R3, 4 to 6 times in all: " + TO_PLACE.format(""),
    ]


@pytest.mark.usefixtures("open_day")
def test_show_has_what_is_open_before_the_rounds() -> None:
    shown = run("show").stdout
    assert "10:00–10:45 Runde 2, højst 160 pladser" in shown
    before, _, _ = shown.partition("R1 Runde 1, 09:00–09:45")
    assert before.endswith(
        "Endnu ikke placeret\n"
        "  B Tømrer\n    2 gange, højst 120 pladser\n    oplægsholder: Bo Lund\n"
        "  C Jurist\n    1 gang, ikke i R1, højst 120 pladser, spor: ledelse\n"
        "  D Politi\n    1–3 gange, højst 25 pladser\n\n"
    )


@pytest.mark.usefixtures("open_day")
def test_check_counts_wishes_for_what_is_open_and_goes_on_with_plan() -> None:
    lines = run("check", "prefs.csv").stdout.splitlines()
    assert "B Tømrer: to be placed 2 times, at most 240 seats, first wish of 1, listed by 1" in lines
    assert "D Politi: to be placed 1 to 3 times, at most 75 seats, first wish of 2, listed by 2" in lines
    assert lines[-1] == f"No faults, 0 warnings. Next: {TO_PLACE.format('prefs.csv ')}"
    sessions = json.loads(run("check", "prefs.csv", "--json").stdout)["rounds"][0]["sessions"]
    assert [each.get("to_be_placed") for each in sessions] == [
        None,
        {"fewest": 2, "most": 2},
        {"fewest": 1, "most": 1},
        {"fewest": 1, "most": 3},
    ]


@pytest.mark.usefixtures("open_day")
def test_rooms_that_are_too_few_even_if_all_are_used_are_told() -> None:
    people = "".join(f"Nr {n},{n}@x.dk,A\n" for n in range(170))
    Path("prefs.csv").write_text(f"name,email,wishes\n{people}", encoding="utf-8")
    warnings = [line for line in run("check", "prefs.csv").stdout.splitlines() if "short" in line]
    assert warnings == [
        "warning: R2: at most 160 seats for 170 participants; 10 seats short; nobody can be seated"
    ]


def test_the_form_asks_for_what_is_open(open_day: Path) -> None:
    assert run("form", ".", "--force").exit_code == 0
    assert "C: Jurist\nD: Politi" in (open_day / "form.txt").read_text(encoding="utf-8")
    head = (open_day / "form.csv").read_text(encoding="utf-8").strip()
    assert head.endswith("wishes 1;wishes 2;wishes 3;wishes 4")


@pytest.mark.usefixtures("open_day")
@pytest.mark.parametrize(
    ("words", "answers"),
    [
        (("assign", "prefs.csv"), "prefs.csv "),
        (("compare", "prefs.csv"), "prefs.csv "),
        (("advise", "prefs.csv"), "prefs.csv "),
        (("what-if", "prefs.csv", "--add-seats", "5"), "prefs.csv "),
        (("simulate",), ""),
        (("rosters", "assignment.csv"), ""),
        (("rosters", "assignment.csv", "--prefs", "prefs.csv"), "prefs.csv "),
        (("day", "aase@x.dk"), ""),
        (("export", "assignment.csv", "ud"), ""),
        (("verify", "assignment.csv", "--prefs", "prefs.csv", "--certificate", "x.json"), "prefs.csv "),
        (("diff", "assignment.csv", "assignment.csv"), ""),
        (("audit", "assignment.csv", "--prefs", "prefs.csv"), "prefs.csv "),
        (("waiting", "assignment.csv", "--prefs", "prefs.csv"), "prefs.csv "),
        (("explain", "assignment.csv", "aase@x.dk", "--prefs", "prefs.csv"), "prefs.csv "),
    ],
    ids=lambda words: " ".join(words) if isinstance(words, tuple) else "",
)
def test_whatever_seats_people_names_the_command_that_places_first(
    words: tuple[str, ...], answers: str
) -> None:
    done = run(*words)
    assert done.exit_code == 1
    assert done.stdout == ""
    assert "program.yaml:9:6: MV200 3 sessions are still to be placed: B, C and D\n" in done.stderr
    assert f"= help: place them first: {TO_PLACE.format(answers)}\n" in done.stderr


def test_the_command_has_the_options_by_which_wishes_are_read(open_day: Path) -> None:
    (open_day / "program.yaml").rename(open_day / "planned.yaml")
    said = run("assign", "prefs.csv", "--program", "planned.yaml", "--late", "refuse").stderr
    to_place = "midtvejs plan prefs.csv --program planned.yaml --save-program planned-2.yaml --late refuse"
    assert f"place them first: {to_place}\n" in said


@pytest.mark.usefixtures("open_day")
def test_the_api_does_not_seat_anybody_either() -> None:
    day = midtvejs.read_program("program.yaml")
    people = midtvejs.read_preferences("prefs.csv", day).participants
    with pytest.raises(StillOpen, match="B, C, D"):
        midtvejs.assign(day, people)


@pytest.mark.usefixtures("open_day")
def test_who_presents_what_is_open_does_not_wish_for_it() -> None:
    day = midtvejs.read_program("program.yaml")
    _, bo, *_ = midtvejs.read_preferences("prefs.csv", day).participants
    assert bo.presents == {"B"}
    assert bo.wishes[0].codes == ("D", "A")
