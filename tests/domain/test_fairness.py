"""The registry of criteria says all there is to say of each."""

from __future__ import annotations

from itertools import pairwise

import pytest

from midtvejs.domain.fairness import (
    CRITERIA,
    OF_WISHES,
    OVER_REGRETS,
    OVER_SEATS,
    Criterion,
    Evidence,
    Seat,
    Stage,
    Subject,
)

SEATS = [
    Seat(steps=steps, listed=listed, own=own, moved=moved)
    for listed in range(5)
    for steps in range(listed + 1)
    for own in (False, True)
    for moved in (False, True)
]


@pytest.mark.parametrize("criterion", Criterion)
def test_every_criterion_is_defined(criterion: Criterion) -> None:
    definition = CRITERIA[criterion]
    assert definition.meaning
    assert definition.evidence is not Evidence.SOLVER
    assert (definition.subject is Subject.WISHES) == (criterion in OF_WISHES)


@pytest.mark.parametrize(
    ("criterion", "value", "bound", "recomputable", "evidence"),
    [
        (Criterion.TOTAL, 9, 9, 9, Evidence.PRICES),
        (Criterion.TOTAL, 9, 4, 4, Evidence.PRICES),
        (Criterion.TOTAL, 9, 9, 8, Evidence.SOLVER),
        (Criterion.TOTAL, 9, 4, 0, Evidence.SOLVER),
        (Criterion.TOTAL, 9, 0, 0, Evidence.NONE),
        (Criterion.TOTAL, 0, 0, 0, Evidence.PRICES),
        (Criterion.SPREAD, 2, 2, 2, Evidence.COUNTING),
        (Criterion.SPREAD, 2, 2, 1, Evidence.SOLVER),
    ],
)
def test_what_a_bound_rests_on(
    criterion: Criterion, value: int, bound: int, recomputable: int, evidence: Evidence
) -> None:
    stage = Stage(criterion=criterion, value=value, bound=bound, recomputable=recomputable)
    assert (stage.evidence, stage.by_word) == (evidence, evidence is Evidence.SOLVER)


def test_nothing_else_is_defined_and_no_two_mean_the_same() -> None:
    assert list(CRITERIA) == list(Criterion)
    assert len({definition.meaning for definition in CRITERIA.values()}) == len(CRITERIA)


@pytest.mark.parametrize("criterion", OVER_SEATS)
def test_an_amount_for_a_seat_is_never_below_nothing_and_asks_no_more_than_its_subject(
    criterion: Criterion,
) -> None:
    amount = OVER_SEATS[criterion]
    assert min(map(amount, SEATS)) == 0 < max(map(amount, SEATS))
    if criterion in OF_WISHES:
        assert amount(Seat(steps=0, listed=0)) == 0
        for seat in SEATS:
            assert amount(seat) == amount(Seat(steps=seat.steps, listed=seat.listed))


@pytest.mark.parametrize("criterion", OVER_REGRETS)
def test_an_amount_for_a_regret_starts_at_nothing_and_rises_ever_faster(criterion: Criterion) -> None:
    amounts = [OVER_REGRETS[criterion](regret) for regret in range(20)]
    growth = [after - before for before, after in pairwise(amounts)]
    assert amounts[0] == 0
    assert growth[0] > 0
    assert growth == sorted(growth)
