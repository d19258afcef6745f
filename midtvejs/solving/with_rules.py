"""Search where rules couple participants: a solver seats them, and Lagrangian bounds say how far it can get.

The rules are first left out, and the remaining problem is searched by prices. If what comes of it keeps the
rules all the same, it is the best there is. If not, it is where CP-SAT looks first (HiGHS looks at everybody
at once, and needs no place to begin), and its prices are bounds still: with rules left out there are only
more assignments, and the best of more is no worse (bounds.py). Where few are in groups, these and all others
are seated in turn (around_groups.py).

Where rooms are open on larger days these are first searched in the rooms that flows choose for each round
(cpsat/rooms_by_flows.py): with nothing but seats to decide it is mostly known in a moment what is best there.
Then it goes on in any rooms, if there is time, or what was found is bounded in any.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import takewhile

from midtvejs.domain.assignment import NoLawfulAssignment, OutOfTime
from midtvejs.domain.certificate import Proof
from midtvejs.domain.fairness import CRITERIA, OF_PAIRS, Criterion, Evidence, Stage
from midtvejs.solving.around_groups import AroundGroups, are_few_in_groups, for_its_choices, is_bound_by_few
from midtvejs.solving.bounds import BoundWithoutRules, compare_with_bounds
from midtvejs.solving.cpsat import search as by_cpsat
from midtvejs.solving.cpsat.alone import can_be_alone
from midtvejs.solving.cpsat.broken import keeps_the_rules
from midtvejs.solving.cpsat.near import can_be_near
from midtvejs.solving.cpsat.rooms_by_flows import OF_FLOWS, least_in_any_rooms, with_best_rooms
from midtvejs.solving.cpsat.settled import settled_as_in
from midtvejs.solving.cpsat.solvers import (
    has_time_for_prices,
    has_time_for_rooms,
    has_time_for_rounds,
    is_for_highs,
)
from midtvejs.solving.instance.case import Case, Choice
from midtvejs.solving.instance.choices import measure
from midtvejs.solving.instance.crowd import Aggregate, aggregate_case
from midtvejs.solving.lawful import is_coupled, seat_by_lists, seat_lawfully
from midtvejs.solving.prices import search as by_prices
from midtvejs.solving.rooms import with_good_rooms
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
        return _search(case, fairness, seed=seed, stop=stop, watch=watch, lawful=lawful)
    goes_on = has_time_for_rounds(case, stop, again=True)
    first = _up_to_a_sum(fairness) if goes_on else fairness
    in_rooms = _search_in_rooms(case, first, seed=seed, stop=stop, watch=watch, lawful=lawful)
    if in_rooms is None:
        return _search(case, fairness, seed=seed, stop=stop, watch=watch, lawful=lawful)
    told: dict[Criterion, int] = {}
    if goes_on and stop.left is not None:
        told = _told_by_flows(case, first, seed=seed, stop=stop)
        goes_on = not in_rooms.is_good(told)
    if not goes_on and first != fairness:
        in_rooms = in_rooms.search_on(fairness, seed=seed, stop=stop, watch=watch)
    choices = in_rooms.found.choices
    if goes_on or has_time_for_rooms(case, stop):
        found = _search(case, fairness, seed=seed, stop=stop, watch=watch, lawful=choices, is_good=True)
    else:
        found = _bound(case, fairness, choices, seed=seed, stop=stop, watch=watch, told=told)
    return _with_bounds_of(case, choices, found)


def _up_to_a_sum(fairness: tuple[Criterion, ...]) -> tuple[Criterion, ...]:
    """Return the criteria up to the first sum: once it is known, what comes later is looked at."""
    return fairness[: 1 + sum(1 for _ in takewhile(Criterion.WORST.__eq__, fairness))]


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
        found = _search(self.settled, fairness, seed=seed, stop=part, watch=watch, lawful=known, is_good=True)
        return replace(self, found=found)


def _told_by_flows(
    case: Case, fairness: tuple[Criterion, ...], *, seed: int, stop: Stop
) -> dict[Criterion, int]:
    """Return what flows tell of any rooms in a moment."""
    part, aggregate = stop.part(case.limits.beforehand), aggregate_case(case)
    return {
        criterion: least_in_any_rooms(case, aggregate, criterion, {}, seed=seed, stop=part)
        for criterion in fairness
        if criterion in OF_FLOWS
    }


def _search_in_rooms(
    case: Case,
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
    before = stop.left
    best = with_best_rooms(case, seed=seed, stop=stop.part(case.limits.to_choose_rooms))
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
    relaxed = _search_without_rules(case, fairness[:1], lawful, seed=seed, stop=part, watch=watch)
    if relaxed.stages[0].value < found.stages[0].value:
        near = _seat_near(case, relaxed.choices, lawful, stop.part(case.limits.beforehand))
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
    return _search(settled, fairness, seed=seed, stop=stop, watch=watch, lawful=lawful)


def _with_bounds_of(case: Case, choices: Sequence[Choice], found: Found) -> Found:
    """Return the better of two: choices with what is known beside the others, as far as that holds.

    A bound is for whatever is as good in all that comes before.
    """
    worth = measure(case, choices)
    values = tuple(worth[stage.criterion] for stage in found.stages)
    if _values(found) <= values:
        return found
    stages: list[Stage] = []
    proofs: list[Proof | None] = []
    holds = True
    for stage, value, proof in zip(found.stages, values, found.proofs, strict=True):
        known = stage if holds else replace(stage, bound=0, recomputable=0, priced=False)
        stages.append(replace(known, value=value))
        proofs.append(proof if holds else None)
        holds &= value <= stage.value
    return Found(choices=choices, stages=tuple(stages), proofs=tuple(proofs))


def _bound(
    case: Case,
    fairness: tuple[Criterion, ...],
    choices: Sequence[Choice],
    *,
    seed: int,
    stop: Stop,
    watch: Watch,
    told: Mapping[Criterion, int],
) -> Found:
    """Return an assignment as it stands, with bounds in any rooms; flows have ``told`` some already."""
    priced, aggregate = _that_prices_bound(fairness), aggregate_case(case)
    relaxed = None
    if priced:
        part = stop.part(case.limits.beforehand)
        relaxed = _search_without_rules(
            case, priced, choices, seed=seed, stop=part, watch=watch, aggregate=aggregate
        )
    bounds = BoundWithoutRules(
        case,
        stop,
        relaxed=relaxed,
        aggregate=aggregate,
        share=case.limits.each_bound_at_last,
        for_flows=(stop, case.limits.each_bound),
        told=told,
    )
    return compare_with_bounds(case, fairness, choices, bounds)


def _search_without_rules(
    case: Case,
    priced: tuple[Criterion, ...],
    lawful: Sequence[Choice],
    *,
    seed: int,
    stop: Stop,
    watch: Watch,
    aggregate: Aggregate | None = None,
) -> Found:
    """Return what prices find where the rules are left out; what is ``lawful`` if they find nothing."""
    known = aggregate or aggregate_case(case)
    return by_prices.search(
        case, priced, seed=seed, stop=stop, watch=watch, otherwise=lambda: lawful, aggregate=known
    )


def _leave_time_for_bounds(case: Case, stop: Stop, seconds: float) -> Stop:
    """Return the time that is left, less some seconds and what it takes to bound all criteria once more.

    They are not to have more than a part of it.
    """
    if not stop.left:
        return stop.part(1.0)
    needed = seconds + case.size / case.limits.pace_of_bounds
    return stop.part(max(case.limits.before_bounds_at_last, 1 - needed / stop.left))


def _is_proven(found: Found) -> bool:
    return all(stage.proven for stage in found.stages)


def _values(found: Found) -> tuple[int, ...]:
    return tuple(stage.value for stage in found.stages)


def _search(
    case: Case,
    fairness: tuple[Criterion, ...],
    *,
    seed: int,
    stop: Stop,
    watch: Watch,
    lawful: Sequence[Choice],
    is_good: bool = False,
) -> Found:
    """Satisfy the criteria in order, beginning at what is ``lawful``, or near to that.

    If that ``is_good`` nothing near to it is looked for.
    """
    priced, aggregate = _that_prices_bound(fairness), aggregate_case(case)
    around = AroundGroups(case, priced, seed=seed) if priced and is_bound_by_few(case) else None
    relaxed = None
    part = stop.part(1 - case.limits.beforehand)
    at_once = is_for_highs(case, part) and (not can_be_alone(case) or has_time_for_rounds(case, part))
    if priced:
        part = stop.part(_share_without_rules(case, at_once=at_once))
        relaxed = _search_without_rules(
            case, priced, lawful, seed=seed, stop=part, watch=watch, aggregate=aggregate
        )
        is_all = priced == fairness and _is_proven(relaxed) and not case.freed_in_blocks
        if is_all and keeps_the_rules(case, relaxed.choices):
            return relaxed
        if not is_good:
            lawful = _begin(case, relaxed, lawful, around=around, at_once=at_once, seed=seed, stop=stop)
    bounds = _bounds_beside(case, fairness, stop, relaxed, aggregate, at_once=at_once)
    if len(case.rows) > case.limits.coupled and not at_once and _only_rooms_are_open(case):
        # A few people at a time never change rooms that all the others sit in.
        return compare_with_bounds(case, fairness, lawful, bounds)
    return by_cpsat.search(
        case,
        fairness,
        seed=seed,
        stop=stop,
        watch=watch,
        start=lawful,
        bounds=bounds,
        effort=case.limits.coupled_effort,
        around=around,
    )


def _bounds_beside(
    case: Case,
    fairness: tuple[Criterion, ...],
    stop: Stop,
    relaxed: Found | None,
    aggregate: Aggregate,
    *,
    at_once: bool,
) -> BoundWithoutRules:
    """Return what bounds the day beside a solver."""
    to_bound, share = _time_to_bound(case, stop, at_once=at_once)
    of_flows, part_of_flows = _left_to_flows(case, fairness, stop, at_once=at_once)
    return BoundWithoutRules(
        case,
        to_bound,
        relaxed=relaxed,
        aggregate=aggregate,
        share=share,
        for_flows=(stop, part_of_flows),
        of_flows=of_flows,
    )


def _time_to_bound(case: Case, stop: Stop, *, at_once: bool) -> tuple[Stop, float]:
    """Return when what bounds the day beside a solver is to end, and which share of that each may take."""
    if not at_once or can_be_near(case):
        return stop, case.limits.each_bound
    return stop.part(case.limits.beside_rounds if can_be_alone(case) else case.limits.beforehand), 1.0


def _left_to_flows(
    case: Case, fairness: tuple[Criterion, ...], stop: Stop, *, at_once: bool
) -> tuple[frozenset[Criterion], float]:
    """Return what flows are asked of beside a solver, and which share of the time they may take for each.

    The rounds tell more of the first sum, and at prices of all sums over seats.
    """
    if not at_once:
        return OF_FLOWS, case.limits.each_bound
    if has_time_for_prices(case, stop):
        return OF_FLOWS & OF_PAIRS, case.limits.beside_rounds
    return OF_FLOWS.difference(_up_to_a_sum(fairness)), case.limits.each_bound


def _share_without_rules(case: Case, *, at_once: bool) -> float:
    """Return what part of the time a search without rules may take: most of it, where there are none."""
    if not case.is_bound_by_rules:
        return case.limits.by_prices
    return case.limits.beforehand if at_once else case.limits.unruled


def _only_rooms_are_open(case: Case) -> bool:
    rooms = {
        session.key: max(session.rooms, key=session.seats_in)
        for session in case.program.sittings.values()
        if session.rooms
    }
    return not is_coupled(replace(case, program=case.program.with_rooms(rooms)))


def _begin(
    case: Case,
    relaxed: Found,
    lawful: Sequence[Choice],
    *,
    around: AroundGroups | None,
    at_once: bool,
    seed: int,
    stop: Stop,
) -> Sequence[Choice]:
    """Return where a search within rules is to begin: at what was found without them, or near to it.

    One that changes a few people's seats at a time has to be nearer than one that is asked of all at once.
    """
    if keeps_the_rules(case, relaxed.choices):
        return relaxed.choices
    if at_once:
        near = _seat_near(case, relaxed.choices, lawful, stop.part(case.limits.beforehand))
        part = stop.part(case.limits.beforehand)
        return around.begin(near, relaxed, stop=part, anyhow=False) if around else near
    if stop.asked:
        return lawful
    priced = tuple(stage.criterion for stage in relaxed.stages)
    near = _nearest(case, priced, relaxed.choices, lawful, seed=seed, stop=stop)
    if stop.asked or not are_few_in_groups(case):
        return near
    around = around or AroundGroups(case, priced, seed=seed)
    return around.begin(near, relaxed, stop=stop.part(case.limits.around_groups), anyhow=True)


def _nearest(
    case: Case,
    priced: tuple[Criterion, ...],
    choices: Sequence[Choice],
    lawful: Sequence[Choice],
    *,
    seed: int,
    stop: Stop,
) -> Sequence[Choice]:
    """Return what keeps the rules and is near to ``choices``; where rooms are open, with good rooms."""
    if _has_open_rooms(case):
        roomed = with_best_rooms(case, seed=seed, stop=stop) or with_good_rooms(case, stop)
        if stop.asked:
            return lawful
        try:
            seated = seat_lawfully(roomed, stop.part(case.limits.beforehand))
            choices = by_prices.search(
                for_its_choices(roomed),
                priced,
                seed=seed,
                stop=stop if _only_rooms_are_open(case) else stop.part(case.limits.unruled),
                watch=lambda *_: None,
                # What is lawful where rooms are open need not be so in these.
                otherwise=lambda: seated or seat_by_lists(roomed, stop),
            ).choices
        except (NoLawfulAssignment, OutOfTime):
            return lawful
        if keeps_the_rules(case, choices):
            return choices
    return _seat_near(case, choices, lawful, stop)


def _has_open_rooms(case: Case) -> bool:
    return any(session.rooms for session in case.program.sittings.values())


def _seat_near(
    case: Case, choices: Sequence[Choice], lawful: Sequence[Choice], stop: Stop
) -> Sequence[Choice]:
    """Return what keeps the rules and is near to ``choices``; in no time, what is known to be ``lawful``."""
    if stop.asked:
        return lawful
    try:
        return seat_lawfully(case, stop, near=choices) or lawful
    except OutOfTime:
        return lawful


def _that_prices_bound(fairness: tuple[Criterion, ...]) -> tuple[Criterion, ...]:
    """Return the criteria that prices can speak of, up to the first that they cannot."""
    return tuple(takewhile(lambda criterion: CRITERIA[criterion].evidence is Evidence.PRICES, fairness))
