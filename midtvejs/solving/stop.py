"""Ask a search to end: by Ctrl-C or by a time limit, and always with the best found so far.

The clock runs from the moment at which a Stop is made: a verb makes it first of all, and hands it to whatever
may take long. Long loops ask it between cheap steps.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from time import monotonic
from typing import TypeVar

from midtvejs.domain.assignment import OutOfTime
from midtvejs.solving.limits import DEFAULT

T = TypeVar("T")


class Stop:
    """Set once, by another thread than the one that searches, or by the clock.

    ``seconds`` are those of ``clock``, counted from now on; None for no end of the time.
    """

    def __init__(self, *, seconds: float | None = None, clock: Callable[[], float] = monotonic) -> None:
        self._lock = threading.Lock()
        self._callback: Callable[[], None] | None = None
        self._called_when: Callable[[], bool] = lambda: self.asked
        self._clock = clock
        self._end = None if seconds is None else clock() + seconds
        self._asked = False
        self.interrupted = False
        self._part_has_ended = False

    @property
    def asked(self) -> bool:
        """Whether the search is to end."""
        return self._asked or self._is_late()

    @property
    def has_ended(self) -> bool:
        """Whether anything was told to end, be it in a ``part`` of the time."""
        return self.asked or self._part_has_ended

    def _is_late(self) -> bool:
        return self._end is not None and self._clock() >= self._end

    @property
    def left(self) -> float | None:
        """The seconds left before the end of the time; None where it has none."""
        return None if self._end is None else self._end - self._clock()

    def part(self, share: float) -> Part:
        """Return one that asks after a share of the time that is left, and whenever this one does."""
        seconds = None if self._end is None else share * (self._end - self._clock())
        return Part(self, seconds=seconds, clock=self._clock)

    def note_end_of_part(self) -> None:
        self._part_has_ended = True

    def check(self) -> None:
        """Do nothing while there is time.

        Raises:
            OutOfTime: there is none left.
        """
        if self.asked:
            raise OutOfTime

    def ring(self) -> None:
        """Ask where the time is up, be it that of a part, and nobody has asked before."""
        if not self._asked and self._is_late():
            self.ask()
        elif not self._asked:
            with self._lock:
                if self._callback and self._called_when():
                    self._callback()

    def ask(self, *, interrupted: bool = False) -> None:
        with self._lock:
            self._asked = True
            self.interrupted = self.interrupted or interrupted
            if self._callback:
                self._callback()

    @contextmanager
    def calls(
        self, callback: Callable[[], None], *, when: Callable[[], bool] | None = None
    ) -> Iterator[None]:
        """Have ``callback`` called when stopping is asked for inside the block, or was before.

        ``when``: the same for what else may be asked for, as the end of a part is.
        """
        with self._lock:
            self._callback, self._called_when = callback, when or (lambda: self.asked)
            if self._called_when():
                callback()
        try:
            yield
        finally:
            with self._lock:
                self._callback = None


class Part(Stop):
    """A part of the time of another."""

    def __init__(self, whole: Stop, *, seconds: float | None, clock: Callable[[], float]) -> None:
        super().__init__(seconds=seconds, clock=clock)
        self._whole = whole

    def renew(self, share: float) -> None:
        """Let the part begin anew, with a share of the time that is left of the whole."""
        left = self._whole.left
        self._end = None if left is None else self._clock() + share * left

    @property
    def asked(self) -> bool:
        """Whether what is done in this part is to end."""
        if self._whole.asked:
            return True
        late = super().asked
        if late:
            self._whole.note_end_of_part()
        return late

    @contextmanager
    def calls(
        self, callback: Callable[[], None], *, when: Callable[[], bool] | None = None
    ) -> Iterator[None]:
        """Have ``callback`` called when the part, or the whole, is up inside the block."""
        with self._whole.calls(callback, when=when or (lambda: self.asked)):
            yield


def stoppable(work: Callable[[Stop], T], stop: Stop, *, breath: float = DEFAULT.breath) -> T:
    """Run ``work`` so that Ctrl-C, and the end of the time, ask it to stop and wait for its answer.

    The work runs in a thread of its own: a compiled solver never lets Python see the signal. A second Ctrl-C
    is not waited for.

    Raises:
        KeyboardInterrupt: at the second Ctrl-C, or where the first one left too little time for any answer.
        Exception: whatever ``work`` raised.
    """
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
    while not done.is_set():
        try:
            done.wait(breath)
            stop.ring()
        except KeyboardInterrupt:
            if stop.interrupted:
                raise
            stop.ask(interrupted=True)
    if failure and stop.interrupted and isinstance(failure[0], OutOfTime):
        raise KeyboardInterrupt
    if failure:
        raise failure[0]
    return answer[0]
