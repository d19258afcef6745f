"""Search by CP-SAT, criterion after criterion: exact at every step, and quick up to a few hundred people.

`worst` is scanned upward: is everybody within 0 possible, within 1, within 2? Each no is a proof, and the
first yes is the least. As a variable to be made small the same takes tens of times longer. The other criteria
are sums, made small one after the other, each held at what it reached while the next is searched.

What is known already is a place to start from: an assignment is where to look first, and bounds are where to
stop (``Bounds``).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from midtvejs.domain.certificate import Proof
from midtvejs.domain.fairness import Criterion, Stage
from midtvejs.solving.cpsat.model import NOTHING, Outcome, Verdict
from midtvejs.solving.cpsat.neighbourhoods import bring_within, improve
from midtvejs.solving.cpsat.question import Question
from midtvejs.solving.instance.case import Case, Choice
from midtvejs.solving.instance.choices import measure
from midtvejs.solving.queue.in_turn import seat_in_turn
from midtvejs.solving.search import Bounds, Found, NoBounds, Watch, record_values
from midtvejs.solving.stop import Stop

NOTHING_KNOWN = NoBounds()


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
) -> Found:
    """Satisfy the criteria in order. The rounds must have seats for everybody.

    ``start`` keeps all rules; None where nothing but seats and presenters counts. ``effort`` limits each
    attempt, in the solver's own seconds, which count work and not time.
    """
    found = _Search(
        case=case,
        seed=seed,
        stop=stop,
        watch=watch,
        bounds=bounds,
        effort=effort,
        best=seat_in_turn(case) if start is None else start,
    )
    if len(case.rows) > case.limits.coupled:
        found.improve(Criterion.EVEN)
    for criterion in fairness:
        found.satisfy(criterion)
    return Found(choices=found.best, stages=tuple(found.stages), proofs=tuple(found.proofs))


@dataclass(slots=True, kw_only=True)
class _Search:
    """A search under way: the best choices so far, and what the stages behind it reached."""

    case: Case
    seed: int
    stop: Stop
    watch: Watch
    bounds: Bounds
    effort: float | None
    best: Sequence[Choice]
    stages: list[Stage] = field(default_factory=list)
    proofs: list[Proof | None] = field(default_factory=list)
    _measured: tuple[Sequence[Choice], Mapping[Criterion, int]] = ((), {})

    @property
    def worth(self) -> Mapping[Criterion, int]:
        """What the best choices come to; to count that takes long where there are many people."""
        if self._measured[0] is not self.best:
            self._measured = self.best, measure(self.case, self.best)
        return self._measured[1]

    @property
    def reached(self) -> dict[Criterion, int]:
        return {stage.criterion: stage.value for stage in self.stages}

    def value(self, criterion: Criterion) -> int:
        return self.worth[criterion]

    def satisfy(self, criterion: Criterion) -> None:
        """Add a stage."""
        below = self.value(criterion)
        known = self.bounds.bound(criterion, self.stages, below).after(criterion, self.stages)
        worst = criterion is Criterion.WORST
        value, bound = self._worst(known.value) if worst else self._least(criterion, known.value)
        stage = known.stage(criterion, value=value, bound=bound)
        self.stages = record_values([*self.stages, stage], self.worth)
        self.proofs.append(known.proof)

    def _worst(self, bound: int) -> tuple[int, int]:
        """Return what was reached, and what nothing is below."""
        while self._many and self.value(Criterion.WORST) > bound and self._fewer_steps():
            continue
        value = self.value(Criterion.WORST)
        for limit in () if self._many else range(bound, value):
            self.watch(Criterion.WORST, bound, value)
            outcome = self._solve({**self.reached, Criterion.WORST: limit}, minimise=None)
            if outcome.found:
                value = limit
                break
            if outcome.verdict is Verdict.IMPOSSIBLE and bound == limit:
                bound = limit + 1
        return value, bound

    def _fewer_steps(self) -> bool:
        """Bring `worst` down by one, if a way is found in time."""
        if self.stop.asked:
            return False
        limit = self.value(Criterion.WORST) - 1
        found = bring_within(self.case, self.best, limit, self.reached, seed=self.seed, stop=self.stop)
        self.best = found or self.best
        return found is not None

    def _least(self, criterion: Criterion, bound: int) -> tuple[int, int]:
        if self._many:
            self.improve(criterion, bound)
        elif self.value(criterion) > bound:
            outcome = self._solve(self.reached, minimise=criterion, bound=bound)
            if outcome.verdict is not Verdict.IMPOSSIBLE:
                bound = max(bound, outcome.bound)
        return self.value(criterion), bound

    def improve(self, criterion: Criterion, bound: int = 0) -> None:
        """Look for something better a few people at a time."""
        self.best = improve(
            self.case,
            self.best,
            criterion,
            self.reached,
            bound=bound,
            seed=self.seed,
            stop=self.stop,
            watch=self.watch,
        )

    def _is_worse(self, choices: Sequence[Choice], criterion: Criterion) -> bool:
        return measure(self.case, choices)[criterion] > self.value(criterion)

    @property
    def _many(self) -> bool:
        return len(self.case.rows) > self.case.limits.coupled

    def _solve(
        self, limits: Mapping[Criterion, int], *, minimise: Criterion | None, bound: int = 0
    ) -> Outcome:
        """Solve within ``limits``; what is found becomes the best, unless it is worse."""
        if self.stop.asked:
            return NOTHING
        question = Question(case=self.case, limits=limits, minimise=minimise, bound=bound)

        def progress(value: int | None, reached: int | None) -> None:
            if minimise:
                self.watch(minimise, reached, value)

        answer = question.ask(
            self.best, seed=self.seed, stop=self.stop, effort=self.effort, progress=progress
        )
        if answer.choices and not (minimise and self._is_worse(answer.choices, minimise)):
            self.best = answer.choices
        return answer.outcome
