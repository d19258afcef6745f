"""Count the seats that choices take and what they come to, for some participants or for all, in arrays."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

import numpy as np

from midtvejs.domain.fairness import OVER_REGRETS, OVER_SEATS, Criterion
from midtvejs.solving.instance.arrays import Ints
from midtvejs.solving.instance.crowd import Aggregate, amounts_of

TOGETHER = 2**16
"""So many people are counted at once: of a million, each of their figures would take as much as they do."""


@dataclass(slots=True, kw_only=True)
class Tally:
    """Counts of a choice: seats taken in each session, and what the criteria come to."""

    taken: Ints
    sums: dict[Criterion, int]


def worth(aggregate: Aggregate, choices: Ints, people: Ints) -> dict[Criterion, Ints]:
    """Return what each of ``people`` adds to each criterion; their regret for `worst`.

    ``choices[round, i]`` is the session of ``people[i]``, as crowd.py numbers them.
    """
    regret = np.zeros(len(people), dtype=np.int64)
    sums = {criterion: np.zeros_like(regret) for criterion in OVER_SEATS}
    for leaf in aggregate.leaves:
        steps, amounts = leaf.worth(aggregate.ranking[leaf.number, people], choices)
        regret += steps
        for criterion, each in amounts.items():
            sums[criterion] += each
    sums |= aggregate.count_moved(people, sums[Criterion.MOVED_SEATS] > 0, regret)
    of_regrets = {criterion: amounts_of(criterion, aggregate.furthest)[regret] for criterion in OVER_REGRETS}
    return {Criterion.WORST: regret, **sums, **of_regrets}


def count_choices(aggregate: Aggregate, choices: Ints, people: Ints | None = None) -> Tally:
    """Count for everybody, or for ``people`` alone, out of the choices of everybody."""
    who = np.arange(aggregate.people) if people is None else people
    theirs = choices if people is None else choices[:, people]
    sums: Counter[Criterion] = Counter()
    worst = 0
    for first in range(0, max(1, len(who)), TOGETHER):
        some = slice(first, first + TOGETHER)
        each = worth(aggregate, theirs[:, some], who[some])
        worst = max(worst, int(each.pop(Criterion.WORST).max(initial=0)))
        sums.update({criterion: int(values.sum()) for criterion, values in each.items()})
    taken = [
        np.bincount(theirs[part.round], minlength=part.sessions + 1)[: part.sessions]
        for part in aggregate.rounds
    ]
    return Tally(taken=np.concatenate(taken).astype(np.int64), sums={**sums, Criterion.WORST: worst})
