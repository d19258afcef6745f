"""One round of a list over several, while the others stay as they are: who could be where, at what steps."""

from __future__ import annotations

import numpy as np

from midtvejs.solving.instance.arrays import Flags, Index, Ints
from midtvejs.solving.instance.linear import pairs_attended
from midtvejs.solving.instance.listed import ListLeaf


class ListRound:
    """A round of a list, and ``choices[round, person]`` in all rounds; ``rows`` are everybody's in the list.

    Whoever is in a session that goes on through several rounds, or is pinned to theirs, stays there. Nobody
    starts on one that goes on unless all rounds are still free, as they are when the first one is seated.
    """

    def __init__(self, leaf: ListLeaf, round_: int, rows: Index, choices: Ints) -> None:
        self._leaf = leaf
        self._number = [part.round for part in leaf.parts].index(round_)
        self._part = leaf.parts[self._number]
        self._rows = rows
        self._choices = choices
        self._sittings = np.stack([self._sitting_in(number) for number in range(len(leaf.parts))])

    def _sitting_in(self, number: int) -> Ints:
        """Return the sitting that everybody is in, in a round of the list; -1 where they are in none."""
        part = self._leaf.parts[number]
        spots = self._leaf.spots[:, number]
        sitting_at = np.full(part.sessions + 1, -1, dtype=np.int64)
        held = np.flatnonzero(spots >= 0)
        sitting_at[spots[held]] = held
        return np.asarray(sitting_at[self._choices[part.round]])

    def table(self) -> tuple[Ints, Ints, Flags, Ints]:
        """Return who can be moved, their steps by session, what is open, and the seats left."""
        leaf, number = self._leaf, self._number
        current = self._sittings[number]
        bound = (current >= 0) & (
            (leaf.mask[current] != 1 << number) | leaf.pinned[self._rows, leaf.session_of[current]]
        )
        seated = (leaf.free[self._rows] >> number & 1).astype(np.bool_)
        people = np.flatnonzero(seated & ~bound)
        rows = self._rows[people]
        others = np.delete(self._sittings, number, axis=0)[:, people]
        attended = self._sessions_of(others)
        listed = leaf.listed[rows]
        steps = np.zeros((len(people), self._part.sessions), dtype=np.int64)
        is_open = np.zeros(steps.shape, dtype=np.bool_)
        places, wished, count = self._counts(attended, rows)
        for sitting in np.flatnonzero(leaf.spots[:, number] >= 0).tolist():
            session, spot = leaf.session_of[sitting], leaf.spots[sitting, number]
            place = leaf.place[rows, session]
            steps[:, spot] = places + place - pairs_attended(wished + (place < listed), count + 1)
            free = ~attended[:, session]
            if leaf.mask[sitting] != 1 << number:
                free &= (others < 0).all(axis=0) & (leaf.spots[sitting, :number] < 0).all()
            is_open[:, spot] = free & leaf.open[rows, sitting]
        taken = np.bincount(
            self._choices[self._part.round, np.flatnonzero(bound)], minlength=len(self._part.seats)
        )
        return people, steps, is_open, np.maximum(0, self._part.seats - taken[: len(self._part.seats)])

    def take(self, people: Ints, sessions: Ints) -> None:
        """Seat people in a round, and in all rounds that their sessions go on through."""
        leaf, number = self._leaf, self._number
        self._choices[self._part.round, people] = sessions
        for sitting in np.flatnonzero(leaf.spots[:, number] >= 0).tolist():
            if leaf.mask[sitting] != 1 << number:
                there = people[sessions == leaf.spots[sitting, number]]
                for other, part in enumerate(leaf.parts):
                    if leaf.spots[sitting, other] >= 0:
                        self._choices[part.round, there] = leaf.spots[sitting, other]

    def _sessions_of(self, sittings: Ints) -> Flags:
        """Return which sessions of the list people are in."""
        attended = np.zeros((sittings.shape[1], self._leaf.sessions + 1), dtype=np.bool_)
        people = np.arange(sittings.shape[1])
        for line in sittings:
            attended[people, np.where(line >= 0, self._leaf.session_of[line], self._leaf.sessions)] = True
        return attended[:, :-1]

    def _counts(self, attended: Flags, rows: Index) -> tuple[Ints, Ints, Ints]:
        """Return the places of what is attended, summed; how much of it is listed; and how much it is."""
        place = self._leaf.place[rows]
        places = (place * attended).sum(axis=1)
        wished = (attended & (place < self._leaf.listed[rows][:, None])).sum(axis=1)
        return places, wished, attended.sum(axis=1)
