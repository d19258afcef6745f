from __future__ import annotations

from dataclasses import replace

from hypothesis import given

from midtvejs.domain.demand import demand
from midtvejs.domain.participants import NO_WISHES
from midtvejs.domain.profile import first_wishes
from midtvejs.domain.rules import Pin
from tests.conferences import one_list, person, program
from tests.strategies import Conference, lawful_conferences


def test_counted_by_hand() -> None:
    day = program({"1A": 1, "1B": 5})
    people = (
        person("Åse", "1A > 1B"),
        person("Bo", "1A"),
        person("Cai", ""),
        person("Dea", "1B > 1A", presents="1A"),
        replace(person("Eva", "1B"), absent=frozenset({"R1"})),
    )
    (only,) = demand(day, people)
    assert [(each.session.code, each.first, each.listed, each.beyond) for each in only.sessions] == [
        ("1A", 2, 2, 1),
        ("1B", 0, 1, 0),
    ]
    assert (only.whole, only.partial, only.empty, only.participants, only.beyond) == (1, 1, 1, 3, 1)
    assert only.crowded == 1


def test_a_list_is_crowded_that_names_all_it_can_of_what_is_over_subscribed_and_nothing_else() -> None:
    day = program({"1A": 1, "1B": 1, "1C": 9})
    people = (
        *(person(name, "1A > 1B") for name in ("Åse", "Bo")),
        *(person(name, "1B") for name in ("Cai", "Dea")),
        person("Eva", "1A > 1C"),
        person("Fie", "1A > 1B > 1C"),
        person("Gry", ""),
        # For anyone who may not be in 1C the first list is a whole one.
        replace(person("Hal", "1A > 1B"), pins=(Pin(code="1C", participant="Hal", holds=False),)),
    )
    (only,) = demand(day, people)
    assert (only.whole, only.partial, only.crowded) == (2, 5, 4)
    roomy = program({"1A": 1, "1B": 2, "1C": 9})
    assert demand(roomy, people)[0].crowded == 0


def test_nobody_at_all() -> None:
    (only,) = demand(program({"1A": 1}), ())
    assert (only.participants, only.beyond, only.sessions[0].listed) == (0, 0, 0)


@given(lawful_conferences())
def test_what_is_counted_at_once_is_what_one_counts_one_by_one(conference: Conference) -> None:
    day, people = conference
    first = first_wishes(day, people)
    for index, each in enumerate(demand(day, people)):
        choosing = [one.wishes[index] for one in people if not one.presents_in(each.round)]
        assert each.participants == len(choosing)
        assert each.empty == choosing.count(NO_WISHES)
        assert each.whole == sum(len(wishes.codes) == len(each.round.sessions) for wishes in choosing)
        for session in each.sessions:
            code = session.session.code
            assert session.first == first[code]
            assert session.listed == sum(code in wishes.codes for wishes in choosing)


def test_of_one_list_for_three_rounds_the_first_three_count_against_all_seats_together() -> None:
    held = {"A": {1: 1, 2: 1, 3: 1}, "B": {1: 2}, "C": {2: 9}, "D": {3: 9}}
    day = one_list(held, rounds=3)
    people = (
        *(person(name, "A > B > C > D") for name in ("Åse", "Bo", "Cai", "Dea")),
        person("Eva", "B", presents="D"),
        replace(person("Fie", "D > C > A"), absent=frozenset({"R1", "R3"})),
        replace(person("Gry", "A"), absent=frozenset({"R1", "R2", "R3"})),
    )
    (only,) = demand(day, people)
    counted = [
        (each.session.code, each.first, each.listed, each.seats, each.beyond) for each in only.sessions
    ]
    assert counted == [("A", 4, 5, 3, 1), ("B", 5, 5, 2, 3), ("C", 4, 5, 9, 0), ("D", 1, 5, 9, 0)]
    assert {each.session.code: each.first for each in only.sessions} == first_wishes(day, people)
    assert only.choosing == (5, 6, 4)
    # Fie can choose A and C alone.
    assert (only.whole, only.partial, only.empty, only.beyond) == (5, 1, 0, 4)


def test_what_goes_on_through_two_rounds_has_its_seats_once() -> None:
    day = one_list({"D": {1: 3}, "A": {1: 1, 2: 1}}, rounds=2, lasting={"D": (1, 2)})
    (only,) = demand(day, (person("Åse", "D > A"),))
    assert {each.session.code: each.seats for each in only.sessions} == {"D": 3, "A": 2}


def test_a_round_with_a_single_session_asks_nobody() -> None:
    assert [each.asked for each in demand(program({"1A": 1}, {"2A": 1, "2B": 1}), ())] == [False, True]
