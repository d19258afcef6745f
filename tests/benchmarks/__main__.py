"""Measure `midtvejs assign` and what one would write instead, side by side in one run.

python -m tests.benchmarks                          20 to 10,000 participants
python -m tests.benchmarks 100000 1000000           these sizes
python -m tests.benchmarks --rivals all             ... and every rival, each up to its own limit
python -m tests.benchmarks --case FOLDER/umass2024  a real case from its two files
python -m tests.benchmarks --held-twice             sessions held twice, with one list for all rounds
python -m tests.benchmarks --changes                what changes after a first seating: the fewest moves
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from tests.benchmarks.changes import all_changes, changed
from tests.benchmarks.instances import Instance, held_twice, made_up, umass
from tests.benchmarks.measure import Measured, measured
from tests.benchmarks.rivals import RIVALS

SPARE = (1.03, 1.15)
HELD_TWICE = (
    *((180, 17, 4), (1_000, 12, 3), (1_000, 17, 4)),
    *((10_000, 12, 3), (10_000, 17, 4), (100_000, 12, 3)),
)
HEADER = ("instance", "way", "seconds", "MB", "worst", "total", "even", "moved", "moved_seats")


def main() -> None:
    options = _options()
    with tempfile.TemporaryDirectory() as temporary:
        folder = options.folder or Path(temporary)
        _row(*HEADER)
        for instance in _instances(options, folder):
            _ours(instance, folder, options.limit)
            for rival in options.rivals:
                _rival(rival, instance, folder, options.limit)
        if options.changes:
            _changes(folder, options.limit)


def parser() -> argparse.ArgumentParser:
    described = argparse.ArgumentParser(
        prog="python -m tests.benchmarks", description=__doc__.splitlines()[0]
    )
    described.add_argument("sizes", nargs="*", type=int, default=[], help="how many participants")
    described.add_argument("--case", type=Path, help="a real case: FOLDER/NAME of .caps.json and .prefs.csv")
    described.add_argument(
        "--held-twice", action="store_true", help="sessions held twice, with one list for all rounds"
    )
    described.add_argument("--changes", action="store_true", help="changes after a first seating")
    described.add_argument("--rivals", nargs="*", default=[], help=f"all, or of: {', '.join(RIVALS)}")
    described.add_argument("--limit", type=float, default=600, help="seconds after which a run is stopped")
    described.add_argument("--folder", type=Path, help="keep the instances here, and use what is there")
    return described


def _options() -> argparse.Namespace:
    options = parser().parse_args()
    if options.rivals == ["all"]:
        options.rivals = list(RIVALS)
    if not (options.sizes or options.case or options.held_twice or options.changes):
        options.sizes = [20, 180, 1_000, 10_000]
    return options


def _instances(options: argparse.Namespace, folder: Path) -> Iterator[Instance]:
    if options.case:
        yield umass(folder, options.case)
    if options.held_twice:
        for participants, sessions, rounds in HELD_TWICE:
            yield held_twice(folder, participants, sessions, rounds)
    for participants in options.sizes:
        for spare in SPARE:
            yield made_up(folder, participants, spare)


def _changes(folder: Path, limit: float) -> None:
    """Seat everybody, and then again after each change, keeping what was."""
    for instance, room, changes in all_changes(folder):
        before = folder / f"{instance.name}-before.csv"
        _ours(instance, folder, limit, "--save", str(before), "--force")
        for change in changes:
            after = changed(folder, instance, room, change)
            _ours(after, folder, limit, "--keep", str(before), "--save", str(folder / "after.csv"), "--force")


def _ours(instance: Instance, folder: Path, limit: float, *options: str) -> None:
    output = folder / "ours.json"
    arguments = ["-m", "midtvejs", "assign", str(instance.preferences), "-p", str(instance.program), "--json"]
    arguments += options
    run = measured(arguments, output, limit)
    if run.code:
        raise SystemExit(f"midtvejs assign ended with {run.code} on {instance.name}")
    stages = json.loads(output.read_text(encoding="utf-8"))["stages"] if run.code == 0 else []
    values = {
        stage["criterion"]: f"{stage['value']}" + ("" if stage["proven"] else f" (>= {stage['bound']})")
        for stage in stages
    }
    _result(instance, "midtvejs", run, values)


def _rival(rival: str, instance: Instance, folder: Path, limit: float) -> None:
    output = folder / "rival.json"
    arguments = ["-m", "tests.benchmarks.rivals", rival, str(instance.program), str(instance.preferences)]
    run = measured(arguments, output, limit)
    values = (
        {key: str(value) for key, value in json.loads(output.read_text()).items()} if run.code == 0 else {}
    )
    _result(instance, rival, run, values)


def _result(instance: Instance, way: str, run: Measured, values: dict[str, str]) -> None:
    seconds = f"{run.seconds:.2f}" if run.code == 0 else "stopped" if run.code is None else "failed"
    figures = [values.get(criterion, "-") for criterion in HEADER[4:]]
    _row(instance.name, way, seconds, f"{run.memory / 1e6:.0f}", *figures)


def _row(*cells: str) -> None:
    widths = (28, 16, 9, 7, 12, 16, 16, 6, 0)
    sys.stdout.write(
        " ".join(cell.ljust(width) for cell, width in zip(cells, widths, strict=True)).rstrip() + "\n"
    )
    sys.stdout.flush()


if __name__ == "__main__":
    main()
