"""Where everybody is while seats are passed on, and what that comes to."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import comb

import numpy as np

from midtvejs.domain.fairness import OVER_REGRETS, OVER_SEATS, Criterion
from midtvejs.solving.exchanges.turns import Round, Turn
from midtvejs.solving.instance.arrays import Flags, Ints
from midtvejs.solving.prices.relaxation import Objective


class State:
    """The ``choices[round, person]`` of everybody, as crowd.py numbers them, and everybody's ``regrets``.

    ``worth`` is what they come to in the criteria of an objective: of `worst`, the steps beyond its limit.
    So many people are ``too_full`` as sessions have more than seats.
    """

    def __init__(
        self,
        rounds: Sequence[Round],
        choices: Ints,
        regrets: Ints,
        worth: Mapping[Criterion, int],
        objective: Objective,
    ) -> None:
        self._rounds = rounds
        self._worst = objective.worst
        self._seats = {round_.number: round_.seats for round_ in rounds}
        sums = {criterion: worth[criterion] for criterion in objective.criteria}
        if self._worst is not None:
            sums[Criterion.WORST] = int(np.maximum(regrets - self._worst, 0).sum())
        self.begin(choices, regrets, sums)

    def begin(self, choices: Ints, regrets: Ints, worth: Mapping[Criterion, int]) -> None:
        """Have everybody where they are in these choices, whose regrets and worth are known."""
        self.choices, self.regrets, self.worth = choices.copy(), regrets.copy(), dict(worth)
        self.heads: dict[int, Ints] = {}
        self.counts: dict[int, Ints] = {}
        for round_ in self._rounds:
            sessions = choices[round_.number]
            seated = np.flatnonzero(sessions < round_.sessions)
            self.heads[round_.number] = np.bincount(sessions[seated], minlength=round_.sessions)
            self.counts[round_.number] = counts = np.zeros_like(round_.most_of)
            for traits in round_.traits:
                np.add.at(counts, (traits[seated], sessions[seated]), 1)
        self.too_full = sum(
            int(np.maximum(self.heads[number] - seats, 0).sum()) for number, seats in self._seats.items()
        )

    def move(self, round_: Round, turn: Turn, party: int, to: int) -> None:
        """Move a party to another session of a round."""
        sessions = self.choices[round_.number]
        left = int(sessions[turn.members[party, 0]])
        for place, person in enumerate(turn.members[party].tolist()):
            before = int(self.regrets[person])
            after = before + int(turn.steps[place, party, to]) - int(turn.steps[place, party, left])
            self._regret(before, after)
            self.regrets[person] = after
            sessions[person] = to
        for criterion in self.worth.keys() & OVER_SEATS.keys():
            amounts = turn.amounts[criterion][party]
            self.worth[criterion] += int(amounts[to]) - int(amounts[left])
        self._pass_on(round_.number, turn.size, left, to)
        self._count(round_, turn, party, left, to)

    def _pass_on(self, number: int, seats: int, left: int, to: int) -> None:
        heads, there = self.heads[number], self._seats[number]
        for session, more in ((left, -seats), (to, seats)):
            beyond = int(heads[session]) - int(there[session])
            self.too_full += max(0, beyond + more) - max(0, beyond)
            heads[session] += more

    def _regret(self, before: int, after: int) -> None:
        for criterion in self.worth.keys() & OVER_REGRETS.keys():
            amount = OVER_REGRETS[criterion]
            self.worth[criterion] += amount(after) - amount(before)
        if self._worst is not None:
            self.worth[Criterion.WORST] += max(0, after - self._worst) - max(0, before - self._worst)

    def _count(self, round_: Round, turn: Turn, party: int, left: int, to: int) -> None:
        counts = self.counts[round_.number]
        for trait, times in zip(turn.traits[party].tolist(), turn.times[party].tolist(), strict=True):
            if Criterion.SPREAD in self.worth and round_.in_pairs[trait]:
                before, after = int(counts[trait, left]), int(counts[trait, to])
                self.worth[Criterion.SPREAD] += (
                    comb(before - times, 2) - comb(before, 2) + comb(after + times, 2) - comb(after, 2)
                )
            counts[trait, left] -= times
            counts[trait, to] += times

    def too_many(self, round_: Round, turn: Turn) -> Flags:
        """Return of which trait of a party there are too many for it, ``[party, j, session]``."""
        counts = self.counts[round_.number]
        if turn.size == 1:
            return np.asarray((counts >= round_.most_of)[turn.traits])
        return np.asarray(counts[turn.traits] + turn.times[:, :, None] > round_.most_of[turn.traits])

    def needed(self, round_: Round, turn: Turn, own: Ints) -> Flags:
        """Return which parties have to stay, so that there are enough with one of their traits."""
        there = self.counts[round_.number][turn.traits, own[:, None]]
        least = round_.least_of[turn.traits, own[:, None]]
        return np.asarray((there - turn.times < least).any(axis=1))

    def more_pairs(self, round_: Round, turn: Turn, own: Ints) -> Ints:
        """Return how many pairs more there are, at the most, where a party goes somewhere else."""
        counts, counted = self.counts[round_.number], round_.in_pairs[turn.traits]
        there = counts[turn.traits, own[:, None]]
        more = counts[turn.traits] - (there - turn.times)[:, :, None]
        return np.asarray(((counted * turn.times)[:, :, None] * more).sum(axis=1))
