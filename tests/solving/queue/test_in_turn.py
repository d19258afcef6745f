"""Seats dealt to a queue: lawful, in its order, and not to be gamed; unlike seats dealt by criteria."""

from __future__ import annotations

import datetime as dt
import random
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from itertools import permutations, product

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from midtvejs.auditing.audit import audit, certify
from midtvejs.domain.assignment import NoLawfulAssignment, shortages
from midtvejs.domain.lots import draw_lots
from midtvejs.domain.participants import Participant, Wishes
from midtvejs.domain.profile import regret, steps_of
from midtvejs.domain.program import Program, Room, Round
from midtvejs.domain.rules import Law, Pin, rules_beyond_a_queue
from midtvejs.solving.queue.in_turn import by_first_come, by_lottery
from midtvejs.solving.search import Solution
from midtvejs.solving.solve import solve
from tests import conferences
from tests.brute import every_outcome
from tests.conferences import person
from tests.examples import examples
from tests.strategies import NAMES, Conference, conferences_with_rules, lawful_conferences, seeds

COUPLING = {Law.LEAST, Law.AT_MOST, Law.AT_LEAST, Law.TOGETHER, Law.APART}
MONDAY = dt.datetime(2018, 1, 1, 9)
moments = st.dictionaries(
    st.sampled_from([person(name).key for name in NAMES]),
    st.integers(0, 3).map(lambda hours: MONDAY + dt.timedelta(hours=hours)),
)


def every_queue(
    program: Program, people: tuple[Participant, ...], signed_up: dict[str, dt.datetime]
) -> Iterator[Solution]:
    yield by_lottery(program, people)
    yield by_lottery(program, people, reversing=True)
    yield by_first_come(program, people, signed_up)


@given(conference=lawful_conferences(), seed=seeds, signed_up=moments)
@examples(60)
def test_every_queue_is_seated_lawfully_and_claims_no_proof(
    conference: Conference, seed: int, signed_up: dict[str, dt.datetime]
) -> None:
    program, people = conference
    for solution in every_queue(program.replace_rules(seed=seed), people, signed_up):
        certify(solution.assignment, people, solution.stages)
        assert [stage.criterion for stage in solution.stages] == list(program.rules.fairness)
        assert all(stage.bound == 0 and stage.proven == (stage.value == 0) for stage in solution.stages)
        assert solution.assignment.participants == people


def test_too_few_seats_are_told_as_always() -> None:
    program, people = conferences.oversubscribed()
    for reversing in (False, True):
        with pytest.raises(NoLawfulAssignment) as nobody:
            by_lottery(program, people, reversing=reversing)
        assert nobody.value.shortages == shortages(program, people)
    with pytest.raises(NoLawfulAssignment):
        by_first_come(program, people, {})


# Rules


@given(conference=conferences_with_rules(), seed=seeds, signed_up=moments)
@examples(120)
def test_what_binds_people_one_by_one_is_kept_and_nobody_is_seated_who_cannot_be(
    conference: Conference, seed: int, signed_up: dict[str, dt.datetime]
) -> None:
    program, people = conference[0].replace_rules(seed=seed), conference[1]
    possible = bool(every_outcome(program, people))
    if rules_beyond_a_queue(program):
        assume(possible)
    if not possible:
        with pytest.raises(NoLawfulAssignment) as nobody:
            list(every_queue(program, people, signed_up))
        with pytest.raises(NoLawfulAssignment) as solved:
            solve(program, people)
        assert nobody.value.shortages == solved.value.shortages
        return
    for solution in every_queue(program, people, signed_up):
        violations = audit(solution.assignment, people).violations
        assert {violation.law for violation in violations} <= (
            COUPLING if rules_beyond_a_queue(program) else set()
        )
        if not violations:
            certify(solution.assignment, people, solution.stages)


@given(conference=conferences_with_rules(max_rounds=1), seed=seeds)
@examples(100)
def test_everybody_takes_the_best_seat_with_which_all_behind_them_are_seated(
    conference: Conference, seed: int
) -> None:
    program, people = conference[0].replace_rules(seed=seed), conference[1]
    (round_,) = program.rounds
    assume(not any(session.rooms for session in round_.sessions))
    queue = [
        each for each in draw_lots(people, seed) if each.attends(round_) and not each.presents_in(round_)
    ]
    queue.sort(key=lambda each: not each.wishes[0].codes)
    left = {session.code: session.seats for session in round_.sessions}
    assume(fit(round_, left, queue) and not rules_beyond_a_queue(program))
    dealt = days(by_lottery(program, people)) if every_outcome(program, people) else {}
    for number, each in enumerate(queue if dealt else []):
        best = min(
            each.wishes[0].steps(code)
            for code in each.open_to_them(round_)
            if left[code] and fit(round_, {**left, code: left[code] - 1}, queue[number + 1 :])
        )
        (code,) = dealt[each.key]
        assert each.wishes[0].steps(code) == best
        left[code] -= 1


def fit(round_: Round, left: dict[str, int], people: list[Participant]) -> bool:
    """Try every seat for everybody."""
    if not people:
        return True
    return any(
        fit(round_, {**left, code: left[code] - 1}, people[1:])
        for code in people[0].open_to_them(round_)
        if left[code]
    )


def test_the_last_seat_is_kept_for_whoever_can_have_no_other() -> None:
    program = conferences.program({"1A": 1, "1B": 2})
    pin = Pin(code="1A", participant="Cai")
    aase, bo = (person(name, "1A > 1B") for name in ("Åse", "Bo"))
    people = (aase, bo, replace(person("Cai", "1B > 1A"), pins=(pin,)))
    dealt = days(by_first_come(program, people, {}))
    assert [day[0] for day in dealt.values()] == ["1B", "1B", "1A"]


def test_two_pins_to_one_seat_are_told_as_a_clash() -> None:
    program = conferences.program({"1A": 1, "1B": 5})
    people = tuple(
        replace(person(name, "1B"), pins=(Pin(code="1A", participant=name),)) for name in ("Åse", "Bo")
    )
    with pytest.raises(NoLawfulAssignment) as nobody:
        by_first_come(program, people, {})
    (impasse,) = nobody.value.impasses
    assert impasse.round.id == "R1"
    assert "Åse is in 1A" in impasse.clashes[0].rules


def test_rooms_go_to_what_most_people_want_unless_that_leaves_no_room_for_a_pin() -> None:
    small, large = Room(name="Kammeret", seats=1), Room(name="Salen", seats=3)
    program = conferences.program({"1A": 1, "1B": 1})
    (round_,) = program.rounds
    waiting = tuple(replace(session, rooms=(small, large), room=large) for session in round_.sessions)
    program = replace(program, rounds=(replace(round_, sessions=waiting),))
    people = tuple(person(name, "1A > 1B") for name in NAMES[:4])
    assert sorted(days(by_first_come(program, people, {})).values()) == [("1A",)] * 3 + [("1B",)]
    pinned = tuple(replace(each, pins=(Pin(code="1B", participant=each.name),)) for each in people[:2])
    dealt = by_first_come(program, (*pinned, *people[2:]), {}).assignment
    assert sorted(dealt.days.values()) == [("1A",)] + [("1B",)] * 3
    rooms = {code: session.room.name for code, session in dealt.with_rooms().program.sessions.items()}
    assert rooms == {"1A": "Kammeret", "1B": "Salen"}


# The order of the queue

CABINS = conferences.program({"1A": 1, "1B": 1, "1C": 1}, {"2A": 1, "2B": 1, "2C": 1})
ALIKE = tuple(person(name, "1A > 1B > 1C", "2A > 2B > 2C") for name in NAMES[:3])


def days(solution: Solution) -> dict[str, tuple[str, ...]]:
    return dict(solution.assignment.days)


def test_the_lottery_is_the_draw_and_reversed_it_turns_round_every_other_round() -> None:
    for seed in range(20):
        first, second, third = (each.key for each in draw_lots(ALIKE, seed))
        program = CABINS.replace_rules(seed=seed)
        assert days(by_lottery(program, ALIKE)) == {
            first: ("1A", "2A"),
            second: ("1B", "2B"),
            third: ("1C", "2C"),
        }
        assert days(by_lottery(program, ALIKE, reversing=True)) == {
            first: ("1A", "2C"),
            second: ("1B", "2B"),
            third: ("1C", "2A"),
        }


def test_the_rows_are_the_queue_where_nobody_says_when() -> None:
    for queue in permutations(ALIKE):
        dealt = days(by_first_come(CABINS, queue, {}))
        assert [dealt[each.key][0] for each in queue] == ["1A", "1B", "1C"]


@given(
    conference=lawful_conferences(),
    seed=seeds,
    signed_up=moments.filter(bool),
    dice=st.randoms(use_true_random=False),
)
@examples(60)
def test_with_timestamps_the_order_of_rows_is_of_no_account(
    conference: Conference, seed: int, signed_up: dict[str, dt.datetime], dice: random.Random
) -> None:
    program, people = conference[0].replace_rules(seed=seed), conference[1]
    known = {person.key: signed_up[person.key] for person in people if person.key in signed_up}
    known = known or {people[0].key: MONDAY}
    shuffled = tuple(dice.sample(people, len(people)))
    assert days(by_first_come(program, people, known)) == days(by_first_come(program, shuffled, known))


def test_earlier_is_first_unknown_is_last_and_the_same_moment_draws_lots() -> None:
    aase, bo, cai = (each.key for each in ALIKE)
    later = MONDAY + dt.timedelta(seconds=1)
    dealt = days(by_first_come(CABINS, ALIKE, {cai: MONDAY, bo: later}))
    assert (dealt[cai], dealt[bo], dealt[aase]) == (("1A", "2A"), ("1B", "2B"), ("1C", "2C"))
    winners = {
        next(key for key, day in days(dealt_by(seed, {bo: MONDAY, cai: MONDAY})).items() if day[0] == "1A")
        for seed in range(20)
    }
    assert winners == {bo, cai}


def dealt_by(seed: int, signed_up: dict[str, dt.datetime]) -> Solution:
    return by_first_come(CABINS.replace_rules(seed=seed), ALIKE, signed_up)


def test_who_has_no_wishes_comes_last_even_if_they_came_first() -> None:
    people = (person("Åse", "", "2A"), person("Bo", "1A", "2A > 2B"), person("Cai", "1B", "2A > 2B > 2C"))
    dealt = days(by_first_come(CABINS, people, {}))
    assert list(dealt.values()) == [("1C", "2A"), ("1A", "2B"), ("1B", "2C")]


# What a list that is not true can gain


def lists(codes: tuple[str, ...]) -> list[Wishes]:
    """Return every way to wish among sessions: whole, in part, or not at all."""
    return [Wishes(some) for size in range(len(codes) + 1) for some in permutations(codes, size)]


def lies(program: Program, liar: Participant) -> Iterator[Participant]:
    """Return a participant with every other day of lists that they could write."""
    rounds = (tuple(session.code for session in round_.sessions) for round_ in program.rounds)
    for wishes in product(*map(lists, rounds)):
        yield replace(liar, wishes=wishes)


@given(conference=lawful_conferences(max_rounds=1), seed=seeds, signed_up=moments)
@examples(50)
def test_no_list_but_the_true_one_gains_anything_in_a_queue(
    conference: Conference, seed: int, signed_up: dict[str, dt.datetime]
) -> None:
    check_that_nobody_gains(conference[0].replace_rules(seed=seed), conference[1], signed_up)


@given(conference=lawful_conferences(max_rounds=2, max_sessions=3, max_people=4), seed=seeds)
@examples(20)
def test_nor_over_a_day_of_two_rounds(conference: Conference, seed: int) -> None:
    check_that_nobody_gains(conference[0].replace_rules(seed=seed), conference[1], {})


def check_that_nobody_gains(
    program: Program, people: tuple[Participant, ...], signed_up: dict[str, dt.datetime]
) -> None:
    honest = list(every_queue(program, people, signed_up))
    for liar in people:
        regrets = [regret(liar, days(solution)[liar.key]) for solution in honest]
        for lie in lies(program, liar):
            told = tuple(lie if each is liar else each for each in people)
            for before, solution in zip(regrets, every_queue(program, told, signed_up), strict=True):
                assert regret(liar, days(solution)[liar.key]) >= before


def test_seats_dealt_by_criteria_can_be_gamed() -> None:
    program = conferences.program({"1A": 1, "1B": 1, "1C": 1})
    aase = person("Åse", "1A > 1B > 1C")
    others = (person("Bo", "1C > 1A > 1B"), person("Cai", "1C > 1A > 1B"))
    lying = person("Åse", "1A > 1C > 1B")
    for seed in range(5):
        drawn_otherwise = program.replace_rules(seed=seed)
        for written, session in ((aase, "1B"), (lying, "1A")):
            solution = solve(drawn_otherwise, (written, *others))
            assert solution.status == "optimal"
            assert days(solution)[aase.key] == (session,)
    assert steps_of(aase, ("1A",)) < steps_of(aase, ("1B",))


def test_a_queue_needs_neither_the_solver_nor_numpy() -> None:
    script = """
import sys
import midtvejs.solving.queue.in_turn
heavy = {"ortools", "numpy", "pandas"} & sys.modules.keys()
assert not heavy, heavy
"""
    subprocess.run([sys.executable, "-c", script], check=True)
