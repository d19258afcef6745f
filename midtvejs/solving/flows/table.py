"""Who is to be seated in a round, and what each session of it is to them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from midtvejs.domain.fairness import Criterion
from midtvejs.solving.flows.sessions import Setting
from midtvejs.solving.instance.arrays import Flags, Ints, number_values
from midtvejs.solving.instance.case import Case
from midtvejs.solving.instance.crowd import Aggregate, Leaf
from midtvejs.solving.instance.list_round import ListRound
from midtvejs.solving.prices.lists import NEVER

A_STEP = 2**10
"""What a step costs, beside which the growth of the squares of regrets is little."""
EXCESS = 2**20
"""What a step costs that takes somebody beyond the worst regret: more than any others it may save."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """``people`` by number, in the order of the lottery, each with a row of these tables by session.

    ``steps`` is how far down a session is, ``amounts`` what it adds to the criterion that leads, ``open``
    whether it can be had. ``settled`` have a session already, which goes on from an earlier round: ``there``.
    """

    people: Ints
    rows: Ints
    steps: Ints
    amounts: Ints
    open: Flags
    settled: Ints
    there: Ints

    @property
    def sessions(self) -> int:
        return int(self.steps.shape[1])

    def costs(self, rows: Ints, regrets: Ints, near: Ints, worst: int) -> Ints:
        """Return what each session costs those with a row, a regret elsewhere, and one to be near."""
        steps = self.steps[rows]
        regrets = regrets[:, None]
        growth = (regrets + steps) ** 2 - regrets**2
        beyond = np.maximum(regrets + steps - worst, 0) - np.maximum(regrets - worst, 0)
        elsewhere = np.arange(self.sessions) != near[:, None]
        costs = 2 * (self.amounts[rows] * A_STEP + growth + beyond * EXCESS) + elsewhere
        return np.where(self.open[rows], costs, NEVER)


def table_of(case: Case, aggregate: Aggregate, number: int, choices: Ints, lead: Criterion) -> Table:
    """Return the table of a round; where it shares its list, with ``choices`` in the others as they are."""
    leaf = next(leaf for leaf in aggregate.leaves if any(part.round == number for part in leaf.parts))
    nobody = np.zeros(0, dtype=np.int64)
    if isinstance(leaf, Leaf):
        rows = aggregate.ranking[leaf.number].astype(np.int64)
        for (person, round_), ranking in case.freed.items():
            if round_ == number:
                rows[person] = ranking
        people = np.flatnonzero(rows != leaf.presents)
        return Table(
            people=people,
            rows=rows[people],
            steps=leaf.steps[:, :-1],
            amounts=leaf.amounts[lead][:, :-1],
            open=leaf.open[:, :-1],
            settled=nobody,
            there=nobody,
        )
    here = ListRound(leaf, number, aggregate.ranking[leaf.number].astype(np.int64), choices)
    people, steps, is_open, _ = here.table()
    seated = np.setdiff1d(np.flatnonzero(choices[number] < steps.shape[1]), people)
    return Table(
        people=people,
        rows=np.arange(len(people)),
        steps=steps,
        amounts=steps,
        open=is_open,
        settled=seated,
        there=choices[number, seated],
    )


def within(table: Table, case: Case, number: int, setting: Setting) -> Table | None:
    """Return the table of those who take a seat where the sessions are held as they are.

    None where someone has no session.
    """
    presenting = [
        person for person, round_ in case.freed if round_ == number and setting.held[case.own(person, number)]
    ]
    seated = ~np.isin(table.people, presenting)
    people, rows, is_open = table.people[seated], table.rows[seated], table.open & setting.held
    steps, amounts = table.steps, table.amounts
    if not setting.step_free.all():
        each = (case.participants[person].step_free for person in people.tolist())
        needing = np.fromiter(each, dtype=np.bool_, count=len(people))
        count = len(is_open)
        is_open = np.vstack([is_open, is_open & setting.step_free])
        rows = rows + count * needing
        steps, amounts = np.vstack([steps, steps]), np.vstack([amounts, amounts])
    if not is_open[rows].any(axis=1).all():
        return None
    return Table(
        people=people,
        rows=rows,
        steps=steps,
        amounts=amounts,
        open=is_open,
        settled=table.settled,
        there=table.there,
    )


def number_alike(columns: list[Ints]) -> tuple[Ints, Ints]:
    """Number those who are alike in all columns: the first of each kind, and everybody's kind.

    Nothing in a column is below -1.
    """
    numbers = np.zeros(len(columns[0]), dtype=np.int64)
    for column in columns:
        _, numbers = number_values(numbers * (int(column.max(initial=0)) + 2) + column + 1)
    first = np.zeros(int(numbers.max(initial=-1)) + 1, dtype=np.int64)
    first[numbers[::-1]] = np.arange(len(numbers))[::-1]
    return first, numbers
