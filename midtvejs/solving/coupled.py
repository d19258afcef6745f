"""Stage after stage where rules couple participants: CP-SAT seats people, prices say how far it can get.

The rules are first left out, and the rest is searched by prices. If what comes of it keeps the rules all the
same, it is the best there is. If not, it is where CP-SAT looks first, and its prices are bounds still: with
rules left out there are only more assignments (relaxation.py).
"""

from __future__ import annotations

from collections.abc import Sequence

from midtvejs.domain.assignment import NoLawfulAssignment
from midtvejs.domain.audit import audit
from midtvejs.domain.fairness import Criterion
from midtvejs.solving import by_cpsat, by_prices
from midtvejs.solving.case import Case, Choice
from midtvejs.solving.lawful import lawfully_seated
from midtvejs.solving.relaxation import Relaxation
from midtvejs.solving.rooms import with_good_rooms
from midtvejs.solving.search import Found, Watch
from midtvejs.solving.stop import Stop

EFFORT = 20.0
"""How long CP-SAT may try at each question, in seconds of its own that count work."""


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
        else:
            lawful = _nearest(case, priced, relaxed.choices, lawful, seed=seed, stop=stop)
    return by_cpsat.search(
        case,
        fairness,
        seed=seed,
        stop=stop,
        watch=watch,
        start=lawful,
        bounds=Relaxation(case, stop),
        effort=EFFORT,
    )


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
            lawfully_seated(roomed)
        except NoLawfulAssignment:
            return lawful
        choices = by_prices.search(roomed, priced, seed=seed, stop=stop, watch=lambda *_: None).choices
        if keeps_the_rules(case, choices):
            return choices
    return lawfully_seated(case, near=choices) or lawful


def keeps_the_rules(case: Case, choices: Sequence[Choice]) -> bool:
    """Ask the judge."""
    return audit(case.assignment(choices, case.participants), case.participants).lawful


def _before_spread(fairness: tuple[Criterion, ...]) -> tuple[Criterion, ...]:
    """Give the criteria that prices can speak of, up to the first that they cannot."""
    return fairness[: fairness.index(Criterion.SPREAD)] if Criterion.SPREAD in fairness else fairness
