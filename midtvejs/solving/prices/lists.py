"""The cheapest days of lists over several rounds: a table over the rounds filled and the steps so far.

Go down a list, wish by wish: each is skipped, or fills a round in which it is held and that is still free.
The steps of a wish are how many stand above it, less those of them that were taken: known when it is reached.
So whoever has filled the same rounds with as many steps at the same place of the list can go on alike, and
only the cheapest of them has to be remembered (Bellman 1957, "Dynamic programming"). What is left free at the
end of the list is filled with sessions that are not on it, the cheapest together; all of these have the same
steps, as many as there are wishes missed.

Legend, with a pencil: "A > B", two rounds, and A, B and C in both; A costs 5 in round 1 and 0 in round 2, the
others nothing. After A: nothing filled (0), round 1 filled (5), round 2 filled (0), all without steps. After
B: rounds 1 and 2 filled by B in 1 and A in 2 (0), again without steps: that is the cheapest day.

    place       of the list: 0 is A
    state       rounds filled, and by how many sessions
    table       table[state][level, row]: the cheapest way to get there
    ending      a state, and how the rest of the rounds is filled
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from midtvejs.domain.fairness import OVER_SEATS, Criterion, Seat
from midtvejs.solving.instance.arrays import Flags, Index, Ints, Marks
from midtvejs.solving.instance.case import MOVED, OWN, facts_of
from midtvejs.solving.instance.listed import ListGroup, ListLeaf, State

if TYPE_CHECKING:
    from midtvejs.solving.instance.count import Tally

NEVER = 2**52
"""Dearer than anything, and small enough that some of them can be summed."""

Choices = NDArray[np.int8]
"""Which of a group's masks was taken, -1 for none."""

EMPTY = (0, 0)


@dataclass(frozen=True, kw_only=True)
class Costs:
    """What the seats of a list cost: ``sittings`` by number, NEVER at the end, and a unit of each criterion.

    ``levels`` are those of a day's steps; they are not told apart unless ``by_level``.
    """

    sittings: Ints
    weights: Mapping[Criterion, int]
    levels: int
    by_level: bool

    def of_seat(self, seat: Seat) -> int:
        """Return what the criteria charge for a seat."""
        return sum(
            self.weights[criterion] * amount(seat)
            for criterion, amount in OVER_SEATS.items()
            if self.weights[criterion]
        )

    @cached_property
    def of_marks(self) -> Ints | None:
        """What a seat costs more by its marks; None where they cost nothing."""
        seats = [Seat(steps=0, listed=0, **facts_of(marks)) for marks in range(OWN + MOVED + 1)]
        costs = np.array([self.of_seat(seat) for seat in seats], dtype=np.int64)
        return costs - costs[0] if (costs != costs[0]).any() else None

    def of_taking(self, sittings: Index, marks: Marks) -> Ints:
        """Return what sittings cost, with the marks that their seats have."""
        costs = self.sittings[sittings]
        return costs if self.of_marks is None else costs + self.of_marks[marks]

    def of_wish(self, listed: int, rounds: int, place: int, taken: int) -> int:
        """Return what a wish costs after so many were taken, beside its sitting."""
        known = listed, rounds, place, taken
        if known not in self._wishes:
            seat = Seat(steps=place - taken, listed=listed, place=place, rounds=rounds)
            self._wishes[known] = self.of_seat(seat)
        return self._wishes[known]

    def of_rest(self, listed: int, rounds: int, taken: int, others: int) -> tuple[int, int]:
        """Return the steps of so many sessions that are not listed, and their cost beside their sittings."""
        known = listed, rounds, taken, others
        if known not in self._rests:
            steps = listed - taken
            seats = (
                Seat(steps=steps, listed=listed, place=listed, rounds=rounds, spare=number < rounds - listed)
                for number in range(others)
            )
            self._rests[known] = steps * others * self.by_level, sum(map(self.of_seat, seats))
        return self._rests[known]

    @cached_property
    def _wishes(self) -> dict[tuple[int, int, int, int], int]:
        return {}

    @cached_property
    def _rests(self) -> dict[tuple[int, int, int, int], tuple[int, int]]:
        return {}


class Table:
    """The cheapest days of a group of rows; with ``keep``, all that led to them as well."""

    def __init__(self, group: ListGroup, costs: Costs, *, keep: bool = False) -> None:
        self.group = group
        self.costs = costs
        self.number = group.number
        self.places = self._places()
        # Beyond these places, a wish is out of reach; what is pinned is not.
        if group.pinned[self.places :].any():
            self.places = group.listed
        self.endings = list(self._endings())
        self.taken: list[Choices] = []
        self.filled: list[Choices] = []
        self.history: list[Ints] = []
        self.fill_history: list[Ints] = []
        table = self._go_down(keep=keep)
        filling = self._fill(keep=keep) if any(fill != EMPTY for _, fill in self.endings) else None
        self.best, self.ending = self._end(table, filling)

    def _places(self) -> int:
        """Return how many places can be reached."""
        group, costs = self.group, self.costs
        return min(group.listed, costs.levels - 1 + group.rounds) if costs.by_level else group.listed

    def base(self, place: int, taken: int) -> int:
        """Return what the wish at a place costs after so many were taken, beside its sitting."""
        return self.costs.of_wish(self.group.listed, self.group.rounds, place, taken)

    def rest(self, state: State, fill: State) -> tuple[int, int]:
        """Return the steps of the sessions that fill up a state, and what they cost beside their sittings."""
        return self.costs.of_rest(self.group.listed, self.group.rounds, state[1], fill[1])

    def steps(self, place: int, taken: int) -> int:
        return place - taken if self.costs.by_level else 0

    def _endings(self) -> Iterator[tuple[State, State]]:
        """Return each state with what can fill the rest, as far as steps allow."""
        reachable = [state for state in self.group.states if state[1] <= self.group.listed]
        for state in reachable:
            for fill in self.group.states:
                if state[0] | fill[0] == self.group.free and not state[0] & fill[0]:
                    steps, _ = self.rest(state, fill)
                    if steps < self.costs.levels:
                        yield state, fill

    def _go_down(self, *, keep: bool) -> Ints:
        group, levels = self.group, self.costs.levels
        table = np.full((len(group.states), levels, len(group.rows)), NEVER, dtype=np.int64)
        table[self.number[EMPTY], 0] = 0
        for place in range(self.places):
            if keep:
                self.history.append(table.copy())
            costs = self.costs.of_taking(group.sittings[place], group.marks[place])
            chosen = np.full(table.shape, -1, dtype=np.int8)
            pinned = np.flatnonzero(group.pinned[place])
            for number, moves in enumerate(group.moves):
                if len(pinned):
                    table[number][:, pinned] = NEVER
                taken = group.states[number][1] - 1
                steps = self.steps(place, taken)
                if not moves or not 0 <= steps < levels:
                    continue
                base = self.base(place, taken)
                for mask, before in moves:
                    way = table[before, : levels - steps] + (costs[mask] + base)
                    _take_cheaper(table[number, steps:], way, chosen[number, steps:], mask)
            self.taken.append(chosen)
        if keep:
            self.history.append(table)
        return table

    def _fill(self, *, keep: bool) -> Ints:
        """Return the cheapest way to fill rounds with sessions that are not listed."""
        group = self.group
        most = max(fill[1] for _, fill in self.endings)
        needed = [number for number, (_, taken) in enumerate(group.states) if taken <= most]
        table = np.full((len(group.states), len(group.rows)), NEVER, dtype=np.int64)
        table[self.number[EMPTY]] = 0
        for session in range(len(group.others)):
            if keep:
                self.fill_history.append(table.copy())
            costs = self.costs.of_taking(group.others[session], group.others_marks[session])
            chosen = np.full(table.shape, -1, dtype=np.int8)
            pinned = np.flatnonzero(group.others_pinned[session])
            for number in needed:
                if len(pinned):
                    table[number, pinned] = NEVER
                for mask, before in group.moves[number]:
                    way = table[before] + costs[mask]
                    _take_cheaper(table[number], way, chosen[number], mask)
            self.filled.append(chosen)
        if keep:
            self.fill_history.append(table)
        return table

    def _end(self, table: Ints, filling: Ints | None) -> tuple[Ints, NDArray[np.int16]]:
        levels = self.costs.levels
        best = np.full(table.shape[1:], NEVER, dtype=np.int64)
        ending = np.zeros(best.shape, dtype=np.int16)
        unfulfilled = self.group.others_pinned.any(axis=0)
        for number, (state, fill) in enumerate(self.endings):
            steps, cost = self.rest(state, fill)
            way = table[self.number[state], : levels - steps] + cost
            if fill != EMPTY and filling is not None:
                way = way + filling[self.number[fill]]
            elif unfulfilled.any():
                way = np.where(unfulfilled, NEVER, way)
            _take_cheaper(best[steps:], way, ending[steps:], number)
        return best, ending

    def retrace(self, at: Ints, levels: Ints) -> Ints:
        """Return the sittings of some days, by their rows in the group and their levels: a line for each.

        What is -1 is none; ``sittings[i, nth]``.
        """
        group = self.group
        before = group.before
        ends = self.ending[levels, at]
        states = np.array([self.number[state] for state, _ in self.endings])[ends]
        fills = np.array([self.number[fill] for _, fill in self.endings])[ends]
        levels = levels - np.array([self.rest(*ending)[0] for ending in self.endings])[ends]
        found = np.full((len(at), max(1, group.rounds)), -1, dtype=np.int64)
        nth = np.zeros(len(at), dtype=np.int64)
        for session in reversed(range(len(self.filled))):
            mask = self.filled[session][fills, at]
            taken = np.flatnonzero(mask >= 0)
            found[taken, nth[taken]] = group.others[session, mask[taken], at[taken]]
            nth[taken] += 1
            fills[taken] = before[fills[taken], mask[taken]]
        self._retrace_wishes(found, nth, at, states, levels)
        return found

    def _retrace_wishes(self, found: Ints, nth: Ints, at: Ints, states: Ints, levels: Ints) -> None:
        """Go back through the wishes from where each day stands below them."""
        group, before = self.group, self.group.before
        for place in reversed(range(self.places)):
            mask = self.taken[place][states, levels, at]
            taken = np.flatnonzero(mask >= 0)
            found[taken, nth[taken]] = group.sittings[place, mask[taken], at[taken]]
            nth[taken] += 1
            states[taken] = before[states[taken], mask[taken]]
            if self.costs.by_level:
                levels[taken] -= place - group.counts[states[taken]]


class EqualsTable(Table):
    """The cheapest days of a group of rows in which sessions are wished for equally.

    There is one more thing to remember: ``equals``, how many of those taken are equals of the next wish. None
    of these stands above it, so none of them counts as missed. With "A = B > C" and two rounds, to take B is
    no step, whether or not A was taken; to take C is 2 steps, less those of A and B that were taken.
    """

    def __init__(self, group: ListGroup, costs: Costs) -> None:
        self._begun: list[NDArray[np.int8]] = []
        self._last_equals = np.zeros(0, dtype=np.int8)
        super().__init__(group, costs)

    def _places(self) -> int:
        """Return how many places can be reached."""
        group, costs = self.group, self.costs
        if not costs.by_level or not group.listed:
            return group.listed
        within = (group.above < costs.levels - 1 + group.rounds).any(axis=1)
        return int(np.flatnonzero(within).max(initial=-1)) + 1

    def _go_down(self, *, keep: bool) -> Ints:
        if keep:
            raise ValueError("what led to days among equals is too much to be kept")
        group, levels = self.group, self.costs.levels
        table = np.full((len(group.states), group.rounds + 1, levels, len(group.rows)), NEVER, dtype=np.int64)
        table[self.number[0, 0], 0, 0] = 0
        for place in range(self.places):
            self._begin(table, place)
            costs = self.costs.of_taking(group.sittings[place], group.marks[place])
            chosen = np.full(table.shape, -1, dtype=np.int8)
            pinned = np.flatnonzero(group.pinned[place])
            for number, moves in enumerate(group.moves):
                if len(pinned):
                    table[number][:, :, pinned] = NEVER
                for above in np.unique(group.above[place]).tolist() if moves else ():
                    rows = np.flatnonzero(group.above[place] == above)
                    self._take(table[number], chosen[number], table, costs, (number, above, rows))
            self.taken.append(chosen)
        self._last_equals = table.argmin(axis=1).astype(np.int8)
        return np.asarray(table.min(axis=1))

    def _begin(self, table: Ints, place: int) -> None:
        """Where none of those taken is an equal of the wish at a place, count none."""
        rows = np.flatnonzero(self.group.above[place] == place)
        here = table[:, :, :, rows]
        begun = np.full((len(table), table.shape[2], table.shape[3]), -1, dtype=np.int8)
        begun[:, :, rows] = here.argmin(axis=1)
        self._begun.append(begun)
        least = here.min(axis=1)
        table[:, :, :, rows] = NEVER
        table[:, 0, :, rows] = least.transpose(2, 0, 1)

    def _take(
        self, cost: Ints, chosen: NDArray[np.int8], table: Ints, costs: Ints, at: tuple[int, int, Ints]
    ) -> None:
        """Take a wish that has so many strictly ``above``, for some rows, to reach a state."""
        number, above, rows = at
        levels, taken = self.costs.levels, self.group.states[number][1] - 1
        for equals in range(min(taken, self.group.rounds - 1) + 1):
            steps = self.steps(above, taken - equals)
            if not 0 <= steps < levels:
                continue
            base = self.base(above, taken - equals)
            here, mine = cost[equals + 1, steps:][:, rows], chosen[equals + 1, steps:][:, rows]
            for mask, before in self.group.moves[number]:
                way = table[before, equals, : levels - steps][:, rows] + (costs[mask][rows] + base)
                _take_cheaper(here, way, mine, mask)
            cost[equals + 1, steps:, rows] = here.T
            chosen[equals + 1, steps:, rows] = mine.T

    def _retrace_wishes(self, found: Ints, nth: Ints, at: Ints, states: Ints, levels: Ints) -> None:
        group, before = self.group, self.group.before
        equals = self._last_equals[states, levels, at].astype(np.int64)
        for place in reversed(range(self.places)):
            mask = self.taken[place][states, equals, levels, at]
            taken = np.flatnonzero(mask >= 0)
            found[taken, nth[taken]] = group.sittings[place, mask[taken], at[taken]]
            nth[taken] += 1
            states[taken] = before[states[taken], mask[taken]]
            equals[taken] -= 1
            if self.costs.by_level:
                strictly = group.counts[states[taken]] - equals[taken]
                levels[taken] -= group.above[place, at[taken]] - strictly
            first = np.flatnonzero(group.above[place, at] == place)
            equals[first] = self._begun[place][states[first], levels[first], at[first]]


def _take_cheaper(cost: Ints, way: Ints, chosen: NDArray[np.int8] | NDArray[np.int16], choice: int) -> None:
    """Where a way costs less, write down what it costs, and what was chosen."""
    better = way < cost
    np.copyto(cost, way, where=better)
    np.copyto(chosen, chosen.dtype.type(choice), where=better)


@dataclass(frozen=True, slots=True, kw_only=True)
class PricedList:
    """``best[level, row]`` is what the cheapest day at that level costs."""

    leaf: ListLeaf
    best: Ints
    tables: tuple[Table, ...]

    def count(self, rows: Ints, levels: Ints, counts: Ints, tally: Tally) -> None:
        leaf = self.leaf
        chosen = np.zeros((leaf.parts[-1].round + 1, len(rows)), dtype=np.int64)
        self.retrace(rows, levels, chosen)
        for part in leaf.parts:
            use = np.bincount(chosen[part.round], weights=counts, minlength=part.sessions + 1)
            tally.taken[part.first : part.first + part.sessions] = use[:-1].astype(np.int64)
        for criterion, amounts in leaf.worth(rows, chosen)[1].items():
            tally.sums[criterion] += int((amounts * counts).sum())

    def retrace(self, rows: Ints | Index, levels: Ints, chosen: Ints) -> None:
        leaf = self.leaf
        for part in leaf.parts:
            chosen[part.round] = part.sessions
        group_of, place = leaf.where
        for number, table in enumerate(self.tables):
            here = np.flatnonzero(group_of[rows] == number)
            if len(here):
                sittings = table.retrace(place[rows[here]], levels[here])
                seat(leaf, here, sittings, chosen)


def seat(leaf: ListLeaf, columns: Ints, sittings: Ints, chosen: Ints) -> None:
    """Write sittings, a line for each of some columns of ``chosen[round, column]``, as rounds' sessions."""
    for of_all in sittings.T:
        for number, part in enumerate(leaf.parts):
            spots = np.where(of_all >= 0, leaf.spots[of_all, number], -1)
            there = np.flatnonzero(spots >= 0)
            chosen[part.round, columns[there]] = spots[there]


def price_group(group: ListGroup, costs: Costs) -> Table:
    """Find the cheapest days of a group of rows."""
    return EqualsTable(group, costs) if group.has_equals else Table(group, costs)


def price_list(leaf: ListLeaf, costs: Costs) -> PricedList:
    """Find the cheapest days of every row, at each level of steps."""
    tables = tuple(price_group(group, costs) for group in leaf.groups)
    best = np.full((costs.levels, leaf.rows), NEVER, dtype=np.int64)
    for table in tables:
        best[:, table.group.rows] = np.minimum(table.best, NEVER)
    return PricedList(leaf=leaf, best=best, tables=tables)


def sitting_prices(leaf: ListLeaf, prices: Ints) -> Ints:
    """Return the price of each sitting of a list, and NEVER behind them for what is none."""
    sittings = np.zeros(len(leaf.session_of) + 1, dtype=np.int64)
    for number, part in enumerate(leaf.parts):
        spots = leaf.spots[:, number]
        sittings[:-1] += np.where(spots >= 0, prices[part.first + spots], 0)
    sittings[-1] = NEVER
    return sittings


def rows_without_a_day(leaf: ListLeaf) -> Flags:
    """Return which rows have no day at all, whatever the seats."""
    free = Costs(
        sittings=sitting_prices(
            leaf, np.zeros(leaf.parts[-1].first + leaf.parts[-1].sessions, dtype=np.int64)
        ),
        weights=dict.fromkeys(Criterion, 0),
        levels=1,
        by_level=False,
    )
    return np.asarray(price_list(leaf, free).best[0] >= NEVER)
