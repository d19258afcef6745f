"""Those whom groups bind are seated first, and make room for each other where too few seats are left."""

from __future__ import annotations

import numpy as np

from midtvejs.solving.flows.network import Asked
from midtvejs.solving.flows.parties import ANYWHERE, Party, place_parties
from midtvejs.solving.instance.arrays import Ints


def party(
    size: int,
    *,
    at: int = ANYWHERE,
    apart: tuple[int, ...] = (),
    traits: tuple[tuple[int, int], ...] = (),
) -> Party:
    return Party(members=tuple(range(size)), at=at, apart=apart, traits=traits)


def placed(parties: list[Party], costs: list[list[int]], seats: list[int], most_of: int = 9) -> object:
    asked = Asked(
        most=np.array(seats),
        least=np.zeros(len(seats), dtype=np.int64),
        most_of=np.full((1, len(seats)), most_of, dtype=np.int64),
        least_of=np.zeros((1, len(seats)), dtype=np.int64),
    )
    table: Ints = np.array(costs, dtype=np.int64)
    return place_parties(parties, table, np.zeros(len(seats), dtype=np.int64), asked)


def test_a_party_goes_where_it_costs_least_and_the_larger_first() -> None:
    assert placed([party(2), party(3)], [[0, 1], [0, 1]], [3, 3]) == [1, 0]


def test_who_presents_is_where_they_are_and_others_come_to_them() -> None:
    assert placed([party(1, at=1), party(0, at=0)], [[0, 9], [0, 0]], [3, 3]) == [1, 0]


def test_those_who_are_to_be_apart_are() -> None:
    assert placed([party(1, apart=(7,)), party(1, apart=(7,))], [[0, 1], [0, 2]], [3, 3]) == [0, 1]
    assert placed([party(1, apart=(7,)), party(0, at=0, apart=(7,))], [[0, 1], [0, 0]], [3, 3]) == [1, 0]


def test_no_more_of_one_trait_are_in_a_session_than_may_be() -> None:
    parties = [party(2, traits=((0, 2),)), party(2, traits=((0, 1),))]
    assert placed(parties, [[0, 1], [0, 1]], [9, 9], most_of=2) == [0, 1]


def test_parties_swap_until_the_seats_that_are_left_come_together() -> None:
    """Two threes and three twos have six seats and six: the last two find one left here, and one there."""
    parties = [party(3), party(3), party(2), party(2), party(2)]
    found = placed(parties, [[0, 9], [9, 0], [0, 9], [0, 9], [0, 9]], [6, 6])
    assert isinstance(found, list)
    assert sorted(found[:2]) in ([0, 0], [1, 1])
    assert sorted(found[2:]) == [1 - found[0]] * 3


def test_what_has_no_place_is_said() -> None:
    assert placed([party(2), party(2)], [[0, 0], [0, 0]], [3, 1]) is None
