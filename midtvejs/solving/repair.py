"""The small rest, exactly: some people are freed, everybody else stays, and CP-SAT seats them at the target.

One yes-or-no variable a column (see columns.py): this person has this day. So few and so short are they that
squares need no ladder: each day simply costs what it costs.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

import numpy as np

from midtvejs.solving.columns import Columns, columns_of
from midtvejs.solving.count import counted
from midtvejs.solving.cpsat import Model, Verdict
from midtvejs.solving.crowd import Crowd, Ints
from midtvejs.solving.pricing import Market
from midtvejs.solving.stop import Stop


@dataclass(frozen=True, slots=True, kw_only=True)
class Repair:
    """``choices`` for everybody, None without a solution; ``verdict`` on the people that were freed."""

    verdict: Verdict
    choices: Ints | None


def repaired(
    market: Market,
    prices: Ints,
    choices: Ints,
    people: Ints,
    *,
    target: int,
    slack: int,
    effort: float,
    seed: int,
    stop: Stop,
) -> Repair:
    """Seat ``people`` anew, so that nobody is over the seats and the criterion is at most ``target``.

    They have all their days of a reduced cost up to ``slack``. ``effort`` is in the solver's own seconds,
    which count work and not time.
    """
    columns = columns_of(market, prices, people, slack)
    if columns is None:
        return Repair(verdict=Verdict.UNDECIDED, choices=None)
    if len(np.unique(columns.person)) < len(people):
        return Repair(verdict=Verdict.IMPOSSIBLE, choices=None)
    model = Model()
    variables = [model.boolean() for _ in columns.person]
    starts = np.flatnonzero(np.diff(columns.person, prepend=-1))
    for start, end in zip(starts.tolist(), [*starts[1:].tolist(), len(variables)], strict=True):
        model.exactly_one(variables[start:end])
    everybody, freed = counted(market.crowd, choices), counted(market.crowd, choices, people)
    free_seats = market.crowd.seats - everybody.taken + freed.taken
    for session, takers in sorted(_takers(market.crowd, columns).items()):
        model.at_most(((1, column) for column in takers), int(free_seats[session]))
    for criterion, limit in (*market.aim.kept, (market.aim.criterion, target)):
        left = limit - everybody.sums[criterion] + freed.sums[criterion]
        model.at_most(_terms(columns.sums[criterion]), left)
    outcome = model.solve(seed=seed, stop=stop, effort=effort)
    if not outcome.values:
        return Repair(verdict=outcome.verdict, choices=None)
    mended = choices.copy()
    mended[:, people] = columns.sessions[:, np.flatnonzero(outcome.values)]
    return Repair(verdict=outcome.verdict, choices=mended)


def _takers(crowd: Crowd, columns: Columns) -> dict[int, list[int]]:
    takers: dict[int, list[int]] = defaultdict(list)
    for leaf in crowd.leaves:
        for column, session in enumerate(columns.sessions[leaf.round].tolist()):
            if session < leaf.sessions:
                takers[leaf.first + session].append(column)
    return takers


def _terms(each: Ints) -> list[tuple[int, int]]:
    return [(each[column].item(), column) for column in np.flatnonzero(each).tolist()]
