"""The choice of rooms for a round: in which of them it may come to the least, as far as cuts tell so far.

Rounds of a few sessions have some thousands of choices at the most, and all of them are listed
(listed_rooms.py). Of larger rounds CP-SAT chooses.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from copy import copy

import numpy as np

from midtvejs.solving.cpsat.chosen_rooms import Chooser, Cut, RoomsChosen
from midtvejs.solving.cpsat.listed_rooms import Listed, find_alike, list_ways
from midtvejs.solving.cpsat.model import Model
from midtvejs.solving.cpsat.objectives import merge_terms
from midtvejs.solving.cpsat.sessions import Sessions, Spot
from midtvejs.solving.cpsat.stated import Term, Variable, Verdict
from midtvejs.solving.flows.sessions import needing_no_steps
from midtvejs.solving.instance.arrays import Ints
from midtvejs.solving.instance.case import Case
from midtvejs.solving.stop import Stop


def chooser_of(case: Case, *, wanted: Ints, reach: Iterable[tuple[int, ...]]) -> Chooser:
    """Return what chooses rooms for a case of one round, in which as many take seats as are ``wanted``.

    That is how many want each session most: where cuts tell of nothing else, most of them are to have a seat.
    Of each set of sessions in ``reach`` one has to be reached without steps.
    """
    people, sessions = int(wanted.sum()), case.program.rounds[0].sessions
    needs, _ = needing_no_steps(case, 0)
    alike = find_alike(sessions, people)
    ways = list_ways(sessions, alike, people=people, needs=needs, most=case.limits.listed_rooms)
    if ways is None:
        return _ByModel(case, people=people, reach=sorted(reach))
    return Listed(sessions, ways, alike, wanted=wanted, reach=reach)


class _ByModel:
    """The choice of rooms as a model, which is stated anew with each cut."""

    def __init__(self, case: Case, *, people: int, reach: Sequence[tuple[int, ...]]) -> None:
        self._case = case
        self._people = people
        self._reach = reach
        self._cuts: list[Cut] = []

    def add(self, cut: Cut) -> None:
        self._cuts.append(cut)

    def times(self, number: int) -> _ByModel:
        same = copy(self)
        same.scale(number)
        return same

    def scale(self, number: int) -> None:
        """Know the same where everything costs so many times as much."""
        self._cuts = [cut.times(number) for cut in self._cuts]

    def choose(self, *, seed: int, stop: Stop) -> RoomsChosen | None:
        model = _Rooms(self._case, self._cuts, people=self._people, reach=self._reach)
        return model.choose(seed=seed, stop=stop)


class _Rooms:
    """The choice of rooms for a round of so many ``people`` as a model."""

    def __init__(
        self, case: Case, cuts: Sequence[Cut], *, people: int, reach: Iterable[tuple[int, ...]]
    ) -> None:
        self._limits = case.limits
        self._people = people
        self._model = Model()
        self._sessions = Sessions(self._model, case)
        self._spots = list(self._sessions.numbered)
        self._one_session_a_room()
        self._step_free(case)
        for sessions in reach:
            self._has_one_without_steps(sessions)
        ones = np.ones(len(self._spots), dtype=np.int64)
        self._keep(ones, 0 * ones, 0 * ones, people)
        self._least = self._model.whole(max((_most(cut) for cut in cuts), default=0))
        for cut in cuts:
            self._keep(cut.seats, cut.held, cut.free, cut.all, (1, self._least))
        self._model.minimise([(1, self._least)])

    def _one_session_a_room(self) -> None:
        takers: dict[str, list[Term]] = {}
        for spot in self._spots:
            for room, variable in self._sessions.rooms(spot).items():
                takers.setdefault(room.name, []).append((1, variable))
        for terms in takers.values():
            self._model.at_most(terms, 1)

    def _step_free(self, case: Case) -> None:
        """Have those who need a way without steps have one, where they can be in one session only."""
        needs, _ = needing_no_steps(case, 0)
        for spot in self._spots:
            rooms, held = self._sessions.rooms(spot), self._sessions.is_held(spot)
            if rooms and spot[1] in needs:
                free = [(1, taken) for room, taken in rooms.items() if room.step_free]
                self._model.at_least([*free, *([] if held is None else [(-1, held)])], int(held is None))

    def _has_one_without_steps(self, sessions: Sequence[int]) -> None:
        of_rooms, always = zip(*(self._reached(self._spots[session]) for session in sessions), strict=True)
        self._model.at_least([(1, room) for rooms in of_rooms for room in rooms], 1 - sum(always))

    def _reached(self, spot: Spot) -> tuple[list[Variable], int]:
        """Return in which rooms a session is reached without steps, and whether it always is."""
        if rooms := self._sessions.rooms(spot):
            return [taken for room, taken in rooms.items() if room.step_free], 0
        if not self._sessions.numbered[spot].room.step_free:
            return [], 0
        held = self._sessions.is_held(spot)
        return ([], 1) if held is None else ([held], 0)

    def _keep(self, of_seats: Ints, of_held: Ints, of_free: Ints, least: int, *more: Term) -> None:
        """Have so much for each seat, for each session that is held, and reached, come to ``least``."""
        terms = [*more]
        each_of = zip(self._spots, of_seats.tolist(), of_held.tolist(), of_free.tolist(), strict=True)
        for spot, each, once, free in each_of:
            of_rooms, always = self._capacity(spot)
            terms += [(each * seats, variable) for seats, variable in of_rooms]
            held = self._sessions.is_held(spot)
            terms += [] if held is None else [(once, held)]
            reached, always_reached = self._reached(spot)
            terms += [(free, room) for room in reached]
            least -= each * always + (once if held is None else 0) + free * always_reached
        self._model.at_least(merge_terms((count, variable) for count, variable in terms if count), least)

    def _capacity(self, spot: Spot) -> tuple[list[Term], int]:
        """Return the seats of a session, as a sum and what is added to it; nobody needs more than all do."""
        of_rooms, always = self._sessions.capacity(spot)
        return [(min(seats, self._people), room) for seats, room in of_rooms], min(always, self._people)

    def choose(self, *, seed: int, stop: Stop) -> RoomsChosen | None:
        """Choose rooms in which the round may come to the least; None where there are none, or no time."""
        outcome = self._model.solve(seed=seed, stop=stop, effort=self._limits.coupled_effort)
        if outcome.verdict is not Verdict.BEST:
            return None
        values: Mapping[int, int] = dict(enumerate(outcome.values))
        seats, held, step_free = [], [], []
        for spot in self._spots:
            of_rooms, always = self._capacity(spot)
            seats.append(always + sum(number * values[variable] for number, variable in of_rooms))
            of_held = self._sessions.is_held(spot)
            held.append(1 if of_held is None else values[of_held])
            reached, always_reached = self._reached(spot)
            step_free.append(always_reached or any(values[room] for room in reached))
        keys = [self._sessions.numbered[spot].key for spot in self._spots]
        return RoomsChosen(
            rooms={
                key: room
                for key, spot in zip(keys, self._spots, strict=True)
                for room, taken in self._sessions.rooms(spot).items()
                if values[taken]
            },
            keys=frozenset(key for key, is_held in zip(keys, held, strict=True) if is_held),
            seats=np.array(seats),
            held=np.array(held),
            step_free=np.array(step_free, dtype=np.bool_),
            least=outcome.value,
        )


def _most(cut: Cut) -> int:
    """Return what a cut comes to in no rooms at all, and so no more in any."""
    return max(0, cut.all + int(np.maximum(0, -cut.held).sum()))
