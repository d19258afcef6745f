"""Column generation where rules bind participants: a mixture of days for each kind of party.

It is that of column_generation.py for parties.py: there may be a limit for each organisation in each session,
and few of so many ever bind. So a limit has a row in the linear program from the first point on at which more
would be used than there is.
"""

from __future__ import annotations

from collections import defaultdict
from itertools import pairwise

import numpy as np
from ortools.linear_solver import pywraplp  # type: ignore[import-untyped] # OR-Tools ships no types for it

from midtvejs.domain.fairness import Criterion
from midtvejs.solving.prices.cutting_planes import MasterSolution
from midtvejs.solving.prices.parties import Column, PartyRelaxation
from midtvejs.solving.prices.relaxation import DualPoint
from midtvejs.solving.stop import Stop

PIVOTS = 60_000_000
"""How much the linear programs may do: pivots, each as long as the program has rows; some seconds' worth.

That is more than for the seats alone: where rules bind, few bounds are good before they are the best.
"""


LAST_PIVOTS = 1_500_000
"""How much they may still do once the search is to end: a tenth of a second's worth or two."""


FINE = 4
"""Colleagues are counted one by one near their usual number; further away, in this part of how far."""


def has_few_kinds(relaxation: PartyRelaxation) -> bool:
    """Return whether a mixture for each kind of party is the quicker way; not where rooms are still open."""
    aggregate, limits = relaxation.aggregate, relaxation.aggregate.limits
    few_kinds = len(relaxation.kinds) <= limits.kinds_a_price * relaxation.size
    return not aggregate.open_rooms and relaxation.size >= limits.wide and few_kinds


def _steps(usual: int, most: int) -> list[int]:
    """Return numbers from 0 to ``most``: all that are near to the usual one, and fewer the further away."""
    steps = [0]
    while steps[-1] < most:
        last = steps[-1]
        steps.append(min(most, last + max(1, abs(last - usual) // FINE)))
    return steps


class PartyColumns:
    """The master problem, a linear program: shares of days for each kind of party, within the limits.

    Whatever a limit is exceeded by costs ``dearest`` a unit, so that there is a solution from the start. With
    Criterion.WORST anybody may be left out, at 1. What may be cancelled is held in a share of the mixture,
    and has so much of its limits. Each colleague in a session costs as many pairs as there were before.
    """

    def __init__(self, relaxation: PartyRelaxation, *, dearest: float, pivots: int = PIVOTS) -> None:
        self._relaxation = relaxation
        self._dearest = dearest
        self._most = pivots
        self._solver = pywraplp.Solver.CreateSolver("GLOP")
        self._how = pywraplp.MPSolverParameters()
        self._how.SetIntegerParam(self._how.LP_ALGORITHM, self._how.PRIMAL)
        self._cost = self._solver.Objective()
        self._kinds = [self._solver.Constraint(count, count) for count in relaxation.kinds.tolist()]
        if relaxation.objective.criterion is Criterion.WORST:
            for kind, size in zip(self._kinds, relaxation.sizes.tolist(), strict=True):
                kind.SetCoefficient(self._variable(size), 1)
        self._limits = relaxation.limits(np.zeros(relaxation.size, dtype=np.int64)).tolist()
        self._held: dict[int, pywraplp.Variable] = {}
        for of_one in relaxation.droppable:
            self._held |= dict.fromkeys(of_one.tolist(), self._solver.NumVar(0, 1, ""))
        self._rows: dict[int, pywraplp.Constraint] = {}
        self._using: dict[int, list[tuple[pywraplp.Variable, float]]] = defaultdict(list)
        self._known: set[tuple[int, bytes]] = set()
        self._points = 0
        self._work = 0

    def add(self, point: DualPoint) -> None:
        """Add the days that a point's prices lead to, as far as they are new."""
        self._points += 1
        used = point.subgradient + self._relaxation.limits(point.prices)
        exceeded = point.subgradient > 0
        # Two of an organisation are a pair, whatever the price.
        exceeded[self._relaxation.paired :] = used[self._relaxation.paired :] > 1
        for limit in np.flatnonzero(exceeded).tolist():
            if limit not in self._rows:
                self._rows[limit] = self._row(limit, int(used[limit]))
        for column in self._relaxation.columns(point.prices):
            if (column.kind, column.day) not in self._known:
                self._known.add((column.kind, column.day))
                self._add(column)

    def solve(self, stop: Stop) -> MasterSolution | None:
        """Find the least cost of a mixture, and the prices of the limits; None once the work is done.

        So it is where stopping is asked for. Whose days were whose is not told.
        """
        if stop.asked or self._work > self._most:
            return None
        with stop.calls(self._solver.InterruptSolve):
            if self._solver.Solve(self._how) != pywraplp.Solver.OPTIMAL:
                return None
        self._work += self._solver.Iterations() * self._solver.NumConstraints()
        prices = np.zeros(self._relaxation.size)
        for limit, row in self._rows.items():
            prices[limit] = max(-row.dual_value(), 0.0)
        return MasterSolution(height=self._cost.Value(), prices=prices, shares=np.ones(self._points))

    def _row(self, limit: int, used: int) -> pywraplp.Constraint:
        """Return a new row for a limit of which so much is ``used``, with the columns there are."""
        of_colleagues = limit >= self._relaxation.paired
        row = self._row_of_colleagues(limit, used) if of_colleagues else self._row_of(limit)
        for day, amount in self._using[limit]:
            row.SetCoefficient(day, amount)
        return row

    def _row_of(self, limit: int) -> pywraplp.Constraint:
        held = self._held.get(limit)
        row = self._solver.Constraint(-self._solver.infinity(), self._limits[limit] if held is None else 0)
        if held is not None:
            row.SetCoefficient(held, -self._limits[limit])
        row.SetCoefficient(self._variable(self._dearest), -1)
        return row

    def _row_of_colleagues(self, limit: int, usual: int) -> pywraplp.Constraint:
        """Return a row for colleagues: each costs the pairs they make, told most finely near the usual."""
        row = self._solver.Constraint(-self._solver.infinity(), 0)
        row.SetCoefficient(self._variable(self._dearest), -1)
        most = int(self._relaxation.most_colleagues[limit - self._relaxation.paired])
        for before, after in pairwise(_steps(usual, most)):
            pairs = (after * (after - 1) - before * (before - 1)) / 2
            self._add_colleagues(row, pairs / (after - before), after - before)
        return row

    def _add_colleagues(self, row: pywraplp.Constraint, pairs: float, most: int) -> None:
        """Let so many colleagues at the most into a row, each of whom makes so many pairs."""
        kept = np.flatnonzero(self._relaxation.keeps_pairs).tolist()
        some = self._variable(0 if kept else pairs)
        some.SetUb(most)
        row.SetCoefficient(some, -1)
        for number in kept:
            limit = self._relaxation.sessions + number
            self._using[limit].append((some, pairs))
            if limit in self._rows:
                self._rows[limit].SetCoefficient(some, pairs)

    def _add(self, column: Column) -> None:
        day = self._variable(column.cost)
        self._kinds[column.kind].SetCoefficient(day, 1)
        for limit, amount in column.uses.items():
            self._using[limit].append((day, amount))
            if limit in self._rows:
                self._rows[limit].SetCoefficient(day, amount)

    def _variable(self, cost: float) -> pywraplp.Variable:
        variable = self._solver.NumVar(0, self._solver.infinity(), "")
        self._cost.SetCoefficient(variable, cost)
        return variable
