"""Mend what a flow left broken: it looks at the limits of one group, such as organisations, at no others.

One by one people move to where they cost least of all that breaks nothing more, or swap with others, as long
as that leaves fewer too many, or too few. With a pencil: at most one of each organisation, and of each grade,
may be in 1A and in 1B, of two seats each. The flow had Åse (Vejle, grade 8) and Bo (Ærø, grade 8) in 1A, Cai
(Vejle, grade 9) and Dea (Ærø, grade 9) in 1B. Bo and Dea swap.
"""

from __future__ import annotations

import numpy as np

from midtvejs.solving.flows.network import NOTHING, Asked
from midtvejs.solving.instance.arrays import Flags, Ints
from midtvejs.solving.prices.lists import NEVER

LOOKED_AT = 8
"""How many moves are looked at for someone to swap with, those first that cost least."""


class Mending:
    """People with ``traits[group, person]``, and the ``sessions`` that they are in.

    To move costs them ``costs[person, session]``; NEVER where they are not to be.
    """

    def __init__(self, traits: Ints, sessions: Ints, costs: Ints, asked: Asked) -> None:
        self.sessions = sessions.copy()
        self._traits = traits
        self._costs = costs
        self._asked = asked
        width = costs.shape[1]
        self._taken = np.bincount(sessions, minlength=width)
        self._taken_of = np.zeros_like(asked.most_of)
        for of_group in traits:
            having = of_group != NOTHING
            np.add.at(self._taken_of, (of_group[having], sessions[having]), 1)

    def mend(self) -> bool:
        """Return whether nothing is broken any more."""
        while (where := self._worst()) is not None:
            if not self._mend(*where):
                return False
        return True

    def _worst(self) -> tuple[int, int, bool] | None:
        """Return the trait and session where most is broken, and whether by too many; None if none is."""
        broken, broken_of = self._asked.broken(self._taken, self._taken_of)
        if broken.any():
            return NOTHING, int(abs(broken).argmax()), bool(broken[abs(broken).argmax()] > 0)
        if not broken_of.any():
            return None
        trait, session = np.unravel_index(abs(broken_of).argmax(), broken_of.shape)
        return int(trait), int(session), bool(broken_of[trait, session] > 0)

    def _mend(self, trait: int, session: int, too_many: bool) -> bool:
        """Move somebody of a trait out of a session, or into it."""
        of_trait = (self._traits == trait).any(axis=0) if trait != NOTHING else self._anybody
        there = self.sessions == session
        people = np.flatnonzero(of_trait & (there if too_many else ~there))
        rises = self._costs[people] - self._costs[people, self.sessions[people], None]
        rises = np.where(self._costs[people] < NEVER, rises, NEVER)
        if too_many:
            rises[:, session] = NEVER
        else:
            rises[:, np.arange(rises.shape[1]) != session] = NEVER
        alone = np.where(self._may_move(people), rises, NEVER)
        if alone.size and alone.min() < NEVER:
            row, to = np.unravel_index(alone.argmin(), alone.shape)
            self._move(int(people[row]), int(to))
            return True
        best_first = np.argsort(rises, axis=None, kind="stable")[:LOOKED_AT]
        moves = [np.unravel_index(place, rises.shape) for place in best_first if rises.flat[place] < NEVER]
        return any(self._swap(int(people[row]), int(to)) for row, to in moves)

    @property
    def _anybody(self) -> Flags:
        return np.ones(len(self.sessions), dtype=np.bool_)

    def _may_move(self, people: Ints) -> Flags:
        """Return who may move where, ``[person, session]``, so that nothing more is broken by it."""
        here, asked = self.sessions[people], self._asked
        may = (self._taken < asked.most)[None, :] & (self._taken > asked.least)[here, None]
        for of_group in self._traits[:, people]:
            none = of_group == NOTHING
            enter = self._taken_of[of_group] < asked.most_of[of_group]
            leave = self._taken_of[of_group, here] > asked.least_of[of_group, here]
            may &= (enter & leave[:, None]) | none[:, None]
        return np.asarray(may)

    def _swap(self, person: int, to: int) -> bool:
        """Let a person move where there is no seat, and the one who does best with that take theirs."""
        left = int(self.sessions[person])
        before = self._amount_broken
        self._move(person, to)
        others = np.flatnonzero(self.sessions == to)
        others = others[others != person]
        costs = self._costs[others]
        may = np.asarray(costs[:, left] < NEVER)
        for of_group in self._traits[:, others]:
            enter = self._taken_of[of_group, left] < self._asked.most_of[of_group, left]
            leave = self._taken_of[of_group, to] > self._asked.least_of[of_group, to]
            may &= (enter & leave) | (of_group == NOTHING)
        rises = np.where(may, costs[:, left] - costs[:, to], NEVER)
        if len(others) and rises.min() < NEVER:
            other = int(others[rises.argmin()])
            self._move(other, left)
            if self._amount_broken < before:
                return True
            self._move(other, to)
        self._move(person, left)
        return False

    @property
    def _amount_broken(self) -> int:
        return self._asked.amount_broken(self._taken, self._taken_of)

    def _move(self, person: int, to: int) -> None:
        left = self.sessions[person]
        self.sessions[person] = to
        for session, more in ((left, -1), (to, 1)):
            self._taken[session] += more
            for trait in self._traits[:, person]:
                if trait != NOTHING:
                    self._taken_of[trait, session] += more
