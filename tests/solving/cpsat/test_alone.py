"""Rounds alone: what they come to in all bounds the day, and is all of it where nothing ties them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from unittest.mock import patch

import pytest

from midtvejs.domain.fairness import Criterion
from midtvejs.solving.cpsat.alone import RoundsAlone, can_be_alone
from midtvejs.solving.cpsat.broken import keeps_the_rules
from midtvejs.solving.cpsat.question import Answer, Question
from midtvejs.solving.cpsat.stated import Outcome, Verdict
from midtvejs.solving.instance.case import Case, Choice
from midtvejs.solving.lawful import seat_lawfully
from midtvejs.solving.stop import Stop
from tests.benchmarks.hardness.specs import RULES
from tests.solving.cases import case_for, judged, ruled_day
from tests.solving.test_clock import grouped, up

SUMS = (Criterion.TOTAL, Criterion.FIRST, Criterion.UNLISTED, Criterion.AVOID_OWN, Criterion.SPREAD)


@pytest.fixture(scope="module")
def days(tmp_path_factory: pytest.TempPathFactory) -> list[Case]:
    """Days with all the rules, open rooms, and sessions that may be cancelled."""
    folder = tmp_path_factory.mktemp("days")
    return [
        ruled_day(folder, *RULES, people=people, shape=shape, spare=spare, wishes=wishes)
        for people, shape, spare, wishes in (
            (20, (3, 3), 1.3, "pl"),
            (30, (3, 2, 3), 1.15, "strong"),
            (40, (4, 3), 1.15, "org"),
        )
    ]


def start_of(case: Case) -> list[Choice]:
    start = seat_lawfully(case, Stop())
    assert start
    return start


def least(case: Case, criterion: Criterion, limits: dict[Criterion, int]) -> int | None:
    """Return what the whole day comes to at the least; None where nothing is within the limits."""
    question = Question(case=case, limits=limits, minimise=criterion)
    outcome = question.ask(start_of(case), seed=0, stop=Stop(), effort=60.0).outcome
    assert outcome.verdict in {Verdict.BEST, Verdict.IMPOSSIBLE}
    return outcome.value if outcome.found else None


@pytest.mark.parametrize("criterion", SUMS)
def test_without_limits_the_rounds_come_to_what_the_day_does(days: list[Case], criterion: Criterion) -> None:
    for case in days:
        found = RoundsAlone(case, seed=0).minimise(criterion, {}, start_of(case), Stop())
        assert found
        assert keeps_the_rules(case, found.choices)
        assert found.bound == judged(case, found.choices)[criterion] == least(case, criterion, {})


@pytest.mark.parametrize("spare", [0, 1, 4])
def test_within_limits_they_are_never_above_what_the_day_comes_to(days: list[Case], spare: int) -> None:
    """Each is kept in turn, at its least or near it, and tells more of the next than no limit would."""
    more = 0
    for case in days:
        rounds, start = RoundsAlone(case, seed=0), start_of(case)
        limits: dict[Criterion, int] = {Criterion.WORST: 3}
        for criterion in SUMS:
            found, exact = rounds.minimise(criterion, limits, start, Stop()), least(case, criterion, limits)
            assert found
            assert exact is not None
            free = RoundsAlone(case, seed=0).minimise(criterion, {}, start, Stop())
            assert free
            assert free.bound <= found.bound <= exact
            more += found.bound > free.bound
            limits[criterion] = exact + spare
    assert more or spare == 4


def test_what_is_known_within_limits_is_not_believed_beyond_them(days: list[Case]) -> None:
    for case in days:
        rounds, start = RoundsAlone(case, seed=0), start_of(case)
        bounds = []
        for worst in (1, 2, 4):
            within = {Criterion.WORST: worst}
            found = rounds.minimise(Criterion.TOTAL, within, start, Stop())
            exact = least(case, Criterion.TOTAL, within)
            bounds.append(found.bound if found else None)
            assert exact is None or (found is not None and found.bound <= exact)
            kept = within | {Criterion.TOTAL: (exact or 99) + 1}
            own = rounds.minimise(Criterion.AVOID_OWN, kept, start, Stop())
            exact = least(case, Criterion.AVOID_OWN, kept)
            assert exact is None or (own is not None and own.bound <= exact)
        assert bounds[-1] is not None


def test_a_round_in_which_nobody_can_be_within_a_limit_settles_it(days: list[Case]) -> None:
    impossible = {Criterion.WORST: 0}
    found = [
        RoundsAlone(case, seed=0).minimise(Criterion.TOTAL, impossible, start_of(case), Stop())
        for case in days
    ]
    assert None in found
    for case, each in zip(days, found, strict=True):
        assert each is not None or least(case, Criterion.TOTAL, impossible) is None


def test_without_time_they_tell_nothing_and_the_start_stands(days: list[Case]) -> None:
    start = start_of(days[0])
    found = RoundsAlone(days[0], seed=0).minimise(Criterion.TOTAL, {}, start, up())
    assert found
    assert (found.bound, found.choices) == (0, start)


def test_what_earlier_criteria_come_to_is_asked_once(days: list[Case]) -> None:
    asked: list[tuple[int, Criterion | None]] = []

    def ask(question: Question, _hint: Sequence[Choice], **_: object) -> Answer:
        asked.append((len(question.case.rounds), question.minimise))
        return Answer(outcome=Outcome(verdict=Verdict.UNDECIDED, values=(), value=0, bound=2))

    case = days[0]
    rounds, start = RoundsAlone(case, seed=0), start_of(case)
    with patch.object(Question, "ask", autospec=True, side_effect=ask):
        kept = {Criterion.WORST: 3, Criterion.TOTAL: 9}
        for criterion in (Criterion.FIRST, Criterion.AVOID_OWN):
            found = rounds.minimise(criterion, kept, start, Stop())
            assert found
            assert found.bound == 2 * len(case.rounds)
    assert asked == [
        (1, criterion)
        for criterion in (Criterion.TOTAL, Criterion.FIRST, Criterion.AVOID_OWN)
        for _ in case.rounds
    ]


def test_only_days_with_something_to_decide_in_their_sessions_are_taken_apart(tmp_path: Path) -> None:
    assert not can_be_alone(case_for(grouped()))
    assert can_be_alone(ruled_day(tmp_path, "auto", people=20, shape=(3, 3), spare=1.3))
    assert can_be_alone(ruled_day(tmp_path, "min", "cancel", people=20, shape=(3, 3), spare=1.3))
