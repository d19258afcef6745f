"""The lottery asks nobody but the seed and those whom it draws, and nobody can aim at a place in it alone."""

from __future__ import annotations

import random
from dataclasses import replace
from itertools import permutations
from statistics import mean

from hypothesis import given
from hypothesis import strategies as st

from midtvejs.domain.lots import Lottery, draw_lots
from midtvejs.domain.participants import Participant
from tests import conferences
from tests.examples import examples
from tests.strategies import NAMES, seeds

PEOPLE = tuple(conferences.person(name, "1A") for name in NAMES)


ADDRESSES = 1000


@given(seed=seeds, dice=st.randoms(use_true_random=False))
@examples(50)
def test_the_order_of_rows_changes_nothing(seed: int, dice: random.Random) -> None:
    shuffled = dice.sample(PEOPLE, len(PEOPLE))
    assert draw_lots(iter(shuffled), seed) == draw_lots(PEOPLE, seed)


def test_one_more_draws_all_others_anew() -> None:
    *others, last = PEOPLE
    orders = {draw_lots(others, seed) == _without(last, draw_lots(PEOPLE, seed)) for seed in range(20)}
    assert orders == {False}


def _without(person: Participant, people: tuple[Participant, ...]) -> tuple[Participant, ...]:
    return tuple(each for each in people if each != person)


def test_where_one_key_ends_and_the_next_begins_is_told_apart() -> None:
    ends = [_two("an", "nabo"), _two("anna", "bo")]
    lots = [Lottery.among(people, 7).lot_of(PEOPLE[0]) for people in ends]
    assert lots[0] != lots[1]


def _two(one: str, other: str) -> tuple[Participant, Participant]:
    return conferences.person(one, ""), conferences.person(other, "")


def test_another_turn_draws_the_same_people_anew() -> None:
    lottery = Lottery.among(PEOPLE, 7)
    turns = [sorted(PEOPLE, key=lambda each: lottery.lot_of(each, turn)) for turn in range(3)]
    assert len(set(map(tuple, turns))) == 3


# An address that is made up for the draw


def crowd(size: int) -> tuple[Participant, ...]:
    people = (conferences.person(f"Person {number}", "1A") for number in range(size))
    return tuple(replace(each, email=f"{number}@skole.dk") for number, each in enumerate(people))


def addressed(number: int) -> Participant:
    return replace(conferences.person("Ida", "1A"), email=f"ida+{number}@skole.dk")


def place_of(person: Participant, others: tuple[Participant, ...], seed: int) -> int:
    """Return how many are drawn before a participant."""
    lottery = Lottery.among((person, *others), seed)
    own = lottery.lot_of(person)
    return sum(lottery.lot_of(each) < own for each in others)


def best_addresses(others: tuple[Participant, ...], seed: int, number: int) -> list[Participant]:
    """Return those among a thousand addresses with which one who knows the others is drawn earliest."""
    tried = map(addressed, range(ADDRESSES))
    return sorted(tried, key=lambda each: place_of(each, others, seed))[:number]


def test_a_thousand_addresses_aim_at_nothing_when_anybody_signs_up_after() -> None:
    everybody = crowd(179)
    # The 177th, who knows the seed and all who came before.
    aimed = best_addresses(everybody[:176], 2018, 20)
    assert max(place_of(each, everybody[:176], 2018) for each in aimed) < 10
    places = [place_of(each, everybody, 2018) for each in aimed]
    assert 60 < mean(places) < 120
    # As any twenty addresses would, they come to lie all over.
    assert min(places) < 45
    assert max(places) > 135


def test_nor_do_they_for_one_who_knows_the_seed_and_no_others() -> None:
    tried = map(addressed, range(ADDRESSES))
    aimed = sorted(tried, key=lambda each: Lottery.among([each], 2018).lot_of(each))[:20]
    assert 60 < mean(place_of(each, crowd(179), 2018) for each in aimed) < 120


def test_the_last_one_who_knows_all_others_and_the_seed_can_aim() -> None:
    # Which is why a seed is to be drawn once sign-up has closed.
    everybody = crowd(179)
    aimed = best_addresses(everybody, 2018, 1)
    assert place_of(aimed[0], everybody, 2018) == 0
    drawn = [place_of(aimed[0], everybody, seed) for seed in range(1000, 1040)]
    assert 60 < mean(drawn) < 120


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
