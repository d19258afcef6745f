"""HiGHS, the other solver of a model: it relaxes all days at once, where CP-SAT decides on seat by seat.

Where rules bind hundreds of people to each other, the relaxation of the whole is nearly whole by itself, and
a node or two of its search prove what CP-SAT leaves open; with few people CP-SAT is quicker (HiGHS: Huangfu
and Hall 2018, "Parallelizing the dual revised simplex method"). It is in OR-Tools' own wheel.

Its work is limited in nodes, and it cannot be interrupted: so it has a process of its own, which is ended
when stopping is asked for. It calculates with fractions that are rounded: what it finds counts only if it
keeps every row in whole numbers, and its bound is rounded up to one.
"""

from __future__ import annotations

import json
import subprocess
import sys
import threading
from contextlib import suppress
from math import isfinite
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO, Any

from midtvejs.solving.cpsat.model import Model
from midtvejs.solving.cpsat.stated import NOTHING, Linear, Outcome, Verdict, least_whole
from midtvejs.solving.limits import DEFAULT
from midtvejs.solving.stop import Stop

PROCESS = Path(__file__).with_name("highs_process.py")
INFEASIBLE = 2
"""The reason of an end without any solution, as MathOpt numbers it."""

LEAVE = 0.5
"""Seconds before the end of the time that HiGHS is to end by itself with what it has: it looks seldom."""


def solve_by_highs(model: Model, *, seed: int, stop: Stop, nodes: int, share: float = 1.0) -> Outcome:
    """Solve with HiGHS, by one thread: the same result on every run, unless ``stop`` is asked for.

    After so many ``nodes``, or a ``share`` of the time that is left, the best so far is given.
    """
    if stop.asked:
        return NOTHING
    linear = model.linear()
    seconds = None if stop.left is None else max(0.0, min(share * stop.left, stop.left - LEAVE))
    terms = [term for _, _, of_row in linear.rows for term in of_row]
    # Numbers in a row are read in a third of the time that as many pairs take.
    asked = {
        "most": linear.most,
        "lows": [low for low, _, _ in linear.rows],
        "highs": [high for _, high, _ in linear.rows],
        "lengths": [len(of_row) for _, _, of_row in linear.rows],
        "variables": [variable for variable, _ in terms],
        "counts": [count for _, count in terms],
        "costs": linear.costs,
        "nodes": nodes,
        "seed": seed % 2**31,
        "seconds": seconds,
    }
    answer = _ask(json.dumps(asked).encode(), stop)
    return NOTHING if answer is None else _outcome(linear, answer)


def _ask(question: bytes, stop: Stop) -> dict[str, Any] | None:
    """Return what the process answers; None where it is ended before, or ends without a whole answer.

    Nor is there one where no process can be started, or there is no file for it to answer in.
    """
    command = [sys.executable or "python3", "-P", str(PROCESS)]
    pipe, silent = subprocess.PIPE, subprocess.DEVNULL
    with (
        suppress(OSError, ValueError),
        TemporaryFile() as answered,
        subprocess.Popen(command, stdin=pipe, stdout=answered, stderr=silent) as process,  # noqa: S603 - our own file
    ):
        # It reads at its own pace, and its input stays open: it ends when that does, however we end.
        threading.Thread(target=_tell, args=(process.stdin, question), daemon=True).start()
        while process.poll() is None:
            if stop.asked:
                process.kill()
            with suppress(subprocess.TimeoutExpired):
                process.wait(DEFAULT.breath)
        answered.seek(0)
        return json.load(answered) if process.returncode == 0 else None
    return None


def _tell(listening: IO[bytes], question: bytes) -> None:
    """Write the question, as far as it is listened to."""
    with suppress(OSError, ValueError):
        listening.write(question + b"\n")
        listening.flush()


def _outcome(linear: Linear, answer: dict[str, Any]) -> Outcome:
    dual, values = float(answer["bound"]), answer["values"]
    bound = least_whole(dual) if isfinite(dual) and linear.costs else 0
    if values and linear.allows(values):
        value = linear.value(values)
        verdict = Verdict.BEST if bound >= value or not linear.costs else Verdict.FOUND
        return Outcome(verdict=verdict, values=values, value=value, bound=min(bound, value))
    if answer["reason"] == INFEASIBLE:
        return Outcome(verdict=Verdict.IMPOSSIBLE, values=(), value=0, bound=0)
    return Outcome(verdict=Verdict.UNDECIDED, values=(), value=0, bound=bound)
