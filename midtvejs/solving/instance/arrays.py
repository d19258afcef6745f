"""The arrays that a day in numbers is made of, and how its sessions are numbered through the day."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]
Index = NDArray[np.int32]
Flags = NDArray[np.bool_]
Marks = NDArray[np.int8]


@dataclass(frozen=True, slots=True, kw_only=True)
class RoundSeats:
    """The seats of a round's sessions. ``first`` is its first session's number among all of the day's."""

    round: int
    first: int
    seats: Ints

    @property
    def sessions(self) -> int:
        return len(self.seats)


def number_values(values: Ints) -> tuple[Ints, Ints]:
    """Return the different values, none below 0, in order, and the number of each one among them.

    As np.unique does it, which sorts them all; where they are not far apart, to count them is quicker.
    """
    highest = int(values.max(initial=0))
    if highest > 4 * len(values):
        return np.unique(values, return_inverse=True)
    different = np.flatnonzero(np.bincount(values))
    numbers = np.zeros(highest + 1, dtype=np.int64)
    numbers[different] = np.arange(len(different))
    return different, numbers[values]


def lowest_squares(people: int, sums: Ints) -> Ints:
    """Return what the squares of so many people's regrets come to at the least, for each sum of these."""
    each, more = np.divmod(sums, max(1, people))
    return np.asarray(more * (each + 1) ** 2 + (people - more) * each**2)
