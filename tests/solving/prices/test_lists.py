"""One list for several rounds, by prices: the least there is, and all days that are nearly the cheapest."""

from __future__ import annotations

from collections.abc import Collection
from itertools import product

import numpy as np
from hypothesis import assume, given
from hypothesis import strategies as st

from midtvejs.domain.assignment import Assignment
from midtvejs.domain.fairness import OVER_REGRETS, OVER_SEATS, Criterion, Seat
from midtvejs.domain.profile import profile
from midtvejs.domain.program import Round
from midtvejs.solving.instance.arrays import Ints
from midtvejs.solving.instance.case import STANDING, case_of
from midtvejs.solving.instance.count import worth
from midtvejs.solving.instance.crowd import aggregate_case
from midtvejs.solving.instance.linear import LinearList
from midtvejs.solving.instance.listed import ListLeaf
from midtvejs.solving.prices.columns import columns_of
from midtvejs.solving.prices.free_form import free_form
from midtvejs.solving.prices.lists import NEVER
from midtvejs.solving.prices.relaxation import SCALE, Objective, Relaxation
from midtvejs.solving.stop import Stop
from tests.brute import every_choice
from tests.conferences import one_list, person
from tests.strategies import Conference, listed_conferences

OBJECTIVES = (
    Objective(criterion=Criterion.TOTAL),
    Objective(criterion=Criterion.TOTAL, worst=3),
    Objective(criterion=Criterion.EVEN, worst=4, kept=((Criterion.TOTAL, 9),)),
    Objective(criterion=Criterion.FIRST, kept=((Criterion.UNLISTED, 2),)),
    Objective(criterion=Criterion.WORST, worst=2),
)


def days_of(conference: Conference) -> list[list[Ints]]:
    """Everybody's lawful days, as the solver numbers them."""
    program, people = conference

    def number(round_: Round, taken: Collection[str], own: Collection[str]) -> int:
        there = (
            index for index, each in enumerate(round_.sessions) if each.key in taken and each.code not in own
        )
        return next(there, len(round_.sessions))

    return [
        [
            np.array([number(round_, taken, each.presents) for round_ in program.rounds])
            for _, taken in every_choice(program, each)
        ]
        for each in people
    ]


@given(conference=listed_conferences(), data=st.data())
def test_the_table_finds_the_cheapest_day_and_all_that_are_near_it(
    conference: Conference, data: st.DataObject
) -> None:
    aggregate = aggregate_case(case_of(*conference))
    assume(any(isinstance(leaf, ListLeaf) for leaf in aggregate.leaves))
    objective = data.draw(st.sampled_from(OBJECTIVES))
    relaxation = Relaxation(aggregate, objective)
    drawn = st.integers(0, 3 * SCALE)
    prices = np.array(data.draw(st.lists(drawn, min_size=relaxation.size, max_size=relaxation.size)))
    found = relaxation.days(prices)
    slack = data.draw(st.integers(0, 2 * SCALE))
    columns = columns_of(relaxation, prices, np.arange(aggregate.people), slack, most=10**6, stop=Stop())
    assert columns is not None
    for number, days in enumerate(days_of(conference)):
        costs = {tuple(day.tolist()): cost_of(relaxation, prices, day, number) for day in days}
        cheapest = min(costs.values())
        each = found.each[aggregate.row_of[number]]
        capped = min(SCALE, cheapest) if objective.criterion is Criterion.WORST else cheapest
        assert each == capped
        near = {day for day, cost in costs.items() if cost <= each + slack and cost < NEVER}
        if columns.many[number]:
            assert any(wishes.above for wishes in conference[1][number].wishes)
            continue
        theirs = columns.sessions[:, columns.person == number].T
        assert sorted(map(tuple, theirs.tolist())) == sorted(near)
    chosen = np.flatnonzero(found.level != found.LEFT_OUT)
    for row, day in zip(chosen.tolist(), found.choices(chosen).T, strict=True):
        someone = int(np.flatnonzero(aggregate.row_of == row)[0])
        assert cost_of(relaxation, prices, day, someone) == found.each[row]


def cost_of(relaxation: Relaxation, prices: Ints, day: Ints, person_: int) -> int:
    """Add up what a day costs, from what it comes to; NEVER where it has too many steps."""
    aggregate = relaxation.aggregate
    each = worth(aggregate, day[:, None], np.array([person_]))
    regret, worst = each[Criterion.WORST].item(), relaxation.objective.worst
    if worst is not None and regret > worst:
        return NEVER
    weights = relaxation.weights(prices)
    seats = sum(
        prices[part.first + session].item()
        for part, session in zip(aggregate.rounds, day.tolist(), strict=True)
        if session < part.sessions
    )
    sums = {criterion: each[criterion].item() for criterion in (*OVER_SEATS, *OVER_REGRETS)}
    return int(seats + sum(weights[criterion] * value for criterion, value in sums.items()))


@given(conference=listed_conferences())
def test_days_are_worth_what_the_judge_says(conference: Conference) -> None:
    program, people = conference
    case = case_of(program, people)
    aggregate = aggregate_case(case)
    for number, days in enumerate(days_of(conference)):
        for day in days:
            each = worth(aggregate, day[:, None], np.array([number]))
            choice = tuple(
                STANDING if session == part.sessions else session
                for part, session in zip(aggregate.rounds, day.tolist(), strict=True)
            )
            alone = (people[number],)
            seated = case.assignment([choice] * len(people), people)
            one = Assignment(
                program=program, participants=alone, days={alone[0].key: seated.days[alone[0].key]}
            )
            figures = profile(one).criteria
            assert {criterion: each[criterion].item() for criterion in figures} == figures


@given(listed=st.integers(0, 5), rounds=st.integers(1, 3), data=st.data())
def test_a_list_in_sums_is_what_its_seats_come_to(listed: int, rounds: int, data: st.DataObject) -> None:
    places = data.draw(st.lists(st.integers(0, 6), min_size=rounds, max_size=rounds, unique=True))
    places = sorted(min(place, listed) for place in places if place < 7)
    taken = [place for place in places if place < listed]
    linear = LinearList(listed, rounds, rounds)
    seats = [
        Seat(
            steps=place - min(nth, len(taken)),
            listed=listed,
            place=place,
            rounds=rounds,
            spare=nth >= len(taken) and nth - len(taken) < rounds - listed,
        )
        for nth, place in enumerate(places)
    ]
    for amount in OVER_SEATS.values():
        of_places = sum(linear.of_place(amount, place) for place in places)
        assert of_places + linear.of_counts(amount, (len(taken), rounds)) == sum(map(amount, seats))


def test_whoever_wished_for_nothing_has_a_variable_for_each_sitting() -> None:
    day = one_list({code: {1: 9, 2: 9, 3: 9} for code in "ABCDEFGH"}, rounds=3)
    people = (person("Åse", ""), person("Bo", "A > B"))
    aggregate = aggregate_case(case_of(day, people))
    relaxation = Relaxation(aggregate, Objective(criterion=Criterion.TOTAL, worst=3))
    nothing = np.zeros(relaxation.size, dtype=np.int64)
    columns = columns_of(relaxation, nothing, np.arange(2), 0, most=10**6, stop=Stop())
    assert columns is not None
    assert columns.many.tolist() == [True, False]  # 8 x 7 x 6 days are too many to write out
    form = free_form(relaxation, np.arange(2), np.array([0]), first_group=2)
    assert sorted(set(zip(form.round.tolist(), form.session.tolist(), strict=True))) == list(
        product(range(3), range(8))
    )
    assert set(form.person.tolist()) == {0}
