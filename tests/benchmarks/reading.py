"""Measure how long it takes to read wishes as each product exports them.

python -m tests.benchmarks.reading                    100,000 answers, every shape, .csv and .xlsx
python -m tests.benchmarks.reading 10000 --only moodle microsoft_ranking
"""

from __future__ import annotations

import argparse
import multiprocessing
import sys
import tempfile
from pathlib import Path

from midtvejs.domain.simulation import simulate
from midtvejs.reading.program.build import read_program
from tests.benchmarks.measure import measured
from tests.reading.forms.exports import LABELS, WRITERS, Export, csv_of, xlsx_of

PROGRAM = Path("program.yaml")
READ = """
import sys
from pathlib import Path
from time import perf_counter
from midtvejs.reading.answers.preferences import read_preferences_with_lines
from midtvejs.reading.program.build import read_program
day = read_program(Path(sys.argv[1])).accepted()
begun = perf_counter()
count = len(read_preferences_with_lines(Path(sys.argv[2]), day).accepted().participants)
print(count, perf_counter() - begun)
"""
"""What is measured: reading alone, with the imports that it needs, in a process of its own."""


def main() -> None:
    options = _options()
    _say(f"{'shape':<26}{'file':>6}{'size MB':>9}{'reading s':>11}{'process s':>11}{'peak MB':>9}")
    with tempfile.TemporaryDirectory() as temporary:
        folder = options.folder or Path(temporary)
        names = [f"{shape}-{options.participants}.{kind}" for shape in options.only for kind in options.files]
        paths = [folder / name for name in names]
        # A process begins with the peak memory of the one that started it: this one has to stay small.
        writing = multiprocessing.get_context("spawn").Process(
            target=write_missing, args=(options.participants, paths)
        )
        writing.start()
        writing.join()
        for path in paths:
            _say(_measured(path, Path(temporary) / "output.txt"))


def _options() -> argparse.Namespace:
    described = argparse.ArgumentParser(
        prog="python -m tests.benchmarks.reading", description=(__doc__ or "").splitlines()[0]
    )
    described.add_argument("participants", nargs="?", type=int, default=100_000)
    described.add_argument("--only", nargs="+", choices=list(WRITERS), default=list(WRITERS))
    described.add_argument("--files", nargs="+", choices=["csv", "xlsx"], default=["csv", "xlsx"])
    described.add_argument("--folder", type=Path, help="keep the exports here, and use what is there")
    return described.parse_args()


def write_missing(participants: int, paths: list[Path]) -> None:
    """Write those exports that are not there yet."""
    missing = [path for path in paths if not path.exists()]
    if not missing:
        return
    day = read_program(PROGRAM).accepted()
    people = simulate(day, participants=participants, seed=2018)
    export = Export(day=day, people=people, label=LABELS["code: title"])
    for path in missing:
        rows = WRITERS[_shape(path)](export)
        if path.suffix == ".csv":
            path.write_bytes(csv_of(rows, delimiter=";", encoding="utf-8-sig"))
        else:
            xlsx_of(path, rows)


def _measured(path: Path, output: Path) -> str:
    run = measured(["-c", READ, str(PROGRAM), str(path)], output, limit=600)
    printed = output.read_text().split()
    if run.code != 0 or len(printed) != 2:
        sys.exit(f"{path.name} was not read")
    size, reading, memory = path.stat().st_size / 1e6, float(printed[1]), run.memory / 1e6
    return f"{_shape(path):<26}{path.suffix:>6}{size:>9.1f}{reading:>11.2f}{run.seconds:>11.2f}{memory:>9.0f}"


def _shape(path: Path) -> str:
    return path.stem.rpartition("-")[0]


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
