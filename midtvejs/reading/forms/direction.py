"""Bare numbers below sessions: ranks, of which 1 is the best, or ratings, of which the highest mostly is.

No product but Moodle means the same by them in every form. The heading of a grid asks for either in words
that no list of words can hold, and even a row of different numbers may be ratings that happen to differ.
So it is always asked, unless the cells say in words that they are ranks ("1st", "1. prioritet"), or the
program names its ranks.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from midtvejs.domain.participants import fold
from midtvejs.reading.files.table import Table, distinct
from midtvejs.reading.forms.layout import BareNumbers, BySession, RoundColumns
from midtvejs.reading.forms.words import rank_of

NUMBER = re.compile(r"([0-9]+)(?:[.,]0+)?:?")
"""A number that says nothing else, as a spreadsheet may write it, too. "1." is "1st" in Danish."""
NUMBERED = re.compile(
    r"\(?(?P<before>[0-9]{1,2})\s?(?:[-–—:=.)]+\s?|\()(?P<words>[^\W\d].*?)\)?"
    r"|(?P<also>.*[^\W\d].*) ?\((?P<behind>[0-9]{1,2})\)"
)
"""A number and what it means: "5 - meget gerne", "not at all (1)"."""

MOST_DIGITS = 9
MANY = 4
"""One row in so many that gives a number twice makes ratings of them; fewer do so by mistake."""


def bare_number(text: str) -> int | None:
    """Return the number that folded ``text`` is, None where it says more or something else."""
    found = NUMBER.fullmatch(text)
    return int(found[1]) if found and len(found[1]) <= MOST_DIGITS else None


def rated_number(text: str) -> int | None:
    """Return the number that a folded text gives, alone or with what it means; ranks in words give none."""
    number = bare_number(text)
    if number is not None or rank_of(text):
        return number
    found = NUMBERED.fullmatch(text)
    return int(found["before"] or found["behind"]) if found else None


@dataclass(frozen=True, slots=True)
class _Shared:
    record: int
    number: int
    codes: tuple[str, ...]

    def describe(self, table: Table) -> str:
        where = f"{table.line_word} {table.line(self.record)}"
        return f"{where} gives {self.number} to {' and '.join(self.codes)}"


def bare_numbers(table: Table, rounds: Iterable[RoundColumns]) -> BareNumbers | None:
    """Return what is known of the bare numbers below sessions; None where there are none."""
    grids = [each.columns for each in rounds if isinstance(each, BySession)]
    columns = [index for grid in grids for index in grid.values()]
    cells = {cell: rated_number(fold(cell)) for cell in distinct(table, columns)}
    numbers = {cell: number for cell, number in cells.items() if number is not None}
    if not numbers:
        return None
    shared = list(_find_shared(table, grids, numbers))
    rated = sum(any(cell in numbers for cell in _cells(row, columns)) for row in table.records[1:])
    first = shared[0] if shared and MANY * len({each.record for each in shared}) >= rated else None
    return BareNumbers(
        numbers=frozenset(numbers.values()),
        sessions=len(columns),
        shared=first.describe(table) if first else "",
    )


def _cells(row: list[str], columns: Iterable[int]) -> Iterator[str]:
    return (row[column] for column in columns if column < len(row))


def _find_shared(
    table: Table, grids: Iterable[Mapping[str, int]], numbers: Mapping[str, int]
) -> Iterator[_Shared]:
    """Find rows that give one number to several sessions of a round."""
    known = list(grids)
    for record, row in enumerate(table.records[1:], start=1):
        for grid in known:
            given: dict[int, list[str]] = {}
            for code, column in grid.items():
                number = numbers.get(row[column]) if column < len(row) else None
                if number is not None:
                    given.setdefault(number, []).append(code)
            for number, codes in given.items():
                if len(codes) > 1:
                    yield _Shared(record, number, tuple(codes))
