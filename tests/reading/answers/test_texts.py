"""Texts tidied a column at a time say what each cell tidied by itself says."""

from __future__ import annotations

from unittest.mock import patch

import pytest
from hypothesis import given
from hypothesis import strategies as st

from midtvejs.reading.answers import texts
from midtvejs.reading.answers.texts import tidied, tidy_cell

CELLS = st.lists(st.text(alphabet="aÅ '\t\n\0\xa0\u2003=@", max_size=5), max_size=12)


@given(CELLS, st.integers(1, 5))
def test_a_column_is_tidied_as_its_cells_are(cells: list[str], crowd: int) -> None:
    with patch.object(texts, "CROWD", crowd):
        assert [*tidied(cells)] == [tidy_cell(cell) for cell in cells]


@pytest.mark.parametrize(
    ("cell", "tidy"),
    [("  Åse \t Lund ", "Åse Lund"), ("'=Bo", "=Bo"), ("O'Brien", "O'Brien"), ("\u2003Cai", "Cai"), ("", "")],
)
def test_cells_are_tidied(cell: str, tidy: str) -> None:
    assert [*tidied(["Anna", cell])] == ["Anna", tidy]


def test_what_is_tidy_is_not_kept_twice() -> None:
    cells = ["Anna Sol", "Bo Lund"]
    assert tidied(cells) is cells
