"""Tables as CSV text."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from midtvejs.views.csv_text import csv_text, neutralised

ANY_TEXT = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=12)
DELICATE = st.text(',;"\r\n=+-@\t aÅ', max_size=4)
CELLS = ANY_TEXT | DELICATE


def test_a_table_is_written_with_commas_and_plain_line_feeds() -> None:
    assert csv_text(["name", "R1"], [["Åse", "1A > 1B"], ["Bo, den ældre", ""]]) == (
        'name,R1\nÅse,1A > 1B\n"Bo, den ældre",\n'
    )


def test_a_danish_excel_gets_a_byte_order_mark_semicolons_and_crlf() -> None:
    assert csv_text(["name", "R1"], [["Åse", "1A"]], excel=True) == "\ufeffname;R1\r\nÅse;1A\r\n"


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r"])
def test_a_cell_that_a_spreadsheet_would_run_is_neutralised(start: str) -> None:
    assert neutralised(f"{start}1+1") == f"'{start}1+1"
    assert csv_text([f"{start}h"], [[f"{start}c"]]).count("'") == 2


@pytest.mark.parametrize("cell", ["", "Åse", "1A > 1B", "'=1", " =1"])
def test_other_cells_stay_as_they_are(cell: str) -> None:
    assert neutralised(cell) == cell


@given(st.lists(st.tuples(CELLS, CELLS), max_size=4), st.booleans())
def test_what_is_written_is_read_back(rows: list[tuple[str, str]], excel: bool) -> None:
    text = csv_text(["a", "b"], rows, excel=excel).removeprefix("\ufeff")
    back = list(csv.reader(io.StringIO(text, newline=""), delimiter=";" if excel else ","))
    assert back == [["a", "b"], *([neutralised(cell) for cell in row] for row in rows)]


@given(st.lists(CELLS, min_size=1, max_size=3), st.booleans())
def test_every_row_is_as_the_csv_module_writes_it(cells: list[str], excel: bool) -> None:
    by_module = io.StringIO(newline="")
    writer = csv.writer(by_module, delimiter=";" if excel else ",", lineterminator="\r\n")
    writer.writerow([neutralised(cell) for cell in cells])
    row = csv_text(["h"], [cells], excel=excel).removeprefix("\ufeff").removeprefix("h")
    assert row.strip("\r\n") == by_module.getvalue().strip("\r\n")
