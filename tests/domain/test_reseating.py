"""Who could go where once a room is too small: as cheap as the best of all ways that there are."""

from __future__ import annotations

from dataclasses import replace
from itertools import product

from hypothesis import assume, given
from hypothesis import strategies as st

from midtvejs.auditing.audit import audit
from midtvejs.domain.assignment import Assignment
from midtvejs.domain.fairness import Criterion
from midtvejs.domain.profile import regret
from midtvejs.domain.program import Session
from midtvejs.domain.reseating import reseat
from midtvejs.domain.rules import Rules
from midtvejs.domain.seated import Day
from tests.conferences import each_session, person, pinned, program
from tests.examples import examples
from tests.strategies import Conference, lawful_conferences, listed_conferences
from tests.what_if_moved import seated_whatever_the_wishes

Cost = tuple[int, int, int]
FAIRNESS = (Criterion.TOTAL,)


def told(assignment: Assignment, number: int = 0) -> set[str]:
    return {
        f"{each.participant.name}: {each.before} to {each.after}, {each.lost}"
        for each in reseat(assignment, number)
    }


def test_whoever_loses_least_goes_whatever_the_order_of_rows() -> None:
    people = (
        person("Åse", "1A > 1B > 1C"),
        person("Bo", "1A > 1C > 1B"),
        person("Cai", "1A > 1C > 1B"),
        person("Dea", "1C"),
    )
    for row in (people, people[::-1]):
        day = program({"1A": 2, "1B": 1, "1C": 1})
        codes = dict.fromkeys((each.key for each in row), ("1A",)) | {people[3].key: ("1C",)}
        assert told(Assignment(program=day, participants=row, days=codes)) == {"Åse: 1A to 1B, 1"}


def test_one_makes_room_for_the_other_where_nobody_may_go_to_the_free_seat() -> None:
    nowhere = [pinned(person(name, "1A > 1B"), "1C", holds=False) for name in ("Åse", "Bo")]
    people = (*nowhere, person("Cai", "1B > 1C"))
    day = program({"1A": 1, "1B": 1, "1C": 1})
    days = dict(zip((each.key for each in people), (("1A",), ("1A",), ("1B",)), strict=True))
    found = told(Assignment(program=day, participants=people, days=days))
    assert found in [{f"{name}: 1A to 1B, 1", "Cai: 1B to 1C, 1"} for name in ("Åse", "Bo")]


def test_equals_are_told_apart_by_the_lottery() -> None:
    people = tuple(person(name, "1A > 1B") for name in ("Åse", "Bo", "Cai", "Dea"))
    days = dict.fromkeys((each.key for each in people), ("1A",))
    found = {
        frozenset(told(Assignment(program=day, participants=people, days=days)))
        for day in (program({"1A": 3, "1B": 3}, rules=Rules(seed=seed)) for seed in range(30))
    }
    assert len(found) == 4


def test_where_there_are_too_few_seats_nobody_is_named() -> None:
    people = tuple(person(name, "1A > 1B") for name in ("Åse", "Bo", "Cai", "Dea"))
    days = dict.fromkeys((each.key for each in people), ("1A",))
    assert told(Assignment(program=program({"1A": 2, "1B": 1}), participants=people, days=days)) == set()


@given(
    conference=lawful_conferences(max_rounds=2, max_sessions=3, max_people=5)
    | listed_conferences(max_sessions=4, max_people=4),
    fewer=st.integers(1, 2),
    number=st.integers(0, 2),
)
@examples(200)
def test_it_is_the_cheapest_way_of_all(conference: Conference, fewer: int, number: int) -> None:
    before = seated_whatever_the_wishes(conference, FAIRNESS)
    assume(number < len(before.program.rounds))
    round_ = before.program.rounds[number]
    assume(not any(session.through for session in round_.sessions))
    taken = before.count_taken()
    code = max(round_.sessions, key=lambda session: taken[session.key]).key

    def shrink(session: Session) -> Session:
        smaller = max(1, taken[session.key] - fewer)
        return replace(session, room=replace(session.room, seats=smaller)) if session.key == code else session

    shrunk = replace(before, program=each_session(before.program, shrink))
    moves = reseat(shrunk, number)
    days = dict(shrunk.days)
    for move in moves:
        key = move.participant.key
        assert days[key][number] == move.before
        days[key] = _in_round(days[key], number, move.after)
    if moves:
        assert audit(replace(shrunk, days=days), shrunk.participants).lawful
    assert _cost(shrunk, days) == _cheapest(shrunk, number)
    assert sum(move.lost for move in moves) == _cost(shrunk, days)[1]


def _in_round(day: Day, number: int, code: str) -> Day:
    return (*day[:number], code, *day[number + 1 :])


def _cheapest(shrunk: Assignment, number: int) -> Cost:
    """Return what the cheapest way costs in which a round is lawful; nothing where none is."""
    codes = ["", *(session.code for session in shrunk.program.rounds[number].sessions)]
    costs = []
    for chosen in product(codes, repeat=len(shrunk.participants)):
        days = {
            each.key: _in_round(shrunk.days[each.key], number, code)
            for each, code in zip(shrunk.participants, chosen, strict=True)
        }
        if audit(replace(shrunk, days=days), shrunk.participants).lawful:
            costs.append(_cost(shrunk, days))
    return min(costs, default=(0, 0, 0))


def _cost(shrunk: Assignment, days: dict[str, Day]) -> Cost:
    moved = steps = squares = 0
    for each in shrunk.participants:
        old, new = shrunk.days[each.key], days[each.key]
        now, then = (regret(each, day, shrunk.program) for day in (old, new))
        moved += old != new
        steps += then - now
        squares += then * then - now * now
    return moved, steps, squares
