from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.text import Text

from midtvejs.output.layout import hyphenate, newspaper


@given(st.lists(st.integers()), st.integers(min_value=1, max_value=6))
def test_a_newspaper_loses_nothing_and_runs_down_before_across(rows: list[int], columns: int) -> None:
    lines = newspaper([[str(row)] for row in rows], columns)
    longest = max(map(len, lines), default=0)
    down = [line[column] for column in range(longest) for line in lines if column < len(line)]
    assert down == [str(row) for row in rows]
    assert longest <= columns


@pytest.mark.parametrize(
    ("word", "width", "parted"),
    [
        ("læringsfællesskaber", 16, "læringsfælless- kaber"),
        ("Ledelsesmæssig", 13, "Ledelsesmæs- sig"),
        ("Elevinddragelse", 15, "Elevinddragelse"),
        ("Elevinddragelse", 12, "Elevinddra- gelse"),
        ("ledelsesxxxxxxxxxxxxxx", 8, "ledel- sesxxxxxxxxxxxxxx"),
        ("xxxxxxxxxxxxxxxxxxxx", 12, "xxxxxxxxxxxxxxxxxxxx"),
    ],
)
def test_long_words_are_parted_where_a_syllable_begins(word: str, width: int, parted: str) -> None:
    assert hyphenate(Text(word), width).plain == parted


@given(st.text(alphabet="abekløæ -é"), st.integers(min_value=1, max_value=30))
def test_parting_words_changes_no_letter(text: str, width: int) -> None:
    parted = hyphenate(Text(text), width).plain
    assert parted.replace("-", "").replace(" ", "") == text.replace("-", "").replace(" ", "")
