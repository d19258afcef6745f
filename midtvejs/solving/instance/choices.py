"""Measure what choices are worth, by each criterion, as the solvers count it.

The audit counts again, in its own way.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from math import comb

from midtvejs.domain.fairness import OVER_MOVED, OVER_REGRETS, OVER_SEATS, Criterion, Seat
from midtvejs.domain.traits import trait_of
from midtvejs.solving.instance.case import MOVED, STANDING, Case, Choice, Spot, facts_of, marks_of


def measure(case: Case, choices: Sequence[Choice]) -> dict[Criterion, int]:
    """Return every criterion of an assignment."""
    return {
        **measure_apart(case, dict(enumerate(choices))),
        Criterion.SPREAD: _pairs(case, choices),
        Criterion.FRIENDS: sum(count_apart(choices[one], choices[other]) for one, other in case.friends),
    }


def measure_apart(case: Case, choices: Mapping[int, Choice]) -> dict[Criterion, int]:
    """Return what some participants come to by themselves, in every criterion but those of pairs."""
    regrets: Counter[int] = Counter()
    seats: Counter[Facts] = Counter()
    moved: Counter[int] = Counter()
    for person, choice in choices.items():
        taken = list(_seats(case, person, choice))
        seats.update(taken)
        regret = sum(steps for steps, *_ in taken)
        regrets[regret] += 1
        if any(marks & MOVED for _, _, marks, *_ in taken):
            moved[case.earlier_regrets[person] - regret] += 1
    facts = [
        (
            Seat(steps=steps, listed=listed, place=place, rounds=rounds, spare=spare, **facts_of(marks)),
            count,
        )
        for (steps, listed, marks, place, rounds, spare), count in seats.items()
    ]
    return {
        Criterion.WORST: max(regrets, default=0),
        **{each: sum(amount(seat) * count for seat, count in facts) for each, amount in OVER_SEATS.items()},
        **{
            each: sum(amount(regret) * count for regret, count in regrets.items())
            for each, amount in OVER_REGRETS.items()
        },
        **{
            each: sum(amount(gain) * count for gain, count in moved.items())
            for each, amount in OVER_MOVED.items()
        },
    }


def regret_of(case: Case, person: int, choice: Choice) -> int:
    """Return what a participant's choice comes to in steps."""
    return sum(steps for steps, *_ in _seats(case, person, choice))


Facts = tuple[int, int, int, int, int, bool]
"""What is to be said of a ``Seat``: steps, listed, marks, place, rounds, spare."""


def _seats(case: Case, person: int, choice: Choice) -> Iterator[Facts]:
    """Return the facts of each seat that a choice takes."""
    for number, (round_, session) in enumerate(zip(case.rounds, choice, strict=True)):
        if session != STANDING and number not in case.block_of:
            ranking = case.ranking(person, number)
            steps = round_.rankings[ranking][session]
            yield steps, round_.listed[ranking], marks_of(round_, ranking, session), steps, 1, False
    for block in case.blocks:
        yield from _seats_of_list(case, person, [(number, choice[number]) for number in block.rounds])


def _seats_of_list(case: Case, person: int, spots: Sequence[Spot]) -> Iterator[Facts]:
    """Return the facts of each seat taken in a block, those of wishes first, the best first."""
    taken = [(number, session) for number, session in spots if session != STANDING]
    seats = []
    listed = 0
    for number, session in taken:
        round_, ranking = case.rounds[number], case.ranking(person, number)
        listed = round_.listed[ranking]
        if session not in round_.going_on:
            seats.append((round_.rankings[ranking][session], marks_of(round_, ranking, session)))
    seats.sort()
    wished = sum(place < listed for place, _ in seats)
    for number, (place, marks) in enumerate(seats):
        spare = number >= wished and number - wished < len(taken) - listed
        yield place - sum(other < place for other, _ in seats), listed, marks, place, len(taken), spare


def count_apart(one: Choice, other: Choice) -> int:
    """Count the rounds in which two participants take seats in different sessions."""
    return sum(
        session != another and STANDING not in {session, another}
        for session, another in zip(one, other, strict=True)
    )


def _pairs(case: Case, choices: Sequence[Choice]) -> int:
    """Count the pairs of one organisation in one audience."""
    heads: Counter[tuple[int, int, str]] = Counter()
    for person, choice in zip(case.participants, choices, strict=True):
        if trait := trait_of(person, case.program.rules.spread_of):
            heads.update(
                (round_, session, trait)
                for round_, session in enumerate(choice)
                if session != STANDING and session not in case.rounds[round_].going_on
            )
    return sum(comb(count, 2) for count in heads.values())
