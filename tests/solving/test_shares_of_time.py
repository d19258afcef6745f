"""With rules each thing has its part of the time, so that rules are looked at at all."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack
from unittest.mock import patch

import pytest

from midtvejs.domain.fairness import Criterion
from midtvejs.solving import with_rules as coupled
from midtvejs.solving.around_groups import AroundGroups
from midtvejs.solving.bounds import BoundWithoutRules
from midtvejs.solving.cpsat import search as by_cpsat
from midtvejs.solving.cpsat.broken import keeps_the_rules
from midtvejs.solving.instance.case import Case, Choice
from midtvejs.solving.instance.choices import measure
from midtvejs.solving.lawful import seat_lawfully
from midtvejs.solving.limits import Limits
from midtvejs.solving.prices import ruled_bound
from midtvejs.solving.prices import search as by_prices
from midtvejs.solving.prices.bound import maximise_bound
from midtvejs.solving.search import Bound, Bounds, Found
from midtvejs.solving.stop import Stop
from tests.ruled import one_large_room
from tests.solving.cases import case_for, crowded, judged, unwatched
from tests.solving.test_clock import grouped, with_open_rooms
from tests.strategies import Conference

ORDER = (Criterion.WORST, Criterion.TOTAL, Criterion.EVEN)
SECONDS = 100.0
A_FEW_AT_A_TIME = Limits(coupled=0, relaxed=10**9, relaxed_in_rooms=10**9)
BY_HIGHS = Limits(coupled=0, relaxed=0)


class Clock:
    """A clock that stands still, but while the first ``searches`` by prices take all that they may."""

    def __init__(self, searches: int = 1) -> None:
        self.now = 0.0
        self.searches = searches
        self.unruled: Found | None = None

    def search_by_prices(self, case: Case, *what: object, stop: Stop, **how: object) -> Found:
        found = self._search(case, *what, stop=Stop(), **how)
        self.unruled = self.unruled or found
        if self.searches:
            self.searches -= 1
            while not stop.asked:
                self.now += 0.25
        return found

    _search: Callable[..., Found] = staticmethod(by_prices.search)


def searched(
    limits: Limits, clock: Clock, conference: Conference | None = None
) -> tuple[Case, Found, Sequence[Choice]]:
    """Search a crowded day of groups; return what it began with as well."""
    case = case_for(conference or grouped(), limits=limits)
    lawful = seat_lawfully(case, Stop())
    assert lawful
    stop = Stop(seconds=SECONDS, clock=lambda: clock.now)
    with patch.object(by_prices, "search", clock.search_by_prices):
        found = coupled.search(case, ORDER, seed=0, stop=stop, watch=unwatched, lawful=lawful)
    return case, found, lawful


@pytest.mark.parametrize(
    ("limits", "share"), [(A_FEW_AT_A_TIME, Limits().unruled), (BY_HIGHS, Limits().beforehand)]
)
def test_prices_without_rules_that_would_go_on_and_on_have_a_part_of_the_time(
    limits: Limits, share: float
) -> None:
    clock = Clock()
    with patch.object(by_cpsat, "search", wraps=by_cpsat.search) as went_on:
        case, found, lawful = searched(limits, clock)
    assert clock.now == pytest.approx(share * SECONDS, abs=0.25)
    begun, unruled = went_on.call_args.kwargs["start"], clock.unruled
    assert unruled
    assert not keeps_the_rules(case, unruled.choices)
    assert keeps_the_rules(case, begun)

    def away(choices: Sequence[Choice]) -> int:
        """Count the seats that are others than without rules."""
        return sum(
            here != there
            for choice, wanted in zip(choices, unruled.choices, strict=True)
            for here, there in zip(choice, wanted, strict=True)
        )

    assert 0 < away(begun) < away(lawful)
    before, after = judged(case, lawful), judged(case, found.choices)
    assert [after[criterion] for criterion in ORDER] < [before[criterion] for criterion in ORDER]


def test_so_have_those_without_other_rules_once_rooms_are_chosen() -> None:
    clock = Clock(searches=2)
    with patch.object(by_cpsat, "search", wraps=by_cpsat.search) as went_on:
        case, _, lawful = searched(A_FEW_AT_A_TIME, clock, with_open_rooms(grouped()))
    share = A_FEW_AT_A_TIME.unruled
    assert clock.now == pytest.approx((share + (1 - share) * share) * SECONDS, abs=0.5)
    begun = went_on.call_args.kwargs["start"]
    assert keeps_the_rules(case, begun)
    assert measure(case, begun)[Criterion.TOTAL] < measure(case, lawful)[Criterion.TOTAL]


def test_where_rooms_alone_are_open_prices_have_the_rest_for_them() -> None:
    clock = Clock(searches=2)
    searched(A_FEW_AT_A_TIME, clock, one_large_room())
    assert clock.now == pytest.approx(SECONDS, abs=0.25)


@pytest.mark.parametrize("share", [0.5, 1.0])
def test_a_bound_without_rules_has_its_part_of_the_time_as_well(share: float) -> None:
    bounds = BoundWithoutRules(
        case_for(crowded(seed=3, people=60)), Stop(seconds=SECONDS, clock=lambda: 0.0), share=share
    )
    with patch("midtvejs.solving.bounds.maximise_bound", wraps=maximise_bound) as raised:
        assert bounds.bound(Criterion.TOTAL, (), below=99).value > 0
    assert raised.call_args.kwargs["stop"].left == share * SECONDS


def test_the_rest_is_shared_out_among_groups_a_better_assignment_and_bounds() -> None:
    clock, left = Clock(), dict[str, float | None]()

    def telling(name: str, of: Callable[..., object]) -> Callable[..., object]:
        def told(*what: object, stop: Stop, **how: object) -> object:
            left.setdefault(name, stop.left)
            return of(*what, stop=stop, **how)

        return told

    whole = (
        (AroundGroups, "begin"),
        (by_cpsat, "improve"),
        (ruled_bound, "maximise_bound_of_parties"),
    )
    with ExitStack() as patches:
        for module, name in whole:
            patches.enter_context(patch.object(module, name, telling(name, getattr(module, name))))
        searched(A_FEW_AT_A_TIME, clock)
    limits, rest = A_FEW_AT_A_TIME, SECONDS - clock.now
    assert left == {
        "begin": pytest.approx(limits.around_groups * rest),
        "improve": pytest.approx(limits.before_bounds * rest),
        "maximise_bound_of_parties": pytest.approx(limits.each_bound * rest),
    }


class _Known:
    """Bounds of which one is known."""

    def __init__(self, value: int) -> None:
        self._value = value

    def bound(self, *_: object, **_known: object) -> Bound:
        return Bound(value=self._value)

    def near(self, *_: object, **_known: object) -> None:
        return None

    def narrow(self, _case: Case, _stop: Stop) -> _Known:
        return self


@pytest.mark.parametrize(
    ("bound", "least", "first"), [(0, 3, [4, 2, 3]), (8, 8, [8]), (0, 9, [4, 7, 8]), (9, 9, [])]
)
def test_the_highest_regret_is_brought_half_the_way_to_its_bound_or_less_far(
    bound: int, least: int, first: list[int]
) -> None:
    """Somebody has nine steps; to bring all within ``least`` is possible, as it is asked in this order."""
    asked: list[int] = []

    def bring_within(_case: Case, _best: object, limit: int, *_: object, **_how: object) -> list[int] | None:
        asked.append(limit)
        return [limit] if limit >= least else None

    def highest(_case: Case, choices: Sequence[int]) -> Mapping[Criterion, int]:
        return {Criterion.WORST: choices[0], Criterion.EVEN: 81}

    known: Bounds = _Known(bound)
    with (
        patch.object(by_cpsat, "exchange_within_rules", return_value=None),
        patch.object(by_cpsat, "bring_within", bring_within),
        patch.object(by_cpsat, "measure", highest),
        patch.object(by_cpsat, "improve", lambda _case, best, *_, **_how: best),
    ):
        found = by_cpsat.search(
            case_for(grouped(), limits=A_FEW_AT_A_TIME),
            (Criterion.WORST,),
            seed=0,
            stop=Stop(),
            watch=unwatched,
            start=[9],  # type: ignore[list-item] # what they are does not matter here
            bounds=known,
        )
    assert asked[: len(first)] == first
    (stage,) = found.stages
    assert (stage.value, stage.bound) == (least, bound)
    assert len(asked) < 9


@pytest.mark.parametrize("seconds", [None, 0])
def test_once_the_time_is_up_no_bound_is_raised_for_what_is_near_to_it(seconds: float | None) -> None:
    """Every limit on the highest regret would have one of its own."""
    case = case_for(grouped(), limits=Limits(relaxed=0))
    start = seat_lawfully(case, Stop())
    assert start
    with patch.object(_Known, "near", return_value=None) as asked:
        by_cpsat.search(
            case,
            (Criterion.WORST, Criterion.TOTAL),
            seed=0,
            stop=Stop(seconds=seconds),
            watch=unwatched,
            start=start,
            bounds=_Known(0),
        )
    assert bool(asked.call_count) == (seconds is None)
