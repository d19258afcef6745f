"""Ctrl-C as a terminal has it, also where tests run in processes that do not listen to it."""

from __future__ import annotations

import signal
from collections.abc import Iterator

import pytest


@pytest.fixture
def python_keyboard() -> Iterator[None]:
    """Have Ctrl-C raise KeyboardInterrupt."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)
