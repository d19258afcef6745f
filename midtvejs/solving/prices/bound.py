"""Up to the best bound: quote, look where the roof is highest, go half the way there, quote again.

Going all the way makes the prices swing; half the way from the best known prices takes them to the top in
some 20 to 110 quotes, whatever the number of participants. On wide days the roof is close from the start
(blend.py), and all the way is quicker.

Prices to begin with, and often to end with: those that each round has alone, for the whole day.

What the rounds come to one by one is a bound for the day, and few days come to more. Made dearer or cheaper
all together, the same prices bound the squares and the worst regret: if all regrets together come to 230 at
the least, 100 people have one of 3 among them, and their squares come to 30 x 9 + 70 x 4 or more.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import takewhile

import numpy as np
from numpy.typing import NDArray

from midtvejs.domain.fairness import OVER_REGRETS, Criterion
from midtvejs.solving.instance.crowd import Ints, growth_of
from midtvejs.solving.prices.column_generation import Blend, is_wide
from midtvejs.solving.prices.cutting_planes import Master
from midtvejs.solving.prices.relaxation import SCALE, Market, Quote
from midtvejs.solving.prices.start import prices_alone
from midtvejs.solving.stop import Stop


@dataclass(frozen=True, slots=True, kw_only=True)
class Ascent:
    """The best quote found, and the mixture that held the roof up at the end: quotes and their shares.

    ``shares[quote]`` where all people share alike, ``shares[quote, row]`` where each kind has its own.
    """

    best: Quote
    quotes: tuple[Quote, ...]
    shares: NDArray[np.float64]

    @property
    def bound(self) -> int:
        """What the criterion comes to at the least, in whole units."""
        return max(0, whole(self.best.bound))


def whole(bound: int) -> int:
    """Round a bound in 1 / SCALE up: what it bounds is a whole number."""
    return -(-bound // SCALE)


def climb(
    market: Market,
    *,
    start: Ints | None = None,
    enough: int | None = None,
    most: int | None = None,
    stop: Stop,
    watch: Callable[[int], None] = lambda _: None,
) -> Ascent:
    """Raise the bound until, rounded up, it can rise no more, or is ``enough``, or stopping is asked for.

    Begins at the prices of ``start``, else at none, or on wide days at those of the rounds alone. Ends after
    ``most`` quotes at the latest.
    """
    limits = market.crowd.limits
    most = limits.quotes if most is None else most
    size = market.size
    wide = is_wide(market)
    master: Master | Blend = (
        Blend(market, dearest=_dearest(market))
        if wide
        else Master(size, dearest=_dearest(market), people=market.crowd.people)
    )
    pace = 1.0 if wide else 0.5
    prices = np.zeros(size, dtype=np.int64) if start is None else start
    if wide and start is None:
        prices = quoted_alone(market, stop=stop).prices
    quotes: list[Quote] = []
    best, shares = None, np.ones(1)
    while best is None or not (stop.asked or len(quotes) >= most):
        quotes.append(market.quote(prices))
        master.add(quotes[-1])
        if best is None or quotes[-1].bound > best.bound:
            best = quotes[-1]
            watch(max(0, whole(best.bound)))
        roof = master.roof()
        if roof is None or (enough is not None and whole(best.bound) >= enough):
            break
        shares = roof.shares
        if roof.height <= whole(best.bound) + limits.close:
            break
        prices = np.rint(best.prices * (1 - pace) + roof.prices * SCALE * pace).astype(np.int64)
    return Ascent(best=best, quotes=tuple(quotes[: len(shares)]), shares=shares)


def _dearest(market: Market) -> float:
    """Return a price that no seat is worth: four times what the worst day costs."""
    regret = market.levels - 1 if market.by_level else market.crowd.furthest
    over_regrets = market.aim.criteria & OVER_REGRETS.keys()
    worth = max((OVER_REGRETS[criterion](regret) for criterion in over_regrets), default=regret)
    return 4.0 * worth + 8


def quoted_alone(market: Market, *, stop: Stop, alone: Ints | None = None) -> Quote:
    """Return the best quote at the prices of the rounds alone, at whatever scale serves the criterion best.

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
    if market.aim.criterion in OVER_REGRETS:
        # What one step more adds at each regret: squares grow by 2r + 1 from a regret of r to one of r + 1.
        yield from (prices * more for more in growth_of(market.aim.criterion, market.levels).tolist())
    elif market.aim.criterion is Criterion.WORST:
        # Nobody pays more than 1: whoever would is left out.
        yield from (prices // 2**halvings for halvings in range(market.crowd.limits.halvings))
    else:
        yield prices
