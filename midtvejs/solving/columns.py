"""Every day that some people could have at the best: the small rest that is solved exactly.

Legend: at given prices each day of a person has a reduced cost: how much dearer it is than their cheapest
day. The bound is the sum of all cheapest days. An assignment that is only ``slack`` above the bound cannot
have a day in it of a larger reduced cost than that: so all other days can be dropped, and nothing is lost
(reduced cost fixing; Dantzig, Fulkerson and Johnson 1954, "Solution of a large-scale traveling-salesman
problem"). What is left is a handful of days a person: ``columns``.

    Åse, 1A at price 1, 1B at price 0: 1A costs 0 + 1, 1B costs 1 + 0. Both have a reduced cost of 0.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from midtvejs.domain.fairness import Criterion
from midtvejs.solving.crowd import Ints
from midtvejs.solving.pricing import Market


@dataclass(frozen=True, slots=True, kw_only=True)
class Columns:
    """Days: whose (``person[column]``, a number among the people asked for) and ``sessions[round, column]``.

    ``sums`` says what each adds to every criterion that is a sum. Sessions count from 0 in their round;
    whoever presents has the number of sessions there are.
    """

    person: Ints
    sessions: Ints
    sums: dict[Criterion, Ints]


def columns_of(market: Market, prices: Ints, people: Ints, slack: int, *, most: int) -> Columns | None:
    """Find every day of ``people`` whose reduced cost is at most ``slack``, in 1 / SCALE.

    Grows the days a round at a time, and drops those that are too dear already even if every round still to
    come costs the least it can. None where there are more than ``most``: many rounds in which many sessions
    are all the same to people multiply.
    """
    crowd, worst = market.crowd, market.aim.worst
    square = market.weights(prices)[Criterion.EVEN]
    ceiling = market.days(prices).each[crowd.row_of[people]] + slack
    costs = [market.costs(leaf, prices)[crowd.ranking[leaf.round, people]] for leaf in crowd.leaves]
    to_come = sum(cost.min(axis=1) for cost in costs)
    person = np.arange(len(people))
    sessions = np.empty((0, len(people)), dtype=np.int64)
    spent = np.zeros(len(people), dtype=np.int64)
    sums = dict.fromkeys((Criterion.TOTAL, Criterion.FIRST, Criterion.UNLISTED, Criterion.AVOID_OWN), spent)
    for leaf, cost in zip(crowd.leaves, costs, strict=True):
        ranking = crowd.ranking[leaf.round, people]
        to_come = to_come - cost.min(axis=1)
        regret = sums[Criterion.TOTAL][:, None] + leaf.steps[ranking[person]]
        reached = spent[:, None] + cost[person]
        keep = reached + square * regret**2 + to_come[person, None] <= ceiling[person, None]
        if worst is not None:
            keep &= regret <= worst
        parent, session = np.nonzero(keep)
        row = ranking[person[parent]]
        sums = {
            Criterion.TOTAL: regret[parent, session],
            Criterion.FIRST: sums[Criterion.FIRST][parent] + leaf.below[row, session],
            Criterion.UNLISTED: sums[Criterion.UNLISTED][parent] + leaf.unlisted[row, session],
            Criterion.AVOID_OWN: sums[Criterion.AVOID_OWN][parent] + leaf.own[row, session],
        }
        if len(parent) > most:
            return None
        spent, person = reached[parent, session], person[parent]
        sessions = np.vstack([sessions[:, parent], session])
    return Columns(
        person=person, sessions=sessions, sums={**sums, Criterion.EVEN: sums[Criterion.TOTAL] ** 2}
    )
