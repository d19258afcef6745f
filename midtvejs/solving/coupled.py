"""Stage after stage where rules couple participants: CP-SAT seats people, prices say how far it can get.

The rules are first left out, and the rest is searched by prices. If what comes of it keeps the rules all the
same, it is the best there is. If not, it is where CP-SAT looks first, and its prices are bounds still: with
rules left out there are only more assignments (relaxation.py).
"""

from __future__ import annotations

from collections.abc import Container, Sequence
from dataclasses import replace

from midtvejs.domain.assignment import NoLawfulAssignment, OutOfTime
from midtvejs.domain.fairness import Criterion
from midtvejs.domain.rules import Pin
from midtvejs.solving import by_cpsat, by_prices
from midtvejs.solving.bounds import settled
from midtvejs.solving.broken import keeps_the_rules
from midtvejs.solving.case import Case, Choice, case_of
from midtvejs.solving.lawful import is_coupled, lawfully_seated
from midtvejs.solving.question import Question
from midtvejs.solving.relaxation import Relaxation
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
    priced = _before_spread(fairness)
    if priced:
        relaxed = by_prices.search(case, priced, seed=seed, stop=stop, watch=watch)
        if keeps_the_rules(case, relaxed.choices):
            if priced == fairness and all(stage.proven for stage in relaxed.stages):
                return relaxed
            lawful = relaxed.choices
        elif not stop.asked:
            near = _nearest(case, priced, relaxed.choices, lawful, seed=seed, stop=stop)
            lawful = _seated_around_groups(case, priced, near, seed=seed, stop=stop)
    bounds = Relaxation(case, stop)
    if len(case.rows) > case.limits.coupled and _only_rooms_are_open(case):
        # A few people at a time never change rooms that all the others sit in.
        return settled(case, fairness, lawful, bounds)
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


def _only_rooms_are_open(case: Case) -> bool:
    rooms = {
        session.code: max(session.rooms, key=session.seats_in)
        for session in case.program.sessions.values()
        if session.rooms
    }
    return not is_coupled(replace(case, program=case.program.with_rooms(rooms)))


def _nearest(
    case: Case,
    priced: tuple[Criterion, ...],
    choices: Sequence[Choice],
    lawful: Sequence[Choice],
    *,
    seed: int,
    stop: Stop,
) -> Sequence[Choice]:
    """Give what keeps the rules and is near to ``choices``; where rooms are open, with good ones for them."""
    if any(session.rooms for session in case.program.sessions.values()):
        roomed = with_good_rooms(case, stop)
        try:
            lawfully_seated(roomed, stop)
        except (NoLawfulAssignment, OutOfTime):
            return lawful
        choices = by_prices.search(roomed, priced, seed=seed, stop=stop, watch=lambda *_: None).choices
        if keeps_the_rules(case, choices):
            return choices
    if stop.asked:
        return lawful
    try:
        return lawfully_seated(case, stop, near=choices) or lawful
    except OutOfTime:
        return lawful


def _seated_around_groups(
    case: Case, priced: tuple[Criterion, ...], choices: Sequence[Choice], *, seed: int, stop: Stop
) -> Sequence[Choice]:
    """Seat those whom groups bind as well as can be, leave them there, and seat all others by prices."""
    bound = {person for members in case.members.values() for person in members}
    if not bound or stop.asked:
        return choices
    others = {person: choice for person, choice in enumerate(choices) if person not in bound}
    question = Question(case=case, limits={}, minimise=Criterion.EVEN, fixed=others)
    answer = question.answered(choices, seed=seed, stop=stop, effort=case.limits.coupled_effort)
    choices = answer.choices or choices
    if stop.asked:
        return choices
    found = by_prices.search(
        _with_fixed(case, choices, bound), priced, seed=seed, stop=stop, watch=lambda *_: None
    )
    return found.choices if keeps_the_rules(case, found.choices) else choices


def _with_fixed(case: Case, choices: Sequence[Choice], fixed: Container[int]) -> Case:
    """Give the same case, with rooms for its sessions, in which some have their choice pinned."""
    seated = case.assignment(choices, case.participants).with_rooms()
    people = (
        replace(person, pins=tuple(Pin(code=code) for code in seated.days[person.key]))
        if number in fixed
        else person
        for number, person in enumerate(case.participants)
    )
    return case_of(seated.program, people, case.limits)


def _before_spread(fairness: tuple[Criterion, ...]) -> tuple[Criterion, ...]:
    """Give the criteria that prices can speak of, up to the first that they cannot."""
    return fairness[: fairness.index(Criterion.SPREAD)] if Criterion.SPREAD in fairness else fairness
