"""Run the command line in a process of its own: what it says, how it ends, and what it takes.

The process is forked from one in which everything is imported, so that thousands can be run. There is no
forking on Windows.
"""

from __future__ import annotations

import os
import resource
import signal
import sys
import traceback
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TextIO, cast

# All that a verb imports, so that no process has to do it again.
import midtvejs.cli.app
import midtvejs.commands.assign
import midtvejs.commands.plan
import midtvejs.commands.verify  # noqa: F401
from midtvejs.__main__ import main

CPU_SECONDS = 20
"""After so many the system ends a process; far more than any may take."""
MEGABYTE = 1 << 20
INTERRUPTED = 130
"""The exit code of what Ctrl-C ended."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ended:
    """How a process ended: ``code`` is below zero where by a signal; seconds of CPU, the most megabytes."""

    code: int
    stdout: str
    stderr: str
    seconds: float
    megabytes: float


def run(folder: Path, *words: str, before: Callable[[], None] = lambda: None) -> Ended:
    """Run ``midtvejs`` in a folder; ``before`` runs in its process first."""
    stdout, stderr = folder / ".stdout", folder / ".stderr"
    process = os.fork()
    if process == 0:
        os._exit(_be(folder, words, stdout, stderr, before))
    _, status, used = os.wait4(process, 0)
    ended = Ended(
        code=os.waitstatus_to_exitcode(status),
        stdout=stdout.read_text("utf-8", "replace"),
        stderr=stderr.read_text("utf-8", "replace"),
        seconds=used.ru_utime + used.ru_stime,
        megabytes=used.ru_maxrss * (1 if sys.platform == "darwin" else 1024) / MEGABYTE,
    )
    stdout.unlink()
    stderr.unlink()
    return ended


def _be(folder: Path, words: Sequence[str], stdout: Path, stderr: Path, before: Callable[[], None]) -> int:
    """Be the command line; return the exit code."""
    try:
        for number, path in ((1, stdout), (2, stderr)):
            os.dup2(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC), number)
        os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
        sys.stdin, sys.stdout, sys.stderr = _stream(0, "r"), _stream(1, "w"), _stream(2, "w")
        signal.signal(signal.SIGINT, signal.default_int_handler)
        resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
        os.chdir(folder)
        os.environ.update({"COLUMNS": "80", "NO_COLOR": "1"})
        sys.argv = ["midtvejs", *words]
        _ready(before)
        main()
        code = 0
    except SystemExit as left:
        code = left.code if isinstance(left.code, int) else 1
    except BaseException:
        traceback.print_exc()
        code = 70
    try:
        sys.stdout.flush()
        sys.stderr.flush()
    except (OSError, ValueError):
        code = code or 1
    return code


def _ready(before: Callable[[], None]) -> None:
    """Run what is to run first; a signal that it sends at once is one before the program has begun.

    Raises:
        SystemExit: it has ended by that, as it does while it is imported.
    """
    try:
        before()
    except KeyboardInterrupt:
        sys.exit(INTERRUPTED)


def _stream(number: int, mode: str) -> TextIO:
    return cast("TextIO", open(number, mode, encoding="utf-8", closefd=False))  # a descriptor, left open
