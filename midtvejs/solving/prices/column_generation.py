"""Column generation: better prices on a wide day, from a mixture of days for each kind of participant.

Where there are many sessions and not so many participants, one plane for all of them says too little
(cutting_planes.py): it would take hundreds of evaluations. So each kind of participant has a mixture of its
own, of all days that any prices have led it to: the least that such mixtures cost within the seats is the
master problem's optimum, and what a seat is then worth is the next price to try (Dantzig and Wolfe 1960,
"Decomposition principle for linear programs"). A dozen evaluations lead to the optimum.
"""

from __future__ import annotations

import numpy as np
from ortools.linear_solver import pywraplp  # type: ignore[import-untyped] # OR-Tools ships no types for it

from midtvejs.domain.fairness import Criterion
from midtvejs.solving.instance.arrays import Ints
from midtvejs.solving.instance.count import worth
from midtvejs.solving.prices.cutting_planes import MasterSolution
from midtvejs.solving.prices.relaxation import SCALE, Days, DualPoint, Relaxation
from midtvejs.solving.stop import Stop


def is_wide(relaxation: Relaxation) -> bool:
    """Return whether a mixture for each kind of person is the quicker way; not where rooms are still open."""
    aggregate, limits = relaxation.aggregate, relaxation.aggregate.limits
    # Of more people than are all freed at once, it matters how near what is rounded is to lawful.
    few_kinds = (
        aggregate.people <= limits.everybody or aggregate.root.rows <= limits.kinds_a_price * relaxation.size
    )
    return not aggregate.open_rooms and relaxation.size >= limits.wide and few_kinds


class ColumnGeneration:
    """The master problem, a linear program: shares of days for each kind of person, within the limits.

    Whatever a limit is exceeded by costs ``dearest`` a unit, so that there is a solution from the start. With
    Criterion.WORST anybody may be left out, at 1.
    """

    def __init__(self, relaxation: Relaxation, *, dearest: float) -> None:
        aggregate = relaxation.aggregate
        self._relaxation = relaxation
        self._rows = np.arange(aggregate.root.rows)
        self._somebody = np.zeros(aggregate.root.rows, dtype=np.int64)
        self._somebody[aggregate.row_of] = np.arange(aggregate.people)
        self._solver = pywraplp.Solver.CreateSolver("GLOP")
        self._how = pywraplp.MPSolverParameters()
        self._how.SetIntegerParam(self._how.LP_ALGORITHM, self._how.PRIMAL)
        self._cost = self._solver.Objective()
        limits = relaxation.limits(np.zeros(relaxation.size, dtype=np.int64)).tolist()
        self._limits = [self._solver.Constraint(-self._solver.infinity(), limit) for limit in limits]
        self._kinds = [self._solver.Constraint(count, count) for count in aggregate.counts.tolist()]
        for limit in self._limits:
            limit.SetCoefficient(self._variable(dearest), -1)
        if relaxation.objective.criterion is Criterion.WORST:
            for kind in self._kinds:
                kind.SetCoefficient(self._variable(1), 1)
        self._points: list[dict[int, pywraplp.Variable]] = []
        self._known: set[tuple[int, bytes]] = set()
        self._bound: int | None = None
        self._work = 0

    def add(self, point: DualPoint) -> None:
        """Add the days that a point's prices lead to, as far as they are new."""
        relaxation = self._relaxation
        if self._bound is None or point.bound >= self._bound + SCALE:
            self._bound, self._work = point.bound, 0
        days = relaxation.days(point.prices)
        choices = days.choices(self._rows)
        adds = worth(relaxation.aggregate, choices, self._somebody)
        if relaxation.objective.criterion is Criterion.WORST:
            adds = {**adds, Criterion.WORST: np.zeros_like(self._rows)}
        self._points.append({})
        for row in np.flatnonzero(days.level != Days.LEFT_OUT).tolist():
            key = (row, choices[:, row].tobytes())
            if key not in self._known:
                self._known.add(key)
                day = self._variable(adds[relaxation.objective.criterion][row].item())
                self._kinds[row].SetCoefficient(day, 1)
                self._use(
                    day, choices[:, row], [adds[kept][row].item() for kept, _ in relaxation.objective.kept]
                )
                self._points[-1][row] = day

    def solve(self, stop: Stop) -> MasterSolution | None:
        """Find the least cost of a mixture, and the prices of the limits; None once the work is done.

        So it is where stopping is asked for. ``shares[point, kind]`` is how much of a kind's days was first
        given by a point.
        """
        if stop.asked or self._work > self._relaxation.aggregate.limits.pivots:
            return None
        with stop.calls(self._solver.InterruptSolve):
            if self._solver.Solve(self._how) != pywraplp.Solver.OPTIMAL:
                return None
        self._work += self._solver.Iterations() * self._solver.NumConstraints()
        shares = np.zeros((len(self._points), len(self._rows)))
        for point, days in enumerate(self._points):
            for row, day in days.items():
                shares[point, row] = day.solution_value()
        return MasterSolution(
            height=self._cost.Value(),
            prices=np.maximum([-limit.dual_value() for limit in self._limits], 0),
            # Nobody presents on a day of one round, perhaps: there is a row for that all the same.
            shares=np.maximum(shares, 0) / np.maximum(1, self._relaxation.aggregate.counts),
        )

    def _variable(self, cost: float) -> pywraplp.Variable:
        variable = self._solver.NumVar(0, self._solver.infinity(), "")
        self._cost.SetCoefficient(variable, cost)
        return variable

    def _use(self, day: pywraplp.Variable, sessions: Ints, kept: list[int]) -> None:
        """Say what a day takes of each limit."""
        aggregate = self._relaxation.aggregate
        for part, session in zip(aggregate.rounds, sessions.tolist(), strict=True):
            if session < part.sessions:
                self._limits[part.first + session].SetCoefficient(day, 1)
        for limit, amount in zip(self._limits[len(aggregate.seats) :], kept, strict=True):
            limit.SetCoefficient(day, amount)
