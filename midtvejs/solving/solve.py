"""The one way in: participants and their wishes go in, a lawful assignment and its proofs come out."""

from __future__ import annotations

from midtvejs.domain.assignment import NoLawfulAssignment, shortages
from midtvejs.domain.participants import Participant
from midtvejs.domain.program import Program
from midtvejs.solving.by_prices import search
from midtvejs.solving.case import case_of
from midtvejs.solving.lottery import drawn
from midtvejs.solving.search import Found, Solution, Watch
from midtvejs.solving.stop import Stop, stoppable


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
