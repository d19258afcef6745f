"""A model in plain numbers: CP-SAT says of it what all of its values say, looked at one by one."""

from __future__ import annotations

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from midtvejs.solving.cpsat.cp_sat import in_proto
from midtvejs.solving.cpsat.model import Model
from midtvejs.solving.cpsat.stated import AS_MANY_AS_WANTED, Verdict
from midtvejs.solving.stop import Stop

VARIABLES = 4
SUMS = st.lists(st.tuples(st.integers(-3, 3), st.integers(0, VARIABLES - 1)), max_size=6)


@st.composite
def models(draw: st.DrawFn) -> Model:
    """A few small numbers, and rows of each kind; a variable may be in a sum twice."""
    model = Model()
    for _ in range(VARIABLES):
        model.whole(draw(st.integers(1, 2)))
    for _ in range(draw(st.integers(0, 4))):
        state = draw(st.sampled_from([model.at_most, model.at_least, model.exactly]))
        state(draw(SUMS), draw(st.integers(-2, 4)))
    yes_or_no = [variable for variable, most in enumerate(model.most) if most == 1]
    is_one_of_them: bool = draw(st.booleans())
    if yes_or_no and is_one_of_them:
        model.exactly_one(draw(st.sets(st.sampled_from(yes_or_no), min_size=1)))
    if draw(st.booleans()):
        model.minimise(draw(SUMS))
    return model


@given(models())
def test_cp_sat_finds_the_least_there_is(model: Model) -> None:
    linear = model.linear()
    lawful = [
        values for values in product(*(range(most + 1) for most in model.most)) if linear.allows([*values])
    ]
    outcome = model.solve(seed=0, stop=Stop())
    if not lawful:
        assert outcome.verdict is Verdict.IMPOSSIBLE
        return
    assert outcome.verdict is Verdict.BEST
    assert linear.allows(outcome.values)
    if model.costs:
        least = min(sum(count * values[each] for count, each in model.costs) for values in lawful)
        assert (outcome.value, outcome.bound, linear.value(outcome.values)) == (least, least, least)


def test_a_variable_that_is_in_a_sum_twice_is_there_once_in_plain_numbers() -> None:
    model = Model()
    one, two = model.boolean(), model.whole(5)
    model.at_most([(2, two), (1, one), (3, two)], 4)
    model.minimise([(1, one), (1, one)])
    linear = model.linear()
    assert linear.rows == [(None, 4, [(one, 1), (two, 5)])]
    assert linear.costs == [(one, 2)]


@pytest.mark.parametrize("limit", [AS_MANY_AS_WANTED, AS_MANY_AS_WANTED + 1])
def test_what_may_be_as_much_as_wanted_has_no_end(limit: int) -> None:
    model = Model()
    model.at_most([(1, model.boolean())], limit)
    assert model.linear().rows == [(None, None, [(0, 1)])]
    proto = in_proto(model)
    assert [*proto.constraints[0].linear.domain] == [-AS_MANY_AS_WANTED, AS_MANY_AS_WANTED]


def test_hints_are_looked_at_first() -> None:
    model = Model()
    numbers = [model.whole(9) for _ in range(3)]
    model.hint(dict(zip(numbers, (3, 1, 4), strict=True)))
    assert [*model.solve(seed=0, stop=Stop()).values] == [3, 1, 4]
    model.hint({numbers[0]: 2})
    assert [*model.solve(seed=0, stop=Stop()).values] == [2, 1, 4]
