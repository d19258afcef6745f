"""Seat everybody within the rules, round after round, by flows of those who are alike.

In each round it is settled which sessions are held, and in which rooms (sessions.py); who stay together, or
have to be apart, take their seats (parties.py); and the others flow to what is left (network.py), each as
near to their wishes as that allows. Where parties are in the way of what is asked of others, they are seated
once more, at other prices. Nothing is proven by it: where a round cannot be seated so, it may be in another
way.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from midtvejs.domain.fairness import Criterion
from midtvejs.solving.flows.asked import Traits, asked_in
from midtvejs.solving.flows.parties import parties_in
from midtvejs.solving.flows.round import Seating
from midtvejs.solving.flows.sessions import Setting, settings_of
from midtvejs.solving.flows.table import Table, table_of, within
from midtvejs.solving.instance.arrays import Ints
from midtvejs.solving.instance.case import STANDING, Case, Choice
from midtvejs.solving.instance.crowd import Leaf, aggregate_case
from midtvejs.solving.instance.list_round import ListRound
from midtvejs.solving.instance.listed import ListLeaf
from midtvejs.solving.prices.start import over_seats
from midtvejs.solving.stop import Stop

Columns = list[list[int] | None]
"""The session of everybody by round, STANDING for none; None for a round that could not be seated."""


def seat_by_flows(case: Case, stop: Stop, near: Sequence[Choice] | None = None) -> Columns:
    """Seat everybody, in each round in which that comes to something, near to where ``near`` has them.

    Without it, they are seated by their wishes. Once ``stop`` has been asked for, each round is seated once
    all the same.
    """
    day = _Day(case, stop, near)
    for passes in range(case.limits.near_passes if near else 1):
        for number in range(len(case.rounds)):
            if passes == 0 or not stop.asked:
                day.seat(number)
    return day.columns


class _Day:
    """The day as it is seated so far: ``_choices[round, person]``, as crowd.py numbers them."""

    def __init__(self, case: Case, stop: Stop, near: Sequence[Choice] | None) -> None:
        self._case = case
        self._stop = stop
        self._aggregate = aggregate = aggregate_case(case)
        self._traits = Traits(case)
        fairness = case.program.rules.fairness
        lead = next((each for each in fairness if each is not Criterion.WORST), Criterion.TOTAL)
        self._lead = over_seats(lead)
        standing = np.array([[len(round_.codes)] for round_ in case.rounds])
        self._choices: Ints = np.repeat(standing, len(case.rows), axis=1)
        self._regrets = np.zeros((len(aggregate.leaves), len(case.rows)), dtype=np.int64)
        self._near: Ints = np.full(self._choices.shape, STANDING, dtype=np.int64)
        self._worst = aggregate.furthest
        self._failed: set[int] = set()
        self._seated: set[int] = set()
        if near:
            self._near = np.array(near, dtype=np.int64).reshape(len(case.rows), -1).T
            begun = np.where(self._near == STANDING, self._choices, self._near)
            for leaf in aggregate.leaves:
                self._regrets[leaf.number] = leaf.worth(aggregate.ranking[leaf.number], begun)[0]
            self._worst = int(self._regrets.sum(axis=0).max(initial=0))

    @property
    def columns(self) -> Columns:
        return [
            None if number in self._failed else np.where(line == len(round_.codes), STANDING, line).tolist()
            for number, (round_, line) in enumerate(zip(self._case.rounds, self._choices, strict=True))
        ]

    def seat(self, number: int) -> None:
        """Seat a round; as things stand in the others."""
        leaf = next(each for each in self._aggregate.leaves if number in [part.round for part in each.parts])
        if isinstance(leaf, ListLeaf) and leaf.pinned.any():
            # They may be pinned to what is held in any of these rounds.
            self._failed |= {part.round for part in leaf.parts}
        if number in self._failed:
            return
        table = table_of(self._case, self._aggregate, number, self._choices, self._lead)
        if not len(table.people):
            return
        elsewhere = self._regrets.sum(axis=0) - self._regrets[leaf.number]
        found = self._seat(number, table, elsewhere)
        if found is None:
            # Of one that was seated before, that is what stands.
            self._failed |= set() if number in self._seated else {part.round for part in leaf.parts}
            return
        self._seated.add(number)
        here, sessions = found
        if isinstance(leaf, Leaf):
            self._choices[number] = len(self._case.rounds[number].codes)
            self._choices[number, here.people] = sessions
            self._regrets[leaf.number] = 0
            self._regrets[leaf.number, here.people] = here.steps[here.rows, sessions]
        else:
            rows = self._aggregate.ranking[leaf.number].astype(np.int64)
            ListRound(leaf, number, rows, self._choices).take(here.people, sessions)
            self._regrets[leaf.number] = leaf.worth(rows, self._choices)[0]

    def _seat(self, number: int, table: Table, elsewhere: Ints) -> tuple[Table, Ints] | None:
        """Return who takes a seat in a round, and where; None where no way was found."""
        near = self._near[number, table.people]
        costs = table.costs(table.rows, elsewhere[table.people], near, self._worst)
        favourites = np.where(near == STANDING, costs.argmin(axis=1), near)
        wanted = np.bincount(favourites, minlength=table.sessions).tolist()
        tried = False
        for setting in settings_of(self._case, number, wanted, self._steady(number, table)):
            here = within(table, self._case, number, setting)
            seating = None if here is None else self._seating(number, here, setting, elsewhere)
            if seating is None:
                continue
            if tried and self._stop.asked:
                break
            tried = True
            sessions = seating.seat()
            if sessions is not None:
                return seating.table, sessions
        return None

    def _seating(self, number: int, here: Table, setting: Setting, elsewhere: Ints) -> Seating | None:
        asked = asked_in(self._case, number, setting, self._traits)
        if asked is None:
            return None
        taken = np.bincount(here.there, minlength=here.sessions)
        asked = asked.beside(taken, self._traits.tally(here.settled, here.there, here.sessions))
        if not asked.least.sum() <= len(here.people) <= asked.most.sum():
            return None
        settled = dict(zip(here.settled.tolist(), here.there.tolist(), strict=True))
        parties = parties_in(self._case, number, setting, self._traits, settled)
        if parties is None:
            return None
        return Seating(
            table=here,
            regrets=elsewhere[here.people],
            near=self._near[number, here.people],
            worst=self._worst,
            traits=self._traits,
            asked=asked,
            parties=parties,
            limits=self._case.limits,
        )

    def _steady(self, number: int, table: Table) -> frozenset[int]:
        """Return the sessions that have to be held: for one who can be in no other, or in none beside it."""
        some = np.flatnonzero(np.bincount(table.rows, minlength=len(table.open)))
        only = {int(row.argmax()) for row in table.open[some] if row.sum() == 1}
        own = {
            self._case.own(person, number)
            for (person, round_), ranking in self._case.freed.items()
            if round_ == number and not self._case.rounds[number].open[ranking]
        }
        return frozenset(only | own)
