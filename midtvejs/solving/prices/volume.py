"""The volume algorithm: prices for a wide day, along the average of what all prices so far have led to.

Planes say next to nothing where there are dozens of prices and few of them (cutting_planes.py): hundreds of
evaluations go by before the first is above where it began. A step along an average of all subgradients so
far, in which those of long ago have next to no part, leads close to the optimum within a hundred. The same
average of the days that people chose is nearly within the limits, so it is a mixture to round (Barahona and
Anbil 2000, "The volume algorithm: producing primal solutions with a subgradient method").
"""

from __future__ import annotations

from math import fsum, inf

import numpy as np
from numpy.typing import NDArray

from midtvejs.solving.prices.cutting_planes import MasterSolution
from midtvejs.solving.prices.relaxation import SCALE, DualPoint
from midtvejs.solving.stop import Stop

Floats = NDArray[np.float64]

NEWEST = 0.1
"""The greatest part that a point has in the average when it is added; the least is a tenth of that."""

LEFT_OUT = 0.05
"""What the smallest shares in the average may come to that are none in the mixture: there are many."""

LEVEL = 1e-9
"""The square of an average that is none but for rounding errors: subgradients are whole numbers."""

IN_VAIN = 5
"""After how many points without a higher bound steps become shorter."""

SHORTER, LONGER, SHORTEST, LONGEST = 0.67, 1.3, 0.1, 2.0
"""By how much steps become shorter, or longer, and how long they can be, of what would reach the aim."""


class Volume:
    """Where to evaluate next, as a master problem tells it: a step from the best point so far.

    The aim is a bound that is higher by ``ahead`` of itself, by ``least`` steps at the least. How high it can
    be is never told. Prices lie between 0 and ``dearest`` steps.
    """

    def __init__(self, *, dearest: float, ahead: float, least: float) -> None:
        self._dearest = dearest
        self._ahead = ahead
        self._least = least
        self._best: DualPoint | None = None
        self._average: Floats = np.zeros(0)
        self._shares: Floats = np.zeros(0)
        self._length = 1.0
        self._in_vain = 0

    def add(self, point: DualPoint) -> None:
        """Add a point to the average, and learn from its bound how far to go."""
        subgradient = point.subgradient.astype(np.float64)
        if self._best is None:
            self._best, self._average, self._shares = point, subgradient, np.ones(1)
            return
        onward = _dot(subgradient, self._average) > 0
        share = self._share_of(subgradient)
        self._average = share * subgradient + (1 - share) * self._average
        self._shares = np.append((1 - share) * self._shares, share)
        if point.bound > self._best.bound:
            self._best, self._in_vain = point, 0
            self._length = min(LONGEST, self._length * LONGER) if onward else self._length
        else:
            self._in_vain += 1
            if self._in_vain == IN_VAIN:
                self._length, self._in_vain = self._length * SHORTER, 0

    def solve(self, stop: Stop) -> MasterSolution | None:
        """Return the prices to evaluate next; ``shares`` are those of the points in the average.

        None where the steps have become too short to lead anywhere, or stopping is asked for.
        """
        square = _dot(self._average, self._average)
        if self._best is None or square < LEVEL or stop.asked or self._length < SHORTEST:
            return None
        steps = self._best.bound / SCALE
        step = self._length * max(self._least, self._ahead * abs(steps)) / square
        return MasterSolution(
            height=inf,
            prices=np.clip(self._best.prices / SCALE + step * self._average, 0, self._dearest),
            shares=self._without_the_smallest(),
        )

    def _without_the_smallest(self) -> Floats:
        ascending = self._shares.argsort(kind="stable")
        small = ascending[: int(np.searchsorted(self._shares[ascending].cumsum(), LEFT_OUT, side="right"))]
        shares = self._shares.copy()
        shares[small] = 0
        return shares

    def _share_of(self, subgradient: Floats) -> float:
        """Return the share at which the average is the shortest: within the limits, it would be 0."""
        apart = subgradient - self._average
        square = _dot(apart, apart)
        shortest = -_dot(self._average, apart) / square if square else NEWEST
        return min(max(shortest, NEWEST / 10), NEWEST)


def _dot(one: Floats, other: Floats) -> float:
    """Return a sum of products that is the same on every machine."""
    return fsum((one * other).tolist())
