"""Bounds of a day with the rules that prices can speak of: where they begin, and how far they are raised."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

import numpy as np

from midtvejs.domain.fairness import SUMS, Criterion
from midtvejs.solving.instance.arrays import Ints
from midtvejs.solving.prices.bound import (
    can_be_hurried,
    maximise_bound_of_parties,
    round_up,
    start_at_scale,
    start_with_colleagues,
    warm_start,
)
from midtvejs.solving.prices.parties import MOST_ALONE, PartyRelaxation, Ruled, levels_of, rules_in_codes
from midtvejs.solving.prices.party_seats import NearBound
from midtvejs.solving.prices.relaxation import SCALE, DualPoint, Objective
from midtvejs.solving.prices.ruled_alone import prices_alone_within_rules
from midtvejs.solving.prices.start import over_seats
from midtvejs.solving.search import Bound
from midtvejs.solving.stop import Stop

IN_ROUNDS = 8
"""To find the prices of the rounds takes as long as to fill tables with so many levels a few times."""

OF_RULES = (*SUMS, Criterion.SPREAD)
"""The sums that are bounded within rules, and that may be kept meanwhile."""

KnownPrices = Callable[[Objective], Ints | None]
"""Prices without rules that bound an objective; None where none are known."""


def no_prices(_objective: Objective) -> None:
    """Know none."""


def within(criterion: Criterion, limits: Mapping[Criterion, int]) -> Objective:
    """Return what is asked of a criterion within limits, as far as prices speak of them."""
    kept = tuple((other, value) for other, value in limits.items() if other in OF_RULES)
    return Objective(criterion=criterion, worst=limits.get(Criterion.WORST), kept=kept)


class RuledBound:
    """Bounds by prices within rules. Each takes a ``share`` of the time that is left at the most."""

    def __init__(self, ruled: Ruled, stop: Stop, *, share: float, known: KnownPrices) -> None:
        self._ruled = ruled
        self._stop = stop
        self._share = share
        self._known = known
        self._prices: dict[Criterion, Ints] = {}
        self._rounds: dict[Criterion, tuple[PartyRelaxation, DualPoint]] = {}
        self._near: dict[Criterion, NearBound] = {}

    @property
    def any(self) -> bool:
        """Whether there are any rules that prices can speak of."""
        return self._ruled.any

    def bound_worst(self, objective: Objective, known: int, below: int) -> Bound | None:
        """Refuse limits of everybody's regret one by one, from what is ``known`` on.

        None where it would take too long to find out about any.
        """
        found = None
        least = self._average
        if known < least <= below:
            found = self._refuse(objective, least - 1)
        first = max(known, found.value if found else 0)
        for limit in range(first, below):
            refused = self._refuse(objective, limit)
            if refused is None:
                break
            if refused.value == 0:
                return found if found and found.value else Bound(value=known)
            found = refused
            if self._stop.asked:
                break
        return found

    def _refuse(self, objective: Objective, limit: int) -> Bound | None:
        """Return that nobody can be within a limit, where prices prove it; else a bound of nothing."""
        refused = self.climb(replace(objective, worst=limit), enough=1)
        if refused is None or refused.value == 0:
            return refused
        return Bound(value=limit + 1, recomputable=limit + 1, proof=refused.proof)

    @property
    def _average(self) -> int:
        """A regret that somebody has, as all of them come to that much; 0 where there is no time to tell."""
        if not self._can_tell_of_rounds(Criterion.TOTAL):
            return 0
        relaxation, point = self._by_rounds(Criterion.TOTAL)
        return -(-round_up(point.bound) // max(1, relaxation.aggregate.people))

    def near(self, criterion: Criterion, limits: Mapping[Criterion, int], *, enough: int) -> NearBound | None:
        """Return a bound, raised until it is ``enough``, and what is near to it; None as ``climb`` does.

        Nor is there one of what is not among ``OF_RULES``.
        """
        if criterion not in OF_RULES:
            return None
        objective = within(criterion, limits)
        known = self._near.get(objective.criterion)
        if known is None or known.relaxation.objective != objective:
            self._near.pop(objective.criterion, None)
            self.climb(objective, enough=enough)
        return self._near.get(objective.criterion)

    def climb(self, objective: Objective, *, enough: int) -> Bound | None:
        """Raise a bound until it is ``enough``; None where the tables that it takes would be too large."""
        if self._stop.asked and not can_be_hurried(self._ruled, levels_of(objective, self._ruled.aggregate)):
            return self._in_a_moment(objective.criterion)
        relaxation = PartyRelaxation(self._ruled, objective)
        if relaxation.cells > MOST_ALONE:
            return self._in_a_moment(objective.criterion)
        stop = self._stop.part(self._share)
        start = self._prices.get(objective.criterion)
        if start is None or len(start) != relaxation.size:
            start = self._start(relaxation, stop)
        dual = maximise_bound_of_parties(relaxation, start=start, enough=enough, stop=stop)
        self._prices[objective.criterion] = dual.best.prices
        self._near[objective.criterion] = NearBound(relaxation=relaxation, point=dual.best)
        return _bound_at(relaxation, dual.best)

    def _start(self, relaxation: PartyRelaxation, stop: Stop) -> Ints:
        """Return the best prices to begin at: of the rounds alone, known without rules, or what is kept."""
        if relaxation.objective.criterion is Criterion.SPREAD:
            others = self._prices_of_kept(relaxation)
            others = np.zeros(relaxation.paired, dtype=np.int64) if others is None else others
            return start_with_colleagues(relaxation, others, stop=stop).prices
        points: list[DualPoint] = []
        by = over_seats(relaxation.objective.criterion)
        if self._can_tell_of_rounds(by):
            _, point = self._by_rounds(by)
            alone, regret = relaxation.with_kept(point.prices), max(0, self._average - 1)
            points.append(warm_start(relaxation, stop=stop, alone=alone, regret=regret))
        known = self._known(relaxation.objective)
        if known is not None:
            points.append(relaxation.evaluate(relaxation.extend(known)))
        before = self._prices_of_kept(relaxation)
        if before is not None:
            points.append(start_at_scale(relaxation, relaxation.extend(before), stop=stop))
        nothing = np.zeros(relaxation.size, dtype=np.int64)
        return max(points, key=lambda each: each.bound).prices if points else nothing

    def _prices_of_kept(self, relaxation: PartyRelaxation) -> Ints | None:
        """Return prices that bounded the last criterion that is kept and bounded, and a price of 1 for that.

        None where nothing is. Where colleagues have prices there, these are the last.
        """
        kept, bounded = relaxation.objective.kept, relaxation.objective
        for number, (criterion, _) in reversed([*enumerate(kept)]):
            before = self._prices.get(criterion)
            later = kept[number + 1 :]
            sizes = {each - 1 - len(later) for each in (relaxation.paired, relaxation.size)}
            if before is None or len(before) not in sizes:
                unruled = self._known(replace(bounded, criterion=criterion, kept=kept[:number]))
                if unruled is None:
                    continue
                ruled = relaxation.paired - relaxation.unruled
                before = np.append(unruled, np.zeros(ruled, dtype=np.int64))
            of_kept = [SCALE, *(0 for _ in later)]
            return np.insert(before, relaxation.sessions + number, of_kept)
        return None

    def _in_a_moment(self, criterion: Criterion) -> Bound | None:
        """Return what the rounds come to one by one; None of what is no sum over seats."""
        if over_seats(criterion) is not criterion or not self._can_tell_of_rounds(criterion):
            return None
        return _bound_at(*self._by_rounds(criterion))

    def _can_tell_of_rounds(self, criterion: Criterion) -> bool:
        """Return whether rounds have been looked at one by one, or can be even now."""
        return criterion in self._rounds or not self._stop.asked or can_be_hurried(self._ruled, IN_ROUNDS)

    def _by_rounds(self, criterion: Criterion) -> tuple[PartyRelaxation, DualPoint]:
        """Return what the rounds come to one by one in a sum over seats."""
        if criterion not in self._rounds:
            relaxation = PartyRelaxation(self._ruled, Objective(criterion=criterion))
            point = relaxation.evaluate(prices_alone_within_rules(relaxation))
            self._rounds[criterion] = relaxation, point
        return self._rounds[criterion]


def _bound_at(relaxation: PartyRelaxation, point: DualPoint) -> Bound:
    """Return what prices prove."""
    bound = max(0, round_up(point.bound))
    return Bound(value=bound, recomputable=bound, proof=rules_in_codes(relaxation, point.prices))
