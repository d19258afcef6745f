"""All days of a list over several rounds that are nearly the cheapest, found backwards through its table.

From every end of a list, go back place by place: a wish was skipped, or it was taken, and each time the table
says what it costs at the least to get there. Only ways are gone that can still end below a ceiling: so there
are no dead ends, and as many steps as there are days, times the length of a list.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np

from midtvejs.solving.instance.arrays import Flags, Ints
from midtvejs.solving.instance.listed import ListGroup, ListLeaf
from midtvejs.solving.prices.lists import NEVER, Costs, Table, price_group, seat

TOGETHER = 256
"""How many rows are looked at together: all tables that led to their days are kept."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NearDays:
    """Days of some rows: whose (``row[day]``, a number among those asked for), ``sessions[part, day]``.

    ``many`` tells which rows have more days than were asked for: none of theirs are here. ``least`` is what
    the cheapest day of a row costs.
    """

    row: Ints
    sessions: Ints
    cost: Ints
    steps: Ints
    many: Flags
    least: Ints


def least_costs(leaf: ListLeaf, costs: Costs, rows: Ints) -> Ints:
    """Return what the cheapest days of some rows cost, whatever their steps."""
    least = np.full(len(rows), NEVER, dtype=np.int64)
    for at, group in _parts_of(leaf, rows):
        least[at] = np.minimum(price_group(group, costs).best.min(axis=0), NEVER)
    return least


def days_near(
    leaf: ListLeaf, costs: Costs, of_regrets: Ints, rows: Ints, ceiling: Ints, *, most: int
) -> NearDays:
    """Find every day that costs at most ``ceiling``, with its regret; up to ``most`` for each of ``rows``."""
    many = np.zeros(len(rows), dtype=np.bool_)
    least = np.full(len(rows), NEVER, dtype=np.int64)
    found = [_Walk.nothing(leaf)]
    for at, group in _parts_of(leaf, rows):
        if group.has_equals:
            # There are too many days among equals to write them all out.
            many[at] = True
            least[at] = np.minimum(price_group(group, costs).best.min(axis=0), NEVER)
            continue
        table = Table(group, costs, keep=True)
        least[at] = np.minimum(table.best.min(axis=0), NEVER)
        walk = _Walk(table, of_regrets, ceiling[at], most)
        days = walk.days(leaf)
        many[at] = walk.many
        found.append(replace(days, row=at[days.row]))
    return NearDays(
        row=np.concatenate([each.row for each in found]),
        sessions=np.concatenate([each.sessions for each in found], axis=1),
        cost=np.concatenate([each.cost for each in found]),
        steps=np.concatenate([each.steps for each in found]),
        many=many,
        least=least,
    )


def _parts_of(leaf: ListLeaf, rows: Ints) -> Iterator[tuple[Ints, ListGroup]]:
    """Return the groups of some rows, a few rows at a time, and where these stand among those asked for."""
    group_of, place = leaf.where
    for number, group in enumerate(leaf.groups):
        here = np.flatnonzero(group_of[rows] == number)
        for start in range(0, len(here), TOGETHER):
            at = here[start : start + TOGETHER]
            yield at, _narrow(group, place[rows[at]])


def _narrow(group: ListGroup, at: Ints) -> ListGroup:
    return replace(
        group,
        rows=group.rows[at],
        sittings=group.sittings[:, :, at],
        others=group.others[:, :, at],
        above=group.above[:, at],
        pinned=group.pinned[:, at],
        others_pinned=group.others_pinned[:, at],
        marks=group.marks[:, :, at],
        others_marks=group.others_marks[:, :, at],
    )


@dataclass(slots=True, kw_only=True)
class _Ways:
    """Ways back from the end: where each stands, what it cost since, and the sittings that it took."""

    at: Ints
    state: Ints
    fill: Ints
    level: Ints
    cost: Ints
    steps: Ints
    sittings: Ints
    nth: Ints

    def pick(self, which: Ints | Flags) -> _Ways:
        return _Ways(
            at=self.at[which],
            state=self.state[which],
            fill=self.fill[which],
            level=self.level[which],
            cost=self.cost[which],
            steps=self.steps[which],
            sittings=self.sittings[which],
            nth=self.nth[which],
        )

    def take(self, sitting: Ints) -> _Ways:
        """Note that each of the ways took a sitting."""
        self.sittings = self.sittings.copy()
        self.sittings[np.arange(len(self.at)), self.nth] = sitting
        self.nth = self.nth + 1
        return self


def _join(ways: list[_Ways]) -> _Ways:
    return _Ways(
        at=np.concatenate([each.at for each in ways]),
        state=np.concatenate([each.state for each in ways]),
        fill=np.concatenate([each.fill for each in ways]),
        level=np.concatenate([each.level for each in ways]),
        cost=np.concatenate([each.cost for each in ways]),
        steps=np.concatenate([each.steps for each in ways]),
        sittings=np.concatenate([each.sittings for each in ways]),
        nth=np.concatenate([each.nth for each in ways]),
    )


class _Walk:
    """The ways back through one table."""

    def __init__(self, table: Table, of_regrets: Ints, ceiling: Ints, most: int) -> None:
        self.table = table
        self.many = np.zeros(len(table.group.rows), dtype=np.bool_)
        self._ceiling = ceiling
        self._of_regrets = of_regrets
        self._most = most
        self._before = table.group.before

    @staticmethod
    def nothing(leaf: ListLeaf) -> NearDays:
        none = np.zeros(0, dtype=np.int64)
        return NearDays(
            row=none,
            sessions=np.zeros((len(leaf.parts), 0), dtype=np.int64),
            cost=none,
            steps=none,
            many=np.zeros(0, dtype=np.bool_),
            least=none,
        )

    def days(self, leaf: ListLeaf) -> NearDays:
        ways = self._down(self._filling(self._ends()))
        chosen = np.zeros((leaf.parts[-1].round + 1, len(ways.at)), dtype=np.int64)
        for part in leaf.parts:
            chosen[part.round] = part.sessions
        seat(leaf, np.arange(len(ways.at)), ways.sittings, chosen)
        return NearDays(
            row=ways.at,
            sessions=chosen[[part.round for part in leaf.parts]],
            cost=ways.cost,
            steps=ways.steps,
            many=self.many,
            least=np.zeros(0, dtype=np.int64),
        )

    def _ends(self) -> _Ways:
        table, group = self.table, self.table.group
        filling = table.fill_history[-1] if table.fill_history else None
        levels = table.costs.levels
        found = []
        unfulfilled = group.others_pinned.any(axis=0)
        for state, fill in table.endings:
            steps, cost = table.rest(state, fill)
            way = table.history[-1][table.number[state], : levels - steps] + cost
            if fill[1] and filling is not None:
                way = way + filling[table.number[fill]]
            elif unfulfilled.any():
                way = np.where(unfulfilled, NEVER, way)
            level, at = np.nonzero(way + self._of_regrets[steps:, None] <= self._ceiling)
            count = len(at)
            found.append(
                _Ways(
                    at=at,
                    state=np.full(count, table.number[state]),
                    fill=np.full(count, table.number[fill]),
                    level=level,
                    cost=np.full(count, cost, dtype=np.int64),
                    steps=level + steps,
                    sittings=np.full((count, max(1, group.rounds)), -1, dtype=np.int64),
                    nth=np.zeros(count, dtype=np.int64),
                )
            )
        return self._within(_join(found))

    def _within(self, ways: _Ways) -> _Ways:
        """Leave out rows of which there are too many ways."""
        counts = np.bincount(ways.at, minlength=len(self.many))
        self.many |= counts > self._most
        return ways.pick(~self.many[ways.at]) if self.many.any() else ways

    def _filling(self, ways: _Ways) -> _Ways:
        """Go back through the sessions that are not listed."""
        table, group = self.table, self.table.group
        if not table.fill_history:
            return ways
        empty = table.number[0, 0]
        done, ways = ways.pick(ways.fill == empty), ways.pick(ways.fill != empty)
        for session in reversed(range(len(group.others))):
            if not len(ways.at):
                break
            history = table.fill_history[session]
            costs = table.costs.of_taking(group.others[session], group.others_marks[session])
            spent = table.history[-1][ways.state, ways.level, ways.at] + ways.cost
            spent = spent + self._of_regrets[ways.steps]
            room = self._ceiling[ways.at] - spent
            skipped = (history[ways.fill, ways.at] <= room) & ~group.others_pinned[session, ways.at]
            branches = [ways.pick(skipped)]
            for mask in range(len(group.masks)):
                before = self._before[ways.fill, mask]
                each = costs[mask, ways.at]
                open_ = np.flatnonzero((before >= 0) & (history[before, ways.at] + each <= room))
                if len(open_):
                    taken = ways.pick(open_).take(
                        group.others[session, mask, ways.at[open_]].astype(np.int64)
                    )
                    taken.fill = before[open_]
                    taken.cost = taken.cost + each[open_]
                    branches.append(taken)
            ways = self._within(_join(branches))
            ended = ways.fill == empty
            done, ways = _join([done, ways.pick(ended)]), ways.pick(~ended)
        return self._within(done)

    def _down(self, ways: _Ways) -> _Ways:
        """Go back through the wishes."""
        table, group = self.table, self.table.group
        for place in reversed(range(table.places)):
            history = table.history[place]
            costs = table.costs.of_taking(group.sittings[place], group.marks[place])
            room = self._ceiling[ways.at] - ways.cost - self._of_regrets[ways.steps]
            skipped = (history[ways.state, ways.level, ways.at] <= room) & ~group.pinned[place, ways.at]
            branches = [ways.pick(skipped)]
            for mask in range(len(group.masks)):
                before = self._before[ways.state, mask]
                taken_before = group.counts[before]
                steps = place - taken_before if table.costs.by_level else np.zeros_like(before)
                level = ways.level - steps
                base = np.array([table.base(place, count) for count in range(group.rounds + 1)])
                each = costs[mask, ways.at] + base[np.minimum(taken_before, group.rounds)]
                possible = (before >= 0) & (level >= 0) & (steps >= 0)
                cheap = history[before, np.maximum(level, 0), ways.at] + each <= room
                open_ = np.flatnonzero(possible & cheap)
                if len(open_):
                    taken = ways.pick(open_).take(
                        group.sittings[place, mask, ways.at[open_]].astype(np.int64)
                    )
                    taken.state, taken.level = before[open_], level[open_]
                    taken.cost = taken.cost + each[open_]
                    branches.append(taken)
            ways = self._within(_join(branches))
        return ways
