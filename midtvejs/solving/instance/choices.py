"""Measure what choices are worth, by each criterion, as the solvers count it.

The audit counts again, in its own way.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from math import comb

from midtvejs.domain.fairness import OVER_REGRETS, OVER_SEATS, Criterion, Seat
from midtvejs.domain.participants import fold
from midtvejs.solving.instance.case import STANDING, Case, Choice


def measure(case: Case, choices: Sequence[Choice]) -> dict[Criterion, int]:
    """Return every criterion of an assignment."""
    return {
        **measure_apart(case, dict(enumerate(choices))),
        Criterion.SPREAD: _pairs(case, choices),
    }


def measure_apart(case: Case, choices: Mapping[int, Choice]) -> dict[Criterion, int]:
    """Return what some participants come to by themselves, in every criterion but `spread`."""
    regrets: Counter[int] = Counter()
    seats: Counter[tuple[int, int, bool]] = Counter()
    for person, choice in choices.items():
        regret = 0
        for number, (round_, session) in enumerate(zip(case.rounds, choice, strict=True)):
            if session == STANDING:
                continue
            ranking = case.ranking(person, number)
            steps = round_.rankings[ranking][session]
            regret += steps
            seats[steps, round_.listed[ranking], session in round_.own[ranking]] += 1
        regrets[regret] += 1
    facts = [
        (Seat(steps=steps, listed=listed, own=own), count) for (steps, listed, own), count in seats.items()
    ]
    return {
        Criterion.WORST: max(regrets, default=0),
        **{each: sum(amount(seat) * count for seat, count in facts) for each, amount in OVER_SEATS.items()},
        **{
            each: sum(amount(regret) * count for regret, count in regrets.items())
            for each, amount in OVER_REGRETS.items()
        },
    }


def _pairs(case: Case, choices: Sequence[Choice]) -> int:
    """Count the pairs of one organisation in one audience."""
    heads: Counter[tuple[int, int, str]] = Counter()
    for person, choice in zip(case.participants, choices, strict=True):
        if organisation := fold(person.organisation):
            heads.update((round_, s, organisation) for round_, s in enumerate(choice) if s != STANDING)
    return sum(comb(count, 2) for count in heads.values())
