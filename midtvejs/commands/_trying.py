"""Seat everybody by another plan of the day, to see what would come of it; nothing is written."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from midtvejs.api import ignore, seat
from midtvejs.domain.assignment import Assignment
from midtvejs.domain.fairness import Criterion, Stage, Status
from midtvejs.domain.mechanism import Mechanism, Way
from midtvejs.domain.seated import Day
from midtvejs.domain.variation import Plan
from midtvejs.solving.search import Solution, Watch
from midtvejs.solving.stop import Stop


@dataclass(frozen=True, kw_only=True)
class Tried:
    """A plan, and what came of it: the stages are those of its program's own criteria."""

    plan: Plan
    solution: Solution

    @property
    def assignment(self) -> Assignment:
        return self.solution.assignment

    @property
    def stages(self) -> tuple[Stage, ...]:
        return self.solution.stages[: len(self.plan.program.rules.fairness)]

    @property
    def status(self) -> Status:
        return Status.OPTIMAL if all(stage.proven for stage in self.stages) else Status.FEASIBLE


def try_plan(
    plan: Plan, stop: Stop, *, watch: Watch = ignore, near: Mapping[str, Day] | None = None
) -> Tried:
    """Seat everybody; of all assignments as fair, take the one that moves the fewest from the days ``near``.

    Raises:
        NoLawfulAssignment: there is none.
        OutOfTime: ``stop`` left too little time to seat anybody.
        KeyboardInterrupt: Ctrl-C; what it left is not what the plan comes to.
    """
    program, participants = plan.program, plan.participants
    if near is not None:
        # After the criteria of fairness, not before them as where an assignment is kept.
        fairness = (*program.rules.fairness, Criterion.MOVED, Criterion.MOVED_SEATS)
        program = program.replace_rules(fairness=fairness)
        participants = tuple(replace(person, earlier=near.get(person.key, ())) for person in participants)
    solution = seat(Way(mechanism=Mechanism.FAIR), program, participants, {}, stop=stop, watch=watch)
    if solution.interrupted:
        raise KeyboardInterrupt
    return Tried(plan=plan, solution=solution)
