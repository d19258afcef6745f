"""The cheapest circle in which seats of one round are passed on: two or three sessions, a party from each.

Legend, of three sessions: Åse would go from 1A to 1B for 2 (steps more, or less), Bo from 1A to 1B for 5, Cai
from 1B to 1A for -3. From 1A to 1B it costs 2 at the least, and the circle of Åse and Cai costs -1.

Whoever goes to a session that is full of those of their organisation can do so where one of these leaves it:
those who are alike in a trait may swap whatever is counted of it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from midtvejs.solving.instance.arrays import Flags, Ints

CLOSED = 2**40
"""What it costs to go where one may not: more than any circle."""
THREE = 48
"""Up to so many sessions, circles of three are looked at: with more there are too many."""

Move = tuple[int, int, int]
"""A party by number, the session that it leaves, and where it goes."""


class Ways:
    """What parties could do: ``rises[party, session]`` is what it costs them to go there from their ``own``.

    ``vacancies[session, other]`` is what it costs if nobody goes from one to the other: CLOSED where somebody
    must. In a circle somebody goes at all.
    """

    def __init__(self, rises: Ints, own: Ints, vacancies: Ints) -> None:
        bits = len(own).bit_length()
        self._nobody = (1 << bits) - 1
        least = least_between(rises, own, bits)
        onward = np.minimum(least, (vacancies << bits) | self._nobody)
        self._who = least & self._nobody, onward & self._nobody
        self._costs = least >> bits, onward >> bits
        self.cost, self._circle = cheapest_circle(*self._costs)

    @property
    def moves(self) -> Iterator[Move]:
        """Who makes the cheapest circle."""
        first, onward = self._who
        for way, session in enumerate(self._circle):
            other = self._circle[(way + 1) % len(self._circle)]
            party = int((onward if way else first)[session, other])
            if party != self._nobody:
                yield party, session, other

    def close(self) -> None:
        """Look for the cheapest circle in other sessions than those of the last."""
        for costs in self._costs:
            costs[list(self._circle)] = CLOSED
            costs[:, list(self._circle)] = CLOSED
        self.cost, self._circle = cheapest_circle(*self._costs)


def least_between(rises: Ints, own: Ints, bits: int) -> Ints:
    """Return what it costs least to go from one session to another, and in the last bits who that is."""
    sessions = rises.shape[1]
    keys = (rises << bits) | np.arange(len(own))[:, None]
    order = np.argsort(own, kind="stable")
    begin = np.searchsorted(own[order], np.arange(sessions + 1))
    taken = np.flatnonzero(np.diff(begin))
    least = np.full((sessions, sessions), CLOSED << bits, dtype=np.int64)
    least[taken] = np.minimum.reduceat(keys[order], begin[taken], axis=0)
    return least


def cheapest_circle(first: Ints, onward: Ints) -> tuple[int, tuple[int, ...]]:
    """Return what the cheapest circle costs, and its sessions: out of each somebody goes to the next.

    ``first[session, other]`` is the least that it costs to go from one to another, on the way out of the
    first session; ``onward`` on all other ways. What it costs to stay has to be more than any circle.
    """
    sessions = len(first)
    two = first + onward.T
    place = int(two.argmin())
    least, circle = int(two.flat[place]), divmod(place, sessions)
    if 2 < sessions <= THREE:
        three = first[:, :, None] + onward[None, :, :] + onward.T[:, None, :]
        place = int(three.argmin())
        if three.flat[place] < least:
            one, rest = divmod(place, sessions * sessions)
            return int(three.flat[place]), (one, *divmod(rest, sessions))
    return least, circle


@dataclass(frozen=True, slots=True, kw_only=True)
class Swap:
    """Two parties that swap their sessions."""

    cost: int
    moves: tuple[Move, Move]


def cheapest_alike(rises: Ints, too_many: Flags, traits: Ints, own: Ints, limited: Flags) -> Swap | None:
    """Return the cheapest swap of two who have a trait of which there are too many; None without any.

    ``too_many[party, j, session]`` of their j-th trait, ``traits[party, j]``, where it is ``limited``.
    """
    party, place = np.nonzero(limited)
    if not len(party):
        return None
    others = too_many.sum(axis=1)[party] - too_many[party, place]
    costs = np.where(others > 0, CLOSED, rises[party])
    bits, sessions = len(own).bit_length(), rises.shape[1]
    trait, of_trait = np.unique(traits[party, place], return_inverse=True)
    spots = of_trait.reshape(-1) * sessions + own[party]
    order = np.argsort(spots, kind="stable")
    begin = np.flatnonzero(np.diff(spots[order], prepend=-1))
    keys = (costs[order] << bits) | party[order, None]
    least = np.full((len(trait) * sessions, sessions), CLOSED << bits, dtype=np.int64)
    least[spots[order[begin]]] = np.minimum.reduceat(keys, begin, axis=0)
    least = least.reshape(len(trait), sessions, sessions)
    swaps = (least >> bits) + (least >> bits).transpose(0, 2, 1)
    cheapest = int(swaps.argmin())
    of, session, other = np.unravel_index(cheapest, swaps.shape)
    who = least[of] & ((1 << bits) - 1)
    left, to = int(session), int(other)
    return Swap(
        cost=int(swaps.flat[cheapest]),
        moves=((int(who[left, to]), left, to), (int(who[to, left]), to, left)),
    )
