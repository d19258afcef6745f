"""Columns: every day of some participants whose reduced cost is small, written out."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from midtvejs.domain.fairness import OVER_REGRETS, OVER_SEATS, Criterion
from midtvejs.solving.instance.arrays import Flags, Ints
from midtvejs.solving.instance.crowd import Leaf, amounts_of
from midtvejs.solving.instance.listed import ListLeaf
from midtvejs.solving.prices.list_days import days_near, least_costs
from midtvejs.solving.prices.relaxation import Relaxation
from midtvejs.solving.stop import Stop


@dataclass(frozen=True, slots=True, kw_only=True)
class Columns:
    """Days: whose (``person[column]``, a number among the people asked for) and ``sessions[round, column]``.

    ``sums`` says what each adds to every criterion that is a sum. Sessions count from 0 in their round;
    a presenter has the number of sessions there are. ``many`` tells who has too many days in a list over
    several rounds: none of theirs are here.
    """

    person: Ints
    sessions: Ints
    sums: dict[Criterion, Ints]
    many: Flags


def columns_of(
    relaxation: Relaxation, prices: Ints, people: Ints, slack: int, *, most: int, stop: Stop
) -> Columns | None:
    """Find every day of ``people`` whose reduced cost is at most ``slack``, in 1 / SCALE.

    Grows the days list by list, and drops those that are too dear already even if every list still to
    come costs the least it can. None where there are more than ``most``: many rounds in which many sessions
    are all the same to people multiply. None, too, where stopping is asked for.
    """
    growing = _Growing(relaxation, prices, people, slack, most)
    for leaf in relaxation.aggregate.leaves:
        if stop.asked:
            return None
        try:
            if isinstance(leaf, Leaf):
                growing.add_round(leaf)
            else:
                growing.add_list(leaf)
        except _TooMany:
            return None
    return growing.columns


class _TooMany(Exception):
    """There are more days than may be written out."""


class _Growing:
    """The days so far, and what each has cost."""

    def __init__(self, relaxation: Relaxation, prices: Ints, people: Ints, slack: int, most: int) -> None:
        self._most = most
        aggregate = relaxation.aggregate
        self._relaxation = relaxation
        self._prices = prices
        self._people = people
        self._of_regrets = relaxation.costs_of_regrets(prices)
        self._ceiling = relaxation.days(prices).each[aggregate.row_of[people]] + slack
        self._rounds = {
            leaf.number: relaxation.costs(leaf, prices)[aggregate.ranking[leaf.number, people]]
            for leaf in aggregate.leaves
            if isinstance(leaf, Leaf)
        }
        self._least = {leaf.number: self._least_of(leaf) for leaf in aggregate.leaves}
        self._to_come = sum(self._least.values(), np.zeros(len(people), dtype=np.int64))
        self.person = np.arange(len(people))
        self._sessions = np.zeros((len(aggregate.rounds), len(people)), dtype=np.int64)
        self._spent = np.zeros(len(people), dtype=np.int64)
        self._regret = self._spent
        self._sums = dict.fromkeys(OVER_SEATS, self._spent)
        self._many = np.zeros(len(people), dtype=np.bool_)
        self._of_moved = relaxation.weights(prices)[Criterion.MOVED]

    def _least_of(self, leaf: Leaf | ListLeaf) -> Ints:
        if isinstance(leaf, Leaf):
            return np.asarray(self._rounds[leaf.number].min(axis=1))
        if len(self._relaxation.aggregate.leaves) == 1:
            # Without any other list, nothing is to come.
            return np.zeros(len(self._people), dtype=np.int64)
        rows, which = np.unique(
            self._relaxation.aggregate.ranking[leaf.number, self._people], return_inverse=True
        )
        costs = self._relaxation.costs_of_list(leaf, self._prices)
        return least_costs(leaf, costs, rows.astype(np.int64))[which.reshape(-1)]

    def add_round(self, leaf: Leaf) -> None:
        cost = self._rounds[leaf.number]
        ranking = self._relaxation.aggregate.ranking[leaf.number, self._people]
        self._to_come = self._to_come - self._least[leaf.number]
        person = self.person
        regrets = self._regret[:, None] + leaf.steps[ranking[person]]
        reached = self._spent[:, None] + cost[person]
        if self._of_moved:
            here = leaf.amounts[Criterion.MOVED_SEATS][ranking[person]] > 0
            reached += self._of_moved * (here & ~self._moved[:, None])
        parent, session = np.nonzero(self._is_within(person[:, None], reached, regrets))
        self._look_at_size(parent)
        row = ranking[person[parent]]
        amounts = {criterion: each[row, session] for criterion, each in leaf.amounts.items()}
        chosen = {leaf.round: session}
        self._go_on(parent, regrets[parent, session], reached[parent, session], amounts, chosen)

    def add_list(self, leaf: ListLeaf) -> None:
        relaxation, aggregate = self._relaxation, self._relaxation.aggregate
        self._to_come = self._to_come - self._least[leaf.number]
        rows, which = np.unique(aggregate.ranking[leaf.number, self._people], return_inverse=True)
        which = which.reshape(-1)
        others = sum(self._least.values(), np.zeros_like(self._ceiling)) - self._least[leaf.number]
        ceiling = np.full(len(rows), -1, dtype=np.int64)
        np.maximum.at(ceiling, which, self._ceiling - others)
        found = days_near(
            leaf,
            relaxation.costs_of_list(leaf, self._prices),
            self._of_regrets,
            rows.astype(np.int64),
            ceiling,
            most=aggregate.limits.days_each,
        )
        self._many |= found.many[which]
        # The days of a row stand together.
        order = np.argsort(found.row, kind="stable")
        counts = np.bincount(found.row, minlength=len(rows))
        starts = np.cumsum(counts) - counts
        row = which[self.person]
        parent = np.repeat(np.arange(len(row)), counts[row])
        within = np.arange(len(parent)) - np.repeat(np.cumsum(counts[row]) - counts[row], counts[row])
        day = order[np.repeat(starts[row], counts[row]) + within]
        person = self.person[parent]
        regrets = self._regret[parent] + found.steps[day] * relaxation.by_level
        reached = self._spent[parent] + found.cost[day]
        if self._of_moved:
            whole = self._whole(leaf, found.sessions[:, day])
            here = leaf.worth(rows[found.row[day]], whole)[1][Criterion.MOVED_SEATS] > 0
            reached += self._of_moved * (here & ~self._moved[parent])
        keep = np.flatnonzero(self._is_within(person, reached, regrets) & ~self._many[person])
        self._look_at_size(keep)
        parent, day = parent[keep], day[keep]
        chosen = {part.round: found.sessions[number, day] for number, part in enumerate(leaf.parts)}
        steps, amounts = leaf.worth(rows[found.row[day]], self._whole(leaf, found.sessions[:, day]))
        self._go_on(parent, self._regret[parent] + steps, reached[keep], amounts, chosen)

    def _whole(self, leaf: ListLeaf, sessions: Ints) -> Ints:
        """Return the sessions of a list's rounds where they stand in a day, and 0 in all others."""
        whole = np.zeros((len(self._relaxation.aggregate.rounds), sessions.shape[1]), dtype=np.int64)
        whole[[part.round for part in leaf.parts]] = sessions
        return whole

    @property
    def _moved(self) -> Flags:
        """Whose day so far is not that of before."""
        return np.asarray(self._sums[Criterion.MOVED_SEATS] > 0)

    def _is_within(self, person: Ints, reached: Ints, regrets: Ints) -> Flags:
        relaxation, worst = self._relaxation, self._relaxation.objective.worst
        of_regrets = self._of_regrets[np.minimum(regrets, relaxation.levels - 1)]
        keep = reached + of_regrets + self._to_come[person] <= self._ceiling[person]
        return np.asarray(keep if worst is None else keep & (regrets <= worst))

    def _look_at_size(self, days: Ints) -> None:
        if len(days) > self._most:
            raise _TooMany

    def _go_on(
        self,
        parent: Ints,
        regret: Ints,
        spent: Ints,
        amounts: dict[Criterion, Ints],
        chosen: dict[int, Ints],
    ) -> None:
        self._sums = {criterion: self._sums[criterion][parent] + each for criterion, each in amounts.items()}
        self._regret, self._spent, self.person = regret, spent, self.person[parent]
        self._sessions = self._sessions[:, parent]
        for number, sessions in chosen.items():
            self._sessions[number] = sessions

    @property
    def columns(self) -> Columns:
        aggregate = self._relaxation.aggregate
        over_regrets = {
            criterion: amounts_of(criterion, aggregate.furthest)[self._regret] for criterion in OVER_REGRETS
        }
        moved = aggregate.count_moved(self._people[self.person], self._moved, self._regret)
        few = ~self._many[self.person]
        return Columns(
            person=self.person[few],
            sessions=self._sessions[:, few],
            sums={criterion: each[few] for criterion, each in (self._sums | over_regrets | moved).items()},
            many=self._many,
        )
