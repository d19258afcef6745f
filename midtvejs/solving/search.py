"""What all roads to an assignment share: how they are watched, and what they come back with."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from midtvejs.domain.assignment import Assignment
from midtvejs.domain.certificate import Proof
from midtvejs.domain.fairness import Criterion, Stage
from midtvejs.solving.case import Choice

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


def recorded(stages: Iterable[Stage], worth: Mapping[Criterion, int]) -> list[Stage]:
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
    def status(self) -> str:
        """Tell whether every stage is proven: ``optimal``, else ``feasible``."""
        return "optimal" if all(stage.proven for stage in self.stages) else "feasible"
