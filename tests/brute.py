"""Every way to seat a few people, looked through one by one. Written from the definitions, for tiny cases.

Shares no code with the solvers: it reads nothing but codes, seats, wishes and who presents what. People are
seated one after the other; ways that have filled the same seats to the same figures are one and the same.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import product
from typing import NamedTuple

from midtvejs.domain.fairness import Criterion
from midtvejs.domain.participants import Participant
from midtvejs.domain.program import Program, Round


class Figures(NamedTuple):
    """What an assignment comes to. The fields are named as the criteria are."""

    worst: int = 0
    total: int = 0
    even: int = 0
    first: int = 0
    unlisted: int = 0

    def beside(self, other: Figures) -> Figures:
        """Give the figures of these people and those."""
        return Figures(
            worst=max(self.worst, other.worst),
            total=self.total + other.total,
            even=self.even + other.even,
            first=self.first + other.first,
            unlisted=self.unlisted + other.unlisted,
        )

    def of(self, criterion: Criterion) -> int:
        return int(getattr(self, criterion.value))


class Seat(NamedTuple):
    """One way to spend a round. ``code``: the session in which a seat is taken; empty for who presents."""

    code: str
    steps: int = 0
    is_first: bool = True
    is_unlisted: bool = False


def every_outcome(program: Program, participants: Iterable[Participant]) -> set[Figures]:
    """Give the figures of every lawful assignment there is."""
    seats = {session.code: session.room.seats for round_ in program.rounds for session in round_.sessions}
    number = {code: index for index, code in enumerate(seats)}
    ways = {(tuple(seats.values()), Figures())}
    for person in participants:
        days = [
            (_figures(day), {number[seat.code] for seat in day if seat.code})
            for day in product(*(_seats(person, *pair) for pair in enumerate(program.rounds)))
        ]
        ways = {
            (tuple(count - (index in taken) for index, count in enumerate(left)), figures.beside(more))
            for left, figures in ways
            for more, taken in days
            if all(left[index] for index in taken)
        }
    return {figures for _, figures in ways}


def optimum(outcomes: Iterable[Figures], order: Iterable[Criterion]) -> tuple[int, ...]:
    """Give the least first criterion, then the least second one at that, and so on."""
    criteria = tuple(order)
    return min(tuple(figures.of(criterion) for criterion in criteria) for figures in outcomes)


def least(outcomes: Iterable[Figures], criterion: Criterion, within: Mapping[Criterion, int]) -> int | None:
    """Give the least of a criterion among outcomes that exceed no limit; None where there are none."""
    return min(
        (
            figures.of(criterion)
            for figures in outcomes
            if all(figures.of(other) <= limit for other, limit in within.items())
        ),
        default=None,
    )


def _figures(day: Iterable[Seat]) -> Figures:
    seats = list(day)
    regret = sum(seat.steps for seat in seats)
    return Figures(
        worst=regret,
        total=regret,
        even=regret * regret,
        first=sum(not seat.is_first for seat in seats),
        unlisted=sum(seat.is_unlisted for seat in seats),
    )


def _seats(person: Participant, index: int, round_: Round) -> list[Seat]:
    codes = [session.code for session in round_.sessions]
    if any(code in person.presents for code in codes):
        return [Seat("")]
    return [_seat(code, person.wishes[index].codes) for code in codes]


def _seat(code: str, wishes: tuple[str, ...]) -> Seat:
    if not wishes:
        return Seat(code)
    if code not in wishes:
        return Seat(code, steps=len(wishes), is_first=False, is_unlisted=True)
    rank = wishes.index(code) + 1
    return Seat(code, steps=rank - 1, is_first=rank == 1)
