"""Hold back what would end the program while files get their names: all of them do, or none."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

ENDING = [each for each in signal.Signals if each.name in {"SIGINT", "SIGTERM", "SIGHUP", "SIGBREAK"}]
"""Ctrl-C, being told to end, and a terminal that was closed; no system has all of them."""


class Held:
    """Which signals came meanwhile."""

    def __init__(self) -> None:
        self.came: list[int] = []

    def note(self, number: int, frame: FrameType | None) -> None:
        del frame
        self.came.append(number)

    def check(self) -> None:
        """Do nothing unless the program was asked to end.

        Raises:
            KeyboardInterrupt: it was.
        """
        if self.came:
            raise KeyboardInterrupt


@contextmanager
def held_back() -> Iterator[Held]:
    """Hold back signals that end the program until the block is left, which may ask whether any came.

    Only the main thread is ever interrupted. A signal that is ignored, as by nohup, stays ignored.
    """
    held = Held()
    earlier = {}
    try:
        if threading.current_thread() is threading.main_thread():
            for number in ENDING:
                if signal.getsignal(number) not in (signal.SIG_IGN, None):
                    earlier[number] = signal.signal(number, held.note)
        yield held
    finally:
        for number, handler in earlier.items():
            signal.signal(number, handler)
        if held.came:
            signal.raise_signal(held.came[0])


def end_as_by_ctrl_c() -> None:
    """Let whatever would kill the program interrupt it, as Ctrl-C does, so that it leaves nothing behind."""
    for number in ENDING:
        if signal.getsignal(number) == signal.SIG_DFL:
            signal.signal(number, signal.default_int_handler)
