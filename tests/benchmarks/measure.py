"""Whole processes, measured from outside: wall time, and the most memory held."""

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
    """Seconds of wall time, peak memory in bytes, the exit code (None: stopped at the limit)."""

    seconds: float
    memory: int
    code: int | None


def measured(arguments: Sequence[str], output: Path, limit: float) -> Measured:
    """Run ``python <arguments>``, its stdout into ``output``; kill it after ``limit`` seconds."""
    environment = {key: value for key, value in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"}
    with output.open("wb") as file:
        begun = time.monotonic()
        process = subprocess.Popen(
            [sys.executable, *arguments], stdout=file, stderr=subprocess.DEVNULL, env=environment
        )
        while True:
            pid, status, usage = os.wait4(process.pid, os.WNOHANG)
            seconds = time.monotonic() - begun
            if pid:
                process.returncode = os.waitstatus_to_exitcode(status)
                return Measured(seconds=seconds, memory=usage.ru_maxrss * 1024, code=process.returncode)
            if seconds > limit:
                process.kill()
                _, _, usage = os.wait4(process.pid, 0)
                process.returncode = -9
                return Measured(seconds=seconds, memory=usage.ru_maxrss * 1024, code=None)
            time.sleep(0.005)
