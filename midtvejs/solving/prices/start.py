"""A lawful assignment at once, a round at a time by minimum-cost flow: where a search by prices starts.

It is not the fairest, and what the search falls back on. Each round is seated exactly: participants who wish
alike flow from their row to sessions, at the least cost. It is done a little for the sake of the day, too: of
those who wish alike, those who have come off worse elsewhere choose first, and among ways that cost the same,
the one is taken in which the squares of regrets grow least.

Legend, with a pencil: three people want 1A > 1B; 1A has 2 seats and 1B has 2. The flow sends two of them to
1A and one to 1B, at 1 step. Who took a seat in 1A could also have 1B, which has one left, for 1 step more:
that is what a seat in 1A is worth, its price. At such prices nobody would rather sit elsewhere, and what all
pay, less the prices of the seats there are, comes to exactly the least cost (Kantorovich 1942, "On the
translocation of masses").
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from ortools.graph.python.min_cost_flow import SimpleMinCostFlow  # type: ignore[import-untyped] # OR-Tools ships no types for it

from midtvejs.domain.fairness import OVER_SEATS, Criterion
from midtvejs.solving.instance.arrays import Ints, number_values
from midtvejs.solving.instance.crowd import Aggregate, Leaf
from midtvejs.solving.instance.list_round import ListRound
from midtvejs.solving.instance.listed import ListLeaf
from midtvejs.solving.limits import Limits
from midtvejs.solving.prices.lists import NEVER
from midtvejs.solving.prices.relaxation import SCALE, Objective, Relaxation
from midtvejs.solving.stop import Stop


@dataclass(frozen=True, slots=True, kw_only=True)
class _Round:
    """What a round is to those who are to be seated in it, ``people``: tables of a row for each kind of them.

    Those with the same steps everywhere, at the same costs, are of the same kind: ``kind[i]`` of people[i].
    """

    people: Ints
    kind: Ints
    steps: Ints
    costs: Ints
    seats: Ints

    @property
    def counts(self) -> Ints:
        return np.bincount(self.kind, minlength=len(self.steps))


def seat_quickly(
    aggregate: Aggregate, lead: Criterion = Criterion.TOTAL, *, hasty: bool = False, stop: Stop | None = None
) -> Ints:
    """Seat everybody round after round, at the least that ``lead`` comes to in each of them.

    Return ``choices[round, person]`` as crowd.py numbers them; among equals in the order of the lottery.
    If ``hasty``, or where stopping is asked for, each round is seated once, and then left.

    Raises:
        ValueError: a round has no seats for everybody; the caller has made sure that it does. Where one list
            is for several rounds, whoever was seated in the first may be in the way of the last, and pins are
            not looked at.
    """
    if any(leaf.pinned.any() for leaf in aggregate.leaves if isinstance(leaf, ListLeaf)):
        raise ValueError("somebody is pinned to a session that is held several times")
    nobody = np.repeat(np.array([[part.sessions] for part in aggregate.rounds]), aggregate.people, axis=1)
    limit = aggregate.furthest
    return _seat_rounds(aggregate, lead, nobody, limit=limit, hasty=hasty, stop=stop or Stop(), at_least=1)


def reseat(
    aggregate: Aggregate,
    choices: Ints,
    lead: Criterion = Criterion.TOTAL,
    *,
    limit: int,
    hasty: bool = False,
    stop: Stop,
) -> Ints:
    """Seat everybody anew, round after round, so that the fewest have a regret above ``limit``.

    What choices within the limit come to, in ``lead`` and then in squares, falls if it changes at all. If
    ``hasty``, that is left as soon as all are within the limit. Where stopping is asked for, the other rounds
    stay as they are.
    """
    return _seat_rounds(aggregate, lead, choices, limit=limit, hasty=hasty, stop=stop, at_least=0)


def _seat_rounds(
    aggregate: Aggregate,
    lead: Criterion,
    choices: Ints,
    *,
    limit: int,
    hasty: bool,
    stop: Stop,
    at_least: int,
) -> Ints:
    rounds = dict(_rounds(aggregate, lead))
    choices = choices.copy()
    everybody = np.arange(aggregate.people)
    regret = np.zeros((len(aggregate.leaves), aggregate.people), dtype=np.int64)
    for leaf in aggregate.leaves:
        if isinstance(leaf, Leaf) or at_least == 0:
            regret[leaf.number] = leaf.worth(aggregate.ranking[leaf.number], choices)[0]
    for passes in range(aggregate.limits.passes):
        for leaf, part in _in_order(aggregate):
            if stop.asked and passes >= at_least:
                return choices
            if isinstance(leaf, Leaf):
                round_ = rounds[part]
                who = round_.people
                elsewhere = regret[:, who].sum(axis=0) - regret[leaf.number, who]
                choices[part, who] = _seat_round(round_, elsewhere, limit, aggregate.limits)
                regret[leaf.number, who] = round_.steps[round_.kind, choices[part, who]]
            else:
                here = ListRound(leaf, part, aggregate.ranking[leaf.number, everybody], choices)
                round_ = _round_of_list(here)
                who = round_.people
                elsewhere = regret[:, who].sum(axis=0) - regret[leaf.number, who]
                here.take(who, _seat_round(round_, elsewhere, limit, aggregate.limits))
                regret[leaf.number] = leaf.worth(aggregate.ranking[leaf.number], choices)[0]
        if hasty and int(regret.sum(axis=0).max(initial=0)) <= limit:
            break
    return choices


def _in_order(aggregate: Aggregate) -> list[tuple[Leaf | ListLeaf, int]]:
    """Return each round by its number, in the order of the day, with the list that it belongs to."""
    leaf_of = {part.round: leaf for leaf in aggregate.leaves for part in leaf.parts}
    return [(leaf_of[number], number) for number in sorted(leaf_of)]


def _round_of_list(here: ListRound) -> _Round:
    """Return a round that shares its list with others, as things stand in these."""
    people, steps, is_open, seats = here.table()
    table = np.hstack([steps, np.where(is_open, steps * SCALE, NEVER)])
    kinds, kind_of = np.unique(table, axis=0, return_inverse=True)
    return _Round(
        people=people,
        kind=kind_of.reshape(-1),
        steps=kinds[:, : steps.shape[1]],
        costs=kinds[:, steps.shape[1] :],
        seats=seats,
    )


def prices_alone(aggregate: Aggregate, criterion: Criterion) -> Ints:
    """Return the prices, in 1 / SCALE, at which each round alone has no more takers than seats.

    Those of rounds that share a list are nothing: what is wanted in them depends on the others. At these the
    bound of a criterion that is a sum is what the rounds come to at the least one by one.
    """
    prices = [np.zeros(part.sessions, dtype=np.int64) for part in aggregate.rounds]
    for number, round_ in _rounds(aggregate, criterion):
        flow = flow_of(round_.costs, round_.counts, round_.seats)
        prices[number] = prices_of(round_.costs, flow, round_.seats)
    return np.concatenate(prices)


def over_seats(criterion: Criterion) -> Criterion:
    """Return the sum over seats that rounds are seated by, one by one, for the sake of a criterion."""
    if criterion is Criterion.MOVED:
        return Criterion.MOVED_SEATS
    return criterion if criterion in OVER_SEATS else Criterion.TOTAL


def _rounds(aggregate: Aggregate, criterion: Criterion) -> list[tuple[int, _Round]]:
    """Return the rounds with a list of their own, each with its number."""
    relaxation = Relaxation(aggregate, Objective(criterion=over_seats(criterion)))
    nothing = np.zeros(relaxation.size, dtype=np.int64)
    return [
        (leaf.round, _round(leaf, aggregate.ranking[leaf.number], relaxation.costs(leaf, nothing)))
        for leaf in aggregate.leaves
        if isinstance(leaf, Leaf)
    ]


def _round(leaf: Leaf, ranking: Ints, costs: Ints) -> _Round:
    people = np.flatnonzero(ranking != leaf.presents)
    table = np.hstack([leaf.steps[:, :-1], costs[:, :-1]])
    kinds, kind_of = np.unique(table, axis=0, return_inverse=True)
    return _Round(
        people=people,
        kind=kind_of.reshape(-1)[ranking[people]],
        steps=kinds[:, : leaf.sessions],
        costs=kinds[:, leaf.sessions :],
        seats=leaf.part.seats,
    )


def _seat_round(round_: _Round, elsewhere: Ints, limit: int, limits: Limits) -> Ints:
    """Return each of the round's people a session, knowing what regret they have ``elsewhere``."""
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

    Of those who wish alike, those with more regret stand first.
    """
    most = int(elsewhere.max(initial=0))
    kinds, kind_of = number_values(kind * (most + 1) + most - elsewhere)
    if len(kinds) > most_kinds:
        kinds, kind_of = number_values(kind)
        return kinds, np.zeros((len(kinds), 1), dtype=np.int64), kind_of
    return kinds // (most + 1), most - kinds[:, None] % (most + 1), kind_of


def flow_of(costs: Ints, counts: Ints, seats: Ints) -> Ints:
    """Return how many of each row take each session, ``flow[row, session]``, at the least cost.

    ``costs[row, session]`` is NEVER where a session is closed to a row.

    Raises:
        ValueError: there are no seats for everybody; the caller has made sure that there are.
    """
    rows, sessions = costs.shape
    row, session = np.nonzero(costs < NEVER)
    solver = SimpleMinCostFlow()
    arcs = solver.add_arcs_with_capacity_and_unit_cost(row, rows + session, counts[row], costs[row, session])
    everybody = rows + sessions
    solver.add_arcs_with_capacity_and_unit_cost(
        np.arange(rows, everybody), np.full(sessions, everybody), seats, np.zeros(sessions, dtype=np.int64)
    )
    solver.set_nodes_supplies(np.arange(rows), counts)
    solver.set_node_supply(everybody, -int(counts.sum()))
    if solver.solve() != SimpleMinCostFlow.OPTIMAL:
        raise ValueError("no seats for everybody in a round")
    flow = np.zeros(costs.shape, dtype=np.int64)
    flow[row, session] = solver.flows(arcs)
    return flow


def prices_of(costs: Ints, flow: Ints, seats: Ints) -> Ints:
    """Return what a seat of each session is worth when seats are taken as in ``flow``, which costs the least.

    It is the cost of the cheapest way to pass one more person on, from session to session, to a seat that is
    free; where there is none, more than any such way costs.
    """
    sessions = len(seats)
    dearest = int(costs[costs < NEVER].max(initial=0))
    prices = np.where(flow.sum(axis=0) < seats, 0, (dearest + 1) * sessions)
    onward = np.full((sessions, sessions), NEVER, dtype=np.int64)
    for session in range(sessions):
        rows = np.flatnonzero(flow[:, session])
        onward[session] = (costs[rows] - costs[rows, session, None]).min(axis=0, initial=NEVER)
    for _ in range(sessions):
        prices = np.minimum(prices, (onward + prices).min(axis=1))
    return prices
