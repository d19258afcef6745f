"""How a search is asked to end: by Ctrl-C or by a time limit, and always with the best found so far."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from time import monotonic
from typing import TypeVar

T = TypeVar("T")

BREATH = 0.05
"""Seconds between two looks at the keyboard and the clock."""


class Stop:
    """Set once, by another thread than the one that searches."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._callback: Callable[[], None] | None = None
        self.asked = False
        self.interrupted = False

    def ask(self, *, interrupted: bool = False) -> None:
        with self._lock:
            self.asked = True
            self.interrupted = self.interrupted or interrupted
            if self._callback:
                self._callback()

    @contextmanager
    def calls(self, callback: Callable[[], None]) -> Iterator[None]:
        """Have ``callback`` called when stopping is asked for inside the block, or was before."""
        with self._lock:
            self._callback = callback
            if self.asked:
                callback()
        try:
            yield
        finally:
            with self._lock:
                self._callback = None


def stoppable(work: Callable[[Stop], T], *, seconds: float | None) -> tuple[T, Stop]:
    """Run ``work`` so that Ctrl-C, and the end of ``seconds``, ask it to stop and wait for its answer.

    The work runs in a thread of its own: a compiled solver never lets Python see the signal. A second Ctrl-C
    is not waited for.

    Raises:
        KeyboardInterrupt: at the second Ctrl-C.
        Exception: whatever ``work`` raised.
    """
    stop = Stop()
    answer: list[T] = []
    failure: list[BaseException] = []

    def run() -> None:
        try:
            answer.append(work(stop))
        except BaseException as error:
            failure.append(error)
        finally:
            done.set()

    # Not join: Ctrl-C inside it has CPython 3.11 take the thread for finished (bpo-45274).
    done = threading.Event()
    threading.Thread(target=run, name="search", daemon=True).start()
    end = None if seconds is None else monotonic() + seconds
    while not done.is_set():
        try:
            done.wait(BREATH)
            if end is not None and not stop.asked and monotonic() >= end:
                stop.ask()
        except KeyboardInterrupt:
            if stop.interrupted:
                raise
            stop.ask(interrupted=True)
    if failure:
        raise failure[0]
    return answer[0], stop
