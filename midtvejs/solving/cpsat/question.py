"""Ask a solver a question: is there an assignment within these limits, and how small can a criterion be?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from midtvejs.domain.fairness import SUMS, Criterion
from midtvejs.domain.rules import Law
from midtvejs.solving.cpsat.highs import solve_by_highs
from midtvejs.solving.cpsat.in_order import InOrder, minimise_in_order, weight_to_prove
from midtvejs.solving.cpsat.model import Model
from midtvejs.solving.cpsat.objectives import most_of, terms_of
from midtvejs.solving.cpsat.priced import Prices
from midtvejs.solving.cpsat.relaxed import relax
from midtvejs.solving.cpsat.rules import all_rules, keep_reached, keep_together
from midtvejs.solving.cpsat.seating import Seating, Seats
from midtvejs.solving.cpsat.settled import Parts
from midtvejs.solving.cpsat.stated import NOTHING, Outcome, Progress, Verdict
from midtvejs.solving.instance.case import Case, Choice
from midtvejs.solving.stop import Stop

Asked = tuple[frozenset[tuple[Criterion, int]], Criterion | None]
"""What makes a question of a case: its limits, and what is made small."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """``choices``: what was found, None if nothing was. ``best_in_rooms``: better ones are in other rooms.

    ``then``: what is known of that which was made small among the best, if it was.
    """

    outcome: Outcome
    choices: list[Choice] | None = None
    then: Outcome | None = None
    best_in_rooms: bool = False

    def bounded(self, bound: int) -> Answer:
        """Return the answer with another bound, never above what was found; where it is that, it is best."""
        outcome = replace(self.outcome, bound=bound)
        if self.choices is None:
            return replace(self, outcome=outcome)
        verdict = Verdict.BEST if bound == outcome.value else Verdict.FOUND
        return replace(self, outcome=replace(outcome, verdict=verdict))


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """All rules are kept, and no criterion exceeds its limit. ``minimise``: None to ask for any assignment.

    ``bound`` is known to hold of what is made small. Those with a choice in ``fixed`` keep it, and nobody has
    other seats than those ``within``, if these are given. ``then`` comes next: it is made small as well where
    that takes no question of its own. ``prices`` are made small instead of a criterion, and what things cost
    at those in ``priced`` stays within its limit.
    """

    case: Case
    limits: Mapping[Criterion, int]
    minimise: Criterion | None
    bound: int = 0
    fixed: Mapping[int, Choice] = field(default_factory=dict)
    within: Seats | None = None
    then: Criterion | None = None
    prices: Prices | None = None
    priced: Sequence[tuple[Prices, int]] = ()

    @property
    def asked(self) -> Asked:
        return frozenset(self.limits.items()), self.minimise

    def after(self, value: int) -> Question:
        """Return the question that asks for what comes next, where this one came to ``value``."""
        limits = {**self.limits, self.minimise: value} if self.minimise else self.limits
        return replace(self, limits=limits, minimise=self.then, then=None, bound=0)

    def ask(
        self,
        hint: Sequence[Choice],
        *,
        seed: int,
        stop: Stop,
        effort: float | None,
        progress: Progress = lambda _value, _bound: None,
    ) -> Answer:
        """Ask CP-SAT; ``hint`` is where to look first, and ``effort`` its own seconds, which count work."""
        if stop.asked:
            return Answer(outcome=NOTHING)
        model, seating = self._model()
        if self.minimise:
            model.at_least(model.costs, self.bound)
        model.hint(seating.values_of(hint))
        outcome = model.solve(seed=seed, stop=stop, effort=effort, progress=progress)
        return _answer(seating, outcome)

    def ask_highs(self, *, seed: int, stop: Stop, nodes: int, share: float, to_prove: bool = True) -> Answer:
        """Ask HiGHS, which looks at so many ``nodes``, and takes a ``share`` of the time that is left.

        Where nothing is ``to_prove``, what is found is best as far as what comes next was weighed rightly.
        """
        if stop.asked:
            return Answer(outcome=NOTHING)
        model, seating = self._model()
        in_order = self._in_order(model, seating, to_prove=to_prove)
        outcome, then = solve_by_highs(model, seed=seed, stop=stop, nodes=nodes, share=share), None
        if in_order:
            outcome, then = in_order.split(outcome)
        return replace(_answer(seating, outcome), then=then)

    def relax(self, stop: Stop) -> tuple[int, Parts]:
        """Return a bound of what is made small, by parts of seats, and those of rooms.

        It is 0, and there are no parts, where they are not known in time.
        """
        if stop.asked:
            return 0, {}
        model, seating = self._model()
        relaxed = relax(model, stop)
        if relaxed is None:
            return 0, {}
        return relaxed.bound, seating.sessions.parts(relaxed.parts)

    def _in_order(self, model: Model, seating: Seating, *, to_prove: bool) -> InOrder | None:
        """Have what comes next made small as well, unless it can come to too much for that."""
        if self.then is None or self.then not in SUMS or self.fixed:
            return None
        limits, most = self.case.limits, most_of(self.then, seating)
        if to_prove and weight_to_prove(most) > limits.heaviest_to_prove:
            return None
        second = terms_of(self.then, seating)
        heaviest = None if to_prove else limits.heaviest
        return minimise_in_order(model, model.costs, second, most=most, heaviest=heaviest)

    def _model(self) -> tuple[Model, Seating]:
        model = Model()
        worst = self.limits.get(Criterion.WORST, self.case.furthest)
        seating = Seating(model, self.case, worst=worst, fixed=self.fixed, within=self.within)
        keep_together(seating)
        for rule in (*all_rules(seating, but={Law.TOGETHER}), *keep_reached(seating, self.limits)):
            model.at_most(rule.terms, rule.limit)
        for prices, limit in self.priced:
            model.at_most(prices.costs(seating), limit)
        if self.prices:
            model.minimise(self.prices.costs(seating))
        elif self.minimise:
            model.minimise(terms_of(self.minimise, seating))
        return model, seating


def _answer(seating: Seating, outcome: Outcome) -> Answer:
    return Answer(outcome=outcome, choices=seating.choices(outcome.values) if outcome.found else None)
