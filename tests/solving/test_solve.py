"""The one way in, by its laws."""

from __future__ import annotations

import os
import random
import subprocess
import sys
import threading
from _thread import interrupt_main
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from midtvejs.auditing.audit import audit, certify
from midtvejs.domain.assignment import NoLawfulAssignment
from midtvejs.domain.certificate import Proof
from midtvejs.domain.fairness import OF_WISHES, Criterion, Stage
from midtvejs.domain.participants import NO_WISHES, Participant
from midtvejs.domain.program import Program
from midtvejs.domain.rules import Rules
from midtvejs.solving.cpsat import search as by_cpsat
from midtvejs.solving.limits import Limits
from midtvejs.solving.search import Found, KnownBounds, Solution
from midtvejs.solving.solve import solve
from midtvejs.solving.stop import Stop
from tests import conferences
from tests.brute import every_outcome, least
from tests.examples import examples
from tests.keyboard import await_the_wait
from tests.solving.cases import case_for, crowded
from tests.strategies import Conference, criteria_in_order, lawful_conferences, seeds


@given(conference=lawful_conferences(), order=criteria_in_order, seed=seeds)
@examples(40)
def test_what_is_solved_is_certified_and_proven(
    conference: Conference, order: tuple[Criterion, ...], seed: int
) -> None:
    program, participants = with_rules(conference, fairness=order, seed=seed)
    solution = solve(program, participants)
    certify(solution.assignment, participants, solution.stages)
    assert solution.assignment.participants == participants
    assert solution.status == "optimal"
    assert not solution.interrupted


@given(conference=lawful_conferences(), seed=seeds, dice=st.randoms(use_true_random=False))
@examples(25)
def test_neither_the_run_nor_the_order_of_rows_matters(
    conference: Conference, seed: int, dice: random.Random
) -> None:
    program, participants = with_rules(conference, seed=seed)
    shuffled = tuple(dice.sample(participants, len(participants)))
    once, again, otherwise = (solve(program, rows) for rows in (participants, participants, shuffled))
    assert once == again
    assert once.assignment.days == otherwise.assignment.days
    assert once.stages == otherwise.stages


def test_the_order_of_many_rows_does_not_matter() -> None:
    program, participants = crowded(4, 60)
    turned = participants[::-1]
    assert solve(program, participants).assignment.days == solve(program, turned).assignment.days


@pytest.mark.parametrize("fresh", ["1", "2"])
def test_another_process_gives_the_same_bytes(fresh: str) -> None:
    script = (
        "from tests.solving.cases import crowded; from midtvejs.solving.solve import solve;"
        "solution = solve(*crowded(5, 40));"
        "print(dict(solution.assignment.days), solution.stages)"
    )
    ours = solve(*crowded(5, 40))
    theirs = subprocess.run(
        [sys.executable, "-c", script],
        env={**os.environ, "PYTHONHASHSEED": fresh, "PYTHONIOENCODING": "utf-8"},
        capture_output=True,
        check=True,
        encoding="utf-8",
    )
    assert theirs.stdout == f"{dict(ours.assignment.days)} {ours.stages}\n"


@given(conference=lawful_conferences(), order=criteria_in_order, data=st.data())
@examples(40)
def test_one_more_seat_makes_nothing_worse(
    conference: Conference, order: tuple[Criterion, ...], data: st.DataObject
) -> None:
    program, participants = with_rules(conference, fairness=order)
    code = data.draw(st.sampled_from(sorted(program.sessions)))
    assert values(solve(with_one_more_seat(program, code), participants)) <= values(
        solve(program, participants)
    )


@given(conference=lawful_conferences(), order=criteria_in_order, seed=seeds)
@examples(30)
def test_names_and_the_lottery_decide_who_but_not_how_fair(
    conference: Conference, order: tuple[Criterion, ...], seed: int
) -> None:
    program, participants = with_rules(conference, fairness=order)
    renamed = tuple(
        replace(person, name=f"Nr. {number}", email="")
        for number, person in enumerate(reversed(participants))
    )
    assert values(solve(program, participants)) == values(solve(program.replace_rules(seed=seed), renamed))


def test_the_lottery_decides_between_equals() -> None:
    program, people = conferences.one_round()
    first_come = {
        tuple(
            person.name
            for person in people
            if solve(program.replace_rules(seed=seed), people).assignment.days[person.key] == ("1A",)
        )
        for seed in range(20)
    }
    # Cai listed 1A alone and loses as little by 1B as the others.
    assert first_come == {("Åse", "Bo"), ("Åse", "Cai"), ("Bo", "Cai")}


def test_presenters_stand_in_their_own_session() -> None:
    program = conferences.program({"1A": 1, "1B": 1}, presenters={"1A": "Eva"})
    people = (
        conferences.person("Åse", "1A"),
        conferences.person("Bo", "1B"),
        conferences.person("Eva", "1B > 1A", presents="1A"),
    )
    solution = solve(program, people)
    assert {key.split("@")[0]: day for key, day in solution.assignment.days.items()} == {
        "åse": ("1A",),
        "bo": ("1B",),
        "eva": ("1A",),
    }
    assert values(solution) == (0, 0, 0)
    assert solution.assignment.count_taken() == {"1A": 1, "1B": 1}


def test_too_few_seats_are_said_in_numbers() -> None:
    program, people = conferences.oversubscribed()
    with pytest.raises(NoLawfulAssignment) as nobody:
        solve(program, people)
    (short,) = nobody.value.shortages
    assert (short.round.id, short.seats, short.participants, short.missing) == ("R2", 3, 4, 1)


def test_nobody_is_seated_at_once() -> None:
    program, _ = conferences.full_house()
    solution = solve(program, ())
    assert dict(solution.assignment.days) == {}
    assert values(solution) == (0, 0, 0)
    assert solution.status == "optimal"


def test_one_participant_gets_every_first_wish() -> None:
    program, (alone, *_) = conferences.full_house()
    solution = solve(program, (alone,))
    assert dict(solution.assignment.days) == {alone.key: ("1A", "2A")}
    assert values(solution) == (0, 0, 0)


def test_a_round_of_one_session_leaves_no_choice() -> None:
    program = conferences.program({"1A": 2}, {"2A": 1, "2B": 1})
    people = (conferences.person("Åse", "", "2B"), conferences.person("Bo", "1A", "2B > 2A"))
    solution = solve(program, people)
    assert all(day[0] == "1A" for day in solution.assignment.days.values())
    assert values(solution) == (1, 1, 1)


def test_without_wishes_nobody_regrets_anything() -> None:
    program, people = conferences.full_house()
    silent = tuple(replace(person, wishes=(NO_WISHES, NO_WISHES)) for person in people)
    everything = with_rules((program, silent), fairness=OF_WISHES)
    solution = solve(*everything)
    assert audit(solution.assignment, silent).lawful
    assert set(values(solution)) == {0}


def test_whoever_has_no_wishes_displaces_nobody() -> None:
    program = conferences.program({"1A": 1, "1B": 2})
    people = (conferences.person("Åse", ""), conferences.person("Bo", ""), conferences.person("Cai", "1A"))
    solution = solve(program, people)
    assert solution.assignment.days[people[2].key] == ("1A",)


def test_everybody_may_present() -> None:
    program = conferences.program({"1A": 1, "1B": 1}, presenters={"1A": "Åse", "1B": "Bo"})
    people = (
        conferences.person("Åse", "1B", presents="1A"),
        conferences.person("Bo", "1A", presents="1B"),
        conferences.person("Cai", "", presents="1A"),
    )
    solution = solve(program, people)
    assert [solution.assignment.days[person.key] for person in people] == [("1A",), ("1B",), ("1A",)]
    assert solution.assignment.count_taken() == {"1A": 0, "1B": 0}
    assert values(solution) == (0, 0, 0)


def test_no_time_at_all_gives_a_lawful_assignment_and_true_bounds() -> None:
    program, participants = crowded(6, 60)
    proven, hurried = solve(program, participants), solve(program, participants, stop=Stop(seconds=0))
    certify(hurried.assignment, participants, hurried.stages)
    assert hurried.stages[0].bound <= proven.stages[0].value <= hurried.stages[0].value
    assert not hurried.interrupted


@pytest.mark.usefixtures("python_keyboard")
def test_ctrl_c_gives_the_best_so_far_and_says_so() -> None:
    program, participants = crowded(7, 60)
    is_told = threading.Event()

    def press(_criterion: Criterion, _bound: int | None, _value: int | None) -> None:
        if not is_told.is_set():
            is_told.set()
            await_the_wait()
            interrupt_main()

    solution = solve(program, participants, watch=press)
    assert is_told.is_set()
    certify(solution.assignment, participants, solution.stages)
    assert solution.interrupted


def with_rules(
    conference: Conference,
    *,
    fairness: tuple[Criterion, ...] = Rules().fairness,
    seed: int = 0,
) -> tuple[Program, tuple[Participant, ...]]:
    program, participants = conference
    return program.replace_rules(fairness=fairness, seed=seed), participants


def with_one_more_seat(program: Program, code: str) -> Program:
    return replace(
        program,
        rounds=tuple(
            replace(
                round_,
                sessions=tuple(
                    replace(session, room=replace(session.room, seats=session.seats + (session.code == code)))
                    for session in round_.sessions
                ),
            )
            for round_ in program.rounds
        ),
    )


def values(solution: Solution) -> tuple[int, ...]:
    return tuple(stage.value for stage in solution.stages)


@given(conference=lawful_conferences(), order=criteria_in_order)
@examples(40)
def test_what_prices_leave_open_cpsat_proves(conference: Conference, order: tuple[Criterion, ...]) -> None:
    program, participants = conference
    solution = solve(program.replace_rules(fairness=order), participants, limits=Limits(restricted_effort=0))
    certify(solution.assignment, participants, solution.stages)
    reached: dict[Criterion, int] = {}
    for stage in solution.stages:
        assert stage.proven
        assert stage.value == least(every_outcome(*conference), stage.criterion, reached)
        reached[stage.criterion] = stage.value


def test_cpsat_goes_on_from_what_prices_have_found() -> None:
    program, participants = crowded(seed=4, people=200)
    exact = solve(program, participants)
    solution = solve(program, participants, limits=Limits(restricted_effort=0))
    assert solution.stages == exact.stages
    assert solution.proofs[0] == exact.proofs[0]


def test_a_better_worst_may_cost_more_in_total_than_prices_had_reached() -> None:
    """A bound within a lower `total` says nothing of what is lawful where `total` has had to rise."""
    case = case_for(conferences.full_house())
    worse = Found(
        # Åse and Bo get both of their first wishes, Cai and Dea neither: worst 2, total 4.
        choices=[(0, 0) if person.name in {"Åse", "Bo"} else (1, 1) for person in case.participants],
        stages=(
            Stage(criterion=Criterion.WORST, value=2, bound=0, recomputable=0),
            Stage(criterion=Criterion.TOTAL, value=3, bound=3, recomputable=3),
            Stage(criterion=Criterion.EVEN, value=9, bound=9, recomputable=9),
        ),
        proofs=(None, None, Proof(criterion=Criterion.EVEN)),
    )
    order = (Criterion.WORST, Criterion.TOTAL, Criterion.EVEN)
    found = by_cpsat.search(
        case,
        order,
        seed=0,
        stop=Stop(),
        watch=lambda *_: None,
        start=worse.choices,
        bounds=KnownBounds(worse),
    )
    assert [(stage.value, stage.bound) for stage in found.stages] == [(1, 1), (4, 4), (4, 4)]
    assert found.proofs == (None, None, None)
