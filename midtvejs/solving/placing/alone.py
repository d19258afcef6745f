"""Everybody's best day alone in a placement, without seats: no day with seats is better for anyone.

Where each session is held once, what anyone attends in a round is the highest on their list of what is held
there, whatever the other rounds: how far down it stands is looked up once for a set of sessions, and kept. A
regret is these places, summed, less the pairs of them that differ: who attends the first and the second
of their list has places 0 and 1, and misses nothing. (The place of what is not listed is the list's length.)

Where sessions are held several times, all who have filled the same rounds at the same place of their list can
go on alike: only the least steps so far are remembered, for everybody at once (a table, as prices/lists.py
has one, without prices).
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import combinations
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from midtvejs.domain.program import Block
from midtvejs.solving.instance.arrays import Flags, Ints
from midtvejs.solving.placing.crowd import CLOSED, Crowd, is_separable
from midtvejs.solving.placing.open_day import OpenDay, Sets, bits_of

Places = NDArray[np.int32 | np.int16 | np.int8]

Half = tuple[int | slice, ...]

MOST_KEPT = 2**26
"""How many best places are kept at the most, in all sets together: then they are looked up anew."""

NO_SEAT = -1
"""The place of a participant who takes no seat in a round."""


class AloneIn(Protocol):
    """One block of the day."""

    def regrets(self, sets: Sets) -> Places:
        """Return everybody's least regret in the block, by kind."""


@dataclass
class Alone:
    """Looks up what everybody could have alone in the placements of one day.

    ``parts`` are the blocks that offers may be in, by their ids; what others come to is ``settled``.
    """

    day: OpenDay
    crowd: Crowd
    parts: dict[str, AloneIn] = field(init=False)
    settled: Places = field(init=False)

    def __post_init__(self) -> None:
        self.parts = {}
        self.settled = np.zeros(len(self.crowd.kinds), dtype=self.crowd.numbers)
        nowhere = (0,) * len(self.day.rounds)
        for number, block in enumerate(self.crowd.program.blocks):
            way = ByRounds if is_separable(self.crowd.program, block) else ByTable
            part = way(self.day, self.crowd, number, block)
            if any(self.day.allowed[round_] for round_ in block.rounds):
                self.parts[block.id] = part
            else:
                self.settled += part.regrets(nowhere)

    def regrets(self, sets: Sets) -> Places:
        """Return everybody's least regret, by kind."""
        regrets = self.settled
        for part in self.parts.values():
            regrets = regrets + part.regrets(sets)
        return regrets

    @cached_property
    def by_rounds(self) -> Mapping[int, ByRounds] | None:
        """The block of each round that offers may be in, if each session is held once; None otherwise."""
        found = {}
        for part in self.parts.values():
            if not isinstance(part, ByRounds):
                return None
            found.update(dict.fromkeys(part.rounds, part))
        return found


def sum_up(rows: Sequence[Places]) -> Places:
    """Return regrets: everybody's places in the rounds of a block, less the pairs of them that differ."""
    regrets = np.maximum(rows[0], 0)
    for row in rows[1:]:
        regrets = regrets + np.maximum(row, 0)
    for one, other in combinations(rows, 2):
        regrets -= (one != other) & (one != NO_SEAT) & (other != NO_SEAT)
    return regrets


class ByRounds:
    """A block in which each session is held once."""

    def __init__(self, day: OpenDay, crowd: Crowd, number: int, block: Block) -> None:
        self._crowd = crowd
        self.rounds = block.rounds
        self._places = crowd.places(number).astype(crowd.numbers)
        self._known: dict[tuple[int, int], Places] = {}
        self._day = day
        self._settled = {
            round_: [crowd.number[session.code] for session in day.rounds[round_].sessions]
            for round_ in block.rounds
        }
        self._offers = [crowd.number[offer.code] for offer in day.offers]
        exceptions = (crowd.pinned | crowd.presents).any(axis=1) | crowd.absent.any(axis=1)
        self._has_exceptions = bool(exceptions.any())
        sessions = len(crowd.program.sessions_in(block))
        strict = np.array([not kind.wishes[number].above and not kind.closed for kind in crowd.kinds])
        #: Whose places in a placement are the same only where they list nothing of what they attend.
        self.strict: Flags = strict.astype(np.bool_) & ~exceptions
        #: Whose places are never the same: they rank all sessions, or all but one.
        self.plain: Flags = self.strict & (crowd.listed(number) >= sessions - 1)

    def regrets(self, sets: Sets) -> Places:
        return sum_up([self.row(round_, sets[round_]) for round_ in self.rounds])

    def row(self, round_: int, held: int) -> Places:
        """Return everybody's best place among a set in a round; NO_SEAT where they take none."""
        key = (self._day.stands_for[round_], held)
        if key not in self._known:
            if len(self._known) * len(self._places) >= MOST_KEPT:
                self._known.clear()
            self._known[key] = self.best_places(round_, held)
        return self._known[key]

    def wanted(self, round_: int, held: int) -> Counter[str]:
        """Count who would like each session best among a set in a round."""
        codes = self._codes(round_, held)
        if not codes or not len(self._places):
            return Counter()
        weights = self._crowd.weights
        if self._has_exceptions:
            weights = np.where(self.row(round_, held) == NO_SEAT, 0, weights)
        best = self._places[:, codes].argmin(axis=1)
        counts = np.bincount(best, weights=weights, minlength=len(codes))
        names = [self._crowd.codes[code] for code in codes]
        return Counter(dict(zip(names, counts.astype(np.int64).tolist(), strict=True)))

    def _codes(self, round_: int, held: int) -> list[int]:
        return [*self._settled[round_], *(self._offers[offer] for offer in bits_of(held))]

    def best_places(self, round_: int, held: int) -> Places:
        """Look up everybody's best place among a set in a round."""
        codes = self._codes(round_, held)
        if not codes:
            return np.full(len(self._places), NO_SEAT, dtype=self._places.dtype)
        best: Places = self._places[:, codes].min(axis=1)
        if not self._has_exceptions:
            return best
        pinned = self._crowd.pinned[:, codes]
        for row in np.flatnonzero(pinned.any(axis=1)).tolist():
            there = np.flatnonzero(pinned[row])
            best[row] = self._places[row, codes[there[0]]] if len(there) == 1 else CLOSED
        takes_none = self._crowd.presents[:, codes].any(axis=1) | self._crowd.absent[:, round_]
        best[takes_none] = NO_SEAT
        return best


class ByTable:
    """A block in which sessions may be held several times.

    Pins are left to the seating, and so is whether there is anything to fill up what wishes leave free: that
    can only cost more. So can what is settled and goes on through several rounds: it counts as so many
    sessions among those that were taken. And of equals, one that was taken counts as if it stood above the
    next: their steps may be more.
    """

    def __init__(self, day: OpenDay, crowd: Crowd, number: int, block: Block) -> None:
        self._day = day
        self._crowd = crowd
        self._rounds = block.rounds
        self._listed = crowd.listed(number)
        width = int(self._listed.max(initial=0))
        # One more code stands for none.
        self._wishes = np.full((width, len(crowd.kinds)), len(crowd.codes), dtype=np.int64)
        self._above = np.zeros((width, len(crowd.kinds)), dtype=np.int16)
        for row, kind in enumerate(crowd.kinds):
            wishes = kind.wishes[number]
            for nth, (code, above) in enumerate(zip(wishes.codes, wishes.places, strict=True)):
                self._above[nth, row] = above
                if code in crowd.number and code not in kind.closed:
                    self._wishes[nth, row] = crowd.number[code]
        self._offers = [crowd.number[offer.code] for offer in day.offers]
        bits = np.arange(2 ** len(block.rounds))
        self._filled = np.array([int(each).bit_count() for each in bits], dtype=np.int16)

    @property
    def _count(self) -> int:
        return len(self._rounds)

    @cached_property
    def _lasting(self) -> tuple[tuple[int, int], ...]:
        """The sittings that go on through several rounds: their codes, and these rounds as bits."""
        masks: dict[tuple[str, tuple[str, ...]], int] = defaultdict(int)
        for bit, round_ in enumerate(self._rounds):
            for session in self._day.rounds[round_].sessions:
                if session.through:
                    masks[session.code, session.through] |= 1 << bit
        return tuple((self._crowd.number[code], mask) for (code, _), mask in masks.items())

    def _held(self, sets: Sets) -> Ints:
        """Return the rounds of the block in which each code is held, as bits; what lasts is none of them."""
        held = np.zeros(len(self._crowd.codes) + 1, dtype=np.int64)
        for bit, round_ in enumerate(self._rounds):
            for session in self._day.rounds[round_].sessions:
                if not session.through:
                    held[self._crowd.number[session.code]] |= 1 << bit
            for offer in bits_of(sets[round_]):
                held[self._offers[offer]] |= 1 << bit
        return held

    def _bound_in(self, held: Ints) -> Ints:
        """Return the rounds in which each kind takes no seat, as bits."""
        bound = np.zeros(len(self._crowd.kinds), dtype=np.int64)
        for bit, round_ in enumerate(self._rounds):
            bound |= self._crowd.absent[:, round_].astype(np.int64) << bit
        for row in np.flatnonzero(self._crowd.presents.any(axis=1)).tolist():
            for code in np.flatnonzero(self._crowd.presents[row]).tolist():
                bound[row] |= held[code]
        for code, mask in self._lasting:
            bound[self._crowd.presents[:, code]] |= mask
        return bound

    def regrets(self, sets: Sets) -> Places:
        held = self._held(sets)
        bound = self._bound_in(held)
        everybody = np.arange(len(bound))
        taken_before = self._filled[bound]
        table = np.full((2**self._count, len(bound)), CLOSED, dtype=np.int16)
        table[bound, everybody] = 0
        table = self._go_down(table, held, taken_before)
        # What is left is filled with what is not listed, each at all the wishes that are missed.
        left = (self._count - self._filled)[:, None]
        if self._lasting:
            left = np.minimum(left, 1)
        missed = np.maximum(self._listed[None, :] - self._filled[:, None] + taken_before, 0)
        regrets: Places = (table + left * missed).min(axis=0).astype(np.int16)
        return regrets

    def _go_down(self, table: Places, held: Ints, taken_before: Places) -> Places:
        """Go down all lists, place by place, and take or leave what is held."""
        shape = (*(2,) * self._count, len(self._listed))
        filled = self._filled.reshape(shape[:-1])
        for nth, wishes in enumerate(self._wishes):
            rounds = held[wishes]
            after = table.copy()
            cost = self._above[nth] + taken_before
            before, behind = table.reshape(shape), after.reshape(shape)
            for bit in range(self._count):
                # The halves of all states in which a round is not filled, and in which it is.
                without, within = self._halves(bit)
                price = np.where(rounds >> bit & 1, cost, CLOSED).astype(np.int16)
                way = np.maximum(price - filled[without][..., None], 0)
                way += before[without]
                np.minimum(behind[within], way, out=behind[within])
            for code, mask in self._lasting:
                self._take_lasting(table, after, np.flatnonzero(wishes == code), mask, cost)
            table = after
        return table

    def _take_lasting(self, table: Places, after: Places, rows: Ints, mask: int, cost: Places) -> None:
        for state in range(len(table)) if len(rows) else ():
            if not state & mask:
                way = table[state, rows] + np.maximum(cost[rows] - self._filled[state], 0)
                after[state | mask, rows] = np.minimum(after[state | mask, rows], way)

    def _halves(self, bit: int) -> tuple[Half, Half]:
        """Return where the states are in which a round is not filled, and the same with it filled."""
        before = (slice(None),) * (self._count - 1 - bit)
        return (*before, 0), (*before, 1)


@dataclass(frozen=True, slots=True)
class Measured:
    """What a placement comes to when everybody is alone."""

    worst: int
    at_worst: int
    total: int
    even: int


def measure(regrets: Places, weights: Ints) -> Measured:
    """Sum up regrets by kind."""
    if not len(regrets):
        return Measured(0, 0, 0, 0)
    wide = regrets.astype(np.int64)
    worst = int(wide.max())
    return Measured(
        worst,
        int(weights[wide == worst].sum()) if worst else 0,
        int(weights @ wide),
        int(weights @ (wide * wide)),
    )
