"""Where verbs show what they have: a terminal, or a pipe that gets plain whole lines.

rich is imported when a terminal needs it and not before: in a pipe, start-up is all there is.
"""

from __future__ import annotations

import io
import os
import re
import sys
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, TextIO

if TYPE_CHECKING:
    from rich.console import Console, RenderableType

CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069]+")

ESCAPE = re.compile(r"\x1b\[[0-9;]*m")
LINES = 1_000
"""So many lines are written at a time."""
CHARACTERS = 1_000_000
"""So many characters of a result that is written as it stands: they are encoded one after the other."""


FORCING = ("FORCE_COLOR", "CLICOLOR_FORCE")
"""Variables that ask for colours where there is no terminal; NO_COLOR is heeded before them."""


def colours_forced() -> bool:
    asked = (os.environ.get(name, "").casefold() for name in FORCING)
    return not os.environ.get("NO_COLOR") and any(value not in {"", "0", "false"} for value in asked)


def printable(text: str) -> str:
    """Return text from a file as one line that cannot steer a terminal.

    Control characters, line breaks and marks that turn the writing direction become a space.
    """
    return CONTROL.sub(" ", text)


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """Something to show, in both its forms; each is made only when it is asked for."""

    plain: Callable[[], Iterable[str]]
    rich: Callable[[], RenderableType]


class Screen:
    """The two streams of a verb: results to ``out``, everything else to ``err``.

    Without ``pages`` none are shown, without ``notes`` only what is wrong is said.
    """

    def __init__(
        self,
        out: TextIO | None = None,
        err: TextIO | None = None,
        width: int | None = None,
        *,
        pages: bool = True,
        notes: bool = True,
    ) -> None:
        self.out = out or sys.stdout
        self.err = err or sys.stderr
        self.notes = notes
        self.pages = pages
        self._width = width

    def show(self, page: Page) -> None:
        """Show a result."""
        if self.pages:
            self._put(page, self.out)

    def show_faults(self, page: Page) -> None:
        """Show faults where they are the result; where no result is shown, they are told."""
        self._put(page, self.out if self.pages else self.err)

    def read(self, page: Page) -> None:
        """Show a result that is read from its beginning: on a terminal by a pager, where there is one."""
        if self.pages and self.out.isatty():
            from midtvejs.output.pager import find_pager, read_through

            if read_through(find_pager(), lambda styled: self._drawn(page, styled=styled)):
                return
        self.show(page)

    def tell(self, page: Page) -> None:
        """Show what is not a result: diagnostics, progress, explanations."""
        self._put(page, self.err)

    def write(self, text: str) -> None:
        """Write a result as it stands: JSON, CSV. A pipe gets UTF-8 and LF, whatever the system's habit."""
        self.write_parts(text[begin : begin + CHARACTERS] for begin in range(0, len(text), CHARACTERS))

    def write_parts(self, parts: Iterable[str]) -> None:
        """Write a result as ``write`` does, piece by piece as it is made: it may be a large one."""
        if isinstance(self.out, io.TextIOWrapper) and not self.out.isatty():
            self.out.reconfigure(encoding="utf-8", errors="backslashreplace", newline="\n")
        for part in parts:
            self.out.write(part)
        self.out.flush()

    def note(self, text: str) -> None:
        """Say what was done, or what comes next, on one line."""
        if self.notes:
            self.warn(text)

    def warn(self, text: str) -> None:
        """Say on one line what is wrong, or ended early: that is never left out."""
        self.err.write(printable(text) + "\n")
        self.err.flush()

    def console(self, stream: TextIO) -> Console:
        from rich.console import Console

        forced = colours_forced() and not stream.isatty()
        return Console(
            file=stream,
            width=self._width,
            force_terminal=forced or None,
            color_system="standard" if forced else "auto",
            highlight=False,
            markup=False,
            emoji=False,
        )

    def _drawn(self, page: Page, *, styled: bool) -> str:
        console = self.console(self.out)
        with console.capture() as capture:
            console.print(page.rich())
        return capture.get() if styled else ESCAPE.sub("", capture.get())

    def _put(self, page: Page, stream: TextIO) -> None:
        if stream.isatty() or colours_forced():
            self.console(stream).print(page.rich())
        else:
            lines = iter(page.plain())
            # Many lines at a time: where nothing is buffered, each of them would be a call of the system.
            while some := list(islice(lines, LINES)):
                stream.write("\n".join(some) + "\n")
            stream.flush()
