"""Those without wishes, from the files to what is printed of them."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

from tests.cli.test_cli import desk, run

__all__ = ["desk"]

PROGRAM = """\
event: {name: Club day, date: 2026-03-02, start: "08:00", end: "12:00", language: en}
rooms:
  Gym: {seats: 12}
  Lab: {seats: 12}
  Hall: {seats: 12}
rounds:
  - id: P1
    name: Workshops
    start: "09:00"
    end: "09:40"
    sessions:
      - {code: N1, title: Nursing, room: Gym}
      - {code: P1x, title: Police, room: Lab}
      - {code: C1, title: Cooking, room: Hall}
"""
SPREAD = "spread in proportion to the seats left"


def write(desk: Path, *rows: str) -> None:
    (desk / "program.yaml").write_text(PROGRAM, encoding="utf-8")
    (desk / "prefs.csv").write_text("\n".join(["name,P1", *rows, ""]), encoding="utf-8")


NOBODY_WISHES = [f"Pupil {number}," for number in range(1, 13)]


def test_twelve_without_wishes_are_spread_over_three_equal_rooms_and_that_is_told(desk: Path) -> None:
    write(desk, *NOBODY_WISHES)
    done = run(desk, "assign", "prefs.csv", "--save", "seats.csv", "--plain")
    assert f"\nbalance 0 (12 without wishes in P1: {SPREAD})\n" in done.stdout
    rows = (desk / "seats.csv").read_text(encoding="utf-8").splitlines()[1:]
    assert Counter(row.split(",")[-1] for row in rows) == {"N1": 4, "P1x": 4, "C1": 4}
    written = run(desk, "assign", "prefs.csv", "--json").stdout
    assert json.loads(written)["balance"] == {
        "value": 0,
        "rounds": [{"round": "P1", "without_wishes": 12, "beyond": 0}],
    }
    write(desk, *reversed(NOBODY_WISHES))
    assert run(desk, "assign", "prefs.csv", "--json").stdout == written


def test_where_everybody_wishes_nothing_is_told_of_it(desk: Path) -> None:
    write(desk, *(f"{row}N1 > C1" for row in NOBODY_WISHES))
    assert "balance" not in run(desk, "assign", "prefs.csv").stdout
    assert "balance" not in json.loads(run(desk, "assign", "prefs.csv", "--json").stdout)


def test_whoever_has_a_seat_already_keeps_it_and_the_rest_make_up_for_it(desk: Path) -> None:
    write(desk, *NOBODY_WISHES)
    earlier = "".join(f"Pupil {number},,,N1\n" for number in range(1, 7))
    (desk / "earlier.csv").write_text(f"name,email,organisation,P1\n{earlier}", encoding="utf-8")
    done = run(desk, "assign", "prefs.csv", "--keep", "earlier.csv", "--save", "seats.csv", "--plain")
    assert "\nmoved 0 (the minimum)\n" in done.stdout
    assert "\nbalance 2 (12 without wishes in P1: 2 beyond their share of the seats left)\n" in done.stdout
    rows = (desk / "seats.csv").read_text(encoding="utf-8").splitlines()[1:]
    assert Counter(row.split(",")[-1] for row in rows) == {"N1": 6, "P1x": 3, "C1": 3}
