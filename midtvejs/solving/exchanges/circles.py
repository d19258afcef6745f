"""The cheapest circle in which seats of one round are passed on: two or three sessions, a party from each.

Legend, of three sessions: Åse would go from 1A to 1B for 2 (steps more, or less), Bo from 1A to 1B for 5, Cai
from 1B to 1A for -3. From 1A to 1B it costs 2 at the least, and the circle of Åse and Cai costs -1.

Whoever goes to a session that is full of those of their organisation can do so where one of these leaves it:
those who are alike in a trait may swap whatever is counted of it.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from midtvejs.solving.instance.arrays import Flags, Ints

CLOSED = 2**40
"""What it costs to go where one may not: more than any circle."""
THREE = 48
"""Up to so many sessions, circles of three are looked at: with more there are too many."""

Move = tuple[int, int, int]
"""A party by number, the session that it leaves, and where it goes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Circle:
    """Parties that pass their seats on to each other, and what that costs."""

    cost: int
    moves: tuple[Move, ...]


def cheapest_circle(rises: Ints, own: Ints, vacancies: Ints) -> Circle:
    """Return the cheapest circle; it costs half of CLOSED or more where there is none.

    ``rises[party, session]`` is what it costs a party to go there from its ``own``. ``vacancies[session,
    other]`` is what it costs if nobody goes from one to the other: CLOSED where somebody must. In a circle
    somebody goes at all.
    """
    # In the last bits of a cost is who it is.
    bits = len(own).bit_length()
    nobody = (1 << bits) - 1
    first = _least_between(rises, own, bits)
    onward = np.minimum(first, (vacancies << bits) | nobody)
    cost, sessions = _cheapest_way_round(first >> bits, onward >> bits)
    moves = []
    for way, session in enumerate(sessions):
        other = sessions[(way + 1) % len(sessions)]
        party = int((onward if way else first)[session, other]) & nobody
        if party != nobody:
            moves.append((party, session, other))
    return Circle(cost=cost, moves=tuple(moves))


def _least_between(rises: Ints, own: Ints, bits: int) -> Ints:
    """Return what it costs least to go from one session to another, and in the last bits who that is."""
    sessions = rises.shape[1]
    keys = (rises << bits) | np.arange(len(own))[:, None]
    order = np.argsort(own, kind="stable")
    begin = np.searchsorted(own[order], np.arange(sessions + 1))
    taken = np.flatnonzero(np.diff(begin))
    least = np.full((sessions, sessions), CLOSED << bits, dtype=np.int64)
    least[taken] = np.minimum.reduceat(keys[order], begin[taken], axis=0)
    return least


def _cheapest_way_round(first: Ints, onward: Ints) -> tuple[int, tuple[int, ...]]:
    """Return what it costs least to go round, and through which sessions.

    ``first[session, other]`` is what the first way costs, ``onward`` what all other ways do.
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


def cheapest_swap(rises: Ints, too_many: Flags, traits: Ints, own: Ints, limited: Flags) -> Circle | None:
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
    of, session, other = (int(each) for each in np.unravel_index(cheapest, swaps.shape))
    who = least[of] & ((1 << bits) - 1)
    return Circle(
        cost=int(swaps.flat[cheapest]),
        moves=((int(who[session, other]), session, other), (int(who[other, session]), other, session)),
    )
