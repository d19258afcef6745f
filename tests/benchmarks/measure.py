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
        begun, killed, held = time.monotonic(), False, 0
        process = subprocess.Popen(
            [sys.executable, *arguments], stdout=file, stderr=subprocess.DEVNULL, env=environment
        )
        while True:
            held = _held_by(process.pid) or held
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
        seconds=seconds,
        cpu=cpu,
        memory=held or usage.ru_maxrss * 1024,
        code=None if killed else process.returncode,
    )


def _held_by(pid: int) -> int:
    """Return the most memory that a process has held up to now; 0 where the system does not tell.

    What ``wait4`` tells in the end is never less than what we hold ourselves while a process is begun.
    """
    try:
        told = Path(f"/proc/{pid}/status").read_text(encoding="utf-8")
    except OSError:
        return 0
    return next((int(line.split()[1]) * 1024 for line in told.splitlines() if line.startswith("VmHWM")), 0)
