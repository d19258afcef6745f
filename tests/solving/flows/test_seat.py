"""A first lawful assignment by flows: it keeps every rule, and nobody is turned away who could be seated."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from unittest.mock import patch

import pytest
from hypothesis import given
from hypothesis import strategies as st

from midtvejs.domain.assignment import NoLawfulAssignment
from midtvejs.domain.fairness import Criterion
from midtvejs.domain.rules import Company, Group, Quota, Rules
from midtvejs.solving import lawful
from midtvejs.solving.cpsat.broken import keeps_the_rules
from midtvejs.solving.flows.seat import seat_by_flows
from midtvejs.solving.instance.case import Case, Choice
from midtvejs.solving.lawful import seat_lawfully
from midtvejs.solving.limits import Limits
from midtvejs.solving.stop import Stop
from tests.benchmarks.hardness.specs import RULES
from tests.brute import every_outcome
from tests.conferences import each_session, one_list, person, program
from tests.examples import examples
from tests.solving.cases import case_for, judged, ruled_day, without_flows
from tests.strategies import (
    Conference,
    bound_together,
    conferences_in_grades,
    conferences_of_friends,
    conferences_with_rules,
    listed_conferences_with_rules,
)

EVERY_KIND = st.one_of(
    conferences_with_rules(), bound_together(), conferences_in_grades(), conferences_of_friends()
)


def by_flows(case: Case, near: list[Choice] | None = None) -> list[Choice] | None:
    columns = [column for column in seat_by_flows(case, Stop(), near) if column is not None]
    return list(zip(*columns, strict=True)) if len(columns) == len(case.rounds) else None


@pytest.mark.parametrize("company", Company)
def test_who_is_in_what_goes_on_is_there_with_others_or_apart_from_them(company: Company) -> None:
    """L goes on from the first round to the second, in which Åse, who is in it, is among those of a group."""
    held = {"A": {2: 2}, "B": {1: 2}, "C": {1: 2, 2: 2}, "L": {1: 3}}
    day = one_list(held, rounds=2, lasting={"L": (1, 2)})
    group = Group(company=company, participants=("Åse", "Bo"))
    day = replace(day, rules=replace(day.rules, groups=(group,)))
    wishes = {"Åse": "L", "Bo": "L > C > A" if company is Company.TOGETHER else "B > A", "Cai": "C > A"}
    people = tuple(
        replace(person(name, wished), groups=(group,) if name in group.participants else ())
        for name, wished in wishes.items()
    )
    case = case_for((day, people))
    others = {"Bo": "LL" if company is Company.TOGETHER else "BA", "Cai": "CA", "Åse": "LL"}
    near = [
        tuple(round_.codes.index(code) for round_, code in zip(case.rounds, others[who.name], strict=True))
        for who in case.participants
    ]
    assert keeps_the_rules(case, near)
    assert by_flows(case, near=near) == near


@given(conference=st.one_of(EVERY_KIND, listed_conferences_with_rules()))
@examples(150)
def test_whatever_flows_seat_keeps_every_rule_and_stays_so_when_seated_anew(conference: Conference) -> None:
    case = case_for(conference)
    seated = by_flows(case)
    if seated is None:
        return
    worth = judged(case, seated)
    again = by_flows(case, near=seated)
    assert again is not None
    if not case.blocks and not case.freed:
        assert judged(case, again)[Criterion.WORST] <= worth[Criterion.WORST]


@given(conference=EVERY_KIND)
@examples(150)
def test_whoever_has_a_lawful_day_is_found_one_and_of_all_others_it_is_told(conference: Conference) -> None:
    case, possible = case_for(conference), bool(every_outcome(*conference))
    try:
        seated = seat_lawfully(case, Stop())
    except NoLawfulAssignment:
        assert not possible
    else:
        assert possible
        if seated is not None:
            judged(case, seated)


@given(conference=EVERY_KIND)
@examples(40)
def test_where_flows_come_to_nothing_heads_are_counted(conference: Conference) -> None:
    case, possible = case_for(conference), bool(every_outcome(*conference))
    with without_flows():
        try:
            seated = seat_lawfully(case, Stop())
        except NoLawfulAssignment:
            assert not possible
        else:
            assert possible
            if seated is not None:
                judged(case, seated)


@pytest.mark.parametrize("rules", [*((rule,) for rule in RULES), RULES], ids=",".join)
def test_days_of_hundreds_are_seated_without_a_model_of_them(rules: tuple[str, ...], tmp_path: Path) -> None:
    case = ruled_day(tmp_path, *rules)
    with patch.object(lawful, "seats_or_impasse", side_effect=AssertionError):
        seated = seat_lawfully(case, Stop())
    if lawful.is_coupled(case):
        assert seated
        judged(case, seated)


def test_where_there_are_too_many_kinds_of_people_regrets_elsewhere_are_not_looked_at(tmp_path: Path) -> None:
    case, even = ruled_day(tmp_path, "at_most"), []
    for limits in (Limits(), Limits(kinds_by_regret=10)):
        seated = by_flows(replace(case, limits=limits))
        assert seated
        even.append(judged(case, seated)[Criterion.EVEN])
    assert even[0] < even[1]


def test_who_is_near_to_something_moves_no_further_than_rules_ask(tmp_path: Path) -> None:
    case = ruled_day(tmp_path, "apart")
    lawful_day = by_flows(case)
    assert lawful_day
    settled = by_flows(case, near=by_flows(case, near=lawful_day))
    assert settled
    assert by_flows(case, near=settled) == settled


def test_a_session_that_too_few_want_is_given_up_and_its_presenter_takes_a_seat() -> None:
    day = each_session(
        program({"1A": 9, "1B": 9, "1C": 9}, presenters={"1C": "Dea"}),
        lambda each: replace(each, least=2, may_be_cancelled=True),
    )
    people = [person(name, wish) for name, wish in (("Åse", "1A"), ("Bo", "1A"), ("Cai", "1B"))]
    case = case_for((day, (*people, person("Dea", "1B > 1A", presents="1C"))))
    seated = by_flows(case)
    assert seated
    judged(case, seated)
    number = [each.name for each in case.participants].index("Dea")
    assert seated[number] == (1,)


def test_limits_of_several_groups_are_kept_at_once() -> None:
    """A flow for organisations puts grades together, and the other way round: only swaps keep both."""
    quota = Quota(group="grade", number=1)
    day = each_session(
        program({"1A": 2, "1B": 2}, rules=Rules(at_most=1)), lambda each: replace(each, at_most=(quota,))
    )
    day = replace(day, groups=("grade",))
    people = tuple(
        replace(person(name, wishes), organisation=organisation, traits=(("grade", grade),))
        for name, organisation, grade, wishes in (
            ("Åse", "Vejle", "8", "1A > 1B"),
            ("Bo", "Ærø", "8", "1A > 1B"),
            ("Cai", "Vejle", "9", "1B > 1A"),
            ("Dea", "Ærø", "9", "1B > 1A"),
        )
    )
    case = case_for((day, people))
    seated = by_flows(case)
    assert seated
    judged(case, seated)


def test_the_order_of_the_lottery_is_all_that_decides(tmp_path: Path) -> None:
    case = ruled_day(tmp_path, *RULES)
    rows = [*reversed(case.participants)]
    assert by_flows(case) == by_flows(case_for((case.program, tuple(rows))))
