"""What could be different about a day, once applied, is what it says; brute force agrees on its worth."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from midtvejs.api import seat
from midtvejs.commands._solve import try_plan
from midtvejs.domain.assignment import NoLawfulAssignment
from midtvejs.domain.changes import find_changes
from midtvejs.domain.fairness import Criterion
from midtvejs.domain.mechanism import Mechanism, Way
from midtvejs.domain.participants import NO_WISHES, Wishes
from midtvejs.domain.profile import regret
from midtvejs.domain.program import Program, Room
from midtvejs.domain.rules import Company, Pin, Quota, Rules
from midtvejs.domain.seated import Day
from midtvejs.domain.variation import (
    Cancel,
    ChangeRoom,
    MoreSeats,
    Plan,
    Rule,
    SeatsOf,
    Swap,
    Together,
    Variation,
    WithoutDecision,
    WithoutRule,
    count_struck,
    find_pairs,
    is_asked,
    seats_for_all,
    without_audience,
)
from midtvejs.solving.stop import Stop
from tests.brute import every_outcome, optimum
from tests.conferences import each_session, full_house, grouped, held_twice, one_list, person, pinned, program
from tests.examples import examples
from tests.strategies import Conference, conferences_with_rules, lawful_conferences, listed_conferences

DAY = program({"1A": 2, "1B": 3}, {"2A": 1, "2B": 4})
PLAN = Plan(program=DAY, participants=(person("Åse", "1A > 1B", "2A > 2B"), person("Bo", "1A", "")))


def seats(day: Program) -> dict[str, int]:
    return {key: session.seats for key, session in day.sittings.items()}


def test_a_room_has_other_seats_wherever_it_is() -> None:
    shared = Room(name="Panorama", seats=5)
    day = replace(each_session(DAY, lambda each: replace(each, room=shared)), rooms=(shared,))
    varied = SeatsOf(room="Panorama", seats=7).apply(replace(PLAN, program=day)).program
    assert seats(varied) == {"1A": 7, "1B": 7, "2A": 7, "2B": 7}
    assert [room.seats for room in varied.rooms] == [7]


def test_of_open_rooms_the_largest_stands_for_the_session() -> None:
    small, large = Room(name="Lille", seats=2), Room(name="Stor", seats=4)
    day = each_session(DAY, lambda each: replace(each, room=large, rooms=(small, large)))
    day = replace(day, rooms=(small, large))
    varied = SeatsOf(room="Lille", seats=9).apply(replace(PLAN, program=day)).program
    assert {session.room.name for session in varied.sittings.values()} == {"Lille"}


def test_a_session_has_more_seats_or_fewer_and_others_have_not() -> None:
    assert seats(MoreSeats(code="1A", seats=3).apply(PLAN).program) == {"1A": 5, "1B": 3, "2A": 1, "2B": 4}
    assert seats(MoreSeats(code="2B", seats=-3).apply(PLAN).program) == {"1A": 2, "1B": 3, "2A": 1, "2B": 1}


@pytest.mark.parametrize(
    ("most", "keep_free", "more", "edits"),
    [
        (3, 0, 2, ["session 1A: max_participants: 5"]),
        (
            3,
            0,
            8,
            ["session 1A: room: one with 11 seats (Lokale 1A has 10)", "session 1A: max_participants: 11"],
        ),
        (None, 4, 1, ["session 1A: room: one with 11 seats (Lokale 1A has 10)"]),
        (None, 0, -4, ["session 1A: max_participants: 6"]),
    ],
)
def test_what_limits_a_session_is_what_is_edited(
    most: int | None, keep_free: int, more: int, edits: list[str]
) -> None:
    day = program({"1A": 10, "1B": 3})
    day = each_session(day, lambda each: replace(each, most=most, keep_free=keep_free))
    before = day.sessions["1A"].seats
    variation = MoreSeats(code="1A", seats=more)
    assert variation.apply(Plan(program=day, participants=())).program.sessions["1A"].seats == before + more
    assert list(variation.edits(day)) == edits


def test_a_room_that_is_free_is_named_for_more_seats() -> None:
    day = replace(DAY, rooms=(*DAY.rooms, Room(name="Stor", seats=9), Room(name="Større", seats=12)))
    assert list(MoreSeats(code="1A", seats=6).edits(day)) == ["session 1A: room: Stor (9 seats, free in R1)"]


def test_what_is_cancelled_is_struck_from_lists_and_its_presenters_are_free() -> None:
    ase = person("Åse", "1A > 1B", "2A", presents="1A")
    plan = Plan(program=DAY, participants=(ase, person("Bo", "1A", "2A")))
    varied = Cancel(code="1A").apply(plan)
    assert [session.code for session in varied.program.rounds[0].sessions] == ["1B"]
    assert [session.code for session in varied.program.rounds[0].cancelled] == ["1A"]
    assert varied.participants[0].wishes == (Wishes(("1B",)), Wishes(("2A",)))
    assert varied.participants[0].presents == frozenset()
    assert varied.participants[1].wishes[0] == NO_WISHES
    assert count_struck(plan, varied) == 2


def test_a_pin_to_what_is_cancelled_is_void() -> None:
    bo = pinned(person("Bo", "1A > 1B", "2A"), "1A")
    day = replace(DAY, rules=replace(DAY.rules, pins=bo.pins))
    varied = Cancel(code="1A").apply(Plan(program=day, participants=(bo,)))
    assert (varied.program.rules.pins, varied.participants[0].pins) == ((), ())
    assert try_plan(varied, Stop()).assignment.days[bo.key][0] == "1B"


def test_one_sitting_is_cancelled_and_the_other_is_still_wished_for() -> None:
    day, people = held_twice()
    varied = Cancel(code="A", round_id="R2").apply(Plan(program=day, participants=people))
    assert varied.participants == people
    assert list(varied.program.sittings) == ["A", "B@R1", "C@R1", "B@R2", "C@R2"]
    assert list(Cancel(code="A", round_id="R2").edits(day)) == ["session A: cancelled: [R2]"]
    assert list(Cancel(code="A").edits(day)) == ["session A: cancelled: true"]
    rest = every_outcome(varied.program, varied.participants)
    solved = try_plan(varied, Stop())
    assert tuple(stage.value for stage in solved.stages) == optimum(rest, varied.program.rules.fairness)


def test_what_goes_on_through_several_rounds_is_cancelled_in_all_of_them() -> None:
    day = one_list({"A": {1: 3}, "B": {1: 3, 2: 3}, "C": {2: 3}}, rounds=2, lasting={"A": (1, 2)})
    varied = Cancel(code="A").apply(Plan(program=day, participants=(person("Bo", "A > B"),)))
    assert [[each.code for each in round_.sessions] for round_ in varied.program.rounds] == [
        ["B"],
        ["B", "C"],
    ]
    assert varied.participants[0].wishes == (Wishes(("B",)),)


def test_rooms_are_swapped_and_moved_to() -> None:
    swapped = Swap(one="1A", other="1B").apply(PLAN).program
    assert seats(swapped) == {"1A": 3, "1B": 2, "2A": 1, "2B": 4}
    assert list(Swap(one="1A", other="1B").edits(DAY)) == [
        "session 1A: room: Lokale 1B",
        "session 1B: room: Lokale 1A",
    ]
    assert Swap(one="1A", other="1B").apply(replace(PLAN, program=swapped)) == PLAN
    assert find_pairs(DAY, "1A", "2A") == []
    together = Together(swaps=(Swap(one="1A", other="1B"), Swap(one="2A", other="2B")))
    assert seats(together.apply(PLAN).program) == {"1A": 3, "1B": 2, "2A": 4, "2B": 1}
    moved = ChangeRoom(code="2A", room=Room(name="Stor", seats=9))
    assert seats(moved.apply(PLAN).program) == {"1A": 2, "1B": 3, "2A": 9, "2B": 4}


RULED = replace(
    each_session(
        DAY,
        lambda each: replace(
            each,
            least=1,
            may_be_cancelled=True,
            most=2,
            room=replace(each.room, keep_free=1),
            at_most=(Quota(group="organisation", number=2),),
            at_least=(Quota(group="organisation", number=1),),
        ),
    ),
    rules=Rules(at_most=1, pins=(Pin(code="1B", participant="Bo"),)),
)


@pytest.mark.parametrize(
    "rule", [Rule.AT_MOST, Rule.AT_LEAST, Rule.LEAST, Rule.MOST, Rule.KEEP_FREE, Rule.PINS]
)
def test_a_rule_less_is_asked_for_and_no_other(rule: Rule) -> None:
    varied = WithoutRule(rule=rule).apply(Plan(program=RULED, participants=())).program
    asked = {each for each in Rule if is_asked(each, RULED)}
    assert {each for each in Rule if is_asked(each, varied)} == asked - {rule}
    assert rule in asked
    assert list(WithoutRule(rule=rule).edits(varied)) == []


@pytest.mark.parametrize("company", Company)
def test_a_group_is_given_up_by_itself_or_with_its_kind(company: Company) -> None:
    day, people = grouped(DAY, company, *PLAN.participants)
    plan = Plan(program=day, participants=tuple(people))
    (group,) = day.rules.groups
    for variation in (WithoutDecision(decision=group), WithoutRule(rule=Rule(company.value))):
        assert variation.apply(plan) == PLAN


def changing_nothing(day: Program) -> list[Variation]:
    first = next(iter(day.sittings.values()))
    return [
        *(SeatsOf(room=room.name, seats=room.seats) for room in day.rooms),
        MoreSeats(code=first.code, seats=0),
        Together(swaps=(Swap(one=first.code, other=first.code),)),
        *(WithoutRule(rule=rule) for rule in Rule if not is_asked(rule, day)),
    ]


@given(conference=lawful_conferences() | conferences_with_rules() | listed_conferences())
@examples(60)
def test_what_changes_nothing_changes_nothing(conference: Conference) -> None:
    plan = Plan(program=conference[0], participants=conference[1])
    for variation in changing_nothing(plan.program):
        assert variation.apply(plan) == plan, variation
        assert list(variation.edits(plan.program)) == []


def variations(draw: Callable[[st.SearchStrategy[int]], int], day: Program) -> list[Variation]:
    codes = list(day.sessions)
    code, other = (codes[draw(st.integers(0, len(codes) - 1))] for _ in range(2))
    session = day.sessions[code]
    pairs = find_pairs(day, code, other)
    return [
        SeatsOf(room=session.room.name, seats=draw(st.integers(1, 3))),
        *([MoreSeats(code=code, seats=draw(st.integers(1, 2)))] if not session.rooms else []),
        Cancel(code=code),
        *([Swap(one=code, other=other)] if pairs and code != other else []),
        *(WithoutRule(rule=rule) for rule in Rule if is_asked(rule, day)),
    ]


@given(data=st.data(), conference=lawful_conferences(max_people=5) | conferences_with_rules())
@examples(60)
def test_before_and_after_are_worth_what_brute_force_finds(
    data: st.DataObject, conference: Conference
) -> None:
    plan = Plan(program=conference[0], participants=conference[1])
    found = variations(data.draw, plan.program)
    varied = found[data.draw(st.integers(0, len(found) - 1))].apply(plan)
    assume(all(round_.sessions for round_ in varied.program.rounds))
    outcomes = every_outcome(varied.program, varied.participants)
    if not outcomes:
        with pytest.raises(NoLawfulAssignment):
            try_plan(varied, Stop())
        return
    near: dict[str, tuple[str, ...]] = {}
    if every_outcome(plan.program, plan.participants):
        near = dict(try_plan(plan, Stop()).assignment.days)
    solved = try_plan(varied, Stop(), near=near)
    assert tuple(stage.value for stage in solved.stages) == optimum(outcomes, varied.program.rules.fairness)


@given(conference=lawful_conferences(max_people=5))
@examples(40)
def test_more_seats_or_rules_less_are_never_less_fair(conference: Conference) -> None:
    plan = Plan(program=conference[0], participants=conference[1])
    now = tuple(stage.value for stage in try_plan(plan, Stop()).stages)
    for code in plan.program.sessions:
        then = try_plan(MoreSeats(code=code, seats=1).apply(plan), Stop())
        assert tuple(stage.value for stage in then.stages) <= now
        without = without_audience(plan, code)
        try:
            emptied = try_plan(without, Stop())
        except NoLawfulAssignment:
            continue
        assert tuple(stage.value for stage in emptied.stages) >= now
        assert code not in _attended(emptied.assignment.days, plan)


def _attended(days: Mapping[str, Day], plan: Plan) -> set[str]:
    """Return the sessions in which anybody takes a seat."""
    return {code for who in plan.participants for code in days[who.key] if code not in who.presents}


@given(conference=conferences_with_rules(max_rounds=1) | listed_conferences(max_people=3))
@examples(40)
def test_nobody_is_ever_better_off_than_with_seats_for_all(conference: Conference) -> None:
    plan = Plan(program=conference[0], participants=conference[1])
    if not every_outcome(plan.program, plan.participants):
        return
    day = seat(Way(mechanism=Mechanism.FAIR), plan.program, plan.participants, {}).assignment
    alone = seats_for_all(plan)
    program_ = alone.program.replace_rules(fairness=(Criterion.TOTAL,))
    best = seat(Way(mechanism=Mechanism.FAIR), program_, alone.participants, {}).assignment
    for who in plan.participants:
        least = regret(who, best.days[who.key], plan.program)
        assert least <= regret(who, day.days[who.key], plan.program)


def test_near_to_today_only_those_move_who_have_to() -> None:
    plan = Plan(program=full_house()[0], participants=full_house()[1])
    now = try_plan(plan, Stop()).assignment.days
    varied = MoreSeats(code="1A", seats=1).apply(plan)
    then = try_plan(varied, Stop(), near=now).assignment.days
    assert sum(then[key] != now[key] for key in now) == 1


def test_of_a_session_held_twice_the_round_is_named() -> None:
    day = one_list({"A": {1: 3, 2: 3}, "B": {1: 5}}, rounds=2)
    swap = Swap(one="A", other="B")
    assert swap.words(day) == "A and B swap rooms: A in R1 in Lokale B (5), B in Lokale A (3)"
    assert list(swap.edits(day)) == ["session A in R1: room: Lokale B", "session B: room: Lokale A"]


@given(conference=lawful_conferences(max_people=5) | conferences_with_rules() | listed_conferences())
@examples(40)
def test_whoever_is_seated_anew_near_to_today_stays_where_they_are(conference: Conference) -> None:
    plan = Plan(program=conference[0], participants=conference[1])
    if not every_outcome(plan.program, plan.participants):
        return
    now = try_plan(plan, Stop())
    then = try_plan(plan, Stop(), near=now.assignment.days)
    assert then.stages == now.stages
    assert find_changes(now.assignment, then.assignment) == ()


def test_open_sessions_get_the_rooms_that_are_free_then() -> None:
    small, large, third = (Room(name=name, seats=seats) for name, seats in (("S", 2), ("L", 9), ("T", 5)))
    day = program({"1A": 2, "1B": 3, "1C": 3})
    rooms = {"1A": (large, ()), "1B": (third, (small, third)), "1C": (third, (small, third))}
    day = each_session(day, lambda each: replace(each, room=rooms[each.code][0], rooms=rooms[each.code][1]))
    plan = Plan(program=replace(day, rooms=(small, large, third)), participants=(person("Bo", "1A"),))

    cancelled = Cancel(code="1A").apply(plan).program.sessions["1B"]
    assert (cancelled.rooms, cancelled.room) == ((small, large, third), large)
    moved = ChangeRoom(code="1B", room=third).apply(plan).program.sessions
    assert (moved["1B"].rooms, moved["1C"].rooms, moved["1C"].room) == ((), (small,), small)
    settled = ChangeRoom(code="1A", room=small)
    assert settled.apply(plan).program.sessions["1C"].rooms == (large, third)
    assert ChangeRoom(code="1B", room=small).words(plan.program) == "1B is in S (2); now in one still open"
