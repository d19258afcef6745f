"""What is known of a criterion before it is searched."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from midtvejs.domain.certificate import Proof
from midtvejs.domain.fairness import Criterion, Stage
from midtvejs.solving.case import Case, Choice
from midtvejs.solving.measure import measured
from midtvejs.solving.search import Found


@dataclass(frozen=True, slots=True, kw_only=True)
class Bound:
    """Nothing is below ``value``; ``proof``: None where no prices prove it."""

    value: int
    proof: Proof | None = None


class Bounds(Protocol):
    """Whoever knows a bound."""

    def bound(self, criterion: Criterion, stages: Sequence[Stage], below: int) -> Bound:
        """Bound a criterion after ``stages``. What is ``below`` has been reached, and is not asked about."""


class Nothing:
    """Nobody knows more than that no criterion is below 0."""

    def bound(self, _criterion: Criterion, _stages: Sequence[Stage], below: int) -> Bound:  # noqa: ARG002 - as all Bounds
        return Bound(value=0)


@dataclass(frozen=True, slots=True)
class Earlier:
    """Another search with the same criteria: its bounds hold while nothing before them gave way."""

    found: Found

    def bound(self, criterion: Criterion, stages: Sequence[Stage], below: int) -> Bound:  # noqa: ARG002 - as all Bounds
        there = self.found.stages
        if any(stage.value > other.value for stage, other in zip(stages, there, strict=False)):
            return Bound(value=0)
        return Bound(value=there[len(stages)].bound, proof=self.found.proofs[len(stages)])


def settled(case: Case, fairness: tuple[Criterion, ...], choices: Sequence[Choice], bounds: Bounds) -> Found:
    """Take an assignment as it is, and say how far from the bounds it is."""
    worth = measured(case, choices)
    stages: list[Stage] = []
    proofs: list[Proof | None] = []
    for criterion in fairness:
        known = bounds.bound(criterion, stages, below=worth[criterion])
        stages.append(Stage(criterion=criterion, value=worth[criterion], bound=known.value))
        proofs.append(known.proof)
    return Found(choices=choices, stages=tuple(stages), proofs=tuple(proofs))
