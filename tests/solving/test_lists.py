"""Days with sessions held more than once, from outside: the least there is, proven, the same every time."""

from __future__ import annotations

import random
from contextlib import nullcontext
from dataclasses import replace

import pytest
from hypothesis import given

from midtvejs.auditing.audit import audit, certify
from midtvejs.auditing.verify import certificate_of, verify
from midtvejs.domain.assignment import NoLawfulAssignment
from midtvejs.domain.fairness import Criterion
from midtvejs.domain.offers import place
from midtvejs.domain.participants import Participant, Wishes
from midtvejs.domain.program import Block, Offer, Program
from midtvejs.domain.rules import Law, Pin
from midtvejs.solving import lawful
from midtvejs.solving.cpsat.question import Question
from midtvejs.solving.instance.case import case_of
from midtvejs.solving.lawful import seat_lawfully
from midtvejs.solving.queue.in_turn import by_lottery
from midtvejs.solving.solve import solve
from midtvejs.solving.stop import Stop
from tests.brute import every_outcome, optimum
from tests.conferences import one_list, open_day, person, session
from tests.solving.cases import without_flows
from tests.strategies import (
    Conference,
    criteria_in_order,
    listed_conferences,
    listed_conferences_with_rules,
)

BOTH = {1: 9, 2: 9}


@given(conference=listed_conferences(), fairness=criteria_in_order)
def test_it_is_the_least_there_is_and_proven(conference: Conference, fairness: tuple[Criterion, ...]) -> None:
    program, people = conference
    program = program.replace_rules(fairness=fairness)
    solution = solve(program, people)
    certify(solution.assignment, people, solution.stages)
    values = tuple(stage.value for stage in solution.stages)
    assert values == optimum(every_outcome(program, people), fairness)
    assert all(stage.proven for stage in solution.stages)
    certificate = certificate_of(solution.assignment, solution.stages, solution.proofs)
    assert verify(solution.assignment, people, certificate).holds


@given(conference=listed_conferences_with_rules())
def test_with_rules_it_is_the_least_there_is_or_refused(conference: Conference) -> None:
    program, people = conference
    outcomes = every_outcome(program, people)
    if not outcomes:
        with pytest.raises(NoLawfulAssignment):
            solve(program, people)
        return
    solution = solve(program, people)
    certify(solution.assignment, people, solution.stages)
    values = tuple(stage.value for stage in solution.stages)
    assert values == optimum(outcomes, program.rules.fairness)


@given(conference=listed_conferences())
def test_a_queue_seats_nobody_twice(conference: Conference) -> None:
    program, people = conference
    dealt = by_lottery(program, people)
    assert audit(dealt.assignment, people).violations == ()


def crowd(size: int, *, sessions: int, seed: int = 1) -> tuple[Program, tuple[Participant, ...]]:
    """A day of four rounds in which each of some sessions is held twice, with few seats to spare."""
    draw = random.Random(seed)  # noqa: S311 - a made-up crowd
    codes = [f"S{number}" for number in range(sessions)]
    seats = -(-size * 4 // (2 * sessions)) + 1
    held = {code: {number % 4 + 1: seats, (number + 2) % 4 + 1: seats} for number, code in enumerate(codes)}
    people = tuple(
        Participant(
            name=f"Å{number}",
            wishes=(
                Wishes(tuple(sorted(codes, key=lambda code: draw.random() * (1 + codes.index(code))))[:6]),
            ),
        )
        for number in range(size)
    )
    return one_list(held, rounds=4), people


def test_a_crowd_is_proven_by_prices_whatever_the_order_of_its_rows() -> None:
    day, people = crowd(120, sessions=8)
    solution = solve(day, people)
    certify(solution.assignment, people, solution.stages)
    assert all(stage.proven for stage in solution.stages)
    assert solution.stages[1].value > 0
    certificate = certificate_of(solution.assignment, solution.stages, solution.proofs)
    assert verify(solution.assignment, people, certificate).proven
    turned = solve(day, people[::-1])
    assert turned.assignment.days == solution.assignment.days
    assert [(stage.value, stage.bound) for stage in turned.stages] == [
        (stage.value, stage.bound) for stage in solution.stages
    ]


def test_one_seat_more_never_costs_more() -> None:
    day, people = crowd(60, sessions=6)
    wider = replace(
        day,
        rounds=tuple(
            replace(
                round_,
                sessions=tuple(
                    replace(each, room=replace(each.room, seats=each.room.seats + 1))
                    for each in round_.sessions
                ),
            )
            for round_ in day.rounds
        ),
    )
    tight, loose = (solve(each, people) for each in (day, wider))
    for less, more in zip(loose.stages[:1], tight.stages[:1], strict=True):
        assert less.value <= more.value


def test_names_of_rounds_change_no_figure() -> None:
    day, people = crowd(40, sessions=6)
    renamed = replace(day, rounds=tuple(replace(each, id=f"X{each.id}") for each in day.rounds))
    assert [stage.value for stage in solve(renamed, people).stages] == [
        stage.value for stage in solve(day, people).stages
    ]


def test_a_pin_holds_in_whichever_round() -> None:
    day = one_list({"A": BOTH, "B": BOTH, "C": BOTH}, rounds=2)
    pin = Pin(code="C", participant="Åse")
    aase = replace(person("Åse", "A > B > C"), pins=(pin,))
    day = replace(day, rules=replace(day.rules, pins=(pin,)))
    solution = solve(day, (aase,))
    assert "C" in solution.assignment.days[aase.key]
    assert "A" in solution.assignment.days[aase.key]
    late = replace(pin, round_id="R2")
    bound = replace(aase, pins=(late,))
    assert solve(day, (bound,)).assignment.days[bound.key] == ("A", "C")


def test_whoever_is_in_a_session_that_goes_on_is_in_it_to_its_end() -> None:
    day = one_list({"D": {1: 1}, "A": BOTH, "B": BOTH}, rounds=2, lasting={"D": (1, 2)})
    people = (person("Åse", "D > A"), person("Bo", "D > A > B"))
    solution = solve(day, people)
    days = solution.assignment.days
    assert sorted(days.values()) in ([("A", "B"), ("D", "D")], [("B", "A"), ("D", "D")])
    assert solution.stages[1].value == 2  # one of them misses D above A, and above B


def test_too_few_different_sessions_are_told_apart_from_too_few_seats() -> None:
    """Each round has a seat for everybody, and all of them would have to be in A twice."""
    day = one_list({"A": {1: 2, 2: 2}, "B": {1: 1, 2: 1}}, rounds=2)
    people = tuple(person(name, "A > B") for name in ("Åse", "Bo", "Cai"))
    with pytest.raises(NoLawfulAssignment) as refused:
        solve(day, people)
    assert refused.value.shortages == ()
    (impasse,) = refused.value.impasses
    assert impasse.clashes[0].rules == (
        "nobody is in the same session twice in R1, R2",
        "B in R1 in Lokale B has 1 seat",
        "B in R2 in Lokale B has 1 seat",
    )
    assert impasse.smallest == ("find 1 more seat for B in R1",)
    assert every_outcome(day, people) == frozenset()


def test_the_list_that_cannot_be_seated_is_named() -> None:
    """The other one can; its rounds are not to be blamed."""
    both = {"A": {1: 9, 2: 9}, "B": {1: 9, 2: 9}, "C": {3: 9, 4: 9}, "D": {3: 1, 4: 1}}
    day = one_list(both, rounds=4)
    lists = (Block(id="før", rounds=(0, 1)), Block(id="efter", rounds=(2, 3)))
    people = tuple(person(name, "A > B", "C > D") for name in ("Åse", "Bo", "Cai"))
    with pytest.raises(NoLawfulAssignment) as refused:
        solve(replace(day, lists=lists), people)
    (impasse,) = refused.value.impasses
    assert impasse.round.id == "R3"
    assert impasse.clashes[0].rules[1:] == (
        "D in R3 in Lokale D has 1 seat",
        "D in R4 in Lokale D has 1 seat",
    )


def test_whoever_has_no_day_even_alone_is_named() -> None:
    both = {1: 9, 2: 9, 3: 9}
    day = one_list({"A": both, "B": both}, rounds=3)
    aase, bo = person("Åse", "A > B"), replace(person("Bo", "B"), absent=frozenset({"R2"}))
    with pytest.raises(NoLawfulAssignment) as refused:
        solve(day, (aase, bo))
    (impasse,) = refused.value.impasses
    assert impasse.clashes[0].rules == (
        "nobody is in the same session twice in R1, R2, R3",
        "too few different sessions are open to Åse",
    )
    assert impasse.clashes[0].changes == ("hold more different sessions in R1, R2, R3",)
    assert sorted(solve(day, (bo,)).assignment.days[bo.key]) == ["", "A", "B"]


@pytest.mark.parametrize("law", [Law.ONCE, Law.THROUGH])
def test_without_a_judge_the_solver_keeps_to_sessions_all_the_same(law: Law) -> None:
    day = one_list({"D": {1: 1}, "A": BOTH, "B": BOTH}, rounds=2, lasting={"D": (1, 2)})
    people = tuple(person(name, wishes) for name, wishes in (("Åse", "A"), ("Bo", "A"), ("Cai", "D > A")))
    with pytest.MonkeyPatch.context() as patching:
        from midtvejs.auditing import audit as module

        patching.setattr(
            module, "JUDGES", {each: judge for each, judge in module.JUDGES.items() if each is not law}
        )
        solution = solve(day, people)
    assert audit(solution.assignment, people).violations == ()


@pytest.mark.parametrize("times", [1, 2])
@pytest.mark.parametrize("by_flows", [False, True])
def test_a_model_of_the_whole_day_is_made_only_if_its_rounds_seat_anyone_twice(
    times: int, by_flows: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    twice = Offer(session=session("A", 1), rounds=("R1", "R2"), fewest=times, most=times)
    day = open_day({"A": twice, "B": None, "C": None}, rounds=2, rooms=(3, 3))
    rounds = {1: ("R1",), 2: ("R1", "R2")}[times]
    day = place(day, {"A": rounds, "B": ("R1",), "C": ("R2",)})
    people = [person(name, "A > B > C") for name in ("Åse", "Bo", "Cai")]
    asked = []
    ask = Question.ask

    def count(*question: object, **how: object) -> object:
        asked.append(question)
        return ask(*question, **how)  # type: ignore[arg-type] # as it is called

    monkeypatch.setattr(Question, "ask", count)
    # Whoever is seated by heads alone is in A as often as it is held.
    monkeypatch.setattr(lawful, "seats_or_impasse", lambda *_: dict.fromkeys(range(len(people)), 0))
    with nullcontext() if by_flows else without_flows():
        assert seat_lawfully(case_of(day, people), Stop())
    assert len(asked) == (0 if by_flows else times - 1)
