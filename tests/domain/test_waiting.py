"""Whom a freed seat is offered: as the definition says, told by the judge and by trying everybody."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from hypothesis import assume, given

from midtvejs.auditing.audit import audit
from midtvejs.domain.assignment import Assignment, NoLawfulAssignment
from midtvejs.domain.fairness import Criterion
from midtvejs.domain.participants import NO_WISHES, Participant
from midtvejs.domain.profile import regret
from midtvejs.domain.program import Program, Session
from midtvejs.domain.rules import Rules
from midtvejs.domain.waiting import Waiting, find_waiting
from midtvejs.solving.search import draw_lots
from midtvejs.solving.solve import solve
from tests import conferences
from tests.conferences import person, program
from tests.examples import examples
from tests.strategies import (
    Conference,
    conferences_with_rules,
    lawful_conferences,
    listed_conferences,
    listed_conferences_with_rules,
)

ORDERS = (
    (Criterion.WORST, Criterion.TOTAL, Criterion.EVEN),
    (Criterion.SPREAD, Criterion.AVOID_OWN, Criterion.TOTAL),
    (Criterion.FIRST, Criterion.UNLISTED),
)


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
        drawn = [each.name for each in draw_lots(people[1:], seed)]
        assert offered(forth, "1A") == offered(back, "1A") == drawn
        orders.add(tuple(drawn))
    assert len(orders) > 5


def test_nobody_is_offered_a_second_seat_in_a_session_of_their_list() -> None:
    day, people = conferences.held_twice()
    found = find_waiting(seated(day, people, "A B", "B A", "C B"))
    assert [offered((each,), "A") for each in found if each.session.code == "A"] == [["Cai"], ["Cai"]]


# Against the definition


@given(conference=lawful_conferences(max_rounds=2) | conferences_with_rules(max_rounds=2))
@examples(150)
def test_it_is_offered_as_the_definition_says(conference: Conference) -> None:
    check_offers(conference)


@given(conference=listed_conferences() | listed_conferences_with_rules())
@examples(150)
def test_so_it_is_where_sessions_are_held_more_than_once(conference: Conference) -> None:
    check_offers(conference)


def check_offers(conference: Conference) -> None:
    for fairness in ORDERS:
        assignment = seated_whatever_the_wishes(conference, fairness)
        found = find_waiting(assignment)
        assert [each.session.key for each in found] == [
            key for key in assignment.program.sittings if key not in assignment.cancelled
        ]
        for each in found:
            full = each.taken >= each.session.seats
            expected = list(by_definition(assignment, each.session)) if full else []
            told = [(tuple(offer.criteria.values()), offer.participant.key) for offer in each.offers]
            lots = [one.key for one in draw_lots(assignment.participants, assignment.program.rules.seed)]
            assert told == sorted(expected, key=lambda offer: (offer[0], lots.index(offer[1])))


def seated_whatever_the_wishes(conference: Conference, fairness: tuple[Criterion, ...]) -> Assignment:
    day, people = conference
    nothing = (NO_WISHES,) * len(day.blocks)
    try:
        found = solve(day, tuple(replace(each, wishes=nothing) for each in people)).assignment
    except NoLawfulAssignment:
        assume(False)
    return replace(found, program=day.replace_rules(fairness=fairness), participants=people).with_rooms()


def by_definition(assignment: Assignment, full: Session) -> Iterator[tuple[tuple[int, ...], str]]:
    """Return what the criteria come to for everybody who could have one seat more, and would gain by it."""
    fairness = assignment.program.rules.fairness
    larger = replace(
        assignment.program,
        rounds=tuple(
            replace(
                round_,
                sessions=tuple(
                    replace(each, room=replace(each.room, seats=each.room.seats + 1))
                    if each.key == full.key
                    else each
                    for each in round_.sessions
                ),
            )
            for round_ in assignment.program.rounds
        ),
    )
    now = tuple(assignment.criteria[criterion] for criterion in fairness)
    for each in assignment.participants:
        old = assignment.days[each.key]
        new = tuple(
            full.code if any(one.key == full.key for one in round_.sessions) else code
            for round_, code in zip(larger.rounds, old, strict=True)
        )
        moved = Assignment(
            program=larger, participants=assignment.participants, days={**assignment.days, each.key: new}
        )
        verdict = audit(moved, assignment.participants)
        if verdict.lawful and regret(each, new, larger) < regret(each, old, larger):
            criteria = tuple(verdict.criteria[criterion] for criterion in fairness)
            if criteria <= now:
                yield criteria, each.key
