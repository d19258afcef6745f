"""From a list of sessions to a day: with answers and without, and with those that come late."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.commands.test_keep import run

PROGRAM = """\
event: {name: Emnedag, id: emnedag, date: 2027-03-10, start: "08:30", end: "12:00", expected_participants: 8}
rooms: {Aula: 4, Biblioteket: 3, Caféen: 3}
rounds:
  - {id: R1, name: Runde 1, start: "09:00", end: "09:45"}
  - {id: R2, name: Runde 2, start: "10:00", end: "10:45"}
sessions:
  - {code: A, title: Ensomhed, presenters: [{name: Åse Holm, external: true}]}
  - {code: B, title: Skærm, times: 1-2}
  - {code: C, title: Søvn, not_in: [R1]}              # kommer med toget kl. 9.40
  - {code: D, title: Mad, room: Caféen}               # køkkenet er dér
  - {code: E, title: Grøn by, presenters: [{name: Åse Holm, external: true}]}
"""
ANSWERS = """\
name,email,organisation,wishes
Asta,,9.a,A > B > C
Bjørk,,9.a,A > B > D
Cille,,9.b,B > A > E
Ditte,,9.b,C > A > D
Ejner,,9.a,D > C > B
Frode,,9.b,B > C > A
"""
LATE = "Gerda,,9.a,A > C > B\nHugo,,9.b,\n"
FIGURES = re.compile("^(worst|total|even) ([0-9]+)", re.MULTILINE)


@pytest.fixture(autouse=True)
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "program.yaml").write_text(PROGRAM, encoding="utf-8")
    (tmp_path / "prefs.csv").write_text(ANSWERS, encoding="utf-8")
    (tmp_path / "late.csv").write_text(ANSWERS + LATE, encoding="utf-8")
    monkeypatch.chdir(tmp_path)


def count_seats(text: str) -> dict[str, int]:
    """The seats of each round, as plan tells them."""
    found: dict[str, int] = {}
    for block in re.findall(r"^(R\d .*(?:\n  .*)+)", text, re.MULTILINE):
        found[block[:2]] = sum(map(int, re.findall(r"(\d+) seats", block)))
    return found


def test_by_answers_there_are_seats_for_those_who_answer_late() -> None:
    done = run("plan", "prefs.csv", "--save-program", "planned.yaml")
    assert "There are seats for 8 participants in each round.\n" in done.stdout
    assert min(count_seats(done.stdout).values()) >= 8
    assert run("assign", "prefs.csv", "--program", "planned.yaml", "--save", "seated.csv").exit_code == 0
    late = run("assign", "late.csv", "--program", "planned.yaml", "--keep", "seated.csv")
    assert late.exit_code == 0, late.stderr
    assert "Moved: nobody; 2 newcomers\n" in late.stdout
    assert "MV040" not in run("validate", "planned.yaml").stdout


def test_without_answers_the_program_is_published_and_ranked_afterwards() -> None:
    done = run("plan", "--save-program", "planned.yaml")
    assert min(count_seats(done.stdout).values()) >= 8
    assert run("form", "formular", "--program", "planned.yaml").exit_code == 0
    assert Path("formular/form.csv").read_text("utf-8-sig").strip().endswith("wishes 4;wishes 5")
    assert run("assign", "late.csv", "--program", "planned.yaml").exit_code == 0


def test_what_helps_where_seats_are_missing_does_help() -> None:
    program = Path("program.yaml")
    once = PROGRAM.replace(", times: 1-2", "")
    program.write_text(once, encoding="utf-8")
    done = run("plan", "--save-program", "planned.yaml")
    assert done.exit_code == 3
    assert (
        "error: whatever is held when, 1 seat is missing at least: 1 in R2 with 2 sessions\n" in done.stderr
    )
    assert (
        "5 seats in Aula instead of 4, or one more room under rooms, with 4 seats, or times: 1-2 for B\n"
    ) in done.stderr
    changes = (("Aula: 4", "Aula: 5"), ("Caféen: 3", "Caféen: 3, Telt: 4"), ("Skærm", "Skærm, times: 1-2"))
    for old, new in changes:
        program.write_text(once.replace(old, new), encoding="utf-8")
        assert run("plan").exit_code == 0


def test_where_not_all_who_are_expected_find_seats_those_who_answered_are_planned_for() -> None:
    program = Path("program.yaml")
    program.write_text(PROGRAM.replace("participants: 8", "participants: 11"), encoding="utf-8")
    done = run("plan", "prefs.csv", "--save-program", "planned.yaml")
    assert done.exit_code == 0
    assert "expected participants: " in done.stdout
    figures = FIGURES.findall(run("assign", "prefs.csv", "--program", "planned.yaml").stdout)
    assert dict(figures) == dict(FIGURES.findall(done.stdout))


def test_a_plan_of_a_plan_is_the_same_file_whatever_comes_first_with_answers_or_without() -> None:
    assert run("plan", "prefs.csv", "--save-program", "planned.yaml").exit_code == 0
    planned = Path("planned.yaml").read_bytes()
    for words in (["late.csv"], ["prefs.csv", "--by", "total"], ["prefs.csv", "--by", "worst"], []):
        done = run("plan", *words, "--program", "planned.yaml", "--save-program", "again.yaml", "--force")
        assert done.stdout.startswith("Nothing is to be placed: the program stays as it is.\n")
        assert Path("again.yaml").read_bytes() == planned
