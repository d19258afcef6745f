"""Seat those of one round: parties first, and the others by a flow of their kinds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from midtvejs.solving.flows.asked import Traits
from midtvejs.solving.flows.mending import Mending
from midtvejs.solving.flows.network import NOTHING, Asked, seat_kinds
from midtvejs.solving.flows.parties import Party, place_parties
from midtvejs.solving.flows.table import Table, number_alike
from midtvejs.solving.instance.arrays import Ints
from midtvejs.solving.limits import Limits
from midtvejs.solving.prices.lists import NEVER
from midtvejs.solving.prices.start import prices_of


@dataclass(frozen=True, kw_only=True)
class Seating:
    """One way to hold a round's sessions, and who takes a seat in them.

    Of each of the table's people, ``regrets`` are those elsewhere, and ``near`` is where they would rather
    be, -1 for nowhere. Neither is looked at where that makes more kinds of people than ``limits`` allow.
    """

    table: Table
    regrets: Ints
    near: Ints
    worst: int
    traits: Traits
    asked: Asked
    parties: Sequence[Party]
    limits: Limits

    def seat(self) -> Ints | None:
        """Return the session of each of the table's people; None where none were found that will do."""
        everybody = np.arange(len(self.table.people))
        if not self.parties:
            sessions = self._flow(everybody, self.asked)
            return None if sessions is None else self._mended(sessions, everybody)
        prices = self._prices()
        for _ in range(self.limits.party_attempts):
            sessions = self._beside_parties(prices)
            if sessions is None or not self._broken(sessions):
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
        broken = self._broken(sessions)
        if not broken:
            return sessions
        if len(self._groups) < 2 or broken > self.limits.mended:
            return None
        costs = np.full((len(sessions), self.table.sessions), NEVER, dtype=np.int64)
        costs[alone] = self._costs[self._kinds[1][alone]]
        mending = Mending(self.traits.of[:, self.table.people], sessions, costs, self.asked)
        return mending.sessions if mending.mend() else None

    def _broken(self, sessions: Ints) -> int:
        """Return by how much the sessions of all break what is asked."""
        return self.asked.amount_broken(*self._taken(np.arange(len(sessions)), sessions))

    def _taken(self, those: Ints, sessions: Ints) -> tuple[Ints, Ints]:
        """Count some of the table's people in each session, in all and by trait."""
        width = self.table.sessions
        taken = np.bincount(sessions, minlength=width)
        return taken, self.traits.tally(self.table.people[those], sessions, width)

    @cached_property
    def _kinds(self) -> tuple[Ints, Ints]:
        """The first of each kind of people, and everybody's kind, by place in the table."""
        bound = [self.table.rows, *self.traits.of[:, self.table.people]]
        return number_alike(bound if self._is_crowded else [*bound, self.regrets, self.near])

    @cached_property
    def _is_crowded(self) -> bool:
        first, _ = number_alike(
            [self.table.rows, *self.traits.of[:, self.table.people], self.regrets, self.near]
        )
        return len(first) > self.limits.kinds_by_regret

    def _costs_of(self, those: Ints) -> Ints:
        """Return what each session costs some people, by their places in the table."""
        rows, regrets, near = self.table.rows[those], self.regrets[those], self.near[those]
        if self._is_crowded:
            regrets, near = np.zeros_like(regrets), np.full_like(near, NOTHING)
        return self.table.costs(rows, regrets, near, self.worst)

    @cached_property
    def _costs(self) -> Ints:
        """What each session costs each kind."""
        first, _ = self._kinds
        return self._costs_of(first)

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
        np.add.at(costs, party, self._costs_of(members))
        return costs

    def _prices(self) -> Ints:
        """Return what a seat of each session is worth where only heads are counted, and nobody is bound."""
        first, kinds = number_alike([self.table.rows, self.regrets])
        costs, traits = self._costs_of(first), np.full(len(first), NOTHING, dtype=np.int64)
        nothing = np.zeros((0, self.table.sessions), dtype=np.int64)
        heads = replace(self.asked, most_of=nothing, least_of=nothing)
        flow = seat_kinds(costs, np.bincount(kinds), traits, heads)
        return np.zeros_like(self.asked.most) if flow is None else prices_of(costs, flow, self.asked.most)

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
            broken = self._broken_by(flow, asked) if len(self._groups) > 1 else 0
            if best is None or broken < least:
                best, least = flow, broken
        return best

    def _broken_by(self, flow: Ints, asked: Asked) -> int:
        taken_of = np.zeros_like(asked.most_of)
        for of_group in self.traits.of[:, self.table.people[self._kinds[0]]]:
            np.add.at(taken_of, of_group[of_group != NOTHING], flow[of_group != NOTHING])
        return asked.amount_broken(flow.sum(axis=0), taken_of)

    @cached_property
    def _groups(self) -> list[int]:
        """The groups of which anything is asked."""
        asked = (self.asked.most_of < len(self.table.people)) | (self.asked.least_of > 0)
        return sorted({*self.traits.group_of[asked.any(axis=1)].tolist()})
