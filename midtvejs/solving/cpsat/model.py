"""A model: yes-or-no variables, linear constraints on sums of them, one sum to minimise.

It is stated in plain numbers (stated.py), whoever solves it: CP-SAT, HiGHS, or a linear program.

Sums that cost more the higher they are, as squares and pairs do, are piecewise linear: a ladder of rungs.

Legend: a participant with a regret of 2 climbs two rungs of three. Rung k costs 2k - 1, so that they pay
1 + 3 = 4. As lower rungs cost less, a small sum climbs from the bottom.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import cached_property

from midtvejs.solving.cpsat.stated import (
    AS_MANY_AS_WANTED,
    NOTHING,
    Outcome,
    Progress,
    Row,
    Stated,
    Term,
    Variable,
)
from midtvejs.solving.stop import Stop


class Model(Stated):
    """A model under construction. Variables are numbered in the order in which they are made."""

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

    def most_of(self, terms: Iterable[Term]) -> int:
        """Return what a sum is never above; of variables of which one is a yes, the most counts."""
        counts = dict.fromkeys(range(len(self.most)), 0)
        for count, variable in terms:
            counts[variable] += count
        most = 0
        for row in self.rows:
            if row.counts is None:
                most += max((counts.pop(variable, 0) for variable in row.variables), default=0)
        return max(0, most + sum(max(0, count) * self.most[each] for each, count in counts.items()))

    def hint(self, values: Mapping[Variable, int]) -> None:
        """Tell the solver where to look first."""
        self.hints.update((variable, int(value)) for variable, value in values.items())

    def _sum(self, terms: Iterable[Term], low: int | None, high: int | None) -> None:
        pairs = [*terms]
        variables, counts = [variable for _, variable in pairs], [count for count, _ in pairs]
        high = None if high is None or high >= AS_MANY_AS_WANTED else high
        self.rows.append(Row(variables, counts, low, high))

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
