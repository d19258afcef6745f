"""Prices to begin with, and often to end with: those that each round has alone, for the whole day.

What the rounds come to one by one is a bound for the day, and few days come to more. Made dearer or cheaper
all together, the same prices bound the squares and the worst regret: if all regrets together come to 230 at
the least, 100 people have one of 3 among them, and their squares come to 30 x 9 + 70 x 4 or more.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import takewhile

import numpy as np

from midtvejs.domain.fairness import Criterion
from midtvejs.solving.crowd import Ints
from midtvejs.solving.greedy import prices_alone
from midtvejs.solving.pricing import Market, Quote
from midtvejs.solving.stop import Stop


def quoted_alone(market: Market, *, stop: Stop, alone: Ints | None = None) -> Quote:
    """Give the best quote at the prices of the rounds alone, at whatever scale serves the criterion best.

    Where stopping is asked for, at those scales that there was time for; at the first one in any case.
    ``alone`` are those prices, where they are known.
    """
    known = prices_alone(market.crowd, market.aim.criterion) if alone is None else alone
    unscaled = np.zeros(market.size, dtype=np.int64)
    unscaled[: len(known)] = known
    scales = _scaled(market, unscaled)
    best = market.quote(next(scales))
    for prices in takewhile(lambda _: not stop.asked, scales):
        quote = market.quote(prices)
        # The bound is concave along the scale: once it falls it rises no more.
        if quote.bound <= best.bound:
            break
        best = quote
    return best


def _scaled(market: Market, prices: Ints) -> Iterator[Ints]:
    if market.aim.criterion is Criterion.EVEN:
        # From a regret of r to one of r + 1, the square grows by 2r + 1.
        yield from (prices * (2 * regret + 1) for regret in range(market.levels))
    elif market.aim.criterion is Criterion.WORST:
        # Nobody pays more than 1: whoever would is left out.
        yield from (prices // 2**halvings for halvings in range(market.crowd.limits.halvings))
    else:
        yield prices
