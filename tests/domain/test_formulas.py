"""Texts that a spreadsheet would run."""

from __future__ import annotations

import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from midtvejs.domain.formulas import FORMULA_STARTS, neutralise, restore

ANY_TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
DELICATE = st.text(",;|\"'\r\n\t\v\u2028=+-@\uff1d\x1b\u202e\ufeff aÅ", max_size=8)


@pytest.mark.parametrize("start", FORMULA_STARTS)
def test_a_cell_that_a_spreadsheet_would_run_is_neutralised(start: str) -> None:
    assert neutralise(f"{start}1") == f"'{start}1"


@pytest.mark.parametrize(
    ("cell", "safe"),
    [
        ("x;=cmd|' /C calc'!A0;y", "x;'=cmd|' /C calc'!A0;y"),
        ("x,+1", "x,'+1"),
        ("x\t@y", "x\t'@y"),
        ("x\n-1", "x\n'-1"),
        ('x; "=1"', 'x; "\'=1"'),
        (" =1", " '=1"),
        ("'=1", "''=1"),
        ("x;''=1", "x;'''=1"),
        ("\t=1", "'\t'=1"),
        ("x|=1", "x|'=1"),
        ("\uff1d1", "'\uff1d1"),
        ("\x1b=1", "\x1b'=1"),
        ("x; \u202e\u200b=1", "x; \u202e\u200b'=1"),
        ("\ufeff\x00@y", "\ufeff\x00'@y"),
    ],
)
def test_so_is_a_part_that_a_spreadsheet_of_another_country_would_run(cell: str, safe: str) -> None:
    assert neutralise(cell) == safe


@pytest.mark.parametrize(
    "cell",
    ["", "Åse", "1A > 1B = 1C", "O'Brien", "anna@x.dk", "a - b; c", "12-13", "'x", "x;'y", "Bo\u202e=1"],
)
def test_other_cells_stay_as_they_are(cell: str) -> None:
    assert neutralise(cell) == restore(cell) == cell


@given(ANY_TEXT | DELICATE)
@example("x;=cmd|' /C calc'!A0;y")
def test_no_part_of_a_neutralised_cell_is_a_formula_and_reading_gives_it_back(cell: str) -> None:
    safe = neutralise(cell)

    for separator in [",", ";", r"\|", "\t", r"\n", r"[\v\f\x1c-\x1e\x85\u2028\u2029]"]:
        # What a split takes away begins no part, but a TAB or a CR behind it does.
        parts = (part.lstrip(' "\x1b\u202e\ufeff') for part in re.split(separator, safe))
        assert not any(part.startswith(FORMULA_STARTS) for part in parts)
    assert restore(safe) == cell


def test_an_apostrophe_that_another_program_put_there_is_taken_away_too() -> None:
    assert restore("'=1") == "=1"
    assert restore("=1") == "=1"
