"""The prices of a round alone within rules: what they come to is what the round costs, to the last unit."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from midtvejs.solving.flows.network import NOTHING, Asked, seat_kinds
from midtvejs.solving.instance.arrays import Ints
from midtvejs.solving.prices.lists import NEVER
from midtvejs.solving.prices.round_alone import prices_within
from tests.examples import examples


def ints(*values: object) -> Ints:
    return np.array(values, dtype=np.int64)


@dataclass(frozen=True, slots=True, kw_only=True)
class Alone:
    """A round alone, as a flow: ``costs[kind, session]``, how many of each kind, their traits, and limits."""

    costs: Ints
    counts: Ints
    traits: Ints
    asked: Asked

    def taken_of(self, flow: Ints) -> Ints:
        """Return how many of each trait are in each session."""
        each = range(len(self.asked.most_of))
        return ints(*([*flow[self.traits == trait].sum(axis=0)] for trait in each)).reshape(
            self.asked.most_of.shape
        )

    def flow(self) -> Ints | None:
        """Return the cheapest flow; None where there is none that keeps all that is asked."""
        flow = seat_kinds(self.costs, self.counts, self.traits, self.asked)
        if flow is None or any(
            broken.any() for broken in self.asked.broken(flow.sum(axis=0), self.taken_of(flow))
        ):
            return None
        return flow

    def cost(self, flow: Ints) -> int:
        return int((np.where(flow > 0, self.costs, 0) * flow).sum())

    def proven(self, seats: Ints, shares: Ints) -> int:
        """Return what nothing is below at these prices: a seat below zero is one of a least audience."""
        of_trait = np.vstack([shares, np.zeros((1, len(seats)), dtype=np.int64)])
        cheapest = (self.costs + seats + of_trait[self.traits]).min(axis=1)
        paid = (cheapest * self.counts).sum()
        worth = np.maximum(0, seats) * self.asked.most + np.minimum(0, seats) * self.asked.least
        return int(paid - worth.sum() - (shares * self.asked.most_of).sum())


def assert_dual(alone: Alone) -> tuple[Ints, Ints]:
    """Hold the prices of a round against its flow; return them."""
    flow = alone.flow()
    assert flow is not None
    seats, shares = prices_within(alone.costs, flow, alone.traits, alone.asked)
    assert alone.proven(seats, shares) == alone.cost(flow)
    assert (shares >= 0).all()
    taken = flow.sum(axis=0)
    assert (taken[seats > 0] == alone.asked.most[seats > 0]).all()
    assert (taken[seats < 0] == alone.asked.least[seats < 0]).all()
    assert (alone.asked.least[seats < 0] > 0).all()
    assert (alone.taken_of(flow)[shares > 0] == alone.asked.most_of[shares > 0]).all()
    return seats, shares


@st.composite
def rounds(draw: st.DrawFn) -> Alone:
    """Draw kinds of up to three traits, or none, and limits that some way to seat them keeps.

    Where nothing is spare, each session is full, or a trait fills what it may have of it.
    """
    kinds, sessions, many = draw(st.integers(1, 6)), draw(st.integers(1, 4)), draw(st.integers(0, 3))

    def table(rows: int, each: st.SearchStrategy[int]) -> Ints:
        drawn = draw(st.lists(each, min_size=rows * sessions, max_size=rows * sessions))
        return ints(*drawn).reshape(rows, sessions)

    some = table(kinds, st.integers(0, 3))
    costs = table(kinds, st.integers(0, draw(st.sampled_from([1, 4, 2**20]))))
    closed = table(kinds, st.sampled_from([0, 0, 1])) * (some == 0)
    traits = ints(*draw(st.lists(st.integers(NOTHING, many - 1), min_size=kinds, max_size=kinds)))
    taken = some.sum(axis=0)
    of_trait = ints(*([*some[traits == trait].sum(axis=0)] for trait in range(many))).reshape(many, sessions)
    spare = st.sampled_from([0, 0, 1, 9])
    return Alone(
        costs=np.where(closed > 0, NEVER, costs),
        counts=some.sum(axis=1),
        traits=traits,
        asked=Asked(
            most=taken + table(1, spare)[0],
            least=np.maximum(0, taken - table(1, spare)[0]),
            most_of=of_trait + table(many, spare),
            least_of=np.zeros((many, sessions), dtype=np.int64),
        ),
    )


@given(alone=rounds())
@examples(250)
def test_at_the_prices_of_a_round_nobody_pays_less_than_it_costs(alone: Alone) -> None:
    assume(alone.counts.any())
    assert_dual(alone)


def test_a_seat_is_dear_where_it_would_let_everybody_move_on_through_the_same_sessions_again() -> None:
    """One each of three traits would go 1A > 1B > 1C > 1D, 1D > 1C > 1B > 1E, and 1E > 1B > 1C > 1F.

    That is nine who save 1000, on the way to a seat in 1F: there is none.
    """
    ways = [(0, (0, 1, 2, 3)), (1, (3, 2, 1, 4)), (2, (4, 1, 2, 5))]
    moves = [(trait, here, there) for trait, way in ways for here, there in pairwise(way)]
    costs = np.full((len(moves), 6), NEVER, dtype=np.int64)
    for number, (_, here, there) in enumerate(moves):
        costs[number, here], costs[number, there] = 1000, 0
    alone = Alone(
        costs=costs,
        counts=np.ones(len(moves), dtype=np.int64),
        traits=ints(*(trait for trait, _, _ in moves)),
        asked=Asked(
            most=ints(9, 9, 9, 1, 1, 0),
            least=np.zeros(6, dtype=np.int64),
            most_of=ints(*([9, 1, 1, 9, 9, 9],) * 3),
            least_of=np.zeros((3, 6), dtype=np.int64),
        ),
    )
    seats, _ = assert_dual(alone)
    assert seats[5] >= 9000


def test_a_ceiling_is_worth_the_step_that_one_more_of_them_would_save() -> None:
    """Four of Vejle want 1A, which has seats enough and takes two of them; 1B is a step further down."""
    asked = Asked(most=ints(4, 4), least=ints(0, 0), most_of=ints([2, 4]), least_of=ints([0, 0]))
    alone = Alone(costs=ints([0, 1]), counts=ints(4), traits=ints(0), asked=asked)
    seats, shares = assert_dual(alone)
    assert (seats.tolist(), shares.tolist()) == ([0, 0], [[1, 0]])


def test_a_seat_where_somebody_has_to_be_is_worth_less_than_nothing() -> None:
    asked = Asked(most=ints(4, 4), least=ints(0, 2), most_of=ints([4, 4]), least_of=ints([0, 0]))
    alone = Alone(costs=ints([0, 3], [0, 1]), counts=ints(1, 2), traits=ints(0, NOTHING), asked=asked)
    seats, _ = assert_dual(alone)
    assert seats.tolist() == [0, -1]


@pytest.mark.parametrize("seats", [(1, 2), (3, 0)])
def test_prices_are_as_good_where_no_seat_is_left_anywhere(seats: tuple[int, int]) -> None:
    asked = Asked(most=ints(*seats), least=ints(0, 0), most_of=ints([3, 3]), least_of=ints([0, 0]))
    alone = Alone(costs=ints([0, 4], [1, 0]), counts=ints(2, 1), traits=ints(NOTHING, 0), asked=asked)
    assert_dual(alone)


def test_a_round_in_which_nobody_has_to_be_seated_has_no_prices() -> None:
    nothing = np.zeros((0, 2), dtype=np.int64)
    asked = Asked(most=ints(1, 0), least=ints(0, 0), most_of=nothing, least_of=nothing)
    alone = Alone(costs=nothing, counts=ints()[:0], traits=ints()[:0], asked=asked)
    flow = alone.flow()
    assert flow is not None
    seats, shares = prices_within(nothing, flow, alone.traits, asked)
    assert (alone.proven(seats, shares), shares.tolist()) == (0, [])
