"""The part of a regret that is the program's own, against all the days that somebody could have alone."""

from __future__ import annotations

from dataclasses import replace
from itertools import permutations, product

from hypothesis import assume, given
from hypothesis import strategies as st

from midtvejs.auditing.audit import audit
from midtvejs.domain.assignment import Assignment
from midtvejs.domain.lists import Alone
from midtvejs.domain.participants import Participant
from midtvejs.domain.profile import regret
from midtvejs.domain.program import Program
from midtvejs.domain.rules import Law
from midtvejs.domain.seated import Day
from tests.conferences import one_list, person, pinned, program

CODES = "ABCD"


def days_alone(day: Program, who: Participant) -> list[Day]:
    """Every lawful day that somebody could have if nobody else were there."""
    codes = [
        [session.code for session in round_.sessions] if who.attends(round_) else [""]
        for round_ in day.rounds
    ]
    return [each for each in product(*codes) if not broken(day, who, each)]


def broken(day: Program, who: Participant, codes: Day) -> set[Law]:
    found = audit(Assignment(program=day, participants=(who,), days={who.key: codes}), (who,))
    return {each.law for each in found.violations}


@st.composite
def alone(draw: st.DrawFn) -> tuple[Program, Participant]:
    """Up to five sessions in up to three rounds, some of which go on, and somebody with any list."""
    rounds = draw(st.integers(1, 3))
    numbers = st.dictionaries(st.integers(1, rounds), st.just(9), min_size=1)
    held = {code: draw(numbers) for code in CODES[: draw(st.integers(1, 4))]}
    lasting: dict[str, tuple[int, ...]] = (
        {"D": (1, 2)} if "D" in held and rounds > 1 and draw(st.booleans()) else {}
    )
    if lasting:
        held["D"] = {1: 9}
    # Something is on in each round, so that nobody is left standing.
    held |= {f"X{number}": {number: 9} for number in range(1, rounds + 1) if draw(st.integers(0, 3))}
    day = one_list(held, rounds=rounds, lasting=lasting)
    codes = draw(st.permutations(list(held)))[: draw(st.integers(0, 5))]
    who = person("Åse", " > ".join(codes))
    if draw(st.booleans()):
        who = replace(who, absent=frozenset({draw(st.sampled_from(["R1", "R2"]))}))
    if draw(st.integers(0, 3)) == 0:
        own = draw(st.sampled_from(list(held)))
        listed = " > ".join(code for code in codes if code != own)
        who = replace(person("Åse", listed, presents=own), absent=who.absent)
    return day, who


@given(alone())
def test_it_is_the_least_regret_of_all_days_that_one_could_have(case: tuple[Program, Participant]) -> None:
    day, who = case
    days = days_alone(day, who)
    assume(days)
    assert Alone(day).regret(who) == min(regret(who, each, day) for each in days)


@given(alone())
def test_wishes_that_clash_are_fewest_and_cannot_all_be_attended(case: tuple[Program, Participant]) -> None:
    day, who = case
    clash = Alone(day).find_clash(who)
    attended = [set(each) for each in days_alone(day, who)]
    assert not clash or not any(codes.issuperset(clash) for codes in attended)


def test_two_wishes_that_run_in_the_same_round() -> None:
    day = one_list({"A": {1: 1}, "B": {1: 1}, "C": {2: 1}, "D": {1: 1, 2: 1}}, rounds=2)
    aase = person("Åse", "A > B > C > D")
    assert Alone(day).regret(aase) == 1  # A and C, and B is missed for C
    assert Alone(day).find_clash(aase) == ("A", "B")
    assert Alone(day).regret(person("Bo", "A > C > B")) == 0


def test_nothing_is_the_programs_own_where_each_round_has_its_list_and_pins_do_not_count() -> None:
    day = program({"1A": 1, "1B": 1}, {"2A": 1, "2B": 1})
    assert Alone(day).regret(pinned(person("Åse", "1A > 1B", "2B"), "1B")) == 0
    both = one_list({"A": {1: 1, 2: 1}, "B": {1: 1, 2: 1}, "C": {1: 1, 2: 1}}, rounds=2)
    assert Alone(both).regret(pinned(person("Åse", "A > B > C"), "C")) == 0


def test_whatever_the_order_of_wishes_all_are_met_where_all_sessions_are_held_in_all_rounds() -> None:
    day = one_list({code: {1: 1, 2: 1} for code in "ABC"}, rounds=2)
    assert {Alone(day).regret(person("Åse", " > ".join(codes))) for codes in permutations("ABC")} == {0}
