"""The lottery asks nobody but the seed and those whom it draws."""

from __future__ import annotations

import random
from itertools import permutations

from hypothesis import given
from hypothesis import strategies as st

from midtvejs.domain.lots import draw_lots
from tests import conferences
from tests.examples import examples
from tests.strategies import NAMES, seeds

PEOPLE = tuple(conferences.person(name, "1A") for name in NAMES)


@given(seed=seeds, some=st.sets(st.sampled_from(NAMES)), dice=st.randoms(use_true_random=False))
@examples(50)
def test_the_order_of_some_is_theirs_whoever_else_takes_part(
    seed: int, some: set[str], dice: random.Random
) -> None:
    shuffled = dice.sample(PEOPLE, len(PEOPLE))
    alone = draw_lots((person for person in shuffled if person.name in some), seed)
    assert alone == tuple(person for person in draw_lots(PEOPLE, seed) if person.name in some)


def test_seeds_draw_differently_and_put_everybody_first_sometimes() -> None:
    orders = [draw_lots(PEOPLE, seed) for seed in range(100)]
    assert {order[0].name for order in orders} == set(NAMES)
    assert {order[-1].name for order in orders} == set(NAMES)
    assert len(set(orders)) > 90


def test_three_people_come_in_every_order() -> None:
    three = PEOPLE[:3]
    assert {draw_lots(three, seed) for seed in range(100)} == set(permutations(three))


def test_wishes_change_nothing_in_the_draw() -> None:
    other = tuple(conferences.person(name, "1B > 1A") for name in NAMES)
    assert [person.name for person in draw_lots(other, 3)] == [person.name for person in draw_lots(PEOPLE, 3)]


def test_the_same_email_written_otherwise_is_the_same_lot() -> None:
    loud = tuple(conferences.person(name.upper(), "1A") for name in NAMES)
    assert [person.key for person in draw_lots(loud, 7)] == [person.key for person in draw_lots(PEOPLE, 7)]


def test_any_seed_will_do_however_large() -> None:
    seeds = [2**128 - 1, 2**128, 2**128 + 1, 2**256, 10**1000]
    orders = {draw_lots(PEOPLE, seed) for seed in seeds}
    assert len(orders) == len(seeds)
    assert {frozenset(order) for order in orders} == {frozenset(PEOPLE)}
