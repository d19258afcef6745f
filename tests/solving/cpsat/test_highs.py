"""HiGHS, in its process: it answers as CP-SAT does, in whole numbers only, and ends with the time."""

from __future__ import annotations

import json
import subprocess
import sys
from itertools import count
from pathlib import Path
from random import Random
from typing import Any
from unittest.mock import Mock, patch

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from midtvejs.domain.fairness import Criterion
from midtvejs.solving import with_rules as coupled
from midtvejs.solving.cpsat import highs
from midtvejs.solving.cpsat import search as by_cpsat
from midtvejs.solving.cpsat.highs import INFEASIBLE, solve_by_highs
from midtvejs.solving.cpsat.model import Model
from midtvejs.solving.cpsat.neighbourhoods import bring_within, improve
from midtvejs.solving.cpsat.question import Answer, Question
from midtvejs.solving.cpsat.solvers import is_for_highs
from midtvejs.solving.cpsat.stated import NOTHING, Outcome, Verdict
from midtvejs.solving.instance.arrays import lowest_squares
from midtvejs.solving.lawful import seat_lawfully
from midtvejs.solving.limits import DEFAULT, Limits
from midtvejs.solving.search import Found
from midtvejs.solving.stop import Stop
from tests.solving.cases import case_for, judged, unwatched, without_flows
from tests.solving.test_clock import grouped, up

FOUND = 1
"""The reason of an end with the optimum, as MathOpt numbers it."""

ORDER = (Criterion.WORST, Criterion.TOTAL, Criterion.EVEN)

A_WHILE = 120
"""Seconds after which a process is taken for one that never ends."""


def two_at_least() -> Model:
    """Three yes-or-no variables, two of which are a yes at least; the second one is dear."""
    model = Model()
    variables = [model.boolean() for _ in range(3)]
    model.at_least([(1, each) for each in variables], 2)
    model.minimise([(1, variables[0]), (4, variables[1]), (1, variables[0]), (1, variables[2])])
    return model


def test_a_model_is_the_same_to_both_solvers() -> None:
    found = solve_by_highs(two_at_least(), seed=0, stop=Stop(), nodes=1)
    assert found == two_at_least().solve(seed=0, stop=Stop())
    assert (list(found.values), found.value, found.verdict) == ([1, 0, 1], 3, Verdict.BEST)
    linear = two_at_least().linear()
    assert linear.costs == [(0, 2), (1, 4), (2, 1)]
    assert linear.allows([1, 0, 1])
    assert not linear.allows([1, 0, 0])
    assert not linear.allows([0, 0, 2])


@pytest.mark.parametrize("minimise", [None, Criterion.TOTAL, Criterion.EVEN])
@pytest.mark.parametrize("worst", [0, 3])
def test_both_answer_a_question_alike(minimise: Criterion | None, worst: int) -> None:
    case = case_for(grouped())
    start = seat_lawfully(case, Stop())
    assert start
    question = Question(case=case, limits={Criterion.WORST: worst}, minimise=minimise)
    by_seats = question.ask(start, seed=0, stop=Stop(), effort=20.0)
    by_relaxing = question.ask_highs(seed=0, stop=Stop(), nodes=20, share=1.0)
    for each in (by_seats, by_relaxing):
        assert each.outcome.verdict is (Verdict.BEST if worst else Verdict.IMPOSSIBLE)
        assert (each.choices is not None) == bool(worst)
    if minimise and by_relaxing.choices:
        assert by_seats.outcome.value == by_relaxing.outcome.value == by_relaxing.outcome.bound
        assert judged(case, by_relaxing.choices)[minimise] == by_relaxing.outcome.value


def answered(answer: dict[str, Any]) -> Outcome:
    with patch.object(highs, "_ask", lambda *_: answer):
        return solve_by_highs(two_at_least(), seed=0, stop=Stop(), nodes=1)


def test_what_is_found_counts_in_whole_numbers_only() -> None:
    broken = answered({"reason": FOUND, "values": [1, 0, 0], "bound": 2.0})
    assert (broken.verdict, broken.bound) == (Verdict.UNDECIDED, 2)
    for bound, whole in ((2.9999999, 3), (2.0000001, 2), (1.2, 2)):
        found = answered({"reason": FOUND, "values": [1, 0, 1], "bound": bound})
        assert found.bound == whole
        assert found.verdict is (Verdict.BEST if whole == 3 else Verdict.FOUND)
    assert answered({"reason": INFEASIBLE, "values": [], "bound": 0.0}).verdict is Verdict.IMPOSSIBLE
    assert answered({"reason": 6, "values": [], "bound": float("inf")}).bound == 0


@pytest.mark.parametrize(
    ("does", "stop"),
    [
        ("import time; time.sleep(86400)", Stop(seconds=9, clock=count().__next__)),
        ("raise SystemExit(1)", Stop()),
        ("print('{')", Stop()),
        ("raise AssertionError('never begun')", up()),
    ],
)
def test_nothing_comes_of_a_process_that_is_ended_or_ends_by_itself(
    does: str, stop: Stop, tmp_path: Path
) -> None:
    process = tmp_path / "process.py"
    process.write_text(does, encoding="utf-8")
    with patch.object(highs, "PROCESS", process):
        assert solve_by_highs(two_at_least(), seed=0, stop=stop, nodes=1) == NOTHING


def test_nothing_comes_of_it_where_no_file_can_be_written() -> None:
    with patch.object(highs, "TemporaryFile", side_effect=OSError):
        assert solve_by_highs(two_at_least(), seed=0, stop=Stop(), nodes=1) == NOTHING


def endless() -> bytes:
    """A question that no search answers in our time: numbers are to be split into halves of the same sum."""
    random = Random(7)  # noqa: S311 - a test, no secret
    rows = []
    for _ in range(6):
        counts = [random.randrange(100) for _ in range(50)]
        half = sum(counts) // 2
        rows.append((half, half, [*enumerate(counts)]))
    asked = {"most": [1] * 50, "rows": rows, "costs": [(0, 1)], "nodes": 10**9, "seed": 0, "seconds": None}
    return json.dumps(asked).encode() + b"\n"


def test_the_process_ends_with_its_input_whatever_ended_that_which_asked() -> None:
    """As it does where that is killed while the process has hardly begun."""
    command, pipe, silent = [sys.executable, "-P", str(highs.PROCESS)], subprocess.PIPE, subprocess.DEVNULL
    with subprocess.Popen(command, stdin=pipe, stdout=silent, stderr=silent) as process:
        try:
            process.communicate(endless(), timeout=A_WHILE)
        finally:
            process.kill()
    assert process.returncode == 1


@pytest.mark.parametrize(
    ("seconds", "share", "left"), [(None, 0.5, None), (10, 1.0, 9.5), (10, 0.5, 5), (0.25, 1.0, 0)]
)
def test_highs_is_told_to_end_before_the_time_does(
    seconds: float | None, share: float, left: float | None
) -> None:
    told: list[str] = []
    stop = Stop(seconds=seconds, clock=lambda: 7.0)
    with patch.object(highs, "_ask", lambda question, _stop: told.append(question.decode())):
        solve_by_highs(two_at_least(), seed=0, stop=stop, nodes=1, share=share)
    assert f'"seconds": {"null" if left is None else float(left)}' in told[0]


def searched(limits: Limits) -> Found:
    case = case_for(grouped(), limits=limits)
    start = seat_lawfully(case, Stop())
    assert start
    found = coupled.search(case, ORDER, seed=0, stop=Stop(), watch=unwatched, lawful=start)
    criteria = judged(case, found.choices)
    assert [stage.value for stage in found.stages] == [criteria[each] for each in ORDER]
    return found


@pytest.mark.parametrize("coupled_limit", [0, 500])
def test_a_search_asks_highs_where_there_are_as_many_as_it_is_for(coupled_limit: int) -> None:
    with patch.object(by_cpsat, "improve", side_effect=AssertionError("not a few at a time")):
        by_highs = searched(Limits(relaxed=0, coupled=coupled_limit))
    assert by_highs.stages == searched(DEFAULT).stages
    assert all(stage.proven for stage in by_highs.stages)


def test_what_highs_leaves_open_is_improved_a_few_at_a_time() -> None:
    with (
        without_flows(),
        patch.object(highs, "_ask", lambda *_: None),
        patch.object(by_cpsat, "exchange_within_rules", return_value=None) as passed_on,
        patch.object(by_cpsat, "improve", Mock(wraps=improve)) as improved,
        patch.object(by_cpsat, "bring_within", Mock(wraps=bring_within)) as brought,
    ):
        searched(Limits(relaxed=0, coupled=0))
    # Once before the regrets are brought down, and once for each sum.
    assert improved.call_count == 3
    assert brought.called
    # And once before `even` is asked about.
    assert passed_on.call_count == 4 + brought.call_count


def test_after_a_question_without_an_answer_highs_is_not_asked_again() -> None:
    """What comes next is asked within more, and so is harder."""
    silent = Answer(outcome=NOTHING)
    with without_flows(), patch.object(Question, "ask_highs", return_value=silent) as asked:
        found = searched(Limits(relaxed=0, most_near=0))
    assert asked.call_count == 1
    assert found.stages == searched(DEFAULT).stages


def test_a_bound_above_what_was_reached_is_not_believed() -> None:
    undecided = Answer(outcome=Outcome(verdict=Verdict.UNDECIDED, values=(), value=0, bound=10**6))
    with patch.object(Question, "ask_highs", return_value=undecided):
        found = searched(Limits(relaxed=0, coupled=0))
    assert all(stage.bound <= stage.value for stage in found.stages)


def test_one_answer_of_highs_serves_all_stages() -> None:
    with patch.object(Question, "ask_highs", autospec=True, side_effect=Question.ask_highs) as asked:
        found = searched(Limits(relaxed=0, most_near=0))
    questions = [call.args[0] for call in asked.call_args_list]
    assert questions
    assert {(question.minimise, question.then) for question in questions} == {ORDER[1:]}
    assert found.stages == searched(DEFAULT).stages


@given(st.lists(st.integers(0, 9), min_size=1, max_size=9))
def test_squares_are_no_less_than_those_of_a_total_spread_evenly(regrets: list[int]) -> None:
    total, people = sum(regrets), len(regrets)
    even = [total // people + (number < total % people) for number in range(people)]
    least = lowest_squares(people, np.array(total))
    assert least == sum(regret**2 for regret in even) <= sum(regret**2 for regret in regrets)


def test_what_follows_from_the_total_is_not_asked_about() -> None:
    """Nobody has more than one step: the squares are the total."""
    case = case_for(grouped(), limits=Limits(relaxed=0, heaviest_to_prove=0))
    start = seat_lawfully(case, Stop())
    with patch.object(Question, "ask_highs", autospec=True, side_effect=Question.ask_highs) as asked:
        found = by_cpsat.search(case, ORDER, seed=0, stop=Stop(), watch=unwatched, start=start)
    squares = [call for call in asked.call_args_list if call.args[0].minimise is Criterion.EVEN]
    total, even = found.stages[1:]
    assert bool(squares) == (even.value > lowest_squares(len(case.rows), np.array(total.bound)))


@pytest.mark.parametrize(("seconds", "is_asked"), [(None, True), (100, True), (0.02, False)])
def test_highs_is_not_asked_where_the_time_is_too_short_for_it(seconds: float | None, is_asked: bool) -> None:
    case = case_for(grouped(), limits=Limits(relaxed=0))
    stop = Stop(seconds=seconds, clock=lambda: 7.0)
    assert is_for_highs(case, stop) == is_asked
    start = seat_lawfully(case, stop)
    with patch.object(Question, "ask_highs", autospec=True, side_effect=Question.ask_highs) as asked:
        by_cpsat.search(case, ORDER, seed=0, stop=stop, watch=unwatched, start=start)
    assert asked.called == is_asked


def test_an_answer_counts_for_a_later_stage_that_has_no_time_left_for_another() -> None:
    case = case_for(grouped(), limits=Limits(relaxed=0, coupled=0))
    now = 0.0

    def ask(question: Question, *, nodes: int, share: float, **_how: object) -> Answer:
        nonlocal now
        answer = real(question, seed=0, stop=Stop(), nodes=nodes, share=share)
        now = 0.99 if answer.choices else 0.0
        return answer

    real, stop = Question.ask_highs, Stop(seconds=1, clock=lambda: now)
    start = seat_lawfully(case, stop)
    with patch.object(Question, "ask_highs", ask):
        found = by_cpsat.search(case, ORDER, seed=0, stop=stop, watch=unwatched, start=start)
    assert [stage.proven for stage in found.stages] == [True, True, True]
