"""What stands below headings, and what it can be read as."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from functools import partial

from midtvejs.domain.participants import fold
from midtvejs.reading.files.table import Table, distinct
from midtvejs.reading.forms.options import DayOptions, Options
from midtvejs.reading.forms.ratings import may_rate
from midtvejs.reading.forms.words import NOBODY, is_no_wish, rank_of

PARTS = re.compile(r"[>=;]")
"""What parts the wishes of a ranking, and no titles but few."""
MOST_CELLS = 200
"""So many different cells of a column say what it holds."""
PATIENCE = 20
"""So many more cells that cannot be read than can: then none is looked at any further."""


class Evidence:
    """Reads the cells of columns, which are named by their indices."""

    def __init__(self, table: Table, options: DayOptions) -> None:
        self._table = table
        self._options = options
        self._values: dict[tuple[int, ...], set[str]] = {}

    def cells(self, column: int) -> Iterable[str]:
        return self._table.records.below(column)

    def called(self, column: int) -> str:
        return self._table.column(column)

    def values(self, columns: Iterable[int]) -> set[str]:
        """Return the different texts in some columns, but for those that say that nothing is wished for."""
        known = tuple(columns)
        if known not in self._values:
            cells = distinct(self._table, known)
            said = {cell.strip() for cell in cells}
            self._values[known] = {each for each in said if not self._says_nothing(each)}
        return self._values[known]

    def _says_nothing(self, cell: str) -> bool:
        return is_no_wish(fold(cell)) and not self._options.rounds_of(cell)

    def names_nobody(self, column: int) -> bool:
        return all(cell in NOBODY or fold(cell) in NOBODY for cell in self.cells(column))

    def fills_most_rows(self, columns: Iterable[int]) -> bool:
        """Whether more than half of the rows say something in one of the columns."""
        chosen = tuple(columns)
        rows = self._table.records[1:]
        filled = sum(any(column < len(row) and not _blank(row[column]) for column in chosen) for row in rows)
        return 2 * filled > len(rows)

    def round_ranked(self, columns: Iterable[int]) -> str | None:
        """Return the one round of which all cells are rankings; where there is none, of which most are."""
        cells = self._sample(columns)
        wholly, mostly = [], []
        for id_, options in self._options.rounds.items():
            share = _share(cells, partial(_ranks_sessions, options))
            if share == 1:
                wholly.append(id_)
            elif share >= 1 / 2:
                mostly.append(id_)
        found = wholly or mostly
        return found[0] if len(found) == 1 else None

    def ranks_round(self, columns: Iterable[int], round_id: str) -> bool:
        """Whether at least half of the cells are rankings of a round."""
        return (
            _share(self._sample(columns), partial(_ranks_sessions, self._options.rounds[round_id])) >= 1 / 2
        )

    def holds_ranks(self, columns: Iterable[int], words: Iterable[str] = ()) -> bool:
        """Whether at least half of the cells are ranks, or among the ``words`` for them."""
        known = set(map(fold, words))
        return _share(self._sample(columns), lambda cell: fold(cell) in known or rank_of(fold(cell))) >= 1 / 2

    def holds_ratings(self, columns: Iterable[int]) -> bool:
        """Whether at least half of the cells are words by which sessions are rated."""
        return _share(self._sample(columns), may_rate) >= 1 / 2

    def holds_single_sessions(self, column: int, round_id: str) -> bool:
        """Whether each cell that can be read as a ranking of a round names one session."""
        options = self._options.rounds[round_id]
        return all(len(ranking) == 1 for cell in self._sample([column]) for ranking in options.rankings(cell))

    def _sample(self, columns: Iterable[int]) -> list[str]:
        return sorted(self.values(columns))[:MOST_CELLS]


def _ranks_sessions(options: Options, cell: str) -> bool:
    """Whether a cell can be read as a ranking, with equals and where some of it says that it is no wish."""
    if options.rankings(cell):
        return True
    parts = [part for part in PARTS.split(cell) if not is_no_wish(fold(part))]
    return len(parts) > 0 and PARTS.search(cell) is not None and bool(options.rankings(" > ".join(parts)))


def _share(cells: list[str], readable: Callable[[str], object]) -> float:
    """Return which share of the cells can be read; 0 where there is none, and where too many cannot."""
    read = unread = 0
    for cell in cells:
        if readable(cell):
            read += 1
        else:
            unread += 1
        if unread > read + PATIENCE:
            return 0
    return read / len(cells) if cells else 0


def _blank(cell: str) -> bool:
    return not cell or cell.isspace()
