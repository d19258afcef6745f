"""A list over several rounds in sums: what seats come to, counted without products.

The places of the sessions that somebody attends, summed, count each pair of sessions attended of which the
upper one is a wish: it is not missed (``pairs_attended``). How many pairs there are depends on nothing but
two counts, how many sessions are attended, and how many of them are listed. So with a yes-or-no variable for
each pair of counts there could be, exactly one of them a yes, steps are a sum; and so is any criterion of
seats.

Of equals none is above the other: their places count pairs too few, or the pairs too many. So for each tier
the pairs attended among its own sessions are added again, on rungs: the second of a tier makes one, the third
two more (``rungs_of_equals``).

Legend: "A > B", two rounds; Åse is in A and in B: places 0 + 1, less the one pair, is no steps. In B and in
C, which is not listed: places 1 + 2, less one pair, is 2: A is missed twice.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import TypeVar

from midtvejs.domain.fairness import Seat
from midtvejs.solving.instance.arrays import Ints
from midtvejs.solving.instance.case import facts_of

Count = TypeVar("Count", int, Ints)

Amount = Callable[[Seat], int]
"""What a criterion that is a sum over seats charges for one."""

Counts = tuple[int, int]
"""How many of the sessions attended are listed, and how many there are."""


@dataclass(frozen=True, slots=True)
class LinearList:
    """A list of so many wishes, for somebody who takes seats in so many ``rounds``.

    Where a session may go on through several of them, fewer sessions are attended, ``fewest`` at the least.
    """

    listed: int
    rounds: int
    fewest: int

    @property
    def counts(self) -> Iterator[Counts]:
        """Return the counts that there could be."""
        for attended in range(self.fewest, self.rounds + 1):
            for listed in range(min(self.listed, attended) + 1):
                yield listed, attended

    def of_place(self, amount: Amount, place: int, marks: int = 0) -> int:
        """Return what a seat adds to a sum over seats, by its place; ``listed`` where it is not listed."""
        extra = self._of_seat(amount, place, marks) - self._of_seat(amount, place) if marks else 0
        rest = self._of_seat(amount, place) if place < self.listed else 0
        return rest + extra + self.of_step(amount) * place

    def of_counts(self, amount: Amount, counts: Counts) -> int:
        """Return what counts add to a sum over seats, beside the places."""
        listed, attended = counts
        others = attended - listed
        kept = min(others, max(0, self.rounds - self.listed))
        spare, unlisted = self._of_seat(amount, self.listed, spare=True), self._of_seat(amount, self.listed)
        pairs = self.of_step(amount) * pairs_attended(listed, attended)
        return kept * spare + (others - kept) * unlisted - pairs

    def of_step(self, amount: Amount) -> int:
        """Return what a step more adds to a sum over seats."""
        seat, further = (
            Seat(steps=steps, listed=self.listed, place=0, rounds=self.rounds) for steps in (0, 1)
        )
        return amount(further) - amount(seat)

    def _of_seat(self, amount: Amount, place: int, marks: int = 0, *, spare: bool = False) -> int:
        return amount(
            Seat(
                steps=0,
                listed=self.listed,
                place=place,
                rounds=self.rounds,
                spare=spare,
                **facts_of(marks),
            )
        )


def unless_displaced(
    steps: Iterable[tuple[int, int]], moved: int, displaced: int, *, before: int, most: int
) -> tuple[list[tuple[int, int]], int]:
    """Return a sum and its limit: anyone who is moved is displaced, or comes to fewer steps than ``before``.

    ``steps`` is a sum of up to ``most``; the others are yes-or-no variables.
    """
    highest = max(most, before)
    # steps <= before - 1 where moved and not displaced; any number of steps else.
    free = highest - before + 1
    return [*steps, (free, moved), (-free, displaced)], highest


def rungs_of_equals(sessions: int, rounds: int) -> range:
    """Return the steps that each rung of a tier adds; a rung is climbed for each session but the first."""
    return range(1, min(sessions, rounds))


def pairs_attended(listed: Count, attended: Count) -> Count:
    """Count the pairs of sessions attended of which the upper one is a wish: what places count too much.

    ``attended`` are the sessions of a block in which somebody takes a seat, ``listed`` those of them that
    are on their list; or these of each of many people.
    """
    return listed * (listed - 1) // 2 + listed * (attended - listed)
