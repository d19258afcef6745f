"""Search where rules couple participants: a solver seats them, and Lagrangian bounds say how far it can get.

The rules are first left out, and the remaining problem is searched by prices. If what comes of it keeps the
rules all the same, it is the best there is. If not, it is where CP-SAT looks first (HiGHS looks at everybody
at once, and needs no place to begin), and its prices are bounds still: with rules left out there are only
more assignments, and the best of more is no worse. Pins, bans, absence and rooms without steps only narrow
what is open to a participant, and are kept; so are open rooms, as far as their seats go.
"""

from __future__ import annotations

from collections.abc import Container, Sequence
from dataclasses import replace
from itertools import takewhile

from midtvejs.domain.assignment import Assignment, NoLawfulAssignment, OutOfTime
from midtvejs.domain.fairness import CRITERIA, Criterion, Evidence
from midtvejs.domain.participants import Participant
from midtvejs.domain.rules import Pin
from midtvejs.solving.bounds import BoundWithoutRules
from midtvejs.solving.cpsat import search as by_cpsat
from midtvejs.solving.cpsat.broken import keeps_the_rules
from midtvejs.solving.cpsat.question import Question
from midtvejs.solving.cpsat.solvers import is_for_highs
from midtvejs.solving.instance.case import Case, Choice, case_of
from midtvejs.solving.instance.crowd import aggregate_case
from midtvejs.solving.lawful import is_coupled, seat_by_lists, seat_lawfully
from midtvejs.solving.prices import search as by_prices
from midtvejs.solving.rooms import with_good_rooms
from midtvejs.solving.search import Found, Watch, compare_with_bounds
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
    priced = _that_prices_bound(fairness)
    aggregate = aggregate_case(case)
    relaxed = None
    at_once = is_for_highs(case, stop.part(1 - case.limits.beforehand))
    if priced:
        relaxed = by_prices.search(
            case,
            priced,
            seed=seed,
            stop=stop.part(_share_without_rules(case, at_once=at_once)),
            watch=watch,
            otherwise=lambda: lawful,
            aggregate=aggregate,
        )
        if keeps_the_rules(case, relaxed.choices):
            proven = priced == fairness and all(stage.proven for stage in relaxed.stages)
            if proven and not case.freed_in_blocks:
                return relaxed
            lawful = relaxed.choices
        elif at_once:
            lawful = _seat_near(case, relaxed.choices, lawful, stop.part(case.limits.beforehand))
        else:
            lawful = _begin(case, priced, relaxed.choices, lawful, seed=seed, stop=stop)
    to_bound, share = (stop.part(case.limits.beforehand), 1.0) if at_once else (stop, case.limits.each_bound)
    bounds = BoundWithoutRules(case, to_bound, relaxed=relaxed, aggregate=aggregate, share=share)
    many = len(case.rows) > case.limits.coupled
    if many and not at_once and _only_rooms_are_open(case):
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
    )


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
    priced: tuple[Criterion, ...],
    choices: Sequence[Choice],
    lawful: Sequence[Choice],
    *,
    seed: int,
    stop: Stop,
) -> Sequence[Choice]:
    """Return where a search that changes a few people's seats at a time is to begin: near to ``choices``."""
    if stop.asked:
        return lawful
    near = _nearest(case, priced, choices, lawful, seed=seed, stop=stop)
    return _seat_around_groups(case, priced, near, seed=seed, stop=stop.part(case.limits.around_groups))


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
        roomed = with_good_rooms(case, stop)
        if stop.asked:
            return lawful
        try:
            seated = seat_lawfully(roomed, stop.part(case.limits.beforehand))
            choices = by_prices.search(
                _for_its_choices(roomed),
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


def _seat_around_groups(
    case: Case, priced: tuple[Criterion, ...], choices: Sequence[Choice], *, seed: int, stop: Stop
) -> Sequence[Choice]:
    """Seat those whom groups bind as well as can be, leave them there, and seat all others by prices.

    Where most are bound, as friends may be, that is as much work as to seat everybody, and is left undone.
    """
    bound = {person for members in case.members.values() for person in members}
    if not bound or 2 * len(bound) > len(case.rows) or stop.asked:
        return choices
    others = {person: choice for person, choice in enumerate(choices) if person not in bound}
    question = Question(case=case, limits={}, minimise=Criterion.EVEN, fixed=others)
    answer = question.ask(choices, seed=seed, stop=stop, effort=case.limits.coupled_effort)
    choices = answer.choices or choices
    if stop.asked:
        return choices
    found = by_prices.search(
        _for_its_choices(_with_fixed(case, choices, bound)),
        priced,
        seed=seed,
        stop=stop,
        watch=lambda *_: None,
        otherwise=lambda: choices,
    )
    return found.choices if keeps_the_rules(case, found.choices) else choices


def _with_fixed(case: Case, choices: Sequence[Choice], fixed: Container[int]) -> Case:
    """Return the same case, with rooms for its sessions, in which some have their choice pinned."""
    seated = case.assignment(choices, case.participants).with_rooms()
    people = (
        replace(person, pins=_pins(seated, person)) if number in fixed else person
        for number, person in enumerate(case.participants)
    )
    return case_of(seated.program, people, case.limits)


def _for_its_choices(case: Case) -> Case:
    """Return a case in which nothing is proven any more once the search is to end: it is for its choices."""
    return replace(case, limits=replace(case.limits, last_people=0, last_work=0))


def _pins(seated: Assignment, person: Participant) -> tuple[Pin, ...]:
    """Pin a participant to where they are, in each round."""
    day = zip(seated.program.rounds, seated.days[person.key], strict=True)
    return tuple(Pin(code=code, round_id=round_.id) for round_, code in day)


def _that_prices_bound(fairness: tuple[Criterion, ...]) -> tuple[Criterion, ...]:
    """Return the criteria that prices can speak of, up to the first that they cannot."""
    return tuple(takewhile(lambda criterion: CRITERIA[criterion].evidence is Evidence.PRICES, fairness))
