"""Stage after stage with CP-SAT: exact at every step, and quick up to a few hundred participants.

`worst` is scanned upward: is everybody within 0 possible, within 1, within 2? Each no is a proof, and the
first yes is the least. As a variable to be made small the same takes tens of times longer. The other criteria
are sums, made small one after the other, each held at what it reached while the next is searched.

What another search has found is a place to start from: its assignment is where to look first, and its bounds
are bounds here as well, as long as the stages before come to no more than they did there.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from midtvejs.domain.certificate import Proof
from midtvejs.domain.fairness import Criterion, Stage
from midtvejs.solving.case import Case, Choice
from midtvejs.solving.cpsat import NOTHING, Model, Outcome, Verdict
from midtvejs.solving.in_turn import seated_in_turn
from midtvejs.solving.measure import measured
from midtvejs.solving.objectives import terms_of
from midtvejs.solving.rules import all_rules, kept
from midtvejs.solving.search import Found, Watch
from midtvejs.solving.seating import Seating
from midtvejs.solving.stop import Stop


@dataclass(slots=True, kw_only=True)
class _Search:
    """A search under way: the best choices so far, and what the stages behind it reached."""

    case: Case
    seed: int
    stop: Stop
    watch: Watch
    effort: float | None
    best: list[Choice]
    start: tuple[Stage, ...]
    stages: list[Stage]

    @property
    def reached(self) -> dict[Criterion, int]:
        return {stage.criterion: stage.value for stage in self.stages}

    @property
    def start_holds(self) -> bool:
        """Whether the next stage's bound at the start is one here: nothing before it has had to give way."""
        pairs = zip(self.stages, self.start, strict=False)
        return bool(self.start) and all(stage.value <= start.value for stage, start in pairs)

    @property
    def bound(self) -> int:
        """What is known of the next stage before it is searched."""
        return self.start[len(self.stages)].bound if self.start_holds else 0

    def value(self, criterion: Criterion) -> int:
        return measured(self.case, self.best)[criterion]


def search(
    case: Case,
    fairness: tuple[Criterion, ...],
    *,
    seed: int,
    stop: Stop,
    watch: Watch,
    start: Found | None = None,
    effort: float | None = None,
) -> Found:
    """Satisfy the criteria in order. The rounds must have seats for everybody.

    ``start`` is what another search came to with the same criteria: proofs of its own stay. ``effort`` limits
    each attempt, in the solver's own seconds, which count work and not time.
    """
    found = _Search(
        case=case,
        seed=seed,
        stop=stop,
        watch=watch,
        effort=effort,
        best=list(start.choices) if start else seated_in_turn(case),
        start=start.stages if start else (),
        stages=[],
    )
    proofs: list[Proof | None] = []
    for number, criterion in enumerate(fairness):
        proofs.append(start.proofs[number] if start and found.start_holds else None)
        stage = _worst(found) if criterion is Criterion.WORST else _least(found, criterion)
        found.stages.append(stage)
    return Found(choices=found.best, stages=tuple(found.stages), proofs=tuple(proofs))


def _worst(found: _Search) -> Stage:
    value = found.value(Criterion.WORST)
    bound = found.bound
    for limit in range(bound, value):
        found.watch(Criterion.WORST, limit, value)
        outcome = _solve(found, {**found.reached, Criterion.WORST: limit}, minimise=None)
        if outcome.verdict is Verdict.UNDECIDED:
            return Stage(criterion=Criterion.WORST, value=value, bound=limit)
        if outcome.verdict is not Verdict.IMPOSSIBLE:
            return Stage(criterion=Criterion.WORST, value=limit, bound=limit)
    return Stage(criterion=Criterion.WORST, value=value, bound=value)


def _least(found: _Search, criterion: Criterion) -> Stage:
    bound = found.bound
    if found.value(criterion) > bound:
        outcome = _solve(found, found.reached, minimise=criterion)
        if outcome.verdict in {Verdict.BEST, Verdict.FOUND}:
            bound = max(bound, outcome.bound)
    return Stage(criterion=criterion, value=found.value(criterion), bound=bound)


def _solve(found: _Search, limits: Mapping[Criterion, int], *, minimise: Criterion | None) -> Outcome:
    """Solve within ``limits``; whatever is found becomes the best."""
    if found.stop.asked:
        return NOTHING
    model = Model()
    seating = Seating(model, found.case, worst=limits.get(Criterion.WORST, found.case.furthest))
    for rule in (*all_rules(seating), *kept(seating, limits)):
        model.at_most(rule.terms, rule.limit)
    if minimise:
        model.minimise(terms_of(minimise, seating))
        model.hint(seating.values_of(found.best))

    def progress(value: int | None, bound: int | None) -> None:
        if minimise:
            found.watch(minimise, bound, value)

    outcome = model.solve(seed=found.seed, stop=found.stop, effort=found.effort, progress=progress)
    if outcome.values:
        found.best = seating.choices(outcome.values)
    return outcome
