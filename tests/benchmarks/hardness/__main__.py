"""Measure how much is proven: 260 made-up days in 21 families of wishes and rules.

python -m tests.benchmarks.hardness                             all days, with 12 seconds for each
python -m tests.benchmarks.hardness --only rule:apart           one family; or several: "wishes:*"
python -m tests.benchmarks.hardness --sample 63 --seed 7        3 days of each family, of another map
python -m tests.benchmarks.hardness --sample 20 --rival         beside one plain model of it all in HiGHS
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from collections.abc import Iterator, Sequence
from fnmatch import fnmatchcase
from itertools import groupby, zip_longest
from operator import attrgetter
from pathlib import Path
from random import Random

from tests.benchmarks.hardness.files import made
from tests.benchmarks.hardness.specs import FAMILIES, Spec, all_specs
from tests.benchmarks.hardness.tally import HEADER, WIDTHS, Reached, Run, families, widest
from tests.benchmarks.instances import Instance
from tests.benchmarks.measure import measured

SEED = 1
PATIENCE = 120
"""Seconds beyond the limit after which a run is stopped."""


def main() -> None:
    described = parser()
    options = described.parse_args()
    specs = chosen(options)
    if not specs:
        described.error(f"there is no such day; the families are {', '.join(FAMILIES)}")
    runs = []
    with tempfile.TemporaryDirectory() as temporary:
        folder = options.folder or Path(temporary)
        folder.mkdir(parents=True, exist_ok=True)
        for run in _runs(specs, options, folder):
            sys.stderr.write(f"{_told(run)}\n")
            runs.append(run)
    for cells in (HEADER, *families(runs)):
        _say(" ".join(cell.ljust(width) for cell, width in zip(cells, WIDTHS, strict=True)).rstrip())
    for line in widest(runs):
        _say(line)


def parser() -> argparse.ArgumentParser:
    """Return what can be asked of this benchmark."""
    described = argparse.ArgumentParser(
        prog="python -m tests.benchmarks.hardness", description=(__doc__ or "").splitlines()[0]
    )
    described.add_argument("--seed", type=int, default=SEED, help="which map is drawn")
    described.add_argument("--limit", type=float, default=12, help="seconds for each day")
    described.add_argument("--only", default="*", metavar="FAMILY", help='one family, or as "rule:*"')
    described.add_argument("--above", type=int, default=0, metavar="N", help="only days of more people")
    described.add_argument("--sample", type=int, metavar="N", help="so many days, as many of each family")
    described.add_argument("--rival", action="store_true", help="one plain model of it all in HiGHS, too")
    described.add_argument("--folder", type=Path, help="keep the days' files here")
    return described


def chosen(options: argparse.Namespace) -> list[Spec]:
    """Return the days that are asked for, in the order of the map; a sample has as many of each family."""
    specs = [
        spec
        for spec in all_specs(options.seed)
        if fnmatchcase(spec.family, options.only) and spec.participants > options.above
    ]
    random = Random(options.seed)  # noqa: S311 - a sample of made-up days
    families = [[*each] for _, each in groupby(specs, key=attrgetter("family"))]
    random.shuffle(families)
    turns = zip_longest(*(random.sample(each, len(each)) for each in families))
    drawn = [spec for turn in turns for spec in turn if spec is not None]
    return sorted(drawn[: options.sample], key=attrgetter("number"))


def _runs(specs: Sequence[Spec], options: argparse.Namespace, folder: Path) -> Iterator[Run]:
    for spec in specs:
        instance = made(spec, folder)
        for way, arguments in _ways(instance, options):
            yield _run(spec, way, arguments, folder / "output.json", options.limit)


def _ways(instance: Instance, options: argparse.Namespace) -> Iterator[tuple[str, list[str]]]:
    """Return what solves a day, as the arguments of a python."""
    program, preferences, limit = str(instance.program), str(instance.preferences), str(options.limit)
    yield (
        "midtvejs",
        ["-m", "midtvejs", "assign", preferences, "-p", program, "--json", "--time-limit", limit],
    )
    if options.rival:
        yield "HiGHS", ["-m", "tests.benchmarks.hardness.rival", program, preferences, limit]


def _run(spec: Spec, way: str, arguments: list[str], output: Path, limit: float) -> Run:
    run = measured(arguments, output, limit + PATIENCE)
    stages = json.loads(output.read_text(encoding="utf-8"))["stages"] if run.code == 0 else []
    return Run(
        spec=spec,
        way=way,
        code=run.code,
        stages=tuple(
            Reached(criterion=each["criterion"], value=each["value"], bound=each["bound"]) for each in stages
        ),
        cpu=run.cpu,
        over=run.seconds - limit,
    )


def _told(run: Run) -> str:
    stages = ", ".join(
        f"{each.criterion} {each.value}" + ("" if each.proven else f" (>= {each.bound})")
        for each in run.stages
    )
    return f"{run.spec.number:3} {run.spec.family} {run.way} exit {run.code}, {run.cpu:.1f} CPU s: {stages}"


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
