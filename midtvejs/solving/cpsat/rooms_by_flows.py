"""What each round comes to alone at the least, in whatever rooms, at any size: a bound of sums over rounds.

In given rooms a round by itself is a flow, and its prices bound the round in any other rooms as well: what a
seat is worth, for each seat fewer. Rooms are chosen that are the best as far as such bounds tell
(choice_of_rooms.py), their flow adds another bound, and so on, until a flow is as low as the bounds are
(Benders 1962, "Partitioning procedures for solving mixed-variables programming problems"). The same goes for
sessions that may be cancelled, and for rooms that are reached without steps. It mostly takes a handful of
flows, of milliseconds each.

Groups that are to be apart have prices beside the flow (round_alone.py). Flows know nothing of presenters
whose session is cancelled, who need a seat then. With less in the way a round comes to less, so the bound
holds all the same. A session needs so many fewer in its audience as there are presenters of what is
cancelled.

What steps come to in given rooms at the least, whatever they are a part of comes to as well: so what flows
tell of steps is where they begin with other criteria, beside which `total` is kept at a price.

Legend: 1A is in the hall, with 30 seats, 1B in the attic with 10, where a seat more would save 2 steps; all
that comes to 40 steps. In the hall, with 20 seats more, 1B would save 40 at the most: as far as that tells,
the round may come to nothing there. With 1B in the cellar, 5 seats, it comes to 50 steps or more.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import cached_property
from itertools import takewhile

import numpy as np

from midtvejs.domain.fairness import OF_PAIRS, OVER_SEATS, Criterion
from midtvejs.domain.program import Room
from midtvejs.solving.cpsat.choice_of_rooms import chooser_of
from midtvejs.solving.cpsat.chosen_rooms import Chooser, Cut, RoomsChosen
from midtvejs.solving.cpsat.settled import settled_in
from midtvejs.solving.flows.network import Asked
from midtvejs.solving.instance.arrays import Ints
from midtvejs.solving.instance.case import Case
from midtvejs.solving.instance.crowd import Aggregate
from midtvejs.solving.prices.lists import NEVER
from midtvejs.solving.prices.parties import PartyRelaxation, pairs_of, rules_of
from midtvejs.solving.prices.relaxation import SCALE, Objective
from midtvejs.solving.prices.round_alone import Kinds, Priced, price_by_flow, price_groups
from midtvejs.solving.prices.ruled_alone import NOTHING_KEPT, RoundsAsFlows
from midtvejs.solving.stop import Stop

OF_FLOWS = frozenset({*OVER_SEATS, Criterion.SPREAD})
"""The criteria that flows tell of."""

A_STEP_IN_PAIRS = 8
"""What a step costs where pairs of colleagues are to be few: with 4 to 16 about as much is told."""

MOST_IN_ALL = 2**58 // A_STEP_IN_PAIRS
"""What no sum of a model comes to, or so many times that: CP-SAT refuses what 64 bits might not hold."""


class InAnyRooms:
    """What the rounds of a case come to alone in any rooms, as far as it was asked for so far.

    ``aggregate`` is that of the case. What is known of steps tells of all that they are a part of.
    """

    def __init__(self, case: Case, aggregate: Aggregate) -> None:
        self.case = case
        self.aggregate = aggregate
        self._known: dict[tuple[Criterion, tuple[tuple[Criterion, int], ...]], int] = {}
        self._has_no_best = False
        self._choosers: dict[int, Chooser] = {}
        self._relaxations: dict[Criterion, PartyRelaxation | None] = {}

    def least(self, criterion: Criterion, limits: Mapping[Criterion, int], *, seed: int, stop: Stop) -> int:
        """Return what a sum over seats, or pairs of colleagues, come to at the least; 0 if not known in time.

        Sums over seats that are within ``limits`` have a price for each unit that they come to, and what they
        may come to is given back. Rounds have lists of their own, or nothing is known, either.
        """
        within = {each: value for each, value in limits.items() if each in OVER_SEATS}
        asked = criterion, tuple(within.items())
        if asked not in self._known:
            self._known[asked] = self._least(criterion, within, seed=seed, stop=stop)
        return self._known[asked]

    def _least(self, criterion: Criterion, limits: Mapping[Criterion, int], *, seed: int, stop: Stop) -> int:
        if stop.asked or not _is_worth_it(self.case, stop):
            return 0
        price = A_STEP_IN_PAIRS if criterion is Criterion.SPREAD else 1
        kept, least = dict.fromkeys(limits, price), 0
        for round_, left in self._rounds(criterion, kept):
            least += round_.least(seed=seed, stop=stop.part(1 / left))
        return max(0, least - sum(price * limits[each] for each in kept))

    def with_best(self, *, seed: int, stop: Stop) -> Case | None:
        """Return the case in the rooms in which people are best off, as far as rounds alone tell.

        That is where steps come to the least; where the highest regret counts before them, their cubes, so
        that few go far in any round. Sessions are cancelled where that is better. None where nothing near to
        that is known in time, and no time is given to it again.
        """
        if stop.asked or self._has_no_best or self._relaxation(Criterion.TOTAL) is None:
            return None
        rooms: dict[str, Room] = {}
        held: set[str] = set()
        before_total = takewhile(Criterion.TOTAL.__ne__, self.case.program.rules.fairness)
        cubed = Criterion.WORST in before_total
        limits = self.case.limits
        for round_, left in self._rounds(Criterion.TOTAL, cubed=cubed):
            least = round_.least(seed=seed, stop=stop.part(1 / left))
            if round_.best is None or round_.lowest > (1 + limits.nearly_best) * least:
                self._has_no_best = True
                return None
            rooms |= round_.best.rooms
            held |= round_.best.keys
        return settled_in(self.case, rooms, held)

    def _relaxation(self, criterion: Criterion) -> PartyRelaxation | None:
        """Return the relaxation whose rounds flow; only where pairs count are colleagues told apart."""
        told_apart = criterion if criterion in OF_PAIRS else Criterion.TOTAL
        if told_apart not in self._relaxations:
            ruled = rules_of(self.case, self.aggregate)
            objective = Objective(criterion=told_apart)
            self._relaxations[told_apart] = PartyRelaxation(ruled, objective) if ruled else None
        return self._relaxations[told_apart]

    def _rounds(
        self, criterion: Criterion, kept: Mapping[Criterion, int] = NOTHING_KEPT, *, cubed: bool = False
    ) -> Iterator[tuple[_OpenRound, int]]:
        """Yield each round, and how many there are from it on; costs may be ``cubed``."""
        relaxation, many = self._relaxation(criterion), len(self.case.rounds)
        if relaxation is None:
            return
        flows = RoundsAsFlows(relaxation, criterion, kept)
        of_steps = criterion is Criterion.TOTAL and not cubed
        # Whatever steps are a part of comes to no less than they do.
        steps = int(of_steps) or kept.get(Criterion.TOTAL, 0)
        for number in range(many):
            kinds = flows.kinds(number)
            if cubed:
                kinds = replace(kinds, costs=_cube(kinds.costs))
            known = self._choosers.get(number)
            round_ = _OpenRound(
                self.case.alone(number),
                kinds,
                flows.asked(number),
                flows.beside(number),
                groups=flows.groups,
                chooser=known.times(steps) if known else None,
            )
            # Others begin with the same ways to take rooms, and with what is known of steps alone.
            if of_steps and not kept:
                self._choosers[number] = round_.chooser
            else:
                self._choosers.setdefault(number, round_.chooser.times(0))
            yield round_, many - number


def _is_worth_it(case: Case, stop: Stop) -> bool:
    """Return whether there is time to learn anything: the first flows take as long as many of the others."""
    limits, left = case.limits, stop.left
    return left is None or limits.pace_of_flows * left >= limits.worth_flowing * case.size


def _cube(costs: Ints) -> Ints:
    """Return the cubes of costs in 1 / SCALE; those of parties are averages, and need not be whole."""
    known = np.where(costs < NEVER, costs, 0)
    return np.where(costs < NEVER, known * known // SCALE * known // SCALE, NEVER)


class _OpenRound:
    """A round whose rooms are open: who has to be seated, what is asked of its sessions, and cuts so far.

    ``best`` is the choice of rooms in which it comes to the ``lowest`` of all that were looked at. The
    ``chooser`` may know something already.
    """

    def __init__(
        self,
        case: Case,
        kinds: Kinds,
        asked: Asked,
        beside: tuple[int, Ints],
        *,
        groups: int,
        chooser: Chooser | None = None,
    ) -> None:
        self._case = case
        self._kinds = kinds
        least = [session.least for session in case.program.rounds[0].sessions]
        # Those who are in no flow may be in any audience; presenters, once their session is cancelled.
        others, self._presenters = beside
        self._asked = replace(asked, least=np.maximum(0, np.array(least, dtype=np.int64) - others))
        self._nobody_apart = np.zeros((groups, len(least)), dtype=np.int64)
        self.chooser = chooser or self._chooser()
        self.best: RoomsChosen | None = None
        self.lowest = NEVER

    def least(self, *, seed: int, stop: Stop) -> int:
        """Return what the round comes to at the least in any rooms, as far as is found out in time."""
        least = 0
        tried: set[tuple[int, ...]] = set()
        for _ in range(self._case.limits.flows if self._has_sessions_for_all else 0):
            chosen = self.chooser.choose(seed=seed, stop=stop)
            if chosen is None:
                break
            least = -(-chosen.least // SCALE)
            if chosen.in_numbers in tried:
                break
            tried.add(chosen.in_numbers)
            comes_to = self._seat(chosen)
            if comes_to < self.lowest:
                self.lowest, self.best = comes_to, chosen
            if least >= self.lowest:
                break
        return least

    def _chooser(self) -> Chooser:
        """Return what chooses rooms for the round, and knows nothing."""
        kinds, wanted = self._kinds, np.zeros(len(self._asked.least), dtype=np.int64)
        np.add.at(wanted, kinds.costs.argmin(axis=1), kinds.counts)
        # One of these sessions is to be reached by somebody who needs a way without steps.
        is_open = kinds.costs[kinds.needs] < NEVER
        reach = {tuple(np.flatnonzero(each).tolist()) for each in np.unique(is_open, axis=0)}
        return chooser_of(self._case, wanted=wanted, reach=reach)

    @property
    def _has_sessions_for_all(self) -> bool:
        return bool((self._kinds.costs < NEVER).any(axis=1).all())

    def _seat(self, chosen: RoomsChosen) -> int:
        """Add a cut, and return what the round comes to in these rooms; NEVER where there is no way.

        Where it comes to more than in others that were looked at, it may be more still.
        """
        free = int((self._presenters * (1 - chosen.held)).sum())
        least = np.maximum(0, np.where(chosen.held, self._asked.least - free, 0))
        asked, kinds = replace(self._asked, most=chosen.seats, least=least), self._kinds_in(chosen)
        priced = price_by_flow(kinds, asked, self._nobody_apart, dear=self._dearer_than_all)
        if priced is None:
            return NEVER
        if priced.is_kept and kinds.any_apart:
            apart = price_groups(kinds, priced)
            cut = self._cut(kinds, replace(priced, apart=apart))
            comes_to = -(-cut.tells(chosen.seats, chosen.held, chosen.step_free) // SCALE)
            if comes_to >= self.lowest:
                self.chooser.add(cut)
                return int(comes_to)
            priced = price_by_flow(kinds, asked, apart, dear=self._dearer_than_all) or priced
        self.chooser.add(self._cut(kinds, priced))
        return -(-priced.comes_to // SCALE) if priced.is_kept else NEVER

    def _given_back(self, shares: Ints) -> Ints:
        """Return what shares for those of a trait in a session come to, less what their pairs cost.

        That is the most that any number of them pays beyond it.
        """
        most, pair = self._asked.most_of, self._asked.pair
        if not pair:
            return shares * most
        paying = np.minimum(most, shares // pair + 1)
        return shares * paying - pair * pairs_of(paying)

    def _kinds_in(self, chosen: RoomsChosen) -> Kinds:
        """Return who has to be seated in these rooms: some cannot reach what is up the stairs."""
        beyond = self._kinds.needs[:, None] & ~chosen.step_free
        return replace(self._kinds, costs=np.where(beyond, NEVER, self._kinds.costs))

    @cached_property
    def _dearer_than_all(self) -> int:
        """More than all of them together come to: so much is a seat worth where there are too few.

        Of a million people it is less, as all seats have to be summed in 64 bits.
        """
        costs = np.where(self._kinds.costs < NEVER, self._kinds.costs, 0)
        of_all = int((costs.max(axis=1) * self._kinds.counts).sum()) + SCALE
        of_all += self._asked.pair * int(self._kinds.counts.sum()) ** 2
        people, sessions = int(self._kinds.counts.sum()), self._case.program.rounds[0].sessions
        seats = sum(
            min(people, session.seats_in(room))
            for session in sessions
            for room in session.rooms or (session.room,)
        )
        return min(of_all, MOST_IN_ALL // max(1, seats, people))

    def _cut(self, in_rooms: Kinds, priced: Priced) -> Cut:
        """Return what prices prove: of seats, less than nothing where so many have to come, and of others."""
        kinds, seats = self._kinds.paying(priced.apart), priced.seats
        of_nobody = np.zeros((1, len(seats)), dtype=np.int64)
        paid = seats + np.vstack([priced.shares, of_nobody])[kinds.traits]
        ways = np.where(kinds.costs < NEVER, kinds.costs + paid, NEVER)
        cheapest = np.where(in_rooms.costs < NEVER, ways, NEVER).min(axis=1)
        saved = np.maximum(0, cheapest[:, None] - ways)
        shared = self._given_back(priced.shares).sum(axis=0, dtype=np.int64) + priced.apart.sum(axis=0)
        coming = np.maximum(0, -seats)
        # Each presenter of what is cancelled may come to any other session.
        elsewhere = self._presenters * (coming.sum() - coming)
        return Cut(
            all=int((cheapest * kinds.counts).sum() - elsewhere.sum()),
            seats=np.maximum(0, seats),
            held=shared - coming * self._asked.least - elsewhere,
            free=(saved * kinds.counts[:, None]).sum(axis=0),
        )
