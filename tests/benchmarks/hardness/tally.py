"""What is counted of the runs: how much of a family is proven, and how long it takes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from statistics import median

from midtvejs.commands._exit import Exit
from tests.benchmarks.hardness.specs import ALL, Spec

FIRST = frozenset({"worst", "total"})
MANY = 500
"""Beyond so many participants a day is a large one."""

HEADER = (
    *("family", "way", "days", "exits", "worst+total", "all stages"),
    *("lowest bound", "CPU s", "highest", "over limit"),
)
WIDTHS = (26, 9, 5, 14, 12, 11, 13, 7, 8, 0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reached:
    """What a stage came to: nothing is below ``bound``."""

    criterion: str
    value: int
    bound: int

    @property
    def proven(self) -> bool:
        return self.bound >= self.value

    @property
    def share(self) -> float:
        """What part of the value the bound comes to."""
        return 1.0 if self.proven else self.bound / self.value


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """A day that was given to a program. ``over``: seconds of wall time beyond the limit."""

    spec: Spec
    way: str
    code: int | None
    stages: tuple[Reached, ...]
    cpu: float
    over: float

    @property
    def impossible(self) -> bool:
        return self.code == Exit.NO_LAWFUL_ASSIGNMENT

    def proves(self, criteria: frozenset[str]) -> bool:
        """Return whether these criteria are reached and proven."""
        return criteria <= {each.criterion for each in self.stages if each.proven}


def families(runs: Sequence[Run]) -> Iterator[tuple[str, ...]]:
    """Return a row for each family, and each way; and then one for each kind of day."""
    ways = list(dict.fromkeys(run.way for run in runs))
    for kind_of in (lambda run: run.spec.family, _kind):
        for kind in dict.fromkeys(map(kind_of, runs)):
            for way in ways:
                yield _row(kind, way, [run for run in runs if kind_of(run) == kind and run.way == way])


def _kind(run: Run) -> str:
    spec = run.spec
    rules = "all rules" if spec.family == ALL else "rules that bind" if spec.binds else "nothing binds"
    return f"{rules}, {'above' if spec.participants > MANY else 'up to'} {MANY}"


def _row(kind: str, way: str, runs: Sequence[Run]) -> tuple[str, ...]:
    """Count: a day that is impossible has nothing to be proven, one without any answer is not proven."""
    possible = [run for run in runs if not run.impossible]
    shares = [stage.share for run in possible for stage in run.stages]
    exits = Counter("stopped" if run.code is None else str(run.code) for run in runs)
    return (
        kind,
        way,
        str(len(runs)),
        " ".join(f"{code}:{count}" for code, count in sorted(exits.items())),
        f"{sum(run.proves(FIRST) for run in possible)}/{len(possible)}",
        f"{sum(run.proves(run.spec.criteria) for run in possible)}/{len(possible)}",
        _percent(min(shares)) if shares else "-",
        f"{median(run.cpu for run in runs):.1f}",
        f"{max(run.cpu for run in runs):.1f}",
        f"{max(0.0, *(run.over for run in runs)):.1f}",
    )


def _percent(share: float) -> str:
    """Round down: what is not proven is below 100%."""
    return f"{int(100 * share)}%"


def widest(runs: Sequence[Run], count: int = 10) -> Iterator[str]:
    """Return the stages whose bounds come to the least part of their values."""
    open_ = [(run, stage) for run in runs for stage in run.stages if not stage.proven]
    for run, stage in sorted(open_, key=lambda each: each[1].share)[:count]:
        spec = run.spec
        day = f"{spec.family} (day {spec.number}, {spec.participants} people, {len(spec.shape)} rounds)"
        gap = f"{stage.criterion} {stage.value}, at least {stage.bound}"
        yield f"{_percent(stage.share):>4}  {run.way}: {gap}: {day}"
