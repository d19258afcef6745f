"""A lawful assignment at once, not a fair one: where every search starts, and what it falls back on."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from midtvejs.solving.case import PRESENTS, STANDING, Case, Choice
from midtvejs.solving.crowd import Crowd, Ints, Leaf


def first_come(case: Case) -> list[Choice]:
    """Let everybody, in the order of the lottery, take the best seat that is left in each round.

    Those without wishes in a round come last in it, and spread to where most seats are left. The rounds must
    have seats for everybody.
    """
    columns = [_filled(case, index) for index in range(len(case.rounds))]
    return list(zip(*columns, strict=True))


def _filled(case: Case, index: int) -> Sequence[int]:
    round_ = case.rounds[index]
    left = list(round_.seats)
    column = [STANDING] * len(case.rows)
    seated = [person for person, row in enumerate(case.rows) if row[index] != PRESENTS]
    for person in sorted(seated, key=lambda person: not round_.listed[case.rows[person][index]]):
        steps = round_.rankings[case.rows[person][index]]
        free = (session for session, seats in enumerate(left) if seats > 0)
        column[person] = min(free, key=lambda session: (steps[session], -left[session]))
        left[column[person]] -= 1
    return column


def quickly_seated(crowd: Crowd) -> Ints:
    """Seat first wishes as far as seats go, then second wishes, and so on; the rest where seats are left.

    Gives ``choices[round, person]`` as crowd.py numbers them: for a million people in a second, and for each
    wish in the order of the lottery.
    """
    return np.stack([_seated(leaf, crowd.ranking[leaf.round]) for leaf in crowd.leaves])


def _seated(leaf: Leaf, ranking: Ints) -> Ints:
    nowhere = -1
    column = np.where(ranking == leaf.presents, leaf.sessions, nowhere)
    left = leaf.seats.copy()
    for level in range(int(leaf.steps.max(initial=0)) + 1):
        for session in range(leaf.sessions):
            listed = (leaf.steps[:, session] == level) & (leaf.unlisted[:, session] == 0)
            takers = np.flatnonzero((column == nowhere) & (listed & leaf.wishes)[ranking])[: left[session]]
            column[takers] = session
            left[session] -= len(takers)
    column[column == nowhere] = np.repeat(np.arange(leaf.sessions), left)[: int((column == nowhere).sum())]
    return column
