"""Which solver is asked, what is kept of each answer, and rooms that are chosen before anybody sits."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TypedDict, Unpack
from unittest.mock import patch

import pytest

from midtvejs.domain.fairness import Criterion
from midtvejs.domain.program import Program
from midtvejs.solving.cpsat import search as by_cpsat
from midtvejs.solving.cpsat.alone import RoundsAlone
from midtvejs.solving.cpsat.broken import keeps_the_rules
from midtvejs.solving.cpsat.question import Answer, Question
from midtvejs.solving.cpsat.settled import settled_as_in
from midtvejs.solving.cpsat.solvers import Solvers
from midtvejs.solving.cpsat.stated import NOTHING, Outcome, Verdict
from midtvejs.solving.instance.case import Case, Choice
from midtvejs.solving.lawful import seat_lawfully
from midtvejs.solving.limits import DEFAULT, Limits
from midtvejs.solving.search import Found
from midtvejs.solving.stop import Stop
from tests.benchmarks.hardness.specs import RULES
from tests.solving.cases import judged, ruled_day, unwatched

LARGE = Limits(relaxed=0, rooms_at_once=0)
"""Every day is as large as those on which rooms come first."""
IN_A_HURRY = replace(LARGE, pace_with_rooms=0)
ROUNDS_FIRST = replace(IN_A_HURRY, room_choices=0)
PARTS_FIRST = replace(ROUNDS_FIRST, pace_of_rounds=0, pace_of_prices=0)

SILENT = Answer(outcome=NOTHING)


class How(TypedDict):
    """How HiGHS is asked."""

    seed: int
    stop: Stop
    nodes: int
    share: float
    to_prove: bool


def told(bound: int) -> Answer:
    return Answer(outcome=Outcome(verdict=Verdict.UNDECIDED, values=(), value=0, bound=bound))


def day(folder: Path, limits: Limits, *rules: str, people: int = 30) -> Case:
    return ruled_day(folder, *(rules or RULES), people=people, shape=(4, 3), spare=1.15, limits=limits)


def start_of(case: Case) -> list[Choice]:
    start = seat_lawfully(case, Stop())
    assert start
    return start


def searched(case: Case, stop: Stop | None = None) -> Found:
    found = by_cpsat.search(
        case,
        case.program.rules.fairness,
        seed=0,
        stop=stop or Stop(),
        watch=unwatched,
        start=start_of(case),
        effort=60.0,
    )
    criteria = judged(case, found.choices)
    assert [stage.value for stage in found.stages] == [criteria[each.criterion] for each in found.stages]
    assert keeps_the_rules(case, found.choices)
    return found


def solvers_of(case: Case, stop: Stop | None = None) -> Solvers:
    return Solvers(case, seed=0, stop=stop or Stop(), watch=unwatched, effort=60.0)


def total_of(case: Case, **limits: int) -> Question:
    kept = {Criterion[name.upper()]: value for name, value in limits.items()}
    return Question(case=case, limits=kept, minimise=Criterion.TOTAL)


@pytest.mark.parametrize("limits", [LARGE, Limits(relaxed=0)])
def test_with_time_enough_all_is_proven_whichever_comes_first(limits: Limits, tmp_path: Path) -> None:
    exact = searched(day(tmp_path, DEFAULT))
    found = searched(day(tmp_path, limits))
    assert all(stage.proven for stage in found.stages)
    assert [(stage.value, stage.bound) for stage in found.stages] == [
        (stage.value, stage.bound) for stage in exact.stages
    ]


def test_in_a_hurry_rooms_are_chosen_once_and_bounds_hold_in_any(tmp_path: Path) -> None:
    exact = searched(day(tmp_path, DEFAULT))
    case = day(tmp_path, IN_A_HURRY)
    before = judged(case, start_of(case))[Criterion.WORST]
    programs: list[Program] = []

    def ask(question: Question, **how: Unpack[How]) -> Answer:
        # To bring regrets down takes other rooms, perhaps, than are best for each round.
        if question.limits[Criterion.WORST] >= before:
            programs.append(question.case.program)
        return ask_highs(question, **how)

    ask_highs = Question.ask_highs
    with (
        patch.object(Question, "ask_highs", autospec=True, side_effect=ask),
        patch.object(Solvers, "narrow", return_value=None),
    ):
        found = searched(case, Stop(seconds=10**6))
    assert programs
    assert not any(session.rooms for program in programs for session in program.sittings.values())
    assert {tuple(program.sittings.values()) for program in programs} == {
        tuple(programs[0].sittings.values())
    }
    # Of the first criterion that differs, less cannot be reached, nor more be proven.
    for stage, best in zip(found.stages, exact.stages, strict=True):
        assert stage.bound <= best.value <= stage.value
        if stage.value != best.value:
            break


def test_what_is_best_in_its_rooms_is_not_improved_by_passing_seats_on(tmp_path: Path) -> None:
    case = day(tmp_path, IN_A_HURRY)
    solvers, start = solvers_of(case, Stop(seconds=10**6)), start_of(case)
    answers = [
        solvers.ask(
            Question(case=case, limits={Criterion.WORST: 9}, minimise=each), start, later=3, within=True
        )
        for each in (Criterion.EVEN, Criterion.AVOID_OWN)
    ]
    for answer in answers:
        assert answer.choices is not None
        assert answer.best_in_rooms
        assert keeps_the_rules(case, answer.choices)
    with (
        patch.object(Solvers, "ask", return_value=answers[0]),
        patch.object(by_cpsat, "exchange_within_rules", side_effect=AssertionError("nothing to gain")),
        patch.object(by_cpsat, "improve", side_effect=AssertionError("nor there")),
    ):
        by_cpsat.search(
            case, (Criterion.EVEN,), seed=0, stop=Stop(), watch=unwatched, start=answers[0].choices
        )


def test_seats_are_passed_on_where_others_are_no_better_in_the_best_of_their_rooms(tmp_path: Path) -> None:
    case = day(tmp_path, IN_A_HURRY)
    start = start_of(case)
    own = Question(case=case, limits={}, minimise=Criterion.AVOID_OWN)
    best = solvers_of(case).ask(own, start, later=0, within=True).choices
    assert best
    answer = Answer(outcome=replace(NOTHING, verdict=Verdict.FOUND), choices=start, best_in_rooms=True)
    assert judged(case, start)[Criterion.AVOID_OWN] > judged(case, best)[Criterion.AVOID_OWN]
    with (
        patch.object(Solvers, "ask", return_value=answer),
        patch.object(Solvers, "price", return_value=0),
        patch.object(by_cpsat, "exchange_within_rules", return_value=None) as passed_on,
    ):
        by_cpsat.search(case, (Criterion.AVOID_OWN,), seed=0, stop=Stop(), watch=unwatched, start=best)
    assert passed_on.called


def least_total(case: Case, worst: int) -> int:
    exact = solvers_of(replace(case, limits=DEFAULT)).ask(
        total_of(case, worst=worst), start_of(case), later=3, within=False
    )
    assert exact.outcome.verdict is Verdict.BEST
    return exact.outcome.value


@pytest.mark.parametrize("limits", [ROUNDS_FIRST, PARTS_FIRST])
def test_regrets_are_brought_down_in_rooms_that_rounds_or_parts_choose(
    limits: Limits, tmp_path: Path
) -> None:
    case = day(tmp_path, limits)
    start = start_of(case)
    worst = judged(case, start)[Criterion.WORST]
    solvers = solvers_of(case, Stop(seconds=10**6))
    ask_highs, relax = Question.ask_highs, Question.relax
    with (
        patch.object(Question, "ask_highs", autospec=True, side_effect=ask_highs) as by_highs,
        patch.object(Question, "relax", autospec=True, side_effect=relax) as relaxed,
    ):
        answer = solvers.ask(total_of(case, worst=worst), start, later=3, within=False)
    rooms_are_open = [
        any(session.rooms for session in call.args[0].case.program.sittings.values())
        for call in by_highs.call_args_list
    ]
    assert rooms_are_open == [False]
    assert relaxed.called == (limits is PARTS_FIRST)
    assert answer.choices is not None
    assert answer.best_in_rooms
    assert keeps_the_rules(case, answer.choices)
    criteria = judged(case, answer.choices)
    assert criteria[Criterion.WORST] <= worst
    assert answer.outcome.bound <= least_total(case, worst) <= criteria[Criterion.TOTAL]


@pytest.mark.parametrize("rules", [("auto",), ("auto", "together")])
def test_what_is_found_while_rooms_are_open_is_made_better_in_its_rooms_where_rules_bind_nobody(
    rules: tuple[str, ...], tmp_path: Path
) -> None:
    case = day(tmp_path, LARGE, *rules, people=20)
    start = start_of(case)
    even = judged(case, start)[Criterion.EVEN]
    found = replace(
        told(0), choices=start, outcome=Outcome(verdict=Verdict.FOUND, values=(), value=even, bound=1)
    )
    ask_highs = Question.ask_highs

    def ask(question: Question, **how: Unpack[How]) -> Answer:
        if any(session.rooms for session in question.case.program.sittings.values()):
            return found
        return ask_highs(question, **how)

    question = Question(case=case, limits={}, minimise=Criterion.EVEN)
    with (
        patch.object(Question, "ask_highs", autospec=True, side_effect=ask),
        patch.object(Question, "relax", return_value=(0, {})),
        patch.object(Solvers, "_are_rooms_first", return_value=False),
        patch.object(Solvers, "_has_time_for_rooms", return_value=False),
    ):
        answer = solvers_of(case).ask(question, start, later=3, within=False)
    assert answer.choices is not None
    assert answer.best_in_rooms == (rules == ("auto",))
    assert keeps_the_rules(case, answer.choices)
    assert answer.outcome.bound == 1
    value = judged(case, answer.choices)[Criterion.EVEN]
    assert value == answer.outcome.value
    assert (value < even) == answer.best_in_rooms


@pytest.mark.parametrize("limits", [LARGE, Limits(relaxed=0)])
def test_what_a_round_alone_refuses_is_impossible(limits: Limits, tmp_path: Path) -> None:
    case = day(tmp_path, limits)
    with (
        patch.object(RoundsAlone, "minimise", return_value=None),
        patch.object(Question, "ask_highs", return_value=SILENT),
    ):
        answer = solvers_of(case).ask(total_of(case, worst=9), start_of(case), later=3, within=True)
    assert answer.outcome.verdict is Verdict.IMPOSSIBLE


@pytest.mark.parametrize("verdict", [Verdict.IMPOSSIBLE, Verdict.UNDECIDED])
def test_rooms_in_which_nobody_is_seated_are_given_up(verdict: Verdict, tmp_path: Path) -> None:
    case = day(tmp_path, replace(LARGE, most_near=0))
    exact = searched(day(tmp_path, DEFAULT))
    asked: list[bool] = []

    def ask(question: Question, **how: Unpack[How]) -> Answer:
        asked.append(any(session.rooms for session in question.case.program.sittings.values()))
        if not asked[-1]:
            return Answer(outcome=replace(NOTHING, verdict=verdict))
        return ask_highs(question, **how)

    ask_highs = Question.ask_highs
    with (
        patch.object(Question, "ask_highs", autospec=True, side_effect=ask),
        patch.object(Solvers, "narrow", return_value=None),
    ):
        found = searched(case)
    # Those that are best for each round, and then those of the start.
    assert asked.count(False) == (2 if verdict is Verdict.IMPOSSIBLE else 1)
    # Without an answer HiGHS is not asked again: what comes next is harder.
    assert (True in asked) == (verdict is Verdict.IMPOSSIBLE)
    assert [stage.value for stage in found.stages] == [stage.value for stage in exact.stages]


def test_rounds_that_tell_less_than_prices_choose_no_rooms(tmp_path: Path) -> None:
    case = day(tmp_path, LARGE)
    question = replace(total_of(case, worst=9), bound=1)
    start = start_of(case)
    with (
        patch.object(Question, "ask", return_value=SILENT),
        patch.object(Question, "ask_highs", autospec=True, return_value=told(0)) as by_highs,
        patch.object(Question, "relax", return_value=(0, {})),
    ):
        answer = solvers_of(case).ask(question, start, later=0, within=False)
    assert answer.outcome.bound == 1
    assert [call.args[0].case for call in by_highs.call_args_list] == [case]


def test_what_highs_has_proven_is_kept_beside_what_cp_sat_finds(tmp_path: Path) -> None:
    case = day(tmp_path, Limits(relaxed=0), "together")
    least = solvers_of(case).ask(total_of(case), start_of(case), later=0, within=True).outcome.value
    found = replace(told(0), outcome=Outcome(verdict=Verdict.FOUND, values=(), value=least, bound=0))
    with (
        patch.object(Question, "ask_highs", return_value=told(least - 1)),
        patch.object(Question, "ask", autospec=True, return_value=found) as by_cpsat,
    ):
        answer = solvers_of(case).ask(total_of(case), start_of(case), later=0, within=True)
    assert by_cpsat.call_args.args[0].bound == least - 1
    assert (answer.outcome.verdict, answer.outcome.bound) == (Verdict.FOUND, least - 1)
    with (
        patch.object(Question, "ask_highs", return_value=told(least)),
        patch.object(Question, "ask", return_value=found),
    ):
        answer = solvers_of(case).ask(total_of(case), start_of(case), later=0, within=True)
    assert (answer.outcome.verdict, answer.outcome.bound) == (Verdict.BEST, least)


def test_what_was_proven_of_a_question_without_an_answer_is_known_when_it_is_asked_again(
    tmp_path: Path,
) -> None:
    case = day(tmp_path, Limits(relaxed=0), "together")
    question, start, solvers = total_of(case), start_of(case), solvers_of(case)
    with patch.object(Question, "ask", return_value=SILENT):
        for bound in (7, 0):
            with (
                patch.object(Question, "ask_highs", return_value=told(bound)),
                patch.object(Question, "relax", return_value=(0, {})),
            ):
                answer = solvers.ask(question, start, later=0, within=True)
            assert answer.outcome.bound == 7


def test_what_highs_leaves_open_is_relaxed_where_there_is_time_for_it(tmp_path: Path) -> None:
    case = day(tmp_path, Limits(relaxed=0, pace_relaxed=10), "together")
    question, start = total_of(case), start_of(case)
    for seconds, bound in ((10**6, 1), (1, 0)):
        with (
            patch.object(Question, "ask_highs", return_value=SILENT),
            patch.object(Question, "ask", return_value=SILENT),
            patch.object(Question, "relax", return_value=(1, {})),
        ):
            stop = Stop(seconds=seconds, clock=lambda: 0.0)
            assert solvers_of(case, stop).ask(question, start, later=0, within=True).outcome.bound == bound


@pytest.mark.parametrize(("took", "asked"), [(1.0, 2), (60.0, 1)])
def test_highs_is_not_asked_where_it_may_not_take_as_long_as_before(
    took: float, asked: int, tmp_path: Path
) -> None:
    case = day(tmp_path, Limits(relaxed=0, pace=10**6), "together")
    now = [0.0]

    def ask(*_: object, **__: object) -> Answer:
        now[0] += took
        return replace(told(0), outcome=Outcome(verdict=Verdict.FOUND, values=(), value=9, bound=0))

    with (
        patch.object(Question, "ask_highs", autospec=True, side_effect=ask) as by_highs,
        patch.object(Question, "ask", return_value=SILENT),
        patch.object(Question, "relax", return_value=(0, {})),
    ):
        solvers = solvers_of(case, Stop(seconds=100, clock=lambda: now[0]))
        for worst in (3, 2):
            solvers.ask(total_of(case, worst=worst), start_of(case), later=1, within=True)
    assert by_highs.call_count == asked


@pytest.mark.parametrize("seed", range(4))
def test_what_is_seated_in_settled_rooms_is_lawful_while_they_are_open(seed: int, tmp_path: Path) -> None:
    """A session that was cancelled may be held after all, but in no room that another one has."""
    case = day(tmp_path, DEFAULT, "auto", "min", "cancel", people=10 + 2 * seed)
    start = start_of(case)
    alone = RoundsAlone(case, seed=seed).minimise(Criterion.TOTAL, {}, start, Stop())
    assert alone
    settled = settled_as_in(case, alone.choices)
    for number, round_ in enumerate(settled.program.rounds):
        attended = {choice[number] for choice in alone.choices}
        for index, session in enumerate(round_.sessions):
            assert session.may_be_cancelled == (index not in attended)
    for criterion in (Criterion.TOTAL, Criterion.UNLISTED, Criterion.SPREAD, Criterion.EVEN):
        question = Question(case=settled, limits={}, minimise=criterion)
        answer = question.ask(start, seed=seed, stop=Stop(), effort=60.0)
        assert answer.choices is not None
        assert keeps_the_rules(case, answer.choices)
    # What is best without any rooms in mind is still there.
    assert judged(case, alone.choices)[Criterion.TOTAL] == alone.bound


def test_who_is_seated_against_the_rules_in_settled_rooms_is_seated_in_open_ones(tmp_path: Path) -> None:
    case = day(tmp_path, LARGE)
    start = start_of(case)
    unlawful = [(0,) * len(case.rounds)] * len(case.rows)
    found = replace(
        told(0), choices=unlawful, outcome=Outcome(verdict=Verdict.BEST, values=(), value=0, bound=0)
    )
    with (
        patch.object(Question, "ask_highs", autospec=True, return_value=found) as asked,
        patch.object(Solvers, "_has_time_for_rooms", return_value=True),
    ):
        answer = solvers_of(case).ask(total_of(case, worst=9), start, later=0, within=True)
    assert any(session.rooms for session in asked.call_args.args[0].case.program.sittings.values())
    assert answer.outcome.bound == 0
