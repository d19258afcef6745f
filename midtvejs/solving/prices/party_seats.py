"""Which seats anybody may have in a day that comes to little more than its bound, where rules bind people.

At given prices a seat has a reduced cost: how much dearer the cheapest day with it is than the cheapest of
all. What comes to no more than ``slack`` above the bound has no seat in it of a larger one, as restricted.py
says. What rules ask is asked of the seats that are left, so whatever is that near to the bound is among them.
With prices that are the best there are, these are a fraction of all seats, and a solver seats hundreds of
people in a moment.

Legend: Åse and Bo stay together. The cheapest day costs them 3 steps, and 5 with 2B in it: 2B has a reduced
cost of 2. If the day is to come to less than 2 above its bound, neither of them is in 2B.

    reached     reached[state, party]: the cheapest way to a party's regrets before a turn
    onward      onward[state, party]: the cheapest way to end the day from there
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from midtvejs.solving.instance.arrays import Flags, Ints
from midtvejs.solving.instance.parties import Turn
from midtvejs.solving.prices.parties import NEVER, PartyRelaxation, Table
from midtvejs.solving.prices.relaxation import SCALE, DualPoint


@dataclass(frozen=True, slots=True, kw_only=True)
class NearBound:
    """A bound that prices prove, and what is near to it. Not of `worst`, of which anybody may be left out."""

    relaxation: PartyRelaxation
    point: DualPoint

    @property
    def bound(self) -> int:
        """What nothing is below."""
        return max(0, -(-self.point.bound // SCALE))

    def seats_up_to(self, value: int) -> Sequence[Sequence[frozenset[int]]]:
        """Return all seats that anybody can have where the criterion comes to a value at the most.

        They are told by participant and round, as sessions of it by number.
        """
        relaxation, slack = self.relaxation, value * SCALE - self.point.bound
        seats = [[frozenset[int]() for _ in relaxation.case.rounds] for _ in relaxation.case.rows]
        for table in relaxation.tables:
            for turn, reduced in _reduced_costs(table, self.point.prices):
                _add_seats(seats, table, turn, reduced <= slack)
        return seats


def _add_seats(seats: list[list[frozenset[int]]], table: Table, turn: Turn, near: Flags) -> None:
    """Add the seats that the choices which are ``near`` take in a turn."""
    sized, round_ = table.sized, turn.part.round
    for member in range(sized.size):
        taken = near & turn.seated[:, :, member]
        for line, kind in enumerate(turn.parties.tolist()):
            sessions = frozenset(np.flatnonzero(taken[line]).tolist())
            for person in sized.alike[kind][member :: sized.size]:
                seats[person][round_] |= sessions


def _reduced_costs(table: Table, prices: Ints) -> Iterator[tuple[Turn, Ints]]:
    """Return each turn, the last first, with the reduced cost of each choice, by party."""
    costs, reached, ends = _fill(table, prices)
    weights = table.relaxation.weights(prices)
    onward = np.zeros_like(ends)
    for criterion, amounts in table.of_regrets.items():
        onward += weights[criterion] * amounts[:, None]
    least = np.minimum(ends + onward, NEVER).min(axis=0)
    for turn, before, cost, known in reversed(
        [*zip(table.sized.turns, table.before, costs, reached, strict=True)]
    ):
        lines = np.arange(len(turn.parties))[:, None]
        from_here = np.minimum(cost + onward[:, turn.parties, None], NEVER)
        through = (known[before, lines] + from_here).min(axis=0)
        yield turn, through - least[turn.parties, None]
        earlier = np.full((table.states + 1, len(turn.parties)), NEVER, dtype=np.int64)
        np.minimum.at(earlier, (before, np.broadcast_to(lines, before.shape)), from_here)
        onward[:, turn.parties] = earlier[:-1]


def _fill(table: Table, prices: Ints) -> tuple[list[Ints], list[Ints], Ints]:
    """Return what choices cost, and the cheapest ways before each turn, and at the end of the day."""
    weights = table.relaxation.weights(prices)
    best = np.full((table.states + 1, table.sized.kinds), NEVER, dtype=np.int64)
    best[0] = 0
    costs: list[Ints] = []
    reached: list[Ints] = []
    for number, (turn, before) in enumerate(zip(table.sized.turns, table.before, strict=True)):
        costs.append(table.costs(number, prices, weights))
        reached.append(best[:, turn.parties])
        ways = reached[-1][before, np.arange(len(turn.parties))[:, None]] + costs[-1]
        best[:-1, turn.parties] = np.minimum(ways.min(axis=2), NEVER)
    return costs, reached, best[:-1]
