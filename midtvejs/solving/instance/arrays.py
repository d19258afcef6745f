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
