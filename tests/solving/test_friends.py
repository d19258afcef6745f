"""Friends, by what the solver makes of them: together as far as can be, wherever that is asked for."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given

from midtvejs.auditing.audit import certify
from midtvejs.auditing.bound import apart_at_least
from midtvejs.auditing.digest import digest
from midtvejs.auditing.verify import certificate_of, verify
from midtvejs.domain.assignment import NoLawfulAssignment
from midtvejs.domain.fairness import Criterion, Stage
from midtvejs.domain.participants import Participant
from midtvejs.domain.program import Program
from midtvejs.domain.rules import Company, Group, Pin, rules_beyond_a_queue
from midtvejs.solving.bounds import BoundWithoutRules
from midtvejs.solving.instance.case import case_of
from midtvejs.solving.limits import DEFAULT
from midtvejs.solving.queue.in_turn import by_lottery
from midtvejs.solving.solve import solve
from midtvejs.solving.stop import Stop
from tests.brute import every_outcome, optimum
from tests.conferences import each_session, person, program
from tests.strategies import Conference, conferences_of_friends

WORST, TOTAL, FRIENDS = Criterion.WORST, Criterion.TOTAL, Criterion.FRIENDS
DAY = program({"1A": 2, "1B": 2}, {"2A": 2, "2B": 2})


def friends(*people: Participant) -> tuple[Participant, ...]:
    """Have all of them name each other."""
    keys = [each.key for each in people]
    return tuple(replace(each, wants=tuple(key for key in keys if key != each.key)) for each in people)


ASE, BO = friends(person("Åse", "1A", "2A"), person("Bo", "1B", "2A"))
OTHERS = (person("Cai", "1A", "2B"), person("Dea", "1B", "2B"))


@given(conferences_of_friends())
def test_the_best_there_is_or_nobody_is_seated(conference: Conference) -> None:
    day, people = conference
    outcomes = every_outcome(day, people)
    if not outcomes:
        with pytest.raises(NoLawfulAssignment):
            solve(day, people)
        return
    solution = solve(day, people)
    certify(solution.assignment, people, solution.stages)
    assert tuple(stage.value for stage in solution.stages) == optimum(outcomes, day.rules.fairness)


@given(conferences_of_friends())
def test_no_way_to_seat_them_has_fewer_apart_than_counting_says(conference: Conference) -> None:
    day, people = conference
    least = apart_at_least(day, people)
    assert all(least <= figures.friends for figures in every_outcome(day, people))
    known = BoundWithoutRules(case_of(day, people), Stop()).bound(FRIENDS, (), below=0)
    assert known.value == least


@given(conferences_of_friends())
def test_a_few_at_a_time_they_are_counted_as_all_at_once(conference: Conference) -> None:
    """As in a crowd, where those who are not looked at keep their seats."""
    day, people = conference
    if not every_outcome(day, people):
        return
    solution = solve(day, people, limits=replace(DEFAULT, coupled=1, freed=2))
    certify(solution.assignment, people, solution.stages)


@pytest.mark.parametrize(
    ("order", "stages"),
    [((FRIENDS, TOTAL), (0, 2)), ((TOTAL, FRIENDS), (0, 1)), ((WORST, FRIENDS, TOTAL), (0, 1, 0))],
)
def test_the_place_among_the_criteria_decides(order: tuple[Criterion, ...], stages: tuple[int, ...]) -> None:
    """Åse and Bo want different sessions in R1: for them to be together, one of the others gives way, too."""
    people = (ASE, BO, *OTHERS)
    solution = solve(DAY.replace_rules(fairness=order), people)
    assert tuple(stage.value for stage in solution.stages) == stages
    assert all(stage.proven for stage in solution.stages)


def test_of_equals_friends_are_together() -> None:
    people = (*friends(person("Åse", "1A = 1B", ""), person("Bo", "1B = 1A", "")), *OTHERS[:1])
    solution = solve(DAY.replace_rules(fairness=(WORST, TOTAL, FRIENDS)), people)
    assert solution.stages[-1] == Stage(criterion=FRIENDS, value=0, bound=0, recomputable=0)


def test_what_only_one_of_them_wants_is_of_no_account() -> None:
    one_sided = (ASE, replace(BO, wants=()), *OTHERS)
    solution = solve(DAY.replace_rules(fairness=(FRIENDS, TOTAL)), one_sided)
    assert [stage.value for stage in solution.stages] == [0, 0]


def test_nobody_is_apart_from_a_presenter_or_where_they_are_not() -> None:
    day = program({"1A": 2, "1B": 2}, {"2A": 2, "2B": 2}, presenters={"1A": "Åse"})
    ase, bo = replace(ASE, presents=frozenset({"1A"})), replace(BO, absent=frozenset({"R2"}))
    solution = solve(day.replace_rules(fairness=(TOTAL, FRIENDS)), (ase, bo, *OTHERS))
    assert [stage.value for stage in solution.stages] == [0, 0]


def test_a_presenter_whose_session_is_cancelled_may_be_apart() -> None:
    """The session needs two and has one who wants it: it is held no more, and Åse takes a seat after all."""
    day = program({"1A": 4, "1B": 4, "1C": 4}, presenters={"1A": "Åse"})
    day = each_session(
        day, lambda each: replace(each, least=2, may_be_cancelled=True) if each.code == "1A" else each
    )
    ase, bo = friends(person("Åse", "1B", presents="1A"), person("Bo", "1C"))
    for order, stages in (((TOTAL, FRIENDS), (0, 1)), ((FRIENDS, TOTAL), (0, 1))):
        solution = solve(day.replace_rules(fairness=order), (ase, bo, person("Cai", "1B")))
        assert tuple(stage.value for stage in solution.stages) == stages, order
        certify(solution.assignment, (ase, bo, person("Cai", "1B")), solution.stages)


def test_with_a_pencil_no_session_is_open_to_both() -> None:
    """Bo is banned from 1A, Åse from 1B, and in R2 there is one seat in each."""
    day = program({"1A": 2, "1B": 2}, {"2A": 1, "2B": 1})
    ase = replace(ASE, pins=(Pin(code="1B", holds=False, participant="Åse"),))
    bo = replace(BO, pins=(Pin(code="1A", holds=False, participant="Bo"),))
    assert apart_at_least(day, (ase, bo)) == 2
    assert apart_at_least(DAY, (ase, bo)) == 1
    assert apart_at_least(DAY, (ase, replace(bo, absent=frozenset({"R1"})))) == 0
    assert apart_at_least(DAY, (ase, replace(bo, wants=()))) == 0


def test_it_is_verified_by_counting_where_counting_reaches_it() -> None:
    day = DAY.replace_rules(fairness=(FRIENDS, TOTAL))
    people = (ASE, replace(BO, pins=(Pin(code="1B", participant="Bo"),)), *OTHERS)
    solution = solve(day, people)
    certificate = certificate_of(solution.assignment, solution.stages, solution.proofs)
    verification = verify(solution.assignment, people, certificate)
    assert verification.holds
    assert verification.stages[0].bound == 0
    assert certificate.stages[0].evidence == "counting"


def bound(*people: Participant) -> tuple[Program, tuple[Participant, ...]]:
    """Have all of them be together all day."""
    group = Group(company=Company.TOGETHER, participants=tuple(each.name for each in people))
    day = replace(DAY, rules=replace(DAY.rules, friends_together=True))
    return day, tuple(replace(each, groups=(group,)) for each in people)


def test_those_who_name_each_other_are_together_where_that_is_a_rule() -> None:
    day, (ase, bo) = bound(ASE, BO)
    people = (ase, bo, *OTHERS)
    solution = solve(day, people)
    certify(solution.assignment, people, solution.stages)
    assert solution.assignment.days[ase.key] == solution.assignment.days[bo.key]
    assert [stage.value for stage in solution.stages] == [1, 2, 2]
    assert [stage.value for stage in solve(DAY, (ASE, BO, *OTHERS)).stages] == [0, 0, 0]
    assert digest(day, people) != digest(DAY, (ASE, BO, *OTHERS))


def test_more_friends_than_seats_are_told_by_name() -> None:
    day, people = bound(ASE, BO, OTHERS[0])
    with pytest.raises(NoLawfulAssignment) as impossible:
        solve(day, people)
    rules = [
        rule for impasse in impossible.value.impasses for clash in impasse.clashes for rule in clash.rules
    ]
    assert "together: Åse, Bo, Cai" in rules


def test_a_queue_does_not_know_of_them() -> None:
    day, people = bound(ASE, BO)
    assert rules_beyond_a_queue(day) == ("together: those who name each other (with: always)",)
    found = by_lottery(day, (*people, *OTHERS))
    assert set(found.assignment.days) == {person.key for person in (*people, *OTHERS)}


def test_who_names_whom_is_certified_only_where_that_is_asked_for() -> None:
    people, alone = (ASE, BO, *OTHERS), (ASE, replace(BO, wants=()), *OTHERS)
    asking = DAY.replace_rules(fairness=(TOTAL, FRIENDS))
    assert digest(asking, people) != digest(asking, alone)
    assert digest(asking, alone) == digest(asking, (replace(ASE, wants=()), *alone[1:]))
    assert digest(DAY, people) == digest(DAY, alone)


def test_the_order_of_rows_is_of_no_account() -> None:
    day = DAY.replace_rules(fairness=(FRIENDS, TOTAL))
    people = (ASE, BO, *OTHERS)
    assert solve(day, people).assignment.days == solve(day, people[::-1]).assignment.days
