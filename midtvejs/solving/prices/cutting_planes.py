"""Cutting planes: the prices at which the bound may be highest, after all that its subgradients say.

At every point evaluated so far, the bound and its subgradient say how high the bound can be elsewhere: a
plane that it nowhere exceeds. The master problem is to find the highest point below all these planes, and
that is where to evaluate next (Kelley 1960, "The cutting-plane method for solving convex programs"): a linear
program of as many variables as there are prices. At the optimum the planes that meet there, weighted by their
multipliers, have no subgradient left: weighted so, what is taken at their points comes out at the seats there
are.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from ortools.linear_solver import pywraplp  # type: ignore[import-untyped] # OR-Tools ships no types for it

from midtvejs.solving.prices.relaxation import SCALE, DualPoint
from midtvejs.solving.stop import Stop

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True)
class MasterSolution:
    """The optimum, its height in steps; ``shares`` are those of the points whose planes meet there."""

    height: float
    prices: Floats
    shares: Floats


class CuttingPlanes:
    """The master problem, a linear program. Prices lie between 0 and ``dearest`` steps.

    It is stated for each of ``people``, which keeps its numbers near 1.
    """

    def __init__(self, prices: int, *, dearest: float, people: int) -> None:
        self._solver = pywraplp.Solver.CreateSolver("GLOP")
        self._people = max(people, 1)
        self._prices = [self._solver.NumVar(0, dearest, "") for _ in range(prices)]
        self._height = self._solver.NumVar(-self._solver.infinity(), self._solver.infinity(), "")
        self._planes: list[pywraplp.Constraint] = []
        self._ways = _ways()
        self._solver.Maximize(self._height)

    def add(self, point: DualPoint) -> None:
        """Add the plane of a point: height <= bound + subgradient x (prices - its prices)."""
        # Whole numbers as far as they go: sums of floats are not the same on every machine.
        at_zero = point.bound - int((point.subgradient * point.prices).sum())
        plane = self._solver.Constraint(-self._solver.infinity(), at_zero / SCALE / self._people)
        plane.SetCoefficient(self._height, 1)
        for price, tilt in zip(self._prices, point.subgradient.tolist(), strict=True):
            plane.SetCoefficient(price, -tilt / self._people)
        self._planes.append(plane)

    def look_in(self, lowest: Floats | float, highest: Floats | float) -> None:
        """Look for prices between these alone, from now on."""
        each = np.broadcast_to(lowest, len(self._prices)), np.broadcast_to(highest, len(self._prices))
        for price, low, high in zip(self._prices, *(bounds.tolist() for bounds in each), strict=True):
            price.SetBounds(low, high)

    def solve(self, stop: Stop) -> MasterSolution | None:
        """Find the highest point; None where stopping is asked for before it is found.

        So it is in the rare case that rounding errors have the linear program fail.
        """
        with stop.calls(self._solver.InterruptSolve):
            if not any(not stop.asked and self._is_solved(how) for how in self._ways):
                return None
        return MasterSolution(
            height=self._height.solution_value() * self._people,
            prices=np.array([price.solution_value() for price in self._prices]),
            shares=np.maximum([plane.dual_value() for plane in self._planes], 0),
        )

    def _is_solved(self, how: pywraplp.MPSolverParameters) -> bool:
        return bool(self._solver.Solve(how) == pywraplp.Solver.OPTIMAL)


def _ways() -> tuple[pywraplp.MPSolverParameters, ...]:
    """Return ways to solve: from where the last solution left off, else from scratch by either simplex."""
    numbers = pywraplp.MPSolverParameters
    go_on, dual, primal = numbers(), numbers(), numbers()
    for afresh, algorithm in ((dual, numbers.DUAL), (primal, numbers.PRIMAL)):
        afresh.SetIntegerParam(numbers.INCREMENTALITY, numbers.INCREMENTALITY_OFF)
        afresh.SetIntegerParam(numbers.LP_ALGORITHM, algorithm)
    go_on.SetIntegerParam(numbers.LP_ALGORITHM, numbers.DUAL)
    return go_on, dual, primal
