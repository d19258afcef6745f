"""Tabu search: make a criterion smaller by passing seats on, in circles of two or three, round after round.

In a round, whoever goes from 1A to 1B changes nothing there but their own day: so for every two sessions only
the one matters to whom it costs least, and the cheapest circle is found among a few hundred numbers, however
many people there are (cyclic exchanges; Thompson and Psaraftis 1993, "Cyclic transfer algorithms for
multivehicle routing and scheduling problems"). The cheapest is made even if it costs something; whoever went
may not come back at once (Glover 1989, "Tabu search, part I"), and limits may be exceeded for a while
(weights.py). It finds, and proves nothing.

It is quick where a day is narrow: many sessions that all want in nearly the same order, hardly a seat free.
There a mixture of days says what can be had, and a solver's questions do not find it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from midtvejs.domain.fairness import Criterion
from midtvejs.solving.exchanges.circles import CLOSED, Circle, cheapest_circle, cheapest_swap
from midtvejs.solving.exchanges.state import State
from midtvejs.solving.exchanges.turns import Round, Turn, rounds_of
from midtvejs.solving.exchanges.weights import Weights, is_weighed
from midtvejs.solving.instance.arrays import Flags, Ints
from midtvejs.solving.instance.count import worth
from midtvejs.solving.instance.crowd import Aggregate
from midtvejs.solving.limits import Limits
from midtvejs.solving.prices.relaxation import Objective
from midtvejs.solving.stop import Stop

DEAR = CLOSED // 8
"""What it costs or gains at the most that somebody goes: nothing makes up for what is CLOSED."""
RELIEF = DEAR // 2
"""What it is worth that a session is not too full any more."""
OUTSIDE = 3000
"""After so many looks at choices that exceed a limit, the search goes back."""
DEAREST = 3
"""What a circle may cost at the most, in steps of the criterion: few parties have only dear ones."""
LOTS = 10
"""Among equals it is drawn by lot: each party and session costs up to so much more."""
OFTEN = 3
"""In one of so many looks those are looked at who are alike."""
LOOK = 5000
"""How many sums of two numbers could be had for what it takes to begin with a look at a turn."""


class SeatExchange:
    """Searches from several ``starts`` where participants share nothing but seats.

    The starts, ``[round, person]``, may exceed an objective's limits, and the seats. ``found`` is within all
    of them, and better than the first start; None where nothing is, or a criterion cannot be weighed.
    """

    def __init__(
        self, aggregate: Aggregate, starts: Sequence[Ints], objective: Objective, *, seed: int
    ) -> None:
        self._limits = aggregate.limits
        rounds = rounds_of(aggregate, objective.criteria)
        weighed = all(is_weighed(criterion) for criterion in objective.criteria)
        self._searches = [
            Exchanges(
                rounds,
                *_begin(aggregate, rounds, choices, objective),
                seed=seed + number,
                limits=self._limits,
            )
            for choices in (starts if weighed else ())
            for number in range(self._limits.exchange_probes)
        ]

    def reach(self, target: int, stop: Stop) -> None:
        """Go a little way from each start, and on from where that leads best, down to the ``target``."""
        self.probe(target, stop)
        if self._searches:
            self._best.reach(target, work=self._limits.exchange_work, stop=stop)

    def probe(self, target: int, stop: Stop) -> None:
        """Go a little way from each start: often, as one way is short and another one endless.

        (Gomes, Selman and Kautz 1998, "Boosting combinatorial search through randomization".)
        """
        for search in self._searches:
            search.reach(target, work=self._limits.exchange_probe, stop=stop)
            if search.has_reached(target):
                break

    @property
    def found(self) -> Ints | None:
        return self._best.found if self._searches else None

    @property
    def _best(self) -> Exchanges:
        return min(self._searches, key=lambda each: (each.value is None, each.value or 0))


def _begin(
    aggregate: Aggregate, rounds: Sequence[Round], choices: Ints, objective: Objective
) -> tuple[State, Weights]:
    each = worth(aggregate, choices, np.arange(aggregate.people))
    regrets = each[Criterion.WORST]
    sums = {criterion: int(each[criterion].sum()) for criterion in objective.criteria}
    average = int(regrets.sum()) // max(1, len(regrets))
    return (
        State(rounds, choices, regrets, sums, objective),
        Weights(objective, furthest=aggregate.furthest, regret=average),
    )


@dataclass(slots=True, kw_only=True)
class _Place:
    """A turn of a round. Before so many ``looks``, ``back[party, session]``, nobody goes where they were.

    ``limited`` tells of which of a party's traits there may be too many.
    """

    round: Round
    turn: Turn
    back: Ints
    limited: Flags
    looks: int = 0

    @property
    def work(self) -> int:
        """What a look at it takes, in sums of two numbers."""
        return LOOK + self.turn.cells * self.turn.size


class Exchanges:
    """A search under way, from a state on.

    ``value`` is the least that choices within all limits came to, None without any; ``found`` are they, None
    where those that it began with are.
    """

    def __init__(
        self, rounds: Sequence[Round], state: State, weights: Weights, *, seed: int, limits: Limits
    ) -> None:
        self.found: Ints | None = None
        self.value: int | None = None
        self._best: tuple[Ints, Ints, dict[Criterion, int]] | None = None
        self._outside = 0
        self._criterion = weights.criterion
        self._state = state
        self._weights = weights
        self._limits = limits
        # Its numbers, as they come, are the same in every version of NumPy.
        self._random = np.random.PCG64(seed)
        self._places = [
            _Place(
                round=round_,
                turn=turn,
                back=np.zeros(turn.open.shape, dtype=np.int64),
                limited=round_.limited[turn.traits],
            )
            for round_ in rounds
            for turn in round_.turns
        ]
        self._until = np.cumsum([len(place.turn.members) for place in self._places])

    def reach(self, target: int, *, work: int, stop: Stop) -> None:
        """Go on until the criterion is at its ``target``, or nothing better is found for long.

        At the most for so much ``work``, in sums of two numbers.
        """
        if self.value is None and not self._exceeds:
            self._keep()
            self.found = None
        since = 0
        while work > 0 and since < self._limits.exchange_patience and not stop.asked:
            if not len(self._until) or self.has_reached(target):
                break
            place = self._draw()
            work -= place.work
            since += place.work
            self._exchange(place)
            if self._is_better:
                self._keep()
                since = 0
            self._weights.look(self._state.worth)
            self._return()

    def _keep(self) -> None:
        state = self._state
        self.found, self.value = state.choices.copy(), state.worth[self._criterion]
        self._best = self.found, state.regrets.copy(), dict(state.worth)

    def _return(self) -> None:
        """Go back to the best where limits have long been exceeded, and keep them more strictly."""
        self._outside = self._outside + 1 if self._exceeds else 0
        if self._outside > OUTSIDE and self._best is not None:
            self._state.begin(*self._best)
            self._weights.tighten()
            self._outside = 0

    def has_reached(self, target: int) -> bool:
        return self.value is not None and self.value <= target

    @property
    def _is_better(self) -> bool:
        value = self._state.worth[self._criterion]
        return (self.value is None or value < self.value) and not self._exceeds

    @property
    def _exceeds(self) -> bool:
        """Whether seats are lacking, or a limit is exceeded."""
        return self._state.too_full > 0 or self._weights.exceeds(self._state.worth)

    def _draw(self) -> _Place:
        (party,) = self._lots(1, int(self._until[-1])).tolist()
        return self._places[int(np.searchsorted(self._until, party, side="right"))]

    def _exchange(self, place: _Place) -> None:
        """Make the cheapest circle in a turn, if it is not too dear."""
        place.looks += 1
        turn, round_ = place.turn, place.round
        own = self._state.choices[round_.number][turn.members[:, 0]]
        rises, too_many = self._rises(place, own)
        swap = None
        if too_many is not None:
            if turn.size == 1 and not self._lots(1, OFTEN).any():
                swap = cheapest_swap(rises, too_many, turn.traits, own, place.limited)
            rises = np.where(too_many.any(axis=1), CLOSED, rises)
        circle = cheapest_circle(rises, own, self._vacancies(round_, turn))
        if swap is not None and swap.cost < circle.cost:
            circle = swap
        if circle.cost < self._weights.step * DEAREST:
            self._make(place, circle)

    def _rises(self, place: _Place, own: Ints) -> tuple[Ints, Flags | None]:
        """Return what it costs each party to go to each session instead of their own.

        And of which of their traits there are too many; None where none are counted.
        """
        turn, weights = place.turn, self._weights
        regrets, parties = self._state.regrets, np.arange(len(own))
        of_regrets = weights.of_regrets
        seats = sum(weights.of_seats(turn.amounts), np.zeros(turn.open.shape, dtype=np.int64))
        rises = seats - seats[parties, own][:, None]
        for members, steps in zip(turn.members.T, turn.steps, strict=True):
            theirs = regrets[members]
            elsewhere = (theirs - steps[parties, own])[:, None]
            rises += of_regrets.take(elsewhere + steps) - of_regrets.take(theirs)[:, None]
        if weights.of_pairs:
            rises += weights.of_pairs * self._state.more_pairs(place.round, turn, own)
        rises += self._lots(len(own), LOTS)[:, None] + self._lots(rises.shape[1], LOTS)
        rises = np.clip(rises, -DEAR, DEAR)
        closed = ~turn.open | (place.back > place.looks)
        too_many = None
        if place.limited.any():
            closed |= self._state.needed(place.round, turn, own)[:, None]
            too_many = self._state.too_many(place.round, turn)
        rises[closed] = CLOSED
        rises[parties, own] = CLOSED
        return rises, too_many

    def _vacancies(self, round_: Round, turn: Turn) -> Ints:
        """Return what it costs if nobody goes from one session to another: one has the seats for it.

        It is a gain where the other one is too full.
        """
        heads = self._state.heads[round_.number]
        vacant = (heads + turn.size <= round_.seats)[:, None]
        enough = heads - turn.size >= round_.least
        costs = np.where(vacant & enough, np.where(heads > round_.seats, -RELIEF, 0), CLOSED)
        np.fill_diagonal(costs, CLOSED)
        return costs

    def _make(self, place: _Place, circle: Circle) -> None:
        for party, left, to in circle.moves:
            self._state.move(place.round, place.turn, party, to)
            (longer,) = self._lots(1, 2).tolist()
            place.back[party, left] = place.looks + 2 + longer

    def _lots(self, count: int, below: int) -> Ints:
        """Draw so many lots from 0 up."""
        return (self._random.random_raw(count) % below).astype(np.int64)
