"""What choices cost while the search is on its way: limits may be exceeded, at a weight that follows them.

What exceeds a limit often grows dear, what keeps it gets cheap again: so the search goes to and fro across
the border of what is lawful, where the best is (strategic oscillation; Glover 1989, "Tabu search, part I").
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import numpy as np

from midtvejs.domain.fairness import OVER_MOVED, OVER_REGRETS, Criterion
from midtvejs.solving.instance.arrays import Ints
from midtvejs.solving.instance.crowd import amounts_of, growth_of
from midtvejs.solving.prices.relaxation import Objective

UNIT = 64
"""What a unit of the criterion weighs that is made small; less than that is for the draw of lots."""
LIGHTEST, HEAVIEST = 1 / 8, 8
"""How far a weight may go from where it begins, as a multiple."""
MOST = 2**20
"""What a weight may begin at, however often the search went back."""
LOOKS = 20
"""After so many exchanges weights are set anew."""


def is_weighed(criterion: Criterion) -> bool:
    """Return whether it can be told of everybody by themselves what a seat of theirs does to a criterion.

    So it can of pairs of colleagues, by those who are there; not of friends who may go at once, or of those
    who are moved, which the whole day decides.
    """
    return criterion not in OVER_MOVED and criterion is not Criterion.FRIENDS


class Weights:
    """The weights of an objective's limits: of a step beyond its `worst`, and of each kept criterion.

    ``regret`` is what people have on average, by which a step of each criterion is compared with others;
    ``step`` is what one of the criterion weighs that is made small.
    """

    def __init__(self, objective: Objective, *, furthest: int, regret: int) -> None:
        self.criterion = objective.criterion
        self._objective = objective
        self._furthest = furthest
        self._amounts = {
            criterion: amounts_of(criterion, furthest)
            for criterion in objective.criteria
            if criterion in OVER_REGRETS
        }
        limits = {Criterion.WORST: objective.worst} if objective.worst is not None else {}
        self.limits: dict[Criterion, int] = {**limits, **dict(objective.kept)}
        self.step = UNIT * self._growth(objective.criterion, objective.worst or regret)
        self._begin = {
            criterion: self.step // (1 if criterion is Criterion.WORST else self._growth(criterion, regret))
            for criterion in self.limits
        }
        self._begin = {criterion: max(8, weight) for criterion, weight in self._begin.items()}
        self._weights = {**self._begin, objective.criterion: UNIT}
        self._beyond = dict.fromkeys(self.limits, 0)
        self._looks = 0
        self._set()

    def _growth(self, criterion: Criterion, regret: int) -> int:
        if criterion not in OVER_REGRETS:
            return 1
        growth = growth_of(criterion, self._furthest)
        return max(1, int(growth[min(regret, len(growth) - 1)])) if len(growth) else 1

    def exceeds(self, worth: Mapping[Criterion, int]) -> bool:
        """Return whether any limit is exceeded; of `worst`, ``worth`` has the steps beyond it."""
        return any(beyond > 0 for _, beyond in self._excess(worth))

    def _excess(self, worth: Mapping[Criterion, int]) -> list[tuple[Criterion, int]]:
        return [
            (criterion, worth[criterion] - (0 if criterion is Criterion.WORST else limit))
            for criterion, limit in self.limits.items()
        ]

    def tighten(self) -> None:
        """Have all limits weigh as much as they may from now on, and more than that later."""
        self._begin = {criterion: min(2 * weight, MOST) for criterion, weight in self._begin.items()}
        for criterion, weight in self._begin.items():
            self._weights[criterion] = weight * HEAVIEST
        self._set()

    def look(self, worth: Mapping[Criterion, int]) -> None:
        """See what is exceeded, and now and then set the weights anew by that."""
        for criterion, beyond in self._excess(worth):
            self._beyond[criterion] += beyond > 0
        self._looks += 1
        if self._looks < LOOKS or not self.limits:
            return
        for criterion, times in self._beyond.items():
            weight, begin = self._weights[criterion], self._begin[criterion]
            heavier = min(weight * 17 // 16 + 1, int(begin * HEAVIEST))
            self._weights[criterion] = (
                heavier if 2 * times > LOOKS else max(weight * 15 // 16, int(begin * LIGHTEST))
            )
        self._beyond, self._looks = dict.fromkeys(self.limits, 0), 0
        self._set()

    def of_seats(self, amounts: Mapping[Criterion, Ints]) -> Iterator[Ints]:
        """Return what seats cost by their amounts in each sum over seats."""
        return (self._weights[criterion] * each for criterion, each in amounts.items())

    def _set(self) -> None:
        """Sum up what weights come to: ``of_pairs``, a pair of colleagues; ``of_regrets``, each regret."""
        self.of_pairs = self._weights.get(Criterion.SPREAD, 0)
        self.of_regrets = np.zeros(self._furthest + 1, dtype=np.int64)
        for criterion, amounts in self._amounts.items():
            self.of_regrets += self._weights[criterion] * amounts
        if self._objective.worst is not None:
            beyond = np.maximum(np.arange(self._furthest + 1) - self._objective.worst, 0)
            self.of_regrets += self._weights[Criterion.WORST] * beyond
