"""Whom to free when there are too many to free all: a few people for every kind of move there is.

A move takes somebody from the day they were dealt to another that is as good for them at the prices, or
nearly so. What it does to the conference is the same for whole crowds: out of 1B and into 1C, one step more.
Which of them makes it does not matter, so a few of each kind are as good as all: some hundred people instead
of many thousand, and no kind of move left out, however rare.
"""

from __future__ import annotations

import numpy as np

from midtvejs.domain.fairness import Criterion
from midtvejs.solving.columns import Columns, columns_of
from midtvejs.solving.count import worth
from midtvejs.solving.crowd import Ints
from midtvejs.solving.pricing import Market


def movers(market: Market, prices: Ints, choices: Ints, pool: Ints, *, slack: int, each: int) -> Ints:
    """Pick people out of ``pool``: up to ``each`` for every kind of move, the first in the pool first.

    Gives nobody where there are too many moves to look at.
    """
    columns = columns_of(market, prices, pool, slack, most=market.crowd.limits.moves)
    if columns is None:
        return pool[:0]
    kinds = _kinds(market, choices, pool, columns)
    by_kind = np.argsort(kinds, kind="stable")
    starts = np.flatnonzero(np.diff(kinds[by_kind], prepend=-1))
    sizes = np.diff(starts, append=len(kinds))
    place_in_kind = np.arange(len(kinds)) - np.repeat(starts, sizes)
    picked = by_kind[place_in_kind < each]
    return np.asarray(pool[np.unique(columns.person[picked])])


def _kinds(market: Market, choices: Ints, pool: Ints, columns: Columns) -> Ints:
    """Number the moves by what they do: the same number for the same sessions left and entered, and sums."""
    crowd = market.crowd
    differences = []
    for leaf in crowd.leaves:
        old, new = choices[leaf.round, pool][columns.person], columns.sessions[leaf.round]
        differences.append(np.where(old == new, 0, 1 + old * (leaf.sessions + 1) + new))
    before = worth(crowd, choices[:, pool], pool)
    criteria = (Criterion.TOTAL, *(criterion for criterion, _ in market.aim.kept))
    differences += [columns.sums[each] - before[each][columns.person] for each in criteria]
    return _numbered(differences)


def _numbered(lines: list[Ints]) -> Ints:
    """Number the different columns of some lines, two lines at a time so that no number overflows."""
    numbers = np.zeros(len(lines[0]), dtype=np.int64)
    for line in lines:
        least = int(line.min(initial=0))
        width = int(line.max(initial=0)) - least + 1
        numbers = np.unique(numbers * width + (line - least), return_inverse=True)[1].reshape(-1)
    return numbers
