"""Whole processes, measured from outside: wall time, processor time, and the most memory held."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """Seconds of wall time, and of processors with those of processes of its own; peak memory in bytes.

    ``code`` is the exit code (None: stopped at the limit).
    """

    seconds: float
    cpu: float
    memory: int
    code: int | None


def measured(arguments: Sequence[str], output: Path, limit: float) -> Measured:
    """Run ``python <arguments>``, its stdout into ``output``; kill it after ``limit`` seconds."""
    environment = {key: value for key, value in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"}
    with output.open("wb") as file:
        begun, killed = time.monotonic(), False
        process = subprocess.Popen(
            [sys.executable, *arguments], stdout=file, stderr=subprocess.DEVNULL, env=environment
        )
        while True:
            pid, status, usage = os.wait4(process.pid, os.WNOHANG)
            seconds = time.monotonic() - begun
            if pid:
                process.returncode = os.waitstatus_to_exitcode(status)
                break
            if killed := seconds > limit:
                process.kill()
                _, _, usage = os.wait4(process.pid, 0)
                process.returncode = -9
                break
            time.sleep(0.005)
    cpu = usage.ru_utime + usage.ru_stime
    return Measured(
        seconds=seconds, cpu=cpu, memory=usage.ru_maxrss * 1024, code=None if killed else process.returncode
    )
