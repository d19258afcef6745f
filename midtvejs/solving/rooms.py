"""Assign the open rooms to sessions: the most wanted get the largest; then swap them while that helps.

What a choice of rooms is worth is its Lagrangian bound (prices/bound.py): the least total there could be, to
be had without seating anybody.

Legend: 1A has 40 first wishes, 1B has 12; the rooms have 30 and 20 seats. 1A gets the larger one. If all who
want 1A are as happy with 1B, and those of 1B with nothing else, the swap is cheaper, and is kept.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from itertools import combinations

import numpy as np

from midtvejs.domain.fairness import Criterion
from midtvejs.domain.profile import first_wishes
from midtvejs.domain.program import Room, Round, Session
from midtvejs.solving.instance.case import Case, case_of
from midtvejs.solving.instance.crowd import Leaf, aggregate_case
from midtvejs.solving.prices.bound import maximise_bound
from midtvejs.solving.prices.relaxation import Objective, Relaxation
from midtvejs.solving.stop import Stop

Rooms = dict[str, Room]
"""The room of each open sitting, by its key."""


def with_good_rooms(case: Case, stop: Stop) -> Case:
    """Return the same case with a room for each open session. Whether everybody fits is not looked at."""
    wanted = first_wishes(case.program, case.participants)
    rooms: Rooms = {}
    for number, round_ in enumerate(case.program.rounds):
        if any(session.rooms for session in round_.sessions):
            rooms |= _swap(_Round(case, number), _by_size(round_, wanted), stop)
    return case_of(case.program.with_rooms(rooms), case.participants, case.limits)


def _by_size(round_: Round, wanted: Mapping[str, int]) -> Rooms:
    waiting = sorted(_open(round_), key=lambda session: -wanted[session.code])
    rooms = sorted(waiting[0].rooms, key=lambda room: -waiting[0].seats_in(room))
    return {session.key: room for session, room in zip(waiting, rooms, strict=False)}


def _open(round_: Round) -> list[Session]:
    return [session for session in round_.sessions if session.rooms]


def _swap(of_round: _Round, rooms: Rooms, stop: Stop) -> Rooms:
    """Swap the rooms of every two sessions, and keep what costs less."""
    best = of_round.cost(rooms, stop)
    for one, other in combinations(sorted(rooms), 2):
        swapped = rooms | {one: rooms[other], other: rooms[one]}
        cost = best if stop.asked else of_round.cost(swapped, stop)
        if cost < best:
            best, rooms = cost, swapped
    return rooms


class _Round:
    """One round of a case, for itself."""

    def __init__(self, case: Case, number: int) -> None:
        self._round = case.program.rounds[number]
        # What was before is the whole day's affair, and no room's.
        self._aggregate = aggregate_case(case.alone(number))

    def cost(self, rooms: Rooms, stop: Stop) -> int:
        """Return the least total that prices prove, in 1 / SCALE."""
        seats = [
            session.seats_in(rooms[session.key]) if session.rooms else session.seats
            for session in self._round.sessions
        ]
        part = replace(self._aggregate.rounds[0], seats=np.array(seats, dtype=np.int64))
        (leaf,) = (replace(each, part=part) for each in self._aggregate.leaves if isinstance(each, Leaf))
        aggregate = replace(self._aggregate, rounds=(part,), leaves=(leaf,), open_rooms=(), root=leaf)
        return maximise_bound(
            Relaxation(aggregate, Objective(criterion=Criterion.TOTAL)), stop=stop
        ).best.bound
