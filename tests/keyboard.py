"""Ctrl-C, pressed at a moment that does not depend on how fast the machine is."""

from __future__ import annotations

import sys
import threading
from collections.abc import Iterator
from types import FrameType

from midtvejs.solving.stop import stoppable

PATIENCE = 600
"""Seconds after which something hangs, however slow the machine is."""


def await_the_wait() -> None:
    """Return once the main thread waits in ``stoppable``: any sooner, Ctrl-C would end the test itself."""
    main = threading.main_thread().ident
    assert main is not None
    pause = threading.Event()
    for _ in range(100 * PATIENCE):
        if _waits([frame.f_code for frame in _callers(sys._current_frames()[main])]):  # noqa: SLF001
            return
        pause.wait(0.01)
    raise TimeoutError("the main thread never came to its waiting")


def _callers(frame: FrameType | None) -> Iterator[FrameType]:
    while frame:
        yield frame
        frame = frame.f_back


def _waits(codes: list[object]) -> bool:
    """Tell a wait that ``stoppable`` asked for from that of ``Thread.start``, which it calls before."""
    if stoppable.__code__ not in codes:
        return False
    inner = codes[: codes.index(stoppable.__code__)]
    return threading.Event.wait.__code__ in inner and threading.Thread.start.__code__ not in inner
