"""The one way in: participants and their wishes go in, a lawful assignment and its proofs come out."""

from __future__ import annotations

from dataclasses import dataclass

from midtvejs.domain.assignment import Assignment, NoLawfulAssignment, shortages
from midtvejs.domain.certificate import Proof
from midtvejs.domain.fairness import Stage
from midtvejs.domain.participants import Participant
from midtvejs.domain.program import Program
from midtvejs.solving.by_prices import search
from midtvejs.solving.case import case_of
from midtvejs.solving.lottery import drawn
from midtvejs.solving.search import Found, Watch
from midtvejs.solving.stop import Stop, stoppable


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


def solve(
    program: Program,
    participants: tuple[Participant, ...],
    *,
    seconds: float | None = None,
    watch: Watch = lambda _criterion, _bound, _value: None,
) -> Solution:
    """Seat everybody, fairly in the order of ``program.rules.fairness``.

    The same program and participants, in whatever order, give the same seats for the same ``rules.seed``
    unless ``seconds`` or Ctrl-C ends the search before its proof.

    Raises:
        NoLawfulAssignment: a round has fewer seats than participants.
    """
    if short := shortages(program, participants):
        raise NoLawfulAssignment(short)
    case = case_of(program, drawn(participants, program.rules.seed))

    def work(stop: Stop) -> Found:
        return search(case, program.rules.fairness, seed=program.rules.seed, stop=stop, watch=watch)

    found, stop = stoppable(work, seconds=seconds)
    return Solution(
        assignment=case.assignment(found.choices, participants),
        stages=found.stages,
        proofs=found.proofs,
        interrupted=stop.interrupted,
    )
