"""Stage after stage where rules couple participants: CP-SAT seats people, prices say how far it can get.

The rules are first left out, and the rest is searched by prices. If what comes of it keeps the rules all the
same, it is the best there is. If not, it is where CP-SAT looks first, and its prices are bounds still: with
rules left out there are only more assignments (relaxation.py).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from midtvejs.domain.audit import audit
from midtvejs.domain.certificate import Proof
from midtvejs.domain.fairness import Criterion, Stage
from midtvejs.solving import by_prices
from midtvejs.solving.case import Case, Choice
from midtvejs.solving.cpsat import NOTHING, Model, Outcome, Verdict
from midtvejs.solving.measure import measured
from midtvejs.solving.objectives import terms_of
from midtvejs.solving.relaxation import Relaxation
from midtvejs.solving.rules import all_rules, kept
from midtvejs.solving.search import Found, Watch
from midtvejs.solving.seating import Seating
from midtvejs.solving.stop import Stop

EFFORT = 20.0
"""How long CP-SAT may try at each question, in seconds of its own that count work."""


def search(
    case: Case,
    fairness: tuple[Criterion, ...],
    *,
    seed: int,
    stop: Stop,
    watch: Watch,
    lawful: Sequence[Choice],
) -> Found:
    """Satisfy the criteria in order; ``lawful`` is any assignment that keeps all rules."""
    priced = _before_spread(fairness)
    hint = lawful
    if priced:
        relaxed = by_prices.search(case, priced, seed=seed, stop=stop, watch=watch)
        if keeps_the_rules(case, relaxed.choices):
            if priced == fairness and all(stage.proven for stage in relaxed.stages):
                return relaxed
            lawful = relaxed.choices
        hint = relaxed.choices
    found = _Search(
        case=case,
        seed=seed,
        stop=stop,
        watch=watch,
        relaxation=Relaxation(case, stop),
        best=list(lawful),
        hint=hint,
    )
    for criterion in fairness:
        found.satisfy(criterion)
    return Found(choices=found.best, stages=tuple(found.stages), proofs=tuple(found.proofs))


def keeps_the_rules(case: Case, choices: Sequence[Choice]) -> bool:
    """Ask the judge."""
    return audit(case.assignment(choices, case.participants), case.participants).lawful


def _before_spread(fairness: tuple[Criterion, ...]) -> tuple[Criterion, ...]:
    """Give the criteria that prices can speak of, up to the first that they cannot."""
    return fairness[: fairness.index(Criterion.SPREAD)] if Criterion.SPREAD in fairness else fairness


@dataclass(slots=True, kw_only=True)
class _Search:
    """A search under way: the best choices so far, and what the stages behind it reached."""

    case: Case
    seed: int
    stop: Stop
    watch: Watch
    relaxation: Relaxation
    best: list[Choice]
    hint: Sequence[Choice]
    stages: list[Stage] = field(default_factory=list)
    proofs: list[Proof | None] = field(default_factory=list)

    @property
    def reached(self) -> dict[Criterion, int]:
        return {stage.criterion: stage.value for stage in self.stages}

    def value(self, criterion: Criterion) -> int:
        return measured(self.case, self.best)[criterion]

    def satisfy(self, criterion: Criterion) -> None:
        """Add a stage."""
        value = self.value(criterion)
        known = self.relaxation.bound(criterion, self.reached, below=value)
        self.watch(criterion, known.value, value)
        stage = (
            self._worst(known.value) if criterion is Criterion.WORST else self._least(criterion, known.value)
        )
        self.stages.append(stage)
        self.proofs.append(known.proof if stage.bound == known.value else None)

    def _worst(self, bound: int) -> Stage:
        value = self.value(Criterion.WORST)
        for limit in range(bound, value):
            self.watch(Criterion.WORST, bound, value)
            outcome = self._solved({**self.reached, Criterion.WORST: limit}, minimise=None)
            if outcome.values:
                value = limit
                break
            if outcome.verdict is Verdict.IMPOSSIBLE and bound == limit:
                bound = limit + 1
        return Stage(criterion=Criterion.WORST, value=value, bound=bound)

    def _least(self, criterion: Criterion, bound: int) -> Stage:
        if self.value(criterion) > bound:
            outcome = self._solved(self.reached, minimise=criterion, bound=bound)
            if outcome.verdict in {Verdict.BEST, Verdict.FOUND}:
                bound = max(bound, outcome.bound)
        return Stage(criterion=criterion, value=self.value(criterion), bound=bound)

    def _solved(
        self, limits: Mapping[Criterion, int], *, minimise: Criterion | None, bound: int = 0
    ) -> Outcome:
        """Solve within ``limits``; whatever is found becomes the best."""
        if self.stop.asked:
            return NOTHING
        model = Model()
        seating = Seating(model, self.case, worst=limits.get(Criterion.WORST, self.case.furthest))
        for rule in (*all_rules(seating), *kept(seating, limits)):
            model.at_most(rule.terms, rule.limit)
        if minimise:
            terms = terms_of(minimise, seating)
            model.at_least(terms, bound)
            model.minimise(terms)
        model.hint(seating.values_of(self.best if minimise else self.hint))

        def progress(value: int | None, reached: int | None) -> None:
            if minimise:
                self.watch(minimise, reached, value)

        outcome = model.solve(seed=self.seed, stop=self.stop, effort=EFFORT, progress=progress)
        if outcome.values:
            self.best = seating.choices(outcome.values)
        return outcome
