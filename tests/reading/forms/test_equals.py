"""Equal wishes as forms have them: ticked boxes, ratings, and what Moodle lets people answer."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from midtvejs.domain.diagnostic import Read
from midtvejs.domain.program import Forms, Program
from midtvejs.reading.answers.preferences import Preferences, read_preferences_with_lines
from tests.reading.forms.test_direction import DAY, TITLES

QUESTION = "Name;Which workshops would you like?"
FIRST, SECOND, THIRD = TITLES.values()
NAMES = ("Åse", "Bo", "Cai", "Dea")
Reader = Callable[..., Read[Preferences]]


@pytest.fixture
def read(tmp_path: Path) -> Reader:
    def read_lines(lines: Sequence[str], day: Program = DAY) -> Read[Preferences]:
        (tmp_path / "answers.csv").write_text("\n".join([*lines, ""]), encoding="utf-8")
        return read_preferences_with_lines(tmp_path / "answers.csv", day)

    return read_lines


def tiers(result: Read[Preferences]) -> list[list[tuple[str, ...]]]:
    return [person.wishes[0].tiers for person in result.accepted().participants]


def ticked(*rows: tuple[str, ...]) -> list[str]:
    cells = [", ".join(titles) for titles in rows]
    return [QUESTION, *(f"{name};{cell}" for name, cell in zip(NAMES, cells, strict=False))]


def test_ticks_are_equal_wishes_and_that_is_told(read: Reader) -> None:
    result = read(ticked((FIRST, SECOND), (FIRST, THIRD), (FIRST, SECOND, THIRD)))

    assert tiers(result) == [[("1A", "1B")], [("1A", "1C")], [("1A", "1B", "1C")]]
    (told,) = result.diagnostics
    assert (told.code, told.severity.name) == ("MV191", "WARNING")


@pytest.mark.parametrize(
    "rows",
    [
        [(FIRST, SECOND), (THIRD, FIRST), (FIRST, SECOND, THIRD)],
        [(FIRST, SECOND, THIRD)] * 4,
        [(FIRST, SECOND), (FIRST,), (SECOND,)],
    ],
)
def test_what_may_be_a_ranking_is_one(read: Reader, rows: list[tuple[str, ...]]) -> None:
    result = read(ticked(*rows))

    assert result.diagnostics == ()
    assert all(len(tier) == 1 for person in tiers(result) for tier in person)


def test_the_program_says_whether_they_are_ticks(read: Reader) -> None:
    rows = ticked((FIRST, SECOND), (FIRST, THIRD), (FIRST, SECOND, THIRD))
    ranked = read(rows, replace(DAY, forms=Forms(ticks=False)))
    assert ranked.diagnostics == ()
    assert tiers(ranked)[0] == [("1A",), ("1B",)]
    boxes = read(ticked((SECOND, FIRST)), replace(DAY, forms=Forms(ticks=True)))
    assert boxes.diagnostics == ()
    assert tiers(boxes) == [[("1A", "1B")]]


@pytest.mark.parametrize(
    ("chosen", "expected"),
    [
        (("1", "1", "0"), [("1A", "1B")]),
        (("2", "1", "2"), [("1A", "1C"), ("1B",)]),
        (("4", "0", "3"), [("1A",), ("1C",)]),
        (("0", "0", "0"), []),
    ],
)
def test_moodle_lets_people_accept_and_rate(
    read: Reader, chosen: tuple[str, ...], expected: list[tuple[str, ...]]
) -> None:
    heads = ["First name", "Last name", "Email address"]
    for title in TITLES.values():
        heads += [title, f"{title} - Rating", f"{title} - Allocation"]
    cells = ["Ann", "Alder", "ann@s.example", *(cell for number in chosen for cell in (number, "", ""))]
    lines = [";".join(heads), ";" * (len(heads) - 1), ";".join(cells)]

    assert tiers(read(lines)) == [expected]
