"""Those without wishes are spread in proportion to the seats left, and nobody else is touched."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from itertools import product
from unittest.mock import patch

from hypothesis import assume, given
from hypothesis import strategies as st

from midtvejs.auditing.audit import audit, certify
from midtvejs.domain import keeping
from midtvejs.domain.assignment import Assignment, NoLawfulAssignment
from midtvejs.domain.balance import find_balance, is_without_wishes
from midtvejs.domain.fairness import Criterion
from midtvejs.domain.lots import draw_lots
from midtvejs.domain.participants import NO_WISHES, Participant
from midtvejs.domain.program import Program
from midtvejs.domain.rules import Rules
from midtvejs.solving import solve as solving
from midtvejs.solving.balance import spread_without_wishes
from midtvejs.solving.instance.case import case_of
from midtvejs.solving.limits import DEFAULT
from midtvejs.solving.search import Found
from midtvejs.solving.solve import solve
from midtvejs.solving.stop import Stop
from tests.conferences import each_session, one_list, person, pinned, program
from tests.examples import examples
from tests.strategies import Conference, conferences_with_rules, kept, lawful_conferences

MOST_WAYS = 400


def heads(assignment: Assignment, number: int = 0) -> list[int]:
    counts = Counter(day[number] for day in assignment.days.values())
    return [counts[session.code] for session in assignment.program.rounds[number].sessions]


def beyond(assignment: Assignment) -> int:
    return sum(each.beyond for each in find_balance(assignment.with_rooms()))


def nobody_wishes(count: int) -> tuple[Participant, ...]:
    return tuple(person(f"Pupil {number}", "") for number in range(count))


def test_twelve_without_wishes_are_four_in_each_of_three_rooms() -> None:
    solution = solve(program({"N1": 12, "P1": 12, "C1": 12}), nobody_wishes(12))
    assert heads(solution.assignment) == [4, 4, 4]


def test_seats_of_those_who_have_wishes_are_no_longer_left() -> None:
    people = (*(person(f"Åse {number}", "1A") for number in range(4)), *nobody_wishes(6))
    solution = solve(program({"1A": 8, "1B": 8, "1C": 12}), people)
    assert heads(solution.assignment) == [4 + 1, 2, 3]


def test_bans_and_pins_hold_and_the_others_make_up_for_them() -> None:
    first, second, third, *more = nobody_wishes(6)
    people = (pinned(first, "1A"), pinned(second, "1A"), pinned(third, "1B", holds=False), *more)
    solution = solve(program({"1A": 6, "1B": 6, "1C": 6}), people)
    certify(solution.assignment, people, solution.stages)
    assert heads(solution.assignment) == [2, 2, 2]


def test_pins_may_leave_more_than_a_share() -> None:
    people = tuple(pinned(each, "1A") for each in nobody_wishes(4))
    solution = solve(program({"1A": 4, "1B": 4}), people)
    assert heads(solution.assignment) == [4, 0]
    assert beyond(solution.assignment) == 2


def test_whom_the_earlier_assignment_has_stays() -> None:
    day, people = program({"1A": 9, "1B": 9}), nobody_wishes(6)
    earlier = {each.key: ("1A",) for each in people[:4]}
    kept_day, keeping_people = keeping.keep(day, people, earlier)
    solution = solve(kept_day, keeping_people)
    assert all(solution.assignment.days[key] == code for key, code in earlier.items())
    assert heads(solution.assignment) == [4, 2]
    assert [stage.value for stage in solution.stages[:2]] == [0, 0]


def test_a_least_audience_stays_and_so_does_what_is_cancelled() -> None:
    day = program({"1A": 8, "1B": 8, "1C": 8})
    asked = {"1B": replace(day.sessions["1B"], least=5), "1C": day.sessions["1C"]}
    asked["1C"] = replace(asked["1C"], least=8, may_be_cancelled=True)
    day = each_session(day, lambda each: asked.get(each.code, each))
    people = (*(person(f"Åse {number}", "1A") for number in range(3)), *nobody_wishes(6))
    solution = solve(day, people)
    certify(solution.assignment, people, solution.stages)
    assert heads(solution.assignment) == [4, 5, 0]


def test_an_organisation_keeps_its_limit() -> None:
    day = program({"1A": 8, "1B": 2}, rules=Rules(at_most=2))
    people = tuple(
        replace(each, organisation=f"Skole {number // 3}") for number, each in enumerate(nobody_wishes(6))
    )
    solution = solve(day, people)
    certify(solution.assignment, people, solution.stages)
    assert heads(solution.assignment) == [4, 2]


def test_one_list_spreads_over_each_of_its_rounds() -> None:
    both = {1: 6, 2: 6}
    day = one_list({"A": both, "B": both, "C": both}, rounds=2)
    solution = solve(day, nobody_wishes(6))
    certify(solution.assignment, nobody_wishes(6), solution.stages)
    assert heads(solution.assignment) == heads(solution.assignment, 1) == [2, 2, 2]


def test_what_lasts_is_filled_in_proportion_too() -> None:
    both = {1: 6, 2: 6}
    day = one_list({"A": both, "B": both, "D": {1: 6}}, rounds=2, lasting={"D": (1, 2)})
    solution = solve(day, nobody_wishes(6))
    certify(solution.assignment, nobody_wishes(6), solution.stages)
    assert heads(solution.assignment) == heads(solution.assignment, 1) == [2, 2, 2]


def test_more_people_than_are_spread_at_a_time() -> None:
    both = {1: 9, 2: 9}
    day, people = one_list({"A": both, "B": both, "C": both}, rounds=2), nobody_wishes(9)
    limits = replace(DEFAULT, balanced=2)
    assert beyond(solve(day, people, limits=limits).assignment) == 0


def test_a_search_that_is_to_end_spreads_nobody() -> None:
    day, people = program({"1A": 9, "1B": 9}), nobody_wishes(4)
    case = case_of(day, draw_lots(people, 0))
    stop = Stop()
    stop.ask()
    found = Found(choices=[(0,)] * 4, stages=(), proofs=())
    assert spread_without_wishes(case, found, stop) is found


def silenced(draw: st.DrawFn, conference: Conference) -> Conference:
    """Take some people's wishes away."""
    day, people = conference
    return day, tuple(
        replace(each, wishes=tuple(NO_WISHES if draw(st.booleans()) else wishes for wishes in each.wishes))
        for each in people
    )


silent = st.composite(lambda draw, conferences: silenced(draw, draw(conferences)))


def before_and_after(day: Program, people: tuple[Participant, ...]) -> tuple[Assignment, Assignment]:
    """Return what a search finds, and what it is once those without wishes are spread."""
    with patch.object(solving, "spread_without_wishes", lambda _case, found, _stop: found):
        before = solve(day, people)
    return before.assignment, solve(day, people).assignment


def free_seats(seated: Assignment, person: Participant) -> list[bool]:
    """Return for each round whether somebody takes a seat in it without any wishes."""
    day, rounds = seated.days[person.key], seated.program.rounds
    free = [False] * len(day)
    for number, block in enumerate(seated.program.blocks):
        taken = [each for each in block.rounds if day[each] and day[each] not in person.presents]
        for each in taken:
            free[each] = is_without_wishes(person, number, [rounds[other] for other in taken])
    return free


def other_days(seated: Assignment, person: Participant) -> list[tuple[str, ...]]:
    free = free_seats(seated, person)
    codes = [[session.code for session in round_.sessions] for round_ in seated.program.rounds]
    now = seated.days[person.key]
    return [*product(*(every if can else [code] for can, every, code in zip(free, codes, now, strict=True)))]


def least_beyond(seated: Assignment, people: tuple[Participant, ...]) -> int:
    """Look through all lawful ways to seat those without wishes; criteria and sessions are as they were."""
    order = seated.program.rules.fairness
    worth = [seated.criteria[each] for each in order]
    least = beyond(seated)
    for days in product(*(other_days(seated, each) for each in people)):
        other = replace(seated, days=dict(zip([each.key for each in people], days, strict=True)))
        lawful = other.cancelled == seated.cancelled and audit(other.with_rooms(), people).lawful
        if lawful and [other.criteria[each] for each in order] == worth:
            least = min(least, beyond(other))
    return least


def ways(seated: Assignment, people: tuple[Participant, ...]) -> int:
    count = 1
    for each in people:
        count *= len(other_days(seated, each))
    return count


SMALL = lawful_conferences(max_rounds=2, max_sessions=3, max_people=5)


@given(conference=silent(SMALL))
@examples(150)
def test_nobody_else_moves_and_no_way_is_nearer_to_the_shares(conference: Conference) -> None:
    check_spread(*conference)


@given(conference=silent(conferences_with_rules()))
@examples(150)
def test_rules_and_criteria_stay_and_no_way_is_nearer_to_the_shares(conference: Conference) -> None:
    check_spread(*conference)


@given(conference=kept(silent(SMALL)))
@examples(60)
def test_an_earlier_assignment_is_kept_as_before(conference: Conference) -> None:
    check_spread(*conference, exactly=False)


def check_spread(day: Program, people: tuple[Participant, ...], *, exactly: bool = True) -> None:
    try:
        before, after = before_and_after(day, people)
    except NoLawfulAssignment:
        assume(False)
    assert audit(after.with_rooms(), people).lawful
    order = day.rules.fairness
    assert [after.criteria[each] for each in order] == [before.criteria[each] for each in order]
    assert after.cancelled == before.cancelled
    for each in people:
        stays = zip(
            free_seats(before.with_rooms(), each), before.days[each.key], after.days[each.key], strict=True
        )
        assert all(free or one == other for free, one, other in stays)
    assert beyond(after) <= beyond(before) or any(each.rooms for each in day.sittings.values())
    if exactly and not any(each.rooms for each in day.sittings.values()) and ways(before, people) < MOST_WAYS:
        assert beyond(after) == least_beyond(before, people)


@given(conference=silent(st.one_of(SMALL, conferences_with_rules())), data=st.data())
@examples(60)
def test_the_order_of_the_rows_changes_nothing(conference: Conference, data: st.DataObject) -> None:
    day, people = conference
    shuffled = tuple(data.draw(st.permutations(people)))
    try:
        assert solve(day, people).assignment.days == solve(day, shuffled).assignment.days
    except NoLawfulAssignment:
        assume(False)


def test_another_seed_draws_others() -> None:
    day, people = program({"1A": 12, "1B": 12}), nobody_wishes(12)
    one, other = (solve(day.replace_rules(seed=seed), people).assignment for seed in (1, 2))
    assert heads(one) == heads(other) == [6, 6]
    assert one.days != other.days


def test_colleagues_are_spread_as_well_as_before() -> None:
    day = program({"1A": 6, "1B": 6, "1C": 6}).replace_rules(fairness=(Criterion.SPREAD,))
    people = tuple(
        replace(each, organisation=f"Skole {number % 2}") for number, each in enumerate(nobody_wishes(6))
    )
    solution = solve(day, people)
    certify(solution.assignment, people, solution.stages)
    assert heads(solution.assignment) == [2, 2, 2]
    assert [stage.value for stage in solution.stages] == [0]
