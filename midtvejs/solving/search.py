"""What all searches share: what they return, the bounds that are known beforehand, and the draw of lots."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from midtvejs.domain.assignment import Assignment
from midtvejs.domain.certificate import Proof
from midtvejs.domain.fairness import Criterion, Evidence, Stage, Status, counting_falls_short
from midtvejs.solving.instance.case import Case, Choice
from midtvejs.solving.stop import Stop

Watch = Callable[[Criterion, int | None, int | None], None]
"""Told of progress: the criterion, its bound and the best value found, None while there is none.

Called from the searching thread.
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A lawful assignment in numbers, in the order of the case's rows, and what is proven of it.

    ``proofs`` stand beside the stages; None where there are no prices that prove the bound.
    """

    choices: Sequence[Choice]
    stages: tuple[Stage, ...]
    proofs: tuple[Proof | None, ...]


def record_values(stages: Iterable[Stage], worth: Mapping[Criterion, int]) -> list[Stage]:
    """Record the values of stages anew, from what the assignment at hand is ``worth``.

    A later stage keeps what earlier ones reached, and may better it by chance. Their bounds still hold: they
    were for limits no stricter than those that are reached now.
    """
    return [replace(stage, value=worth[stage.criterion]) for stage in stages]


@dataclass(frozen=True, slots=True, kw_only=True)
class Solution:
    """An assignment and what is known of it. ``interrupted``: Ctrl-C ended the search, not the proof.

    ``proofs`` stand beside the stages; None where CP-SAT's word is the only proof, or where there is none.
    """

    assignment: Assignment
    stages: tuple[Stage, ...]
    proofs: tuple[Proof | None, ...] = ()
    interrupted: bool = False

    @property
    def status(self) -> Status:
        """Return whether every stage is proven: ``optimal``, else ``feasible``."""
        return Status.OPTIMAL if all(stage.proven for stage in self.stages) else Status.FEASIBLE


@dataclass(frozen=True, slots=True, kw_only=True)
class Grid:
    """The values that a criterion can have: ``offset``, and on from there by ``stride``."""

    stride: int = 1
    offset: int = 0

    def above(self, bound: int) -> int:
        """Return the least value that is not below ``bound``."""
        return bound + (self.offset - bound) % self.stride


def grid_of(criterion: Criterion, stages: Iterable[Stage]) -> Grid:
    """Return which values there are: a square is odd where its root is: one sum fixes half the other."""
    other = {Criterion.EVEN: Criterion.TOTAL, Criterion.TOTAL: Criterion.EVEN}.get(criterion)
    for stage in stages:
        if stage.criterion is other and stage.proven:
            return Grid(stride=2, offset=stage.value % 2)
    return Grid()


def recompute(criterion: Criterion, bound: int, stages: Iterable[Stage]) -> int:
    """Return how far anybody comes from a bound by prices or counting, without the solver's word of a sum."""
    checked = (stage for stage in stages if not stage.by_word)
    return grid_of(criterion, checked).above(bound)


@dataclass(frozen=True, slots=True, kw_only=True)
class Bound:
    """Nothing is below ``value``; ``proof``: None where no prices prove it.

    ``recomputable`` is how much of it prices or counting prove, without the solver.
    """

    value: int
    recomputable: int = 0
    proof: Proof | None = None

    def after(self, criterion: Criterion, stages: Sequence[Stage]) -> Bound:
        """Return the least values of a criterion that it allows, with what earlier stages proved."""
        return replace(
            self,
            value=grid_of(criterion, stages).above(self.value),
            recomputable=recompute(criterion, self.recomputable, stages),
        )

    def stage(self, criterion: Criterion, *, value: int, bound: int = 0) -> Stage:
        """Return what was reached; CP-SAT may have raised the ``bound``."""
        bound = max(bound, self.value)
        return Stage(
            criterion=criterion,
            value=value,
            bound=bound,
            recomputable=self.recomputable,
            priced=self.proof is not None and counting_falls_short(criterion, Evidence.PRICES),
        )


class Near(Protocol):
    """A bound, and which seats anybody can have in what is near to it."""

    @property
    def bound(self) -> int:
        """What nothing is below."""

    def seats_up_to(self, value: int) -> Sequence[Sequence[frozenset[int]]]:
        """Return by participant and round the sessions that they can have where so much is not exceeded."""


class Bounds(Protocol):
    """What is known of a criterion before it is searched: a bound."""

    def bound(self, criterion: Criterion, stages: Sequence[Stage], below: int) -> Bound:
        """Bound a criterion after ``stages``. What is ``below`` has been reached, and is not asked about."""

    def near(self, criterion: Criterion, limits: Mapping[Criterion, int], below: int) -> Near | None:
        """Return a bound within ``limits``, and which seats are near to it; None where that is not known."""

    def narrow(self, case: Case, stop: Stop) -> Bounds:
        """Return what is known beside what can be found out, in time, of a case in which less is open."""


class NoBounds:
    """Nothing more is known than that no criterion is below 0."""

    def bound(self, _criterion: Criterion, _stages: Sequence[Stage], below: int) -> Bound:  # noqa: ARG002 - as all Bounds
        return Bound(value=0)

    def near(self, _criterion: Criterion, _limits: Mapping[Criterion, int], _below: int) -> None:
        return None

    def narrow(self, _case: Case, _stop: Stop) -> NoBounds:
        return self


@dataclass(frozen=True, slots=True)
class KnownBounds:
    """Another search with the same criteria: its bounds hold while nothing before them gave way."""

    found: Found

    def bound(self, criterion: Criterion, stages: Sequence[Stage], below: int) -> Bound:  # noqa: ARG002 - as all Bounds
        there = self.found.stages
        if any(stage.value > other.value for stage, other in zip(stages, there, strict=False)):
            return Bound(value=0)
        stage, proof = there[len(stages)], self.found.proofs[len(stages)]
        # What was found may be in no rooms, and below what prices prove of any.
        value = max(stage.bound, stage.recomputable)
        return Bound(value=value, recomputable=stage.recomputable, proof=proof)

    def near(self, _criterion: Criterion, _limits: Mapping[Criterion, int], _below: int) -> None:
        return None

    def narrow(self, _case: Case, _stop: Stop) -> KnownBounds:
        return self
