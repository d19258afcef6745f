"""What a placement comes to with seats at the least, proven by prices for everybody's whole day.

Squares of regrets are no sums over rounds, so the rounds of a placement are priced together: everybody takes
the day that is cheapest for them with the prices of its seats, of all days that can be made of one session in
each round. Placements of one shape are priced together, each by itself (see priced.py).

Those who present, are absent anywhere or are pinned stay out of it: no regret of theirs is less than alone,
and without them seats are less scarce.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from math import prod

import numpy as np
from numpy.typing import NDArray

from midtvejs.solving.instance.arrays import Flags, Ints
from midtvejs.solving.placing.alone import Alone, ByRounds, sum_up
from midtvejs.solving.placing.open_day import OpenDay, Sets
from midtvejs.solving.placing.priced import TOGETHER, Ascent, Floats, SetPrices, Takers, worth
from midtvejs.solving.stop import Stop

Cost = Callable[[Floats], NDArray[np.float32] | Flags]
"""What regrets cost, each by itself: a higher one no less."""

AMBITION = 16
"""At first so much is aimed at for each person who lacks a seat: a step costs several in the squares."""

HIGHEST = 2**8
"""A higher regret counts as if it were no higher: so its square is exact, with parts of a step."""

MOST_ROUNDS = 6
"""Of more rounds, sums of prices were not exact."""

MOST_DAYS = 2**10
"""In placements of which more days can be made, nothing is priced."""


class DayPrices:
    """Prices whole placements of a day."""

    def __init__(self, day: OpenDay, block: ByRounds, prices: SetPrices, stop: Stop) -> None:
        self._prices = prices
        self._stop = stop
        self._alone = Alone(day, prices.crowd)
        self._rounds = tuple(round_ for round_ in block.rounds if day.allowed[round_])
        part = next(each for each in self._alone.parts.values() if isinstance(each, ByRounds))
        self._plain, self._special = np.split(prices.order, [prices.plain])
        settled = [part.row(round_, 0)[self._plain] for round_ in block.rounds if round_ not in self._rounds]
        self._settled = [row.astype(np.float32) for row in settled]
        self._others = self._alone.settled[self._plain].astype(np.float32)
        self._weights = prices.weights[: prices.plain]

    def bounds(
        self, placements: Sequence[Sets], cost: Cost, *, passes: int, most: int, enough: float = np.inf
    ) -> Mapping[Sets, int]:
        """Return what regrets cost at the least in each placement, the first of them as far as ``most`` goes.

        So many costs are looked at, pass by pass. A placement that comes to ``enough`` is looked at no more.

        Raises:
            OutOfTime: stopping was asked for.
        """
        of_shape: dict[tuple[int, ...], list[Sets]] = defaultdict(list)
        for sets in placements:
            shape = self._shape(sets)
            each = prod(shape) * len(self._weights) * passes
            if len(self._rounds) > MOST_ROUNDS or prod(shape) > MOST_DAYS or most < each:
                break
            most -= each
            # Where nothing is on in a round, nobody takes a seat in it.
            if prod(shape) and len(self._weights):
                of_shape[shape].append(sets)
        found: dict[Sets, int] = {}
        for shape, alike in of_shape.items():
            together = max(1, TOGETHER // max(1, prod(shape) * len(self._weights)))
            for start in range(0, len(alike), together):
                self._stop.check()
                some = alike[start : start + together]
                bounds = self._price(shape, some, cost, passes, enough)
                found.update(zip(some, bounds.tolist(), strict=True))
        return found

    def _shape(self, sets: Sets) -> tuple[int, ...]:
        """Return how many sessions are held in each round that any are placed in."""
        return tuple(self._prices.count_held(round_, sets[round_]) for round_ in self._rounds)

    def _price(
        self, shape: tuple[int, ...], placements: Sequence[Sets], cost: Cost, passes: int, enough: float
    ) -> Ints:
        of_round = [
            self._prices.codes(round_, [sets[round_] for sets in placements]) for round_ in self._rounds
        ]
        heads = np.broadcast_to(self._weights, (len(placements), len(self._weights)))
        takers = Takers(self._costs(of_round, cost), heads)
        rooms = [self._prices.rooms(round_) for round_ in self._rounds]
        ends = np.cumsum(shape)[:-1]
        others = [tuple(axis for axis in range(len(shape)) if axis != of) for of in range(len(shape))]
        ascent = Ascent((sum(shape), len(placements)), ambition=AMBITION)
        alone = self._alone_costs(placements, cost)
        for _ in range(passes):
            by_round = np.split(ascent.prices, ends)
            seats = np.concatenate(
                [of.deal(codes, here) for of, codes, here in zip(rooms, of_round, by_round, strict=True)]
            )
            paid, days = takers.at(_spread(by_round).reshape(-1, len(placements)))
            days = days.reshape(*shape, len(placements))
            taken = np.concatenate([days.sum(axis=axes) for axes in others])
            value = paid - worth(ascent.prices, seats)
            if not ascent.climb(value, taken - seats) or (ascent.proven + alone >= enough).all():
                break
        return np.ceil(ascent.proven + alone).astype(np.int64)

    def _costs(self, of_round: Sequence[Ints], cost: Cost) -> Floats:
        """Return ``costs[day, placement, row]``: days in the order of the sessions of their rounds."""
        rows = [
            np.expand_dims(
                self._prices.places[codes][..., : self._prices.plain],
                [axis for axis in range(len(of_round)) if axis != number],
            )
            for number, codes in enumerate(of_round)
        ]
        shape = np.broadcast_shapes(*(row.shape for row in rows))
        regrets = sum_up([np.broadcast_to(row, shape) for row in (*rows, *self._settled)]) + self._others
        each = cost(np.minimum(regrets, HIGHEST)).astype(np.float32)
        return each.reshape(prod(shape[:-2]), *shape[-2:])

    def _alone_costs(self, placements: Sequence[Sets], cost: Cost) -> NDArray[np.float64]:
        """Return what those cost who stay out of it."""
        found = []
        for sets in placements:
            regrets = self._alone.regrets(sets)[self._special].astype(np.float32)
            each = cost(np.minimum(regrets, HIGHEST)).astype(np.float64)
            found.append(float(each @ self._prices.weights[self._prices.plain :].astype(np.float64)))
        return np.array(found)


def _spread(by_round: Sequence[Floats]) -> Floats:
    """Return what the seats of each day cost, ``[session, ..., session, placement]``."""
    total: Floats = np.zeros((1,) * len(by_round) + by_round[0].shape[1:], dtype=np.float32)
    for number, prices in enumerate(by_round):
        others = [axis for axis in range(len(by_round)) if axis != number]
        total = total + np.expand_dims(prices, others)
    return total
