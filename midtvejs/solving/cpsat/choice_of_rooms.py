"""The choice of rooms for a round: in which of them it may come to the least, as far as cuts tell so far.

Rounds of a few sessions have some thousands of choices at the most, and all of them are listed once; each cut
then raises what is known of each. Of larger rounds CP-SAT chooses.

Legend: 1A and 1B may be in the hall, with 30 seats, or in the attic, with 10. There are two choices. A cut
tells that the round comes to 40 steps, less 2 for each seat of 1B: to 20 with 1B in the attic, and to nothing
with it in the hall.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from copy import copy
from dataclasses import dataclass
from math import prod
from typing import Protocol

import numpy as np

from midtvejs.domain.program import Room, Session
from midtvejs.solving.cpsat.model import Model
from midtvejs.solving.cpsat.objectives import merge_terms
from midtvejs.solving.cpsat.sessions import Sessions, Spot
from midtvejs.solving.cpsat.stated import Term, Variable, Verdict
from midtvejs.solving.flows.sessions import needing_no_steps
from midtvejs.solving.instance.arrays import Flags, Ints
from midtvejs.solving.instance.case import Case
from midtvejs.solving.stop import Stop

MOST_STATES = 2**62
"""With more ways than that for rooms to be taken no number tells which of them are."""


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


def chooser_of(case: Case, *, wanted: Ints, reach: Iterable[tuple[int, ...]]) -> Chooser:
    """Return what chooses rooms for a case of one round, in which as many take seats as are ``wanted``.

    That is how many want each session most: where cuts tell of nothing else, most of them are to have a seat.
    Of each set of sessions in ``reach`` one has to be reached without steps.
    """
    people = int(wanted.sum())
    sets = sorted(reach)
    sessions = case.program.rounds[0].sessions
    alike = _find_alike(sessions, people)
    options = [[*_options_of(session, number, people, alike)] for number, session in enumerate(sessions)]
    listed = _list_choices(options, alike, case.limits.listed_rooms)
    if listed is None:
        return _ByModel(case, people=people, reach=sets)
    return _Listed(case, options, listed, alike, wanted=wanted, reach=sets)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Option:
    """What may become of a session: to be ``held`` or not, in one of rooms that are alike, or in its own."""

    alike: int | None
    held: int
    seats: int
    step_free: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class _Alike:
    """Rooms between which nothing tells, as many of them as could be needed.

    ``seats`` are those that each session has there, ``open`` tells which may be. In any of the ``better``
    rooms whatever could be there has no fewer seats, and as few steps on the way.
    """

    rooms: tuple[Room, ...]
    seats: Ints
    open: Flags
    better: tuple[int, ...]


def _find_alike(sessions: Sequence[Session], people: int) -> list[_Alike]:
    """Return the rooms that sessions may take, the alike together, without those that are too many.

    Who is in one of these could as well have a better one, as there are fewer sessions than better rooms.
    """
    by_type: dict[tuple[tuple[int, ...], bool], list[Room]] = {}
    for room in dict.fromkeys(room for session in sessions for room in session.rooms):
        of_each = (min(people, each.seats_in(room)) if room in each.rooms else -1 for each in sessions)
        by_type.setdefault((tuple(of_each), room.step_free), []).append(room)
    types = [(np.array(seats, dtype=np.int64), free, rooms) for (seats, free), rooms in by_type.items()]
    taking, found = sum(bool(session.rooms) for session in sessions), list[_Alike]()
    for seats, free, rooms in types:
        better = [
            other
            for other, (more, freer, _) in enumerate(types)
            if types[other][2] is not rooms and (more >= seats).all() and freer >= free
        ]
        needed = max(0, taking - sum(len(types[other][2]) for other in better))
        found.append(_Alike(rooms=tuple(rooms[:needed]), seats=seats, open=seats >= 0, better=tuple(better)))
    return found


def _options_of(session: Session, number: int, people: int, alike: Sequence[_Alike]) -> Iterator[_Option]:
    if not session.rooms:
        seats = min(people, session.seats)
        yield _Option(alike=None, held=1, seats=seats, step_free=session.room.step_free)
    for which, rooms in enumerate(alike):
        if rooms.rooms and rooms.open[number]:
            seats = int(rooms.seats[number])
            yield _Option(alike=which, held=1, seats=seats, step_free=rooms.rooms[0].step_free)
    if session.may_be_cancelled:
        yield _Option(alike=None, held=0, seats=0, step_free=False)


def _list_choices(options: Sequence[Sequence[_Option]], alike: Sequence[_Alike], most: int) -> Ints | None:
    """Return the ways to give each session one of its options, by number in rows; None above ``most``.

    No more are in rooms that are alike than there are of these, and nobody is in any while a better is free.
    """
    of_each = [len(rooms.rooms) for rooms in alike]
    places = [prod(many + 1 for many in of_each[:number]) for number in range(len(alike) + 1)]
    if places[-1] > MOST_STATES:
        return None
    listed, taken = np.zeros((1, 0), dtype=np.int64), np.zeros(1, dtype=np.int64)
    for of_one in options:
        longer, then_taken = [], []
        for number, option in enumerate(of_one):
            if option.alike is None:
                left, place = np.ones(len(taken), dtype=np.bool_), 0
            else:
                place = places[option.alike]
                left = taken // place % (of_each[option.alike] + 1) < of_each[option.alike]
            longer.append(np.column_stack([listed[left], np.full(left.sum(), number)]))
            then_taken.append(taken[left] + place)
        if sum(map(len, longer)) > most:
            return None
        listed, taken = np.concatenate(longer), np.concatenate(then_taken)
    many_taken = [taken // place % (many + 1) for place, many in zip(places, of_each, strict=False)]
    best = np.ones(len(taken), dtype=np.bool_)
    for number, rooms in enumerate(alike):
        for better in rooms.better:
            best &= (many_taken[number] == 0) | (many_taken[better] == of_each[better])
    return listed[best]


class _Listed:
    """All choices in rows, with the least that each comes to as far as cuts tell."""

    def __init__(
        self,
        case: Case,
        options: Sequence[Sequence[_Option]],
        listed: Ints,
        alike: Sequence[_Alike],
        *,
        wanted: Ints,
        reach: Iterable[tuple[int, ...]],
    ) -> None:
        self._sessions = case.program.rounds[0].sessions
        self._options = options
        self._alike = alike
        columns = range(len(options))
        self._seats = _told(listed, options, lambda option: option.seats)
        self._held = _told(listed, options, lambda option: option.held)
        self._free = _told(listed, options, lambda option: int(option.step_free))
        lawful = self._seats.sum(axis=1) >= wanted.sum()
        for sessions in reach:
            lawful &= self._free[:, sessions].any(axis=1)
        needs, _ = needing_no_steps(case, 0)
        for session in needs.intersection(columns):
            if self._sessions[session].rooms:
                lawful &= self._free[:, session] >= self._held[:, session]
        self._listed = listed[lawful]
        self._seats, self._held, self._free = self._seats[lawful], self._held[lawful], self._free[lawful]
        self._least = np.zeros(len(self._listed), dtype=np.int64)
        self._without = np.maximum(0, wanted - self._seats).sum(axis=1)

    def add(self, cut: Cut) -> None:
        self._least = np.maximum(self._least, cut.tells(self._seats, self._held, self._free))

    def times(self, number: int) -> _Listed:
        same = copy(self)
        same.scale(number)
        return same

    def scale(self, number: int) -> None:
        """Know the same where everything costs so many times as much."""
        self._least = number * self._least

    def choose(self, *, seed: int, stop: Stop) -> RoomsChosen | None:
        del seed
        if stop.asked or not len(self._least):
            return None
        best = np.flatnonzero(self._least == self._least.min())
        row = int(best[self._without[best].argmin()])
        taken = [of_one[number] for of_one, number in zip(self._options, self._listed[row], strict=True)]
        by_key = {session.key: option for session, option in zip(self._sessions, taken, strict=True)}
        free = [iter(rooms.rooms) for rooms in self._alike]
        return RoomsChosen(
            rooms={
                key: next(free[option.alike]) for key, option in by_key.items() if option.alike is not None
            },
            keys=frozenset(key for key, option in by_key.items() if option.held),
            seats=self._seats[row],
            held=self._held[row],
            step_free=self._free[row] > 0,
            least=int(self._least[row]),
        )


def _told(listed: Ints, options: Sequence[Sequence[_Option]], what: Callable[[_Option], int]) -> Ints:
    """Return something of each session's option, by choice in rows."""
    columns = [
        np.array([what(option) for option in of_one], dtype=np.int64)[listed[:, number]]
        for number, of_one in enumerate(options)
    ]
    return np.column_stack(columns)


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
