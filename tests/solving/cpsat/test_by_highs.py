"""HiGHS over several questions: what it told of the next one, and when it is not asked."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from unittest.mock import patch

import pytest

from midtvejs.domain.fairness import Criterion
from midtvejs.solving.cpsat.by_highs import ByHighs
from midtvejs.solving.cpsat.model import Model
from midtvejs.solving.cpsat.objectives import most_of, terms_of
from midtvejs.solving.cpsat.question import Answer, Question
from midtvejs.solving.cpsat.seating import Seating
from midtvejs.solving.cpsat.stated import NOTHING, Outcome, Verdict
from midtvejs.solving.instance.case import Case
from midtvejs.solving.lawful import seat_lawfully
from midtvejs.solving.limits import Limits
from midtvejs.solving.stop import Stop
from tests.solving.cases import case_for, judged, ruled_day
from tests.solving.test_clock import grouped

SHARE = 0.6

BOTH = (Criterion.TOTAL, Criterion.EVEN)


def asking(case: Case) -> Question:
    return Question(case=case, limits={Criterion.WORST: 3}, minimise=BOTH[0], then=BOTH[1])


def solver(stop: Stop | None = None, *, to_prove: bool = True) -> ByHighs:
    return ByHighs(seed=0, stop=stop or Stop(), to_prove=to_prove)


@pytest.mark.parametrize("to_prove", [True, False])
def test_what_comes_next_is_told_before_it_is_asked(to_prove: bool) -> None:
    case = case_for(grouped())
    by_highs, question = solver(to_prove=to_prove), asking(case)
    answer = by_highs.ask(question, 1.0, SHARE)
    following = question.after(answer.outcome.value)
    with patch.object(Question, "ask_highs", side_effect=AssertionError("asked again")):
        told = by_highs.ask(following, 1.0, SHARE)
    assert told.choices == answer.choices
    assert told.choices
    alone = replace(following, then=None).ask_highs(seed=0, stop=Stop(), nodes=20, share=1.0)
    assert judged(case, told.choices)[Criterion.EVEN] == alone.outcome.value == told.outcome.value
    assert alone.outcome.verdict is told.outcome.verdict is Verdict.BEST


def test_without_a_weight_that_proves_it_what_comes_next_is_asked_by_itself() -> None:
    case = case_for(grouped(), limits=Limits(heaviest_to_prove=0))
    answer = solver().ask(asking(case), 1.0, SHARE)
    assert answer.then is None
    assert answer.outcome.verdict is Verdict.BEST
    in_rooms = solver(to_prove=False).ask(asking(case), 1.0, SHARE)
    assert in_rooms.then is not None
    assert in_rooms.outcome.value == answer.outcome.value


@pytest.mark.parametrize(("to_prove", "asked"), [(True, 2), (False, 1)])
def test_what_is_told_but_not_proven_is_asked_again_where_it_is_to_be_proven(
    to_prove: bool, asked: int
) -> None:
    case = case_for(grouped())
    start = seat_lawfully(case, Stop())
    assert start
    outcome = Outcome(verdict=Verdict.FOUND, values=(), value=9, bound=8)
    answer = Answer(outcome=outcome, choices=start, then=outcome)
    by_highs = solver(to_prove=to_prove)
    with patch.object(Question, "ask_highs", side_effect=[answer, Answer(outcome=NOTHING)]) as asks:
        by_highs.ask(asking(case), 1.0, SHARE)
        told = by_highs.ask(asking(case).after(9), 1.0, SHARE)
    assert asks.call_count == asked
    # Without another answer, what was told before still holds.
    assert (told.choices, told.outcome.value, told.outcome.bound) == (start, 9, 8)
    assert by_highs.told(asking(replace(case)).after(9)) is None


@pytest.mark.parametrize(
    ("verdict", "value", "bound", "known"),
    [
        (Verdict.FOUND, 8, 5, (8, 7)),
        (Verdict.FOUND, 9, 8, (9, 8)),
        (Verdict.BEST, 9, 9, (9, 9)),
        (Verdict.IMPOSSIBLE, 0, 0, (0, 0)),
        (Verdict.UNDECIDED, 0, 8, (9, 8)),
    ],
)
def test_of_what_is_told_twice_the_better_counts(
    verdict: Verdict, value: int, bound: int, known: tuple[int, int]
) -> None:
    case = case_for(grouped())
    first = Outcome(verdict=Verdict.FOUND, values=(), value=9, bound=7)
    again = Outcome(verdict=verdict, values=(), value=value, bound=bound)
    found = verdict in {Verdict.FOUND, Verdict.BEST}
    answers = [
        Answer(outcome=first, choices=[], then=first),
        Answer(outcome=again, choices=[] if found else None),
    ]
    by_highs = solver()
    with patch.object(Question, "ask_highs", side_effect=answers):
        by_highs.ask(asking(case), 1.0, SHARE)
        answer = by_highs.ask(asking(case).after(9), 1.0, SHARE)
    assert (answer.outcome.value, answer.outcome.bound) == known


def test_where_some_stay_what_comes_next_is_not_asked() -> None:
    case = case_for(grouped())
    start = seat_lawfully(case, Stop())
    assert start
    staying = replace(asking(case), fixed={0: start[0]})
    assert staying.ask_highs(seed=0, stop=Stop(), nodes=20, share=1.0).then is None


@pytest.mark.parametrize(
    ("left", "took", "as_long", "asked", "for_two"),
    [(10, 1, 1, True, True), (10, 4, 1, True, False), (10, 4, 2, False, False), (None, 9, 9, True, True)],
)
def test_it_is_asked_where_it_may_have_as_long_as_it_took_before(
    left: float | None, took: float, as_long: float, asked: bool, for_two: bool
) -> None:
    """Six tenths of what is left are for it, and for two criteria it takes up to 3.5 times as long."""
    case = case_for(grouped())
    now = 0.0

    def ask(question: Question, **_how: object) -> Answer:
        nonlocal now
        now += took
        questions.append(question)
        return Answer(outcome=replace(NOTHING, verdict=Verdict.IMPOSSIBLE))

    questions: list[Question] = []
    by_highs = solver(Stop(seconds=None if left is None else left + took, clock=lambda: now))
    assert not by_highs.has_answered
    with patch.object(Question, "ask_highs", ask):
        by_highs.ask(asking(case), 1.0, SHARE)
        by_highs.ask(replace(asking(case), limits={}), as_long, SHARE)
    assert by_highs.has_answered
    assert len(questions) == 1 + asked
    assert by_highs.answers == asked
    assert (questions[-1].then is not None) == (for_two or not asked)


@pytest.mark.parametrize(
    "criterion", [Criterion.TOTAL, Criterion.FIRST, Criterion.UNLISTED, Criterion.AVOID_OWN, Criterion.EVEN]
)
def test_no_day_comes_to_more_than_the_most(criterion: Criterion, tmp_path: Path) -> None:
    case = ruled_day(tmp_path, "avoid_own", people=20, shape=(4, 3), spare=1.15)
    seating = Seating(Model(), case, worst=3)
    most = most_of(criterion, seating)
    seating.model.minimise([(-count, variable) for count, variable in terms_of(criterion, seating)])
    outcome = seating.model.solve(seed=0, stop=Stop())
    assert outcome.verdict is Verdict.BEST
    assert 0 < -outcome.value <= most


def test_pairs_come_to_no_most_that_is_known() -> None:
    with pytest.raises(ValueError, match="no sum over participants"):
        most_of(Criterion.SPREAD, Seating(Model(), case_for(grouped()), worst=2))
