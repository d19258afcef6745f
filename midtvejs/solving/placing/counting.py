"""All placements there are, where they are few enough to be counted: what none of them betters is proven.

Where each session is held once, a placement is a sum of rounds, and a round is a set: the best places of
everybody are looked up for each set once, and summed for each way to make a day of sets; so is what seats
cost in it at the least (priced.py). What all places together come to bounds the squares from below (of 100
regrets that come to 230 together, 30 are 3 and 70 are 2, or their squares come to more): many placements are
passed over by that alone, and nearly all others by squares that are summed up for many at once (squares.py).

Legend: see open_day.py and alone.py. ``sets`` are numbered within a round; the last round gets what is left.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations, pairwise
from math import comb, prod

import numpy as np

from midtvejs.domain.fairness import Criterion
from midtvejs.domain.planning import ORDERS, Figures
from midtvejs.solving.instance.arrays import Ints, lowest_squares
from midtvejs.solving.placing.alone import Alone, ByRounds, Places, sum_up
from midtvejs.solving.placing.open_day import OpenDay, Sets, bits_of
from midtvejs.solving.placing.priced import SetPrices
from midtvejs.solving.placing.search import OF_A_SEAT, ByWishes, Key, Seen
from midtvejs.solving.placing.squares import EXACT, Squares
from midtvejs.solving.stop import Stop

MOST_OFFERS = 20
"""With more offers than this, there are too many sets."""

TOGETHER = 2**18
"""How many regrets are looked at together."""

SMALL = 2**7
"""What fits into a byte with a sign."""

MORE = 2**32
"""A step of the highest regret outweighs so many of all together."""

FAMILIES = 32
"""So many families of placements are sifted together (squares.py)."""

FEW_PASSES, MANY_PASSES = 14, 80
"""In how many passes seats are priced in each set, and in those of the best placements."""

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
    offers = len(day.offers)
    ways = [1, *(0 for _ in day.offers)]
    alike = Counter(day.stands_for[number] for number, allowed in enumerate(day.allowed) if allowed)
    for round_, twins in alike.items():
        here = _deal_to_twins(offers, twins, most=most_in(day, round_))
        ways = [
            sum(comb(dealt, size) * here[size] * ways[dealt - size] for size in range(dealt + 1))
            for dealt in range(offers + 1)
        ]
    return ways[-1]


def _deal_to_twins(offers: int, twins: int, *, most: int) -> list[int]:
    """Count the ways to deal 0, 1, ... ``offers`` out to rounds that are alike, ``most`` to each.

    The first offer of all is in the first round, with any of the others; several rounds may be empty.
    """
    ways = [1, *(0 for _ in range(offers))]
    for _ in range(twins):
        ways = [1] + [
            sum(comb(dealt - 1, size - 1) * ways[dealt - size] for size in range(1, min(most, dealt) + 1))
            for dealt in range(1, offers + 1)
        ]
    return ways


def count_sets(day: OpenDay) -> int:
    """Return no less than how many sets of offers may be in the rounds, each offer held once.

    Rounds that are alike have the same sets.
    """
    offers = len(day.offers)
    rounds = [number for number, allowed in enumerate(day.allowed) if allowed]
    most = {number: min(most_in(day, number), offers) for number in rounds}
    return sum(
        comb(day.allowed[number].bit_count(), size)
        for number in {day.stands_for[each] for each in rounds}
        for size in range(max(0, offers - sum(most.values()) + most[number]), most[number] + 1)
    )


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
        self._judge, self._day, self._by = judge, judge.day, judge.by
        self._stop, self._keep, self._prices = stop, keep, prices
        self._number = next(
            number for number, of in enumerate(self._day.program.blocks) if of.rounds == block.rounds
        )
        self._rounds = [round_ for round_ in block.rounds if self._day.allowed[round_]]
        self._part = block
        # Who ranks everything comes first: no two of their places are ever the same.
        self._order = np.lexsort((~block.plain, ~block.strict))
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
        self._sets = self._sets_by_round()
        settled = [int(self._weights @ np.maximum(row, 0).astype(np.int64)) for row in self._rest]
        self._base = int(self._weights @ self._settled.astype(np.int64)) + sum(settled)
        pairs = self._most_pairs(len(block.rounds))
        self._base -= int(self._weights @ pairs)
        self._squares = self._squares_with(pairs)
        settled_rounds = [round_ for round_ in block.rounds if round_ not in self._rounds]
        self._settled_extra = sum(int(self._charge(round_, [0], MANY_PASSES)[0]) for round_ in settled_rounds)
        #: What each is kept by, its figures without seats, and what seats cost.
        self._kept: dict[Sets, tuple[int, Key, int]] = {}
        self._families: list[Ints] = []
        self._waiting: list[Ints] = []
        self._least = dict.fromkeys(Criterion, 2**60)
        self.exist = 0
        self._begin_with([each for each in seen if not each.short])

    def _sets_by_round(self) -> list[RoundSets]:
        """Return the sets of each round; rounds that are alike share theirs."""
        made: dict[int, RoundSets] = {}
        for round_ in self._rounds:
            kind = self._day.stands_for[round_]
            if kind not in made:
                made[kind] = self._sets_of(round_)
        return [made[self._day.stands_for[round_]] for round_ in self._rounds]

    def _begin_with(self, seen: Sequence[Seen]) -> None:
        """Keep nothing that is worse than what a search has seen."""
        self._best: Key = min((each.figures for each in seen), default=(2**60,))
        self._ceiling = 2**60
        if len(seen) >= self._keep:
            self._ceiling = sorted(map(self._scalar_of, seen))[self._keep - 1]

    def _most_pairs(self, rounds: int) -> Ints:
        """Return in how many pairs of rounds at the most each kind has places that differ."""
        unlisted = np.maximum(rounds - self._judge.alone.crowd.listed(self._number)[self._order], 0)
        return np.asarray(comb(rounds, 2) - unlisted * (unlisted - 1) // 2)

    def _squares_with(self, pairs: Ints) -> Squares | None:
        """Return what sums up the squares of all who are ``strict``: with others' they can only be more."""
        strict = slice(int(self._part.strict.sum()))
        if self._by is not Criterion.EVEN or len(self._rounds) < 2 or not len(pairs[strict]):
            return None
        fixed: Ints = np.stack([-pairs, self._settled, *self._rest]).sum(axis=0)
        places = [sets.places[:, strict] for sets in self._sets]
        return Squares(places, fixed[strict], self._weights[strict])

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
        return lowest_squares(int(self._weights.sum()), np.maximum(total, 0))

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
            self._sift()
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
        # Placements that have a set alike, or nearly, come one after the other.
        for one in open_[np.argsort(sets.low[open_], kind="stable")].tolist():
            self._choose((*chosen, one), left ^ int(sets.masks[one]))

    def _add(self, chosen: tuple[int, ...], open_: Ints, last: Ints | None) -> None:
        """Count placements, and have those looked at that may be among the best."""
        self.exist += len(open_)
        columns = [np.full(len(open_), one) for one in chosen] + [open_] + ([] if last is None else [last])
        ways = np.stack(columns)
        total, worst = (np.full(len(open_), each) for each in (self._base, 0))
        for sets, column in zip(self._sets, ways, strict=True):
            total = total + sets.sums[column]
            worst = np.maximum(worst, sets.worst[column])
        total, extra = np.maximum(total, 0), self._extras(ways)
        least = self._scalar(total, self._lowest(total), worst)
        charged = self._charged(least, total, extra)
        self._note_least(total + extra if self._prices else total, worst)
        good = (charged <= self._ceiling) | (least <= self._alone_ceiling)
        if self._squares and good.any():
            self._families.append(ways[:, good])
            if len(self._families) >= FAMILIES:
                self._sift()
        elif good.any():
            self._waiting.append(ways[:, good])
            self._look_at_waiting(all_of_them=False)

    def _sift(self) -> None:
        """Have those looked at that may be among the best by the least that squares come to."""
        if not self._squares or not self._families:
            return
        least = self._squares.least_of(self._families)
        ways = np.concatenate(self._families, axis=1)
        self._families.clear()
        good = (least + self._extras(ways) <= self._ceiling) | (least <= self._alone_ceiling)
        self._waiting.append(ways[:, good])
        self._look_at_waiting(all_of_them=False)

    def _extras(self, ways: Ints) -> Ints:
        """Return what seats cost in each of some placements."""
        extra = np.full(ways.shape[1], self._settled_extra)
        for sets, column in zip(self._sets, ways, strict=True):
            extra += sets.extra[column]
        return extra

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
        extra = self._extras(ways)
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
        # Sums that are too long for four bytes stay above all that is kept.
        each = regrets.astype(np.float32 if self._kept_below < EXACT else np.float64)
        if self._by is Criterion.EVEN:
            np.multiply(each, each, out=each)
        sums: Ints = np.rint(each @ self._weights.astype(each.dtype)).astype(np.int64)
        if self._by is Criterion.WORST:
            worst: Ints = regrets.max(axis=1, initial=0).astype(np.int64)
            return worst * MORE + sums
        return sums

    @property
    def _kept_below(self) -> int:
        """What a placement that is kept comes to at the most: a sum above it need not be exact."""
        if self._by is Criterion.WORST:
            places = sum(int(each.sums.max(initial=0)) for each in self._sets)
            return self._base + self._pairs * int(self._weights.sum()) + places
        return max(self._ceiling, self._alone_ceiling)

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
        places = np.empty((len(fitting), len(self._weights)), dtype=self._settled.dtype)
        sums, worst = (np.zeros(len(fitting), dtype=np.int64) for _ in range(2))
        for number, mask in enumerate(fitting):
            self._stop.check()
            row = self._part.best_places(round_, mask)[self._order]
            places[number] = row
            sums[number] = np.maximum(row, 0).astype(np.int64) @ self._weights
            own = self._settled + row - self._highest_of_others
            worst[number] = max(0, int(own.max(initial=0)))
        return RoundSets(
            masks=masks,
            at=at,
            # Sums of a few short lists fit into a byte: four times as many are added up at a time.
            places=places.astype(np.int8) if self._is_small(places) else places,
            sums=sums,
            worst=worst,
            extra=self._charge(round_, fitting, FEW_PASSES),
            low=np.array([next(bits_of(mask), NO_OFFER) for mask in fitting], dtype=np.int64),
        )


def _count_bits(masks: Ints, bits: int) -> Ints:
    return np.asarray(sum(masks >> bit & 1 for bit in range(bits)))
