"""Prices that part a day into its rounds: what a step costs each participant, and what is kept.

Only sums over regrets, and `worst`, tie the rounds to each other. Where a regret may be any number, and is
only sold and bought step by step at a price, nothing does; what it comes to then is never above what the day
does (Guignard and Kim 1987, "Lagrangean decomposition: a model yielding stronger Lagrangean bounds"). The
rounds choose their rooms by themselves, exactly, so that this is far more than what is known of days whose
rooms are chosen in parts. Good prices are those of the relaxed day in the rooms of the best that is known.

Legend: nobody's regret may be above 2, but the rounds alone come to a `total` of 3 with 2 steps for Åse in R1
and 1 in R2. At the price of 1 for each step of hers they cost 3 + 3, and no other way costs less. The 2 steps
that she may have are given back: `total` is at least 6 - 2 = 4.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from midtvejs.domain.fairness import (
    CRITERIA,
    Criterion,
    PairsOfColleagues,
    SumOverRegrets,
    SumOverSeats,
)
from midtvejs.solving.cpsat.model import Model
from midtvejs.solving.cpsat.objectives import merge_terms, terms_of
from midtvejs.solving.cpsat.relaxed import relax
from midtvejs.solving.cpsat.rules import all_rules
from midtvejs.solving.cpsat.seating import Seating
from midtvejs.solving.cpsat.stated import Term, Variable
from midtvejs.solving.instance.case import Case
from midtvejs.solving.stop import Stop

UNIT = 20
"""So many parts of a price are told apart: whole numbers of them are what solvers add up exactly."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Prices:
    """In 1 / UNIT: ``weights`` are the costs of one of each criterion, ``steps`` those of each participant's.

    The criterion that is made small costs 1.
    """

    weights: Mapping[Criterion, int]
    steps: Sequence[int]

    def costs(self, seating: Seating) -> list[Term]:
        """Return what the rounds of a seating cost, but for sums over regrets."""
        of_steps = (
            (self.steps[person] * count, variable)
            for person in seating.free
            if self.steps[person]
            for count, variable in seating.steps_of(person)
        )
        of_seats = (
            (weight * count, variable)
            for criterion, weight in self.weights.items()
            if weight and not _is_over_regrets(criterion)
            for count, variable in terms_of(criterion, seating)
        )
        return merge_terms((*of_steps, *of_seats))

    def least_of_regrets(self, case: Case, worst: int) -> int:
        """Return what all regrets within a limit cost at the least: sums over them, less their steps."""
        regrets = np.arange(worst + 1)
        costs = np.zeros(worst + 1, dtype=np.int64)
        for criterion, weight in self.weights.items():
            measure = CRITERIA[criterion].measure
            if isinstance(measure, SumOverRegrets):
                costs += weight * np.array([measure.amount(int(each)) for each in regrets])
        steps = np.array(self.steps[: len(case.rows)], dtype=np.int64)
        return int((costs[:, None] - regrets[:, None] * steps).min(axis=0).sum())

    def limit(self, limits: Mapping[Criterion, int]) -> int:
        """Return what all that has a price may cost where it is within its limits."""
        return sum(weight * limits[criterion] for criterion, weight in self.weights.items())


def can_be_priced(criterion: Criterion) -> bool:
    """Return whether a criterion is a sum over rounds, or over regrets."""
    return isinstance(CRITERIA[criterion].measure, SumOverSeats | SumOverRegrets | PairsOfColleagues)


def _is_over_regrets(criterion: Criterion) -> bool:
    return isinstance(CRITERIA[criterion].measure, SumOverRegrets)


def prices_in(
    settled: Case, criterion: Criterion, limits: Mapping[Criterion, int], stop: Stop
) -> Prices | None:
    """Return the prices of a day whose rooms are settled, while a criterion is made small; None if too late.

    What is kept and cannot be priced costs nothing.
    """
    if stop.asked:
        return None
    day = _Day(settled, limits)
    day.minimise(criterion)
    relaxed = relax(day.model, stop)
    if relaxed is None:
        return None
    prices = [max(0, round(UNIT * price)) for price in relaxed.prices]
    steps = [prices[day.row_of[person]] if person in day.row_of else 0 for person in range(len(settled.rows))]
    kept = {each: prices[row] for each, row in day.row_of_kept.items()}
    return Prices(weights={**kept, criterion: UNIT}, steps=steps)


class _Day:
    """The day as a model in which everybody's regret is a variable, and bounded from below by their steps.

    ``row_of`` are the rows that do so, and ``row_of_kept`` those of the criteria that are within limits.
    """

    def __init__(self, case: Case, limits: Mapping[Criterion, int]) -> None:
        self.model = Model()
        self.row_of: dict[int, int] = {}
        self.row_of_kept: dict[Criterion, int] = {}
        self._regrets: dict[int, Variable] = {}
        self._seating = Seating(self.model, case, worst=limits.get(Criterion.WORST, case.furthest))
        for rule in all_rules(self._seating):
            self.model.at_most(rule.terms, rule.limit)
        for person in self._seating.free:
            self._bound_regret(person, self._seating.worst)
        for criterion, limit in limits.items():
            if can_be_priced(criterion):
                terms = self._terms_of(criterion)
                self.row_of_kept[criterion] = len(self.model.rows)
                self.model.at_most(terms, limit)

    def minimise(self, criterion: Criterion) -> None:
        self.model.minimise(self._terms_of(criterion))

    def _bound_regret(self, person: int, worst: int) -> None:
        steps = self._seating.steps_of(person)
        if steps:
            regret = self._regrets[person] = self.model.whole(worst)
            self.row_of[person] = len(self.model.rows)
            self.model.at_most([*steps, (-1, regret)], 0)

    def _terms_of(self, criterion: Criterion) -> list[Term]:
        measure = CRITERIA[criterion].measure
        if not isinstance(measure, SumOverRegrets):
            return terms_of(criterion, self._seating)
        return list(self._over_regrets(measure))

    def _over_regrets(self, measure: SumOverRegrets) -> Iterator[Term]:
        for regret in self._regrets.values():
            rungs = self._seating.ladder([(1, regret)], self._seating.worst)
            for number, rung in enumerate(rungs, start=1):
                yield measure.amount(number) - measure.amount(number - 1), rung
