"""Those in groups and all others are seated in turn: nothing is given up, and no rule is broken."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from unittest.mock import patch

import pytest

from midtvejs.domain.fairness import Criterion, Stage
from midtvejs.domain.rules import Company
from midtvejs.solving.around_groups import AroundGroups, are_few_in_groups, is_bound_by_few
from midtvejs.solving.cpsat import search as by_cpsat
from midtvejs.solving.cpsat.broken import keeps_the_rules
from midtvejs.solving.cpsat.question import Answer
from midtvejs.solving.cpsat.solvers import Solvers
from midtvejs.solving.cpsat.stated import Outcome, Verdict
from midtvejs.solving.instance.case import Case, Choice, case_of
from midtvejs.solving.lawful import seat_lawfully
from midtvejs.solving.limits import Limits
from midtvejs.solving.search import Found
from midtvejs.solving.stop import Stop
from midtvejs.solving.with_rules import search
from tests.solving.cases import case_for, crowded, judged, ruled_day, unwatched
from tests.solving.test_clock import grouped

WORST, TOTAL, EVEN = ORDER = (Criterion.WORST, Criterion.TOTAL, Criterion.EVEN)
AT_ONCE = Limits(relaxed=0)


def apart(people: int = 60) -> Case:
    """The same day with each pair to be apart."""
    day, everybody = grouped(people)
    group_of = {group: replace(group, company=Company.APART) for group in day.rules.groups}
    day = replace(day, rules=replace(day.rules, groups=tuple(group_of.values())))
    people_apart = tuple(
        replace(each, groups=tuple(group_of[group] for group in each.groups)) for each in everybody
    )
    return case_for((day, people_apart))


@pytest.fixture(scope="module", params=["together", "apart"])
def case(request: pytest.FixtureRequest) -> Case:
    return case_for(grouped()) if request.param == "together" else apart()


def start_of(case: Case) -> Sequence[Choice]:
    start = seat_lawfully(case, Stop())
    assert start
    return start


def worth(case: Case, choices: Sequence[Choice]) -> list[int]:
    assert keeps_the_rules(case, choices)
    criteria = judged(case, choices)
    return [criteria[criterion] for criterion in ORDER]


def least(case: Case) -> list[int]:
    found = by_cpsat.search(
        case, ORDER, seed=0, stop=Stop(), watch=unwatched, start=start_of(case), effort=60.0
    )
    assert all(stage.proven for stage in found.stages)
    return [stage.value for stage in found.stages]


def unruled(worst: int) -> Found:
    stage = Stage(criterion=WORST, value=worst, bound=worst, recomputable=worst)
    return Found(choices=(), stages=(stage,), proofs=(None,))


def test_in_turn_they_come_near_to_the_best_there_is(case: Case) -> None:
    best, start = least(case), start_of(case)
    begun = AroundGroups(case, ORDER, seed=0).begin(start, unruled(best[0]), stop=Stop(), anyhow=True)
    assert best <= worth(case, begun) < worth(case, start)
    assert worth(case, begun)[1] <= 1.05 * best[1]


@pytest.mark.parametrize("criterion", [TOTAL, EVEN])
def test_what_is_kept_is_not_given_up(case: Case, criterion: Criterion) -> None:
    start = start_of(case)
    before = judged(case, start)
    limits = {WORST: before[WORST]} if criterion is TOTAL else {WORST: before[WORST], TOTAL: before[TOTAL]}
    found = AroundGroups(case, ORDER, seed=0).better(start, limits, criterion, Stop())
    after = judged(case, found)
    assert keeps_the_rules(case, found)
    assert after[criterion] <= before[criterion]
    assert (found is start) == (after[criterion] == before[criterion])
    assert criterion is TOTAL or found is not start
    assert all(after[each] <= limit for each, limit in limits.items())
    assert AroundGroups(case, ORDER, seed=0).better(found, limits, criterion, Stop()) is found


def test_beyond_its_limits_nothing_is_taken(case: Case) -> None:
    start = start_of(case)
    found = AroundGroups(case, ORDER, seed=0).better(start, {Criterion.FIRST: 0}, EVEN, Stop())
    assert found is start


def test_where_those_in_groups_cannot_be_as_well_off_it_is_done_anyhow_or_not_at_all(case: Case) -> None:
    start, around = start_of(case), AroundGroups(case, ORDER, seed=0)
    assert around.begin(start, unruled(0), stop=Stop(), anyhow=False) is start
    assert worth(case, around.begin(start, unruled(0), stop=Stop(), anyhow=True)) < worth(case, start)


def test_in_no_time_all_stay(case: Case) -> None:
    start, around, late = start_of(case), AroundGroups(case, ORDER, seed=0), Stop(seconds=0)
    assert around.better(start, {}, EVEN, late) is start
    assert around.begin(start, unruled(0), stop=late, anyhow=True) is start


def test_only_where_few_are_in_groups_and_nothing_else_binds_people(tmp_path: Path, case: Case) -> None:
    assert are_few_in_groups(case)
    assert is_bound_by_few(case)
    alone = case_for(crowded(seed=3, people=60))
    assert not are_few_in_groups(alone)
    assert not is_bound_by_few(alone)
    both = ruled_day(tmp_path, "together", "at_most", people=60, shape=(4, 3), spare=1.2)
    assert are_few_in_groups(both)
    assert not is_bound_by_few(both)
    many = case_of(case.program, [each for each in case.participants if each.groups], case.limits)
    assert not are_few_in_groups(many)


def test_a_search_by_highs_begins_so_and_betters_what_was_found(case: Case) -> None:
    at_once = replace(case, limits=AT_ONCE)
    with patch.object(AroundGroups, "begin", autospec=True, side_effect=AroundGroups.begin) as begun:
        found = search(at_once, ORDER, seed=0, stop=Stop(), watch=unwatched, lawful=start_of(case))
    begun.assert_called_once()
    assert [stage.value for stage in found.stages] == worth(case, found.choices) == least(case)


class Knows:
    """A way to the best there is, which tells when it was asked."""

    def __init__(self, best: Sequence[Choice]) -> None:
        self.best = best
        self.asked: list[Criterion] = []

    def better(
        self, _choices: Sequence[Choice], _limits: Mapping[Criterion, int], criterion: Criterion, _stop: Stop
    ) -> Sequence[Choice]:
        self.asked.append(criterion)
        return self.best


def test_what_a_solver_found_is_bettered_and_not_tried_again(case: Case) -> None:
    """HiGHS is asked for one criterion, and leaves the next where it happens to be."""
    start = start_of(case)
    knows = Knows(AroundGroups(case, ORDER, seed=0).better(start, {}, EVEN, Stop()))
    found = Outcome(verdict=Verdict.FOUND, values=(), value=10**6, bound=0)
    with (
        patch.object(Solvers, "ask", return_value=Answer(outcome=found, choices=[*start])),
        patch.object(by_cpsat, "improve", side_effect=lambda _case, best, *_, **__: best),
        patch.object(by_cpsat, "exchange_within_rules", return_value=None),
    ):
        result = by_cpsat.search(
            case, (TOTAL, EVEN), seed=0, stop=Stop(), watch=unwatched, start=start, around=knows
        )
    assert result.choices is knows.best
    assert knows.asked == [TOTAL]
