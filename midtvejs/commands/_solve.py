"""Seat everybody fairly, as the day is or as it might be; nothing is written."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from midtvejs.api import ignore, seat
from midtvejs.domain.assignment import Assignment, NoLawfulAssignment
from midtvejs.domain.counterfactual import Elsewhere
from midtvejs.domain.fairness import Stage, Status
from midtvejs.domain.keeping import FEWEST, keep, with_earlier
from midtvejs.domain.mechanism import Mechanism, Way
from midtvejs.domain.participants import Participant
from midtvejs.domain.program import Program
from midtvejs.domain.rules import Pin
from midtvejs.domain.seated import Day
from midtvejs.domain.variation import Plan
from midtvejs.output.progress import Progress
from midtvejs.output.screen import Screen
from midtvejs.solving.search import Solution, Watch
from midtvejs.solving.stop import Stop


def show_progress(screen: Screen) -> Progress:
    """Return what shows the progress of a search, the solver imported: what that takes is no progress."""
    import midtvejs.solving.solve  # noqa: F401

    return Progress(screen)


def solve_fairly(
    program: Program,
    participants: tuple[Participant, ...],
    *,
    stop: Stop | None = None,
    watch: Watch = ignore,
) -> Solution:
    """Seat everybody to the end, or as long as ``stop`` lets it.

    Raises:
        NoLawfulAssignment: there is none.
        OutOfTime: ``stop`` left too little time to seat anybody.
        KeyboardInterrupt: Ctrl-C; what it left is no answer.
    """
    solution = seat(Way(mechanism=Mechanism.FAIR), program, participants, {}, stop=stop, watch=watch)
    if solution.interrupted:
        raise KeyboardInterrupt
    return solution


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
        program = program.replace_rules(fairness=(*program.rules.fairness, *FEWEST))
        participants = with_earlier(participants, near)
    return Tried(plan=plan, solution=solve_fairly(program, participants, stop=stop, watch=watch))


def solve_elsewhere(assignment: Assignment, person: Participant, number: int, code: str) -> Elsewhere | None:
    """Return the days that change if a participant is to be in a session of a round; None if none is lawful.

    The fewest people move, then the fewest seats, and then the order of fairness decides.

    Raises:
        KeyboardInterrupt: Ctrl-C.
    """
    pin = Pin(code=code, participant=person.name, round_id=assignment.program.rounds[number].id)
    people = tuple(
        replace(each, pins=(*each.pins, pin)) if each.key == person.key else each
        for each in assignment.participants
    )
    try:
        solution = solve_fairly(*keep(assignment.program, people, assignment.days))
    except NoLawfulAssignment:
        return None
    days = solution.assignment.days
    changed = {key: day for key, day in days.items() if day != assignment.days[key]}
    return Elsewhere(changed, proven=solution.status is Status.OPTIMAL)
