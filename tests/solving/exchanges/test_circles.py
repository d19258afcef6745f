"""The cheapest circle is the one that looking at all of them finds."""

from __future__ import annotations

from itertools import permutations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from midtvejs.solving.exchanges.circles import CLOSED, cheapest_circle, cheapest_swap
from midtvejs.solving.instance.arrays import Flags, Ints
from tests.examples import examples

COSTS = st.one_of(st.integers(-9, 9), st.just(CLOSED))


@st.composite
def parties(draw: st.DrawFn) -> tuple[Ints, Ints, Ints]:
    """Draw what it costs parties to go where, where each is, and what it costs if nobody goes."""
    count, sessions = draw(st.integers(1, 7)), draw(st.integers(2, 5))
    rises = draw(arrays(np.int64, (count, sessions), elements=COSTS))
    own = draw(arrays(np.int64, count, elements=st.integers(0, sessions - 1)))
    rises[np.arange(count), own] = CLOSED
    vacancies = draw(arrays(np.int64, (sessions, sessions), elements=st.sampled_from([0, CLOSED])))
    np.fill_diagonal(vacancies, CLOSED)
    return rises, own, vacancies


def between(rises: Ints, own: Ints, session: int, other: int) -> int:
    return int(rises[own == session, other].min(initial=CLOSED))


@given(drawn=parties())
@examples(300)
def test_a_circle_costs_the_least_that_any_does(drawn: tuple[Ints, Ints, Ints]) -> None:
    rises, own, vacancies = drawn
    found = cheapest_circle(rises, own, vacancies)
    sessions = rises.shape[1]
    costs = []
    for length in (2, 3):
        for circle in permutations(range(sessions), length):
            first, *onward = zip(circle, (*circle[1:], circle[0]), strict=True)
            cost = between(rises, own, *first)
            cost += sum(min(between(rises, own, *way), int(vacancies[way])) for way in onward)
            costs.append(cost)
    assert found.cost == min(costs)
    if found.cost >= CLOSED // 2:
        return
    moves = found.moves
    left, entered = [left for _, left, _ in moves], [to for _, _, to in moves]
    assert len({party for party, _, _ in moves}) == len(moves) == len({*left}) == len({*entered})
    assert all(own[party] == session for party, session, _ in moves)
    assert sum(rises[party, to] for party, _, to in moves) == found.cost
    # Where nobody takes the place of whoever left, there is a seat where somebody came.
    spare = set(entered) - set(left)
    lacking = set(left) - set(entered)
    assert len(spare) == len(lacking) <= 1


def test_a_circle_needs_somebody_to_go() -> None:
    """All sessions have seats to spare, and it costs the only one there is a step to go."""
    free = np.where(np.eye(3, dtype=np.bool_), CLOSED, 0)
    assert cheapest_circle(np.array([[CLOSED, 1, 2]]), np.array([0]), free).cost == 1


def test_three_are_cheaper_than_two() -> None:
    """Each of three would like to be where the next one is, and nobody where the one before them is."""
    rises = np.array([[CLOSED, -1, 5], [5, CLOSED, -1], [-1, 5, CLOSED]])
    nowhere = np.full((3, 3), CLOSED)
    circle = cheapest_circle(rises, np.array([0, 1, 2]), nowhere)
    assert (circle.cost, circle.moves) == (-3, ((0, 0, 1), (1, 1, 2), (2, 2, 0)))


@st.composite
def alike(draw: st.DrawFn) -> tuple[Ints, Flags, Ints, Ints, Flags]:
    rises, own, _ = draw(parties())
    count, sessions = rises.shape
    traits = draw(arrays(np.int64, (count, 2), elements=st.integers(0, 2)))
    too_many = draw(arrays(np.bool_, (3, sessions)))
    limited = np.asarray(traits < 2)
    return rises, too_many[traits] & limited[:, :, None], traits, own, limited


@given(drawn=alike())
@examples(300)
def test_two_who_are_alike_swap_where_nothing_else_is_in_the_way(
    drawn: tuple[Ints, Flags, Ints, Ints, Flags],
) -> None:
    rises, too_many, traits, own, limited = drawn
    swap = cheapest_swap(rises, too_many, traits, own, limited)

    def cost(party: int, place: int, to: int) -> int:
        others = too_many[party, :, to].sum() - too_many[party, place, to]
        return CLOSED if others else int(rises[party, to])

    costs = [
        cost(one, place, int(own[other])) + cost(other, at, int(own[one]))
        for one in range(len(own))
        for other in range(len(own))
        for place in np.flatnonzero(limited[one]).tolist()
        for at in np.flatnonzero(limited[other]).tolist()
        if own[one] != own[other] and traits[one, place] == traits[other, at]
    ]
    least = min(costs, default=CLOSED)
    if least < CLOSED // 2:
        assert swap is not None
        assert swap.cost == least
        (one, left, to), (other, back, came) = swap.moves
        assert (own[one], own[other], to, came) == (left, back, back, left)
        assert rises[one, to] + rises[other, came] == least
    else:
        assert swap is None or swap.cost >= CLOSED // 2
