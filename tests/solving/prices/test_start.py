"""Where every search starts is lawful, and gives first wishes by the lottery."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given

from midtvejs.domain.fairness import Criterion
from midtvejs.solving.instance.choices import measure
from midtvejs.solving.instance.count import count_choices
from midtvejs.solving.instance.crowd import aggregate_case
from midtvejs.solving.prices.start import reseat, seat_quickly
from midtvejs.solving.queue.in_turn import seat_in_turn
from midtvejs.solving.stop import Stop
from tests import conferences
from tests.examples import examples
from tests.solving.cases import assigned, case_for, crowded, judged, listed
from tests.strategies import Conference, lawful_conferences, seeds


@given(conference=lawful_conferences(), seed=seeds)
@examples(50)
def test_both_starts_are_lawful_and_counted_as_the_audit_counts(conference: Conference, seed: int) -> None:
    case = case_for(conference, seed)
    aggregate = aggregate_case(case)
    for choices in (seat_in_turn(case), listed(aggregate, seat_quickly(aggregate))):
        assert judged(case, choices).items() <= measure(case, choices).items()


def test_among_equals_the_earlier_lot_gets_the_seat_and_who_wishes_nothing_the_rest() -> None:
    program = conferences.program({"1A": 1, "1B": 1, "1C": 1})
    people = (
        conferences.person("Åse", "1A > 1B"),
        conferences.person("Bo", "1A > 1B"),
        conferences.person("Cai", ""),
    )
    for seed in range(10):
        case = case_for((program, people), seed)
        aggregate = aggregate_case(case)
        lucky, unlucky = (person for person in case.participants if person.wishes[0].codes)
        for choices in (seat_in_turn(case), listed(aggregate, seat_quickly(aggregate))):
            days = assigned(case, choices).days
            assert (days[lucky.key], days[unlucky.key], days[people[2].key]) == (("1A",), ("1B",), ("1C",))


@pytest.mark.parametrize("seed", [1, 2, 3, 4])
def test_seating_anew_keeps_what_was_reached_and_lowers_the_rest(seed: int) -> None:
    aggregate = aggregate_case(case_for(crowded(seed, 60)))
    start = seat_quickly(aggregate)
    before = count_choices(aggregate, start)
    worst = before.sums[Criterion.WORST]
    again = count_choices(aggregate, reseat(aggregate, start, limit=worst, stop=Stop()))
    assert (again.taken <= aggregate.seats).all()
    assert again.sums[Criterion.WORST] <= worst
    assert again.sums[Criterion.TOTAL] == before.sums[Criterion.TOTAL]
    assert again.sums[Criterion.EVEN] <= before.sums[Criterion.EVEN]


def test_seating_anew_brings_people_within_a_limit() -> None:
    """Everybody wants 1A and 2A, which have seats for half: two have both, until they give one up each."""
    aggregate = aggregate_case(case_for(conferences.full_house()))
    both_or_none = np.array([[0, 0, 1, 1], [0, 0, 1, 1]])
    assert count_choices(aggregate, both_or_none).sums[Criterion.WORST] == 2
    assert (
        count_choices(aggregate, reseat(aggregate, both_or_none, limit=1, stop=Stop())).sums[Criterion.WORST]
        == 1
    )
