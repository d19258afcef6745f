"""Ask a solver a question: is there an assignment within these limits, and how small can a criterion be?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from midtvejs.domain.fairness import Criterion
from midtvejs.domain.rules import Law
from midtvejs.solving.cpsat.highs import solve_by_highs
from midtvejs.solving.cpsat.model import Model
from midtvejs.solving.cpsat.objectives import terms_of
from midtvejs.solving.cpsat.relaxed import relax
from midtvejs.solving.cpsat.rules import all_rules, keep_reached, keep_together
from midtvejs.solving.cpsat.seating import Seating
from midtvejs.solving.cpsat.settled import Parts
from midtvejs.solving.cpsat.stated import NOTHING, Outcome, Progress
from midtvejs.solving.instance.case import Case, Choice
from midtvejs.solving.stop import Stop


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """``choices``: what was found, None if nothing was. ``best_in_rooms``: better ones are in other rooms."""

    outcome: Outcome
    choices: list[Choice] | None = None
    best_in_rooms: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """All rules are kept, and no criterion exceeds its limit. ``minimise``: None to ask for any assignment.

    ``bound`` is known to hold of what is made small. Those with a choice in ``fixed`` keep it.
    """

    case: Case
    limits: Mapping[Criterion, int]
    minimise: Criterion | None
    bound: int = 0
    fixed: Mapping[int, Choice] = field(default_factory=dict)

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

    def ask_highs(self, *, seed: int, stop: Stop, nodes: int, share: float) -> Answer:
        """Ask HiGHS, which looks at so many ``nodes``, and takes a ``share`` of the time that is left."""
        if stop.asked:
            return Answer(outcome=NOTHING)
        model, seating = self._model()
        return _answer(seating, solve_by_highs(model, seed=seed, stop=stop, nodes=nodes, share=share))

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

    def _model(self) -> tuple[Model, Seating]:
        model = Model()
        worst = self.limits.get(Criterion.WORST, self.case.furthest)
        seating = Seating(model, self.case, worst=worst, fixed=self.fixed)
        keep_together(seating)
        for rule in (*all_rules(seating, but={Law.TOGETHER}), *keep_reached(seating, self.limits)):
            model.at_most(rule.terms, rule.limit)
        if self.minimise:
            model.minimise(terms_of(self.minimise, seating))
        return model, seating


def _answer(seating: Seating, outcome: Outcome) -> Answer:
    return Answer(outcome=outcome, choices=seating.choices(outcome.values) if outcome.found else None)
