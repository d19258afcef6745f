"""A trust region: cutting planes that are believed only near the best prices so far.

The highest point below all planes lies far off as long as these are few, and leads to nothing. Within a box
around the best prices they say what they know: the box grows where the bound rises to what they promised, and
shrinks where it falls far short (Linderoth and Wright 2003, "Decomposition algorithms for stochastic
programming on a computational grid"). Where nothing in the box is higher than the best, it is looked for
everywhere: mostly that is the optimum.
"""

from __future__ import annotations

import numpy as np

from midtvejs.solving.prices.cutting_planes import CuttingPlanes, MasterSolution
from midtvejs.solving.prices.relaxation import SCALE, DualPoint
from midtvejs.solving.stop import Stop

RADIUS = 0.05
"""How far, in steps, prices are looked for from the best at first: what is known before led near to these."""

LEAST = 0.001
"""How small the box may become: in less, planes differ by no more than what prices are rounded by."""

MISSES = 3
"""After how many points that were worse than the best the box shrinks, if they were but a little worse."""

WIDER, NARROWER = 2, 4


class TrustRegion:
    """The master problem of ``CuttingPlanes`` in a box. ``close``: what is so little higher is no higher."""

    def __init__(self, prices: int, *, dearest: float, people: int, close: float) -> None:
        self._planes = CuttingPlanes(prices, dearest=dearest, people=people)
        self._dearest = dearest
        self._close = close
        self._radius = RADIUS
        self._misses = 0
        self._best: DualPoint | None = None
        self._promised: float | None = None
        self._at_edge = False

    def add(self, point: DualPoint) -> None:
        """Add the plane of a point, and learn from it how far planes are to be believed."""
        self._planes.add(point)
        if self._best is not None and self._promised is not None:
            self._learn((point.bound - self._best.bound) / SCALE / self._promised)
        if self._best is None or point.bound > self._best.bound:
            self._best = point

    def solve(self, stop: Stop) -> MasterSolution | None:
        """Find the highest point in the box; in all, where that is no higher than the best. None if stopped.

        As of ``CuttingPlanes.solve``, there is none in the rare case that the linear program fails.
        """
        if self._best is None:
            return self._planes.solve(stop)
        no_higher = -(-self._best.bound // SCALE) + self._close
        solution = self._solve_in_box(self._best, stop)
        while solution is not None and solution.height <= no_higher:
            self._planes.look_in(0.0, self._dearest)
            everywhere = self._planes.solve(stop)
            if everywhere is None or everywhere.height <= no_higher or self._radius >= self._dearest:
                return everywhere
            self._radius *= NARROWER
            solution = self._solve_in_box(self._best, stop)
        return solution

    def _solve_in_box(self, best: DualPoint, stop: Stop) -> MasterSolution | None:
        centre = best.prices / SCALE
        self._planes.look_in(
            np.maximum(0, centre - self._radius), np.minimum(self._dearest, centre + self._radius)
        )
        solution = self._planes.solve(stop)
        if solution is not None:
            self._promised = max(self._close, solution.height - best.bound / SCALE)
            self._at_edge = bool((abs(solution.prices - centre) > self._radius * (1 - self._close)).any())
        return solution

    def _learn(self, kept: float) -> None:
        """Make the box larger or smaller; ``kept`` is what part of the promise was."""
        if kept >= 1 / 2 and self._at_edge:
            self._radius = min(self._dearest, WIDER * self._radius)
        if kept >= 1 / 10:
            self._misses = 0
        elif kept < 0:
            self._misses += 1
            if kept < -MISSES or (self._misses >= MISSES and kept < -1):
                self._radius = max(LEAST, self._radius / min(-kept, NARROWER))
                self._misses = 0
