"""Search by prices, criterion after criterion: for participants in any number, where they share only seats.

For each criterion: raise the Lagrangian bound (bound.py), round its fractional solution to seats
(rounding.py), and look for choices at the bound's cost (pursuit.py). Where there are any the bound is
reached, and that is the proof.

`worst` is scanned downward, first by seating people anew a round at a time (start.py). Prices at which
anybody must be left out prove the next limit impossible; where they do not, an assignment is looked for. With
thousands of people on a wide day it is scanned upward: prices refuse a limit at once, or lead to a mixture of
days within it that is seated a round at a time.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

import numpy as np

from midtvejs.domain.fairness import OVER_SEATS, Criterion, Stage
from midtvejs.solving.exchanges.search import SeatExchange
from midtvejs.solving.instance.arrays import Ints
from midtvejs.solving.instance.case import STANDING, Case, Choice, share_choices
from midtvejs.solving.instance.count import count_choices
from midtvejs.solving.instance.crowd import Aggregate, aggregate_case
from midtvejs.solving.prices.bound import (
    dearest_for_all,
    is_wide_for_many,
    maximise_bound,
    round_up,
    start_at_kept,
    warm_start,
)
from midtvejs.solving.prices.column_generation import is_wide
from midtvejs.solving.prices.pursuit import Pursuit, Reached, seat_near
from midtvejs.solving.prices.relaxation import DualPoint, Objective, Relaxation, in_codes
from midtvejs.solving.prices.rounding import round_to_seats
from midtvejs.solving.prices.start import over_seats, prices_alone, reseat, seat_quickly
from midtvejs.solving.search import Found, Watch, grid_of, recompute, record_values
from midtvejs.solving.stop import Stop


def search(
    case: Case,
    fairness: tuple[Criterion, ...],
    *,
    seed: int,
    stop: Stop,
    watch: Watch,
    otherwise: Callable[[], Sequence[Choice]] = tuple,
    aggregate: Aggregate | None = None,
) -> Found:
    """Satisfy the criteria in order. The rounds must have seats for everybody.

    Where one list is for several rounds, to seat these one after the other may come to a dead end; then the
    search begins at the choices that it gets ``otherwise``. ``aggregate`` is that of the case, where it is
    known.
    """
    aggregate = aggregate or aggregate_case(case)
    lead = next((criterion for criterion in fairness if criterion is not Criterion.WORST), Criterion.TOTAL)
    found = _Search(
        aggregate,
        start=_start(aggregate, lead, stop, otherwise, case.everybody_stays),
        lead=lead,
        seed=seed,
        stop=stop,
        watch=watch,
    )
    for number, criterion in enumerate(fairness):
        following = fairness[number + 1] if number + 1 < len(fairness) else Criterion.TOTAL
        found.satisfy(criterion, following)
    columns = [
        np.where(line == part.sessions, STANDING, line).tolist()
        for part, line in zip(aggregate.rounds, found.choices, strict=True)
    ]
    return Found(
        choices=share_choices(zip(*columns, strict=True)),
        stages=tuple(found.stages),
        proofs=tuple(proof and in_codes(case, *proof) for proof in found.proofs),
    )


def _start(
    aggregate: Aggregate,
    lead: Criterion,
    stop: Stop,
    otherwise: Callable[[], Sequence[Choice]],
    earlier: Sequence[Choice] | None,
) -> Ints:
    """Return choices to begin with, as crowd.py numbers them: where everybody was, if that can be kept."""
    if earlier is not None:
        return _in_columns(aggregate, earlier)
    try:
        # What prices lead to there is better than what more passes would.
        hasty = is_wide_for_many(Relaxation(aggregate, Objective(criterion=lead)))
        return seat_quickly(aggregate, lead, hasty=hasty, stop=stop)
    except ValueError:
        if not aggregate.has_lists:
            raise
        return _in_columns(aggregate, otherwise())


def _in_columns(aggregate: Aggregate, choices: Sequence[Choice]) -> Ints:
    columns = np.array(choices, dtype=np.int64).reshape(-1, len(aggregate.rounds)).T
    standing = np.array([[part.sessions] for part in aggregate.rounds])
    return np.where(columns == STANDING, standing, columns)


Priced = tuple[Objective, Ints]
"""Prices, with the objective that they were for."""
Proven = tuple[Stage, Priced | None]
"""A stage, and the prices of its bound."""


def _stage_of_worst(value: int, bound: int, proof: Priced | None) -> Stage:
    """Return the stage of `worst`; prices refuse limits one by one, and what CP-SAT refuses has none."""
    return Stage(
        criterion=Criterion.WORST, value=value, bound=bound, recomputable=bound if proof is not None else 0
    )


class _Search:
    """The best lawful choices so far, and what the stages behind them reached."""

    def __init__(
        self,
        aggregate: Aggregate,
        *,
        start: Ints,
        lead: Criterion,
        seed: int,
        stop: Stop,
        watch: Watch,
    ) -> None:
        self.aggregate = aggregate
        self.choices = start
        self.stages: list[Stage] = []
        self.proofs: list[Priced | None] = []
        self._limits = aggregate.limits
        self._lead = lead
        self._seed = seed
        self._stop = stop
        self._watch = watch
        self._known: dict[Objective, Reached] = {}
        self._alone: dict[Criterion, Ints] = {}

    def satisfy(self, criterion: Criterion, following: Criterion) -> None:
        """Add a stage. After `worst` it is the ``following`` criterion that chooses among the assignments."""
        worst = criterion is Criterion.WORST
        stage, proof = self._worst(following) if worst else self._least(self._objective(criterion))
        self.stages = record_values([*self.stages, stage], count_choices(self.aggregate, self.choices).sums)
        self.proofs.append(proof)

    def _objective(self, criterion: Criterion) -> Objective:
        reached = {stage.criterion: stage.value for stage in self.stages}
        worst = reached.pop(Criterion.WORST, None)
        return Objective(criterion=criterion, worst=worst, kept=tuple(reached.items()))

    def _least(self, objective: Objective) -> Proven:
        reached = self._known.get(objective) or self._pursue(objective)
        if reached.choices is not None:
            self.choices = reached.choices
        value = count_choices(self.aggregate, self.choices).sums[objective.criterion]
        by_prices = 0 if reached.best is None else max(0, round_up(reached.best.bound))
        stage = Stage(
            criterion=objective.criterion,
            value=value,
            bound=reached.bound,
            recomputable=recompute(objective.criterion, by_prices, self.stages),
        )
        return stage, None if reached.best is None else (objective, reached.best.prices)

    def _worst(self, following: Criterion) -> Proven:
        if self.aggregate.has_lists:
            return self._worst_from_below(following)
        if is_wide_for_many(Relaxation(self.aggregate, self._objective(Criterion.WORST))):
            return self._worst_by_mixtures()
        return self._worst_from_above(following)

    def _worst_by_mixtures(self) -> Proven:
        """Refuse limits from below; within the first that is not, seat all near to what nearly refuses it.

        That is a mixture of days within the limit which nearly keeps to the seats.
        """
        value = self._value_of_worst
        bound, proof, seated = 0, None, False
        for limit in () if self._stop.asked else range(max(0, self._average_regret() - 1), value):
            self._watch(Criterion.WORST, bound, value)
            refused = replace(self._objective(Criterion.WORST), worst=limit)
            prices, seated = self._refuse_or_seat(Relaxation(self.aggregate, refused))
            if prices is not None:
                bound, proof = limit + 1, (refused, prices)
            if seated or self._stop.asked:
                break
        if self._stop.asked and not seated:
            at_once = self._refute_alone(value)
            bound, proof = at_once if at_once[0] > bound else (bound, proof)
        elif not seated and bound < value:
            self._lower_worst()
        return _stage_of_worst(self._value_of_worst, bound, proof), proof

    @property
    def _value_of_worst(self) -> int:
        return count_choices(self.aggregate, self.choices).sums[Criterion.WORST]

    def _refuse_or_seat(self, refused: Relaxation) -> tuple[Ints | None, bool]:
        """Return prices that refuse a limit on regret, or whether everybody was seated within it."""
        begin = dearest_for_all(refused, self._prices_alone(Criterion.WORST))
        for most in (self._limits.at_first, None):
            dual = maximise_bound(refused, start=begin, enough=1, most=most, stop=self._stop)
            if dual.bound > 0:
                return dual.best.prices, False
            rounded = round_to_seats(refused, dual.points, dual.shares, stop=self._stop)
            near = None if rounded is None else seat_near(refused, rounded, self._lead, stop=self._stop)
            if near is not None:
                self.choices = near
                return None, True
            if self._stop.asked:
                break
            begin = dual.best.prices
        return None, False

    def _worst_from_below(self, following: Criterion) -> Proven:
        """Refuse limits by prices while they can be; then look for choices within the first that is not.

        With one list for several rounds, what is found a round at a time is far above the least.
        """
        value = self._lower_worst()
        bound, proof, limit = 0, None, 0
        while limit < value and not self._stop.asked:
            self._watch(Criterion.WORST, bound, value)
            if limit == bound:
                refused = replace(self._objective(Criterion.WORST), worst=limit)
                prices = self._refute(refused, before=proof[1] if proof else None)
                if prices is not None:
                    bound, proof, limit = limit + 1, (refused, prices), limit + 1
                    continue
            reached = self._within(limit, following)
            if reached.choices is not None:
                value = limit
            elif reached.impossible and limit == bound:
                bound, proof = limit + 1, None
            limit += 1
        return _stage_of_worst(value, bound, proof), proof

    def _refute(self, refused: Objective, *, before: Ints | None) -> Ints | None:
        """Return prices that prove a limit impossible: those that did ``before``, of one less, mostly do."""
        relaxation = Relaxation(self.aggregate, refused)
        if before is not None and relaxation.evaluate(before).bound > 0:
            return before
        dual = maximise_bound(relaxation, start=before, enough=1, stop=self._stop)
        return dual.best.prices if dual.bound > 0 else None

    def _worst_from_above(self, following: Criterion) -> Proven:
        value = self._lower_worst()
        bound, proof, looking = 0, None, True
        for limit in reversed(range(value)):
            if self._stop.asked:
                bound, proof = self._refute_alone(value)
                break
            self._watch(Criterion.WORST, bound, value)
            refused = replace(self._objective(Criterion.WORST), worst=limit)
            dual = maximise_bound(Relaxation(self.aggregate, refused), enough=1, stop=self._stop)
            if dual.bound > 0:
                bound, proof = limit + 1, (refused, dual.best.prices)
                break
            if looking and not self._stop.asked:
                reached = self._within(limit, following)
                if reached.impossible:
                    bound = limit + 1
                    break
                looking = reached.choices is not None
                value = limit if looking else value
        return _stage_of_worst(value, bound, proof), proof

    def _refute_alone(self, value: int) -> tuple[int, Priced | None]:
        """Return what limits below ``value`` the rounds alone refuse; none, with too many people.

        What all come to on average is mostly refused at once: then no limit below it is looked at.
        """
        bound, proof, spent = 0, None, 0
        if not self._evaluations_are_cheap:
            return bound, proof
        alone = self._prices_alone(Criterion.WORST)
        total = count_choices(self.aggregate, self.choices).sums[Criterion.TOTAL]
        average = -(-total // max(1, self.aggregate.people))
        for begin in sorted({0, max(0, average - 2), max(0, average - 1)}, reverse=True):
            for limit in range(begin, value):
                if spent > self._limits.last_work:
                    break
                refused = replace(self._objective(Criterion.WORST), worst=limit)
                relaxation = Relaxation(self.aggregate, refused)
                point = warm_start(relaxation, stop=_counting(relaxation, spent), alone=alone)
                spent += relaxation.worked
                if point.bound <= 0:
                    break
                bound, proof = limit + 1, (refused, point.prices)
            if bound:
                break
        return bound, proof

    def _prices_alone(self, criterion: Criterion) -> Ints:
        """Return the prices of the rounds alone, which several stages begin at."""
        by = over_seats(criterion)
        if by not in self._alone:
            self._alone[by] = prices_alone(self.aggregate, by)
        return self._alone[by]

    @property
    def _evaluations_are_cheap(self) -> bool:
        return self.aggregate.people <= self._limits.last_people

    def _lower_worst(self) -> int:
        """Lower the highest regret as far as it goes by seating people anew, a round at a time.

        Where many are to be seated, twice as far each time as the time before, as long as that goes well.
        """
        many = self.aggregate.people > self._limits.everybody
        growth = 2 if many else 1
        average = 0 if self._stop.asked else self._average_regret()
        value, lower = self._value_of_worst, 1
        while value > average and lower and not self._stop.asked:
            limit = max(average, value - lower)
            choices = reseat(
                self.aggregate, self.choices, self._lead, limit=limit, hasty=many, stop=self._stop
            )
            tally = count_choices(self.aggregate, choices)
            if Relaxation(self.aggregate, replace(self._objective(Criterion.WORST), worst=limit)).allows(
                tally
            ):
                self.choices, value, lower = choices, tally.sums[Criterion.WORST], growth * lower
            else:
                lower = int(value - limit > 1)
        return value

    def _average_regret(self) -> int:
        """Return a regret that somebody has, as all of them come to no less in the rounds alone."""
        relaxation = Relaxation(self.aggregate, Objective(criterion=Criterion.TOTAL))
        total = relaxation.evaluate(self._prices_alone(Criterion.TOTAL)).bound
        return -(-max(0, round_up(total)) // max(1, self.aggregate.people))

    def _within(self, limit: int, following: Criterion) -> Reached:
        """Look for an assignment in which nobody's regret is above ``limit``, and keep it."""
        objective = replace(self._objective(following), worst=limit)
        self._known[objective] = reached = self._pursue(objective)
        if reached.choices is not None:
            self.choices = reached.choices
        return reached

    def _pursue(self, objective: Objective) -> Reached:
        relaxation = Relaxation(self.aggregate, objective)
        if self._stop.asked:
            return self._bound_at_once(relaxation)
        tally = count_choices(self.aggregate, self.choices)
        incumbent = self.choices if relaxation.allows(tally) else None
        value = tally.sums[objective.criterion]
        known = None if incumbent is None else self._evaluate_before(relaxation)
        if incumbent is not None and known is not None and value <= round_up(known.bound):
            return Reached(bound=value, choices=incumbent, best=known)
        # For a sum over seats the rounds alone have prices at one scale, and that is one evaluation.
        at_once = self._evaluations_are_cheap or objective.criterion in OVER_SEATS
        if incumbent is not None and at_once:
            alone = warm_start(relaxation, stop=self._stop, alone=self._prices_alone(objective.criterion))
            incumbent = self._come_near(relaxation, incumbent, value, round_up(alone.bound))
            value = count_choices(self.aggregate, incumbent).sums[objective.criterion]
            if value <= round_up(alone.bound):
                return Reached(bound=value, choices=incumbent, best=alone)
            known = alone if known is None or alone.bound > known.bound else known

        def watch(bound: int) -> None:
            # Choices beyond the limit that is tried may come to less than the bound within it.
            self._watch(objective.criterion, bound, value if incumbent is not None else None)

        # It takes all but column generation long to see that what is kept has to have a price.
        before = self._prices_of_kept(relaxation) if relaxation.size >= self._limits.wide else None
        begin = None if before is None else start_at_kept(relaxation, before, stop=self._stop).prices
        start = None if is_wide(relaxation) else begin
        dual = maximise_bound(relaxation, start=start, afresh=begin, stop=self._stop, watch=watch)
        if known is not None and round_up(known.bound) > dual.bound:
            dual = replace(dual, best=known)
        grid = grid_of(objective.criterion, self.stages)
        if incumbent is not None and value <= grid.above(dual.bound):
            return Reached(bound=value, choices=incumbent, best=dual.best)
        rounded = round_to_seats(relaxation, dual.points, dual.shares, stop=self._stop)
        if rounded is None:
            return replace(self._bound_at_once(relaxation, dual.best), choices=incumbent)
        pursuit = Pursuit(
            relaxation,
            dual,
            rounded,
            choices=self.choices if incumbent is None else incumbent,
            incumbent=incumbent,
            grid=grid,
            seed=self._seed,
            stop=self._stop,
        )
        reached = pursuit.reach()
        return replace(self._polish(relaxation, reached), best=dual.best)

    def _evaluate_before(self, relaxation: Relaxation) -> DualPoint | None:
        """Evaluate the prices of what was kept last, which is free itself: often they prove what follows.

        Where nobody's regret is above 1, its square is no more, and the least `total` is the least `even`.
        """
        prices = self._prices_of_kept(relaxation)
        return None if prices is None else relaxation.evaluate(np.append(prices, 0))

    def _come_near(self, relaxation: Relaxation, incumbent: Ints, value: int, bound: int) -> Ints:
        """Pass seats on where a bound is near at hand already, and to raise it takes long."""
        near = bound < value <= bound * (1 + self._limits.near)
        if not near or not is_wide(relaxation) or self.aggregate.people > self._limits.everybody:
            return incumbent
        exchange = SeatExchange(self.aggregate, (incumbent,), relaxation.objective, seed=self._seed)
        exchange.probe(bound, self._stop)
        return incumbent if exchange.found is None else exchange.found

    def _polish(self, relaxation: Relaxation, reached: Reached) -> Reached:
        """Where the bound was not reached, see how near people can be seated a round at a time."""
        criterion, worst = relaxation.objective.criterion, relaxation.objective.worst
        if reached.choices is None or self._stop.asked:
            return reached
        value = count_choices(self.aggregate, reached.choices).sums[criterion]
        if value <= reached.bound:
            return reached
        limit = self.aggregate.furthest if worst is None else worst
        choices = reseat(self.aggregate, reached.choices, self._lead, limit=limit, stop=self._stop)
        tally = count_choices(self.aggregate, choices)
        better = relaxation.allows(tally) and tally.sums[criterion] < value
        return replace(reached, choices=choices) if better else reached

    def _bound_at_once(self, relaxation: Relaxation, best: DualPoint | None = None) -> Reached:
        """Return a bound at once; ``best`` is the best point so far.

        Where one more evaluation is too much work, that has to do; without it there is one all the same.
        """
        if best is not None and relaxation.work > self._limits.last_work:
            return Reached(bound=max(0, round_up(best.bound)), choices=None, best=best)
        stop = _counting(relaxation, spent=0)
        criterion = relaxation.objective.criterion
        alone = warm_start(relaxation, stop=stop, alone=self._prices_alone(criterion))
        best = alone if best is None or alone.bound > best.bound else best
        before = self._prices_of_kept(relaxation)
        if before is not None and not stop.asked:
            best = max(best, start_at_kept(relaxation, before, stop=stop), key=lambda each: each.bound)
        if self._evaluations_are_cheap and not is_wide(relaxation) and not stop.asked:
            best = maximise_bound(
                relaxation, start=best.prices, most=self._limits.last_evaluations, stop=stop
            ).best
        return Reached(bound=max(0, round_up(best.bound)), choices=None, best=best)

    def _prices_of_kept(self, relaxation: Relaxation) -> Ints | None:
        """Return the prices that bounded what was kept last; None where nothing was, or there are none."""
        kept = relaxation.objective.kept
        proof = self.proofs[-1] if kept and self.proofs else None
        if proof is None or proof[0].criterion is not kept[-1][0]:
            return None
        return proof[1] if len(proof[1]) == relaxation.size - 1 else None


def _counting(relaxation: Relaxation, spent: int) -> Stop:
    """Return a stop for what is still done when the search is to end; its clock counts work."""
    start = relaxation.worked
    return Stop(
        seconds=max(0, relaxation.aggregate.limits.last_work - spent), clock=lambda: relaxation.worked - start
    )
