"""Search by CP-SAT, criterion after criterion: exact at every step, and quick up to a few hundred people.

`worst` is scanned upward: is everybody within 0 possible, within 1, within 2? Each no is a proof, and the
first yes is the least. As a variable to be made small the same takes tens of times longer. The other criteria
are sums, made small one after the other, each held at what it reached while the next is searched; HiGHS makes
two of them small at once (in_order.py).

Which solver is asked depends on the day (solvers.py); where rooms are settled, the seats that are near to
what prices prove come first (near.py). Of what solvers leave open, people pass their seats on (exchanges/),
and then some at a time are freed (neighbourhoods.py). Where rounds bound the day at prices (priced.py), each
criterion is first looked at in rooms that are chosen once, and what that leaves open is proven afterwards: so
something is known of the last one, too, when the time is up.

What is known already is a place to start from: an assignment is where to look first, and bounds are where to
stop (``Bounds``).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Protocol

import numpy as np

from midtvejs.domain.certificate import Proof
from midtvejs.domain.fairness import OVER_SEATS, Criterion, Stage
from midtvejs.solving.cpsat.by_highs import NO_ANSWER
from midtvejs.solving.cpsat.few_rooms import FewRooms, few_rooms
from midtvejs.solving.cpsat.near import anything, ask_near, can_be_near
from midtvejs.solving.cpsat.neighbourhoods import bring_within, improve
from midtvejs.solving.cpsat.question import Answer, Question
from midtvejs.solving.cpsat.solvers import Solvers
from midtvejs.solving.cpsat.stated import Verdict
from midtvejs.solving.exchanges.ruled import exchange_within_rules
from midtvejs.solving.instance.arrays import lowest_squares
from midtvejs.solving.instance.case import Case, Choice
from midtvejs.solving.instance.choices import measure
from midtvejs.solving.instance.crowd import Aggregate, aggregate_case
from midtvejs.solving.prices.relaxation import Objective
from midtvejs.solving.queue.in_turn import seat_in_turn
from midtvejs.solving.search import Bounds, Found, NoBounds, Watch, record_values
from midtvejs.solving.stop import Part, Stop

NOTHING_KNOWN = NoBounds()
ANY = 2**52
"""A target that everything is at."""


def search(
    case: Case,
    fairness: tuple[Criterion, ...],
    *,
    seed: int,
    stop: Stop,
    watch: Watch,
    start: Sequence[Choice] | None = None,
    bounds: Bounds = NOTHING_KNOWN,
    effort: float | None = None,
    around: Around | None = None,
) -> Found:
    """Satisfy the criteria in order. The rounds must have seats for everybody.

    ``start`` keeps all rules; None where nothing but seats and presenters counts. ``effort`` limits each
    attempt of CP-SAT, in its own seconds, which count work and not time. ``around`` betters an assignment in
    a moment, where there is a way.
    """
    part = stop.part(1.0)
    found = _Search(
        case=case,
        fairness=fairness,
        seed=seed,
        stop=part,
        whole=stop,
        watch=watch,
        bounds=bounds,
        solvers=Solvers(case, seed=seed, stop=part, watch=watch, effort=effort),
        best=seat_in_turn(case) if start is None else start,
        around=around,
        _seated_around=start,
    )
    if found.many:
        found.improve(Criterion.EVEN, stop=stop.part(case.limits.before_bounds))
    for criterion in fairness:
        found.satisfy(criterion)
    if found.at_prices:
        found.prove_what_is_open()
    return Found(choices=found.best, stages=tuple(found.stages), proofs=tuple(found.proofs))


def squares_of_total(criterion: Criterion, stages: Iterable[Stage], people: int) -> int:
    """Return a bound of `even` that follows from that of a total before it; 0 of other criteria."""
    total = next((stage.bound for stage in stages if stage.criterion is Criterion.TOTAL), 0)
    return int(lowest_squares(people, np.array(total))) if criterion is Criterion.EVEN else 0


class Around(Protocol):
    """A quick way to better an assignment where little binds people to each other."""

    def better(
        self, choices: Sequence[Choice], limits: Mapping[Criterion, int], criterion: Criterion, stop: Stop
    ) -> Sequence[Choice]:
        """Return choices within limits of which a criterion comes to less, or the same."""


@dataclass(slots=True, kw_only=True)
class _Search:
    """A search under way: the best choices so far, and what the stages behind it reached.

    ``stop`` ends a stage, and is a part of the ``whole``. Where rounds bound the day ``at_prices``, all
    criteria are looked at in rooms that are chosen once, and what is left open then is proven in any rooms,
    as far as there is time.
    """

    case: Case
    fairness: tuple[Criterion, ...]
    seed: int
    stop: Part
    whole: Stop
    watch: Watch
    bounds: Bounds
    solvers: Solvers
    best: Sequence[Choice]
    around: Around | None
    stages: list[Stage] = field(default_factory=list)
    proofs: list[Proof | None] = field(default_factory=list)
    ways: FewRooms | None = None
    _aggregated: Aggregate | None = None
    _seated_around: Sequence[Choice] | None = None
    _measured: tuple[Sequence[Choice], Mapping[Criterion, int]] = ((), {})

    @property
    def worth(self) -> Mapping[Criterion, int]:
        """What the best choices come to; to count that takes long where there are many people."""
        if self._measured[0] is not self.best:
            self._measured = self.best, measure(self.case, self.best)
        return self._measured[1]

    @property
    def _aggregate(self) -> Aggregate:
        if self._aggregated is None:
            self._aggregated = aggregate_case(self.case)
        return self._aggregated

    @property
    def at_prices(self) -> bool:
        return self.solvers.at_prices

    @property
    def reached(self) -> dict[Criterion, int]:
        return {stage.criterion: stage.value for stage in self.stages}

    def value(self, criterion: Criterion) -> int:
        return self.worth[criterion]

    def satisfy(self, criterion: Criterion, bound: int = 0) -> None:
        """Add a stage; nothing is below the bound of its criterion."""
        self._leave_time_for_later()
        below = self.value(criterion)
        known = self.bounds.bound(criterion, self.stages, below).after(criterion, self.stages)
        bound = max(bound, known.value)
        if criterion is Criterion.WORST:
            value, bound = self._worst(bound)
        else:
            bound = max(bound, squares_of_total(criterion, self.stages, len(self.case.rows)))
            value, bound = self._least(criterion, bound)
        stage = known.stage(criterion, value=value, bound=bound)
        self.stages = record_values([*self.stages, stage], self.worth)
        self.proofs.append(known.proof)

    def _leave_time_for_later(self) -> None:
        """Set the end of a stage so that those after it have a moment each, for what bounds them."""
        left, later = self.whole.left, self.fairness[len(self.stages) + 1 :]
        if left and (self.stages or self.fairness[0] is not Criterion.WORST):
            needed = sum(map(self.solvers.seconds_to_bound, later))
            self.stop.renew(1 - min(self.case.limits.for_later, needed / left))

    def prove_what_is_open(self) -> None:
        """Go through the stages again, and look for what is better, or for a proof, in any rooms."""
        self.stop.renew(1.0)
        for number, criterion in enumerate(self.fairness):
            if criterion is not Criterion.WORST and not self.stages[number].proven and not self.stop.asked:
                self._reopen(number)

    def _reopen(self, number: int) -> None:
        """Look at a stage again; those after it stay as they are, unless it comes to less than it did."""
        self.stages, (stage, *later) = self.stages[:number], self.stages[number:]
        before, bound = self.best, self._prove(stage.criterion, stage.bound)
        found, self.best = self.best, before
        if not self._is_worse(found, stage.criterion):
            self.best = found
        again = replace(stage, bound=max(bound, stage.bound))
        self.stages = record_values([*self.stages, again], self.worth)
        if self.stages[number].value == stage.value:
            self.stages = record_values([*self.stages, *later], self.worth)
            return
        self.proofs = self.proofs[: number + 1]
        for each in later:
            self.satisfy(each.criterion, each.bound)

    def _worst(self, bound: int) -> tuple[int, int]:
        """Return what was reached, and what nothing is below."""
        if not self.many:
            bound = self._scan_worst(bound)
        if self._is_large or not self.solvers.few:
            self._fewer_steps(bound)
        return self.value(Criterion.WORST), bound

    def _scan_worst(self, bound: int) -> int:
        """Ask limit after limit, up to the first that is possible; return what is then known as a bound.

        HiGHS is asked for the least of what comes next as well: the answer is that of the stage to come.
        """
        value = self.value(Criterion.WORST)
        for limit in range(bound, value):
            self.watch(Criterion.WORST, bound, value)
            if self._is_found_near(limit):
                return bound
            answer = self._solve({**self.reached, Criterion.WORST: limit}, minimise=self._next_sum)
            if answer.choices is not None:
                self.best = answer.choices
                return bound
            if answer.outcome.verdict is Verdict.IMPOSSIBLE and bound == limit:
                bound = limit + 1
        if bound < value and not self.solvers.few:
            self.improve(Criterion.EVEN)
        return bound

    def _is_found_near(self, limit: int) -> bool:
        """Return whether a way within a limit was found near to the least of what comes next."""
        answer = self._ask_near(
            {**self.reached, Criterion.WORST: limit}, self._next_criterion, below=anything(self.case)
        )
        self.best = answer.choices or self.best
        return answer.choices is not None

    @property
    def _next_criterion(self) -> Criterion:
        """What chooses among assignments within a limit; anything will do, if nothing else is asked for."""
        following = self.fairness[len(self.stages) + 1 :]
        return following[0] if following else Criterion.TOTAL

    @property
    def _next_sum(self) -> Criterion | None:
        """What HiGHS makes small beside a limit on everybody's regret."""
        return self._after(self.fairness[len(self.stages)]) if self.solvers.by_highs else None

    def _fewer_steps(self, bound: int) -> None:
        """Bring `worst` down: half the way to its bound, if a way is found in time, or else less far."""
        least = bound
        while least < self.value(Criterion.WORST) and not self.stop.asked:
            limit = (least + self.value(Criterion.WORST)) // 2
            found = self._exchange_within(limit) or (not self.solvers.few and self._bring_within(limit))
            least = least if found else limit + 1

    def _bring_within(self, limit: int) -> bool:
        """Bring everybody's regret within a limit; return whether a way was found."""
        found = bring_within(self.case, self.best, limit, self.reached, seed=self.seed, stop=self.stop)
        self.best = found or self.best
        return found is not None

    def _exchange_within(self, limit: int) -> bool:
        """The same by passing seats on, to anything that is within the limit."""
        stop = self.stop.part(self.case.limits.exchange_share)
        return self._exchange(self._next_criterion, ANY, stop, worst=limit)

    def _least(self, criterion: Criterion, bound: int) -> tuple[int, int]:
        self._seat_around(criterion, bound)
        self._exchange_at_first(criterion, bound)
        if self.at_prices:
            bound = self._least_at_prices(criterion, bound)
            if self._has_places or self.value(criterion) <= (1 + self.case.limits.far) * bound:
                return self.value(criterion), bound
            # The rooms are no good, and what comes later would only be looked at in these.
            self.solvers.at_prices = False
            self.stop.renew(1.0)
        bound, is_best = self._ask(criterion, bound)
        if not self._has_places and self.value(criterion) > (1 + self.case.limits.tight) * bound:
            bound = self._price(criterion, bound)
        if self._narrow(criterion, bound):
            bound = max(bound, self.bounds.bound(criterion, self.stages, self.value(criterion)).value)
            bound, is_best = self._ask(criterion, bound)
        if not is_best:
            self._improve(criterion, bound)
        return self.value(criterion), bound

    def _least_at_prices(self, criterion: Criterion, bound: int) -> int:
        """Ask in rooms that were chosen, and bound what there is in any; return the bound.

        Once they are known it is the other way round: then it is known what there is no need to look for.
        """
        if self._has_places:
            bound, _ = self._ask(criterion, self._price(criterion, bound))
            return bound
        bound, _ = self._ask(criterion, bound)
        bound = self._price(criterion, bound)
        if self._narrow(criterion, bound):
            bound, _ = self._ask(criterion, bound)
        return bound

    def _prove(self, criterion: Criterion, bound: int) -> int:
        """Ask for what is less than what was found, in the rooms that may have it; return the bound."""
        is_narrower = self._narrow(criterion, bound)
        bound, is_best = self._ask(criterion, bound, in_any_rooms=not is_narrower)
        if not is_best:
            self._improve(criterion, bound)
        return bound

    def _improve(self, criterion: Criterion, bound: int) -> None:
        if self.value(criterion) > bound:
            last = len(self.stages) + 1 == len(self.fairness)
            share = 1.0 if last else self.case.limits.each_criterion
            self.improve(criterion, bound, stop=self.stop.part(share))

    def _ask(self, criterion: Criterion, bound: int, *, in_any_rooms: bool = False) -> tuple[int, bool]:
        """Ask for the least of a criterion; return a bound, and whether no seats are to be passed on.

        Nobody who passes a seat on changes rooms, and next to nothing is better than the best near a bound.
        """
        if self.value(criterion) <= bound:
            return bound, False
        near = self._ask_ways(criterion, bound) or self._ask_near(
            self.reached, criterion, below=self.value(criterion), bound=bound
        )
        self.best, bound = near.choices or self.best, max(bound, near.outcome.bound)
        later = self._after(criterion) is not None
        if self.value(criterion) <= bound or (later and near.choices is not None):
            return bound, True
        best_in_rooms = False
        answer = self._solve(self.reached, minimise=criterion, bound=bound, in_any_rooms=in_any_rooms)
        if answer.choices is not None and not self._is_worse(answer.choices, criterion):
            self.best, best_in_rooms = answer.choices, answer.best_in_rooms
        # A solver that calculates with fractions is not believed against what was reached.
        if answer.outcome.verdict is not Verdict.IMPOSSIBLE and (
            answer.outcome.bound <= self.value(criterion)
        ):
            bound = max(bound, answer.outcome.bound)
        if answer.choices is not None:
            self._seat_around(criterion, bound)
        return bound, best_in_rooms

    def _ask_near(
        self, limits: Mapping[Criterion, int], criterion: Criterion, *, below: int, bound: int = 0
    ) -> Answer:
        """Ask for what is ``below`` a value among the seats that are near to what prices prove."""
        if self.stop.asked or not can_be_near(self.case):
            return NO_ANSWER
        near = self.bounds.near(criterion, limits, below)
        if near is None:
            return NO_ANSWER
        question = Question(case=self.case, limits=limits, minimise=criterion, bound=bound)
        return ask_near(question, near, below=below, seed=self.seed, stop=self.stop)

    def _ask_ways(self, criterion: Criterion, bound: int) -> Answer | None:
        """Ask each of the few ways in which rooms may be taken; None where they are not few."""
        if self.ways is None:
            return None
        question = Question(case=self.case, limits=self.reached, minimise=criterion, bound=bound)
        return self.ways.ask(question, self.value(criterion))

    def _price(self, criterion: Criterion, bound: int) -> int:
        """Return what is known where steps, and what is kept, have prices; no less than the bound.

        They are those of the day in the rooms that the best so far is in.
        """
        if self.value(criterion) <= bound:
            return bound
        return max(bound, self.solvers.price(criterion, self.reached, self.best))

    def _seat_around(self, criterion: Criterion, bound: int) -> None:
        """Better what was found since that was done last, where a criterion is above its bound."""
        if self.around is None or self.best is self._seated_around or self.value(criterion) <= bound:
            return
        stop = self.stop.part(self.case.limits.beforehand)
        self.best = self._seated_around = self.around.better(self.best, self.reached, criterion, stop)

    def _narrow(self, criterion: Criterion, bound: int) -> bool:
        """Rule out the rooms in which a criterion cannot stay as it is, if there are any."""
        last = len(self.stages) + 1 == len(self.fairness)
        if not self.at_prices and (criterion not in OVER_SEATS or (last and self.value(criterion) <= bound)):
            return False
        limits = {**self.reached, criterion: self.value(criterion)}
        solvers = self.solvers.narrow(limits, self.best)
        if solvers is None:
            return False
        self.solvers, self.case, self._aggregated = solvers, solvers.case, None
        self.ways = few_rooms(self.case, solvers.possible, seed=self.seed, stop=self.stop)
        if self.ways is None:
            self.bounds = self.bounds.narrow(self.case, self.stop.part(self.case.limits.beside_rounds))
        return True

    def improve(self, criterion: Criterion, bound: int = 0, *, stop: Stop | None = None) -> None:
        """Look for something better, a few people at a time, until ``stop`` is asked for, if not before."""
        stop = stop or self.stop
        self._exchange(criterion, bound, stop.part(self.case.limits.exchange_share))
        if self.value(criterion) <= bound or not self.solvers.can_be_improved:
            return
        self.best = improve(
            self.case,
            self.best,
            criterion,
            self.reached,
            bound=bound,
            seed=self.seed,
            stop=stop,
            watch=self.watch,
        )

    @property
    def _has_places(self) -> bool:
        """Whether a sum before has people, and with them the rooms, in place."""
        return any(stage.criterion is not Criterion.WORST for stage in self.stages)

    def _exchange_at_first(self, criterion: Criterion, bound: int) -> None:
        """Have a few seats passed on before a solver is asked, once a sum before has people in place."""
        limits = self.case.limits
        if self._has_places and self.value(criterion) > bound:
            stop = self.stop.part(limits.at_a_glance)
            self._exchange(criterion, bound, stop, work=limits.exchange_probe)

    def _exchange(
        self,
        criterion: Criterion,
        bound: int,
        stop: Stop,
        *,
        worst: int | None = None,
        work: int | None = None,
    ) -> bool:
        """Have seats passed on, to come to the bound or near to it; return whether anything was found."""
        reached = self.reached
        worst = reached.pop(Criterion.WORST, worst)
        objective = Objective(criterion=criterion, worst=worst, kept=tuple(reached.items()))
        found = exchange_within_rules(
            self.case,
            self._aggregate,
            self.best,
            objective,
            target=bound,
            seed=self.seed,
            stop=stop,
            work=work,
        )
        self.best = found or self.best
        return found is not None

    @property
    def _is_large(self) -> bool:
        """Whether CP-SAT may leave open what passing seats on finds."""
        return self.case.size >= self.case.limits.relaxed

    def _is_worse(self, choices: Sequence[Choice], criterion: Criterion) -> bool:
        worth = measure(self.case, choices)
        if not self.at_prices:
            return worth[criterion] > self.value(criterion)
        # What comes later may have been looked at before.
        order = self.fairness[len(self.stages) :]
        return [worth[each] for each in order] > [self.worth[each] for each in order]

    @property
    def many(self) -> bool:
        """Whether only some participants at a time can be asked about."""
        return not (self.solvers.few or self.solvers.by_highs)

    def _after(self, criterion: Criterion | None) -> Criterion | None:
        """Return what is made small after a criterion."""
        number = self.fairness.index(criterion) + 1 if criterion else len(self.fairness)
        return self.fairness[number] if number < len(self.fairness) else None

    def _solve(
        self,
        limits: Mapping[Criterion, int],
        *,
        minimise: Criterion | None,
        bound: int = 0,
        in_any_rooms: bool = False,
    ) -> Answer:
        """Ask about everybody at once, within ``limits``."""
        then = self._after(minimise)
        question = Question(case=self.case, limits=limits, minimise=minimise, bound=bound, then=then)
        later = len(self.fairness) - len(self.stages) - 1
        within = all(self.value(criterion) <= limit for criterion, limit in limits.items())
        return self.solvers.ask(question, self.best, later=later, within=within, in_any_rooms=in_any_rooms)
