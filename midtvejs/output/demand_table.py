"""Tables of sessions: who wants them most against the seats there are, and what they are called.

As the width shrinks bars become shorter, titles are cut, bars go; in the end titles stand above the numbers.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from midtvejs.output.layout import (
    LEGEND,
    SHORT_BAR,
    grid,
    line,
    seats_bar,
    seats_drawn,
    shorten,
    stack,
    words_of,
)

if TYPE_CHECKING:
    from rich.console import RenderableType
    from rich.table import Table
    from rich.text import Text

GAP = 2
"""Columns of the terminal between those of a table."""
LONGEST_BAR = 24
FAIR_TITLE, CUT_TITLE, SHORT_TITLE = 24, 18, 12
"""What a long bar leaves to titles, and a short one; with less than the last they say nothing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DemandRow:
    """A session, or one time that it is held, which has neither title nor bar; ``beside`` follows the bar.

    ``wanted`` says how many want it most, and ``seats`` how many there are.
    """

    label: Text
    numbers: Sequence[Text]
    beside: Text
    title: str = ""
    wanted: int = 0
    seats: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class DemandTable:
    """How wide everything is, which tables of several rounds share; no ``bar`` where that is 0."""

    heads: Sequence[str]
    label: int
    numbers: Sequence[int]
    bar: int
    title: int
    scale: int
    stacked: bool

    def draw(self, rows: Sequence[DemandRow]) -> RenderableType:
        """Draw the sessions of a round, or of several."""
        if self.stacked:
            return stack(self._stacked(rows))
        table = self._grid()
        table.add_column(no_wrap=True)
        for row in rows:
            beside = line(*self._bar(row)).append_text(row.beside)
            table.add_row(row.label, *row.numbers, beside, words_of(shorten(row.title, self.title)))
        return table

    @property
    def legend(self) -> list[Text]:
        """What the bars say, in a line; nothing where there are none."""
        return [line((LEGEND, "dim"))] if self.bar else []

    def _bar(self, row: DemandRow) -> tuple[tuple[str, str], ...]:
        seats = seats_drawn(row.seats, row.wanted)
        return seats_bar(row.wanted, seats, self.scale, self.bar) if row.title else ()

    def _stacked(self, rows: Iterable[DemandRow]) -> Iterable[RenderableType]:
        yield self._grid()
        for row in rows:
            if row.title:
                title = shorten(row.title, self.title)
                yield line(" ").join([row.label, words_of(title)])
            table = self._grid(headed=False)
            table.add_row("" if row.title else row.label, *row.numbers, row.beside)
            yield table

    def _grid(self, *, headed: bool = True) -> Table:
        table = grid(len(self.heads) + 2, gap=GAP)
        table.columns[0].width = self.label
        for column, head, width in zip(table.columns[1:-1], self.heads, self.numbers, strict=True):
            column.header, column.justify, column.header_style, column.width = head, "right", "dim", width
        table.show_header = headed
        return table


def fit_demand(heads: Sequence[str], rows: Sequence[DemandRow], width: int) -> DemandTable:
    """Share ``width`` columns out, so that titles are seen."""
    label = max((row.label.cell_len for row in rows), default=0)
    numbers = [
        max([len(head), *(row.numbers[place].cell_len for row in rows)]) for place, head in enumerate(heads)
    ]
    room = width - label - sum(numbers) - GAP * (len(heads) + 2)
    longest = max((words_of(row.title).cell_len for row in rows), default=0)
    mark = max((row.beside.cell_len for row in rows if row.title), default=0)
    bar = _share_of_bar(room - mark - GAP, longest)
    held = max((row.beside.cell_len for row in rows if not row.title), default=0)
    title = room - max(mark + (bar + GAP if bar else 0), held)
    stacked = title < min(longest, SHORT_TITLE)
    return DemandTable(
        heads=heads,
        label=label,
        numbers=numbers,
        bar=0 if stacked else bar,
        title=width - label - 1 if stacked else title,
        scale=max((max(row.wanted, seats_drawn(row.seats, row.wanted)) for row in rows), default=1),
        stacked=stacked,
    )


def _share_of_bar(room: int, longest: int) -> int:
    """Return how long bars are beside titles, the longest of which is so long; 0 where they are left out."""
    beside_fair, beside_cut = (room - min(longest, title) for title in (FAIR_TITLE, CUT_TITLE))
    bar = max(min(beside_fair, LONGEST_BAR), min(beside_cut, SHORT_BAR))
    return bar if bar >= SHORT_BAR else 0
