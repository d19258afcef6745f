"""Squares of regrets, summed up by families: no more than they come to, and no less where lists are long."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import combinations
from math import comb

import numpy as np
import pytest
from hypothesis import assume, given

from midtvejs.domain.fairness import Criterion
from midtvejs.solving.placing.counting import Counting, look_at_all
from midtvejs.solving.placing.search import ByWishes, best_of
from midtvejs.solving.placing.squares import Squares
from midtvejs.solving.stop import Stop
from tests.conferences import open_day
from tests.examples import examples
from tests.solving.placing.days import Day, open_days
from tests.solving.placing.test_counting import block_of, crowd, judge_of

CODES = "ABCDEFGHI"


def sum_up_families(judge: ByWishes, times: int, firsts: Sequence[int]) -> tuple[list[int], list[int]]:
    """Return the squares of all placements of nine sessions, three a round, that begin with some sets.

    They are those of ``times`` as many people as there are: first by families, then one by one.
    """
    block = block_of(judge)
    masks = [sum(1 << one for one in some) for some in combinations(range(len(CODES)), 3)]
    places = np.stack([block.row(0, mask) for mask in masks])
    weights = judge.alone.crowd.weights
    squares = Squares([places] * 3, np.full(len(weights), -comb(3, 2)), times * weights)
    everything = (1 << len(CODES)) - 1
    families, one_by_one = [], []
    for first in firsts:
        left = everything ^ masks[first]
        ways = [
            (first, number, masks.index(left ^ mask)) for number, mask in enumerate(masks) if not mask & ~left
        ]
        families.append(np.array(ways).T)
        placed = [(masks[one], masks[two], masks[three]) for one, two, three in ways]
        one_by_one += [times * judge.look(sets).figures[0] for sets in placed]
    return squares.least_of(families).tolist(), one_by_one


@pytest.mark.parametrize("times", [1, 1_000_003])
def test_who_rank_everything_have_the_squares_that_families_come_to(times: int) -> None:
    day = open_day(dict.fromkeys(CODES), rounds=3, rooms=(60,) * 3)
    judge = judge_of(day, crowd(60, len(CODES), seed=5), Criterion.EVEN)
    by_families, one_by_one = sum_up_families(judge, times, range(0, 84, 7))
    assert by_families == one_by_one
    assert len(set(one_by_one)) > comb(6, 3)


@given(conference=open_days())
@examples(100)
def test_what_is_sifted_out_is_never_the_best(conference: Day) -> None:
    program, people = conference
    once = tuple(replace(offer, fewest=1, most=1) for offer in program.offers)
    judge = judge_of(replace(program, offers=once), people, Criterion.EVEN)
    assume(look_at_all(judge, Stop()))
    seen = best_of(judge, 1).best
    counted = Counting(judge, block_of(judge), seen=seen, keep=1, stop=Stop()).count()
    assert [judge.look(each.sets).key[:2] for each in counted.kept] == [seen[0].key[:2]]
