"""The master problem's solution, and the seats that it is rounded to."""

from __future__ import annotations

import numpy as np
import pytest

from midtvejs.domain.fairness import Criterion
from midtvejs.domain.simulation import simulate
from midtvejs.solving.instance.count import count_choices
from midtvejs.solving.instance.crowd import aggregate_case
from midtvejs.solving.limits import DEFAULT, Limits
from midtvejs.solving.prices.bound import maximise_bound
from midtvejs.solving.prices.column_generation import is_wide
from midtvejs.solving.prices.cutting_planes import CuttingPlanes
from midtvejs.solving.prices.relaxation import SCALE, Objective, Relaxation
from midtvejs.solving.prices.rounding import round_to_seats
from midtvejs.solving.stop import Stop
from tests import conferences
from tests.solving.cases import case_for, crowded

OBJECTIVES = [
    Objective(criterion=Criterion.TOTAL),
    Objective(criterion=Criterion.TOTAL, worst=4),
    Objective(criterion=Criterion.EVEN, worst=5),
    Objective(criterion=Criterion.FIRST),
    Objective(criterion=Criterion.UNLISTED),
]


def test_the_master_problem_of_three_people_of_whom_one_gives_way() -> None:
    program = conferences.program({"1A": 2, "1B": 2})
    people = tuple(conferences.person(name, "1A > 1B") for name in ("Åse", "Bo", "Cai"))
    relaxation = Relaxation(aggregate_case(case_for((program, people))), Objective(criterion=Criterion.TOTAL))
    master = CuttingPlanes(2, dearest=8, people=3)
    for steps in ([0, 0], [4, 0]):
        master.add(relaxation.evaluate(np.array(steps, dtype=np.int64) * SCALE))
    solution = master.solve(Stop())
    assert solution is not None
    # All in 1A: height <= p(1A) - 2 p(1B). All in 1B: height <= 3 - 2 p(1A) + p(1B).
    assert solution.height == pytest.approx(1)
    assert solution.prices == pytest.approx([1, 0])
    assert solution.shares == pytest.approx([2 / 3, 1 / 3])


@pytest.mark.parametrize("objective", OBJECTIVES, ids=str)
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_dealt_seats_are_nearly_lawful_and_only_the_undecided_are_dealt_to(
    seed: int, objective: Objective
) -> None:
    relaxation = Relaxation(aggregate_case(case_for(crowded(seed, 30 + 15 * seed))), objective)
    aggregate = relaxation.aggregate
    dual = maximise_bound(relaxation, stop=Stop())
    rounded = round_to_seats(relaxation, dual.points, dual.shares, stop=Stop())
    assert rounded
    over = [
        np.bincount(rounded.choices[leaf.round], minlength=leaf.sessions + 1)[: leaf.sessions] - leaf.seats
        for leaf in aggregate.rounds
    ]
    assert np.concatenate(over).max() <= 2
    rows = aggregate.row_of.astype(np.int64)
    used = [
        point for point, share in zip(dual.points, dual.shares, strict=True) if share > DEFAULT.negligible
    ]
    options = np.stack([relaxation.days(point.prices).choices(rows) for point in used])
    sure = np.setdiff1d(np.arange(aggregate.people), rounded.undecided)
    assert (options[:, :, sure] == rounded.choices[:, sure]).all()
    assert (options == rounded.choices).all(axis=1).any(axis=0).all()


def wide(seed: int, limits: Limits = DEFAULT) -> Relaxation:
    """Make a day of 8 rounds of 5 sessions for 20 people: more prices than people."""
    program = conferences.program(
        *({f"{number}{letter}": 5 for letter in "ABCDE"} for number in range(1, 9)),
    )
    return Relaxation(
        aggregate_case(case_for((program, simulate(program, participants=20, seed=seed)), limits=limits)),
        Objective(criterion=Criterion.EVEN, worst=6),
    )


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_on_a_wide_day_kinds_of_people_share_out_days_of_their_own(seed: int) -> None:
    relaxation = wide(seed)
    assert is_wide(relaxation)
    aggregate = relaxation.aggregate
    dual = maximise_bound(relaxation, stop=Stop())
    by_planes = maximise_bound(wide(seed, Limits(wide=relaxation.size + 1)), stop=Stop())
    assert dual.bound == by_planes.bound
    assert len(dual.points) < len(by_planes.points)
    assert dual.shares.sum(axis=0) == pytest.approx(np.ones(aggregate.root.rows))
    rounded = round_to_seats(relaxation, dual.points, dual.shares, stop=Stop())
    assert rounded
    tally = count_choices(aggregate, rounded.choices)
    assert (tally.taken - aggregate.seats).max() <= 2
    mixture = np.zeros(len(aggregate.seats))
    rows = np.arange(aggregate.root.rows)
    for point, shares in zip(dual.points, dual.shares, strict=True):
        choices = relaxation.days(point.prices).choices(rows)
        for leaf in aggregate.rounds:
            np.add.at(mixture, leaf.first + choices[leaf.round], shares * aggregate.counts)
    assert (mixture <= aggregate.seats + 1e-6).all()
