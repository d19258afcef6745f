"""Tables as CSV text."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from itertools import chain

from hypothesis import example, given
from hypothesis import strategies as st

from midtvejs.domain.formulas import FORMULA_STARTS, neutralise, restore
from midtvejs.output.tables.csv_text import csv_text

ANY_TEXT = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=12)
DELICATE = st.text(",;|\"'\r\n=+-@\t\x1b\u202e aÅ", max_size=6)
CELLS = ANY_TEXT | DELICATE
SEPARATORS = st.sampled_from(["", ",", ";"])
"""None is for programs."""


def test_a_table_is_written_with_commas_and_plain_line_feeds() -> None:
    assert csv_text(["name", "R1"], [["Åse", "1A > 1B"], ["Bo, den ældre", ""]]) == (
        'name,R1\nÅse,1A > 1B\n"Bo, den ældre",\n'
    )


def test_a_danish_excel_gets_a_byte_order_mark_semicolons_and_crlf() -> None:
    assert csv_text(["name", "R1"], [["Åse", "1A"]], excel=";") == "\ufeffname;R1\r\nÅse;1A\r\n"


def test_a_british_excel_gets_commas() -> None:
    assert csv_text(["name", "R1"], [["Åse", "1A;1B"]], excel=",") == "\ufeffname,R1\r\nÅse,1A;1B\r\n"


def test_a_cell_that_some_spreadsheet_would_run_is_neutralised_and_quoted() -> None:
    assert csv_text(["=h", "name"], [["@c", "x;=cmd|' /C calc'!A0;y"]]) == (
        "'=h,name\n'@c,\"x;'=cmd|' /C calc'!A0;y\"\n"
    )


def parts(text: str, delimiter: str) -> Iterator[str]:
    """What a spreadsheet may take for cells, with an eye for quotes and without."""
    yield from chain.from_iterable(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))
    yield from chain.from_iterable(line.split(delimiter) for line in text.splitlines())


@given(st.lists(st.lists(CELLS, min_size=1, max_size=3), min_size=1, max_size=4), SEPARATORS)
@example([["x;=cmd|' /C calc'!A0;y"]], "")
@example([["x", 'a";=1']], "")
@example([["x", "a|\u202e=1", "\x1b=1"]], ";")
def test_nothing_is_a_formula_at_whichever_separator_the_text_is_split(
    rows: list[list[str]], excel: str
) -> None:
    text = csv_text(["=h"], rows, excel=excel).removeprefix("\ufeff")
    for delimiter in (",", ";", "|", "\t"):
        for part in parts(text, delimiter):
            # A quote that ends a row may open a cell to others, which then begins with the end of that row.
            assert not part.lstrip(' "\x1b\u202e').removeprefix("\r\n").startswith(FORMULA_STARTS)


@given(st.lists(st.tuples(CELLS, CELLS), max_size=4), SEPARATORS)
def test_what_is_written_is_read_back(rows: list[tuple[str, str]], excel: str) -> None:
    text = csv_text(["a", "b"], rows, excel=excel).removeprefix("\ufeff")
    back = list(csv.reader(io.StringIO(text, newline=""), delimiter=excel or ","))
    assert [[restore(cell) for cell in row] for row in back] == [["a", "b"], *map(list, rows)]


@given(st.lists(CELLS, min_size=1, max_size=3), SEPARATORS)
def test_a_row_is_as_the_csv_module_writes_it_but_for_quotes_around_what_is_neutralised(
    cells: list[str], excel: str
) -> None:
    by_module = io.StringIO(newline="")
    writer = csv.writer(by_module, delimiter=excel or ",", lineterminator="\r\n")
    writer.writerow([neutralise(cell) for cell in cells])
    row = csv_text(["h"], [cells], excel=excel).removeprefix("\ufeff").removeprefix("h")
    assert unquoted(row) == unquoted(by_module.getvalue())


def unquoted(row: str) -> str:
    return row.strip("\r\n").replace('"', "")
