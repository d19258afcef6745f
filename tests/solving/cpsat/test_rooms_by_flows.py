"""What rounds come to in any rooms by flows is never above what they come to, and mostly is that."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from midtvejs.domain.assignment import NoLawfulAssignment
from midtvejs.domain.fairness import Criterion
from midtvejs.solving.bounds import BoundWithoutRules
from midtvejs.solving.cpsat.question import Question
from midtvejs.solving.cpsat.rooms_by_flows import least_in_any_rooms, with_best_rooms
from midtvejs.solving.cpsat.stated import Verdict
from midtvejs.solving.instance.case import Case
from midtvejs.solving.instance.crowd import aggregate_case
from midtvejs.solving.lawful import seat_lawfully
from midtvejs.solving.limits import DEFAULT
from midtvejs.solving.queue.in_turn import seat_in_turn
from midtvejs.solving.stop import Stop
from tests.benchmarks.hardness.specs import RULES
from tests.solving.cases import case_for, crowded, judged, ruled_day

SUMS = (Criterion.TOTAL, Criterion.FIRST, Criterion.UNLISTED)


def by_flows(case: Case, criterion: Criterion, stop: Stop | None = None) -> int:
    return least_in_any_rooms(case, aggregate_case(case), criterion, seed=0, stop=stop or Stop())


def least(case: Case, criterion: Criterion) -> int:
    """Return what the whole day comes to at the least, by CP-SAT."""
    start = seat_lawfully(case, Stop()) or seat_in_turn(case)
    question = Question(case=case, limits={}, minimise=criterion)
    answer = question.ask(start, seed=0, stop=Stop(), effort=60.0)
    assert answer.outcome.verdict is Verdict.BEST
    assert answer.choices
    assert answer.outcome.value == judged(case, answer.choices)[criterion]
    return answer.outcome.value


@pytest.mark.parametrize("rules", [("auto",), ("cancel",), ("auto", "cancel"), ("auto", "at_most"), RULES])
@pytest.mark.parametrize("wishes", ["pl", "strong", "org"])
def test_flows_tell_what_rounds_come_to_in_any_rooms(
    rules: tuple[str, ...], wishes: str, tmp_path: Path
) -> None:
    told = 0
    for people, spare in ((24, 1.15), (36, 1.4)):
        try:
            case = ruled_day(tmp_path, *rules, people=people, shape=(3, 4), spare=spare, wishes=wishes)
            asked = (*SUMS, Criterion.AVOID_OWN) if "avoid_own" in rules else SUMS
            best = {criterion: least(case, criterion) for criterion in asked}
        except NoLawfulAssignment:
            continue
        for criterion, value in best.items():
            bound = by_flows(case, criterion)
            assert bound <= value
            # Groups, ways without steps and presenters who are free are all that flows do not know.
            assert rules not in {("auto",), ("auto", "at_most")} or bound == value
            told += bound > 0
    assert told


@pytest.mark.parametrize("wishes", ["pl", "strong", "org"])
def test_the_best_rooms_are_those_in_which_the_total_is_the_least(wishes: str, tmp_path: Path) -> None:
    for people, spare in ((30, 1.05), (50, 1.3)):
        case = ruled_day(tmp_path, "auto", people=people, shape=(4, 5), spare=spare, wishes=wishes)
        roomed = with_best_rooms(case, seed=0, stop=Stop())
        assert roomed
        assert not any(session.rooms for session in roomed.program.sittings.values())
        assert least(roomed, Criterion.TOTAL) == by_flows(case, Criterion.TOTAL)
        assert with_best_rooms(case, seed=0, stop=Stop(seconds=0)) is None
        few_flows = replace(case, limits=replace(DEFAULT, flows=1))
        assert with_best_rooms(few_flows, seed=0, stop=Stop()) is None


def test_without_open_rooms_they_are_those_of_the_day() -> None:
    case = case_for(crowded(seed=3, people=60))
    assert by_flows(case, Criterion.TOTAL) == least(case, Criterion.TOTAL)


def test_where_nothing_can_be_told_it_is_nothing(tmp_path: Path) -> None:
    case = ruled_day(tmp_path, "auto", people=30, shape=(3, 4), spare=1.15)
    assert by_flows(case, Criterion.TOTAL) > 0
    assert by_flows(case, Criterion.TOTAL, Stop(seconds=0)) == 0
    assert by_flows(replace(case, limits=replace(DEFAULT, flows=0)), Criterion.TOTAL) == 0


def test_a_sum_bounds_the_highest_regret_as_somebody_has_the_average(tmp_path: Path) -> None:
    case = ruled_day(tmp_path, "auto", people=30, shape=(5,) * 4, spare=1.0, wishes="strong")
    bounds = BoundWithoutRules(case, Stop())
    total = bounds.bound(Criterion.TOTAL, (), below=10**6)
    worst = bounds.bound(Criterion.WORST, (), below=10**6)
    assert total.value == least(case, Criterion.TOTAL) > 30
    assert total.recomputable <= total.value
    assert worst.value >= -(-total.value // 30) > 1
