"""What ``midtvejs`` alone shows: what there is, and what comes next."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from midtvejs.output.screen import Page, printable

if TYPE_CHECKING:
    from rich.console import RenderableType

LAST = "every command: midtvejs --help; the manual: midtvejs guide"


def overview_page(lines: Sequence[str], following: Sequence[str]) -> Page:
    """Show what there is, a line each, and the commands to go on with."""
    told = [printable(line) for line in lines]
    commands = [f"next: {following[0]}", *(f"  or: {command}" for command in following[1:])]

    def rich() -> RenderableType:
        from rich.text import Text

        return Text("\n").join([*map(Text, told), *(Text(each, "bold") for each in commands), Text(LAST)])

    return Page(plain=lambda: [*told, *commands, LAST], rich=rich)
