"""Sessions that are wished for equally, in our own form."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from midtvejs.domain.diagnostic import Diagnostic
from midtvejs.domain.participants import NO_WISHES, Wishes
from midtvejs.output.tables.people import preferences_csv
from midtvejs.reading.answers.preferences import Preferences, read_preferences_with_lines
from tests.conferences import each_session, one_list, program

DAY = program({"1A": 9, "1B": 9, "1C": 9, "1D": 9})
LISTED = one_list({code: {1: 9, 2: 9} for code in "ABCD"}, rounds=2)


def read(folder: Path, cell: str, *, day: object = DAY) -> tuple[Preferences | None, tuple[Diagnostic, ...]]:
    column = "wishes" if day is LISTED else "R1"
    path = folder / "prefs.csv"
    path.write_text(f"name,{column}\nÅse,{cell}\n", encoding="utf-8")
    found = read_preferences_with_lines(path, LISTED if day is LISTED else DAY)
    return found.value, found.diagnostics


def wishes(folder: Path, cell: str, *, day: object = DAY) -> Wishes:
    preferences, diagnostics = read(folder, cell, day=day)
    assert preferences, diagnostics
    return preferences.participants[0].wishes[0]


@pytest.mark.parametrize(
    ("cell", "tiers"),
    [
        ("1A = none", [("1A",)]),
        ("none = 1A", [("1A",)]),
        ("1A = 1B > ingen = 1C", [("1A", "1B"), ("1C",)]),
        ("1A > ved ikke", [("1A",)]),
    ],
)
def test_no_wish_among_equals_is_none(tmp_path: Path, cell: str, tiers: list[tuple[str, ...]]) -> None:
    assert wishes(tmp_path, cell).tiers == tiers


@pytest.mark.parametrize(
    ("cell", "tiers"),
    [
        ("1C > 1A = 1B > 1D", [("1C",), ("1A", "1B"), ("1D",)]),
        ("1C>1B=1A>1D", [("1C",), ("1A", "1B"), ("1D",)]),
        ("1D = 1a = 1B", [("1A", "1B", "1D")]),
        ("1B = 1A; 1C", [("1A", "1B"), ("1C",)]),
        ("1C > 1A", [("1C",), ("1A",)]),
    ],
)
def test_equals_are_read_and_their_order_is_of_no_account(
    tmp_path: Path, cell: str, tiers: list[tuple[str, ...]]
) -> None:
    assert wishes(tmp_path, cell) == Wishes.of_tiers(tiers)


def test_so_are_those_of_one_list_for_several_rounds(tmp_path: Path) -> None:
    assert wishes(tmp_path, "C = A > B", day=LISTED).tiers == [("A", "C"), ("B",)]


def test_what_is_written_is_read_back(tmp_path: Path) -> None:
    preferences, _ = read(tmp_path, "1D = 1B > 1C > 1A")
    assert preferences
    (tmp_path / "prefs.csv").write_text(preferences_csv(DAY, preferences.participants), encoding="utf-8")
    again = read_preferences_with_lines(tmp_path / "prefs.csv", DAY).accepted()
    assert again.participants == preferences.participants
    assert "1B = 1D > 1C > 1A" in (tmp_path / "prefs.csv").read_text(encoding="utf-8")


def test_one_that_is_unknown_is_told_in_its_place(tmp_path: Path) -> None:
    _, (diagnostic,) = read(tmp_path, "1C > 1A = 1Z")
    assert diagnostic.message == 'unknown code "1Z"'
    assert diagnostic.place.column == len("Åse,1C > 1A = ") + 1


def test_a_session_named_twice_is_told(tmp_path: Path) -> None:
    _, (diagnostic,) = read(tmp_path, "1C = 1A > 1C")
    assert "1C" in diagnostic.message


def test_steps_are_how_many_are_strictly_better() -> None:
    ranking = Wishes.of_tiers([["1C"], ["1A", "1B"], ["1D"]])
    assert [ranking.steps(code) for code in ("1C", "1A", "1B", "1D", "1E")] == [0, 1, 1, 3, 4]
    assert [ranking.rank_of(code) for code in ("1C", "1A", "1B", "1D", "1E")] == [1, 2, 2, 4, None]
    assert ranking.first(2) == ("1C", "1A", "1B")
    assert str(ranking) == "1C > 1A = 1B > 1D"


def test_what_is_struck_leaves_the_others_as_they_are() -> None:
    ranking = Wishes.of_tiers([["1C"], ["1A", "1B"], ["1D"]])
    assert ranking.without({"1C"}) == Wishes.of_tiers([["1A", "1B"], ["1D"]])
    assert ranking.without({"1A"}) == Wishes(("1C", "1B", "1D"))
    assert ranking.without({"1A", "1B", "1C", "1D"}) == NO_WISHES


def test_a_title_may_have_an_equals_sign_of_its_own(tmp_path: Path) -> None:
    titled = each_session(
        DAY, lambda each: replace(each, title="1 + 1 = 2" if each.code == "1A" else f"Om {each.code}")
    )
    path = tmp_path / "prefs.csv"
    path.write_text("name,R1\nÅse,1B > 1A: 1 + 1 = 2\nBo,1 + 1 = 2 > Om 1B = Om 1C\n", encoding="utf-8")
    people = read_preferences_with_lines(path, titled).accepted().participants
    assert [person.wishes[0].tiers for person in people] == [
        [("1B",), ("1A",)],
        [("1A",), ("1B", "1C")],
    ]
