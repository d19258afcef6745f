"""Search placements with everybody alone: start anywhere, move while that helps, and start again elsewhere.

What is lacking in seats is charged for, so that the best of them are likely to be good with seats, too; but
only seating everybody tells.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from heapq import nsmallest
from random import Random

from midtvejs.domain.fairness import Criterion
from midtvejs.domain.planning import ORDERS, Figures
from midtvejs.domain.program import Room
from midtvejs.solving.placing.alone import Alone, Measured, measure
from midtvejs.solving.placing.moves import Moves
from midtvejs.solving.placing.open_day import OpenDay, Sets
from midtvejs.solving.placing.seats import Seats
from midtvejs.solving.stop import Stop

Key = tuple[int, ...]
"""What placements are compared by: less is better."""

OF_A_SEAT = {Criterion.EVEN: 3, Criterion.TOTAL: 1, Criterion.WORST: 1}
"""What a wish without a seat is charged, in the criterion that comes first: a step down, or so."""

FRUITLESS = 30
"""After so many starts in which nothing new was seen, there is nothing left to be seen."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """A placement that was looked at. ``key`` is what the search goes by, ``figures`` are without seats."""

    sets: Sets
    key: Key
    figures: Key

    @property
    def wishes(self) -> Key:
        """What wishes and seats come to: nothing can be better where it is nothing."""
        return self.key[:-2]

    @property
    def short(self) -> int:
        """For how many there is no seat, round after round, or no way to keep a pin: then it is none."""
        return self.key[0]


@dataclass(slots=True, kw_only=True)
class Judge(ABC):
    """Compares placements; each is looked at once, whichever of its twins it is."""

    day: OpenDay
    seats: Seats
    tried: dict[Sets, Seen] = field(default_factory=dict, init=False)

    def look(self, sets: Sets) -> Seen:
        """Return what a placement comes to."""
        known = self.day.canonical(sets)
        if known not in self.tried:
            self.tried[known] = self.measure(known)
        return self.tried[known]

    @abstractmethod
    def measure(self, sets: Sets) -> Seen:
        """Find out what a placement comes to."""


@dataclass(slots=True, kw_only=True)
class ByWishes(Judge):
    """Compares placements by what everybody could have in them without seats."""

    alone: Alone
    by: Criterion
    _known: dict[tuple[int, int], int] = field(default_factory=dict, init=False)

    def measure(self, sets: Sets) -> Seen:
        found = measure(self.alone.regrets(sets), self.alone.crowd.weights)
        short = self.seats.count_short(sets) + self.day.count_pinned_away(sets)
        lacking = self._lacking(sets)
        tail = (self.day.pairs_of_tracks(sets), sum(held.bit_count() for held in sets))
        return Seen(
            sets=sets,
            key=(short, *guide(found, self.by, lacking), *tail),
            figures=figures_in_order(found, self.by),
        )

    def _lacking(self, sets: Sets) -> int:
        if self.alone.by_rounds is None:
            return self.seats.count_lacking(sets)
        return sum(self.lacking_in(round_, sets[round_]) for round_ in self.alone.by_rounds)

    def lacking_in(self, round_: int, held: int) -> int:
        """Count those for whom there is no seat in what they would like best of a round; it is kept."""
        known = (self.day.stands_for[round_], held)
        if known not in self._known:
            self._known[known] = self.seats.lacking_in(round_, held, self._wanted(round_, held))
        return self._known[known]

    def _wanted(self, round_: int, held: int) -> Counter[str]:
        """Count who would like each session best in a round; of those held several times, all who want it."""
        by_rounds = self.alone.by_rounds
        if by_rounds is None or round_ not in by_rounds:
            return self.seats.wanted
        return by_rounds[round_].wanted(round_, held)

    def rooms_in(self, round_: int, held: int) -> dict[str, Room]:
        """Return the rooms of a round's open sessions, by code: the most wanted get the largest."""
        return self.seats.rooms_in(round_, held, self._wanted(round_, held))


def figures_in_order(found: Measured, by: Criterion) -> Key:
    """Return the criteria in their order, that of ``by`` first."""
    values = {Criterion.EVEN: found.even, Criterion.WORST: found.worst, Criterion.TOTAL: found.total}
    return tuple(values[criterion] for criterion in ORDERS[by])


def guide(found: Measured, by: Criterion, lacking: int) -> Key:
    """Return what leads a search to the least. The highest regret alone leads nowhere: most moves keep it."""
    charge = OF_A_SEAT[by] * lacking
    if by is Criterion.WORST:
        return (found.worst, found.at_worst, found.total + charge, found.even)
    first, *rest = figures_in_order(found, by)
    return (first + charge, *rest)


NOTHING_BEYOND = (2**60,)
"""What no placement is below, where all that there are have a floor."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Walked:
    """What a search has seen: the best ones first, and how many in all.

    ``one_by_one``: all that there are, each by itself.

    ``alone`` are the best figures without seats, the best of all where it was counted how many placements
    ``exist``. Then ``floors`` are what placements come to with seats at the least; no other is below
    ``beyond``, as far as that goes, and none has less than ``least`` in a criterion.
    """

    best: tuple[Seen, ...]
    tried: int
    alone: Key
    exist: int | None = None
    one_by_one: bool = False
    floors: Mapping[Sets, Key] = field(default_factory=dict)
    beyond: Key = ()
    least: Figures = field(default_factory=dict)


def search(
    judge: Judge,
    start: Sets,
    *,
    most: int,
    shortlist: int,
    seed: int,
    stop: Stop,
    watch: Callable[[int, Seen], None],
) -> Walked:
    """Look at ``most`` placements, or at fewer where there are no more, and return a shortlist."""
    moves = Moves(judge.day, Random(seed))  # noqa: S311 - nobody is to be kept from guessing it
    best = here = _descend(judge, moves, judge.look(start), most, stop)
    fruitless = 0
    while any(best.wishes) and len(judge.tried) < most and fruitless < FRUITLESS and not stop.asked:
        before = len(judge.tried)
        here = _descend(judge, moves, here, most, stop)
        if here.key < best.key:
            best = here
            watch(len(judge.tried), best)
        fruitless = 0 if len(judge.tried) > before else fruitless + 1
        away = sum(held.bit_count() for held in here.sets)
        here = judge.look(moves.walk(start if fruitless % 2 else here.sets, 1 + away))
    return best_of(judge, shortlist)


def best_of(judge: Judge, shortlist: int, *, exist: int | None = None, one_by_one: bool = False) -> Walked:
    """Return the best of what was looked at."""
    lawful = [seen for seen in judge.tried.values() if not seen.short] or [*judge.tried.values()]
    return Walked(
        best=tuple(nsmallest(shortlist, lawful, key=lambda seen: (seen.key, seen.sets))),
        tried=len(judge.tried),
        alone=min(seen.figures for seen in lawful),
        exist=exist,
        one_by_one=one_by_one,
        floors={seen.sets: seen.figures for seen in lawful if not seen.short} if one_by_one else {},
        beyond=NOTHING_BEYOND if one_by_one else (),
    )


def _descend(judge: Judge, moves: Moves, here: Seen, most: int, stop: Stop) -> Seen:
    """Take the first move that helps, again and again, until none does."""
    better = True
    while better:
        better = False
        for sets in moves.neighbours(here.sets):
            if len(judge.tried) >= most or stop.asked:
                return here
            seen = judge.look(sets)
            if seen.key < here.key:
                here, better = seen, True
                break
    return here
