"""Whom a freed seat is offered: as the definition says, told by the judge and by trying everybody."""

from __future__ import annotations

from hypothesis import given

from midtvejs.domain.assignment import Assignment
from midtvejs.domain.fairness import Criterion
from midtvejs.domain.lots import draw_lots
from midtvejs.domain.participants import Participant
from midtvejs.domain.profile import regret
from midtvejs.domain.program import Program
from midtvejs.domain.rules import Rules
from midtvejs.domain.waiting import Waiting, find_waiting
from tests import conferences
from tests.conferences import person, program
from tests.examples import examples
from tests.strategies import (
    Conference,
    lawful_conferences,
    listed_conferences,
)
from tests.what_if_moved import ORDERS, every_move, seated_whatever_the_wishes


def seated(day: Program, people: tuple[Participant, ...], *codes: str) -> Assignment:
    days = {each.key: tuple(code.split()) for each, code in zip(people, codes, strict=True)}
    return Assignment(program=day, participants=people, days=days)


def offered(found: tuple[Waiting, ...], code: str) -> list[str]:
    (waiting,) = [each for each in found if each.session.code == code]
    return [offer.participant.name for offer in waiting.offers]


# On a day that can be looked at by hand


def test_the_worst_off_comes_before_who_would_gain_as_much() -> None:
    day = program({"1A": 1, "1B": 3, "1C": 2}, {"2A": 2, "2B": 4})
    people = (
        person("Åse", "1A", "2A"),
        person("Bo", "1A > 1B", "2A > 2B"),
        person("Cai", "1A > 1B", "2A > 2B"),
        person("Dea", "1A > 1C > 1B", "2A > 2B"),
    )
    found = find_waiting(seated(day, people, "1A 2A", "1B 2B", "1B 2A", "1B 2B"))

    assert offered(found, "1A") == ["Dea", "Bo", "Cai"]
    assert offered(found, "2A") == ["Dea", "Bo"]
    (first, *_) = found[0].offers
    assert (first.gain, [code for _, code in first.leaves]) == (2, ["1B"])
    assert first.criteria == {Criterion.WORST: 2, Criterion.TOTAL: 4, Criterion.EVEN: 6}


def test_free_seats_are_counted_and_nobody_waits_for_them() -> None:
    day = program({"1A": 2, "1B": 3})
    people = (person("Åse", "1A > 1B"), person("Bo", "1B > 1A"))
    found = find_waiting(seated(day, people, "1B", "1A"))

    assert [(each.session.code, each.taken, each.free, each.offers) for each in found] == [
        ("1A", 1, 1, ()),
        ("1B", 1, 2, ()),
    ]


def test_where_all_come_to_the_same_the_lottery_decides_and_not_the_rows() -> None:
    names = ("Åse", "Bo", "Cai", "Dea", "Eva")
    people = tuple(person(name, "1A > 1B") for name in names)
    orders = set()
    for seed in range(20):
        day = program({"1A": 1, "1B": 9}, rules=Rules(seed=seed))
        forth = find_waiting(seated(day, people, "1A", *["1B"] * 4))
        back = find_waiting(seated(day, people[::-1], *["1B"] * 4, "1A"))
        drawn = [each.name for each in draw_lots(people, seed) if each.name != "Åse"]
        assert offered(forth, "1A") == offered(back, "1A") == drawn
        orders.add(tuple(drawn))
    assert len(orders) > 5


def test_nobody_is_offered_a_second_seat_in_a_session_of_their_list() -> None:
    day, people = conferences.held_twice()
    found = find_waiting(seated(day, people, "A B", "B A", "C B"))
    assert [offered((each,), "A") for each in found if each.session.code == "A"] == [["Cai"], ["Cai"]]


# Against the definition


@given(conference=lawful_conferences() | listed_conferences())
@examples(60)
def test_it_is_offered_as_the_definition_says(conference: Conference) -> None:
    for fairness in ORDERS:
        assignment = seated_whatever_the_wishes(conference, fairness)
        lots = [each.key for each in draw_lots(assignment.participants, assignment.program.rules.seed)]
        now = tuple(assignment.criteria[criterion] for criterion in fairness)
        for found in find_waiting(assignment):
            moves = every_move(assignment, found.session) if found.taken >= found.session.seats else []
            expected = [
                (criteria, lots.index(each.key))
                for each, day, criteria in moves
                if criteria and criteria <= now
                if regret(each, day, assignment.program) < assignment.profile.regrets[each.key]
            ]
            told = [
                (tuple(offer.criteria.values()), lots.index(offer.participant.key)) for offer in found.offers
            ]
            assert told == sorted(expected)
