"""Lagrangian relaxation of the seats: for any prices of seats at all, a lower bound and its subgradient.

Relax the seats, and only the seats: each session gets a price >= 0 a seat, its Lagrange multiplier. Each
participant, alone, takes the day that is cheapest in regret plus prices. Summed over all, less the prices of
all the seats there are, that is never more than the best lawful assignment costs (Geoffrion 1974, "Lagrangean
relaxation for integer programming"): the best lawful assignment is itself one way of choosing days, and pays
for no more seats than there are. What an earlier stage reached is relaxed in the same way: its criterion has
a price a unit, and there is as much of it as was reached. Where rooms are still to be dealt out, the seats
are worth the most they can be: with the largest rooms for the dearest sessions.

Legend, with a pencil: one round, 1A with 2 seats and 1B with 2. Åse, Bo and Cai want 1A first. At a price of
1 for 1A each of them pays 1 price or 1 step; that is 3, less 2 seats x 1: at least 1 step. One of them must
give way, so that is the truth.

    price       in 1 / SCALE of a step, whole numbers: a bound is exact, and the same on every machine
    level       steps so far; tables have a line for each level, as far as a leaf or node can reach, and a
                column for each of its rows
    best        the cheapest way to be in a row at a level: steps, where they count one by one, and prices
    taken       how many would sit in each session. Taken less seats is a subgradient of the bound: the bound
                rises where what too many want is made dearer
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from midtvejs.domain.certificate import Proof
from midtvejs.domain.fairness import OF_WHOLE_DAYS, OVER_MOVED, OVER_REGRETS, Criterion
from midtvejs.solving.instance.arrays import Flags, Index, Ints
from midtvejs.solving.instance.case import Case
from midtvejs.solving.instance.count import Tally
from midtvejs.solving.instance.crowd import (
    Aggregate,
    Branch,
    EarlierDays,
    Leaf,
    Node,
    Root,
    amounts_of,
    amounts_of_moved,
)
from midtvejs.solving.instance.listed import ListGroup, ListLeaf
from midtvejs.solving.prices.lists import NEVER, Costs, PricedList, price_list, sitting_prices

SCALE = 2**20
Rows = Ints | Index

TOGETHER = 1024
"""How many rows are priced together: their tables stay near the processor."""

CALL = 200
"""How many sums of two numbers could be had for what it takes to begin with a line of them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Objective:
    """What is made small, and within what.

    ``kept`` holds the sums that earlier stages reached; nobody's regret exceeds ``worst`` (None: no limit).
    With ``Criterion.WORST`` the number of participants is made small who cannot be kept within ``worst``: at
    the price of 1 each may be left out. More than 0 of them proves that ``worst`` is impossible.
    """

    criterion: Criterion
    worst: int | None = None
    kept: tuple[tuple[Criterion, int], ...] = ()

    @property
    def criteria(self) -> set[Criterion]:
        return {self.criterion, *(criterion for criterion, _ in self.kept)}


@dataclass(frozen=True, slots=True, kw_only=True)
class DualPoint:
    """What ``prices`` lead to: ``bound``, in 1 / SCALE, and its ``subgradient`` along each of the prices."""

    prices: Ints
    bound: int
    subgradient: Ints


class Relaxation:
    """An objective with the seats relaxed. Prices: one a session, then one for each of ``objective.kept``."""

    def __init__(self, aggregate: Aggregate, objective: Objective) -> None:
        self.aggregate = aggregate
        self.objective = objective
        self.size = len(aggregate.seats) + len(objective.kept)
        # Without a limit on regret, or a sum that asks for it, a day costs what its rounds cost one by one.
        self.by_level = objective.worst is not None or bool(objective.criteria & OF_WHOLE_DAYS)
        highest = aggregate.furthest if objective.worst is None else min(objective.worst, aggregate.furthest)
        self.levels = highest + 1 if self.by_level else 1
        self.of_regrets = {criterion: amounts_of(criterion, self.levels - 1) for criterion in OVER_REGRETS}
        self.worked = 0
        self.work = _work(aggregate.root, self.levels)

    def evaluate(self, prices: Ints) -> DualPoint:
        """Let everybody choose at these prices."""
        days = self.days(prices)
        tally = days.tally()
        use = np.concatenate(
            [
                tally.taken,
                np.array([tally.sums[kept] for kept, _ in self.objective.kept], dtype=np.int64),
            ]
        )
        limits = self.limits(prices)
        return DualPoint(
            prices=prices, bound=days.cost - int((prices * limits).sum()), subgradient=use - limits
        )

    def limits(self, prices: Ints) -> Ints:
        """Return how much there is of everything that has a price."""
        kept = np.array([value for _, value in self.objective.kept], dtype=np.int64)
        return np.concatenate([self.aggregate.seats_at(prices), kept])

    def allows(self, tally: Tally) -> bool:
        """Return whether what was counted keeps to the seats, and to what earlier stages reached."""
        sums, worst = tally.sums, self.objective.worst
        return (
            bool((tally.taken <= self.aggregate.seats).all())
            and (worst is None or sums[Criterion.WORST] <= worst)
            and all(sums[criterion] <= value for criterion, value in self.objective.kept)
        )

    def days(self, prices: Ints) -> Days:
        """Find everybody's cheapest day. Adds what that takes to ``worked``, in sums of two numbers."""
        self.worked += self.work
        root = self.aggregate.root
        priced = (
            _price_earlier(root, self, prices)
            if isinstance(root, EarlierDays)
            else _price(root, self, prices)
        )
        return Days(self, priced, self.costs_of_regrets(prices))

    def weights(self, prices: Ints) -> dict[Criterion, int]:
        """Return the cost of a unit of each criterion, in 1 / SCALE."""
        weights = dict.fromkeys(Criterion, 0)
        weights[self.objective.criterion] = SCALE
        for (criterion, _), price in zip(
            self.objective.kept, prices[len(self.aggregate.seats) :].tolist(), strict=True
        ):
            weights[criterion] += price
        return weights

    def costs_of_regrets(self, prices: Ints) -> Ints:
        """Return what the regret of a day costs at each level, beside what its seats do."""
        weights = self.weights(prices)
        costs = np.zeros(self.levels, dtype=np.int64)
        for criterion, amounts in self.of_regrets.items():
            costs += weights[criterion] * amounts
        return costs

    def costs(self, leaf: Leaf, prices: Ints) -> Ints:
        """Return the cost of each session of a round to each of its rankings, but for sums over regrets."""
        weights = self.weights(prices)
        costs = np.zeros_like(leaf.steps)
        for criterion, amounts in leaf.amounts.items():
            if weights[criterion]:
                costs += weights[criterion] * amounts
        costs[:, :-1] += prices[leaf.part.first : leaf.part.first + leaf.sessions]
        return np.where(leaf.open, costs, NEVER)

    def costs_of_list(self, leaf: ListLeaf, prices: Ints) -> Costs:
        """Return the cost of what a list is for, but for sums over regrets."""
        return Costs(
            sittings=sitting_prices(leaf, prices),
            weights=self.weights(prices),
            levels=self.levels,
            by_level=self.by_level,
        )


def _least_of(costs: Ints) -> tuple[Ints, Ints]:
    """Return which line has the least of each column, the first of equals, and the least.

    There are few lines, and very many columns: to go through these one by one would take much longer.
    """
    which, least = np.zeros(costs.shape[1], dtype=np.int64), costs[0].copy()
    for number, line in enumerate(costs[1:], start=1):
        np.copyto(which, number, where=line < least)
        np.minimum(least, line, out=least)
    return which, least


class Days:
    """Everybody's cheapest day at some prices. ``level``: its regret; LEFT_OUT for those without one."""

    LEFT_OUT = -1

    def __init__(self, relaxation: Relaxation, priced: Priced | PricedEarlier, of_regrets: Ints) -> None:
        self.relaxation = relaxation
        self.priced = priced
        costs = priced.best + of_regrets[:, None]
        self.level, self.each = _least_of(costs)
        self._cheapest = self.level
        if relaxation.objective.criterion is Criterion.WORST:
            # Those who cost 1 anyway are seated: only what exceeds it is left out.
            self.level = np.where(self.each > SCALE, self.LEFT_OUT, self.level)
            self.each = np.minimum(self.each, SCALE)

    @property
    def cost(self) -> int:
        """What all of them pay together."""
        return int((self.each * self.relaxation.aggregate.counts).sum())

    def tally(self) -> Tally:
        aggregate = self.relaxation.aggregate
        tally = Tally(taken=np.zeros(len(aggregate.seats), dtype=np.int64), sums=dict.fromkeys(Criterion, 0))
        seated = self.level != self.LEFT_OUT
        rows = np.flatnonzero(seated)
        levels, counts = self.level[rows], aggregate.counts[rows]
        self.priced.count(rows, levels, counts, tally)
        people = np.bincount(levels, weights=counts, minlength=self.relaxation.levels).astype(np.int64)
        for criterion, amounts in self.relaxation.of_regrets.items():
            tally.sums[criterion] = int((amounts * people).sum())
        return tally

    def choices(self, rows: Ints) -> Ints:
        """Return the session of each round for some rows of the aggregate: a line for each round.

        Sessions count from 0 in their round; a presenter has the number of sessions there are. Of those who
        are left out it is their cheapest day all the same; where they have none, any sessions.
        """
        chosen = np.zeros((len(self.relaxation.aggregate.rounds), len(rows)), dtype=np.int64)
        self.priced.retrace(rows, self._cheapest[rows], chosen)
        return chosen


@dataclass(frozen=True, slots=True, kw_only=True)
class PricedLeaf:
    """``best[level, row]`` is reached by taking ``session[level, row]``."""

    leaf: Leaf
    best: Ints
    session: Ints

    def count(self, rows: Ints, levels: Ints, counts: Ints, tally: Tally) -> None:
        leaf = self.leaf
        width = leaf.sessions + 1
        use = np.bincount(
            rows * width + self.session[levels, rows], weights=counts, minlength=leaf.rows * width
        ).astype(np.int64)
        table = use.reshape(leaf.rows, width)
        first = leaf.part.first
        tally.taken[first : first + leaf.sessions] = table[:, :-1].sum(axis=0)
        for criterion, amounts in leaf.amounts.items():
            tally.sums[criterion] += int((table * amounts).sum())

    def retrace(self, rows: Rows, levels: Ints, chosen: Ints) -> None:
        chosen[self.leaf.round] = self.session[levels, rows]


@dataclass(frozen=True, slots=True, kw_only=True)
class PricedNode:
    """``best[level, row]`` is reached on the left and the right together."""

    node: Node
    best: Ints
    left: Priced
    right: Priced

    def _split(self, rows: Rows, levels: Ints) -> Ints:
        """Return how much of each level is on the left; the least, where it makes no difference."""
        split = np.zeros_like(levels)
        # Level 0 is 0 on both sides.
        above = np.flatnonzero(levels > 0)
        levels = levels[above]
        best = np.zeros_like(levels)
        left_row = self.node.left_row[rows[above]].astype(np.int64)
        right, size = self.right.best, self.right.best.shape[1]
        right_cell = self.node.right_row[rows[above]] + levels * size
        least = np.full_like(levels, 2 * NEVER)
        for on_left, line in enumerate(self.left.best if len(above) else ()):
            on_right = levels - on_left
            exists = (on_right >= 0) & (on_right < len(right))
            cost = line.take(left_row) + right.take(np.where(exists, right_cell - on_left * size, 0))
            better = exists & (cost < least)
            np.copyto(least, cost, where=better)
            np.copyto(best, on_left, where=better)
        split[above] = best
        return split

    def count(self, rows: Ints, levels: Ints, counts: Ints, tally: Tally) -> None:
        on_left = self._split(rows, levels)
        for child, child_rows, child_levels in (
            (self.left, self.node.left_row[rows], on_left),
            (self.right, self.node.right_row[rows], levels - on_left),
        ):
            size = child.best.shape[1]
            sums = np.bincount(child_levels * size + child_rows, weights=counts, minlength=child.best.size)
            sums = sums.reshape(-1, size)
            used_levels, used_rows = np.nonzero(sums)
            child.count(used_rows, used_levels, sums[used_levels, used_rows].astype(np.int64), tally)

    def retrace(self, rows: Rows, levels: Ints, chosen: Ints) -> None:
        on_left = self._split(rows, levels)
        self.left.retrace(self.node.left_row[rows], on_left, chosen)
        self.right.retrace(self.node.right_row[rows], levels - on_left, chosen)


Priced = PricedLeaf | PricedList | PricedNode


@dataclass(frozen=True, slots=True, kw_only=True)
class PricedEarlier:
    """``best[level, row]`` is reached by the earlier day where ``keeps[row]``, at its level; else by others.

    Anyone who has another day is moved, and pays for that.
    """

    days: EarlierDays
    best: Ints
    level: Ints
    keeps: Flags
    others: Priced

    def _stay(self, rows: Rows, levels: Ints) -> Flags:
        return np.asarray(self.keeps[rows] & (self.level[rows] == levels))

    def count(self, rows: Ints, levels: Ints, counts: Ints, tally: Tally) -> None:
        stay = self._stay(rows, levels)
        moved = ~stay
        self.others.count(rows[moved], levels[moved], counts[moved], tally)
        for criterion in OVER_MOVED:
            amounts = amounts_of_moved(criterion, self.days.regret[rows[moved]] - levels[moved])
            tally.sums[criterion] += int((amounts * self.days.had[rows[moved]] * counts[moved]).sum())
        rows, counts = rows[stay], counts[stay]
        for part in self.days.parts:
            use = np.bincount(
                self.days.choices[part.round, rows], weights=counts, minlength=part.sessions + 1
            )
            tally.taken[part.first : part.first + part.sessions] += use[:-1].astype(np.int64)
        for criterion, amounts in self.days.sums.items():
            tally.sums[criterion] += int((amounts[rows] * counts).sum())

    def retrace(self, rows: Rows, levels: Ints, chosen: Ints) -> None:
        self.others.retrace(rows, levels, chosen)
        stay = np.flatnonzero(self._stay(rows, levels))
        chosen[:, stay] = self.days.choices[:, rows[stay]]


def _work(place: Root, levels: int) -> int:
    """Count the sums of two numbers that it takes to price a leaf, or a node and all below it."""
    if isinstance(place, EarlierDays):
        return levels * (CALL + place.rows) + _work(place.branch, levels)
    reach = _reach(place, levels)
    if isinstance(place, ListLeaf):
        return sum(_work_of_group(group, reach) for group in place.groups)
    if isinstance(place, Leaf):
        return reach * (CALL + place.rows * place.sessions)
    on_right = _reach(place.right, levels)
    pairs = sum(min(on_right, levels - on_left) for on_left in range(_reach(place.left, levels)))
    return pairs * (CALL + place.rows) + _work(place.left, levels) + _work(place.right, levels)


def _work_of_group(group: ListGroup, levels: int) -> int:
    steps = len(group.states) * len(group.masks) * (group.listed + 1)
    return steps * (CALL + len(group.rows) * levels)


def _reach(place: Branch, levels: int) -> int:
    """Return how many of the levels there are that a part of the day can be at."""
    if isinstance(place, Node):
        return min(levels, _reach(place.left, levels) + _reach(place.right, levels) - 1)
    return min(levels, place.highest + 1)


def _price(place: Branch, relaxation: Relaxation, prices: Ints) -> Priced:
    if isinstance(place, ListLeaf):
        costs = relaxation.costs_of_list(place, prices)
        return price_list(place, replace(costs, levels=_reach(place, costs.levels)))
    if isinstance(place, Leaf):
        return _price_leaf(place, relaxation, prices)
    left, right = _price(place.left, relaxation, prices), _price(place.right, relaxation, prices)
    levels = min(relaxation.levels, len(left.best) + len(right.best) - 1)
    best = np.full((levels, place.rows), NEVER, dtype=np.int64)
    for first in range(0, place.rows, TOGETHER):
        rows = slice(first, first + TOGETHER)
        on_the_left = place.left_row[rows].astype(np.int64)
        on_right = right.best.take(place.right_row[rows], axis=1)
        for on_left, line in enumerate(left.best[:levels]):
            cost = line.take(on_the_left) + on_right[: levels - on_left]
            reached = best[on_left : on_left + len(cost), rows]
            np.minimum(reached, cost, out=reached)
    return PricedNode(node=place, best=best, left=left, right=right)


def _price_earlier(place: EarlierDays, relaxation: Relaxation, prices: Ints) -> PricedEarlier:
    others = _price(place.branch, relaxation, prices)
    weights = relaxation.weights(prices)
    best = others.best.copy()
    for criterion in OVER_MOVED:
        if weights[criterion]:
            gains = place.regret - np.arange(relaxation.levels)[:, None]
            best += weights[criterion] * amounts_of_moved(criterion, gains) * place.had
    cost = np.zeros(place.rows, dtype=np.int64)
    for criterion, amounts in place.sums.items():
        cost += weights[criterion] * amounts
    for part in place.parts:
        with_none = np.append(prices[part.first : part.first + part.sessions], 0)
        cost += with_none[place.choices[part.round]]
    level = place.regret if relaxation.by_level else np.zeros_like(place.regret)
    within = np.minimum(level, relaxation.levels - 1)
    rows = np.arange(place.rows)
    # Where it costs as much to stay, staying is less.
    keeps = place.open & (level < relaxation.levels) & (cost <= best[within, rows])
    best[within[keeps], rows[keeps]] = cost[keeps]
    return PricedEarlier(days=place, best=best, level=level, keeps=keeps, others=others)


def _price_leaf(leaf: Leaf, relaxation: Relaxation, prices: Ints) -> PricedLeaf:
    costs = relaxation.costs(leaf, prices)
    levels = _reach(leaf, relaxation.levels)
    best = np.empty((levels, leaf.rows), dtype=np.int64)
    session = np.empty((levels, leaf.rows), dtype=np.int64)
    for level in range(levels):
        here = np.where(leaf.steps == level, costs, NEVER) if relaxation.by_level else costs
        session[level] = here.argmin(axis=1)
        best[level] = here.min(axis=1)
    return PricedLeaf(leaf=leaf, best=best, session=session)


def in_codes(case: Case, objective: Objective, prices: Ints) -> Proof:
    """Say prices by the keys of sittings, and leave out those that are nothing."""
    keys = [session.key for round_ in case.program.rounds for session in round_.sessions]
    kept = [criterion for criterion, _ in objective.kept]
    by_key = dict.fromkeys(keys, 0)
    for key, price in zip(keys, prices[: len(keys)].tolist(), strict=True):
        # What goes on through several rounds has a price in each of them.
        by_key[key] += price
    return Proof(
        criterion=objective.criterion,
        worst=objective.worst,
        kept=dict(objective.kept),
        prices={key: price for key, price in by_key.items() if price},
        kept_prices=dict(zip(kept, prices[len(keys) :].tolist(), strict=True)),
    )


def in_numbers(case: Case, objective: Objective, proof: Proof) -> Ints:
    """Return the prices of a proof for an objective that may keep other criteria: those have no price."""
    left = dict(proof.prices)
    # What goes on through several rounds pays in the first of them for all.
    seats = [left.pop(session.key, 0) for round_ in case.program.rounds for session in round_.sessions]
    kept = [proof.kept_prices.get(criterion, 0) for criterion, _ in objective.kept]
    return np.array([*seats, *kept], dtype=np.int64)
