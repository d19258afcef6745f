"""Search where there are rules: at once, or on larger days in rooms that flows choose first.

Where rooms are open on larger days these are first searched in the rooms that flows choose for each round
(cpsat/rooms_by_flows.py): with nothing but seats to decide it is mostly known in a moment what is best there.
If rooms may be much better elsewhere, as far as flows tell, and there is time for it, that goes no further
than the first sum, and the search goes on in any rooms. Else all criteria are looked at in these rooms, and
what is found is bounded in any.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from midtvejs.domain.assignment import NoLawfulAssignment, OutOfTime
from midtvejs.domain.fairness import Criterion
from midtvejs.solving.bounds import BoundWithoutRules, compare_with_bounds, with_bounds_of
from midtvejs.solving.coupled import search as search_coupled
from midtvejs.solving.coupled import (
    search_without_rules,
    seat_near,
    share_of_flows,
    that_prices_bound,
    up_to_a_sum,
)
from midtvejs.solving.cpsat.alone import can_be_alone
from midtvejs.solving.cpsat.rooms_by_flows import OF_FLOWS, InAnyRooms
from midtvejs.solving.cpsat.settled import settled_as_in
from midtvejs.solving.cpsat.solvers import (
    has_time_for_rooms,
    has_time_for_rounds,
)
from midtvejs.solving.instance.case import Case, Choice
from midtvejs.solving.instance.choices import measure
from midtvejs.solving.instance.crowd import aggregate_case
from midtvejs.solving.lawful import is_coupled, seat_lawfully
from midtvejs.solving.search import Found, Watch
from midtvejs.solving.stop import Stop


def search(
    case: Case,
    fairness: tuple[Criterion, ...],
    *,
    seed: int,
    stop: Stop,
    watch: Watch,
    lawful: Sequence[Choice],
) -> Found:
    """Satisfy the criteria in order; ``lawful`` is any assignment that keeps all rules."""
    if not can_be_alone(case) or not _is_for_rooms_first(case, stop):
        return search_coupled(case, fairness, seed=seed, stop=stop, watch=watch, lawful=lawful)
    goes_on = has_time_for_rounds(case, stop, again=True)
    first = up_to_a_sum(fairness) if goes_on else fairness
    in_any = InAnyRooms(case, aggregate_case(case))
    in_rooms = _search_in_rooms(in_any, first, seed=seed, stop=stop, watch=watch, lawful=lawful)
    if in_rooms is None:
        return search_coupled(
            case, fairness, seed=seed, stop=stop, watch=watch, lawful=lawful, in_any_rooms=in_any
        )
    if goes_on and stop.left is not None:
        goes_on = not in_rooms.is_good(_told_by_flows(in_any, first, seed=seed, stop=stop))
    if not goes_on and first != fairness:
        in_rooms = in_rooms.search_on(fairness, seed=seed, stop=stop, watch=watch)
    choices = in_rooms.found.choices
    if goes_on or has_time_for_rooms(case, stop):
        found = search_coupled(
            case,
            fairness,
            seed=seed,
            stop=stop,
            watch=watch,
            lawful=choices,
            is_good=True,
            in_any_rooms=in_any,
        )
    else:
        found = _bound(case, fairness, choices, seed=seed, stop=stop, watch=watch, in_any=in_any)
    return with_bounds_of(case, choices, found)


def _is_for_rooms_first(case: Case, stop: Stop) -> bool:
    """Return whether more is found in the rooms that flows choose than by asking the rounds for them."""
    limits = case.limits
    large = case.size > limits.rooms_by_flows or not has_time_for_rounds(case, stop)
    return large and case.size <= limits.most_relaxed


@dataclass(frozen=True, slots=True, kw_only=True)
class _InRooms:
    """What was ``found`` in rooms that are ``settled``. To bound it in any takes so many ``seconds``."""

    settled: Case
    found: Found
    seconds: float

    def is_good(self, told: Mapping[Criterion, int]) -> bool:
        """Return whether nothing in other rooms is much better, as far as flows have ``told``."""
        near = 1 + self.settled.limits.as_good
        values = {stage.criterion: stage.value for stage in self.found.stages}
        return all(values[criterion] <= near * bound for criterion, bound in told.items())

    def search_on(self, fairness: tuple[Criterion, ...], *, seed: int, stop: Stop, watch: Watch) -> _InRooms:
        """Search in the same rooms, beginning at what was found there, with more criteria."""
        part, known = _leave_time_for_bounds(self.settled, stop, self.seconds), self.found.choices
        found = search_coupled(
            self.settled, fairness, seed=seed, stop=part, watch=watch, lawful=known, is_good=True
        )
        return replace(self, found=found)


def _told_by_flows(
    in_any: InAnyRooms, fairness: tuple[Criterion, ...], *, seed: int, stop: Stop
) -> dict[Criterion, int]:
    """Return what flows tell of any rooms in a moment."""
    part = stop.part(in_any.case.limits.beforehand)
    return {
        criterion: in_any.least(criterion, {}, seed=seed, stop=part)
        for criterion in fairness
        if criterion in OF_FLOWS
    }


def _search_in_rooms(
    in_any: InAnyRooms,
    fairness: tuple[Criterion, ...],
    *,
    seed: int,
    stop: Stop,
    watch: Watch,
    lawful: Sequence[Choice],
) -> _InRooms | None:
    """Search in the rooms that are best for each round; None where these are not known, or there is no way.

    Where somebody is further off in them than need be near to what is found without rules, in the rooms of
    that as well.
    """
    case, before = in_any.case, stop.left
    best = in_any.with_best(seed=seed, stop=stop.part(case.limits.to_choose_rooms))
    if best is None:
        return None
    took = before - stop.left if before and stop.left else 0.0
    # It takes as long again, and longer, to bound each criterion that flows tell of.
    sums = sum(criterion in OF_FLOWS for criterion in case.program.rules.fairness)
    seconds = case.limits.as_long_as_rooms * sums * took
    in_time = _leave_time_for_bounds(case, stop, seconds)
    found = _search_settled(best, fairness, seed=seed, stop=in_time, watch=watch)
    if found is None:
        return None
    in_rooms = _InRooms(settled=best, found=found, seconds=seconds)
    if fairness[0] is not Criterion.WORST or stop.asked:
        return in_rooms
    part = stop.part(case.limits.beforehand)
    relaxed = search_without_rules(case, fairness[:1], lawful, seed=seed, stop=part, watch=watch)
    if relaxed.stages[0].value < found.stages[0].value:
        near = seat_near(case, relaxed.choices, lawful, stop.part(case.limits.beforehand))
        if measure(case, near)[Criterion.WORST] < found.stages[0].value:
            settled = settled_as_in(case, near)
            again = _search_settled(settled, fairness, seed=seed, stop=in_time, watch=watch)
            if again is not None and _values(again) < _values(found):
                return replace(in_rooms, settled=settled, found=again)
    return in_rooms


def _search_settled(
    settled: Case, fairness: tuple[Criterion, ...], *, seed: int, stop: Stop, watch: Watch
) -> Found | None:
    """Search in rooms that are settled; None where there is no way in them, or no time."""
    if not is_coupled(settled) or stop.asked:
        return None
    try:
        lawful = seat_lawfully(settled, stop.part(settled.limits.beforehand))
    except (NoLawfulAssignment, OutOfTime):
        return None
    if lawful is None:
        return None
    return search_coupled(settled, fairness, seed=seed, stop=stop, watch=watch, lawful=lawful)


def _bound(
    case: Case,
    fairness: tuple[Criterion, ...],
    choices: Sequence[Choice],
    *,
    seed: int,
    stop: Stop,
    watch: Watch,
    in_any: InAnyRooms,
) -> Found:
    """Return an assignment as it stands, with bounds in any rooms; flows tell of these, and have of some."""
    priced, aggregate = that_prices_bound(fairness), in_any.aggregate
    relaxed = None
    if priced:
        part = stop.part(case.limits.beforehand)
        relaxed = search_without_rules(
            case, priced, choices, seed=seed, stop=part, watch=watch, aggregate=aggregate
        )
    bounds = BoundWithoutRules(
        case,
        stop,
        relaxed=relaxed,
        aggregate=aggregate,
        share=case.limits.each_bound_at_last,
        for_flows=(stop, share_of_flows(case, fairness)),
        in_any_rooms=in_any,
    )
    return compare_with_bounds(case, fairness, choices, bounds)


def _leave_time_for_bounds(case: Case, stop: Stop, seconds: float) -> Stop:
    """Return the time that is left, less some seconds and what it takes to bound all criteria once more.

    They are not to have more than a part of it.
    """
    if not stop.left:
        return stop.part(1.0)
    needed = seconds + case.size / case.limits.pace_of_bounds
    return stop.part(max(case.limits.before_bounds_at_last, 1 - needed / stop.left))


def _values(found: Found) -> tuple[int, ...]:
    return tuple(stage.value for stage in found.stages)
