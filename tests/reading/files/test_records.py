"""Records in columns say what a list of lists would."""

from __future__ import annotations

from unittest.mock import patch

from hypothesis import given
from hypothesis import strategies as st

from midtvejs.reading.files import records as records_of
from midtvejs.reading.files.records import Records
from tests.examples import examples

CELLS = st.sampled_from(["", " ", "1A", "Åse"])
ROWS = st.lists(st.lists(CELLS, min_size=1, max_size=4), max_size=9)


def records_from(rows: list[list[str]]) -> Records:
    """Keep rows in columns, three at a time."""
    records = Records()
    with patch.object(records_of, "CROWD", 3):
        for row in rows:
            records.append(list(row))
    return records


@given(rows=ROWS, first=st.integers(0, 9), column=st.integers(0, 4))
@examples(100)
def test_they_are_read_as_rows_are(rows: list[list[str]], first: int, column: int) -> None:
    said = [(number, row[column]) for number, row in enumerate(rows) if column < len(row)]
    # Of records that nobody has asked for anything before.
    assert [*records_from(rows).cells(column)] == said
    assert [*records_from(rows).below(column)] == [cell for number, cell in said if number]
    assert [*records_from(rows).column(column)] == [row[column] if column < len(row) else "" for row in rows]
    records = records_from(rows)
    assert len(records) == len(rows)
    assert records == rows
    assert [records[number] for number in range(len(rows))] == rows
    assert records[first:] == rows[first:]
    assert records[:first] == rows[:first]
    assert records.longest == max(map(len, rows), default=0)


@given(rows=ROWS.filter(bool), other=st.lists(CELLS, min_size=1))
@examples(100)
def test_one_that_is_put_back_is_changed_and_no_other(rows: list[list[str]], other: list[str]) -> None:
    records = records_from(rows)
    number = len(other) % len(rows)
    for changed in (other, rows[0]):
        records[number] = list(changed)
        assert records == [*rows[:number], changed, *rows[number + 1 :]]


@given(rows=ROWS, width=st.integers(1, 4))
@examples(200)
def test_what_says_nothing_behind_a_width_is_cut(rows: list[list[str]], width: int) -> None:
    records = records_from(rows)
    records.cut(width)
    blank = [not any(map(str.strip, row[width:])) for row in rows]
    assert records == [row[:width] if none else row for row, none in zip(rows, blank, strict=True)]


def test_a_record_that_was_asked_for_is_nobody_elses() -> None:
    records = records_from([["name", "R1"], ["Åse", "1A"], ["Bo"]])
    for record in (records[1], records[2]):
        record[0] = "Cai"
    assert records == [["name", "R1"], ["Åse", "1A"], ["Bo"]]


def test_a_few_wide_records_do_not_make_all_others_as_wide() -> None:
    rows = [["name", *[""] * 99]] * 3 + [["Åse"], ["Bo", "1A"]] * 300
    records = records_from(rows)
    assert records == rows
    assert sum(map(len, records._columns)) <= records_of.MOST_EMPTY * sum(map(len, rows))  # noqa: SLF001 - what is kept is what it is about
