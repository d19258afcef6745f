"""Stage after stage with prices: for participants in any number, where seats are all that they share.

For each criterion: raise the bound by prices (ascent.py), deal seats out of the mixture (mixing.py), and let
CP-SAT seat the few who stand where the seats are overdrawn (repair.py) at the bound's cost. When it can, the
bound is reached, and that is the proof. When it proves that it cannot, with everybody freed, the bound is one
higher.

`worst` is scanned downward, first by seating people anew a round at a time (greedy.py). Prices at which
somebody must be left out prove the next limit impossible; where they do not, an assignment is looked for.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from midtvejs.domain.fairness import Criterion, Stage
from midtvejs.solving.cpsat.model import Verdict
from midtvejs.solving.instance.case import STANDING, Case
from midtvejs.solving.instance.count import counted
from midtvejs.solving.instance.crowd import Crowd, Ints, crowd_of
from midtvejs.solving.prices.bound import Ascent, climb, quoted_alone, whole
from midtvejs.solving.prices.column_generation import is_wide
from midtvejs.solving.prices.relaxation import NEVER, SCALE, Aim, Market, Quote, in_codes
from midtvejs.solving.prices.restricted import Repair, movers, repaired
from midtvejs.solving.prices.rounding import Dealt, dealt
from midtvejs.solving.prices.start import prices_alone, quickly_seated, reseated
from midtvejs.solving.search import Found, Watch, recorded
from midtvejs.solving.stop import Stop


def search(case: Case, fairness: tuple[Criterion, ...], *, seed: int, stop: Stop, watch: Watch) -> Found:
    """Satisfy the criteria in order. The rounds must have seats for everybody."""
    crowd = crowd_of(case)
    lead = next((criterion for criterion in fairness if criterion is not Criterion.WORST), Criterion.TOTAL)
    found = _Search(crowd, lead=lead, seed=seed, stop=stop, watch=watch)
    for number, criterion in enumerate(fairness):
        following = fairness[number + 1] if number + 1 < len(fairness) else Criterion.TOTAL
        found.satisfy(criterion, following)
    columns = [
        np.where(line == leaf.sessions, STANDING, line).tolist()
        for leaf, line in zip(crowd.leaves, found.choices, strict=True)
    ]
    return Found(
        choices=list(zip(*columns, strict=True)),
        stages=tuple(found.stages),
        proofs=tuple(proof and in_codes(case, *proof) for proof in found.proofs),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Reached:
    """What the pursuit of an aim came to: nothing is below ``bound``; ``choices``: None if none were found.

    ``impossible``: it is proven that there are none. ``prices`` are those of the bound, None without any.
    """

    bound: int
    choices: Ints | None
    impossible: bool = False
    prices: Ints | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Grid:
    """The values that a criterion can have: ``offset``, and on from there by ``stride``."""

    stride: int = 1
    offset: int = 0

    def above(self, bound: int) -> int:
        """Return the least value that is not below ``bound``."""
        return bound + (self.offset - bound) % self.stride


Proven = tuple[Stage, tuple[Aim, Ints] | None]
"""A stage, and the prices of its bound with the aim that they were for."""


class _Search:
    """The best lawful choices so far, and what the stages behind them reached."""

    def __init__(self, crowd: Crowd, *, lead: Criterion, seed: int, stop: Stop, watch: Watch) -> None:
        self.crowd = crowd
        self.choices = quickly_seated(crowd, lead, stop=stop)
        self.stages: list[Stage] = []
        self.proofs: list[tuple[Aim, Ints] | None] = []
        self._limits = crowd.limits
        self._lead = lead
        self._seed = seed
        self._stop = stop
        self._watch = watch
        self._known: dict[Aim, Reached] = {}

    def satisfy(self, criterion: Criterion, following: Criterion) -> None:
        """Add a stage. After `worst` it is the ``following`` criterion that chooses among the assignments."""
        worst = criterion is Criterion.WORST
        stage, proof = self._worst(following) if worst else self._least(self._aim(criterion))
        self.stages = recorded([*self.stages, stage], counted(self.crowd, self.choices).sums)
        self.proofs.append(proof)

    def _aim(self, criterion: Criterion) -> Aim:
        reached = {stage.criterion: stage.value for stage in self.stages}
        worst = reached.pop(Criterion.WORST, None)
        return Aim(criterion=criterion, worst=worst, kept=tuple(reached.items()))

    def _least(self, aim: Aim) -> Proven:
        reached = self._known.get(aim) or self._pursued(aim)
        if reached.choices is not None:
            self.choices = reached.choices
        value = counted(self.crowd, self.choices).sums[aim.criterion]
        stage = Stage(criterion=aim.criterion, value=value, bound=reached.bound)
        return stage, None if reached.prices is None else (aim, reached.prices)

    def _worst(self, following: Criterion) -> Proven:
        value = self._lowered()
        bound, proof, looking = 0, None, True
        for limit in reversed(range(value)):
            self._watch(Criterion.WORST, bound, value)
            refused = replace(self._aim(Criterion.WORST), worst=limit)
            ascent = climb(Market(self.crowd, refused), enough=1, stop=self._stop)
            if ascent.bound > 0:
                bound, proof = limit + 1, (refused, ascent.best.prices)
                break
            if looking:
                reached = self._within(limit, following)
                if reached.impossible:
                    bound = limit + 1
                    break
                looking = reached.choices is not None
                value = limit if looking else value
            if self._stop.asked:
                bound, proof = self._refused_alone(value)
                break
        return Stage(criterion=Criterion.WORST, value=value, bound=bound), proof

    def _refused_alone(self, value: int) -> tuple[int, tuple[Aim, Ints] | None]:
        """Return what limits below ``value`` the rounds alone refuse; none, with too many people."""
        bound, proof, spent = 0, None, 0
        if not self._quotes_are_cheap:
            return bound, proof
        alone = prices_alone(self.crowd, Criterion.WORST)
        while bound < value and spent <= self._limits.last_work:
            refused = replace(self._aim(Criterion.WORST), worst=bound)
            market = Market(self.crowd, refused)
            quote = quoted_alone(market, stop=_counting(market, spent), alone=alone)
            spent += market.worked
            if quote.bound <= 0:
                break
            bound, proof = bound + 1, (refused, quote.prices)
        return bound, proof

    @property
    def _quotes_are_cheap(self) -> bool:
        return self.crowd.people <= self._limits.last_people

    def _lowered(self) -> int:
        """Lower the highest regret as far as it goes by seating people anew, a round at a time."""
        while True:
            limit = counted(self.crowd, self.choices).sums[Criterion.WORST] - 1
            if limit < 0 or self._stop.asked:
                break
            choices = reseated(self.crowd, self.choices, self._lead, limit=limit, stop=self._stop)
            if not Market(self.crowd, replace(self._aim(Criterion.WORST), worst=limit)).allows(
                counted(self.crowd, choices)
            ):
                break
            self.choices = choices
        return limit + 1

    def _within(self, limit: int, following: Criterion) -> Reached:
        """Look for an assignment in which nobody's regret is above ``limit``, and keep it."""
        aim = replace(self._aim(following), worst=limit)
        self._known[aim] = reached = self._pursued(aim)
        if reached.choices is not None:
            self.choices = reached.choices
        return reached

    def _pursued(self, aim: Aim) -> Reached:
        market = Market(self.crowd, aim)
        if self._stop.asked:
            return self._hurried(market)
        incumbent = self.choices if market.allows(counted(self.crowd, self.choices)) else None
        value = counted(self.crowd, self.choices).sums[aim.criterion]
        if incumbent is not None and self._quotes_are_cheap:
            alone = quoted_alone(market, stop=self._stop)
            if value <= whole(alone.bound):
                return Reached(bound=value, choices=incumbent, prices=alone.prices)

        def watch(bound: int) -> None:
            self._watch(aim.criterion, bound, value)

        ascent = climb(market, stop=self._stop, watch=watch)
        grid = self._grid(aim)
        if incumbent is not None and value <= grid.above(ascent.bound):
            return Reached(bound=value, choices=incumbent, prices=ascent.best.prices)
        hands = dealt(market, ascent.quotes, ascent.shares, stop=self._stop)
        if hands is None:
            return self._hurried(market, ascent.best)
        pursuit = _Pursuit(market, ascent, hands, incumbent, grid, seed=self._seed, stop=self._stop)
        reached = pursuit.reached()
        return replace(self._polished(market, reached), prices=ascent.best.prices)

    def _polished(self, market: Market, reached: Reached) -> Reached:
        """Where the bound was not reached, see how near people can be seated a round at a time."""
        criterion, worst = market.aim.criterion, market.aim.worst
        if reached.choices is None or self._stop.asked:
            return reached
        value = counted(self.crowd, reached.choices).sums[criterion]
        if value <= reached.bound:
            return reached
        limit = self.crowd.furthest if worst is None else worst
        choices = reseated(self.crowd, reached.choices, self._lead, limit=limit, stop=self._stop)
        tally = counted(self.crowd, choices)
        better = market.allows(tally) and tally.sums[criterion] < value
        return replace(reached, choices=choices) if better else reached

    def _grid(self, aim: Aim) -> Grid:
        """Return which values there are: a square is odd where its root is: one sum fixes half the other."""
        other = {Criterion.EVEN: Criterion.TOTAL, Criterion.TOTAL: Criterion.EVEN}.get(aim.criterion)
        for stage in self.stages:
            if stage.criterion is other and stage.proven:
                return Grid(stride=2, offset=stage.value % 2)
        return Grid()

    def _hurried(self, market: Market, best: Quote | None = None) -> Reached:
        """Return a bound at once; ``best`` is the best quote so far."""
        stop = _counting(market, spent=0)
        alone = quoted_alone(market, stop=stop)
        best = alone if best is None or alone.bound > best.bound else best
        if self._quotes_are_cheap and not is_wide(market):
            best = climb(market, start=best.prices, most=self._limits.last_quotes, stop=stop).best
        return Reached(bound=max(0, whole(best.bound)), choices=None, prices=best.prices)


def _counting(market: Market, spent: int) -> Stop:
    """Return a stop for what is still done when the search is to end; its clock counts work."""
    start = market.worked
    return Stop(seconds=max(0, market.crowd.limits.last_work - spent), clock=lambda: market.worked - start)


class _Pursuit:
    """From a bound to choices that reach it."""

    def __init__(
        self,
        market: Market,
        ascent: Ascent,
        hands: Dealt,
        incumbent: Ints | None,
        grid: Grid,
        *,
        seed: int,
        stop: Stop,
    ) -> None:
        self._market = market
        self._limits = market.crowd.limits
        self._ascent = ascent
        self._incumbent = incumbent
        self._grid = grid
        self._seed = seed
        self._stop = stop
        self._dealt = hands

    def reached(self) -> Reached:
        bound = self._grid.above(self._ascent.bound)
        tally = counted(self._market.crowd, self._dealt.choices)
        if self._market.allows(tally) and tally.sums[self._market.aim.criterion] <= bound:
            return Reached(bound=bound, choices=self._dealt.choices)
        choices = self._by_moves(bound)
        if choices is None and self._market.crowd.people <= self._limits.everybody:
            return self._exactly(bound)
        for above in self._limits.given_up:
            target = self._grid.above(bound + above)
            if choices is None and not self._incumbent_within(target):
                choices = self._by_moves(target)
        return Reached(bound=bound, choices=self._incumbent if choices is None else choices)

    def _incumbent_within(self, target: int) -> bool:
        market = self._market
        if self._incumbent is None:
            return False
        return counted(market.crowd, self._incumbent).sums[market.aim.criterion] <= target

    def _by_moves(self, target: int) -> Ints | None:
        """Free a few people for every kind of move, to end at the target; one more in each attempt."""
        slack = target * SCALE - self._ascent.best.bound
        for each in range(1, self._limits.attempts + 1):
            if self._stop.asked:
                break
            prices, pool = self._ascent.best.prices, self._pool(each)
            free = movers(self._market, prices, self._dealt.choices, pool, slack=slack, each=each)
            if not len(free):
                break
            repair = self._repair(free, target=target, slack=slack)
            if repair.choices is not None:
                return repair.choices
            if repair.verdict is Verdict.UNDECIDED:
                break
        return None

    def _exactly(self, bound: int) -> Reached:
        """Free everybody: what CP-SAT refuses then is impossible, and the bound is higher."""
        everybody = np.arange(self._market.crowd.people)
        incumbent = self._incumbent
        asked = 0
        while True:
            repair = self._repair(everybody, target=bound, slack=bound * SCALE - self._ascent.best.bound)
            if repair.choices is not None:
                return Reached(bound=bound, choices=repair.choices)
            if repair.verdict is not Verdict.IMPOSSIBLE:
                return Reached(bound=bound, choices=incumbent)
            bound = self._grid.above(bound + 1)
            asked += repair.size
            if asked > self._limits.refused:
                return Reached(bound=bound, choices=incumbent)
            if incumbent is None:
                anything = self._repair(everybody, target=NEVER, slack=NEVER // 2)
                incumbent = anything.choices
                if incumbent is None:
                    refused = anything.verdict is Verdict.IMPOSSIBLE
                    return Reached(bound=bound, choices=None, impossible=refused)
            if counted(self._market.crowd, incumbent).sums[self._market.aim.criterion] <= bound:
                return Reached(bound=bound, choices=incumbent)

    def _pool(self, attempt: int) -> Ints:
        """Return some of all people, others in each attempt; the lottery has mixed them."""
        people = self._market.crowd.people
        return np.unique(np.arange((attempt - 1) * self._limits.pool, attempt * self._limits.pool) % people)

    def _repair(self, people: Ints, *, target: int, slack: int) -> Repair:
        return repaired(
            self._market,
            self._ascent.best.prices,
            self._dealt.choices,
            people,
            target=target,
            slack=slack,
            effort=self._limits.repair_effort,
            seed=self._seed,
            stop=self._stop,
        )
