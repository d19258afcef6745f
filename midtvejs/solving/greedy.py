"""A lawful assignment at once, not the fairest: where a search by prices starts, and what it falls back on.

Round after round as well as can be, and each round a little for the sake of the day: of those who wish alike,
whoever has come off worse elsewhere chooses first, and among ways that cost the same, the one is taken in
which the squares of regrets grow least.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from midtvejs.domain.fairness import Criterion
from midtvejs.solving.crowd import Crowd, Ints, Leaf
from midtvejs.solving.limits import Limits
from midtvejs.solving.pricing import NEVER, SCALE, Aim, Market
from midtvejs.solving.stop import Stop
from midtvejs.solving.transport import flow_of, prices_of

OF_STEPS = {Criterion.WORST, Criterion.TOTAL, Criterion.EVEN}


@dataclass(frozen=True, slots=True, kw_only=True)
class _Round:
    """What a round is to those who are to be seated in it, ``people``: tables of a row for each kind of them.

    Whoever has the same steps everywhere, at the same costs, is of the same kind: ``kind[i]`` of people[i].
    """

    people: Ints
    kind: Ints
    steps: Ints
    costs: Ints
    seats: Ints

    @property
    def counts(self) -> Ints:
        return np.bincount(self.kind, minlength=len(self.steps))


def quickly_seated(crowd: Crowd, lead: Criterion = Criterion.TOTAL, *, stop: Stop | None = None) -> Ints:
    """Seat everybody round after round, at the least that ``lead`` comes to in each of them.

    Gives ``choices[round, person]`` as crowd.py numbers them; among equals in the order of the lottery. Where
    stopping is asked for, each round is seated once all the same, and then left.

    Raises:
        ValueError: a round has no seats for everybody; whoever asks has made sure that it does.
    """
    nobody = np.repeat(np.array([[leaf.sessions] for leaf in crowd.leaves]), crowd.people, axis=1)
    return _passed(crowd, lead, nobody, limit=crowd.furthest, stop=stop or Stop(), at_least=1)


def reseated(
    crowd: Crowd, choices: Ints, lead: Criterion = Criterion.TOTAL, *, limit: int, stop: Stop
) -> Ints:
    """Seat everybody anew, round after round, so that the fewest have a regret above ``limit``.

    What choices within the limit come to, in ``lead`` and then in squares, falls if it changes at all. Where
    stopping is asked for, the other rounds stay as they are.
    """
    return _passed(crowd, lead, choices, limit=limit, stop=stop, at_least=0)


def _passed(crowd: Crowd, lead: Criterion, choices: Ints, *, limit: int, stop: Stop, at_least: int) -> Ints:
    rounds = _rounds(crowd, lead)
    choices = choices.copy()
    regret = np.stack([leaf.steps[crowd.ranking[leaf.round], choices[leaf.round]] for leaf in crowd.leaves])
    for passes in range(crowd.limits.passes):
        for number, round_ in enumerate(rounds):
            if stop.asked and passes >= at_least:
                return choices
            who = round_.people
            elsewhere = regret[:, who].sum(axis=0) - regret[number, who]
            choices[number, who] = _seated(round_, elsewhere, limit, crowd.limits)
            regret[number, who] = round_.steps[round_.kind, choices[number, who]]
    return choices


def prices_alone(crowd: Crowd, criterion: Criterion) -> Ints:
    """Give the prices, in 1 / SCALE, at which each round alone has no more takers than seats.

    At these the bound of a criterion that is a sum is what the rounds come to at the least one by one.
    """
    prices = []
    for round_ in _rounds(crowd, criterion):
        flow = flow_of(round_.costs, round_.counts, round_.seats)
        prices.append(prices_of(round_.costs, flow, round_.seats))
    return np.concatenate(prices)


def _rounds(crowd: Crowd, criterion: Criterion) -> list[_Round]:
    market = Market(crowd, Aim(criterion=Criterion.TOTAL if criterion in OF_STEPS else criterion))
    nothing = np.zeros(market.size, dtype=np.int64)
    return [_round(leaf, crowd.ranking[leaf.round], market.costs(leaf, nothing)) for leaf in crowd.leaves]


def _round(leaf: Leaf, ranking: Ints, costs: Ints) -> _Round:
    people = np.flatnonzero(ranking != leaf.presents)
    table = np.hstack([leaf.steps[:, :-1], costs[:, :-1]])
    kinds, kind_of = np.unique(table, axis=0, return_inverse=True)
    return _Round(
        people=people,
        kind=kind_of.reshape(-1)[ranking[people]],
        steps=kinds[:, : leaf.sessions],
        costs=kinds[:, leaf.sessions :],
        seats=leaf.seats,
    )


def _seated(round_: _Round, elsewhere: Ints, limit: int, limits: Limits) -> Ints:
    """Give each of the round's people a session, knowing what regret they have ``elsewhere``."""
    kinds, regret, kind_of = _by_regret(round_.kind, elsewhere, most_kinds=limits.kinds_by_regret)
    steps, costs = round_.steps[kinds], round_.costs[kinds]
    growth = (regret + steps) ** 2 - regret**2
    excess = np.maximum(regret + steps - limit, 0) - np.maximum(regret - limit, 0)
    costs = np.where(costs < NEVER, costs + growth + excess * limits.excess * SCALE, NEVER)
    flow = flow_of(costs, np.bincount(kind_of), round_.seats)
    best_first = steps.argsort(axis=1, kind="stable")
    taken = np.take_along_axis(flow, best_first, axis=1)
    seated = np.empty(len(kind_of), dtype=np.int64)
    seated[kind_of.argsort(kind="stable")] = np.repeat(best_first.reshape(-1), taken.reshape(-1))
    return seated


def _by_regret(kind: Ints, elsewhere: Ints, *, most_kinds: int) -> tuple[Ints, Ints, Ints]:
    """Split kinds by regret: the old kind of each new one, its regret (in a column), everybody's new kind.

    Of those who wish alike, whoever has more regret stands first.
    """
    most = int(elsewhere.max(initial=0))
    kinds, kind_of = np.unique(kind * (most + 1) + most - elsewhere, return_inverse=True)
    if len(kinds) > most_kinds:
        kinds, kind_of = np.unique(kind, return_inverse=True)
        return kinds, np.zeros((len(kinds), 1), dtype=np.int64), kind_of
    return kinds // (most + 1), most - kinds[:, None] % (most + 1), kind_of
