"""Stopping: asked for early or late, by the clock or the keyboard, and always with an answer."""

from __future__ import annotations

import signal
import sys
import threading
from _thread import interrupt_main

import pytest

from midtvejs.solving.stop import Stop, stoppable
from tests.keyboard import PATIENCE, await_the_wait


def press() -> None:
    await_the_wait()
    interrupt_main()


def asked(stop: Stop) -> threading.Event:
    """Return an event that is set when stopping is asked for."""
    event = threading.Event()

    def wait() -> None:
        with stop.calls(event.set):
            event.wait(PATIENCE)

    threading.Thread(target=wait, daemon=True).start()
    return event


def test_work_that_ends_is_not_stopped() -> None:
    stop = Stop()
    answer = stoppable(lambda _stop: "done", stop)
    assert (answer, stop.asked, stop.interrupted) == ("done", False, False)


def test_a_part_of_the_time_ends_before_the_whole_which_knows_that_it_did() -> None:
    now = 0
    whole = Stop(seconds=100, clock=lambda: now)
    part = whole.part(0.5)
    now = 49
    assert not part.asked
    assert not whole.has_ended
    now = 50
    assert part.asked
    assert (whole.asked, whole.has_ended) == (False, True)


@pytest.mark.parametrize("seconds", [None, 100])
def test_a_part_of_the_time_ends_with_the_whole(seconds: float | None) -> None:
    whole = Stop(seconds=seconds)
    part = whole.part(0.5)
    assert not part.asked
    told = threading.Event()
    with part.calls(told.set):
        whole.ask()
    assert part.asked
    assert told.is_set()


def test_the_end_of_the_time_asks_and_does_not_interrupt() -> None:
    stop = Stop(seconds=0)
    answer = stoppable(lambda stop: asked(stop).wait(PATIENCE), stop)
    assert (answer, stop.asked, stop.interrupted) == (True, True, False)


def test_what_the_work_raises_comes_through() -> None:
    def fail(_stop: Stop) -> None:
        raise LookupError("nothing here")

    with pytest.raises(LookupError, match="nothing here"):
        stoppable(fail, Stop())


@pytest.mark.usefixtures("python_keyboard")
def test_ctrl_c_asks_and_the_answer_is_waited_for() -> None:
    def work(stop: Stop) -> bool:
        press()
        return asked(stop).wait(PATIENCE)

    stop = Stop()
    answer = stoppable(work, stop)
    assert (answer, stop.asked, stop.interrupted) == (True, True, True)


@pytest.mark.skipif(sys.platform == "win32", reason="a thread cannot be sent a signal")
@pytest.mark.usefixtures("python_keyboard")
def test_a_signal_from_outside_asks_as_well() -> None:
    main = threading.main_thread().ident
    assert main is not None
    assert sys.platform != "win32"

    def work(stop: Stop) -> bool:
        await_the_wait()
        signal.pthread_kill(main, signal.SIGINT)
        return asked(stop).wait(PATIENCE)

    stop = Stop()
    answer = stoppable(work, stop)
    assert (answer, stop.interrupted) == (True, True)


@pytest.mark.usefixtures("python_keyboard")
def test_a_second_ctrl_c_is_not_waited_for() -> None:
    over = threading.Event()

    def work(stop: Stop) -> None:
        press()
        asked(stop).wait(PATIENCE)
        press()
        over.wait(PATIENCE)

    with pytest.raises(KeyboardInterrupt):
        stoppable(work, Stop())
    over.set()


@pytest.mark.usefixtures("python_keyboard")
def test_ctrl_c_after_the_end_of_the_time_still_counts_as_one() -> None:
    def work(stop: Stop) -> None:
        asked(stop).wait(PATIENCE)
        press()
        while not stop.interrupted:
            threading.Event().wait(0.01)

    stop = Stop(seconds=0)
    stoppable(work, stop)
    assert stop.interrupted


def test_a_callback_is_called_at_once_where_stopping_was_asked_before() -> None:
    stop, calls = Stop(), []
    with stop.calls(lambda: calls.append("early")):
        assert calls == []
        stop.ask()
        assert calls == ["early"]
    with stop.calls(lambda: calls.append("late")):
        assert calls == ["early", "late"]
    stop.ask(interrupted=True)
    assert calls == ["early", "late"]
    stop.ask()
    assert stop.interrupted


def test_the_clock_ends_a_part_of_what_is_under_way_and_not_the_whole() -> None:
    now = 0
    whole = Stop(seconds=100, clock=lambda: now)
    part, told = whole.part(0.5), threading.Event()
    with part.calls(told.set):
        now = 49
        whole.ring()
        assert not told.is_set()
        now = 50
        whole.ring()
        assert told.is_set()
    assert not whole.asked
