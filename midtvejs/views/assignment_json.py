"""An assignment as one JSON object, for programs."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping

from midtvejs.domain.assignment import Assignment
from midtvejs.domain.fairness import Stage
from midtvejs.domain.participants import Participant
from midtvejs.domain.profile import first_wishes, regret

# JSON lets these stand in a string; a terminal that is shown the object would obey them.
STEERING = re.compile(r"[\x7f-\x9f\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069]")


def assignment_json(assignment: Assignment, stages: tuple[Stage, ...], status: str) -> str:
    """Give the object, a line for each thing in it; the order of participants changes nothing."""
    people = sorted(assignment.participants, key=lambda person: person.key)
    members = (
        f'  "status": {json.dumps(str(status))}',
        _listed("stages", map(_stage, stages)),
        _listed("sessions", _sessions(assignment)),
        _listed("participants", (_participant(assignment, person) for person in people)),
    )
    text = "{\n" + ",\n".join(members) + "\n}\n"
    return STEERING.sub(lambda found: f"\\u{ord(found[0]):04x}", text)


def _listed(name: str, things: Iterable[Mapping[str, object]]) -> str:
    # One object a line: people can read it, diff can compare it, and compiled code can make it.
    encoded = json.JSONEncoder(ensure_ascii=False).encode
    lines = ",\n".join("    " + encoded(thing) for thing in things)
    return f'  "{name}": [\n{lines}\n  ]' if lines else f'  "{name}": []'


def _stage(stage: Stage) -> Mapping[str, object]:
    return {
        "criterion": stage.criterion.value,
        "value": stage.value,
        "bound": stage.bound,
        "proven": stage.proven,
    }


def _sessions(assignment: Assignment) -> list[Mapping[str, object]]:
    taken = assignment.taken()
    demand = first_wishes(assignment.program, assignment.participants)
    return [
        {
            "code": session.code,
            "room": session.room.name,
            "seats": session.seats,
            "taken": taken[session.code],
            "first_wishes": demand[session.code],
        }
        for session in assignment.program.sessions.values()
    ]


def _participant(assignment: Assignment, person: Participant) -> Mapping[str, object]:
    program = assignment.program
    day = assignment.days[person.key]
    return {
        "name": person.name,
        "email": person.email,
        "sessions": {round_.id: code for round_, code in zip(program.rounds, day, strict=True)},
        "regret": regret(program, person, day),
    }
