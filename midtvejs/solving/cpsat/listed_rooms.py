"""All ways to take rooms in a round of a few sessions, with the least that each comes to as far as cuts tell.

Only those that could be best are listed: with rooms that are alike it does not matter which of them is taken,
and nobody is in a room while a better one is free. What a cut tells is a sum over sessions; so some sessions
at a time are one number by which it is looked up.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from copy import copy
from dataclasses import dataclass, replace
from functools import lru_cache, partial
from math import prod

import numpy as np

from midtvejs.domain.program import Room, Session
from midtvejs.solving.cpsat.chosen_rooms import Cut, RoomsChosen
from midtvejs.solving.instance.arrays import Flags, Ints
from midtvejs.solving.stop import Stop

MOST_STATES = 2**62
"""With more ways than that for rooms to be taken no number tells which of them are."""

LOOKED_UP = 4096
"""Up to so many combinations of what becomes of some sessions are looked up by one number."""

KEPT = 4
"""So many lists are kept, as rounds are alike, and a list is long to make."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Alike:
    """Rooms between which nothing tells, as many of them as could be needed.

    ``seats`` are those that each session has there, less than 0 where it may not be. In any of the ``better``
    rooms whatever could be there has no fewer seats, and no more steps on the way.
    """

    rooms: tuple[Room, ...]
    seats: tuple[int, ...]
    step_free: bool
    better: tuple[int, ...]


def find_alike(sessions: Sequence[Session], people: int) -> list[Alike]:
    """Return the rooms that sessions may take, the alike together, without those that are too many.

    Who is in one of these could as well have a better one, as there are fewer sessions than better rooms.
    """
    by_type: dict[tuple[tuple[int, ...], bool], list[Room]] = {}
    for room in dict.fromkeys(room for session in sessions for room in session.rooms):
        seats = (min(people, each.seats_in(room)) if room in each.rooms else -1 for each in sessions)
        by_type.setdefault((tuple(seats), room.step_free), []).append(room)
    types, taking, found = [*by_type], sum(bool(session.rooms) for session in sessions), list[Alike]()
    for this in types:
        better = [number for number, other in enumerate(types) if other != this and _is_as_good(other, this)]
        needed = max(0, taking - sum(len(by_type[types[number]]) for number in better))
        seats_of_each, step_free = this
        # With seats for all in each of them, some may still need more who are in no flow.
        largest_first = sorted(by_type[this], key=lambda room: -room.seats)
        found.append(
            Alike(
                rooms=tuple(largest_first[:needed]),
                seats=seats_of_each,
                step_free=step_free,
                better=tuple(better),
            )
        )
    return found


def _is_as_good(other: tuple[tuple[int, ...], bool], this: tuple[tuple[int, ...], bool]) -> bool:
    (more, freer), (seats, free) = other, this
    return all(one >= another for one, another in zip(more, seats, strict=True)) and freer >= free


@dataclass(frozen=True, slots=True, kw_only=True)
class _Option:
    """What may become of a session: to be ``held`` or not, in one of rooms that are alike, or in its own."""

    alike: int | None
    held: int
    seats: int
    step_free: int


@dataclass(frozen=True, kw_only=True)
class _Ways:
    """The ways to give each session one of its ``options``.

    ``parts`` are sessions that are one number together, and ``codes`` these numbers, by way.
    """

    options: tuple[tuple[_Option, ...], ...]
    parts: tuple[range, ...]
    codes: tuple[Ints, ...]

    def sums(self, tables: Sequence[Ints]) -> Ints:
        """Return what each way comes to, by what each option of each session does."""
        sums = np.zeros(len(self.codes[0]), dtype=np.int64)
        for part, codes in zip(self.parts, self.codes, strict=True):
            table = tables[part[0]]
            for session in part[1:]:
                table = (table[:, None] + tables[session]).reshape(-1)
            sums += table[codes]
        return sums

    def of_options(self, what: Callable[[int, _Option], int]) -> Ints:
        """Return the sums of something of each session's option."""
        return self.sums(
            [
                np.array([what(session, option) for option in of_one], dtype=np.int64)
                for session, of_one in enumerate(self.options)
            ]
        )

    def only(self, those: Flags) -> _Ways:
        """Return some of them."""
        if those.all():
            return self
        return replace(self, codes=tuple(codes[those] for codes in self.codes))

    def taken(self, way: int) -> list[_Option]:
        """Return what becomes of each session."""
        numbers: list[int] = []
        for part, codes in zip(self.parts, self.codes, strict=True):
            shape = [len(self.options[session]) for session in part]
            numbers += map(int, np.unravel_index(int(codes[way]), shape))
        return [of_one[number] for of_one, number in zip(self.options, numbers, strict=True)]


def list_ways(
    sessions: Sequence[Session],
    alike: Sequence[Alike],
    *,
    people: int,
    needs: Collection[int],
    most: int,
) -> _Ways | None:
    """Return the ways to take rooms that could be best; None where there are more than ``most``.

    Sessions in ``needs`` take none that has steps on the way.
    """
    options = tuple(
        tuple(
            option
            for option in _options_of(session, number, people, alike)
            if number not in needs or not session.rooms or option.step_free >= option.held
        )
        for number, session in enumerate(sessions)
    )
    many = tuple(len(rooms.rooms) for rooms in alike)
    return _list(options, many, tuple(rooms.better for rooms in alike), most)


def _options_of(session: Session, number: int, people: int, alike: Sequence[Alike]) -> Iterator[_Option]:
    if not session.rooms:
        seats = min(people, session.seats)
        yield _Option(alike=None, held=1, seats=seats, step_free=int(session.room.step_free))
    for which, rooms in enumerate(alike):
        if rooms.rooms and rooms.seats[number] >= 0:
            yield _Option(alike=which, held=1, seats=rooms.seats[number], step_free=int(rooms.step_free))
    if session.may_be_cancelled:
        yield _Option(alike=None, held=0, seats=0, step_free=0)


@lru_cache(maxsize=KEPT)
def _list(
    options: tuple[tuple[_Option, ...], ...],
    many: tuple[int, ...],
    better: tuple[tuple[int, ...], ...],
    most: int,
) -> _Ways | None:
    """List ways that take no more rooms that are alike than ``many``, and none while a better is free."""
    places = [prod(each + 1 for each in many[:number]) for number in range(len(many) + 1)]
    if places[-1] > MOST_STATES:
        return None
    listed, taken = np.zeros((1, 0), dtype=np.int64), np.zeros(1, dtype=np.int64)
    for of_one in options:
        longer, then_taken = [], []
        for number, option in enumerate(of_one):
            left, place = np.ones(len(taken), dtype=np.bool_), 0
            if option.alike is not None:
                place = places[option.alike]
                left = taken // place % (many[option.alike] + 1) < many[option.alike]
            column = np.full(left.sum(), number, dtype=np.int64)
            longer.append(np.column_stack([listed[left], column]))
            then_taken.append(taken[left] + place)
        if sum(map(len, longer)) > most:
            return None
        listed = np.concatenate(longer) if longer else np.zeros((0, listed.shape[1] + 1), dtype=np.int64)
        taken = np.concatenate(then_taken) if then_taken else np.zeros(0, dtype=np.int64)
    of_each = [taken // place % (each + 1) for place, each in zip(places, many, strict=False)]
    best = np.ones(len(taken), dtype=np.bool_)
    for number, others in enumerate(better):
        for other in others:
            best &= (of_each[number] == 0) | (of_each[other] == many[other])
    return _in_codes(options, listed[best])


def _in_codes(options: tuple[tuple[_Option, ...], ...], listed: Ints) -> _Ways:
    parts, first = list[range](), 0
    for end in range(1, len(options) + 1):
        is_last = end == len(options)
        if is_last or prod(max(1, len(each)) for each in options[first : end + 1]) > LOOKED_UP:
            parts.append(range(first, end))
            first = end
    codes = []
    for part in parts:
        code = np.zeros(len(listed), dtype=np.int64)
        for session in part:
            code = code * len(options[session]) + listed[:, session]
        codes.append(code)
    return _Ways(options=options, parts=tuple(parts), codes=tuple(codes))


class Listed:
    """A chooser among ways that are listed; ``alike`` are the rooms that they take.

    As many take seats as are ``wanted``. Of each set of sessions in ``reach`` one has to be reached without
    steps.
    """

    def __init__(
        self,
        sessions: Sequence[Session],
        ways: _Ways,
        alike: Sequence[Alike],
        *,
        wanted: Ints,
        reach: Iterable[tuple[int, ...]],
    ) -> None:
        self._keys = [session.key for session in sessions]
        self._alike = alike
        lawful = ways.of_options(lambda _, option: option.seats) >= wanted.sum()
        for reached in reach:
            lawful &= ways.of_options(partial(_reaches, reached)) > 0
        self._ways = ways.only(lawful)
        want = wanted.tolist()
        self._without = self._ways.of_options(lambda each, option: max(0, want[each] - option.seats))
        self._least = np.zeros(len(self._without), dtype=np.int64)

    def add(self, cut: Cut) -> None:
        """Let a cut tell of all of them."""
        seats, held, free = cut.seats.tolist(), cut.held.tolist(), cut.free.tolist()
        less = self._ways.of_options(
            lambda each, option: (
                option.seats * seats[each] + option.held * held[each] + option.step_free * free[each]
            )
        )
        self._least = np.maximum(self._least, cut.all - less)

    def times(self, number: int) -> Listed:
        """Return one that knows the same where everything costs so many times as much."""
        same = copy(self)
        same.scale(number)
        return same

    def scale(self, number: int) -> None:
        """Know the same where everything costs so many times as much."""
        self._least = number * self._least

    def choose(self, *, seed: int, stop: Stop) -> RoomsChosen | None:
        """Choose the way that comes to the least."""
        del seed
        if stop.asked or not len(self._least):
            return None
        best = np.flatnonzero(self._least == self._least.min())
        way = int(best[self._without[best].argmin()])
        taken = self._ways.taken(way)
        free = [iter(rooms.rooms) for rooms in self._alike]
        return RoomsChosen(
            rooms={
                key: next(free[option.alike])
                for key, option in zip(self._keys, taken, strict=True)
                if option.alike is not None
            },
            keys=frozenset(key for key, option in zip(self._keys, taken, strict=True) if option.held),
            seats=np.array([option.seats for option in taken], dtype=np.int64),
            held=np.array([option.held for option in taken], dtype=np.int64),
            step_free=np.array([option.step_free for option in taken], dtype=np.bool_),
            least=int(self._least[way]),
        )


def _reaches(sessions: Collection[int], session: int, option: _Option) -> int:
    """Return 1 for one of some sessions where it is reached without steps."""
    return option.step_free * (session in sessions)
