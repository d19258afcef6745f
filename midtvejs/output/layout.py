"""Pieces that the terminal forms of the pages share. rich is imported when they are drawn, not before.

Bars of what is wanted against what there is.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from midtvejs.domain.program import is_unlimited
from midtvejs.output.screen import printable

if TYPE_CHECKING:
    from rich.console import Console, ConsoleOptions, RenderableType, RenderResult
    from rich.measure import Measurement
    from rich.table import Table
    from rich.text import Text

T = TypeVar("T")

NARROW = 50
"""Below so many columns a table is a list."""

WIDE = 140
"""No table is wider than this: eyes lose the row."""


def words_of(text: str, style: str = "") -> Text:
    """Return text from a file as something rich shows literally."""
    from rich.text import Text

    return Text(printable(text), style=style)


def line(*parts: tuple[str, str] | str) -> Text:
    """Return one text of parts, each with its style or without one."""
    from rich.text import Text

    return Text.assemble(
        *(printable(part) if isinstance(part, str) else (printable(part[0]), part[1]) for part in parts)
    )


def stack(parts: Iterable[RenderableType], *, gap: bool = False) -> RenderableType:
    """Put parts below each other, with an empty line between them if there is to be a ``gap``."""
    from rich.console import Group

    spaced = [part for each in parts for part in ((each, "") if gap else (each,))]
    return Group(*(spaced[:-1] if gap else spaced))


def indent(part: RenderableType, by: int = 2) -> RenderableType:
    from rich.padding import Padding

    return Padding(part, (0, 0, 0, by))


def section(title: str, lines: Iterable[str]) -> RenderableType:
    """Put lines of text below a title, and a little to the right of it."""
    return stack((line((title, "bold")), *(indent(words_of(each)) for each in lines)))


def grid(columns: int, *, gap: int = 2) -> Table:
    """Return a table without lines, for parts that are to be aligned."""
    from rich.table import Table

    table = Table.grid(padding=(0, gap, 0, 0))
    for _ in range(columns):
        table.add_column()
    return table


@dataclass(frozen=True, slots=True)
class Fitted:
    """Draws itself by the width there is, in columns."""

    draw: Callable[[int], RenderableType]

    def __rich_console__(self, _console: Console, options: ConsoleOptions) -> RenderResult:
        yield self.draw(options.max_width)


@dataclass(frozen=True, slots=True)
class Shortened:
    """A text wrapped to its column, ending in … where it would need more than so many ``lines``."""

    text: Text
    lines: int

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        wrapped = hyphenate(self.text, options.max_width).wrap(console, options.max_width)
        if len(wrapped) > self.lines:
            wrapped[self.lines - 1].rstrip()
            wrapped[self.lines - 1].truncate(options.max_width - 1)
            wrapped[self.lines - 1].append("…")
        yield from wrapped[: self.lines]

    def __rich_measure__(self, console: Console, options: ConsoleOptions) -> Measurement:
        from rich.measure import Measurement

        return Measurement.get(console, options, self.text)


LONG_WORD = re.compile(r"[^\W\d_]{6,}")
SYLLABLE = re.compile(r"(?<=\w{3})[^\W\d_aeiouyæøå](?=[aeiouyæøå]\w)")


def hyphenate(text: Text, width: int) -> Text:
    """Part words longer than ``width`` where a syllable begins: a consonant before a vowel.

    That is right for most Danish and English words, and legible for all.
    """
    breaks: list[int] = []
    for word in LONG_WORD.finditer(text.plain):
        start = word.start()
        while word.end() - start > width:
            starts = [found.start() for found in SYLLABLE.finditer(text.plain, start, word.end())]
            fitting = [each for each in starts if 0 < each - start < width]
            if not fitting:
                break
            start = fitting[-1]
            breaks.append(start)
    return text.blank_copy("- ").join(text.divide(breaks)) if breaks else text


def newspaper(rows: Sequence[Sequence[T]], columns: int) -> list[list[T]]:
    """Lay rows out down and then across: each line holds up to ``columns`` of them, side by side."""
    height = -(-len(rows) // columns)
    return [[cell for row in rows[start::height] for cell in row] for start in range(height)]


def columns_of(text: str) -> int:
    """Return how many columns of a terminal a text takes: two for 漢 and 🎈."""
    from rich.cells import cell_len

    return cell_len(text)


def pad(text: str, width: int) -> str:
    return text + " " * (width - columns_of(text))


def shorten(text: str, width: int) -> str:
    """Return as much of a text as fits, with … where that is not all; nothing where there is no room."""
    from rich.cells import set_cell_size

    if columns_of(text) <= width:
        return text
    return set_cell_size(text, width - 1).rstrip() + "…" if width > 1 else ""


SHORT_BAR = 8
"""A bar of fewer columns says nothing and is left out."""
LEGEND = "█ first wishes that fit  ▒ those that do not  ░ seats for others"


def seats_bar(wanted: int, seats: int, scale: int, width: int) -> tuple[tuple[str, str], ...]:
    """Draw who want a session most against its seats: those who fit, those who do not, seats left for others.

    Pieces with their colours. ``scale`` is the number of people that ``width`` columns stand for. Nothing
    where there is no room for it.
    """
    if width < SHORT_BAR:
        return ()
    has, wants = (round(count * width / (scale or 1)) for count in (seats, wanted))
    full, beyond, free = min(has, wants), max(0, wants - has), max(0, has - wants)
    rest = " " * (width - full - beyond - free + 2)
    return ("█" * full, "cyan"), ("▒" * beyond, colour(wanted, seats)), ("░" * free, "dim"), (rest, "")


def seats_drawn(seats: int, wanted: int) -> int:
    """Return how many seats are to be drawn: where everybody fits, those of who want them."""
    return wanted if is_unlimited(seats) else seats


def seats_in_column(seats: int) -> str:
    return "no limit" if is_unlimited(seats) else str(seats)


def colour(wanted: int, seats: int) -> str:
    return "red" if wanted >= 2 * seats else "yellow"
