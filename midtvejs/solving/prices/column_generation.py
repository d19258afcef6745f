"""Where to look for better prices on a wide day: a mixture of days for each kind of person, not one for all.

Where there are many sessions and not so many people, one plane for everybody says too little (master.py): it
would take hundreds of quotes. So each kind of person has a mixture of their own, of all days that any quote
has given them: the least that such mixtures cost within the seats is the roof, and what a seat is then worth
is the next price to ask (Dantzig and Wolfe 1960, "Decomposition principle for linear programs"). A dozen
quotes take it to the top.
"""

from __future__ import annotations

import numpy as np
from ortools.linear_solver import pywraplp  # type: ignore[import-untyped] # OR-Tools ships no types for it

from midtvejs.domain.fairness import Criterion
from midtvejs.solving.instance.count import worth
from midtvejs.solving.instance.crowd import Ints
from midtvejs.solving.prices.cutting_planes import Roof
from midtvejs.solving.prices.relaxation import Days, Market, Quote


def is_wide(market: Market) -> bool:
    """Return whether a mixture for each kind of person is the quicker way; not where rooms are still open."""
    crowd, limits = market.crowd, market.crowd.limits
    few_kinds = crowd.root.rows <= limits.kinds_a_price * market.size
    return not crowd.halls and market.size >= limits.wide and few_kinds


class Blend:
    """The linear program: shares of days for each kind of person, within the limits.

    Whatever a limit is exceeded by costs ``dearest`` a unit, so that there is a solution from the start. With
    Criterion.WORST anybody may be left out, at 1.
    """

    def __init__(self, market: Market, *, dearest: float) -> None:
        crowd = market.crowd
        self._market = market
        self._rows = np.arange(crowd.root.rows)
        self._somebody = np.zeros(crowd.root.rows, dtype=np.int64)
        self._somebody[crowd.row_of] = np.arange(crowd.people)
        self._solver = pywraplp.Solver.CreateSolver("GLOP")
        self._how = pywraplp.MPSolverParameters()
        self._how.SetIntegerParam(self._how.LP_ALGORITHM, self._how.PRIMAL)
        self._cost = self._solver.Objective()
        limits = market.limits(np.zeros(market.size, dtype=np.int64)).tolist()
        self._limits = [self._solver.Constraint(-self._solver.infinity(), limit) for limit in limits]
        self._kinds = [self._solver.Constraint(count, count) for count in crowd.counts.tolist()]
        for limit in self._limits:
            limit.SetCoefficient(self._variable(dearest), -1)
        if market.aim.criterion is Criterion.WORST:
            for kind in self._kinds:
                kind.SetCoefficient(self._variable(1), 1)
        self._quotes: list[dict[int, pywraplp.Variable]] = []
        self._known: set[tuple[int, bytes]] = set()
        self._work = 0

    def add(self, quote: Quote) -> None:
        """Add the days that a quote's prices lead to, as far as they are new."""
        market = self._market
        days = market.days(quote.prices)
        choices = days.choices(self._rows)
        adds = worth(market.crowd, choices, self._somebody)
        if market.aim.criterion is Criterion.WORST:
            adds = {**adds, Criterion.WORST: np.zeros_like(self._rows)}
        self._quotes.append({})
        for row in np.flatnonzero(days.level != Days.LEFT_OUT).tolist():
            key = (row, choices[:, row].tobytes())
            if key not in self._known:
                self._known.add(key)
                day = self._variable(adds[market.aim.criterion][row].item())
                self._kinds[row].SetCoefficient(day, 1)
                self._use(day, choices[:, row], [adds[kept][row].item() for kept, _ in market.aim.kept])
                self._quotes[-1][row] = day

    def roof(self) -> Roof | None:
        """Find the least cost of a mixture, and the prices of the limits; None once the work is done.

        ``shares[quote, kind]`` is how much of a kind's days was first given by a quote.
        """
        is_done = self._work > self._market.crowd.limits.pivots
        if is_done or self._solver.Solve(self._how) != pywraplp.Solver.OPTIMAL:
            return None
        self._work += self._solver.Iterations() * self._solver.NumConstraints()
        shares = np.zeros((len(self._quotes), len(self._rows)))
        for quote, days in enumerate(self._quotes):
            for row, day in days.items():
                shares[quote, row] = day.solution_value()
        return Roof(
            height=self._cost.Value(),
            prices=np.maximum([-limit.dual_value() for limit in self._limits], 0),
            shares=np.maximum(shares, 0) / self._market.crowd.counts,
        )

    def _variable(self, cost: float) -> pywraplp.Variable:
        variable = self._solver.NumVar(0, self._solver.infinity(), "")
        self._cost.SetCoefficient(variable, cost)
        return variable

    def _use(self, day: pywraplp.Variable, sessions: Ints, kept: list[int]) -> None:
        """Say what a day takes of each limit."""
        crowd = self._market.crowd
        for leaf, session in zip(crowd.leaves, sessions.tolist(), strict=True):
            if session < leaf.sessions:
                self._limits[leaf.first + session].SetCoefficient(day, 1)
        for limit, amount in zip(self._limits[len(crowd.seats) :], kept, strict=True):
            limit.SetCoefficient(day, amount)
