"""A lawful assignment at once, not a fair one: where a search by prices starts, and what it falls back on."""

from __future__ import annotations

import numpy as np

from midtvejs.solving.crowd import Crowd, Ints, Leaf


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
