"""What a list brings that is shorter than the true one: what holds, by brute force, and what does not."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import permutations, product

from hypothesis import given
from hypothesis import strategies as st

from midtvejs.domain.fairness import Criterion
from midtvejs.domain.participants import Participant, Wishes
from midtvejs.domain.profile import regret
from midtvejs.domain.program import Program
from midtvejs.solving.solve import solve
from tests.conferences import person, program
from tests.examples import examples
from tests.strategies import lawful_conferences, listed_conferences

WORST, TOTAL, EVEN, UNLISTED = Criterion.WORST, Criterion.TOTAL, Criterion.EVEN, Criterion.UNLISTED
Days = tuple[tuple[str, ...], ...]
"""Everybody's day, in the order of the participants."""

FOUR_SEATS = program(dict.fromkeys(("1A", "1B", "1C", "1D"), 1), dict.fromkeys(("2A", "2B", "2C", "2D"), 1))
TRUE = (
    person("Åse", "1B > 1D > 1C > 1A", "2C > 2B > 2A > 2D"),
    person("Bo", "1D > 1B > 1C > 1A", "2D > 2A > 2C > 2B"),
    person("Cai", "1C > 1B > 1D > 1A", "2B > 2D > 2A > 2C"),
    person("Dea", "1B > 1D > 1C > 1A", "2C > 2D > 2A > 2B"),
)
SHORT = (person("Åse", "1B > 1D > 1C", "2C"), *TRUE[1:])


def every_way(day: Program, people: tuple[Participant, ...]) -> Iterator[Days]:
    """Return each way to seat people, one to a seat, in rounds in which everybody attends."""
    rounds = [
        set(permutations([each.code for each in round_.sessions for _ in range(each.seats)], len(people)))
        for round_ in day.rounds
    ]
    for seats in product(*map(sorted, rounds)):
        yield tuple(zip(*seats, strict=True))


def fairest(day: Program, people: tuple[Participant, ...], fairness: tuple[Criterion, ...]) -> set[Days]:
    """Return all assignments than which none is fairer, by the lists that people have."""

    def worth(days: Days) -> list[int]:
        regrets = [regret(each, its) for each, its in zip(people, days, strict=True)]
        unlisted = [
            bool(wishes.codes) and code not in wishes.codes
            for each, its in zip(people, days, strict=True)
            for wishes, code in zip(each.wishes, its, strict=True)
        ]
        counted = {
            WORST: max(regrets),
            TOTAL: sum(regrets),
            EVEN: sum(each * each for each in regrets),
            UNLISTED: sum(unlisted),
        }
        return [counted[each] for each in fairness]

    ways = {days: worth(days) for days in every_way(day, people)}
    least = min(ways.values())
    return {days for days, worth_ in ways.items() if worth_ == least}


def regrets_of(liar: Participant, optima: set[Days]) -> set[int]:
    """Return what the first participant's day comes to by a list, in each of the optima."""
    return {regret(liar, days[0]) for days in optima}


# What does not hold


def test_over_several_rounds_a_shorter_list_may_bring_a_better_day() -> None:
    order = (WORST, TOTAL, EVEN)
    assert regrets_of(TRUE[0], fairest(FOUR_SEATS, TRUE, order)) == {3}
    assert regrets_of(TRUE[0], fairest(FOUR_SEATS, SHORT, order)) == {2}
    for people, comes_to in ((TRUE, 3), (SHORT, 2)):
        days = solve(FOUR_SEATS, people).assignment.days
        assert regret(TRUE[0], days[TRUE[0].key]) == comes_to


def test_where_seats_that_nobody_listed_count_a_short_list_pays_in_a_single_round() -> None:
    day = program({"1A": 1, "1B": 1})
    true = (person("Åse", "1A > 1B"), person("Bo", "1A > 1B"))
    short = (person("Åse", "1A"), true[1])
    assert regrets_of(true[0], fairest(day, true, (UNLISTED,))) == {0, 1}
    assert regrets_of(true[0], fairest(day, short, (UNLISTED,))) == {0}


def test_what_is_left_out_further_up_may_count_more() -> None:
    assert regret(person("Åse", "1A > 1B > 1C"), ("1B",)) == 1
    assert regret(person("Åse", "1A > 1C"), ("1B",)) == 2


# What holds


def cut(person: Participant, data: st.DataObject) -> Participant:
    """Leave the last wishes out of each list; equals stay together."""
    wishes = tuple(_cut(each, data.draw(st.integers(0, len(each.tiers)))) for each in person.wishes)
    return replace(person, wishes=wishes)


def _cut(wishes: Wishes, tiers: int) -> Wishes:
    return wishes.without({code for tier in wishes.tiers[tiers:] for code in tier})


@given(data=st.data())
@examples(100)
def test_a_list_that_is_cut_at_its_end_makes_no_day_count_for_more(data: st.DataObject) -> None:
    day, people = data.draw(lawful_conferences() | listed_conferences())
    codes = [[session.code for session in round_.sessions] for round_ in day.rounds]
    for each in people:
        shorter = cut(each, data)
        for its in product(*codes):
            assert regret(shorter, its, day) <= regret(each, its, day)


ORDERS = [order for length in (1, 2, 3) for order in permutations((WORST, TOTAL, EVEN), length)]


@given(data=st.data())
@examples(100)
def test_in_one_round_it_brings_a_better_seat_only_where_that_is_as_fair(data: st.DataObject) -> None:
    sessions = ("1A", "1B", "1C", "1D")[: data.draw(st.integers(2, 4))]
    seats = {code: data.draw(st.integers(1, 2)) for code in sessions}
    size = data.draw(st.integers(2, min(4, sum(seats.values()))))
    lists = [data.draw(st.permutations(sessions)) for _ in range(size)]
    people = tuple(person(f"Person {number}", " > ".join(each)) for number, each in enumerate(lists))
    shorter = (cut(people[0], data), *people[1:])
    order = data.draw(st.sampled_from(ORDERS))
    day = program(seats)
    true, told = fairest(day, people, order), fairest(day, shorter, order)
    most = max(regrets_of(people[0], true))
    assert all(regret(people[0], days[0]) >= most for days in told - true)
