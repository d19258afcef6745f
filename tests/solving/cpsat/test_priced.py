"""Rounds at prices: never above what the day comes to, and mostly more than rounds without them."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import accumulate

import pytest

from midtvejs.domain.fairness import Criterion, Stage
from midtvejs.solving.cpsat.alone import RoundsAlone
from midtvejs.solving.cpsat.priced import UNIT, Prices, can_be_priced, prices_in
from midtvejs.solving.cpsat.question import Question
from midtvejs.solving.cpsat.search import squares_of_total
from midtvejs.solving.cpsat.settled import settled_as_in
from midtvejs.solving.cpsat.stated import Verdict
from midtvejs.solving.instance.case import Case, Choice
from midtvejs.solving.instance.choices import measure
from midtvejs.solving.lawful import seat_lawfully
from midtvejs.solving.stop import Stop
from tests.benchmarks.hardness.specs import RULES
from tests.solving.cases import ruled_day
from tests.solving.test_clock import up

ORDER = (Criterion.TOTAL, Criterion.EVEN, Criterion.SPREAD, Criterion.AVOID_OWN)


@pytest.fixture(scope="module")
def days(tmp_path_factory: pytest.TempPathFactory) -> list[Case]:
    """Days with all rules, with nothing but open rooms, and with sessions that may be cancelled."""
    folder = tmp_path_factory.mktemp("days")
    return [
        ruled_day(folder, *rules, people=people, shape=shape, spare=spare, wishes=wishes)
        for people, shape, spare, wishes, *rules in (
            (30, (3, 3, 3, 3), 1.15, "pl", *RULES),
            (30, (4, 4, 4), 1.15, "strong", "auto", "at_most"),
            (40, (4, 3), 1.5, "org", "cancel", "min"),
        )
    ]


def best(case: Case, criterion: Criterion, limits: dict[Criterion, int]) -> list[Choice]:
    start = seat_lawfully(case, Stop())
    assert start
    question = Question(case=case, limits=limits, minimise=criterion)
    answer = question.ask(start, seed=0, stop=Stop(), effort=60.0)
    assert answer.outcome.verdict is Verdict.BEST
    assert answer.choices
    return answer.choices


def in_order(case: Case, worst: int, spare: int) -> Iterator[tuple[Criterion, dict[Criterion, int], int]]:
    """Yield each criterion, what is kept before it, and what it comes to at the least."""
    limits = {Criterion.WORST: worst}
    for criterion in ORDER:
        least = measure(case, best(case, criterion, limits))[criterion]
        yield criterion, dict(limits), least
        limits[criterion] = least + spare


def priced(case: Case, rounds: RoundsAlone, criterion: Criterion, limits: dict[Criterion, int]) -> int:
    choices = best(case, criterion, limits)
    prices = prices_in(settled_as_in(case, choices), criterion, limits, Stop())
    assert prices
    return rounds.price(criterion, prices, limits, choices, Stop())


@pytest.mark.parametrize(("worst", "spare"), [(4, 0), (5, 0), (4, 2)])
def test_they_are_never_above_the_least_of_the_day(days: list[Case], worst: int, spare: int) -> None:
    """What earlier prices leave to each round stays within what is bounded by later ones."""
    near = 0
    for case in days:
        rounds = RoundsAlone(case, seed=0)
        for criterion, limits, least in in_order(case, worst, spare):
            bound = priced(case, rounds, criterion, limits)
            assert 0 <= bound <= least
            near += least > 0 and bound >= 0.8 * least
    assert near >= (8 if spare == 0 else 4)


def test_they_know_of_sums_over_whole_days_what_rounds_do_not(days: list[Case]) -> None:
    more = 0
    for case in days:
        for criterion, limits, _ in in_order(case, 4, 0):
            bound = priced(case, RoundsAlone(case, seed=0), criterion, limits)
            choices = best(case, criterion, limits)
            if criterion is Criterion.EVEN:
                total = Stage(
                    criterion=Criterion.TOTAL,
                    value=limits[Criterion.TOTAL],
                    bound=limits[Criterion.TOTAL],
                    recomputable=0,
                )
                more += bound > squares_of_total(criterion, [total], len(case.rows))
            else:
                alone = RoundsAlone(case, seed=0).minimise(criterion, limits, choices, Stop())
                assert alone
                more += bound > alone.bound
    assert more >= 3


@pytest.mark.parametrize("step", [0, 1, 7, 20, 60])
def test_any_prices_whatever_are_a_bound(days: list[Case], step: int) -> None:
    """Only how good it is depends on them."""
    case = days[0]
    *_, (criterion, limits, least) = in_order(case, 4, 0)
    steps = [step * (person % 3) for person in range(len(case.rows))]
    for kept in (0, 5, 40):
        prices = Prices(weights={**dict.fromkeys(ORDER, kept), criterion: UNIT}, steps=steps)
        choices = best(case, criterion, limits)
        assert 0 <= RoundsAlone(case, seed=0).price(criterion, prices, limits, choices, Stop()) <= least


def test_regrets_cost_what_sums_over_them_do_less_the_steps_sold(days: list[Case]) -> None:
    case, worst = days[0], 4
    people = len(case.rows)
    squares = Prices(weights={Criterion.EVEN: UNIT, Criterion.TOTAL: 3}, steps=[4 * UNIT] * people)
    # A regret of 2 costs 4, and its steps bring 8: no other brings more.
    assert squares.least_of_regrets(case, worst) == -4 * UNIT * people
    assert squares.least_of_regrets(case, 1) == -3 * UNIT * people
    assert Prices(weights={}, steps=[2, *[0] * (people - 1)]).least_of_regrets(case, worst) == -8


def test_rooms_that_cost_too_much_at_prices_are_ruled_out_and_no_others(days: list[Case]) -> None:
    """Whatever is as good as the best is still possible in the rooms that are left."""
    fewer = 0
    for case in days:
        rounds = RoundsAlone(case, seed=0)
        for criterion, limits, least in in_order(case, 4, 0):
            priced(case, rounds, criterion, limits)
            choices = best(case, criterion, limits)
            narrow = rounds.narrow({**limits, criterion: least}, choices, Stop())
            if narrow is not None:
                fewer += 1
                assert measure(narrow.case, best(narrow.case, criterion, limits))[criterion] == least
    assert fewer


def test_without_time_there_are_no_prices(days: list[Case]) -> None:
    assert prices_in(days[0], Criterion.TOTAL, {}, up()) is None


def test_what_ties_days_to_others_has_no_price() -> None:
    assert all(map(can_be_priced, ORDER))
    others = (Criterion.WORST, Criterion.FRIENDS, Criterion.MOVED, Criterion.DISPLACED)
    assert not any(map(can_be_priced, others))


def test_a_dearer_step_is_taken_less(days: list[Case]) -> None:
    """Rounds cost more the dearer a step is, but no more than each step does."""
    case = days[1]
    start = seat_lawfully(case, Stop())
    assert start
    bounds = []
    for step in (0, UNIT, 2 * UNIT):
        prices = Prices(weights={Criterion.TOTAL: UNIT}, steps=[step] * len(case.rows))
        bounds.append(RoundsAlone(case, seed=0).price(Criterion.TOTAL, prices, {}, start, Stop()))
    assert bounds == [*accumulate(bounds, min)]
