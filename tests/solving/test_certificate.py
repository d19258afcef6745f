"""The domain and the solver find the same bounds, and what the solver proves is certified."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from unittest.mock import Mock, patch

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from midtvejs.auditing.audit import UnlawfulResult
from midtvejs.auditing.bound import bound_of, pairs_at_least
from midtvejs.auditing.verify import Standing, certificate_of, verify
from midtvejs.domain.assignment import NoLawfulAssignment
from midtvejs.domain.certificate import SCALE, Proof
from midtvejs.domain.fairness import CRITERIA, Criterion, Evidence, Stage
from midtvejs.output.tables.assignment_json import certificate_json
from midtvejs.reading.certificate import read_certificate
from midtvejs.solving.bounds import BoundWithoutRules
from midtvejs.solving.instance.crowd import aggregate_case
from midtvejs.solving.prices.bound import round_up
from midtvejs.solving.prices.relaxation import Objective, Relaxation
from midtvejs.solving.search import Bound
from midtvejs.solving.solve import solve
from midtvejs.solving.stop import Stop
from tests import conferences
from tests.brute import every_outcome, least
from tests.conferences import raised
from tests.examples import examples
from tests.solving.cases import case_for, crowded
from tests.solving.prices.test_relaxation import SUMS, Priced, relaxations
from tests.strategies import (
    Conference,
    conferences_with_rules,
    criteria_in_order,
    lawful_conferences,
    listed_conferences_with_rules,
)


@given(priced=relaxations([*SUMS, Criterion.WORST]))
@examples(200)
def test_the_domain_finds_the_bound_of_the_relaxation(priced: Priced) -> None:
    objective, program = priced.objective, priced.case.program
    sessions = list(program.sessions)
    prices = priced.prices.tolist()
    proof = Proof(
        criterion=objective.criterion,
        worst=objective.worst,
        kept=dict(objective.kept),
        prices=dict(zip(sessions, prices[: len(sessions)], strict=True)),
        kept_prices=dict(zip(dict(objective.kept), prices[len(sessions) :], strict=True)),
    )
    found = max(0, round_up(priced.relaxation.evaluate(priced.prices).bound))
    assert bound_of(proof, program, priced.case.participants) == found


@given(conference=lawful_conferences(), order=criteria_in_order)
@examples(60)
def test_whatever_is_proven_is_certified_and_verified(
    conference: Conference, order: tuple[Criterion, ...]
) -> None:
    program, people = conference
    program = program.replace_rules(fairness=order)
    solution = solve(program, people)
    certificate = certificate_of(solution.assignment, solution.stages, solution.proofs)
    verification = verify(solution.assignment, people, certificate)
    assert verification.holds
    outcomes, reached = every_outcome(*conference), dict[Criterion, int]()
    for checked, certified in zip(verification.stages, certificate.stages, strict=True):
        by_prices = certified.evidence is Evidence.PRICES
        assert certified.evidence is solution.stages[len(reached)].evidence
        assert checked.standing is (Standing.PROVEN if by_prices else Standing.SOLVER)
        assert checked.bound <= checked.value == least(outcomes, checked.criterion, reached)
        reached[checked.criterion] = checked.value


@given(conference=conferences_with_rules())
@examples(150)
def test_whatever_the_rules_every_bound_is_recomputed_and_none_is_above_the_best(
    conference: Conference,
) -> None:
    program, people = conference
    try:
        solution = solve(program, people)
    except NoLawfulAssignment:
        return
    certificate = certificate_of(solution.assignment, solution.stages, solution.proofs)
    verification = verify(solution.assignment, people, certificate)
    assert verification.holds
    outcomes, reached = every_outcome(*conference), dict[Criterion, int]()
    for checked, certified in zip(verification.stages, certificate.stages, strict=True):
        assert checked.bound <= checked.value == least(outcomes, checked.criterion, reached)
        by_word = certified.evidence is Evidence.SOLVER
        assert certified.evidence is solution.stages[len(reached)].evidence
        assert checked.standing is (Standing.SOLVER if by_word else Standing.PROVEN)
        assert by_word == (checked.bound < certified.stage.bound)
        assert by_word or certified.evidence is checked.recomputed_by
        reached[checked.criterion] = checked.value


@given(
    conference=conferences_with_rules(),
    order=st.permutations([Criterion.SPREAD, Criterion.TOTAL, Criterion.WORST, Criterion.AVOID_OWN]),
)
@examples(100)
def test_wherever_pairs_stand_in_the_order_what_prices_prove_is_recomputed(
    conference: Conference, order: list[Criterion]
) -> None:
    program, people = conference
    program = program.replace_rules(fairness=tuple(order))
    outcomes, reached = every_outcome(program, people), dict[Criterion, int]()
    assume(outcomes)
    solution = solve(program, people)
    certificate = certificate_of(solution.assignment, solution.stages, solution.proofs)
    verification = verify(solution.assignment, people, certificate)
    assert verification.holds
    for checked, stage in zip(verification.stages, solution.stages, strict=True):
        assert checked.bound <= checked.value == least(outcomes, checked.criterion, reached)
        assert (checked.bound, checked.recomputed_by) == (stage.recomputable, _recomputed_by(stage))
        reached[checked.criterion] = checked.value


def _recomputed_by(stage: Stage) -> Evidence:
    return Evidence.PRICES if stage.priced else CRITERIA[stage.criterion].evidence


@pytest.mark.parametrize(
    ("order", "values", "evidence"),
    [
        ((Criterion.TOTAL, Criterion.SPREAD), (0, 6), ("prices", "prices")),
        ((Criterion.SPREAD, Criterion.TOTAL), (2, 2), ("counting", "prices")),
        ((Criterion.SPREAD, Criterion.EVEN, Criterion.TOTAL), (2, 2, 2), ("counting", "prices", "prices")),
    ],
)
def test_prices_tell_of_pairs_that_wishes_make_and_of_wishes_that_pairs_cost(
    order: tuple[Criterion, ...], values: tuple[int, ...], evidence: tuple[str, ...], tmp_path: Path
) -> None:
    """Four of one organisation want 1A; with no pairs but two, two of them have to go elsewhere."""
    day = conferences.program({"1A": 5, "1B": 5}).replace_rules(fairness=order)
    people = tuple(conferences.person(name, "1A > 1B") for name in ("Åse", "Bo", "Cai", "Dea"))
    solution = solve(day, people)
    assert tuple(stage.value for stage in solution.stages) == values
    certificate = certificate_of(solution.assignment, solution.stages, solution.proofs)
    assert tuple(each.evidence for each in certificate.stages) == evidence
    path = tmp_path / "proof.json"
    path.write_text(certificate_json(certificate), encoding="utf-8")
    read = read_certificate(path).value
    assert read == certificate
    assert verify(solution.assignment, people, read).proven
    # To say of what prices prove that it was counted is not so.
    priced = certificate.stages[-1]
    if priced.stage.criterion is Criterion.SPREAD:
        lie = replace(read, stages=(read.stages[0], replace(priced, evidence=Evidence.COUNTING)))
        (false,) = verify(solution.assignment, people, lie).having(Standing.FALSE)
        assert false.faults == ("what bounds it is prices, not counting",)


@given(conference=conferences_with_rules(), data=st.data())
@examples(150)
def test_the_domain_finds_the_bound_of_the_relaxation_whatever_the_rules(
    conference: Conference, data: st.DataObject
) -> None:
    program, people = conference
    program = program.replace_rules(fairness=(Criterion.AVOID_OWN, Criterion.TOTAL))
    case = case_for((program, people))
    criterion = data.draw(st.sampled_from([*SUMS, Criterion.AVOID_OWN, Criterion.WORST]))
    worst = data.draw(st.integers(0, 3)) if criterion is Criterion.WORST else None
    kept = {other: 2 for other in (Criterion.AVOID_OWN, Criterion.EVEN) if other is not criterion}
    relaxation = Relaxation(
        aggregate_case(case), Objective(criterion=criterion, worst=worst, kept=tuple(kept.items()))
    )
    size = relaxation.size
    prices = data.draw(st.lists(st.integers(0, 4 * SCALE), min_size=size, max_size=size))
    sessions = list(program.sessions)
    proof = Proof(
        criterion=criterion,
        worst=worst,
        kept=kept,
        prices=dict(zip(sessions, prices[: len(sessions)], strict=True)),
        kept_prices=dict(zip(kept, prices[len(sessions) :], strict=True)),
    )
    everybody_has_a_day = all(is_open for round_ in case.rounds for is_open in round_.open)
    assume(everybody_has_a_day or criterion is Criterion.WORST)
    found = max(0, round_up(relaxation.evaluate(np.array(prices, dtype=np.int64)).bound))
    assert bound_of(proof, program, people) == found


@given(conference=conferences_with_rules())
@examples(100)
def test_heads_are_counted_as_the_solver_counts_them(conference: Conference) -> None:
    program, people = conference
    bound = BoundWithoutRules(case_for(conference), Stop()).bound(Criterion.SPREAD, (), below=0)
    pairs = pairs_at_least(program, people)
    assert bound == Bound(value=pairs, recomputable=pairs)


@given(conference=listed_conferences_with_rules())
@examples(100)
def test_what_a_list_for_several_rounds_rests_on_is_what_is_certified(conference: Conference) -> None:
    try:
        solution = solve(*conference)
    except NoLawfulAssignment:
        return
    certificate = certificate_of(solution.assignment, solution.stages, solution.proofs)
    assert [each.evidence for each in certificate.stages] == [each.evidence for each in solution.stages]


def test_what_cp_sat_raised_above_what_prices_prove_is_its_word() -> None:
    program, people = raised()
    solution = solve(program, people)
    first = solution.stages[1]
    assert (first.value, first.bound, first.recomputable) == (5, 5, 4)
    evidence = [Evidence.PRICES, Evidence.SOLVER, Evidence.PRICES]
    assert [stage.evidence for stage in solution.stages] == evidence
    certificate = certificate_of(solution.assignment, solution.stages, solution.proofs)
    assert [certified.evidence for certified in certificate.stages] == evidence
    checked = verify(solution.assignment, people, certificate).stages[1]
    assert (checked.bound, checked.standing) == (4, Standing.SOLVER)


def test_a_sum_that_is_the_solvers_word_tells_nothing_of_the_squares() -> None:
    """Where all sums are odd, so are all squares; unless that is only said."""
    bound = Bound(value=6, recomputable=6)
    for recomputable, nearest in ((5, 7), (4, 6)):
        total = Stage(criterion=Criterion.TOTAL, value=5, bound=5, recomputable=recomputable)
        after = bound.after(Criterion.EVEN, [total])
        assert (after.value, after.recomputable) == (7, nearest)
        assert bound.after(Criterion.FIRST, [total]) == bound
    unproven = Stage(criterion=Criterion.TOTAL, value=5, bound=4, recomputable=4)
    assert bound.after(Criterion.EVEN, [unproven]) == bound


@pytest.mark.parametrize("seed", [1, 2])
def test_a_crowd_is_proven_by_prices(seed: int) -> None:
    program, people = crowded(seed, 60)
    solution = solve(program, people)
    certificate = certificate_of(solution.assignment, solution.stages, solution.proofs)
    verification = verify(solution.assignment, people, certificate)
    assert [stage.standing for stage in verification.stages][:2] == [Standing.PROVEN] * 2


def test_prices_that_prove_what_is_not_so_are_our_bug() -> None:
    program, people = crowded(1, 60)
    solution = solve(program, people)
    worst, total, even = solution.stages
    too_low = (worst, replace(total, bound=total.bound - 1), even)
    with pytest.raises(UnlawfulResult, match=f"total: its prices prove {total.bound}, not {total.bound - 1}"):
        certificate_of(solution.assignment, too_low, solution.proofs)
    swapped = (None, solution.proofs[2], None)
    with pytest.raises(UnlawfulResult, match="total: the prices are for even"):
        certificate_of(solution.assignment, solution.stages, swapped)


def test_without_prices_it_is_the_word_of_the_solver() -> None:
    program, people = crowded(1, 60)
    solution = solve(program, people)
    certificate = certificate_of(solution.assignment, solution.stages, ())
    assert {certified.evidence for certified in certificate.stages} == {Evidence.SOLVER}
    verification = verify(solution.assignment, people, certificate)
    assert (verification.holds, verification.proven) == (True, False)
    assert verification.having(Standing.SOLVER) == verification.stages


@pytest.mark.parametrize("word", [4, 5, 6])
def test_what_was_known_by_the_solvers_word_gives_way_to_prices_that_prove_as_much(word: int) -> None:
    known, ruled = Bound(value=word, recomputable=3), Bound(value=5, recomputable=5)
    bounds = BoundWithoutRules(case_for(crowded(1, 60)), Stop())
    within = "midtvejs.solving.bounds.BoundWithoutRules"
    with (
        patch(f"{within}._handed_on", lambda *_: known),
        patch(f"{within}._bound_by_rules", lambda *_: ruled),
        patch(f"{within}._by_rules", Mock(any=True)),
    ):
        found = bounds.bound(Criterion.TOTAL, (), below=9)
    assert found == (known if word > ruled.value else ruled)
