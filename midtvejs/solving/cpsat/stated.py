"""A model as it is stated, in plain numbers, and what a solver says of it, whichever it is."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from enum import Enum, auto
from itertools import repeat
from math import ceil

Variable = int
Term = tuple[int, Variable]
"""A coefficient and a variable."""

Progress = Callable[[int | None, int | None], None]
"""Told of the best value found so far and of the bound, None while there is none."""

AS_MANY_AS_WANTED = 2**62

ROUNDING = 1e-6
"""What part of a bound may be a rounding error, where a solver calculates with fractions."""


class Verdict(Enum):
    """What the solver can say of a model. ``FOUND`` is lawful but not proven best."""

    BEST = auto()
    FOUND = auto()
    IMPOSSIBLE = auto()
    UNDECIDED = auto()


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """``values`` by variable, none without a solution; ``value`` and ``bound`` of what was made small."""

    verdict: Verdict
    values: Sequence[int]
    value: int
    bound: int

    @property
    def found(self) -> bool:
        """Whether there is a solution; of a model without variables its values are none, too."""
        return self.verdict in {Verdict.BEST, Verdict.FOUND}


NOTHING = Outcome(verdict=Verdict.UNDECIDED, values=(), value=0, bound=0)
"""What a search gives that was never begun."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Linear:
    """A model in plain numbers: variables from 0 to ``most``, and ``rows`` of a low and a high end of a sum.

    None is no end. Sums, and the ``costs`` to be made small, are of variables, each with its coefficient.
    """

    most: list[int]
    rows: list[tuple[int | None, int | None, list[tuple[Variable, int]]]]
    costs: list[tuple[Variable, int]]

    def allows(self, values: Sequence[int]) -> bool:
        """Return whether every row holds, and every variable is within its ends."""
        within = all(0 <= value <= most for value, most in zip(values, self.most, strict=True))
        return within and all(self._holds(low, high, terms, values) for low, high, terms in self.rows)

    @staticmethod
    def _holds(
        low: int | None, high: int | None, terms: list[tuple[Variable, int]], values: Sequence[int]
    ) -> bool:
        amount = sum(count * values[variable] for variable, count in terms)
        return (low is None or low <= amount) and (high is None or amount <= high)

    def value(self, values: Sequence[int]) -> int:
        return sum(cost * values[variable] for variable, cost in self.costs)


@dataclass(frozen=True, slots=True)
class Row:
    """A sum and its ends, None for no end; without ``counts`` exactly one of the variables is a yes."""

    variables: list[Variable]
    counts: list[int] | None
    low: int | None
    high: int | None


class Stated:
    """Variables, numbered from 0, that go from 0 to ``most`` of each; rows, and costs to be made small.

    ``hints`` are values at which to look first.
    """

    def __init__(self) -> None:
        self.most: list[int] = []
        self.rows: list[Row] = []
        self.costs: Sequence[Term] = ()
        self.hints: dict[Variable, int] = {}

    def linear(self) -> Linear:
        """Return the model in plain numbers; each variable once in a sum."""
        return Linear(
            most=self.most,
            rows=[
                (row.low, row.high, _summed(row.variables, row.counts or repeat(1, len(row.variables))))
                for row in self.rows
            ],
            costs=_summed([variable for _, variable in self.costs], [count for count, _ in self.costs]),
        )


def least_whole(bound: float) -> int:
    """Return the least whole number that is no less than a bound, but for its rounding errors."""
    return ceil(bound - ROUNDING * max(1.0, abs(bound)))


def _summed(variables: Sequence[Variable], counts: Iterable[int]) -> list[tuple[Variable, int]]:
    """Return each variable once, in their order, with the sum of its counts."""
    sums = dict(zip(variables, counts, strict=True))
    if len(sums) < len(variables):
        sums = dict.fromkeys(variables, 0)
        for variable, count in zip(variables, counts, strict=True):
            sums[variable] += count
    return sorted(sums.items())
