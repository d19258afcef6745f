"""What can be changed in a placement at one go: move a session, exchange two, hold one more or less often."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random
from typing import TypeVar

from midtvejs.solving.placing.open_day import OpenDay, Sets, bits_of

T = TypeVar("T")


class Moves:
    """The lawful neighbours of a placement, in an order that is drawn."""

    def __init__(self, day: OpenDay, dice: Random) -> None:
        self._day = day
        self._dice = dice

    def neighbours(self, sets: Sets) -> Iterator[Sets]:
        """Return every placement that is one move away."""
        times = self._day.times(sets)
        spots = [
            (offer, round_) for round_, allowed in enumerate(self._day.allowed) for offer in bits_of(allowed)
        ]
        self._shuffle(spots)
        for offer, round_ in spots:
            if sets[round_] >> offer & 1:
                yield from self._dropped(sets, offer, round_, times[offer])
            else:
                yield from self._with(sets, offer, round_, times)

    def _dropped(self, sets: Sets, offer: int, round_: int, times: int) -> Iterator[Sets]:
        if times > self._day.offers[offer].fewest:
            yield _changed(sets, {round_: sets[round_] ^ 1 << offer})

    def _with(self, sets: Sets, offer: int, round_: int, times: dict[int, int]) -> Iterator[Sets]:
        """Put an offer into a round where it is not: one time more, from elsewhere, or in another's place."""
        here = sets[round_] | 1 << offer
        elsewhere = [other for other, held in enumerate(sets) if held >> offer & 1]
        if times[offer] < self._day.offers[offer].most:
            yield from self._if_lawful(sets, {round_: here})
        for other in elsewhere:
            yield from self._if_lawful(sets, {round_: here, other: sets[other] ^ 1 << offer})
        in_place_of = [*bits_of(sets[round_])]
        self._shuffle(in_place_of)
        for replaced in in_place_of:
            instead = here ^ 1 << replaced
            if times[replaced] > self._day.offers[replaced].fewest:
                if times[offer] < self._day.offers[offer].most:
                    yield from self._if_lawful(sets, {round_: instead})
                for other in elsewhere:
                    yield from self._if_lawful(sets, {round_: instead, other: sets[other] ^ 1 << offer})
            for other in elsewhere:
                # Of two that are exchanged, one is drawn before the other.
                if not sets[other] >> replaced & 1 and offer < replaced:
                    swapped = sets[other] ^ 1 << offer | 1 << replaced
                    yield from self._if_lawful(sets, {round_: instead, other: swapped})

    def _if_lawful(self, sets: Sets, changes: dict[int, int]) -> Iterator[Sets]:
        if all(self._day.fits(round_, held) for round_, held in changes.items()):
            yield _changed(sets, changes)

    def walk(self, sets: Sets, steps: int) -> Sets:
        """Return where so many moves lead, each drawn from all."""
        for _ in range(steps):
            sets = next(self.neighbours(sets), sets)
        return sets

    def _shuffle(self, things: list[T]) -> None:
        # Random.shuffle has changed between versions of Python; random() never has.
        for last in reversed(range(1, len(things))):
            other = int(self._dice.random() * (last + 1))
            things[last], things[other] = things[other], things[last]


def _changed(sets: Sets, changes: dict[int, int]) -> Sets:
    return tuple(changes.get(round_, held) for round_, held in enumerate(sets))
