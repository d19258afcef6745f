"""What tells of rooms for a round, and what comes of choosing among them.

Legend: 1A and 1B may be in the hall, with 30 seats, or in the attic, with 10. There are two choices. A cut
tells that the round comes to 40 steps, less 2 for each seat of 1B: to 20 with 1B in the attic, and to nothing
with it in the hall.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

import numpy as np

from midtvejs.domain.program import Room
from midtvejs.solving.instance.arrays import Flags, Ints
from midtvejs.solving.stop import Stop


@dataclass(frozen=True, slots=True, kw_only=True)
class Cut:
    """What a round comes to at the least in any rooms, in 1 / SCALE.

    That is ``all``, less ``seats`` for each seat of a session, less ``held`` for each session that is held,
    less ``free`` for each that is reached without steps.
    """

    all: int
    seats: Ints
    held: Ints
    free: Ints

    def tells(self, seats: Ints, held: Ints, free: Ints | Flags) -> Ints:
        """Return what it tells of rooms: of one choice by session, or of several in rows."""
        return np.asarray(self.all - (seats @ self.seats + held @ self.held + free @ self.free))

    def times(self, number: int) -> Cut:
        """Return the same where everything costs so many times as much."""
        return Cut(
            all=number * self.all, seats=number * self.seats, held=number * self.held, free=number * self.free
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class RoomsChosen:
    """Rooms for a round, by the keys of sessions that had none; the ``seats`` of each session.

    ``held`` tells whether it is, ``step_free`` whether it is reached without steps, ``keys`` are those of all
    that are held, and ``least`` is what the round comes to as far as is known so far, in 1 / SCALE.
    """

    rooms: Mapping[str, Room]
    keys: frozenset[str]
    seats: Ints
    held: Ints
    step_free: Flags
    least: int

    @property
    def in_numbers(self) -> tuple[int, ...]:
        """The same for choices between which nothing tells."""
        return (*self.seats.tolist(), *self.held.tolist(), *self.step_free.tolist())


class Chooser(Protocol):
    """What chooses the rooms of a round."""

    def add(self, cut: Cut) -> None:
        """Let a cut tell of all rooms."""

    def times(self, number: int) -> Chooser:
        """Return one that knows the same where everything costs so many times as much."""

    def choose(self, *, seed: int, stop: Stop) -> RoomsChosen | None:
        """Choose rooms in which the round may come to the least; None where there are none, or no time."""
