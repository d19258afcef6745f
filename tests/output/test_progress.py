from __future__ import annotations

import io
import re
import threading

import pytest

from midtvejs.output import progress
from midtvejs.output.progress import Progress
from midtvejs.output.screen import Screen
from tests.quietly import NEVER

PATIENCE = 600
"""Seconds after which something hangs, however slow the machine is."""


class Watched(io.StringIO):
    """A stream that tells when it is written to."""

    encoding = "utf-8"

    def __init__(self, *, terminal: bool) -> None:
        super().__init__()
        self._terminal = terminal
        self.written = threading.Event()

    def isatty(self) -> bool:
        return self._terminal

    def write(self, text: str) -> int:
        count = super().write(text)
        self.written.set()
        return count


@pytest.fixture(params=[False, True], ids=["pipe", "terminal"])
def err(request: pytest.FixtureRequest) -> Watched:
    return Watched(terminal=request.param)


def screen(err: Watched) -> Screen:
    return Screen(out=io.StringIO(), err=err, width=80)


def test_what_is_done_soon_needs_no_progress(err: Watched) -> None:
    with Progress(screen(err), after=NEVER) as told:
        told.update("worst", 0, 3)
    assert err.getvalue() == ""


def test_what_takes_long_is_told_of_unless_it_is_said_when(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(progress, "SOON", 0)
    err = Watched(terminal=False)
    with Progress(screen(err)) as told:
        told.update("worst", 0, 3)
        assert err.written.wait(PATIENCE)
    assert err.getvalue() == "worst: 3 found, at least 0\n"


def test_a_pipe_gets_one_line_a_stage() -> None:
    err = Watched(terminal=False)
    with Progress(screen(err), after=0) as told:
        told.update("worst", None, None)
        assert err.written.wait(PATIENCE)
        told.update("worst", 0, 3)
        told.update("total", 131, 140)
        told.update("total", 131, 139)
        told.update("even", 131, None)
    assert err.getvalue() == "worst: searching\ntotal: 140 found, at least 131\neven: at least 131\n"


def test_what_is_done_one_by_one_is_counted() -> None:
    err = Watched(terminal=False)
    with Progress(screen(err), after=0) as told:
        told.count("180 days to explain", 3)
        assert err.written.wait(PATIENCE)
        told.count("180 days to explain", 4)
    assert err.getvalue() == "180 days to explain: 3 done\n"


def test_a_terminal_is_left_as_it_was() -> None:
    err = Watched(terminal=True)
    with Progress(screen(err), after=0) as told:
        told.update("total", 131, 140)
        assert err.written.wait(PATIENCE)
    assert re.search(r"total: 140 found, at least 131, \d+ s", err.getvalue())
    assert_clean(err)


def test_a_terminal_is_left_as_it_was_when_something_breaks() -> None:
    err = Watched(terminal=True)

    def broken() -> None:
        with Progress(screen(err), after=0):
            assert err.written.wait(PATIENCE)
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        broken()
    assert_clean(err)


def test_results_stay_untouched(err: Watched) -> None:
    both = screen(err)
    with Progress(both, after=0) as told:
        told.update("total", 131, 140)
        assert err.written.wait(PATIENCE)
    assert isinstance(both.out, io.StringIO)
    assert both.out.getvalue() == ""


def assert_clean(err: Watched) -> None:
    """The cursor is seen again, and the line it stands on is empty."""
    show_cursor, erase_line = "\x1b[?25h", "\x1b[2K"
    *_, end = err.getvalue().split("\x1b[?25l")
    assert show_cursor in end
    assert end.rstrip("\n").endswith(erase_line)
