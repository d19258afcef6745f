"""Seat those of one round: parties first, and the others by a flow of their kinds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from midtvejs.solving.flows.limits import Traits
from midtvejs.solving.flows.mending import Mending
from midtvejs.solving.flows.network import NOTHING, Asked, seat_kinds
from midtvejs.solving.flows.parties import Party, place_parties
from midtvejs.solving.flows.table import Table, number_alike
from midtvejs.solving.instance.arrays import Ints
from midtvejs.solving.prices.lists import NEVER
from midtvejs.solving.prices.start import prices_of

ATTEMPTS = 4
"""How often parties are seated in a round, each time at other prices."""


@dataclass(frozen=True, kw_only=True)
class Seating:
    """One way to hold a round's sessions, and who takes a seat in them.

    Of each of the table's people, ``regrets`` are those elsewhere, and ``near`` is where they would rather
    be, -1 for nowhere. Neither is looked at where there are more than ``most_kinds`` kinds of them with it.
    """

    table: Table
    regrets: Ints
    near: Ints
    limit: int
    traits: Traits
    asked: Asked
    parties: Sequence[Party]
    most_kinds: int

    def seat(self) -> Ints | None:
        """Return the session of each of the table's people; None where none were found that will do."""
        everybody = np.arange(len(self.table.people))
        if not self.parties:
            sessions = self._flow(everybody, self.asked)
            return None if sessions is None else self._mended(sessions, everybody)
        prices = self._prices(everybody)
        for _ in range(ATTEMPTS):
            sessions = self._beside_parties(prices)
            if sessions is None or self._keep(sessions):
                return sessions
            broken, _ = self.asked.broken(*self._taken(everybody, sessions))
            prices = prices + self._dearest * np.sign(broken)
        return None

    def _beside_parties(self, prices: Ints) -> Ints | None:
        """Seat parties at such prices, and the others beside them."""
        placed = place_parties(self.parties, self._costs_of_parties, prices, self.asked)
        if placed is None:
            return None
        sessions = np.full(len(self.table.people), -1, dtype=np.int64)
        for party, session in zip(self._members, placed, strict=True):
            sessions[party] = session
        bound, alone = np.flatnonzero(sessions >= 0), np.flatnonzero(sessions < 0)
        others = self._flow(alone, self.asked.beside(*self._taken(bound, sessions[bound])))
        if others is None:
            return None
        sessions[alone] = others
        mended = self._mended(sessions, alone)
        return sessions if mended is None else mended

    def _mended(self, sessions: Ints, alone: Ints) -> Ints | None:
        """Return the sessions with those changed who can be moved ``alone``; None where they keep no rule."""
        if self._keep(sessions):
            return sessions
        if len(self._groups) < 2:
            return None
        costs = np.full((len(sessions), self.table.sessions), NEVER, dtype=np.int64)
        costs[alone] = self._costs[self._kinds[1][alone]]
        mending = Mending(self.traits.of[:, self.table.people], sessions, costs, self.asked)
        return mending.sessions if mending.mend() else None

    def _keep(self, sessions: Ints) -> bool:
        everybody = np.arange(len(sessions))
        return not any(broken.any() for broken in self.asked.broken(*self._taken(everybody, sessions)))

    def _taken(self, those: Ints, sessions: Ints) -> tuple[Ints, Ints]:
        """Count some of the table's people in each session, in all and by trait."""
        width = self.table.sessions
        taken = np.bincount(sessions, minlength=width)
        return taken, self.traits.tally(self.table.people[those], sessions, width)

    @cached_property
    def _kinds(self) -> tuple[Ints, Ints]:
        """The first of each kind of people, and everybody's kind, by place in the table."""
        bound = [self.table.rows, *self.traits.of[:, self.table.people]]
        first, kinds = number_alike([*bound, self.regrets, self.near])
        return number_alike(bound) if len(first) > self.most_kinds else (first, kinds)

    @cached_property
    def _costs(self) -> Ints:
        """What each session costs each kind."""
        first, _ = self._kinds
        return self.table.costs(self.table.rows[first], self.regrets[first], self.near[first], self.limit)

    @cached_property
    def _dearest(self) -> int:
        return int(self._costs[self._costs < NEVER].max(initial=0)) + 1

    @cached_property
    def _members(self) -> list[Ints]:
        """The members of each party, by their places in the table."""
        return [
            np.searchsorted(self.table.people, np.array(party.members, dtype=np.int64))
            for party in self.parties
        ]

    @cached_property
    def _costs_of_parties(self) -> Ints:
        members = np.concatenate(self._members)
        party = np.repeat(np.arange(len(self.parties)), [len(each) for each in self._members])
        costs = np.zeros((len(self.parties), self.table.sessions), dtype=np.int64)
        rows = self.table.rows[members]
        np.add.at(costs, party, self.table.costs(rows, self.regrets[members], self.near[members], self.limit))
        return costs

    def _prices(self, those: Ints) -> Ints:
        """Return what a seat of each session is worth where nobody is bound to anyone."""
        _, kinds = self._kinds
        flow = self._flow_of_kinds(np.bincount(kinds[those], minlength=len(self._costs)), self.asked)
        if flow is None:
            return np.zeros(self.table.sessions, dtype=np.int64)
        return prices_of(self._costs, flow, self.asked.most)

    def _flow(self, those: Ints, asked: Asked) -> Ints | None:
        """Return the sessions of some of the table's people, with as little broken as can be seen at once."""
        _, kinds = self._kinds
        of_those = kinds[those]
        flow = self._flow_of_kinds(np.bincount(of_those, minlength=len(self._costs)), asked)
        if flow is None:
            return None
        best_first = self._costs.argsort(axis=1, kind="stable")
        taken = np.take_along_axis(flow, best_first, axis=1)
        sessions = np.empty(len(those), dtype=np.int64)
        sessions[of_those.argsort(kind="stable")] = np.repeat(best_first.reshape(-1), taken.reshape(-1))
        return sessions

    def _flow_of_kinds(self, counts: Ints, asked: Asked) -> Ints | None:
        """Return the flow that breaks least; one looks at the limits of one group."""
        first, _ = self._kinds
        best, least = None, 0
        nobody = np.full(len(first), NOTHING, dtype=np.int64)
        of_groups = [self.traits.of[group, self.table.people[first]] for group in self._groups]
        for traits in of_groups or [nobody]:
            flow = seat_kinds(self._costs, counts, traits, asked)
            if flow is None:
                return None
            broken = self._amount_broken(flow, asked) if len(self._groups) > 1 else 0
            if best is None or broken < least:
                best, least = flow, broken
        return best

    def _amount_broken(self, flow: Ints, asked: Asked) -> int:
        taken_of = np.zeros_like(asked.most_of)
        for of_group in self.traits.of[:, self.table.people[self._kinds[0]]]:
            np.add.at(taken_of, of_group[of_group != NOTHING], flow[of_group != NOTHING])
        return sum(int(abs(each).sum()) for each in asked.broken(flow.sum(axis=0), taken_of))

    @cached_property
    def _groups(self) -> list[int]:
        """The groups of which anything is asked."""
        asked = (self.asked.most_of < len(self.table.people)) | (self.asked.least_of > 0)
        return sorted({*self.traits.group_of[asked.any(axis=1)].tolist()})
