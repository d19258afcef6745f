"""What it costs to seat a participant elsewhere, whatever the rules: solved, from the seating there is."""

from __future__ import annotations

from dataclasses import replace

from midtvejs import api
from midtvejs.domain.assignment import Assignment, NoLawfulAssignment
from midtvejs.domain.counterfactual import Elsewhere
from midtvejs.domain.fairness import Status
from midtvejs.domain.keeping import keep
from midtvejs.domain.mechanism import Mechanism, Way
from midtvejs.domain.participants import Participant
from midtvejs.domain.rules import Pin


def solve_elsewhere(assignment: Assignment, person: Participant, number: int, code: str) -> Elsewhere | None:
    """Return the days that change if a participant is to be in a session of a round; None if none is lawful.

    The fewest people move, then the fewest seats, and then the order of fairness decides.
    """
    pin = Pin(code=code, participant=person.name, round_id=assignment.program.rounds[number].id)
    people = tuple(
        replace(each, pins=(*each.pins, pin)) if each.key == person.key else each
        for each in assignment.participants
    )
    program, kept = keep(assignment.program, people, assignment.days)
    try:
        solution = api.seat(Way(mechanism=Mechanism.FAIR), program, kept, {})
    except NoLawfulAssignment:
        return None
    days = solution.assignment.days
    changed = {key: day for key, day in days.items() if day != assignment.days[key]}
    return Elsewhere(changed, proven=solution.status is Status.OPTIMAL)
