"""The solver's generators and the audit's judges keep the rules: where one does not, the other notices."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from unittest.mock import patch

import pytest

from midtvejs.auditing.audit import JUDGES, UnlawfulResult, audit, certify
from midtvejs.domain.participants import Participant
from midtvejs.domain.program import Program
from midtvejs.domain.rules import RULES, Law
from midtvejs.solving import lawful
from midtvejs.solving.cpsat.rules import GENERATORS
from midtvejs.solving.instance.case import Case
from midtvejs.solving.search import Solution
from midtvejs.solving.solve import solve
from tests.ruled import DAYS, presenting_and_away
from tests.solving.cases import without_flows


def names(law: Law) -> str:
    return law.name


@contextmanager
def without(table: Mapping[Law, object], law: Law) -> Iterator[None]:
    """Leave a law out of a table of generators or of judges."""
    assert isinstance(table, dict)
    with patch.dict(table):
        del table[law]
        yield


def certified(day: Program, people: tuple[Participant, ...]) -> Solution:
    """Do as the commands do: solve, then let the audit pass it."""
    solution = solve(day, people)
    certify(solution.assignment, people, solution.stages)
    return solution


def test_every_rule_has_a_generator_a_judge_and_a_day_on_which_it_counts() -> None:
    assert GENERATORS.keys() == {Law.SEATS, *RULES} == DAYS.keys()
    assert set(JUDGES) == set(Law)


@pytest.mark.parametrize("law", GENERATORS, ids=names)
def test_without_a_generator_the_audit_lets_nothing_pass(law: Law) -> None:
    day, people = DAYS[law]()
    certified(day, people)
    # Flows know of no generators, and would keep the rule all the same.
    with without_flows(), without(GENERATORS, law), pytest.raises(UnlawfulResult):
        certified(day, people)


@pytest.mark.parametrize("law", GENERATORS, ids=names)
def test_flows_that_know_nothing_of_a_rule_are_not_believed(law: Law) -> None:
    day, people = DAYS[law]()

    def all_in_one(case: Case, *_: object) -> list[list[int]]:
        return [[0] * len(case.rows) for _ in case.rounds]

    with patch.object(lawful, "seat_by_flows", all_in_one):
        certified(day, people)


@pytest.mark.parametrize("law", JUDGES, ids=names)
def test_without_a_judge_the_solver_keeps_the_rules_all_the_same(law: Law) -> None:
    for made in (*DAYS.values(), presenting_and_away):
        day, people = made()
        with without(JUDGES, law):
            solution = certified(day, people)
        assert [each.message for each in audit(solution.assignment, people).violations] == []


@pytest.mark.parametrize("law", DAYS, ids=names)
def test_each_day_is_against_somebodys_wishes(law: Law) -> None:
    """Else nobody could tell whether its rule was kept, or nobody wanted to break it."""
    day, people = DAYS[law]()
    wished = {each.key: each.wishes[0].codes[:1] for each in people}
    assert dict(solve(day, people).assignment.days) != wished
