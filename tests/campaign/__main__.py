"""Throw hostile files, lies, kills and random conferences at the program; say what was tried and what failed.

python -m tests.campaign                       200 of each kind
python -m tests.campaign --count 10000 answers  ten thousand hostile files of answers
python -m tests.campaign --seed 7 forged:prices one kind, with other seeds
python -m tests.campaign --keep FOLDER          keep the files of what failed

The same seed and number are the same trial again: `--only 1234` runs that one.
"""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from random import Random

from tests.campaign import broken_off, conferences, forged, hostile

Trial = Callable[[Random, Path], Iterator[str]]
"""Runs in a folder of its own, and says what is wrong."""
KINDS: dict[str, Trial] = {
    "program": hostile.program,
    "answers": hostile.answers,
    "assignment": hostile.assignment,
    "certificate": hostile.certificate,
    "killed": broken_off.killed,
    "full": broken_off.full,
    "conferences": conferences.conferences,
    "truth": forged.truth,
    **{f"forged:{name}": forged.lie(name) for name in forged.LIES},
}
SHOWN = 600
"""Letters of a complaint."""


def main() -> None:
    """Run what is asked for; exit with 1 where anything failed."""
    options = parser().parse_args()
    numbers = options.only or range(options.count)
    failed = sum(_throw(kind, numbers, options) for kind in options.kinds or KINDS)
    sys.exit(int(failed > 0))


def parser() -> argparse.ArgumentParser:
    """Return what can be typed."""
    described = argparse.ArgumentParser(prog="python -m tests.campaign", description=__doc__.splitlines()[0])
    described.add_argument("kinds", nargs="*", choices=[*KINDS, []], help="all, or of: " + ", ".join(KINDS))
    described.add_argument("--count", type=int, default=200, help="trials of each kind")
    described.add_argument("--seed", type=int, default=1, help="another seed draws others")
    described.add_argument("--only", type=int, nargs="+", help="the trials with these numbers")
    described.add_argument("--keep", type=Path, help="keep the files of what failed here")
    return described


def _throw(kind: str, numbers: Sequence[int], options: argparse.Namespace) -> int:
    """Run the trials of a kind; return how many failed."""
    began, failed = time.perf_counter(), 0
    for number in numbers:
        wrong = _wrong(kind, number, options)
        failed += bool(wrong)
        for each in wrong:
            print(f"{kind} {number}: {each[:SHOWN]}", flush=True)
    took = time.perf_counter() - began
    print(f"{kind}: {len(numbers):,} tried, {failed:,} failed ({took:.0f} s)", flush=True)
    return failed


def _wrong(kind: str, number: int, options: argparse.Namespace) -> list[str]:
    """Run a trial in a folder of its own; return what is wrong."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        try:
            wrong = [*KINDS[kind](Random(f"{options.seed} {kind} {number}"), folder)]
        except Exception as error:
            # One trial that breaks off is a failure, and no end of the others.
            wrong = [f"broke off: {error!r}"]
        if wrong and options.keep:
            shutil.copytree(folder, options.keep / f"{kind.replace(':', '-')}-{number}", dirs_exist_ok=True)
        return wrong


if __name__ == "__main__":
    main()
