"""The rounds of a relaxation within rules as flows: where a bound within rules begins.

At the prices that the rounds have one by one (round_alone.py), taken for the whole day, `total` comes to what
they come to one by one; where nothing but seats, ceilings of one group, groups apart and least audiences
binds people, hardly any prices prove more of it.

Those who stay together are so many units of their average cost: a part of them may flow elsewhere, as in any
relaxation. A second group that is counted has no prices here, nor has a second of those who are to be apart
that somebody is in.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from midtvejs.domain.fairness import Criterion
from midtvejs.solving.flows.network import NOTHING, Asked
from midtvejs.solving.instance.arrays import Flags, Ints
from midtvejs.solving.instance.case import PRESENTS
from midtvejs.solving.instance.parties import APART, Sized, Turn, members_of
from midtvejs.solving.prices.lists import NEVER
from midtvejs.solving.prices.parties import PartyRelaxation
from midtvejs.solving.prices.relaxation import SCALE
from midtvejs.solving.prices.round_alone import Kinds, price_alone
from midtvejs.solving.prices.start import over_seats

NOTHING_KEPT: Mapping[Criterion, int] = {}


def prices_alone_within_rules(relaxation: PartyRelaxation) -> Ints:
    """Return the prices of a relaxation, in 1 / SCALE, that its rounds have one by one; all of them >= 0.

    A round in which the rules cannot be kept has none.
    """
    prices = np.zeros(relaxation.size, dtype=np.int64)
    rounds = RoundsAsFlows(relaxation, relaxation.objective.criterion)
    for round_ in relaxation.aggregate.rounds:
        first, last = round_.first, round_.first + round_.sessions
        kinds, asked = rounds.kinds(round_.round), rounds.asked(round_.round)
        priced = price_alone(kinds, asked, rounds.groups)
        if priced is None:
            continue
        prices[first:last] = np.maximum(0, priced.seats)
        for numbered, table in ((rounds.ceilings, priced.shares), (rounds.apart, priced.apart)):
            for number, spot, of_whom in numbered:
                if first <= spot < last:
                    prices[number] = table[of_whom, spot - first]
        for number, spot in rounds.floors:
            if first <= spot < last:
                prices[number] = max(0, -int(priced.seats[spot - first]))
    return prices


class RoundsAsFlows:
    """The rounds of a relaxation as flows, with the ceilings of one group: that which has the most.

    Where pairs of colleagues are to be few, it is the group of these, and the relaxation is one of them. What
    is ``kept`` costs so much for each unit beside the criterion.
    """

    def __init__(
        self,
        relaxation: PartyRelaxation,
        criterion: Criterion,
        kept: Mapping[Criterion, int] = NOTHING_KEPT,
    ) -> None:
        case = relaxation.case
        self._relaxation = relaxation
        self._of_pairs = criterion is Criterion.SPREAD
        self._costing = {**kept} if self._of_pairs else {over_seats(criterion): 1, **kept}
        ceilings = [*enumerate(relaxation.ceilings, start=relaxation.unruled)]
        groups = Counter(each.group for _, each in ceilings if each.group != APART)
        group = max(groups, key=lambda each: (groups[each], each), default=APART)
        group = case.program.rules.spread_of if self._of_pairs else group
        counted = [(number, each) for number, each in ceilings if each.group == group != APART]
        # Only those who differ in what is looked at are told apart.
        named = {each.trait for _, each in counted}
        if self._of_pairs:
            named |= {each.trait for each in relaxation.colleagues}
        numbers = {trait: number for number, trait in enumerate(sorted(named))}
        self._traits = np.full(len(case.rows), NOTHING, dtype=np.int64)
        for trait, number in numbers.items():
            self._traits[case.by_trait(group)[trait]] = number
        apart = [(number, each) for number, each in ceilings if each.group == APART]
        of_groups = {trait: number for number, trait in enumerate(sorted({each.trait for _, each in apart}))}
        self.groups = len(of_groups)
        self._groups = {number: members_of(case, APART, trait) for trait, number in of_groups.items()}
        self.apart = [(number, each.spot, of_groups[each.trait]) for number, each in apart]
        """The number of each price of a group that is to be apart, with its spot and group."""
        self._needs = np.array([person.step_free for person in case.participants], dtype=np.bool_)
        self._most_of = {(each.spot, numbers[each.trait]): each.limit for _, each in counted}
        self._many = len(numbers)
        self.ceilings = [(number, each.spot, numbers[each.trait]) for number, each in counted]
        """The number of each price of a ceiling, with its spot and trait."""
        floors = enumerate(relaxation.floors, start=relaxation.below)
        self.floors = [(number, each.spot) for number, each in floors if not each.may_be_cancelled]
        """The number of each price of a least audience that has to be, with its spot."""
        self._least = {each.spot: each.least for each in relaxation.floors if not each.may_be_cancelled}

    def asked(self, number: int) -> Asked:
        """Return what a round asks."""
        round_ = self._relaxation.aggregate.rounds[number]
        spots = range(round_.first, round_.first + round_.sessions)
        people = len(self._traits)
        most_of = [
            [self._most_of.get((spot, trait), people) for spot in spots] for trait in range(self._many)
        ]
        table = np.array(most_of, dtype=np.int64).reshape(self._many, round_.sessions)
        return Asked(
            most=round_.seats,
            least=np.array([self._least.get(spot, 0) for spot in spots], dtype=np.int64),
            most_of=table,
            least_of=np.zeros_like(table),
            pair=SCALE if self._of_pairs else 0,
        )

    def kinds(self, number: int) -> Kinds:
        """Return who has to be seated in a round: those who may as well present have not."""
        groups = self._groups_in(number)
        rows = [row for takers in self._takers(number) for row in self._of_turn(takers, groups)]
        told = [np.column_stack([each.needs, each.traits, each.groups, each.costs]) for each in rows]
        counts = np.concatenate([each.counts for each in rows])
        different, kind_of = np.unique(np.concatenate(told), axis=0, return_inverse=True)
        summed = np.zeros(len(different), dtype=np.int64)
        np.add.at(summed, kind_of.reshape(-1), counts)
        return Kinds(
            costs=different[:, 3:],
            counts=summed,
            traits=different[:, 1],
            groups=different[:, 2],
            needs=different[:, 0].astype(np.bool_),
        )

    def _groups_in(self, number: int) -> Ints:
        """Return the group by participant that is to be apart in a round; of several, the last."""
        part = self._relaxation.aggregate.rounds[number]
        groups = np.full(len(self._traits), NOTHING, dtype=np.int64)
        for group in sorted(
            {group for _, spot, group in self.apart if 0 <= spot - part.first < part.sessions}
        ):
            groups[[*self._groups[group]]] = group
        return groups

    def beside(self, number: int) -> tuple[int, Ints]:
        """Count those who may take a seat in a round, and are in no flow; and those by session.

        The second are its presenters, who do so where it is cancelled.
        """
        case, in_flow = self._relaxation.case, np.zeros(len(self._traits), dtype=np.bool_)
        for takers in self._takers(number):
            for line, people in enumerate(takers.alike):
                for member in np.flatnonzero(takers.seated[line]).tolist():
                    in_flow[[*people[member :: takers.size]]] = True
        others, presenters = 0, np.zeros(len(case.rounds[number].codes), dtype=np.int64)
        for person in np.flatnonzero(~in_flow).tolist():
            if (person, number) in case.freed:
                presenters[case.own(person, number)] += 1
            elif case.ranking(person, number) != PRESENTS:
                others += 1
        return others, presenters

    def _takers(self, number: int) -> Iterator[_Takers]:
        for table in self._relaxation.tables:
            for turn in table.sized.turns:
                if turn.part.round == number:
                    yield _takers_of(turn, table.sized)

    def _of_turn(self, takers: _Takers, groups: Ints) -> Iterator[Kinds]:
        """Return kinds of one member of each party, of the first, of the second, and so on."""
        turn, sizes = takers.turn, np.maximum(1, takers.seated.sum(axis=1))
        amounts = np.zeros_like(turn.open, dtype=np.int64)
        for criterion, each in self._costing.items():
            amounts += each * turn.amounts[criterion]
        costs = np.where(turn.open[:, :-1], amounts[:, :-1] * SCALE // sizes[:, None], NEVER)
        members = np.array([people[: takers.size] for people in takers.alike], dtype=np.int64)
        needing = self._count_needing(takers, members)
        for place in range(takers.size):
            there = members[:, place]
            for needs, of_those in ((True, needing), (False, takers.counts - needing)):
                those = np.flatnonzero(takers.seated[:, place] & (of_those > 0))
                yield Kinds(
                    costs=costs[those],
                    counts=of_those[those],
                    traits=self._traits[there[those]],
                    groups=groups[there[those]],
                    needs=np.full(len(those), needs),
                )

    def _count_needing(self, takers: _Takers, members: Ints) -> Ints:
        """Count the parties of each kind in which somebody who takes a seat needs a way without steps."""
        if takers.size > 1:
            return np.asarray((takers.seated & self._needs[members]).any(axis=1) * takers.counts)
        needing = frozenset(np.flatnonzero(self._needs).tolist())
        return np.array([len(needing.intersection(people)) for people in takers.alike], dtype=np.int64)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Takers:
    """Those who take a seat in a ``turn`` wherever they are: ``seated[party, member]`` tells who does.

    ``alike`` are the participants of each kind of party, ``counts`` how many of it there are.
    """

    turn: Turn
    size: int
    seated: Flags
    alike: Sequence[tuple[int, ...]]
    counts: Ints


def _takers_of(turn: Turn, sized: Sized) -> _Takers:
    """Return who takes a seat: who presents has none in their own session, and who may stand needs none."""
    anywhere = (turn.seated | ~turn.open[:, :, None]).all(axis=1)
    has_to = ~turn.open[:, -1, None]
    return _Takers(
        turn=turn,
        size=sized.size,
        seated=np.asarray(anywhere & turn.seated.any(axis=1) & has_to),
        alike=[sized.alike[kind] for kind in turn.parties.tolist()],
        counts=sized.counts[turn.parties],
    )
