"""What seats cost in a round, whoever sits where: proven by prices, for many sets of sessions at a time.

Each session of a set has a price. Everybody takes the place that is cheapest for them with its price. What
all pay, less the prices of all seats, is no more than the least that seating them comes to. The dearest get
the largest rooms, so that seats are worth the most: then it holds for any rooms. Prices are raised where more
people take a place than there are seats (subgradients), for each set by itself.

Where each session is held once, seats of one round bear on no other. What the rounds of a placement cost
beyond everybody's best places in them is at least what seats add to everybody's day alone.

Legend, with a pencil: four people want A > B, and each has 3 seats. At a price of 1 for A everybody pays 1,
for A or in steps to B. These are 4, less 3 for the seats of A: seats cost a step at the least.

Prices are whole parts of a step, so that sums of them are exact in floating point.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from midtvejs.domain.participants import Participant
from midtvejs.domain.program import Room, Session
from midtvejs.solving.instance.arrays import Ints
from midtvejs.solving.placing.alone import ByRounds
from midtvejs.solving.placing.crowd import CLOSED, crowd_of
from midtvejs.solving.placing.open_day import OpenDay, bits_of
from midtvejs.solving.stop import Stop

Floats = NDArray[np.float32]
Sums = NDArray[np.float64]

TOGETHER = 2**16
"""How many costs are looked at together: no more than what stays close to the processor."""

PARTS = 64
"""Into so many parts a step is divided."""

MOST_COSTS, FEWEST = 12 * 10**8, 2
"""How many costs are looked at, pass by pass; in the fewest passes in any case."""

DEAREST = 2.0**15
"""No price is higher, or its parts were not exact."""

MOMENTUM = 0.5
AMBITION, PATIENCE = 3, 0.8
"""At first so many times as many steps are aimed at as people lack seats, and less where that is too much."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rooms:
    """The seats of a round. ``settled[code]``: of a session whose room is known, -1 for others.

    ``most[code]`` are the seats of a session in the largest room for it; ``rooms`` are those of the free
    rooms whatever is in them, the largest first, and 0 for as many more as there are codes.
    """

    settled: Floats
    most: Floats
    rooms: Floats

    def deal(self, codes: Ints, prices: Floats) -> Floats:
        """Return ``seats[session, set]``, worth no less at these prices than in any rooms.

        Either each session is in the largest room for it, or the dearest in the largest room of all, whatever
        there may be in it: the seats are taken that are worth less.
        """
        settled = self.settled[codes]
        seats: Floats = np.where(settled >= 0, settled, self.most[codes])
        if self.rooms[0] == self.rooms[len(codes) - 1]:
            return seats
        order = np.where(settled >= 0, 1, -prices).argsort(axis=0, kind="stable")
        ranked = np.where(settled >= 0, settled, self.rooms[order.argsort(axis=0, kind="stable")])
        return np.where(worth(prices, ranked) < worth(prices, seats), ranked, seats)


def worth(prices: Floats, seats: Floats) -> Sums:
    products: Sums = np.multiply(prices, seats, dtype=np.float64)
    return np.asarray(products.sum(axis=0))


def proves(day: OpenDay) -> bool:
    """Return whether prices prove anything: whose session is cancelled may take a seat instead."""
    sessions = [*day.program.sessions.values(), *(offer.session for offer in day.offers)]
    return not any(session.may_be_cancelled for session in sessions)


class Ascent:
    """Raises prices, ``[session, set]``, where more people take a session than it has seats.

    ``proven`` is the highest value that was found of each set.
    """

    def __init__(self, shape: tuple[int, ...], *, ambition: float = AMBITION) -> None:
        self._ambition = ambition
        self.prices = np.zeros(shape, dtype=np.float32)
        self.proven = np.zeros(shape[1])
        self._direction = np.zeros(shape)
        self._ahead: Sums | None = None

    def climb(self, value: Sums, excess: Floats) -> bool:
        """Take a step, knowing what the prices prove; return whether there is any way to go."""
        if self._ahead is None:
            self._ahead = self._ambition * np.maximum(excess, 0).sum(axis=0)
        else:
            self._ahead = np.where(value > self.proven, self._ahead, self._ahead * PATIENCE)
        self.proven = np.maximum(self.proven, value)
        self._direction = excess + MOMENTUM * self._direction
        length = np.maximum((self._direction * self._direction).sum(axis=0), 1)
        step = (self._ahead + self.proven - value) / length
        raised = np.clip(self.prices + step * self._direction, 0, DEAREST)
        self.prices = (np.rint(raised * PARTS) / PARTS).astype(np.float32)
        return bool(self._ahead.any())


class Takers:
    """Those who take what is cheapest for them, of ``costs[choice, set, row]`` that they have without prices.

    So many ``heads[set, row]`` take anything. The same memory serves at all prices.
    """

    def __init__(self, costs: Floats, heads: Floats) -> None:
        self._costs, self._heads = costs, heads
        self._each, self._takes = np.empty_like(costs), np.empty_like(costs)
        self._is_cheapest = np.empty(costs.shape, dtype=np.bool_)
        self._least, self._part = (np.empty(costs.shape[1:], dtype=np.float32) for _ in range(2))

    def at(self, prices: Floats) -> tuple[Sums, Floats]:
        """Return what all pay in each set, and how many take each choice.

        Who has several that are as cheap takes a part of each.
        """
        np.add(self._costs, prices[:, :, None], out=self._each)
        np.minimum.reduce(self._each, axis=0, out=self._least)
        paid: Sums = np.einsum("sr,sr->s", self._least, self._heads, dtype=np.float64)
        np.less_equal(self._each, self._least, out=self._is_cheapest)
        np.copyto(self._takes, self._is_cheapest)
        np.add.reduce(self._takes, axis=0, out=self._part)
        np.divide(self._heads, self._part, out=self._part)
        taken: Floats = np.einsum("csr,sr->cs", self._takes, self._part)
        return paid, taken


class SetPrices:
    """Prices sets of sessions in the rounds of a block in which each is held once.

    What they prove holds for whoever seats everybody by the rules, as these can only ask for more.
    """

    def __init__(
        self, day: OpenDay, block: ByRounds, participants: Sequence[Participant], stop: Stop
    ) -> None:
        self._day = day
        self._stop = stop
        self.crowd = crowd = crowd_of(day.program, participants, everybody=True)
        number = next(each for each, of in enumerate(day.program.blocks) if of.rounds == block.rounds)
        special = (crowd.presents | crowd.pinned).any(axis=1) | crowd.absent.any(axis=1)
        #: The kinds of people in the order of rows: those whom nothing binds, the ``plain``, come first.
        self.order = order = np.argsort(special, kind="stable")
        self.plain = len(order) - int(special.sum())
        self.places = np.ascontiguousarray(crowd.places(number)[order].T, dtype=np.float32)
        self.weights = crowd.weights[order].astype(np.float32)
        tied = [bool(crowd.kinds[row].wishes[number].above) for row in order.tolist()]
        self._tied = np.flatnonzero(np.array(tied, dtype=np.bool_))
        bound = order[self.plain :]
        self._presents, self._pinned = crowd.presents[bound].T, crowd.pinned[bound].T
        self._absent = crowd.absent[bound].T
        self._other_rounds = len(block.rounds) - 1
        self._offers = [crowd.number[offer.code] for offer in day.offers]

    def extras(self, round_: int, sets: Sequence[int], passes: int) -> Ints:
        """Return how many steps at least seats cost in a round with each of some sets.

        That is proven in so many passes, or in fewer where there are very many costs to look at.

        Raises:
            OutOfTime: stopping was asked for.
        """
        of_size: dict[int, list[int]] = defaultdict(list)
        for number, held in enumerate(sets):
            of_size[held.bit_count()].append(number)
        rooms = self.rooms(round_)
        costs = sum(self.count_held(round_, held) * len(self.weights) for held in sets)
        passes = max(FEWEST, min(passes, MOST_COSTS // max(1, costs)))
        found = np.zeros(len(sets), dtype=np.int64)
        for numbers in of_size.values():
            held_together = self.count_held(round_, sets[numbers[0]])
            most = max(1, TOGETHER // max(1, held_together * len(self.weights)))
            for start in range(0, len(numbers) if held_together else 0, most):
                self._stop.check()
                some = numbers[start : start + most]
                codes = self.codes(round_, [sets[each] for each in some])
                found[some] = self._price(round_, codes, rooms, passes)
        return found

    def count_held(self, round_: int, held: int) -> int:
        """Count the sessions of a round with a set of offers."""
        return len(self._day.rounds[round_].sessions) + held.bit_count()

    def codes(self, round_: int, sets: Sequence[int]) -> Ints:
        """Return ``codes[session, set]`` of a round, of sets of as many offers."""
        settled = [self.crowd.number[session.code] for session in self._day.rounds[round_].sessions]
        rows = [[*settled, *(self._offers[offer] for offer in bits_of(held))] for held in sets]
        return np.array(rows, dtype=np.int64).T

    def rooms(self, round_: int) -> Rooms:
        here, free = self._day.rounds[round_], self._day.free_rooms[round_]
        most = np.zeros(len(self.crowd.codes), dtype=np.float32)
        settled = np.full(len(most), -1, dtype=np.float32)
        rooms = [0] * len(free)
        everybody = self.crowd.people

        def has(session: Session, room: Room | None) -> None:
            code = self.crowd.number[session.code]
            if room:
                settled[code] = min(everybody, session.seats_in(room))
                return
            in_rooms = [min(everybody, session.seats_in(each)) for each in free]
            most[code] = max(in_rooms, default=0)
            rooms[:] = map(max, rooms, in_rooms)

        for session in here.sessions:
            has(session, None if session.rooms else session.room)
        for offer in self._day.offers:
            has(offer.session, offer.rooms.get(here.id))
        in_order = np.zeros(len(rooms) + len(most), dtype=np.float32)
        in_order[: len(rooms)] = sorted(rooms, reverse=True)
        return Rooms(settled=settled, most=most, rooms=in_order)

    def _price(self, round_: int, codes: Ints, rooms: Rooms, passes: int) -> Ints:
        """Find prices for sets of as many sessions, ``codes[session, set]``, and return what they prove."""
        takers = Takers(self._costs(codes), self._heads(round_, codes))
        ascent = Ascent(codes.shape)
        for _ in range(passes):
            seats = rooms.deal(codes, ascent.prices)
            paid, taken = takers.at(ascent.prices)
            value = paid - worth(ascent.prices, seats)
            if not ascent.climb(value, taken - seats):
                break
        return np.ceil(ascent.proven).astype(np.int64)

    def _costs(self, codes: Ints) -> Floats:
        """Return ``costs[session, set, row]``: how much more a place costs than the best one of a set.

        Who misses one of several equals has a step more at the least, and as many as it costs in this round,
        less one for each other round: there one of its equals may stand above it.
        """
        costs = self.places[codes]
        costs -= costs.min(axis=0)
        if len(self._tied):
            tied = costs[:, :, self._tied]
            costs[:, :, self._tied] = np.where(tied > 0, np.maximum(tied - self._other_rounds, 1), 0)
        there = self._pinned[codes]
        pins = there.sum(axis=0)
        bound = costs[:, :, self.plain :]
        bound[:, pins > 1] = 0
        bound[:] = np.where(pins == 1, np.where(there, 0, CLOSED), bound)
        return costs

    def _heads(self, round_: int, codes: Ints) -> Floats:
        """Return ``heads[set, row]``: how many take a seat; those who present or are absent do not."""
        heads = np.repeat(self.weights[None, :], codes.shape[1], axis=0)
        heads[:, self.plain :] *= ~(self._presents[codes].any(axis=0) | self._absent[round_])
        return heads
