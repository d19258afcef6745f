"""Markdown on a terminal: tables that stay readable in few columns, code that can be copied."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rich import box
from rich.console import Console, ConsoleOptions, RenderableType, RenderResult
from rich.constrain import Constrain
from rich.markdown import CodeBlock, Heading, Markdown, TableElement
from rich.table import Table
from rich.text import Text
from rich.theme import Theme

from midtvejs.output.layout import Fitted, indent, stack

WIDEST = 100
"""Columns of text that eyes can follow."""

GAP = 2

MOST_OF_WORDS = 3
"""A table of more columns has figures in them."""


def markdown(text: str) -> RenderableType:
    """Return Markdown as it is shown on a terminal."""
    return _OnAnyGround(Constrain(_Markdown(text, hyperlinks=False), WIDEST))


@dataclass(frozen=True, slots=True)
class _OnAnyGround:
    """Something drawn without rich's black ground behind code, which is a stain on a light terminal."""

    shown: RenderableType

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        with console.use_theme(Theme({"markdown.code": "bold cyan"})):
            yield from console.render(self.shown, options)


class _Heading(Heading):
    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        del console, options
        yield Text(self.text.plain, style="bold underline" if self.tag == "h1" else "bold")


class _Code(CodeBlock):
    """Code as it stands, a little to the right: what is typed is bold."""

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        del console, options
        lines = str(self.text).rstrip().splitlines()
        shown = (Text(line, style="bold" if line.startswith("$ ") else "", overflow="fold") for line in lines)
        yield indent(stack(shown), 4)


class _Table(TableElement):
    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        del console, options
        header = [cell.content for cell in self.header.row.cells] if self.header and self.header.row else []
        rows = [[cell.content for cell in row.cells] for row in self.body.rows] if self.body else []
        yield Fitted(lambda width: _table(header, rows, width))


class _Markdown(Markdown):
    elements = Markdown.elements | {
        "heading_open": _Heading,
        "fence": _Code,
        "code_block": _Code,
        "table_open": _Table,
    }


def _table(header: Sequence[Text], rows: Sequence[Sequence[Text]], width: int) -> RenderableType:
    """Draw a table; or a list, where its last column, which tells the most, would have too few columns.

    Figures, which are compared, stay a table as long as none of them is broken.
    """
    columns = [[row[column] for row in rows] for column in range(len(header))]
    whole = [max(cell.cell_len for cell in cells) for cells in columns]
    least = [max(map(_longest_word, [title, *cells])) for title, cells in zip(header, columns, strict=True)]
    if len(header) > MOST_OF_WORDS or sum(whole) + GAP * (len(header) - 1) <= width:
        for gap in range(GAP, 0, -1):
            room = width - gap * (len(header) - 1)
            if sum(least) <= room:
                return _columns(header, rows, _grow(least, whole, room), gap)
    else:
        first, *between, last = whole
        sides = [first, *(min(each, width // 4) for each in between)]
        room = width - GAP * (len(header) - 1) - sum(sides)
        if room >= width // 3:
            return _columns(header, rows, [*sides, min(last, room)], GAP)
    return stack((_entry(header, row) for row in rows), gap=True)


def _grow(widths: Sequence[int], wanted: Sequence[int], room: int) -> list[int]:
    """Return widths of columns that come as near to those wanted as there is room for, the first first."""
    grown = list(widths)
    for column, want in enumerate(wanted):
        grown[column] += max(0, min(want - grown[column], room - sum(grown)))
    return grown


def _longest_word(text: Text) -> int:
    return max(map(len, text.plain.split()), default=0)


def _columns(
    header: Sequence[Text], rows: Sequence[Sequence[Text]], widths: Sequence[int], gap: int
) -> RenderableType:
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, padding=(0, gap - 1, 0, 0), show_edge=False)
    for title, width in zip(header, widths, strict=True):
        table.add_column(title, width=width, overflow="fold")
    for row in rows:
        table.add_row(*row)
    return table


def _entry(header: Sequence[Text], row: Sequence[Text]) -> RenderableType:
    """Put the cells of a row below each other: what it is about, and what the others say of it."""
    first, *others, last = row
    about = [Text(first.plain, style="bold")] if first.plain else []
    named = [
        Text.assemble(title, ": ", cell)
        for title, cell in zip(header[1:], others, strict=False)
        if cell.plain
    ]
    return stack([*about, *(indent(each) for each in (*named, last))])
