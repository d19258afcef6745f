"""What the squares of regrets come to at the least, for many placements at a time.

Placements that differ in their last two rounds alone are a family. All of a family deal the same sessions out
to these two rounds: so the best of them for anyone is held in one of the two, and the lesser of their two
places there is the same in the whole family. What depends on the greater one is what comes to both places,
less what comes to the lesser: a sum over the sets of the two rounds. Of many families and sets, such sums are
one product of matrices.

Legend, for one person: ``apart`` is their regret but for the greater place, the same in the whole family. The
square of the regret is apart**2 + (2 * apart * greater + greater**2), and the bracket is what depends on the
greater place.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from midtvejs.solving.instance.arrays import Flags, Ints
from midtvejs.solving.placing.alone import Places

EXACT = 2**24
"""Sums of whole numbers are exact in four bytes up to here, whatever their order."""

UNTHREADED = 2**18
"""Products of matrices of no more steps are not dealt out to threads, which are busy even while they wait."""

ROWS = 2**6
"""The places in how many sets are multiplied together: they stay close to the processor."""


class Squares:
    """Sums up squares in families of placements. ``places[set, kind]`` are everybody's best, of each round.

    ``fixed`` is what the regret of a kind is at the least beyond its places, and ``weights`` are how many
    there are of it. No kind may come to less than nothing in any placement, or be bound to what it attends.
    """

    def __init__(self, places: Sequence[Places], fixed: Ints, weights: Ints) -> None:
        self._places, self._fixed, self._weights = places, fixed, weights
        self._highest = max(int(of_round.max(initial=0)) for of_round in places)
        self._own = [self._squares_of(of_round) for of_round in places[-2:]]

    def _squares_of(self, places: Places) -> Ints:
        parts = (places[start : start + ROWS].astype(np.int64) for start in range(0, len(places), ROWS))
        none = np.zeros(0, dtype=np.int64)
        squares: Ints = np.concatenate([none, *((part * part) @ self._weights for part in parts)])
        return squares

    def least_of(self, families: Sequence[Ints]) -> Ints:
        """Return what the squares come to at the least in each placement, one family after the other.

        Each family is ``sets[round, placement]``, by their numbers.
        """
        firsts = np.stack([family[:, 0] for family in families], axis=1)
        rows = [of_round[sets].astype(np.int64) for of_round, sets in zip(self._places, firsts, strict=True)]
        lesser = np.minimum(rows[-2], rows[-1])
        apart = np.sum([np.broadcast_to(self._fixed, lesser.shape), *rows[:-2], lesser], axis=0)
        within = (apart * apart - 2 * apart * lesser - lesser * lesser) @ self._weights
        family = np.repeat(np.arange(len(families)), [each.shape[1] for each in families])
        found: Ints = within[family]
        factors = 2 * apart * self._weights
        last_two = np.concatenate([each[-2:] for each in families], axis=1)
        for of_round, own, sets in zip(self._places[-2:], self._own, last_two, strict=True):
            found += own[sets] + self._products(factors, of_round, family, sets)
        return np.asarray(found)

    def _products(self, factors: Ints, places: Places, family: Ints, sets: Ints) -> Ints:
        """Return what the places in each set come to, times the factors of its family."""
        exact = int(np.abs(factors).sum(axis=1).max()) * self._highest < EXACT
        across = np.ascontiguousarray(factors.T, dtype=np.float32 if exact else np.float64)
        used: Flags = np.zeros(len(places), dtype=np.bool_)
        used[sets] = True
        numbers, row = np.flatnonzero(used), np.cumsum(used) - 1
        each = min(ROWS, max(2, UNTHREADED // factors.size))
        slices = np.resize(numbers, (-(-len(numbers) // each), each))
        together = ROWS // each
        products = [
            (places[slices[start : start + together]].astype(across.dtype) @ across).reshape(-1, len(factors))
            for start in range(0, len(slices), together)
        ]
        found: Ints = np.rint(np.concatenate(products)[row[sets], family]).astype(np.int64)
        return found
