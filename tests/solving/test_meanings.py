"""The solver, the audit and brute force each say what a criterion means: where one errs, another notices."""

from __future__ import annotations

from dataclasses import replace

import pytest

from midtvejs.auditing.audit import UnlawfulResult, certify
from midtvejs.auditing.verify import Verification, certificate_of, verify
from midtvejs.domain.fairness import (
    CRITERIA,
    OVER_REGRETS,
    OVER_SEATS,
    Criterion,
    SumOverRegrets,
    SumOverSeats,
)
from midtvejs.solving.search import Solution
from midtvejs.solving.solve import solve
from tests import conferences
from tests.brute import every_outcome, optimum
from tests.strategies import Conference


def at_odds() -> Conference:
    """Exactly as many seats as people in the first round: no criterion can be brought down to 0."""
    day = conferences.program({"1A": 1, "1B": 2, "1C": 2}, {"2A": 1, "2B": 2, "2C": 3})
    owned = {"1A", "1B", "2C"}
    day = conferences.each_session(
        day, lambda each: replace(each, by=("Vejle Kommune",) if each.code in owned else ())
    )
    return day, (
        replace(conferences.person("Åse", "1A > 1B", "2A > 2B > 2C"), earlier=("1A", "2A")),
        replace(conferences.person("Bo", "1A", "2A > 2C"), earlier=("1A", "2B")),
        conferences.person("Cai", "1A", "2B"),
        conferences.person("Dea", "1A > 1C > 1B", "2B"),
        replace(conferences.person("Eva", "", "2B > 2A > 2C"), organisation="Ærø Kommune"),
    )


def friends_at_odds() -> Conference:
    """Cai is a friend of Åse, who is where there is no other seat."""
    day, (aase, bo, cai, *others) = at_odds()
    aase = replace(conferences.pinned(aase, "1A"), wants=(cai.key,))
    return day, (aase, bo, replace(cai, wants=(aase.key,)), *others)


def solved(
    order: tuple[Criterion, ...], conference: Conference | None = None
) -> tuple[Solution, Verification]:
    """Do as the commands do: solve, audit, certify, verify."""
    day, people = conference or at_odds()
    solution = solve(day.replace_rules(fairness=order), people)
    certify(solution.assignment, people, solution.stages)
    certificate = certificate_of(solution.assignment, solution.stages, solution.proofs)
    return solution, verify(solution.assignment, people, certificate)


@pytest.mark.parametrize("criterion", [each for each in Criterion if each is not Criterion.FRIENDS])
def test_every_criterion_is_the_least_where_all_others_follow_it(criterion: Criterion) -> None:
    order = (criterion, *(each for each in Criterion if each is not criterion))
    solution, verification = solved(order)
    values = tuple(stage.value for stage in solution.stages)
    assert values == optimum(every_outcome(*at_odds()), order)
    assert values[0] > 0
    assert verification.proven


def test_friends_are_apart_as_seldom_as_can_be() -> None:
    order = (Criterion.FRIENDS, *(each for each in Criterion if each is not Criterion.FRIENDS))
    solution, verification = solved(order, friends_at_odds())
    values = tuple(stage.value for stage in solution.stages)
    assert values == optimum(every_outcome(*friends_at_odds()), order)
    assert values[0] == verification.stages[0].bound == 1


@pytest.mark.parametrize("criterion", [*OVER_SEATS, *OVER_REGRETS])
def test_where_the_registry_errs_the_audit_lets_nothing_pass(
    criterion: Criterion, monkeypatch: pytest.MonkeyPatch
) -> None:
    wrong(criterion, monkeypatch)
    with pytest.raises(UnlawfulResult, match=f"{criterion} is"):
        solved((criterion,))


def wrong(criterion: Criterion, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the registry say twice of what the criterion means, wherever it is read."""
    definition = CRITERIA[criterion]
    measure: SumOverSeats | SumOverRegrets
    match definition.measure:
        case SumOverSeats(of_seat):
            measure = SumOverSeats(lambda seat: 2 * of_seat(seat))
            monkeypatch.setitem(OVER_SEATS, criterion, measure.amount)
        case SumOverRegrets(of_regret):
            measure = SumOverRegrets(lambda regret: 2 * of_regret(regret))
            monkeypatch.setitem(OVER_REGRETS, criterion, measure.amount)
        case _:
            raise ValueError(f"{criterion} is no sum of amounts")
    monkeypatch.setitem(CRITERIA, criterion, replace(definition, measure=measure))
