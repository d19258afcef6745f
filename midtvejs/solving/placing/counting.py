"""All placements there are, where they are few enough to be counted: what none of them betters is proven.

Where each session is held once, a placement is a sum of rounds, and a round is a set: the best places of
everybody are looked up for each set once, and summed for each way to make a day of sets; so is what seats
cost in it at the least (priced.py). What all places together come to bounds the squares from below (of 100
regrets that come to 230 together, 30 are 3 and 70 are 2, or their squares come to more): most placements are
passed over by that alone.

Legend: see open_day.py and alone.py. ``sets`` are numbered within a round; the last round gets what is left.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations, pairwise
from math import comb, factorial, prod

import numpy as np

from midtvejs.domain.fairness import Criterion
from midtvejs.domain.planning import ORDERS, Figures
from midtvejs.solving.instance.arrays import Ints
from midtvejs.solving.placing.alone import Alone, ByRounds, Places, sum_up
from midtvejs.solving.placing.open_day import OpenDay, Sets, bits_of
from midtvejs.solving.placing.priced import SetPrices
from midtvejs.solving.placing.search import OF_A_SEAT, ByWishes, Key, Seen
from midtvejs.solving.stop import Stop

MOST_OFFERS = 20
"""With more offers than this, there are too many sets."""

TOGETHER = 2**18
"""How many regrets are looked at together."""

SMALL = 2**7
"""What fits into a byte with a sign."""

MORE = 2**32
"""A step of the highest regret outweighs so many of all together."""

FEW_PASSES, MANY_PASSES = 14, 80
"""In how many passes seats are priced in each set, and in those of the best placements."""

MOST_SUMS = 2**22
"""Squares are bounded by so high a sum of regrets, and above that as if it were no higher."""

NO_OFFER = 10**9
"""Where a set has no first offer."""


def count_roughly(day: OpenDay) -> int:
    """Return no less than how many placements there are, twins counted as often as they are."""
    return prod(
        sum(
            comb(sum(allowed >> number & 1 for allowed in day.allowed), times)
            for times in range(offer.fewest, offer.most + 1)
        )
        for number, offer in enumerate(day.offers)
    )


def most_in(day: OpenDay, round_: int) -> int:
    """Return no less than how many offers fit in a round: those with a room of their own need none of it."""
    return max(0, day.capacity[round_] + day.count_elsewhere(round_))


def count_held_once(day: OpenDay) -> int:
    """Return no less than how many placements there are with each offer held once, twins counted once.

    That is how many ways there are to deal the offers out to rounds that have room for so many.
    """
    ways = [1, *(0 for _ in day.offers)]
    for number, allowed in enumerate(day.allowed):
        most = most_in(day, number) if allowed else 0
        ways = [
            sum(comb(dealt, here) * ways[dealt - here] for here in range(min(most, dealt) + 1))
            for dealt in range(len(ways))
        ]
    return -(-ways[-1] // prod(factorial(len(twins)) for twins in day.twins))


def look_at_all(judge: ByWishes, stop: Stop) -> int | None:
    """Look at every placement one by one, and return in how many there are seats for everybody.

    None where stopping was asked for before all were looked at.
    """
    for sets in _all_placements(judge.day):
        if stop.asked:
            return None
        judge.look(sets)
    return sum(not seen.short for seen in judge.tried.values())


def _all_placements(day: OpenDay) -> Iterator[Sets]:
    def add(number: int, sets: Sets) -> Iterator[Sets]:
        if number == len(day.offers):
            yield sets
            return
        offer = day.offers[number]
        rounds = [round_ for round_, allowed in enumerate(day.allowed) if allowed >> number & 1]
        for times in range(offer.fewest, offer.most + 1):
            for chosen in combinations(rounds, times):
                held = tuple(
                    here | 1 << number if round_ in chosen else here for round_, here in enumerate(sets)
                )
                if all(day.fits(round_, held[round_]) for round_ in chosen):
                    yield from add(number + 1, held)

    return add(0, (0,) * len(day.rounds))


def block_to_count(alone: Alone) -> ByRounds | None:
    """Return the block in which each session is held once, if all offers are in one; None otherwise."""
    part, *others = alone.parts.values()
    few = len(alone.day.offers) <= MOST_OFFERS
    return part if isinstance(part, ByRounds) and few and not others else None


@dataclass(frozen=True, slots=True, kw_only=True)
class RoundSets:
    """The sets that may be held in a round: ``masks``, rising; ``at[mask]`` is the number of each, or -1.

    ``places[set, kind]`` are everybody's best, ``sums`` what they come to, and ``worst`` is a regret that
    anyone has at the least. ``extra`` is how many steps seats cost at the least, or what is charged for those
    who find no seat in what they would like best of the round. ``low`` is the first offer of each.
    """

    masks: Ints
    at: Ints
    places: Places
    sums: Ints
    worst: Ints
    extra: Ints
    low: Ints


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """A placement that was kept: its ``figures`` without seats, and their ``floor`` with seats."""

    sets: Sets
    figures: Key
    floor: Key


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """What was counted: ``alone`` are the best figures of all without seats, ``kept`` the best placements.

    With prices, no other placement has figures below ``beyond``, as far as it goes, and none has less than
    ``least`` in a criterion.
    """

    exist: int
    alone: Key
    kept: tuple[Kept, ...]
    beyond: Key
    least: Figures


class Counting:
    """Counts all placements of a block, and keeps the best of them.

    Without ``prices``, seats are charged for as a search does it, and that proves nothing.
    """

    def __init__(
        self,
        judge: ByWishes,
        block: ByRounds,
        *,
        seen: Sequence[Seen],
        keep: int,
        stop: Stop,
        prices: SetPrices | None = None,
    ) -> None:
        self._judge = judge
        self._day = judge.day
        self._by = judge.by
        self._stop = stop
        self._keep = keep
        self._prices = prices
        self._number = next(
            number for number, of in enumerate(self._day.program.blocks) if of.rounds == block.rounds
        )
        self._rounds = [round_ for round_ in block.rounds if self._day.allowed[round_]]
        self._part = block
        # Who ranks everything comes first: no two of their places are ever the same.
        self._order = np.argsort(~block.plain, kind="stable")
        self._plain = int(block.plain.sum())
        self._weights = judge.alone.crowd.weights[self._order]
        self._settled = judge.alone.settled[self._order]
        self._rest = [
            block.row(round_, 0)[self._order] for round_ in block.rounds if round_ not in self._rounds
        ]
        self._pairs = comb(len(block.rounds), 2)
        self._highest_of_others = len(block.rounds) - 1
        twins = {one: other for of in self._day.twins for other, one in pairwise(of)}
        self._after = [
            self._rounds.index(twins[round_]) if round_ in twins else None for round_ in self._rounds
        ]
        made: dict[int, RoundSets] = {}
        for round_ in self._rounds:
            kind = self._day.stands_for[round_]
            if kind not in made:
                made[kind] = self._sets_of(round_)
        self._sets = [made[self._day.stands_for[round_]] for round_ in self._rounds]
        settled = [int(self._weights @ np.maximum(row, 0).astype(np.int64)) for row in self._rest]
        self._base = int(self._weights @ self._settled.astype(np.int64)) + sum(settled)
        self._base -= self._most_pairs(len(block.rounds))
        most = self._base + sum(int(each.sums.max(initial=0)) for each in self._sets)
        self._squares = lowest_squares(self._weights, min(MOST_SUMS, max(0, 2 * most)))
        settled_rounds = [round_ for round_ in block.rounds if round_ not in self._rounds]
        self._settled_extra = sum(int(self._charge(round_, [0], MANY_PASSES)[0]) for round_ in settled_rounds)
        #: What each is kept by, its figures without seats, and what seats cost.
        self._kept: dict[Sets, tuple[int, Key, int]] = {}
        self._waiting: list[Ints] = []
        lawful = [each for each in seen if not each.short]
        self._best: Key = min((each.figures for each in lawful), default=(2**60,))
        self._ceiling = 2**60
        if len(lawful) >= keep:
            self._ceiling = sorted(map(self._scalar_of, lawful))[keep - 1]
        self._least = dict.fromkeys(Criterion, 2**60)
        self.exist = 0

    def _most_pairs(self, rounds: int) -> int:
        """Return in how many pairs of rounds at the most people have places that differ, all together."""
        listed = self._judge.alone.crowd.listed(self._number)[self._order]
        unlisted = np.maximum(rounds - listed, 0)
        pairs = comb(rounds, 2) - unlisted * (unlisted - 1) // 2
        return int(self._weights @ pairs)

    def _scalar_of(self, seen: Seen) -> int:
        """Return what a placement is kept by."""
        figures = dict(zip(ORDERS[self._by], seen.figures, strict=True))
        extra = self._extra_of(seen.sets)
        if self._by is Criterion.WORST:
            return figures[Criterion.WORST] * MORE + figures[Criterion.TOTAL] + extra
        return self._floor(seen.figures, extra)[0]

    def _extra_of(self, sets: Sets) -> int:
        return self._settled_extra + sum(
            int(of_round.extra[of_round.at[sets[round_]]])
            for round_, of_round in zip(self._rounds, self._sets, strict=True)
        )

    def _floor(self, figures: Key, extra: int) -> Key:
        """Return what figures are at the least with seats. A step more is no less than one in the squares."""
        without = dict(zip(ORDERS[self._by], figures, strict=True))
        total = without[Criterion.TOTAL] + extra
        with_seats = {
            Criterion.TOTAL: total,
            Criterion.WORST: without[Criterion.WORST],
            Criterion.EVEN: max(without[Criterion.EVEN] + extra, int(self._lowest(np.array(total)))),
        }
        return tuple(with_seats[criterion] for criterion in ORDERS[self._by])

    def _lowest(self, total: Ints) -> Ints:
        """Return what squares come to at the least, by what regrets come to."""
        return np.asarray(self._squares[np.clip(total, 0, len(self._squares) - 1)])

    def count(self) -> Counted:
        """Count all placements.

        Raises:
            OutOfTime: stopping was asked for before all were counted.
        """
        everything = (1 << len(self._day.offers)) - 1
        if not any(
            self._judge.seats.short_in(round_, 0)
            for round_ in range(len(self._day.rounds))
            if round_ not in self._rounds
        ):
            self._choose((), everything)
            self._look_at_waiting(all_of_them=True)
        order = self._in_order()
        scalar = self._ceiling + 1
        if len(order) >= self._keep:
            scalar = self._kept[order[self._keep - 1]][0]
        return Counted(
            exist=self.exist,
            alone=self._best,
            kept=tuple(self._finish(order[: self._keep])),
            beyond=divmod(scalar, MORE) if self._by is Criterion.WORST else (scalar,),
            least={criterion: self._least[criterion] for criterion in ORDERS[self._by]},
        )

    def _finish(self, order: Sequence[Sets]) -> list[Kept]:
        """Return placements with their floors, the most promising first."""
        found: list[tuple[Key, Kept]] = []
        for sets, extra in zip(order, self._proven_extras(order), strict=True):
            scalar, figures, _ = self._kept[sets]
            kept = Kept(sets=sets, figures=figures, floor=self._floor(figures, extra))
            if not self._prices:
                promise: Key = (scalar,)
            elif self._by is Criterion.EVEN:
                # A step more costs several in the squares of those who have some already.
                promise = (figures[0] + OF_A_SEAT[self._by] * extra, *figures[1:])
            else:
                promise = kept.floor
            found.append((promise, kept))
        found.sort(key=lambda each: (each[0], self._judge.look(each[1].sets).key, each[1].sets))
        return [kept for _, kept in found]

    def _proven_extras(self, placements: Sequence[Sets]) -> list[int]:
        """Return what seats cost in some placements, as far as more passes prove it."""
        extras = [self._kept[sets][2] for sets in placements]
        by_kind: dict[int, list[int]] = defaultdict(list)
        for round_ in self._rounds if self._prices else ():
            by_kind[self._day.stands_for[round_]].append(round_)
        for kind, rounds in by_kind.items():
            of_kind = self._sets[self._rounds.index(kind)]
            held = sorted({sets[round_] for sets in placements for round_ in rounds})
            known = of_kind.extra[of_kind.at[held]]
            more = np.maximum(self._charge(kind, held, MANY_PASSES) - known, 0).tolist()
            by_set = dict(zip(held, more, strict=True))
            for number, sets in enumerate(placements):
                extras[number] += sum(by_set[sets[round_]] for round_ in rounds)
        return extras

    def _charge(self, round_: int, sets: Sequence[int], passes: int) -> Ints:
        """Return what seats cost in a round with each of some sets, proven in so many passes or fewer."""
        if self._prices:
            return self._prices.extras(round_, sets, passes)
        lacking = [self._judge.lacking_in(round_, held) for held in sets]
        return OF_A_SEAT[self._by] * np.array(lacking, dtype=np.int64)

    def _choose(self, chosen: tuple[int, ...], left: int) -> None:
        """Choose a set for the next round, and for the last two at once."""
        self._stop.check()
        number = len(chosen)
        sets = self._sets[number]
        if number == len(self._rounds) - 1:
            last = sets.at[left]
            if last >= 0:
                self._add(chosen, np.array([last]), None)
            return
        open_ = np.flatnonzero((sets.masks & ~left) == 0)
        if (before := self._after[number]) is not None:
            low = self._sets[before].low[chosen[before]]
            open_ = open_[sets.low[open_] >= low]  # they are the same where both are empty
        if number == len(self._rounds) - 2:
            last = self._sets[-1].at[left ^ sets.masks[open_]]
            there = last >= 0
            open_, last = open_[there], last[there]
            if (before := self._after[-1]) is not None:
                low = sets.low[open_] if before == number else self._sets[before].low[chosen[before]]
                there = self._sets[-1].low[last] >= low
                open_, last = open_[there], last[there]
            self._add(chosen, open_, last)
            return
        for one in open_.tolist():
            self._choose((*chosen, one), left ^ int(sets.masks[one]))

    def _add(self, chosen: tuple[int, ...], open_: Ints, last: Ints | None) -> None:
        """Count placements, and have those looked at that may be among the best."""
        self.exist += len(open_)
        columns = [np.full(len(open_), one) for one in chosen] + [open_] + ([] if last is None else [last])
        ways = np.stack(columns)
        total, extra, worst = (np.full(len(open_), each) for each in (self._base, self._settled_extra, 0))
        for sets, column in zip(self._sets, ways, strict=True):
            total = total + sets.sums[column]
            extra = extra + sets.extra[column]
            worst = np.maximum(worst, sets.worst[column])
        total = np.maximum(total, 0)
        least = self._scalar(total, self._lowest(total), worst)
        charged = self._charged(least, total, extra)
        self._note_least(total + extra if self._prices else total, worst)
        good = (charged <= self._ceiling) | (least <= self._alone_ceiling)
        if good.any():
            self._waiting.append(ways[:, good])
            self._look_at_waiting(all_of_them=False)

    def _charged(self, least: Ints, total: Ints, extra: Ints) -> Ints:
        """Add what seats cost to what placements are kept by: a step is no less than one in the squares."""
        if self._by is Criterion.EVEN and self._prices:
            least = np.maximum(least, self._lowest(total + extra) - extra)
        return least + extra

    def _note_least(self, total: Ints, worst: Ints) -> None:
        """Remember the least of each criterion in any placement."""
        if len(total):
            at_least = int(total.min())
            found = {
                Criterion.TOTAL: at_least,
                Criterion.EVEN: int(self._lowest(np.array(at_least))),
                Criterion.WORST: int(worst.min()),
            }
            self._least = {each: min(value, self._least[each]) for each, value in found.items()}

    @property
    def _alone_ceiling(self) -> int:
        """What a placement has to come to without seats, to be as good as the best."""
        first, *rest = self._best
        return first * MORE + (rest[0] if rest else 0) if self._by is Criterion.WORST else first

    def _scalar(self, total: Ints, even: Ints, worst: Ints) -> Ints:
        if self._by is Criterion.WORST:
            return np.asarray(worst * MORE + total)
        return even if self._by is Criterion.EVEN else total

    def _look_at_waiting(self, *, all_of_them: bool) -> None:
        most = max(1, TOGETHER // max(1, len(self._weights)))
        if not self._waiting or (not all_of_them and sum(each.shape[1] for each in self._waiting) < most):
            return
        ways = np.concatenate(self._waiting, axis=1)
        self._waiting.clear()
        for start in range(0, ways.shape[1], most):
            self._look_at(ways[:, start : start + most])

    def _look_at(self, ways: Ints) -> None:
        """Measure placements without seats, and keep the best."""
        extra = np.full(ways.shape[1], self._settled_extra)
        for sets, column in zip(self._sets, ways, strict=True):
            extra += sets.extra[column]
        regrets = self._regrets(ways)
        first = self._first(regrets)
        good = np.flatnonzero((first + extra <= self._ceiling) | (first <= self._alone_ceiling))
        if not len(good):
            return
        wide = regrets[good].astype(np.int64)
        values = {
            Criterion.EVEN: (wide * wide) @ self._weights,
            Criterion.WORST: wide.max(axis=1, initial=0),
            Criterion.TOTAL: wide @ self._weights,
        }
        figures = np.stack([values[criterion] for criterion in ORDERS[self._by]])
        self._best = min(self._best, tuple(figures[:, np.lexsort(figures[::-1])[0]].tolist()))
        scalar = self._charged(first[good], values[Criterion.TOTAL], extra[good])
        self._keep_best(ways[:, good], scalar, extra[good], figures)

    def _regrets(self, ways: Ints) -> Places:
        """Return everybody's regrets in each of some placements."""
        rows = [sets.places[column] for sets, column in zip(self._sets, ways, strict=True)]
        # One round may have places that fit into bytes, and the next one others.
        regrets: Places = rows[0][:, : self._plain].astype(np.result_type(*rows))
        for row in rows[1:]:
            regrets += row[:, : self._plain]
        for row in self._rest:
            regrets += row[: self._plain]
        # Of all who rank everything, no two places are the same.
        regrets += self._settled[: self._plain] - regrets.dtype.type(self._pairs)
        others = [row[:, self._plain :] for row in rows]
        others += [np.broadcast_to(row[self._plain :], others[0].shape) for row in self._rest]
        return np.hstack([regrets, sum_up(others) + self._settled[self._plain :]])

    def _first(self, regrets: Places) -> Ints:
        """Return what placements are kept by."""
        if self._by is Criterion.WORST:
            total = regrets.astype(np.float32) @ self._weights.astype(np.float32)
            worst: Ints = regrets.max(axis=1, initial=0).astype(np.int64)
            return worst * MORE + total.astype(np.int64)
        # Whole numbers below 2**24 are exact in these, and others no candidates.
        each = regrets.astype(np.float32)
        if self._by is Criterion.EVEN:
            np.multiply(each, each, out=each)
        sums: Ints = np.rint(each @ self._weights.astype(np.float32)).astype(np.int64)
        return sums

    def _keep_best(self, ways: Ints, scalar: Ints, extra: Ints, figures: Ints) -> None:
        good = np.flatnonzero(scalar <= self._ceiling)
        good = good[np.argsort(scalar[good], kind="stable")][: 2 * self._keep]
        for way in good.tolist():
            self._kept[self._sets_at(ways[:, way])] = (
                int(scalar[way]),
                tuple(figures[:, way].tolist()),
                int(extra[way]),
            )
        if len(self._kept) > 4 * self._keep:
            order = self._in_order()[: self._keep]
            self._kept = {sets: self._kept[sets] for sets in order}
            self._ceiling = min(self._ceiling, self._kept[order[-1]][0])

    def _in_order(self) -> list[Sets]:
        return sorted(self._kept, key=lambda sets: (self._kept[sets], sets))

    def _is_small(self, places: Places) -> bool:
        settled = sum(int(row.max(initial=0)) for row in (self._settled, *self._rest))
        return int(places.max(initial=0)) * len(self._rounds) + settled < SMALL

    def _sets_at(self, way: Ints) -> Sets:
        found = [0] * len(self._day.rounds)
        for round_, sets, number in zip(self._rounds, self._sets, way.tolist(), strict=True):
            found[round_] = int(sets.masks[number])
        return tuple(found)

    def _sets_of(self, round_: int) -> RoundSets:
        offers = len(self._day.offers)
        others = sum(most_in(self._day, other) for other in self._rounds if other != round_)
        masks = np.arange(2**offers, dtype=np.int64)
        counts = np.bitwise_count(masks) if hasattr(np, "bitwise_count") else _count_bits(masks, offers)
        masks = masks[(counts <= most_in(self._day, round_)) & (counts >= offers - others)]
        masks = masks[(masks & ~self._day.allowed[round_]) == 0]
        fitting = [
            mask
            for mask in masks.tolist()
            if self._day.fits(round_, mask) and not self._judge.seats.short_in(round_, mask)
        ]
        masks = np.array(fitting, dtype=np.int64)
        at = np.full(2**offers, -1, dtype=np.int64)
        at[masks] = np.arange(len(masks))
        places = np.array([self._part.best_places(round_, mask)[self._order] for mask in fitting])
        places = places.reshape(len(fitting), len(self._weights)).astype(np.int16)
        wide = np.maximum(places, 0).astype(np.int64)
        own = self._settled + places - self._highest_of_others
        return RoundSets(
            masks=masks,
            at=at,
            # Sums of a few short lists fit into a byte: four times as many are added up at a time.
            places=places.astype(np.int8) if self._is_small(places) else places,
            sums=wide @ self._weights,
            worst=np.maximum(0, own.max(axis=1, initial=0)).astype(np.int64),
            extra=self._charge(round_, fitting, FEW_PASSES),
            low=np.array([next(bits_of(mask), NO_OFFER) for mask in fitting], dtype=np.int64),
        )


def _count_bits(masks: Ints, bits: int) -> Ints:
    return np.asarray(sum(masks >> bit & 1 for bit in range(bits)))


def lowest_squares(weights: Ints, most: int) -> Ints:
    """Return what the squares of regrets come to at the least, for each sum of them up to ``most``."""
    people = max(1, int(weights.sum()))
    sums = np.arange(most + 1, dtype=np.int64)
    each, more = np.divmod(sums, people)
    return np.asarray(more * (each + 1) ** 2 + (people - more) * each**2)
