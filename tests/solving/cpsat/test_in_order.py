"""Two sums in one question: the least of the first is found, and the least of the second beside it."""

from __future__ import annotations

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from midtvejs.solving.cpsat.highs import solve_by_highs
from midtvejs.solving.cpsat.in_order import minimise_in_order
from midtvejs.solving.cpsat.model import Model
from midtvejs.solving.cpsat.stated import Outcome, Term, Verdict
from midtvejs.solving.stop import Stop

Drawn = tuple[Model, list[Term], list[Term]]
"""A model, and two sums of its variables."""

VARIABLES = 5
SUMS = st.dictionaries(st.integers(0, VARIABLES - 1), st.integers(0, 9), max_size=VARIABLES)


@st.composite
def models(draw: st.DrawFn) -> Drawn:
    """A few yes-or-no variables, of some of which one is a yes, and two sums of them."""
    model = Model()
    variables = [model.boolean() for _ in range(VARIABLES)]
    model.exactly_one(draw(st.sets(st.sampled_from(variables), min_size=1)))
    model.at_least([(1, each) for each in variables], draw(st.integers(0, 3)))
    first, second = ([(count, each) for each, count in draw(SUMS).items()] for _ in range(2))
    return model, first, second


def value_of(terms: list[Term], values: tuple[int, ...]) -> int:
    return sum(count * values[variable] for count, variable in terms)


def worths(model: Model, first: list[Term], second: list[Term]) -> list[tuple[int, int]]:
    """What both sums come to in each solution, the best first."""
    linear = model.linear()
    lawful = (values for values in product(range(2), repeat=len(model.most)) if linear.allows([*values]))
    return sorted((value_of(first, values), value_of(second, values)) for values in lawful)


@given(models(), st.lists(st.tuples(st.integers(-5, 9), st.integers(0, VARIABLES - 1)), max_size=8))
def test_no_solution_comes_to_more_than_the_most(drawn: Drawn, terms: list[Term]) -> None:
    """Whatever the counts are, and a variable may be there twice, and in two rows of which one is a yes."""
    model, *_ = drawn
    model.exactly_one([0, 1])
    for value, _ in worths(model, terms, []):
        assert value <= model.most_of(terms)


@given(models())
def test_the_first_is_the_least_and_the_second_the_least_beside_it(
    drawn: Drawn,
) -> None:
    model, first, second = drawn
    ranked = worths(model, first, second)
    in_order = minimise_in_order(model, first, second, most=model.most_of(second), heaviest=None)
    outcome = model.solve(seed=0, stop=Stop())
    one, other = in_order.split(outcome)
    if not ranked:
        assert (one.verdict, other) == (Verdict.IMPOSSIBLE, None)
        return
    assert other is not None
    assert ranked[0] == (one.value, other.value) == (one.bound, other.bound)
    assert one.verdict is other.verdict is Verdict.BEST


@given(models(), st.data())
def test_bounds_hold_whatever_was_found(drawn: Drawn, data: st.DataObject) -> None:
    """Whatever solution a solver ends with, and whatever true bound of both it has."""
    model, first, second = drawn
    ranked = worths(model, first, second)
    in_order = minimise_in_order(model, first, second, most=model.most_of(second), heaviest=None)
    linear = model.linear()
    lawful = [values for values in product(range(2), repeat=VARIABLES) if linear.allows([*values])]
    if not lawful:
        return
    values = data.draw(st.sampled_from(lawful))
    value = linear.value([*values])
    bound = data.draw(st.integers(0, min(linear.value([*each]) for each in lawful)))
    one, other = in_order.split(Outcome(verdict=Verdict.FOUND, values=values, value=value, bound=bound))
    assert other is not None
    assert (one.value, other.value) == (value_of(first, values), value_of(second, values))
    assert one.bound <= ranked[0][0]
    assert other.bound <= min(each for least, each in ranked if least <= one.value)
    unknown, _ = in_order.split(Outcome(verdict=Verdict.UNDECIDED, values=(), value=0, bound=bound))
    assert unknown.bound <= ranked[0][0]


def one_of(*costs: tuple[int, int]) -> Drawn:
    """One of a few variables is a yes, and costs so much of the first sum and the second."""
    model = Model()
    variables = [model.boolean() for _ in costs]
    model.exactly_one(variables)
    first = [(cost, each) for each, (cost, _) in zip(variables, costs, strict=True)]
    return model, first, [(cost, each) for each, (_, cost) in zip(variables, costs, strict=True)]


def test_highs_makes_both_small_too() -> None:
    model, first, second = one_of((3, 0), (2, 8), (2, 7))
    in_order = minimise_in_order(model, first, second, most=model.most_of(second), heaviest=None)
    one, other = in_order.split(solve_by_highs(model, seed=0, stop=Stop(), nodes=1))
    assert other is not None
    assert (one.value, other.value) == (2, 7)
    assert one.verdict is other.verdict is Verdict.BEST


@pytest.mark.parametrize(("heaviest", "found"), [(8, (2, 7)), (5, (3, 0))])
def test_what_is_best_by_weight_only_is_called_so_and_proves_nothing(
    heaviest: int, found: tuple[int, int]
) -> None:
    model, first, second = one_of((3, 0), (2, 7))
    in_order = minimise_in_order(model, first, second, most=7, heaviest=heaviest)
    outcome = model.solve(seed=0, stop=Stop())
    one, other = in_order.split(outcome)
    assert other is not None
    assert (one.value, other.value) == found
    assert one.verdict is other.verdict is Verdict.BEST
    half = Outcome(verdict=Verdict.FOUND, values=outcome.values, value=outcome.value, bound=outcome.value - 1)
    one, other = in_order.split(half)
    assert other is not None
    assert (one.verdict, one.bound, other.bound) == (Verdict.FOUND, 0, 0)
    assert in_order.split(Outcome(verdict=Verdict.UNDECIDED, values=(), value=0, bound=9))[0].bound == 0
