"""The cheapest circle in which seats of one round are passed on: two or three sessions, a party from each."""

from __future__ import annotations

from midtvejs.solving.instance.arrays import Ints

THREE = 48
"""Up to so many sessions, circles of three are looked at: with more there are too many."""

Circle = tuple[int, ...]
"""Sessions: out of each one somebody goes to the next, and out of the last to the first."""


def cheapest_circle(first: Ints, onward: Ints) -> tuple[int, Circle]:
    """Return what the cheapest circle costs, and its sessions.

    ``first[one, other]`` is the least that it costs to go from one session to another, on the way out of the
    first one; ``onward`` on all other ways. What it costs to stay has to be more than any circle.
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
