"""`midtvejs advise`."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given

from midtvejs.commands import advise as command
from midtvejs.commands._solve import try_plan
from midtvejs.domain.advice import (
    FEW,
    FEWER,
    MOST_IDEAS,
    Shortage,
    count_to_try,
    find_ideas,
    find_nearly_empty,
    put_together,
)
from midtvejs.domain.assignment import Assignment
from midtvejs.domain.fairness import Criterion, Stage, Verdict, compare_stages
from midtvejs.domain.program import Program
from midtvejs.domain.rules import Rules
from midtvejs.domain.variation import ChangeRoom, MoreSeats, Plan, Swap, WithoutDecision, WithoutRule
from midtvejs.output.pages.advise import put_best_first
from midtvejs.output.progress import Progress
from midtvejs.output.screen import Screen
from midtvejs.solving.stop import Stop
from tests.brute import every_outcome, optimum
from tests.cli.test_cli import desk, files, run
from tests.conferences import person, pinned, program
from tests.examples import examples
from tests.strategies import Conference, lawful_conferences, listed_conferences

__all__ = ["desk"]


def shortage(plan: Plan) -> Shortage:
    now = try_plan(plan, Stop())
    return Shortage(assignment=now.assignment, stages=now.stages, proofs=now.solution.proofs)


def trials(plan: Plan) -> command.Trials:
    return command.Trials(plan=plan, stop=Stop(), progress=Progress(Screen()))


@given(conference=lawful_conferences(max_people=5, max_rounds=2) | listed_conferences(max_people=3))
@examples(25)
def test_each_idea_is_worth_what_brute_force_finds_and_only_what_is_better_is_advice(
    conference: Conference,
) -> None:
    plan = Plan(program=conference[0], participants=conference[1])
    order = plan.program.rules.fairness
    least = optimum(every_outcome(plan.program, plan.participants), order)
    now = try_plan(plan, Stop())
    ideas = find_ideas(shortage(plan))[:6]
    tried = list(trials(plan).try_ideas(ideas, now))
    assert [each.idea for each in tried] == ideas
    for each in tried:
        varied = each.idea.apply(plan)
        outcomes = every_outcome(varied.program, varied.participants)
        best = optimum(outcomes, order) if outcomes else None
        assert (tuple(stage.value for stage in each.stages) or None) == best
        assert (each.verdict is Verdict.BETTER) == (best is not None and best < least)
    advice = [tuple(stage.value for stage in each.stages) for each in put_best_first(tried)]
    assert advice == sorted(advice)


def test_the_session_that_more_want_gets_the_larger_room() -> None:
    day = program({"1A": 1, "1B": 3})
    plan = Plan(program=day, participants=tuple(person(name, "1A > 1B") for name in ("Åse", "Bo", "Cai")))
    ideas = find_ideas(shortage(plan))
    assert ideas[0] == Swap(one="1A", other="1B")
    assert MoreSeats(code="1A", seats=1) in ideas
    assert not any(isinstance(each, MoreSeats) and each.code == "1B" for each in ideas)


def test_a_room_that_is_free_and_each_rule_are_ideas() -> None:
    day = program({"1A": 1, "1B": 3}, {"2A": 3})
    cai = pinned(person("Cai", "1B"), "1A")
    day = replace(day, rules=Rules(at_most=3, pins=cai.pins))
    plan = Plan(
        program=day,
        participants=(person("Bo", "1A > 1B", ""), replace(cai, wishes=(*cai.wishes, *cai.wishes))),
    )
    ideas = find_ideas(shortage(plan))
    assert ChangeRoom(code="1A", room=day.sessions["2A"].room) in ideas
    assert WithoutDecision(decision=cai.pins[0]) in ideas
    assert [str(each.rule) for each in ideas if isinstance(each, WithoutRule)] == ["at_most"]


def test_swaps_go_together_where_no_session_is_in_two_of_them() -> None:
    one, two, other = Swap(one="1A", other="1B"), Swap(one="1C", other="1B"), Swap(one="2A", other="2B")
    together = put_together([one, MoreSeats(code="1A", seats=1), two, other])
    assert together
    assert together.swaps == (one, other)
    assert put_together([one, two]) is None


def test_a_session_that_nearly_nobody_attends_is_found() -> None:
    day = program({"1A": 20, "1B": 20, "1C": 2})
    plan = Plan(program=day, participants=tuple(person(name, "1A") for name in ("Åse", "Bo", "Cai")))
    found = find_nearly_empty(shortage(plan))
    assert [(session.code, taken) for session, taken in found] == [("1B", 0), ("1C", 0)]


def test_whoever_cannot_have_their_wish_even_alone_is_badly_off() -> None:
    day = program({"1A": 2, "1B": 2})
    bo = pinned(person("Bo", "1A"), "1B")
    plan = Plan(program=day, participants=(person("Åse", "1A"), bo))
    best = trials(plan).find_best_days()
    assert best
    assert best.assignment.profile.regrets == {"åse@example.dk": 0, "bo@example.dk": 1}


@pytest.mark.parametrize(
    ("before", "after", "verdict"),
    [
        (((1, 1), (5, 5)), ((1, 1), (4, 4)), Verdict.BETTER),
        (((1, 1), (5, 5)), ((0, 0), (9, 9)), Verdict.BETTER),
        (((1, 1), (5, 5)), ((1, 1), (6, 6)), Verdict.WORSE),
        (((1, 1), (5, 5)), ((1, 1), (5, 5)), Verdict.SAME),
        (((1, 1), (5, 3)), ((1, 1), (4, 4)), Verdict.UNPROVEN),
        (((1, 0), (5, 5)), ((1, 1), (4, 4)), Verdict.UNPROVEN),
        (((1, 1), (5, 3)), ((1, 1), (2, 1)), Verdict.BETTER),
        (((1, 1), (5, 5)), ((1, 1), (7, 4)), Verdict.UNPROVEN),
    ],
)
def test_better_and_worse_are_proven(
    before: tuple[tuple[int, int], ...], after: tuple[tuple[int, int], ...], verdict: Verdict
) -> None:
    def stages(values: tuple[tuple[int, int], ...]) -> list[Stage]:
        return [
            Stage(criterion=criterion, value=value, bound=bound, recomputable=bound)
            for criterion, (value, bound) in zip((Criterion.WORST, Criterion.TOTAL), values, strict=True)
        ]

    assert compare_stages(stages(before), stages(after)) is verdict


def test_what_helps_is_told_and_nothing_is_written(desk: Path) -> None:
    before = files(desk)
    done = run(desk, "advise", "prefs.csv")
    assert done.returncode == 0
    assert "3 participants, as it is: worst 1 (0 is impossible), total 3 (the minimum)" in done.stdout
    assert "  1A has 1 seat more (1 → 2): total 2 instead of 3, even 2 instead of 3\n" in done.stdout
    assert done.stdout.endswith("Who would gain: midtvejs what-if prefs.csv --seats Panorama=6\n")
    assert files(desk) == before


def test_each_advice_comes_to_what_what_if_says(desk: Path) -> None:
    thing = json.loads(run(desk, "advise", "prefs.csv", "--json").stdout)
    assert thing["advice"]
    for advice in thing["advice"][:4]:
        done = json.loads(run(desk, "what-if", "prefs.csv", *advice["what_if"], "--json").stdout)
        assert (done["after"], done["edits"]) == (advice["after"], advice["edits"])


def test_without_time_nothing_is_tried(desk: Path) -> None:
    done = run(desk, "advise", "prefs.csv", "--time-limit", "0")
    assert done.returncode == 0
    assert "Nothing was tried.\n" in done.stdout
    assert "not tried: the time was up." in done.stdout


def test_too_few_seats_are_explained_as_ever(desk: Path) -> None:
    rows = ["name,email,organisation,R1,R2", *(f"Bo {number},,,1A,2A" for number in range(4)), ""]
    (desk / "prefs.csv").write_text("\n".join(rows), encoding="utf-8")
    done = run(desk, "advise", "prefs.csv")
    assert (done.returncode, done.stdout) == (3, "")
    assert "3 seats for 4 participants" in done.stderr


def test_swaps_together_are_told_only_where_they_come_to_more() -> None:
    people = tuple(person(name, "1A > 1B", "2A > 2B") for name in ("Åse", "Bo", "Cai"))
    plan = Plan(program=program({"1A": 1, "1B": 2}, {"2A": 1, "2B": 2}), participants=people)
    now, swaps = try_plan(plan, Stop()), (Swap(one="1A", other="1B"), Swap(one="2A", other="2B"))
    best = put_best_first(trials(plan).try_ideas(swaps, now))
    assert [each.stages[1].value for each in trials(plan).try_together(best, now)] == [2]
    assert trials(plan).try_together(best[:1], now) == []
    as_good = [replace(each, stages=trials(plan).try_together(best, now)[0].stages) for each in best]
    assert trials(plan).try_together(as_good, now) == []


@pytest.mark.parametrize("verb", [["advise"], ["what-if", "--seats", "Panorama=2", "--names"]])
def test_the_order_of_rows_changes_nothing(desk: Path, verb: list[str]) -> None:
    first = run(desk, verb[0], "prefs.csv", *verb[1:])
    head, *rows = (desk / "prefs.csv").read_text(encoding="utf-8").splitlines()
    (desk / "prefs.csv").write_text("\n".join([head, *reversed(rows), ""]), encoding="utf-8")
    assert run(desk, verb[0], "prefs.csv", *verb[1:]).stdout == first.stdout


def test_the_larger_and_the_more_bound_a_day_is_the_fewer_ideas_are_tried() -> None:
    day, people = program({"1A": 5, "1B": 5}), (person("Bo", "1A"),)
    bound = replace(day, rules=Rules(at_most=3))

    def count(of: Program, size: int) -> int:
        crowd = tuple(replace(people[0], name=f"Bo {number}", email="") for number in range(size))
        return count_to_try(Assignment(program=of, participants=crowd, days={}))

    counts = [count(day, 3), count(bound, 3), count(day, 20_001), count(day, 100_001)]
    assert counts == [MOST_IDEAS, FEWER, FEWER, FEW]
    assert MOST_IDEAS > FEWER > FEW > 0
