"""What each session of a round costs those who are to be seated in it."""

from __future__ import annotations

import numpy as np

from midtvejs.solving.flows.table import Table, number_alike
from midtvejs.solving.instance.arrays import Ints
from midtvejs.solving.prices.lists import NEVER

NOBODY = np.zeros(0, dtype=np.int64)
ALONE = np.zeros(1, dtype=np.int64)


def costs(*, regret: int = 0, near: int = -1, worst: int = 9) -> Ints:
    """The costs of a participant with sessions 0, 1 and 2 steps down, and one that is closed to them."""
    steps = np.array([[0, 1, 2, 0]])
    table = Table(
        people=ALONE,
        rows=ALONE,
        steps=steps,
        amounts=steps,
        open=np.array([[True, True, True, False]]),
        settled=NOBODY,
        there=NOBODY,
    )
    return np.asarray(table.costs(ALONE, np.array([regret]), np.array([near]), worst)[0])


def test_what_is_closed_is_never_had_and_each_step_costs_more_than_the_one_before() -> None:
    first, second, third, closed = costs().tolist()
    assert closed == NEVER
    assert 0 < second - first < third - second


def test_who_has_more_regret_elsewhere_pays_more_for_a_step() -> None:
    assert costs(regret=3)[1] - costs(regret=3)[0] > costs()[1] - costs()[0]


def test_a_step_beyond_the_worst_regret_costs_more_than_hundreds_of_others() -> None:
    first, second, third, _ = costs(worst=1).tolist()
    assert third - second > 500 * (second - first)


def test_among_equals_it_is_a_little_dearer_to_be_elsewhere_than_near() -> None:
    assert (costs(near=1) - costs()).tolist() == [0, -1, 0, 0]


def test_those_are_of_a_kind_who_are_alike_in_all_columns() -> None:
    first, kinds = number_alike([np.array([0, 5, 0, 5]), np.array([-1, 2, -1, 3])])
    assert first.tolist() == [0, 1, 3]
    assert kinds.tolist() == [0, 1, 0, 2]
