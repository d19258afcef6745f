"""One round alone, exactly: whoever wishes alike flows from their row to sessions, at the least cost.

Legend, with a pencil: three people want 1A > 1B; 1A has 2 seats and 1B has 2. The flow sends two of them to
1A and one to 1B, at 1 step. Who took a seat in 1A could also have 1B, which has one left, for 1 step more:
that is what a seat in 1A is worth, its price. At such prices nobody would rather sit elsewhere, and what all
pay, less the prices of the seats there are, comes to exactly the least cost (Kantorovich 1942, "On the
translocation of masses").
"""

from __future__ import annotations

import numpy as np
from ortools.graph.python.min_cost_flow import (  # type: ignore[import-untyped] # OR-Tools ships no types for it
    SimpleMinCostFlow,
)

from midtvejs.solving.crowd import Ints
from midtvejs.solving.pricing import NEVER


def flow_of(costs: Ints, counts: Ints, seats: Ints) -> Ints:
    """Give how many of each row take each session, ``flow[row, session]``, at the least cost.

    ``costs[row, session]`` is NEVER where a session is closed to a row.

    Raises:
        ValueError: there are no seats for everybody; whoever asks has made sure that there are.
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
    """Give what a seat of each session is worth when seats are taken as in ``flow``, which costs the least.

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
