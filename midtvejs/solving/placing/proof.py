"""What is proven of all placements, by those with everybody seated and by the floors of the others."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial

import numpy as np

from midtvejs.domain.assignment import Assignment
from midtvejs.domain.fairness import Criterion
from midtvejs.domain.offers import Placement
from midtvejs.domain.planning import Figures
from midtvejs.solving.placing.bounds import bound_all
from midtvejs.solving.placing.limits import PlacingLimits
from midtvejs.solving.placing.open_day import Sets
from midtvejs.solving.placing.priced_days import DayPrices
from midtvejs.solving.placing.search import NOTHING_BEYOND, ByWishes, Key, Seen, Walked
from midtvejs.solving.search import Solution


@dataclass(frozen=True, slots=True, kw_only=True)
class Seated:
    """A placement in which everybody is seated, its rooms chosen, and what it comes to."""

    seen: Seen
    placement: Placement
    solution: Solution
    assignment: Assignment

    def figures(self, order: Sequence[Criterion]) -> Key:
        return tuple(self.assignment.criteria[criterion] for criterion in order)

    @property
    def is_proven(self) -> bool:
        return all(stage.proven for stage in self.solution.stages)

    @property
    def by_word(self) -> bool:
        """Return whether the solver's word was taken for any stage."""
        return any(stage.by_word for stage in self.solution.stages)


@dataclass(frozen=True, slots=True, kw_only=True)
class Proof:
    """What is known once everybody was ``seated`` in some placements, the best of them among these.

    ``looked_at`` are those of which it is known what they come to: in some, nobody can be seated.
    """

    judge: ByWishes
    walked: Walked
    order: tuple[Criterion, ...]
    seated: Sequence[Seated]
    looked_at: Collection[Sets]

    @property
    def best(self) -> Key:
        return min(each.figures(self.order) for each in self.seated)

    @property
    def _tells(self) -> bool:
        """Whether seats are dealt by all that placements are compared by; else figures are as they may be."""
        return set(self.order) <= set(self.judge.day.program.rules.fairness)

    def possibly_better(self) -> list[Sets]:
        """Return the placements that may be better than the best, the lowest floors first."""
        best, floors = self.best, self.walked.floors
        found = [sets for sets, floor in floors.items() if floor < best and sets not in self.looked_at]
        return sorted(found, key=lambda sets: (floors[sets], sets))

    def is_counted(self) -> bool:
        """Return whether no placement there is can be better with seats."""
        if self.walked.exist is None or not self._tells or not all(each.is_proven for each in self.seated):
            return False
        if self.walked.alone == self.best:
            return True
        return self.walked.beyond >= self.best and not self.possibly_better()

    def is_by_word(self) -> bool:
        """Return whether the solver's word was taken for seats, or that there are none, in any placement."""
        return bool(self._refused) or any(each.by_word for each in self.seated)

    @property
    def _refused(self) -> Collection[Sets]:
        """The placements in which nobody can be seated."""
        return set(self.looked_at) - {each.seen.sets for each in self.seated}

    def without_word(self) -> Proof:
        """Return what is known without the solver's word."""
        seated = [each for each in self.seated if not each.by_word]
        return replace(self, seated=seated, looked_at={each.seen.sets for each in seated})

    def bound(self) -> Figures:
        """Return what no placement is below, as far as that is known, each criterion by itself.

        What comes second in the best placement may be less in another one, in which the first is more.
        """
        bound = dict(bound_all(self.judge.alone, self.judge.seats.strictly_wanted))
        if self.walked.exist is not None:
            first = self.order[0]
            bound[first] = max(bound[first], self.walked.alone[0])
            for criterion, value in self.walked.least.items():
                bound[criterion] = max(bound[criterion], value)
            for criterion, value in self._least_of_known().items():
                bound[criterion] = max(bound[criterion], value)
        return {criterion: bound[criterion] for criterion in self.order}

    def _least_of_known(self) -> Figures:
        """Return the least of all placements, as far as these have floors: of the first, and of all criteria.

        Where everybody was seated, it is known what a placement comes to.
        """
        known = {each.seen.sets: each.figures(self.order) for each in self.seated if each.is_proven}
        refused = self._refused
        figures = [
            known.get(sets, floor) if self._tells else floor
            for sets, floor in self.walked.floors.items()
            if sets not in refused
        ]
        if self.walked.beyond == NOTHING_BEYOND:
            return dict(zip(self.order, map(min, zip(*figures, strict=True)), strict=True))
        firsts = [first for first, *_ in figures]
        return {self.order[0]: min([*firsts, *self.walked.beyond[:1]], default=0)}


def raise_floors(
    walked: Walked,
    days: DayPrices,
    placements: Sequence[Sets],
    by: Criterion,
    *,
    best: int | None,
    limits: PlacingLimits,
) -> tuple[Walked, Collection[Sets]]:
    """Raise the floors of some placements by prices for whole days, as far as the limits go (priced_days.py).

    Return what was walked with its new floors, and which placements were priced.

    ``best`` is the least that was reached of what comes first, if anything was: no floor need be above it.
    The total is a sum over rounds, and its floors are as high as they are; of the highest regret nothing is
    asked but whether it may be below the best.

    Raises:
        OutOfTime: stopping was asked for.
    """
    floors = dict(walked.floors)
    priced: Mapping[Sets, int] = {}
    found: Mapping[Sets, int] = {}
    if by is Criterion.EVEN:
        passes = limits.day_passes if best is None else limits.more_day_passes
        enough = np.inf if best is None else best + 1
        priced = found = days.bounds(
            placements, np.square, passes=passes, most=limits.day_costs, enough=enough
        )
    elif by is Criterion.WORST and best is not None:
        # How many are at the best, or above it: if anyone is, nothing better is possible.
        priced = days.bounds(
            placements,
            partial(np.less_equal, best),
            passes=limits.more_day_passes,
            most=limits.day_costs,
            enough=1,
        )
        found = {sets: best for sets, people in priced.items() if people}
    for sets, value in found.items():
        first, *rest = floors[sets]
        floors[sets] = (max(first, value), *rest)
    return replace(walked, floors=floors), priced
