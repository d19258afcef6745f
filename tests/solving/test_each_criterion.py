"""Each criterion there is, alone and after all others: solved, certified, verified and printed."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from midtvejs.auditing.verify import Standing, certificate_of, verify
from midtvejs.domain.fairness import CRITERIA, OF_EARLIER, OF_WISHES, Criterion, Evidence, Status
from midtvejs.domain.mechanism import Mechanism, Way
from midtvejs.domain.outcome import Outcome
from midtvejs.domain.participants import Participant
from midtvejs.domain.profile import without_first_wish
from midtvejs.output.pages.assign import summary_page
from midtvejs.output.pages.compare import TOLD_BY_SHARES, Compared, comparison_json, comparison_page
from midtvejs.output.pages.verify import verification_json, verification_page
from midtvejs.output.tables.assignment_json import assignment_json, certificate_json
from midtvejs.solving.instance.choices import measure
from midtvejs.solving.instance.crowd import Leaf, aggregate_case
from midtvejs.solving.search import Solution
from midtvejs.solving.solve import solve
from tests.brute import every_outcome, optimum
from tests.conferences import each_session, person, program
from tests.output.pictured import shown
from tests.solving.cases import ROADS, case_for, judged, searched
from tests.strategies import Conference

OTHERS = "Odense Kommune"
LAST = [(*(other for other in Criterion if other is not last), last) for last in Criterion]
ORDERS = [*((criterion,) for criterion in Criterion), *LAST]
PRICED = [criterion for criterion in Criterion if CRITERIA[criterion].evidence is Evidence.PRICES]


def tiny(*fairness: Criterion) -> Conference:
    """Six people of two organisations, one of which is behind most sessions; Cai and Finn are friends."""
    day = program({"1A": 2, "1B": 2, "1C": 2}, {"2A": 3, "2B": 3}, presenters={"2B": "Finn"})
    day = each_session(
        day, lambda each: replace(each, by=("Vejle Kommune",) if each.code in {"1A", "1B"} else ())
    )
    people: tuple[Participant, ...] = (
        person("Åse", "1A > 1B", "2A > 2B"),
        person("Bo", "1A > 1B", "2A"),
        person("Cai", "1A", "2A > 2B"),
        replace(person("Dea", "1A > 1B", "2A"), organisation=OTHERS),
        replace(person("Eli", "1B > 1A", ""), organisation=OTHERS),
        person("Finn", "1A > 1B > 1C", "", presents="2B"),
    )
    aase, bo, cai, dea, eli, finn = people
    people = (
        replace(aase, earlier=("1A", "2B")),
        replace(bo, wants=(dea.key,)),
        replace(cai, wants=(finn.key,)),
        *(dea, eli),
        replace(finn, wants=(cai.key, bo.key)),
    )
    return day.replace_rules(fairness=fairness), people


def solved(*fairness: Criterion) -> Solution:
    return solve(*tiny(*fairness))


@pytest.mark.parametrize("order", ORDERS)
def test_it_comes_to_what_looking_through_all_assignments_comes_to(order: tuple[Criterion, ...]) -> None:
    solution = solved(*order)
    best = optimum(every_outcome(*tiny(*order)), order)
    assert tuple(stage.value for stage in solution.stages) == best
    assert tuple(solution.assignment.criteria[criterion] for criterion in order) == best
    assert all(stage.proven for stage in solution.stages)


@pytest.mark.parametrize("criterion", Criterion)
def test_not_all_assignments_come_to_the_same(criterion: Criterion) -> None:
    assert len({figures.of(criterion) for figures in every_outcome(*tiny(criterion))}) > 1


@pytest.mark.parametrize("criterion", PRICED)
@pytest.mark.parametrize("road", ROADS)
def test_either_road_reaches_what_prices_bound(road: str, criterion: Criterion) -> None:
    conference = tiny(criterion)
    found = searched(road, case_for(conference), (criterion,))
    assert (found.stages[0].value,) == optimum(every_outcome(*conference), (criterion,))
    assert found.stages[0].proven


@pytest.mark.parametrize("criterion", Criterion)
def test_the_solver_counts_what_the_audit_counts(criterion: Criterion) -> None:
    conference = tiny(criterion)
    case = case_for(conference)
    leaf = aggregate_case(case).leaves[0]
    assert isinstance(leaf, Leaf)
    assert set(leaf.amounts) < set(Criterion)
    choices = searched("cpsat", case, (Criterion.WORST,)).choices
    assert measure(case, choices)[criterion] == judged(case, choices)[criterion]


@pytest.mark.parametrize("order", ORDERS)
def test_it_is_certified_and_verified(order: tuple[Criterion, ...]) -> None:
    solution = solved(*order)
    certificate = certificate_of(solution.assignment, solution.stages, solution.proofs)
    verification = verify(solution.assignment, tiny(*order)[1], certificate)
    assert [checked.criterion for checked in verification.stages] == list(order)
    assert [fault for checked in verification.stages for fault in checked.faults] == []
    assert verification.proven
    for checked in verification.stages:
        assert checked.standing in {Standing.PROVEN, Standing.SOLVER}
        assert checked.recomputed_by is CRITERIA[checked.criterion].evidence


@pytest.mark.parametrize("width", [None, 30, 80, 120])
@pytest.mark.parametrize("criterion", Criterion)
def test_every_page_tells_of_it(criterion: Criterion, width: int | None) -> None:
    solution = solved(criterion)
    value = solution.assignment.criteria[criterion]
    certificate = certificate_of(solution.assignment, solution.stages, solution.proofs)
    verification = verify(solution.assignment, tiny(criterion)[1], certificate)
    summary = shown(summary_page(solution.assignment, solution.stages, Status.OPTIMAL), width)
    assert f"{criterion} {value}" in summary
    assert width is None or CRITERIA[criterion].meaning.split()[-1] in summary
    assert f"{criterion} {value}" in shown(verification_page(verification), width)
    # What is kept of an earlier assignment is no way to compare.
    assert criterion in {*TOLD_BY_SHARES, *OF_EARLIER} or criterion.value in _heads(criterion, width)


@pytest.mark.parametrize("criterion", Criterion)
def test_every_file_tells_of_it(criterion: Criterion) -> None:
    solution = solved(criterion)
    value = solution.assignment.criteria[criterion]
    certificate = certificate_of(solution.assignment, solution.stages, solution.proofs)
    verification = verify(solution.assignment, tiny(criterion)[1], certificate)
    for text in (
        assignment_json(solution.assignment, solution.stages, Status.OPTIMAL),
        certificate_json(certificate),
        verification_json(verification),
    ):
        (stage,) = json.loads(text)["stages"]
        assert (stage["criterion"], stage["value"]) == (criterion.value, value)
    (way,) = json.loads(comparison_json(_compared(criterion)))["ways"]
    assert way[criterion.value] == value


def _heads(criterion: Criterion, width: int | None) -> set[str]:
    """Return the words of a comparison but for the names of its ways and what they mean."""
    text = shown(comparison_page(_compared(criterion)), width).replace(f"fair [{criterion}]", "")
    return set(text.split("fair: ")[0].split())


def _compared(criterion: Criterion) -> Compared:
    assignment = solved(criterion).assignment
    outcome = Outcome(
        way=Way(mechanism=Mechanism.FAIR, fairness=(criterion,)),
        profile=assignment.profile,
        criteria={each: assignment.criteria[each] for each in (*OF_WISHES, criterion)},
        evidence={criterion: CRITERIA[criterion].evidence},
        without_first_wish=without_first_wish(assignment),
        status=Status.OPTIMAL,
        seconds=0,
    )
    return Compared(participants=6, seed=0, timed=False, outcomes=(outcome,))
