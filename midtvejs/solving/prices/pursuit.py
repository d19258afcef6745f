"""From a bound to choices that reach it, or come as near to it as can be.

What was rounded is over the seats by a few. Everybody is seated near to it, each round by itself (start.py):
mostly that comes to the bound. Else CP-SAT solves the restricted problem of the few who stand where the seats
are overdrawn (restricted.py), at the bound's cost. Where there are few people it is asked about all of them:
when it proves then that there is no way, the bound is one higher. When it says neither soon, people pass
their seats on (exchanges/), and then HiGHS makes the criterion small among all choices that come to less.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from midtvejs.domain.fairness import Criterion
from midtvejs.solving.cpsat.stated import Verdict
from midtvejs.solving.exchanges.search import SeatExchange
from midtvejs.solving.instance.arrays import Ints
from midtvejs.solving.instance.count import count_choices
from midtvejs.solving.instance.crowd import Leaf
from midtvejs.solving.prices.bound import DualSolution
from midtvejs.solving.prices.lists import NEVER
from midtvejs.solving.prices.relaxation import SCALE, DualPoint, Relaxation
from midtvejs.solving.prices.restricted import (
    RestrictedSolution,
    choose_free,
    minimise_restricted,
    solve_restricted,
)
from midtvejs.solving.prices.rounding import Rounded
from midtvejs.solving.prices.start import over_seats, reseat
from midtvejs.solving.search import Grid
from midtvejs.solving.stop import Stop


@dataclass(frozen=True, slots=True, kw_only=True)
class Reached:
    """What an objective came to: nothing is below ``bound``; ``choices``: None if none were found.

    ``impossible``: it is proven that there are none. ``best`` are the prices that prove the most, None
    without any.
    """

    bound: int
    choices: Ints | None
    impossible: bool = False
    best: DualPoint | None = None


def seat_near(relaxation: Relaxation, rounded: Rounded, lead: Criterion, *, stop: Stop) -> Ints | None:
    """Seat everybody a round at a time, near to what was rounded: mostly that is at the bound, or nearly.

    Whoever has the worst of it in the other rounds is seated first in each. None where that is not within all
    limits, or a list is for several rounds: who is over the seats in one of them stands in the way there.
    """
    aggregate, worst = relaxation.aggregate, relaxation.objective.worst
    if aggregate.has_lists:
        return None
    limit = aggregate.furthest if worst is None else worst
    choices = reseat(aggregate, rounded.choices, lead, limit=limit, hasty=True, stop=stop)
    # Whoever no day is left to has any sessions there.
    is_open = all(
        leaf.open[aggregate.ranking[leaf.number], choices[leaf.round]].all()
        for leaf in aggregate.leaves
        if isinstance(leaf, Leaf)
    )
    return choices if is_open and relaxation.allows(count_choices(aggregate, choices)) else None


class Pursuit:
    """From a bound to choices that reach it.

    ``choices`` is where everybody is until then; they are the ``incumbent`` if they are within all limits.
    """

    def __init__(
        self,
        relaxation: Relaxation,
        dual: DualSolution,
        rounded: Rounded,
        *,
        choices: Ints,
        incumbent: Ints | None,
        grid: Grid,
        seed: int,
        stop: Stop,
    ) -> None:
        self._relaxation = relaxation
        self._limits = relaxation.aggregate.limits
        self._dual = dual
        self._choices = choices
        self._incumbent = incumbent
        self._grid = grid
        self._seed = seed
        self._stop = stop
        self._rounded = rounded
        self._exchanged: set[int] = set()
        self._too_many = False
        """Whether there is too much to choose from for HiGHS to make it small."""

    def reach(self) -> Reached:
        bound = self._grid.above(self._dual.bound)
        tally = count_choices(self._relaxation.aggregate, self._rounded.choices)
        if self._relaxation.allows(tally) and tally.sums[self._relaxation.objective.criterion] <= bound:
            return Reached(bound=bound, choices=self._rounded.choices)
        near = seat_near(
            self._relaxation, self._rounded, over_seats(self._relaxation.objective.criterion), stop=self._stop
        )
        if near is not None and not self._incumbent_within(self._value_of(near)):
            self._incumbent = near
        if self._incumbent_within(bound):
            return Reached(bound=bound, choices=self._incumbent)
        choices = self._by_moves(bound)
        if choices is None and self._everybody:
            return self._exactly(bound)
        for above in self._limits.given_up:
            target = self._grid.above(bound + above)
            if choices is None and not self._incumbent_within(target):
                choices = self._by_moves(target)
        return Reached(bound=bound, choices=self._incumbent if choices is None else choices)

    @property
    def _everybody(self) -> bool:
        """Whether there are so few people that all can be looked at."""
        return self._relaxation.aggregate.people <= self._limits.everybody

    def _exchange(self, target: int) -> RestrictedSolution | None:
        """Pass seats on among everybody; None where that does not lead to the target, or has not before."""
        if not self._everybody or target in self._exchanged:
            return None
        self._exchanged.add(target)
        self._seats.reach(target, self._stop.part(self._limits.exchange_share))
        if self._seats.found is not None:
            self._incumbent = self._seats.found
        within = self._incumbent_within(target)
        return RestrictedSolution(verdict=Verdict.FOUND, choices=self._incumbent) if within else None

    def _exchange_or_minimise(self, target: int) -> RestrictedSolution | None:
        """The same, or else look for the least that is less than the incumbent comes to."""
        found = self._exchange(target)
        if found is not None or self._incumbent is None or self._too_many:
            return found
        below = self._value_of(self._incumbent) - 1
        solution = minimise_restricted(
            self._relaxation,
            self._dual.best.prices,
            self._incumbent,
            target=below,
            slack=below * SCALE - self._dual.best.bound,
            most=self._limits.minimised,
            seed=self._seed,
            stop=self._stop,
        )
        self._too_many = solution is None
        in_vain = solution is None or (solution.verdict is Verdict.UNDECIDED and solution.bound <= target)
        return None if in_vain else solution

    @cached_property
    def _seats(self) -> SeatExchange:
        return SeatExchange(
            self._relaxation.aggregate,
            (self._choices if self._incumbent is None else self._incumbent, self._rounded.choices),
            self._relaxation.objective,
            seed=self._seed,
        )

    def _incumbent_within(self, target: int) -> bool:
        return self._incumbent is not None and self._value_of(self._incumbent) <= target

    def _value_of(self, choices: Ints) -> int:
        tally = count_choices(self._relaxation.aggregate, choices)
        return tally.sums[self._relaxation.objective.criterion]

    def _by_moves(self, target: int) -> Ints | None:
        """Free a few people for every kind of move, to end at the target; one more in each attempt."""
        slack = target * SCALE - self._dual.best.bound
        for each in range(1, self._limits.attempts + 1):
            if self._stop.asked:
                break
            prices, pool = self._dual.best.prices, self._pool(each)
            free = choose_free(
                self._relaxation,
                prices,
                self._rounded.choices,
                pool,
                slack=slack,
                each=each,
                stop=self._stop,
            )
            if not len(free):
                break
            stop = self._stop
            if len(free) > self._limits.freed_quickly:
                stop = stop.part(self._limits.each_criterion)
            solution = self._solve_restricted(free, target, slack=slack, otherwise=self._exchange, stop=stop)
            if solution.choices is not None:
                return solution.choices
            if solution.verdict is Verdict.UNDECIDED:
                break
        return None

    def _exactly(self, bound: int) -> Reached:
        """Free everybody: what a solver refuses then is impossible, and the bound is higher."""
        everybody = np.arange(self._relaxation.aggregate.people)
        asked = 0
        while True:
            solution = self._solve_restricted(
                everybody,
                bound,
                slack=bound * SCALE - self._dual.best.bound,
                otherwise=self._exchange_or_minimise,
            )
            refused = solution.verdict is Verdict.IMPOSSIBLE
            higher = self._grid.above(max(bound + int(refused), solution.bound))
            if solution.choices is not None:
                self._incumbent = solution.choices
            elif higher == bound:
                return Reached(bound=bound, choices=self._incumbent)
            bound = higher
            asked += solution.size
            if asked > self._limits.refused or self._incumbent_within(bound):
                return Reached(bound=bound, choices=self._incumbent)
            if self._incumbent is None:
                anything = self._solve_restricted(
                    everybody, NEVER, slack=NEVER // 2, otherwise=self._exchange
                )
                self._incumbent = anything.choices
                if self._incumbent is None:
                    nothing = anything.verdict is Verdict.IMPOSSIBLE
                    return Reached(bound=bound, choices=None, impossible=nothing)
                if self._incumbent_within(bound):
                    return Reached(bound=bound, choices=self._incumbent)

    def _pool(self, attempt: int) -> Ints:
        """Return some of all people, others in each attempt; the lottery has mixed them."""
        people = self._relaxation.aggregate.people
        return np.unique(np.arange((attempt - 1) * self._limits.pool, attempt * self._limits.pool) % people)

    def _solve_restricted(
        self,
        people: Ints,
        target: int,
        *,
        slack: int,
        otherwise: Callable[[int], RestrictedSolution | None],
        stop: Stop | None = None,
    ) -> RestrictedSolution:
        return solve_restricted(
            self._relaxation,
            self._dual.best.prices,
            self._rounded.choices,
            people,
            target=target,
            slack=slack,
            effort=self._limits.restricted_effort,
            seed=self._seed,
            stop=stop or self._stop,
            otherwise=lambda: otherwise(target),
        )
