"""The records of a table, kept in columns: lists of their cells would take more memory than what they say."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice, repeat
from typing import overload

CROWD = 10_000
"""So many records are put into columns at a time; with fewer, the memory of a file matters to nobody."""
MOST_EMPTY = 2
"""So many times as many cells as there are may be kept, for the records that are shorter than most."""
FEW = 1_000
"""So many of a crowd tell in which columns many say the same."""

Record = list[str]


class Records(Sequence[Record]):
    """Lists of cells, each made when it is asked for; to change one, it is put back.

    Most are of one length. Those that are not are kept by themselves. What many of a crowd say in a column
    is kept once for all of them: most wishes are alike.
    """

    def __init__(self) -> None:
        self._columns: list[list[str]] = []
        self._others: dict[int, Record] = {}
        self._latest: list[Record] = []
        self._known: dict[int, dict[str, str]] = {}
        self._cells = 0

    def append(self, record: Record) -> None:
        self._latest.append(record)
        if len(self._latest) == CROWD:
            self._take_latest()

    def clear(self) -> None:
        self._columns, self._others, self._latest, self._cells = [], {}, [], 0

    def __len__(self) -> int:
        return len(self._whole[0]) if self._whole else 0

    def __iter__(self) -> Iterator[Record]:
        records = map(list, zip(*self._whole, strict=True))
        if not self._others:
            return records
        return ([*self._others.get(number, record)] for number, record in enumerate(records))

    @overload
    def __getitem__(self, index: int) -> Record: ...
    @overload
    def __getitem__(self, index: slice) -> Records: ...
    def __getitem__(self, index: int | slice) -> Record | Records:
        if isinstance(index, int):
            number = range(len(self))[index]
            other = self._others.get(number)
            return [column[number] for column in self._columns] if other is None else [*other]
        part = Records()
        part._columns = [column[index] for column in self._whole]
        chosen = enumerate(range(len(self))[index]) if self._others else ()
        part._others = {to: self._others[number] for to, number in chosen if number in self._others}
        return part

    def __setitem__(self, number: int, record: Record) -> None:
        fits = len(record) == len(self._whole)
        self._others.pop(number, None)
        if not fits:
            self._others[number] = record
        for column, cell in zip(self._columns, record if fits else [""] * len(self._columns), strict=True):
            column[number] = cell

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sequence) and [*self] == [*other]

    __hash__ = None  # type: ignore[assignment] # as that of a list

    def __repr__(self) -> str:
        return repr([*self])

    @property
    def longest(self) -> int:
        """How many cells a record has at the most."""
        return max([len(self._whole), *map(len, self._others.values())])

    def cells(self, column: int) -> Iterator[tuple[int, str]]:
        """Return the cells of a column, each with the number of its record; some records may have none."""
        whole, others = self._whole, self._others
        # Behind the columns only some of the others have any cells.
        cells = enumerate(whole[column]) if column < len(whole) else zip(sorted(others), repeat(""))
        for number, cell in cells:
            if number not in others:
                yield number, cell
            elif column < len(others[number]):
                yield number, others[number][column]

    def column(self, column: int) -> Sequence[str]:
        """Return the cells of a column, the header's first; empty ones for records that have none there."""
        if column < len(self._whole) and not self._others:
            return self._columns[column]
        found = [""] * len(self)
        for number, cell in self.cells(column):
            found[number] = cell
        return found

    def below(self, column: int) -> Iterable[str]:
        """Return the cells of a column below the header."""
        if column < len(self._whole) and not self._others:
            return islice(self._columns[column], 1, None)
        return (cell for number, cell in self.cells(column) if number)

    def cut(self, width: int) -> None:
        """Take the cells behind a width away from the records that say nothing there."""
        says_something = any(any(map(str.strip, column)) for column in self._whole[width:])
        if says_something:
            for number, record in enumerate(self):
                if len(record) > width and not any(map(str.strip, record[width:])):
                    self[number] = record[:width]
            return
        del self._columns[width:]
        for number, record in [*self._others.items()]:
            blank = not any(map(str.strip, record[width:]))
            self[number] = record[:width] if blank else record

    @property
    def _whole(self) -> list[list[str]]:
        """The columns with all records in them; those of another length are empty there."""
        if self._latest:
            self._take_latest()
        return self._columns

    def _take_latest(self) -> None:
        latest, self._latest = self._latest, []
        if not self._columns:
            ((width, _),) = Counter(map(len, latest)).most_common(1)
            self._columns = [[] for _ in range(width)]
        self._cells += sum(map(len, latest))
        first = len(self._columns[0])
        if (first + len(latest)) * len(self._columns) > MOST_EMPTY * self._cells + CROWD:
            self._narrow()
        width = len(self._columns)
        for number, record in enumerate(latest):
            if len(record) != width:
                self._others[first + number] = record
                latest[number] = [""] * width
        for number, (column, cells) in enumerate(zip(self._columns, zip(*latest, strict=True), strict=True)):
            if len(latest) == CROWD and not first and len({*cells[:FEW]}) < FEW * 0.9:
                self._known[number] = {}
            known = self._known.get(number)
            column.extend(cells if known is None else map(known.setdefault, cells, cells))

    def _narrow(self) -> None:
        """Keep all records by themselves but those of one cell: else a few wide ones widen all of them."""
        records = [*self]
        self._columns = [[record[0] if len(record) == 1 else "" for record in records]]
        self._others = {number: record for number, record in enumerate(records) if len(record) != 1}
        self._known.clear()
