"""HiGHS among the seats that are near to a bound: what it finds is the least, and its bounds are true."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from unittest.mock import patch

import pytest

from midtvejs.domain.fairness import Criterion
from midtvejs.solving.cpsat.near import anything, ask_near, can_be_near
from midtvejs.solving.cpsat.question import Answer, Question
from midtvejs.solving.cpsat.stated import NOTHING, Outcome, Verdict
from midtvejs.solving.instance.case import Case
from midtvejs.solving.limits import Limits
from midtvejs.solving.stop import Stop
from tests.solving.cases import case_for, crowded

SILENT = Answer(outcome=NOTHING)
BEST = 12
"""What the pretended day comes to at the least."""


@dataclass
class Pretended:
    """A bound below which nothing is, and a solver that knows what there is up to a value.

    It is ``asked`` up to some values. With each step up from one so many ``more`` seats are near.
    """

    bound: int
    asked: list[int] = field(default_factory=list)
    verdict: Verdict = Verdict.BEST
    more: int = 1

    def seats_up_to(self, value: int) -> Sequence[Sequence[frozenset[int]]]:
        # The least of them tells up to where they are near.
        return [[frozenset({-value, *range(9 + self.more * value)})]]

    def answer(self, question: Question, **_how: object) -> Answer:
        assert question.within
        self.asked.append(-min(question.within[0][0]))
        # Among the seats up to 10 there is something as well, which comes to more.
        if self.asked[-1] < 10:
            return Answer(outcome=replace(NOTHING, verdict=Verdict.IMPOSSIBLE))
        value = BEST if self.asked[-1] >= BEST else 15
        return Answer(
            outcome=Outcome(verdict=self.verdict, values=(1,), value=value, bound=value), choices=[]
        )


NEAR = Limits(relaxed=0)


def case(limits: Limits = NEAR) -> Case:
    return case_for(crowded(1, 6), limits=limits)


def look(
    near: Pretended, *, below: int, at_once: bool = False, stop: Stop | None = None, limits: Limits = NEAR
) -> Answer:
    question = Question(case=case(limits), limits={}, minimise=Criterion.TOTAL)
    with patch.object(Question, "ask_highs", autospec=True, side_effect=near.answer):
        return ask_near(question, near, below=below, seed=0, stop=stop or Stop(), at_once=at_once)


@pytest.mark.parametrize("bound", [5, 9, 10, 11, 12])
def test_it_is_looked_further_up_until_nothing_is_between(bound: int) -> None:
    near = Pretended(bound)
    answer = look(near, below=40)
    assert (answer.outcome.value, answer.outcome.bound, answer.outcome.verdict) == (BEST, BEST, Verdict.BEST)
    assert near.asked[0] == bound
    assert near.asked == sorted(near.asked)


def test_what_is_hardly_to_be_bettered_is_asked_about_at_once() -> None:
    near = Pretended(5)
    assert look(near, below=BEST, at_once=True).outcome.bound == BEST
    assert near.asked == [BEST - 1]


def test_where_hardly_more_seats_are_near_to_all_that_matters_it_is_asked_about_at_once() -> None:
    near = Pretended(5, more=0)
    assert look(near, below=40).outcome.bound == BEST
    assert near.asked == [39]
    # Further up as well: there are 20 seats up to 10, and 22 up to 12.
    further = Pretended(9)
    assert look(further, below=13).outcome.bound == BEST
    assert further.asked == [9, 12]


@pytest.mark.parametrize("below", [5, 6, 9])
def test_a_bound_is_never_above_what_is_known(below: int) -> None:
    answer = look(Pretended(5), below=below)
    assert answer.choices is None
    assert answer.outcome.bound == below


def test_nothing_is_asked_among_too_many_seats_or_without_time() -> None:
    few, slow = replace(NEAR, most_near=0), replace(NEAR, pace_near=0)
    for answer in (
        look(Pretended(5), below=40, limits=few),
        look(Pretended(5), below=40, limits=slow, stop=Stop(seconds=9)),
    ):
        assert answer.choices is None
        assert answer.outcome.bound == 5
    near = Pretended(5)
    assert look(near, below=40, stop=Stop(seconds=0)).outcome.bound == 5
    assert near.asked == []


def test_a_solver_that_found_nothing_is_believed_up_to_where_it_looked() -> None:
    question = Question(case=case(), limits={}, minimise=Criterion.TOTAL)
    for told, bound in ((7, 5), (5, 5)):
        outcome = Outcome(verdict=Verdict.UNDECIDED, values=(), value=0, bound=told)
        with patch.object(Question, "ask_highs", return_value=Answer(outcome=outcome)):
            answer = ask_near(question, Pretended(5), below=40, seed=0, stop=Stop())
        assert answer.outcome.bound == bound
        assert answer.choices is None


def test_what_is_found_without_a_proof_ends_it() -> None:
    near = Pretended(10, verdict=Verdict.FOUND)
    answer = look(near, below=40)
    assert near.asked == [10]
    assert (answer.outcome.value, answer.outcome.bound) == (15, 11)


def test_no_criterion_comes_to_anything() -> None:
    few = case()
    assert anything(few) > 6 * few.furthest**2
    assert can_be_near(few)
    assert not can_be_near(replace(few, limits=Limits()))
