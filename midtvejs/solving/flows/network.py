"""Seat the kinds of people of a round by minimum-cost flow, as many in a session as it may and must have.

People flow from their kind to a session, and from there to a drain that lets through as many as there are
seats; where so many of one organisation are allowed, they pass a node of theirs on the way to each session.
What must be, as a least audience, is rewarded, and what may not be costs a fine, each of them more than all
wishes could: so there always is a flow, and it tells by its fines what could not be kept.

Legend, with a pencil: 1A and 1B have two seats each, and one of each organisation is allowed in a session.
Åse and Bo of Vejle wish 1A > 1B, so does Cai. Of the two units from Vejle one passes the node of Vejle in 1A,
the other would pay the fine there, and goes to 1B at 1 step; Cai has the other seat in 1A.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from ortools.graph.python.min_cost_flow import SimpleMinCostFlow  # type: ignore[import-untyped] # OR-Tools ships no types for it

from midtvejs.solving.instance.arrays import Ints
from midtvejs.solving.prices.lists import NEVER

NOTHING = -1
"""The trait of those who have none that is counted."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """How many a round's sessions may have, and must: of anyone, and of those with a trait.

    ``most[session]`` and ``least[session]`` in all; ``most_of[trait, session]`` and ``least_of``. Each two of
    a trait in a session cost a ``pair``.
    """

    most: Ints
    least: Ints
    most_of: Ints
    least_of: Ints
    pair: int = 0

    def beside(self, taken: Ints, taken_of: Ints) -> Asked:
        """Return what is still asked of others where some have their seats."""
        return replace(
            self,
            most=np.maximum(0, self.most - taken),
            least=np.maximum(0, self.least - taken),
            most_of=np.maximum(0, self.most_of - taken_of),
            least_of=np.maximum(0, self.least_of - taken_of),
        )

    def broken(self, taken: Ints, taken_of: Ints) -> tuple[Ints, Ints]:
        """Return by how many each limit is exceeded, less than 0 where as many are missing."""
        return (
            np.maximum(0, taken - self.most) - np.maximum(0, self.least - taken),
            np.maximum(0, taken_of - self.most_of) - np.maximum(0, self.least_of - taken_of),
        )

    def amount_broken(self, taken: Ints, taken_of: Ints) -> int:
        """Return by how much all limits together are not kept."""
        return sum(int(abs(each).sum()) for each in self.broken(taken, taken_of))


class _Arcs:
    """The arcs of a network, as they are added."""

    def __init__(self) -> None:
        self._columns: list[tuple[Ints, Ints, Ints, Ints]] = []

    def add(self, tails: Ints, heads: Ints, capacities: Ints, costs: Ints | int) -> None:
        self._columns.append((tails, heads, capacities, np.broadcast_to(costs, tails.shape)))

    def add_limits(self, tails: Ints, heads: Ints, least: Ints, most: Ints, fine: int) -> None:
        """Add what should pass at least, at a reward; what may pass; and, at a fine, whatever else does."""
        must = np.minimum(least, most)
        self.add(tails, heads, must, -fine)
        self.add(tails, heads, most - must, 0)
        self.add(tails, heads, np.full(tails.shape, ANYBODY), fine)

    def add_pairs(self, tails: Ints, heads: Ints, most: Ints, pair: int) -> None:
        """Add what may pass one by one, each of which costs a pair with all that pass before."""
        before = np.concatenate([np.arange(each) for each in most.tolist()] or [most])
        self.add(np.repeat(tails, most), np.repeat(heads, most), np.ones_like(before), pair * before)

    def flows(self, supplies: Ints, drain: int) -> Ints | None:
        """Return what flows in each arc at the least cost; None where the drain cannot be reached."""
        tails, heads, capacities, costs = (np.concatenate(each) for each in zip(*self._columns, strict=True))
        solver = SimpleMinCostFlow()
        arcs = solver.add_arcs_with_capacity_and_unit_cost(tails, heads, capacities, costs)
        solver.set_nodes_supplies(np.arange(len(supplies)), supplies)
        solver.set_node_supply(drain, -int(supplies.sum()))
        if solver.solve() != SimpleMinCostFlow.OPTIMAL:
            return None
        return np.asarray(solver.flows(arcs))


ANYBODY = 2**31
"""More than there are people."""


def seat_kinds(costs: Ints, counts: Ints, traits: Ints, asked: Asked) -> Ints | None:
    """Return how many of each kind take each session, ``flow[kind, session]``, at the least cost.

    ``costs[kind, session]`` is NEVER where a session is closed to a kind; ``traits[kind]`` is the one trait
    of each that is looked at, or NOTHING. Where not all that is asked can be, as little as can be is not.
    None where nothing is open to a kind.
    """
    kinds, sessions = costs.shape
    kind, session = np.nonzero(costs < NEVER)
    limited = _limited(counts, traits, asked)
    node_of = np.where(limited, kinds + sessions + np.cumsum(limited).reshape(limited.shape), 0)
    drain = kinds + sessions
    dearest = int(costs[kind, session].max(initial=0)) - min(0, int(costs[kind, session].min(initial=0)))
    dearest += asked.pair * int(_count_of_traits(counts, traits, asked).max(initial=0))
    fine = (sessions * sessions + 2) * (dearest + 1)
    heads = kinds + session
    if len(limited):
        through = node_of[traits[kind], session]
        heads = np.where((traits[kind] != NOTHING) & (through > 0), through, heads)
    arcs = _Arcs()
    arcs.add(kind, heads, counts[kind], costs[kind, session])
    trait, there = np.nonzero(limited)
    one_by_one = (
        _at_the_most(counts, traits, asked)[trait, there] if asked.pair else np.zeros(len(trait), int)
    )
    arcs.add_pairs(node_of[trait, there], kinds + there, one_by_one, asked.pair)
    arcs.add_limits(
        node_of[trait, there],
        kinds + there,
        asked.least_of[trait, there],
        0 * there if asked.pair else asked.most_of[trait, there],
        fine,
    )
    everywhere = np.arange(sessions)
    arcs.add_limits(
        kinds + everywhere, np.full(sessions, drain), asked.least, np.minimum(asked.most, ANYBODY), fine
    )
    flows = arcs.flows(counts, drain)
    if flows is None:
        return None
    flow = np.zeros(costs.shape, dtype=np.int64)
    flow[kind, session] = flows[: len(kind)]
    return flow


def _limited(counts: Ints, traits: Ints, asked: Asked) -> Ints:
    """Return where those of a trait cannot be as many, or as few, as they like; rows by trait."""
    of_trait = _count_of_traits(counts, traits, asked)
    return np.asarray((asked.most_of < of_trait) | (asked.least_of > 0) | (asked.pair > 0))


def _at_the_most(counts: Ints, traits: Ints, asked: Asked) -> Ints:
    """Return how many of a trait there may be in a session; rows by trait."""
    return np.minimum(asked.most_of, _count_of_traits(counts, traits, asked))


def _count_of_traits(counts: Ints, traits: Ints, asked: Asked) -> Ints:
    """Return how many there are of each trait, in a column."""
    of_trait = np.bincount(traits + 1, weights=counts, minlength=len(asked.most_of) + 1)[1:]
    return of_trait.astype(np.int64)[:, None]
