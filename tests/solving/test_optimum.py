"""Both roads reach what brute force finds, stage after stage, and each other."""

from __future__ import annotations

from itertools import permutations

import pytest
from hypothesis import given

from midtvejs.domain.fairness import OF_WISHES, Criterion
from midtvejs.solving.instance.case import Case
from midtvejs.solving.search import Found
from tests import conferences
from tests.brute import Outcomes, every_outcome, optimum
from tests.examples import examples
from tests.solving.cases import ROADS, case_for, crowded, judged, searched
from tests.strategies import Conference, criteria_in_order, lawful_conferences, seeds

ORDERS = [order for length in (1, 2, 3) for order in permutations(OF_WISHES, length)]


def exactly_room() -> Conference:
    """Wishes that clash over exactly as many seats as are needed; lists that end early; a presenter."""
    program = conferences.program({"1A": 1, "1B": 2, "1C": 1}, {"2A": 2, "2B": 3}, presenters={"1B": "Eva"})
    return program, (
        conferences.person("Åse", "1A > 1B > 1C", "2A > 2B"),
        conferences.person("Bo", "1A > 1C > 1B", "2A"),
        conferences.person("Cai", "1A", "2A > 2B"),
        conferences.person("Dea", "1B > 1A", ""),
        conferences.person("Eva", "", "2A > 2B", presents="1B"),
    )


def at_odds() -> Conference:
    """Those who end a list early count less in `total`, so that the criteria pull in different ways."""
    program = conferences.program({"1A": 1, "1B": 1, "1C": 1, "1D": 1}, {"2A": 1, "2B": 3})
    return program, (
        conferences.person("Åse", "1A > 1B > 1C > 1D", "2A"),
        conferences.person("Bo", "1A > 1B > 1C > 1D", "2A > 2B"),
        conferences.person("Cai", "1B > 1A > 1C", "2A"),
        conferences.person("Dea", "1A > 1B", "2B > 2A"),
    )


def all_present() -> Conference:
    """Everybody presents in the second round: nobody has any wishes left there."""
    program = conferences.program(
        {"1A": 1, "1B": 1}, {"2A": 1, "2B": 1}, presenters={"2A": "Åse", "2B": "Bo"}
    )
    return program, (
        conferences.person("Åse", "1A > 1B", "2B", presents="2A"),
        conferences.person("Bo", "1A", "2A", presents="2B"),
    )


@pytest.fixture(scope="module", params=[exactly_room, at_odds, all_present])
def known(request: pytest.FixtureRequest) -> tuple[Case, Outcomes]:
    conference: Conference = request.param()
    return case_for(conference), every_outcome(*conference)


@pytest.mark.parametrize("road", ROADS)
def test_every_order_of_up_to_three_criteria(known: tuple[Case, Outcomes], road: str) -> None:
    case, outcomes = known
    for order in ORDERS:
        assert_least(case, searched(road, case, order), order, outcomes)


@given(conference=lawful_conferences(), order=criteria_in_order, seed=seeds)
@examples(100)
def test_every_stage_is_the_least_that_there_is(
    conference: Conference, order: tuple[Criterion, ...], seed: int
) -> None:
    case = case_for(conference, seed)
    outcomes = every_outcome(*conference)
    for road in ROADS:
        assert_least(case, searched(road, case, order, seed=seed), order, outcomes)


@pytest.mark.parametrize(
    "order",
    [
        (Criterion.WORST, Criterion.TOTAL, Criterion.EVEN),
        (Criterion.EVEN, Criterion.FIRST),
        (Criterion.UNLISTED, Criterion.WORST, Criterion.FIRST),
    ],
    ids=", ".join,
)
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_both_roads_agree_on_more_people(seed: int, order: tuple[Criterion, ...]) -> None:
    case = case_for(crowded(seed, 20 + 10 * seed), seed)
    by_prices, by_cpsat = (searched(road, case, order) for road in ROADS)
    assert [stage.value for stage in by_prices.stages] == [stage.value for stage in by_cpsat.stages]
    assert all(stage.proven for stage in by_prices.stages)
    for found in (by_prices, by_cpsat):
        assert_kept(case, found)


def assert_least(case: Case, found: Found, order: tuple[Criterion, ...], outcomes: Outcomes) -> None:
    assert [stage.criterion for stage in found.stages] == list(order)
    assert tuple(stage.value for stage in found.stages) == optimum(outcomes, order)
    assert all(stage.proven for stage in found.stages)
    assert_kept(case, found)


def assert_kept(case: Case, found: Found) -> None:
    """No later stage has given up what an earlier one reached."""
    said = {stage.criterion: stage.value for stage in found.stages}
    assert said.items() <= judged(case, found.choices).items()
