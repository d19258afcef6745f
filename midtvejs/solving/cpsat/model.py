"""A model: yes-or-no variables, linear constraints on sums of them, one sum to minimise.

It is stated in plain numbers, whoever solves it: CP-SAT (cp_sat.py), HiGHS, or a linear program.

Sums that cost more the higher they are, as squares and pairs do, are piecewise linear: a ladder of rungs.

Legend: a participant with a regret of 2 climbs two rungs of three. Rung k costs 2k - 1, so that they pay
1 + 3 = 4. As lower rungs cost less, a small sum climbs from the bottom.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum, auto
from functools import cached_property
from itertools import repeat
from math import ceil

from midtvejs.solving.stop import Stop

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


class Model:
    """A model under construction. Variables are numbered from 0 in the order in which they are made.

    They go from 0 to ``most`` of each; ``hints`` are values at which to look first.
    """

    def __init__(self) -> None:
        self.most: list[int] = []
        self.rows: list[Row] = []
        self.costs: Sequence[Term] = ()
        self.hints: dict[Variable, int] = {}

    def boolean(self) -> Variable:
        return self.whole(1)

    def whole(self, most: int) -> Variable:
        """Add a whole number from 0 to ``most``."""
        self.most.append(most)
        return len(self.most) - 1

    def exactly_one(self, variables: Iterable[Variable]) -> None:
        self.rows.append(Row([*variables], None, 1, 1))

    def at_most(self, terms: Iterable[Term], limit: int) -> None:
        """Hold the sum of ``terms`` at ``limit`` or below."""
        self._sum(terms, None, limit)

    def at_least(self, terms: Iterable[Term], limit: int) -> None:
        """Hold the sum of ``terms`` at ``limit`` or above."""
        self._sum(terms, limit, None)

    def exactly(self, terms: Iterable[Term], amount: int) -> None:
        self._sum(terms, amount, amount)

    def minimise(self, terms: Iterable[Term]) -> None:
        self.costs = list(terms)

    def hint(self, values: Mapping[Variable, int]) -> None:
        """Tell the solver where to look first."""
        self.hints.update((variable, int(value)) for variable, value in values.items())

    def _sum(self, terms: Iterable[Term], low: int | None, high: int | None) -> None:
        pairs = [*terms]
        variables, counts = [variable for _, variable in pairs], [count for count, _ in pairs]
        high = None if high is None or high >= AS_MANY_AS_WANTED else high
        self.rows.append(Row(variables, counts, low, high))

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

    def solve(
        self,
        *,
        seed: int,
        stop: Stop,
        effort: float | None = None,
        progress: Progress = lambda _value, _bound: None,
    ) -> Outcome:
        """Solve with one worker, which gives the same result on every run.

        ``progress`` is called from the solver's thread. When ``stop`` is asked for, or after ``effort`` (the
        solver's own seconds, which count work and not time), the best so far is given.
        """
        if stop.asked:
            return NOTHING
        # OR-Tools' module takes longer to import than small days to be solved without it.
        from midtvejs.solving.cpsat.cp_sat import solve_by_cp_sat

        return solve_by_cp_sat(self, seed=seed, stop=stop, effort=effort, progress=progress)


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


class Ladders:
    """Add to ``model`` rungs, as many of which are climbed as a sum comes to, and one yes for any of many."""

    def __init__(self, model: Model) -> None:
        self.model = model
        self._ladders: list[tuple[list[Term], list[Variable]]] = []
        self._following: list[tuple[Variable, Callable[[Mapping[Variable, int]], bool]]] = []

    def ladder(self, terms: list[Term], length: int) -> list[Variable]:
        """Add as many rungs, of which at least as many are climbed as ``terms`` come to."""
        rungs = [self.model.boolean() for _ in range(length)]
        if rungs:
            self.model.at_most([*terms, *((-1, rung) for rung in rungs)], 0)
            self._ladders.append((terms, rungs))
        return rungs

    def any_of(self, groups: list[list[Variable]]) -> Variable:
        """Add a variable that is a yes where any of some variables is; no two of one group are."""
        some = self.model.boolean()
        for group in groups:
            self.model.at_most([*((1, each) for each in group), (-1, some)], 0)
        self.follow(some, lambda values: any(values[each] for group in groups for each in group))
        return some

    def follow(self, variable: Variable, is_yes: Callable[[Mapping[Variable, int]], bool]) -> None:
        """Have a hint of other variables, added before it, tell that of this one."""
        self._following.append((variable, is_yes))

    def add_rungs(self, values: dict[Variable, int]) -> dict[Variable, int]:
        """Add to the values of variables those of the rungs above them, and of a yes for any of them."""
        for terms, rungs in self._ladders:
            height = sum(count * values[variable] for count, variable in terms)
            values.update((rung, int(number < height)) for number, rung in enumerate(rungs))
        for variable, is_yes in self._following:
            values[variable] = int(is_yes(values))
        return values

    @cached_property
    def always(self) -> Variable:
        """A variable that is a yes."""
        variable = self.model.boolean()
        self.model.exactly([(1, variable)], 1)
        return variable
