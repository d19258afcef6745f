"""What may be shared comes to no more than what may not: the relaxation of a model bounds it."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from midtvejs.domain.fairness import Criterion
from midtvejs.solving.cpsat.model import Model
from midtvejs.solving.cpsat.question import Question
from midtvejs.solving.cpsat.relaxed import relax
from midtvejs.solving.cpsat.stated import least_whole
from midtvejs.solving.lawful import seat_lawfully
from midtvejs.solving.stop import Stop
from tests.benchmarks.hardness.specs import RULES
from tests.solving.cases import ruled_day
from tests.solving.test_clock import up


def halves() -> Model:
    """Of three, every two are one at least: half of each is enough, or two whole ones."""
    model = Model()
    one, two, three = (model.boolean() for _ in range(3))
    for pair in ((one, two), (two, three), (one, three)):
        model.at_least([(1, each) for each in pair], 1)
    model.minimise([(4, one), (4, two), (4, three)])
    return model


def test_half_of_each_is_a_bound_of_whole_ones() -> None:
    relaxed = relax(halves(), Stop())
    assert relaxed
    assert relaxed.bound == 6
    assert relaxed.parts == pytest.approx([1 / 2] * 3)
    assert halves().solve(seed=0, stop=Stop()).value == 8


def test_nothing_is_known_without_time() -> None:
    assert relax(halves(), up()) is None


@pytest.mark.parametrize("rules", [RULES, ("together",), ("apart",), ("auto",)])
def test_it_is_never_above_the_least_of_a_day(rules: tuple[str, ...], tmp_path: Path) -> None:
    case = ruled_day(tmp_path, *rules, people=30, shape=(3, 3), spare=1.2)
    start = seat_lawfully(case, Stop())
    assert start
    limits: dict[Criterion, int] = {Criterion.WORST: 3}
    for criterion in (Criterion.TOTAL, Criterion.EVEN, Criterion.SPREAD, Criterion.AVOID_OWN):
        question = Question(case=case, limits=limits, minimise=criterion)
        least = question.ask(start, seed=0, stop=Stop(), effort=60.0).outcome.value
        bound, parts = question.relax(Stop())
        for (number, index), rooms in parts.items():
            session = case.program.rounds[number].sessions[index]
            assert rooms.keys() == {*session.rooms}
            assert sum(rooms.values()) <= 1 + 1e-6
        assert bool(parts) == ("auto" in rules)
        assert 0 <= bound <= least
        assert bound or not least or "auto" in rules or criterion is Criterion.AVOID_OWN
        limits[criterion] = least
    assert question.relax(up()) == (0, {})


@given(st.integers(0, 300_000), st.floats(-1e-7, 1e-7))
def test_a_rounding_error_raises_no_bound(whole: int, error: float) -> None:
    assert least_whole(whole + error) == whole
    assert least_whole(whole + 1 / 2 + error) == whole + 1
