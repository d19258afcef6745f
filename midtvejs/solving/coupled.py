"""Search where rules couple participants: a solver seats them, and Lagrangian bounds say how far it can get.

The rules are first left out, and the remaining problem is searched by prices. If what comes of it keeps the
rules all the same, it is the best there is. If not, it is where CP-SAT looks first (HiGHS looks at everybody
at once, and needs no place to begin), and its prices are bounds still: with rules left out there are only
more assignments, and the best of more is no worse (bounds.py). Where few are in groups, these and all others
are seated in turn (around_groups.py).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import takewhile

from midtvejs.domain.assignment import NoLawfulAssignment, OutOfTime
from midtvejs.domain.fairness import CRITERIA, OF_PAIRS, Criterion, Evidence
from midtvejs.solving.around_groups import AroundGroups, are_few_in_groups, for_its_choices, is_bound_by_few
from midtvejs.solving.bounds import BoundWithoutRules, compare_with_bounds
from midtvejs.solving.cpsat import search as by_cpsat
from midtvejs.solving.cpsat.alone import can_be_alone
from midtvejs.solving.cpsat.broken import keeps_the_rules
from midtvejs.solving.cpsat.near import can_be_near
from midtvejs.solving.cpsat.rooms_by_flows import OF_FLOWS, InAnyRooms
from midtvejs.solving.cpsat.solvers import (
    has_time_for_prices,
    has_time_for_rounds,
    is_for_highs,
)
from midtvejs.solving.instance.case import Case, Choice
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
    is_good: bool = False,
    in_any_rooms: InAnyRooms | None = None,
) -> Found:
    """Satisfy the criteria in order, beginning at what is ``lawful``, or near to that.

    If that ``is_good`` nothing near to it is looked for. What is known of it ``in_any_rooms`` may be given.
    """
    priced = that_prices_bound(fairness)
    in_any_rooms = in_any_rooms or InAnyRooms(case, aggregate_case(case))
    around = AroundGroups(case, priced, seed=seed) if priced and is_bound_by_few(case) else None
    relaxed = None
    part = stop.part(1 - case.limits.beforehand)
    at_once = is_for_highs(case, part) and (not can_be_alone(case) or has_time_for_rounds(case, part))
    if priced:
        part = stop.part(_share_without_rules(case, at_once=at_once))
        relaxed = search_without_rules(
            case, priced, lawful, seed=seed, stop=part, watch=watch, aggregate=in_any_rooms.aggregate
        )
        is_all = priced == fairness and _is_proven(relaxed) and not case.freed_in_blocks
        if is_all and keeps_the_rules(case, relaxed.choices):
            return relaxed
        if not is_good:
            lawful = _begin(
                in_any_rooms, relaxed, lawful, around=around, at_once=at_once, seed=seed, stop=stop
            )
    bounds = _bounds_beside(case, fairness, stop, relaxed, in_any_rooms, at_once=at_once)
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
    in_any_rooms: InAnyRooms,
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
        aggregate=in_any_rooms.aggregate,
        share=share,
        for_flows=(stop, part_of_flows),
        of_flows=of_flows,
        in_any_rooms=in_any_rooms,
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
        return OF_FLOWS, share_of_flows(case, fairness)
    if has_time_for_prices(case, stop):
        return OF_FLOWS & OF_PAIRS, case.limits.beside_rounds
    return OF_FLOWS.difference(up_to_a_sum(fairness)), case.limits.each_bound


def share_of_flows(case: Case, fairness: tuple[Criterion, ...]) -> float:
    """Return what part of the time that is left flows may take for each criterion that they tell of."""
    of_flows = sum(criterion in OF_FLOWS for criterion in fairness)
    return max(case.limits.each_bound, (1 - case.limits.beforehand) / max(1, of_flows))


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
    in_any_rooms: InAnyRooms,
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
    case = in_any_rooms.case
    if keeps_the_rules(case, relaxed.choices):
        return relaxed.choices
    if at_once:
        near = seat_near(case, relaxed.choices, lawful, stop.part(case.limits.beforehand))
        part = stop.part(case.limits.beforehand)
        return around.begin(near, relaxed, stop=part, anyhow=False) if around else near
    if stop.asked:
        return lawful
    priced = tuple(stage.criterion for stage in relaxed.stages)
    near = _nearest(in_any_rooms, priced, relaxed.choices, lawful, seed=seed, stop=stop)
    if stop.asked or not are_few_in_groups(case):
        return near
    around = around or AroundGroups(case, priced, seed=seed)
    return around.begin(near, relaxed, stop=stop.part(case.limits.around_groups), anyhow=True)


def _nearest(
    in_any_rooms: InAnyRooms,
    priced: tuple[Criterion, ...],
    choices: Sequence[Choice],
    lawful: Sequence[Choice],
    *,
    seed: int,
    stop: Stop,
) -> Sequence[Choice]:
    """Return what keeps the rules and is near to ``choices``; where rooms are open, with good rooms."""
    case = in_any_rooms.case
    if _has_open_rooms(case):
        roomed = in_any_rooms.with_best(seed=seed, stop=stop) or with_good_rooms(case, stop)
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
    return seat_near(case, choices, lawful, stop)


def _has_open_rooms(case: Case) -> bool:
    return any(session.rooms for session in case.program.sittings.values())


def seat_near(
    case: Case, choices: Sequence[Choice], lawful: Sequence[Choice], stop: Stop
) -> Sequence[Choice]:
    """Return what keeps the rules and is near to ``choices``; in no time, what is known to be ``lawful``."""
    if stop.asked:
        return lawful
    try:
        return seat_lawfully(case, stop, near=choices) or lawful
    except OutOfTime:
        return lawful


def that_prices_bound(fairness: tuple[Criterion, ...]) -> tuple[Criterion, ...]:
    """Return the criteria that prices can speak of, up to the first that they cannot."""
    return tuple(takewhile(lambda criterion: CRITERIA[criterion].evidence is Evidence.PRICES, fairness))


def search_without_rules(
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


def _is_proven(found: Found) -> bool:
    return all(stage.proven for stage in found.stages)


def up_to_a_sum(fairness: tuple[Criterion, ...]) -> tuple[Criterion, ...]:
    """Return the criteria up to the first sum: once it is known, what comes later is looked at."""
    return fairness[: 1 + sum(1 for _ in takewhile(Criterion.WORST.__eq__, fairness))]
