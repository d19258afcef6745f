"""What the solver is at, on stderr, once it takes long enough for anyone to wonder."""

from __future__ import annotations

import threading
import time
from types import TracebackType
from typing import TYPE_CHECKING, Self

from midtvejs.output.screen import Screen

if TYPE_CHECKING:
    from rich.console import RenderableType
    from rich.live import Live

SOON = 1.0
"""Seconds that nobody wonders at."""


class Progress:
    """Shows nothing for ``after`` seconds; from then on a line that leaves no trace on a terminal.

    Off a terminal it is one plain line a stage instead. ``update`` may be called from any thread.
    ``after`` is SOON unless it is given.
    """

    def __init__(self, screen: Screen, after: float | None = None) -> None:
        after = SOON if after is None else after
        self._screen = screen
        self._after = after
        self._timer = threading.Timer(after, self._begin)
        self._timer.daemon = True
        self._lock = threading.RLock()
        self._live: Live | None = None
        self._begun = self._ended = False
        self._stage = self._noted = ""
        self._line = "starting"
        self._started = 0.0

    def __enter__(self) -> Self:
        self._started = time.monotonic()
        self._timer.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._timer.cancel()
        with self._lock:
            self._ended = True
            live, self._live = self._live, None
        if live:
            # Not under the lock: its drawing thread may be waiting for it, and is waited for here.
            live.stop()

    def update(self, stage: str, bound: int | None, incumbent: int | None) -> None:
        """Say what is known of a stage: nothing is below ``bound``, ``incumbent`` is found."""
        self._tell(stage, _state(bound, incumbent))

    def count(self, stage: str, done: int) -> None:
        """Say how many of what a stage is to do are done."""
        self._tell(stage, f"{done} done")

    def say(self, stage: str, state: str) -> None:
        """Say how far a stage has come, in words."""
        self._tell(stage, state)

    def _tell(self, stage: str, state: str) -> None:
        with self._lock:
            self._stage = stage
            self._line = f"{stage}: {state}"
            if self._begun and not self._ended and not self._screen.err.isatty():
                self._note()

    def _begin(self) -> None:
        with self._lock:
            if self._ended or not self._screen.notes:
                return
            self._begun = True
            if self._screen.err.isatty():
                self._live = self._spin()
            elif self._stage:
                self._note()

    def _note(self) -> None:
        if self._stage != self._noted:
            self._noted = self._stage
            self._screen.note(self._line)

    def _spin(self) -> Live:
        from rich.live import Live
        from rich.spinner import Spinner

        spinner = Spinner("dots", style="cyan")

        def draw() -> RenderableType:
            from midtvejs.output.layout import words_of

            text = words_of(f"{self._line}, {time.monotonic() - self._started:.0f} s")
            text.no_wrap, text.overflow = True, "ellipsis"
            spinner.update(text=text)
            return spinner

        live = Live(
            get_renderable=draw,
            console=self._screen.console(self._screen.err),
            transient=True,
            refresh_per_second=8,
            redirect_stdout=False,
            redirect_stderr=False,
        )
        live.start()
        return live


def _state(bound: int | None, incumbent: int | None) -> str:
    known = [
        f"{incumbent} found" if incumbent is not None else "",
        f"at least {bound}" if bound is not None else "",
    ]
    return ", ".join(filter(None, known)) or "searching"
