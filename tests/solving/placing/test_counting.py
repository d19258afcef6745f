"""All placements of a day, counted: as many as there are, and none of them better than what is said."""

from __future__ import annotations

import tracemalloc
from dataclasses import replace
from math import comb
from random import Random
from string import ascii_uppercase

import pytest
from hypothesis import given
from hypothesis import strategies as st

from midtvejs.domain.assignment import OutOfTime
from midtvejs.domain.fairness import Criterion
from midtvejs.domain.participants import Participant, Wishes
from midtvejs.domain.planning import ORDERS
from midtvejs.domain.program import Program, Room
from midtvejs.solving.placing.alone import Alone, ByRounds
from midtvejs.solving.placing.counting import (
    Counting,
    block_to_count,
    count_held_once,
    count_sets,
    look_at_all,
)
from midtvejs.solving.placing.crowd import crowd_of
from midtvejs.solving.placing.open_day import OpenDay
from midtvejs.solving.placing.pinned import pinned_participants
from midtvejs.solving.placing.search import ByWishes, best_of
from midtvejs.solving.placing.seats import Seats
from midtvejs.solving.stop import Stop
from tests.conferences import open_day, person, pinned
from tests.every_placement import every_placement
from tests.examples import examples
from tests.solving.placing.days import Day, open_days

KEPT = 500


def judge_of(program: Program, people: tuple[Participant, ...], by: Criterion) -> ByWishes:
    told_apart = frozenset(id_ for each in people for id_ in each.absent)
    day = OpenDay(program=program, told_apart=told_apart, pinned=pinned_participants(people))
    alone = Alone(day, crowd_of(program, people))
    return ByWishes(day=day, alone=alone, seats=Seats(day=day, participants=people), by=by)


def block_of(judge: ByWishes) -> ByRounds:
    block = block_to_count(judge.alone)
    assert isinstance(block, ByRounds)
    return block


def counting_of(judge: ByWishes, keep: int = KEPT) -> Counting:
    return Counting(judge, block_of(judge), seen=(), keep=keep, stop=Stop())


def crowd(people: int, sessions: int, seed: int) -> tuple[Participant, ...]:
    """So many people with full lists, drawn so that the first letters are wanted most."""
    dice = Random(seed)  # noqa: S311 - made-up wishes
    codes = ascii_uppercase[:sessions]

    def ranked() -> tuple[str, ...]:
        return tuple(sorted(codes, key=lambda code: dice.random() * (1 + codes.index(code))))

    return tuple(
        replace(person(f"Deltager {number}", ""), wishes=(Wishes(ranked()),)) for number in range(people)
    )


@given(conference=open_days(), by=st.sampled_from(list(ORDERS)))
def test_counting_finds_what_looking_at_all_finds(conference: Day, by: Criterion) -> None:
    program, people = conference
    once = tuple(replace(offer, fewest=1, most=1) for offer in program.offers)
    program = replace(program, offers=once)
    one_by_one = judge_of(program, people, by)
    exist = look_at_all(one_by_one, Stop())
    counting = counting_of(judge_of(program, people, by))
    counted = counting.count()
    assert counted.exist == exist
    if exist:
        least = best_of(one_by_one, KEPT)
        assert counted.alone == least.alone
        assert {kept.sets for kept in counted.kept} == {seen.sets for seen in least.best}


@given(conference=open_days())
@examples(30)
def test_twins_are_looked_at_once_and_all_others_are(conference: Day) -> None:
    program, people = conference
    judge = judge_of(program, people, Criterion.EVEN)
    look_at_all(judge, Stop())
    found = {judge.day.canonical(judge.day.sets_of(each)) for each in every_placement(program)}
    assert {*judge.tried} == found


@pytest.mark.parametrize("by", list(ORDERS))
def test_of_a_middling_day_the_least_is_proven_by_counting(by: Criterion) -> None:
    people = crowd(60, 9, seed=1)
    day = open_day(dict.fromkeys("ABCDEFGHI"), rounds=3, rooms=(30, 30, 30))
    judge = judge_of(day, people, by)
    counting = counting_of(judge, keep=5)
    counted = counting.count()
    assert counted.exist == count_held_once(judge.day) == comb(9, 3) * comb(6, 3) // 6
    one_by_one = judge_of(day, people, by)
    look_at_all(one_by_one, Stop())
    assert counted.alone == best_of(one_by_one, 1).alone
    # By the highest regret, a search looks at how many have it before all regrets together.
    kept = {each.sets for each in counted.kept}
    assert by is Criterion.WORST or kept == {seen.sets for seen in best_of(one_by_one, 5).best}


@pytest.mark.slow
def test_of_seventeen_sessions_in_three_rounds_the_least_is_proven_by_counting() -> None:
    people = crowd(60, 17, seed=2)
    day = open_day(dict.fromkeys(ascii_uppercase[:17]), rounds=3, rooms=(14,) * 6)
    judge = judge_of(day, people, Criterion.EVEN)
    counting = counting_of(judge, keep=5)
    counted = counting.count()
    even, *_ = counted.alone
    assert counted.exist == comb(17, 5) * comb(12, 6) // 2
    dice = Random(3)  # noqa: S311 - any placements
    for _ in range(50):
        codes = list(range(17))
        dice.shuffle(codes)
        sets = tuple(sum(1 << code for code in codes[start : start + 6]) for start in (0, 6, 12))
        assert judge.look(sets).figures[0] >= even


def test_counting_ends_when_it_is_told_to() -> None:
    day = open_day(dict.fromkeys("ABCDEF"), rounds=3, rooms=(9, 9))
    judge = judge_of(day, crowd(5, 6, 1), Criterion.EVEN)
    stop = Stop()
    block = block_to_count(judge.alone)
    assert block
    counting = Counting(judge, block, seen=(), keep=5, stop=stop)
    stop.ask()
    with pytest.raises(OutOfTime):
        counting.count()


def test_a_round_may_have_few_where_others_are_in_rooms_of_their_own_elsewhere() -> None:
    day = open_day(dict.fromkeys("ABC"), rounds=2, rooms=(9,))
    hall = Room(name="Hallen", seats=9)
    elsewhere = replace(day.offers[0], rooms={"R1": hall, "R2": hall})
    also = replace(day.offers[1], rooms={"R1": replace(hall, name="Loftet")})
    day = replace(day, offers=(elsewhere, also, day.offers[2]))
    people = crowd(3, 3, seed=1)
    one_by_one = judge_of(day, people, Criterion.EVEN)
    there = look_at_all(one_by_one, Stop())
    counting = counting_of(judge_of(day, people, Criterion.EVEN))
    counted = counting.count()
    assert (counted.exist, counted.alone) == (there, best_of(one_by_one, 1).alone)


@pytest.mark.parametrize(("offers", "rounds", "there"), [(4, 4, 15), (5, 4, 51), (5, 3, 41)])
def test_of_rounds_that_are_alike_several_may_be_empty_and_are_counted_once(
    offers: int, rounds: int, there: int
) -> None:
    day = open_day(dict.fromkeys("ABCDE"[:offers]), rounds=rounds, rooms=(9,) * offers)
    one_by_one = judge_of(day, (), Criterion.EVEN)
    assert count_held_once(one_by_one.day) == look_at_all(one_by_one, Stop()) == there


@given(conference=open_days())
@examples(30)
def test_there_are_no_more_placements_and_sets_than_are_reckoned_with(conference: Day) -> None:
    program, people = conference
    once = tuple(replace(offer, fewest=1, most=1) for offer in program.offers)
    judge = judge_of(replace(program, offers=once), people, Criterion.EVEN)
    look_at_all(judge, Stop())
    assert len(judge.tried) <= count_held_once(judge.day)
    held = {(judge.day.stands_for[at], here) for sets in judge.tried for at, here in enumerate(sets) if here}
    assert len(held) <= count_sets(judge.day)


def test_seventeen_sessions_in_three_rounds_of_six_are_in_so_many_sets() -> None:
    day = open_day(dict.fromkeys(ascii_uppercase[:17]), rounds=3, rooms=(9,) * 6)
    assert count_sets(judge_of(day, (), Criterion.EVEN).day) == comb(17, 5) + comb(17, 6)


def banned_from(codes: str, name: str) -> Participant:
    """Somebody who may be in none of their wishes: what they come to is far more than any regret."""
    somebody = replace(person(name, ""), wishes=(Wishes(tuple(codes)),))
    for code in codes:
        somebody = pinned(somebody, code, holds=False)
    return somebody


@pytest.mark.parametrize("by", list(ORDERS))
def test_sums_that_are_too_long_for_four_bytes_are_exact(by: Criterion) -> None:
    day = open_day(dict.fromkeys("ABCDEF"), rounds=3, rooms=(90, 90))
    people = (*crowd(60, 6, seed=4), *(banned_from("ABCDEF", name) for name in ("Åse", "Bo", "Cai")))
    one_by_one = judge_of(day, people, by)
    look_at_all(one_by_one, Stop())
    counted = counting_of(judge_of(day, people, by), keep=1).count()
    least = best_of(one_by_one, 1).alone
    assert counted.alone == least
    assert [one_by_one.look(each.sets).figures for each in counted.kept] == [least]


def test_what_counting_needs_does_not_grow_with_what_regrets_come_to() -> None:
    day = open_day(dict.fromkeys("ABC"), rounds=3, rooms=(900,))
    banned = banned_from("ABC", "Åse")
    people = tuple(replace(banned, name=f"Deltager {number}") for number in range(100))
    judge = judge_of(day, people, Criterion.EVEN)
    tracemalloc.start()
    try:
        counting_of(judge).count()
        assert tracemalloc.get_traced_memory()[1] < 2**20
    finally:
        tracemalloc.stop()


def test_no_more_sets_are_looked_up_when_stopping_is_asked_for() -> None:
    day = open_day(dict.fromkeys("ABCDEF"), rounds=3, rooms=(9, 9))
    judge = judge_of(day, crowd(5, 6, 1), Criterion.EVEN)
    stop, block = Stop(), block_to_count(judge.alone)
    stop.ask()
    assert block
    with pytest.raises(OutOfTime):
        Counting(judge, block, seen=(), keep=5, stop=stop)


def test_of_twins_the_empty_ones_come_last_where_nobody_takes_seats() -> None:
    day = open_day(dict.fromkeys("AB"), rounds=3, rooms=(9, 9))
    there = look_at_all(judge_of(day, (), Criterion.EVEN), Stop())
    counting = counting_of(judge_of(day, (), Criterion.EVEN))
    assert counting.count().exist == there == 2


def test_a_place_far_down_a_list_counts_in_full_beside_one_at_its_head() -> None:
    day = open_day(dict.fromkeys("AB"), rounds=2, rooms=(9,))
    first, second = day.offers
    day = replace(day, offers=(replace(first, rounds=("R1",)), replace(second, rounds=("R2",))))
    elsewhere = tuple(f"X{number}" for number in range(150))
    people = (replace(person("Åse", ""), wishes=(Wishes(("A", *elsewhere, "B")),)),)
    counted = counting_of(judge_of(day, people, Criterion.TOTAL)).count()
    assert counted.alone == (150, 150, 150**2)


def test_what_is_held_several_times_is_not_counted_this_way() -> None:
    day = open_day(dict.fromkeys("AB"), rounds=2, rooms=(9, 9))
    often = replace(day, offers=(replace(day.offers[0], most=2), day.offers[1]))
    assert block_to_count(judge_of(often, crowd(2, 2, 1), Criterion.EVEN).alone) is None


def test_looking_at_all_ends_when_it_is_told_to_and_says_that_it_did() -> None:
    judge = judge_of(open_day(dict.fromkeys("AB"), rounds=2, rooms=(9, 9)), crowd(2, 2, 1), Criterion.EVEN)
    stop = Stop()
    stop.ask()
    assert look_at_all(judge, stop) is None
