"""Seat everybody at once, round after round: nearly as fair as can be, in a fiftieth of the time.

It tells which placements are worth being seated in as fairly as can be. The most wanted sessions get the
largest rooms.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import takewhile
from random import Random

from midtvejs.domain.fairness import Criterion
from midtvejs.domain.offers import place
from midtvejs.domain.participants import Participant
from midtvejs.domain.planning import ORDERS
from midtvejs.domain.program import Program
from midtvejs.solving.instance.case import case_of
from midtvejs.solving.instance.count import count_choices
from midtvejs.solving.instance.crowd import aggregate_case
from midtvejs.solving.placing.moves import Moves
from midtvejs.solving.placing.open_day import Sets
from midtvejs.solving.placing.search import ByWishes, Key, Seen, Walked
from midtvejs.solving.prices.start import reseat, seat_quickly
from midtvejs.solving.stop import Stop

NOWHERE = 2**60
"""Figures of a placement in which nobody was seated: that does not say that nobody can be."""


def place_with_rooms(judge: ByWishes, seen: Seen) -> Program:
    """Return the program of a placement, the most wanted sessions in the largest rooms."""
    program = place(judge.day.program, judge.day.placement(seen.sets))
    return program.with_rooms(
        {
            program.keys[round_][code]: room
            for round_, held in enumerate(seen.sets)
            for code, room in judge.rooms_in(round_, held).items()
        }
    )


@dataclass(slots=True, kw_only=True)
class Rough:
    """Placements in which everybody was seated at once, by their figures; each is seated once."""

    judge: ByWishes
    people: Sequence[Participant]
    stop: Stop
    known: dict[Sets, Key] = field(default_factory=dict)

    def figures(self, seen: Seen) -> Key:
        """Return what a placement comes to, if everybody is seated at once."""
        if seen.sets not in self.known:
            self.known[seen.sets] = self._seat(seen)
        return self.known[seen.sets]

    def rank(self, walked: Walked, most: int) -> list[Seen]:
        """Return the placements of a shortlist, and better ones near the best of them, as seats have them.

        Half of ``most`` are of the shortlist, the others are near. What was not seated comes last.
        """
        best = walked.best[0]
        for seen in walked.best[: (most + 1) // 2]:
            if self.known and (self.stop.asked or not any(self.figures(best))):
                break
            best = min(best, seen, key=self._rank)
        moves = Moves(self.judge.day, Random(0))  # noqa: S311 - all of them are looked at
        better: Seen | None = best
        while better and any(self.figures(better)):
            best, better = better, self._better(best, moves, most)
        seated = sorted((self.judge.look(sets) for sets in self.known), key=self._rank)
        return seated + [each for each in walked.best if each.sets not in self.known]

    def _better(self, best: Seen, moves: Moves, most: int) -> Seen | None:
        """Return the first placement near the best that is better with seats; None where none is found."""
        in_time = takewhile(lambda _: not self.stop.asked, moves.neighbours(best.sets))
        near = {seen.sets: seen for seen in map(self.judge.look, in_time)}
        for seen in sorted(near.values(), key=lambda seen: (seen.key, seen.sets)):
            if len(self.known) >= most or self.stop.asked:
                break
            # With seats, nobody is better off than alone.
            if seen.figures < self.figures(best) and self._rank(seen) < self._rank(best):
                return seen
        return None

    def _rank(self, seen: Seen) -> tuple[Key, Key, Sets]:
        return self.figures(seen), seen.key, seen.sets

    def _seat(self, seen: Seen) -> Key:
        order = ORDERS[self.judge.by]
        if seen.short:
            return (NOWHERE,) * len(order)
        aggregate = aggregate_case(case_of(place_with_rooms(self.judge, seen), self.people))
        lead = Criterion.EVEN if self.judge.by is Criterion.EVEN else Criterion.TOTAL
        try:
            choices = seat_quickly(aggregate, lead, stop=self.stop)
        except ValueError:
            return (NOWHERE,) * len(order)
        sums = count_choices(aggregate, choices).sums
        while self.judge.by is Criterion.WORST and not self.stop.asked:
            limit = sums[Criterion.WORST] - 1
            fewer = count_choices(aggregate, reseat(aggregate, choices, lead, limit=limit, stop=self.stop))
            if limit < 0 or fewer.sums[Criterion.WORST] > limit or (fewer.taken > aggregate.seats).any():
                break
            sums = fewer.sums
        return tuple(sums[criterion] for criterion in order)
