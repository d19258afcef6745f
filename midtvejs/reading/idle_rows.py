"""Rows below the header that are nobody's answer: blank ones, totals, what a form adds."""

from __future__ import annotations

import re
from collections.abc import Iterator

from midtvejs.domain.roles import Holds, names_of
from midtvejs.domain.words import read_in_any
from midtvejs.reading.codes import Fault
from midtvejs.reading.forms.layout import Layout
from midtvejs.reading.forms.products import PRODUCTS
from midtvejs.reading.forms.words import NOBODY, any_of
from midtvejs.reading.people import People
from midtvejs.reading.source import quoted

TOTALS = frozenset(read_in_any(lambda read: read.totals))
"""What begins a row of sums below a list."""
UNSURE = frozenset(word[:3] for word in (*TOTALS, *NOBODY))
TOTAL = re.compile(rf"(?:{any_of(TOTALS)})(?:[ :.*=]*|\W[^@]*\d[^@]*)")
"""Such a word alone, or with a number behind it, in small letters."""
SUM = re.compile(r"[\d.,%\s]*")
"""What stands below a round then, or nothing."""


class IdleRows:
    """Finds such rows, to be left out. A blank one has no more than a number and a moment."""

    def __init__(self, people: People, layout: Layout) -> None:
        self._people = people
        self._rows = PRODUCTS[layout.written_by].rows
        self._email = people.columns.get("email")
        self._who = _columns(people, *names_of(Holds.WHO))
        rounds = {index for columns in layout.rounds.values() for index, _ in columns.uses("")}
        self._wished = sorted(rounds)
        self._said = sorted({*rounds, *_columns(people, *names_of(Holds.ABOUT))})
        self._blank: list[int] = []
        self._totals: list[int] = []

    def has(self, number: int, cells: list[str]) -> bool:
        """Whether a record is nobody's answer. One with wishes but without a name is somebody's."""
        for column in self._who:
            # Nearly every row ends here: the first letters of a name say that it is one.
            beginning = cells[column][:3].lower() if column < len(cells) else ""
            if beginning.isalpha() and beginning not in UNSURE:
                return False
            who = cells[column].strip().casefold() if column < len(cells) else ""
            if who not in NOBODY:
                return self._sums_up(number, who, cells)
        return bool(self._who) and self._is_idle(number, cells)

    def tell(self) -> None:
        """Warn of what was left out."""
        people = self._people
        for number in self._totals:
            first = next(index for index, cell in enumerate(people.table.records[number]) if cell.strip())
            place = people.table.cell(number, first)
            word = quoted(people.table.records[number][first].strip())
            message = f"{word} begins a row of totals, which is nobody's answer: it is left out"
            people.faults.add(Fault.TOTALS, place, message, "if that is a name, write it in full")
        if self._blank:
            some = "1 row says" if len(self._blank) == 1 else f"{len(self._blank):,} rows say"
            where = people.where(self._blank)
            message = f"{some} neither who answered nor what they wish for: {where}"
            hint = "such rows are left out"
            people.faults.add(Fault.BLANK_ROW, people.table.row(self._blank[0]), message, hint)

    def _is_idle(self, number: int, cells: list[str]) -> bool:
        if number <= self._rows:
            return True
        first = next((cell for cell in cells if cell.strip()), "")
        if self._sums_up(number, first.strip().casefold(), cells):
            return True
        blank = not any(map(str.strip, _of(cells, self._said)))
        if blank:
            self._blank.append(number)
        return blank

    def _sums_up(self, number: int, word: str, cells: list[str]) -> bool:
        if not TOTAL.fullmatch(word) or not all(map(SUM.fullmatch, _of(cells, self._wished))):
            return False
        if self._email is not None and "@" in "".join(cells[self._email : self._email + 1]):
            return False
        self._totals.append(number)
        return True


def _columns(people: People, *roles: str) -> list[int]:
    return [people.columns[role] for role in roles if role in people.columns]


def _of(cells: list[str], columns: list[int]) -> Iterator[str]:
    return (cells[column] for column in columns if column < len(cells))
