"""Every session that some people could have at the best, round by round: the small rest where days are many.

Many rounds in which many sessions are all the same to people make more days than can be listed (columns.py):
eight rounds of eight such sessions make sixteen million. The sessions are only 64, so that is what is decided
here: who sits where, and what regret is left to whom. What is dropped is the same: a session that is in no
day of theirs whose reduced cost is at most the slack.

Legend: at given prices a person's day goes from round to round, from level to level of regret.

    reached     reached[round][level, person]: the cheapest way to that level before the round
    onward      onward[round][level, person]: the cheapest way to end the day from there
    cheapest    for a round, by steps: what the cheapest session at that many steps costs each person
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import accumulate

import numpy as np

from midtvejs.domain.fairness import Criterion
from midtvejs.solving.crowd import Ints
from midtvejs.solving.pricing import NEVER, Market

SUMS = (Criterion.TOTAL, Criterion.FIRST, Criterion.UNLISTED, Criterion.AVOID_OWN)
Cheapest = dict[int, Ints]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sittings:
    """Who could sit where: ``person`` (a number among the people asked for), ``round`` and ``session``.

    ``sums`` says what each adds to every criterion that is a plain sum. ``level_of`` and ``level``: whose
    day could end at which regret; at 0, where regret does not count.
    """

    person: Ints
    round: Ints
    session: Ints
    sums: dict[Criterion, Ints]
    level_of: Ints
    level: Ints


def sittings_of(market: Market, prices: Ints, people: Ints, slack: int) -> Sittings:
    """Find every session in a day of ``people`` whose reduced cost is at most ``slack``, in 1 / SCALE."""
    leaves = market.crowd.leaves
    rows = [market.crowd.ranking[leaf.round, people] for leaf in leaves]
    costs = [market.costs(leaf, prices)[row] for leaf, row in zip(leaves, rows, strict=True)]
    steps = [leaf.steps[row] * market.by_level for leaf, row in zip(leaves, rows, strict=True)]
    cheapest = [_cheapest(*each, market.levels) for each in zip(costs, steps, strict=True)]
    squares = market.weights(prices)[Criterion.EVEN] * np.arange(market.levels)[:, None] ** 2
    nowhere = np.full((market.levels, len(people)), NEVER, dtype=np.int64)
    start = np.where(np.arange(market.levels)[:, None] == 0, 0, nowhere)
    reached = list(accumulate(cheapest, _after, initial=start))
    onward = list(accumulate(reversed(cheapest), _before, initial=np.minimum(squares, nowhere)))[::-1]
    ceiling = np.minimum(onward[0][0] + slack, NEVER - 1)
    found = []
    for number, (cost, step) in enumerate(zip(costs, steps, strict=True)):
        through = np.full(cost.shape, NEVER, dtype=np.int64)
        for height in cheapest[number]:
            ways = reached[number][: market.levels - height] + onward[number + 1][height:]
            through = np.where(step == height, ways.min(axis=0)[:, None], through)
        found.append(np.nonzero(through + cost <= ceiling[:, None]))
    level, level_of = np.nonzero(reached[-1] + squares <= ceiling)
    tables = [
        np.stack([table[row[person], session] for table in (leaf.steps, leaf.below, leaf.unlisted, leaf.own)])
        for leaf, row, (person, session) in zip(leaves, rows, found, strict=True)
    ]
    return Sittings(
        person=np.concatenate([person for person, _ in found]),
        round=np.repeat(np.arange(len(leaves)), [len(person) for person, _ in found]),
        session=np.concatenate([session for _, session in found]),
        sums=dict(zip(SUMS, np.hstack(tables), strict=True)),
        level_of=level_of,
        level=level,
    )


def _cheapest(costs: Ints, steps: Ints, levels: int) -> Cheapest:
    heights = np.unique(steps[steps < levels]).tolist()
    return {height: np.where(steps == height, costs, NEVER).min(axis=1) for height in heights}


def _after(reached: Ints, cheapest: Cheapest) -> Ints:
    """Go one round on."""
    after = np.full_like(reached, NEVER)
    for height, cost in cheapest.items():
        after[height:] = np.minimum(after[height:], reached[: len(after) - height] + cost)
    return after


def _before(onward: Ints, cheapest: Cheapest) -> Ints:
    """Go one round back."""
    before = np.full_like(onward, NEVER)
    for height, cost in cheapest.items():
        rest = len(before) - height
        before[:rest] = np.minimum(before[:rest], onward[height:] + cost)
    return before
