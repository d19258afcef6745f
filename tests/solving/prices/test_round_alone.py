"""What prices tell of a round with groups that are to be apart is never above what it comes to."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from midtvejs.solving.flows.network import NOTHING, Asked
from midtvejs.solving.instance.arrays import Ints
from midtvejs.solving.prices.lists import NEVER
from midtvejs.solving.prices.relaxation import SCALE
from midtvejs.solving.prices.round_alone import Kinds, price_alone, price_by_flow
from tests.examples import examples


def ints(*values: object) -> Ints:
    return np.array(values, dtype=np.int64)


def people(*costs: tuple[int, ...], groups: tuple[int, ...], traits: tuple[int, ...] = ()) -> Kinds:
    """Each of them of a group that is to be apart, and of a trait; costs in steps, less than 0 if closed."""
    in_steps = ints(*costs)
    return Kinds(
        costs=np.where(in_steps < 0, NEVER, SCALE * in_steps),
        counts=ints(*(1 for _ in costs)),
        traits=ints(*(traits or (NOTHING for _ in costs))),
        groups=ints(*groups),
        needs=np.zeros(len(costs), dtype=np.bool_),
    )


def asked(*seats: int, least: tuple[int, ...] = (), most_of: int = 9, traits: int = 0) -> Asked:
    of_traits = np.full((traits, len(seats)), most_of, dtype=np.int64)
    return Asked(
        most=ints(*seats),
        least=ints(*(least or (0 for _ in seats))),
        most_of=of_traits,
        least_of=np.zeros_like(of_traits),
    )


def least(kinds: Kinds, limits: Asked) -> int | None:
    """Return what the round comes to, in steps, of all ways to seat them; None where there is none."""
    found = []
    for choice in product(range(len(limits.most)), repeat=len(kinds.costs)):
        spots = ints(*choice)
        taken = np.bincount(spots, minlength=len(limits.most))
        cost = kinds.costs[np.arange(len(choice)), spots].sum()
        ceilings = all(
            (np.bincount(spots[kinds.traits == trait], minlength=len(taken)) <= most).all()
            for trait, most in enumerate(limits.most_of)
        )
        apart = all(
            len({*spots[kinds.groups == group].tolist()}) == (kinds.groups == group).sum()
            for group in {*kinds.groups.tolist()} - {NOTHING}
        )
        lawful = ceilings and apart and (taken <= limits.most).all() and (taken >= limits.least).all()
        if lawful and cost < NEVER:
            found.append(int(cost) // SCALE)
    return min(found, default=None)


def test_two_who_are_apart_and_want_the_same_cost_the_cheaper_of_both_ways() -> None:
    both = people((0, 3), (0, 2), groups=(0, 0))
    priced = price_alone(both, asked(9, 9), groups=1)
    assert priced
    assert priced.comes_to == 2 * SCALE
    assert priced.apart[0, 0] >= 2 * SCALE
    together = price_by_flow(both, asked(9, 9), np.zeros((1, 2), dtype=np.int64))
    assert together
    assert together.comes_to == 0


def test_who_is_apart_counts_for_their_organisation_as_well() -> None:
    """One of each organisation may have the first session, and of the two who are apart only one."""
    three = people((0, 1), (0, 5), (0, 2), groups=(0, 0, NOTHING), traits=(0, 1, 0))
    limits = asked(9, 9, most_of=1, traits=2)
    priced = price_alone(three, limits, groups=1)
    assert priced
    assert priced.comes_to == SCALE
    assert least(three, limits) == 1
    dearer = people((0, 2), (0, 5), (0, 1), groups=(0, 0, NOTHING), traits=(0, 1, 0))
    priced = price_alone(dearer, limits, groups=1)
    assert priced
    # Of a share that is full it is not known which of its prices is the best beside that of the group.
    assert SCALE <= priced.comes_to <= 2 * SCALE
    assert least(dearer, limits) == 2


def test_where_no_two_can_be_apart_or_somebody_has_nothing_open_there_are_no_prices() -> None:
    assert price_alone(people((0,), (0,), groups=(NOTHING, NOTHING)), asked(1), groups=0) is None
    assert price_alone(people((-1, -1), groups=(NOTHING,)), asked(1, 1), groups=0) is None


@st.composite
def rounds(draw: st.DrawFn) -> tuple[Kinds, Asked]:
    """Draw up to five people, some of them in one of two groups and of one of two organisations."""
    sessions, many = draw(st.integers(2, 3)), draw(st.integers(2, 5))
    costs = [tuple(draw(st.permutations(range(sessions)))) for _ in range(many)]
    closed = [draw(st.sampled_from((-1, 0, 1, 2))) for _ in range(many)]
    costs = [
        tuple(-1 if spot == shut else cost for spot, cost in enumerate(each))
        for each, shut in zip(costs, closed, strict=True)
    ]
    groups = tuple(draw(st.integers(NOTHING, 1)) for _ in range(many))
    traits = tuple(draw(st.integers(NOTHING, 1)) for _ in range(many))
    seats = [draw(st.integers(1, many)) for _ in range(sessions)]
    floor = tuple(draw(st.integers(0, 1)) for _ in range(sessions))
    limits = asked(*seats, least=floor, most_of=draw(st.integers(1, 3)), traits=2)
    return people(*costs, groups=groups, traits=traits), limits


@given(drawn=rounds())
@examples(200)
def test_prices_are_never_above_what_a_round_comes_to(drawn: tuple[Kinds, Asked]) -> None:
    kinds, limits = drawn
    priced, known = price_alone(kinds, limits, groups=2), least(kinds, limits)
    if known is None or priced is None:
        assert known is None
        return
    assert priced.comes_to <= SCALE * known
    alone = price_by_flow(kinds, limits, np.zeros((2, len(limits.most)), dtype=np.int64))
    assert alone
    assert priced.comes_to >= alone.comes_to
    assert priced.comes_to == _proven(kinds, limits, priced.seats, priced.shares, priced.apart)


def _proven(kinds: Kinds, limits: Asked, seats: Ints, shares: Ints, apart: Ints) -> int:
    """Return what nothing is below at prices, whoever they are of."""
    nobody = np.zeros((1, len(seats)), dtype=np.int64)
    paid = seats + np.vstack([shares, nobody])[kinds.traits] + np.vstack([apart, nobody])[kinds.groups]
    ways = np.where(kinds.costs < NEVER, kinds.costs + paid, NEVER)
    worth = (np.maximum(0, seats) * limits.most + np.minimum(0, seats) * limits.least).sum()
    given_back = worth + (shares * limits.most_of).sum() + apart.sum()
    return int((ways.min(axis=1) * kinds.counts).sum() - given_back)


@pytest.mark.parametrize("members", [2, 3])
def test_a_group_of_as_many_as_there_are_sessions_takes_them_all(members: int) -> None:
    """Each of them wants the first session, and so one takes each step there is."""
    costs = [tuple(range(members)) for _ in range(members)]
    priced = price_alone(people(*costs, groups=(0,) * members), asked(*(9,) * members), groups=1)
    assert priced
    assert priced.comes_to == SCALE * sum(range(members))
