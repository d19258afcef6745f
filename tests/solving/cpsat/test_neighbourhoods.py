"""A few people at a time: what is found keeps all that it has to, and is never worse."""

from __future__ import annotations

from random import Random
from unittest.mock import Mock, patch

import pytest

from midtvejs.domain.fairness import Criterion
from midtvejs.solving.cpsat.broken import keeps_the_rules
from midtvejs.solving.cpsat.neighbourhoods import _neighbourhoods, bring_within, improve
from midtvejs.solving.cpsat.question import Answer, Question
from midtvejs.solving.cpsat.stated import NOTHING
from midtvejs.solving.instance.case import Case, Choice
from midtvejs.solving.instance.choices import measure, regret_of
from midtvejs.solving.limits import Limits
from midtvejs.solving.queue.in_turn import seat_in_turn
from midtvejs.solving.solve import solve
from midtvejs.solving.stop import Stop
from tests.conferences import full_house
from tests.solving.cases import case_for, crowded, searched, unwatched

PEOPLE = 40


@pytest.fixture(scope="module")
def case() -> Case:
    """Far more people than are freed at once, who are seated in turn to begin with."""
    return case_for(crowded(seed=4, people=PEOPLE), limits=Limits(freed=10))


@pytest.fixture(scope="module")
def start(case: Case) -> list[Choice]:
    return [*seat_in_turn(case)]


def test_everybody_is_freed_once_and_those_far_down_their_lists_are_spread(
    case: Case, start: list[Choice]
) -> None:
    freed = [*_neighbourhoods(case, start, Random(1))]  # noqa: S311 - no secret
    assert sorted(person for each in freed for person in each) == list(range(PEOPLE))
    assert {len(each) for each in freed} <= {9, 10, 11}
    unhappy = [sum(regret_of(case, person, start[person]) > 0 for person in each) for each in freed]
    assert sum(unhappy) > 1
    assert max(unhappy) - min(unhappy) <= 1


def test_few_people_are_all_freed_at_once(case: Case) -> None:
    few = case_for(full_house(), limits=case.limits)
    assert [*_neighbourhoods(few, seat_in_turn(few), Random(1))] == [{0, 1, 2, 3}]  # noqa: S311 - no secret


def test_whatever_is_bettered_keeps_to_its_limits_and_is_told(case: Case, start: list[Choice]) -> None:
    before = measure(case, start)
    told: list[tuple[Criterion, int | None, int | None]] = []
    limits = {Criterion.WORST: before[Criterion.WORST], Criterion.FIRST: before[Criterion.FIRST]}
    found = improve(
        case,
        start,
        Criterion.EVEN,
        limits,
        bound=0,
        seed=0,
        stop=Stop(),
        watch=lambda *each: told.append(each),
    )
    after = measure(case, found)
    assert after[Criterion.EVEN] < before[Criterion.EVEN]
    assert all(after[criterion] <= limit for criterion, limit in limits.items())
    assert keeps_the_rules(case, found)
    values = [value or 0 for _, _, value in told]
    assert values == sorted(values, reverse=True)
    assert values[-1] == after[Criterion.EVEN]


@pytest.mark.parametrize("ended", ["by the clock", "at the bound"])
def test_what_is_not_to_be_bettered_is_left_alone(ended: str, case: Case, start: list[Choice]) -> None:
    stop, value = Stop(), measure(case, start)[Criterion.EVEN]
    if ended == "by the clock":
        stop.ask()
    bound = 0 if stop.asked else value
    with patch.object(Question, "ask", Mock()) as asked:
        found = improve(case, start, Criterion.EVEN, {}, bound=bound, seed=0, stop=stop, watch=unwatched)
    assert not asked.called
    assert found is start


def test_everybody_is_brought_within_a_regret_if_that_is_possible(case: Case, start: list[Choice]) -> None:
    before = measure(case, start)
    limits = {Criterion.FIRST: before[Criterion.FIRST]}
    found = bring_within(case, start, before[Criterion.WORST] - 1, limits, seed=0, stop=Stop())
    assert found is not None
    after = measure(case, found)
    assert after[Criterion.WORST] < before[Criterion.WORST]
    assert after[Criterion.FIRST] <= before[Criterion.FIRST]
    assert keeps_the_rules(case, found)


def test_nobody_is_brought_within_a_regret_that_is_impossible(case: Case, start: list[Choice]) -> None:
    least = solve(case.program, case.participants).stages[0]
    assert (least.criterion, least.proven) == (Criterion.WORST, True)
    assert least.value > 0
    assert bring_within(case, start, least.value - 1, {}, seed=0, stop=Stop()) is None


@pytest.mark.parametrize("helps", [True, False])
def test_a_pass_that_brought_next_to_nothing_is_the_last(
    helps: bool, case: Case, start: list[Choice]
) -> None:
    asked: list[Question] = []

    def nothing_found(question: Question, *_what: object, **_how: object) -> Answer:
        asked.append(question)
        return Answer(outcome=NOTHING, choices=[*best] if helps and len(asked) == 1 else None)

    best = searched("prices", case, (Criterion.EVEN,)).choices
    passes = 2 if helps else 1
    with patch.object(Question, "ask", nothing_found):
        improve(case, start, Criterion.EVEN, {}, bound=0, seed=0, stop=Stop(), watch=unwatched)
    assert len(asked) == passes * PEOPLE // case.limits.freed
