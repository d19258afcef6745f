"""What each round comes to alone at the least, in whatever rooms, at any size: a bound of sums over rounds.

In given rooms a round by itself is a flow, and its prices bound the round in any other rooms as well: what a
seat is worth, for each seat fewer. CP-SAT chooses rooms that are the best as far as such bounds tell, their
flow adds another bound, and so on, until a flow is as low as the bounds are (Benders 1962, "Partitioning
procedures for solving mixed-variables programming problems"). The same goes for sessions that may be
cancelled. It mostly takes a handful of flows, of milliseconds each.

Flows know nothing of groups that are to be apart, nor of ways without steps, but for those who can be in one
session only, nor of presenters whose session is cancelled, who need a seat then. With less in the way a round
comes to less, so the bound holds all the same. A session needs so many fewer in its audience as such
presenters could be.

Legend: 1A is in the hall, with 30 seats, 1B in the attic with 10, where a seat more would save 2 steps; all
that comes to 40 steps. In the hall, with 20 seats more, 1B would save 40 at the most: as far as that tells,
the round may come to nothing there. With 1B in the cellar, 5 seats, it comes to 50 steps or more.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import takewhile

import numpy as np

from midtvejs.domain.fairness import Criterion
from midtvejs.domain.program import Room
from midtvejs.solving.cpsat.model import Model
from midtvejs.solving.cpsat.sessions import Sessions, Spot
from midtvejs.solving.cpsat.settled import settled_in
from midtvejs.solving.cpsat.stated import Term, Verdict
from midtvejs.solving.flows.network import Asked, seat_kinds
from midtvejs.solving.flows.sessions import needing_no_steps
from midtvejs.solving.instance.arrays import Ints
from midtvejs.solving.instance.case import PRESENTS, Case
from midtvejs.solving.instance.crowd import Aggregate, aggregate_case
from midtvejs.solving.prices.lists import NEVER
from midtvejs.solving.prices.parties import PartyRelaxation, Ruled, rules_of
from midtvejs.solving.prices.relaxation import SCALE, Objective
from midtvejs.solving.prices.ruled_alone import Kinds, RoundsAsFlows, is_kept, prices_within
from midtvejs.solving.stop import Stop

MOST_IN_ALL = 2**58
"""What no sum of a model comes to: CP-SAT refuses those that 64 bits might not hold."""


def least_in_any_rooms(
    case: Case, aggregate: Aggregate, criterion: Criterion, *, seed: int, stop: Stop
) -> int:
    """Return what a sum over seats comes to at the least; 0 where nothing is known in time.

    ``aggregate`` is that of the case. Rounds have lists of their own, or nothing is known, either.
    """
    ruled = rules_of(case, aggregate)
    if ruled is None or stop.asked:
        return 0
    return sum(round_.least(seed=seed, stop=stop) for round_ in _open_rounds(ruled, criterion))


def with_best_rooms(case: Case, *, seed: int, stop: Stop) -> Case | None:
    """Return the case in the rooms in which people are best off, as far as rounds alone tell.

    That is where steps come to the least; where the highest regret counts before them, their cubes, so that
    few go far in any round. Sessions are cancelled where that is better. None where it is not known in time.
    """
    ruled = rules_of(case, aggregate_case(case))
    if ruled is None or stop.asked:
        return None
    rooms: dict[str, Room] = {}
    held: set[str] = set()
    before_total = takewhile(Criterion.TOTAL.__ne__, case.program.rules.fairness)
    for round_ in _open_rounds(ruled, Criterion.TOTAL, cubed=Criterion.WORST in before_total):
        lowest = round_.least(seed=seed, stop=stop)
        if round_.best is None or round_.lowest > lowest:
            return None
        rooms |= round_.best.rooms
        held |= round_.best.keys
    return settled_in(case, rooms, held)


def _open_rounds(ruled: Ruled, criterion: Criterion, *, cubed: bool = False) -> Iterator[_OpenRound]:
    flows = RoundsAsFlows(PartyRelaxation(ruled, Objective(criterion=criterion)))
    for number in range(len(ruled.case.rounds)):
        kinds = flows.kinds(number)
        if cubed:
            kinds = replace(kinds, costs=_cube(kinds.costs))
        yield _OpenRound(ruled.case.alone(number), kinds, flows.asked(number))


def _cube(costs: Ints) -> Ints:
    """Return the cubes of costs in 1 / SCALE; those of parties are averages, and need not be whole."""
    known = np.where(costs < NEVER, costs, 0)
    return np.where(costs < NEVER, known * known // SCALE * known // SCALE, NEVER)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Cut:
    """What a round comes to at the least in any rooms, in 1 / SCALE.

    That is ``all``, less ``seats`` for each seat of a session, less ``held`` for each session that is held.
    """

    all: int
    seats: Ints
    held: Ints


class _OpenRound:
    """A round whose rooms are open: who has to be seated, what is asked of its sessions, and cuts so far.

    ``best`` is the choice of rooms in which it comes to the ``lowest`` of all that were looked at.
    """

    def __init__(self, case: Case, kinds: Kinds, asked: Asked) -> None:
        self._case = case
        self._kinds = kinds
        least = [session.least for session in case.program.rounds[0].sessions]
        others = self._count_others()
        self._asked = replace(asked, least=np.maximum(0, np.array(least, dtype=np.int64) - others))
        self._cuts: list[_Cut] = []
        self.best: _Choice | None = None
        self.lowest = NEVER

    def _count_others(self) -> int:
        """Count those who may take a seat, and are in no flow: any audience may consist of them."""
        people = range(len(self._case.rows))
        may_be_seated = sum(self._case.ranking(person, 0) != PRESENTS for person in people)
        return may_be_seated - int(self._kinds.counts.sum())

    def least(self, *, seed: int, stop: Stop) -> int:
        """Return what the round comes to at the least in any rooms, as far as is found out in time."""
        least = 0
        tried: set[tuple[int, ...]] = set()
        for _ in range(self._case.limits.flows if self._has_sessions_for_all else 0):
            rooms = _Rooms(self._case, self._cuts, people=int(self._kinds.counts.sum()))
            chosen = rooms.choose(seed=seed, stop=stop)
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

    @property
    def _has_sessions_for_all(self) -> bool:
        return bool((self._kinds.costs < NEVER).any(axis=1).all())

    def _seat(self, chosen: _Choice) -> int:
        """Add a cut, and return what the round comes to in these rooms; NEVER where they are no way."""
        least = np.where(chosen.held, self._asked.least, 0)
        asked, kinds = replace(self._asked, most=chosen.seats, least=least), self._kinds
        flow = seat_kinds(kinds.costs, kinds.counts, kinds.traits, asked)
        if flow is None:
            return NEVER
        prices = prices_within(kinds.costs, flow, kinds.traits, asked, dear=self._dearer_than_all)
        self._cuts.append(self._cut(*prices))
        if not is_kept(asked, kinds, flow):
            return NEVER
        return -(-int((flow * np.where(flow > 0, kinds.costs, 0)).sum()) // SCALE)

    @cached_property
    def _dearer_than_all(self) -> int:
        """More than all of them together come to: so much is a seat worth where there are too few.

        Of a million people it is less, as all seats have to be summed in 64 bits.
        """
        costs = np.where(self._kinds.costs < NEVER, self._kinds.costs, 0)
        of_all = int((costs.max(axis=1) * self._kinds.counts).sum()) + SCALE
        people, sessions = int(self._kinds.counts.sum()), self._case.program.rounds[0].sessions
        seats = sum(
            min(people, session.seats_in(room))
            for session in sessions
            for room in session.rooms or (session.room,)
        )
        return min(of_all, MOST_IN_ALL // max(1, seats, people))

    def _cut(self, seats: Ints, shares: Ints) -> _Cut:
        """Return what prices prove: of seats, less than nothing where so many have to come, and of shares."""
        kinds, of_nobody = self._kinds, np.zeros((1, len(seats)), dtype=np.int64)
        paid = seats + np.vstack([shares, of_nobody])[kinds.traits]
        cheapest = np.where(kinds.costs < NEVER, kinds.costs + paid, NEVER).min(axis=1)
        shared = (shares * self._asked.most_of).sum(axis=0, dtype=np.int64)
        return _Cut(
            all=int((cheapest * kinds.counts).sum()),
            seats=np.maximum(0, seats),
            held=shared - np.maximum(0, -seats) * self._asked.least,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Choice:
    """Rooms for a round, by the keys of sessions that had none; the ``seats`` of each session.

    ``held`` tells whether it is, ``keys`` are those of all that are, and ``least`` is what the round comes to
    as far as is known so far.
    """

    rooms: Mapping[str, Room]
    keys: frozenset[str]
    seats: Ints
    held: Ints
    least: int

    @property
    def in_numbers(self) -> tuple[int, ...]:
        return (*self.seats.tolist(), *self.held.tolist())


class _Rooms:
    """The choice of rooms for a round of so many ``people`` as a model."""

    def __init__(self, case: Case, cuts: list[_Cut], *, people: int) -> None:
        self._limits = case.limits
        self._people = people
        self._model = Model()
        self._sessions = Sessions(self._model, case)
        self._spots = list(self._sessions.numbered)
        self._one_session_a_room()
        self._step_free(case)
        ones = np.ones(len(self._spots), dtype=np.int64)
        self._keep(ones, 0 * ones, people)
        self._least = self._model.whole(max((_most(cut) for cut in cuts), default=0))
        for cut in cuts:
            self._keep(cut.seats, cut.held, cut.all, (1, self._least))
        self._model.minimise([(1, self._least)])

    def _one_session_a_room(self) -> None:
        takers: dict[str, list[Term]] = {}
        for spot in self._spots:
            for room, variable in self._sessions.rooms(spot).items():
                takers.setdefault(room.name, []).append((1, variable))
        for terms in takers.values():
            self._model.at_most(terms, 1)

    def _step_free(self, case: Case) -> None:
        """Have those who need a way without steps have one, where they can be in one session only."""
        needs, _ = needing_no_steps(case, 0)
        for spot in self._spots:
            rooms, held = self._sessions.rooms(spot), self._sessions.is_held(spot)
            if rooms and spot[1] in needs:
                free = [(1, taken) for room, taken in rooms.items() if room.step_free]
                self._model.at_least([*free, *([] if held is None else [(-1, held)])], int(held is None))

    def _keep(self, of_seats: Ints, of_held: Ints, least: int, *more: Term) -> None:
        """Have so much for each seat, and for each session that is held, come to ``least`` at least."""
        terms = [*more]
        for spot, each, once in zip(self._spots, of_seats.tolist(), of_held.tolist(), strict=True):
            of_rooms, always = self._capacity(spot)
            terms += [(each * seats, variable) for seats, variable in of_rooms]
            held = self._sessions.is_held(spot)
            terms += [] if held is None else [(once, held)]
            least -= each * always + (once if held is None else 0)
        self._model.at_least([(count, variable) for count, variable in terms if count], least)

    def _capacity(self, spot: Spot) -> tuple[list[Term], int]:
        """Return the seats of a session, as a sum and what is added to it; nobody needs more than all do."""
        of_rooms, always = self._sessions.capacity(spot)
        return [(min(seats, self._people), room) for seats, room in of_rooms], min(always, self._people)

    def choose(self, *, seed: int, stop: Stop) -> _Choice | None:
        """Choose rooms in which the round may come to the least; None where there are none, or no time."""
        outcome = self._model.solve(seed=seed, stop=stop, effort=self._limits.coupled_effort)
        if outcome.verdict is not Verdict.BEST:
            return None
        values: Mapping[int, int] = dict(enumerate(outcome.values))
        seats, held = [], []
        for spot in self._spots:
            of_rooms, always = self._capacity(spot)
            seats.append(always + sum(number * values[variable] for number, variable in of_rooms))
            of_held = self._sessions.is_held(spot)
            held.append(1 if of_held is None else values[of_held])
        keys = [self._sessions.numbered[spot].key for spot in self._spots]
        return _Choice(
            rooms={
                key: room
                for key, spot in zip(keys, self._spots, strict=True)
                for room, taken in self._sessions.rooms(spot).items()
                if values[taken]
            },
            keys=frozenset(key for key, is_held in zip(keys, held, strict=True) if is_held),
            seats=np.array(seats),
            held=np.array(held),
            least=outcome.value,
        )


def _most(cut: _Cut) -> int:
    """Return what a cut comes to in no rooms at all, and so no more in any."""
    return max(0, cut.all + int(np.maximum(0, -cut.held).sum()))
