"""The columns ``step_free`` and ``attends``, which only those files have in which somebody uses them."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from midtvejs.domain.participants import Participant
from midtvejs.domain.program import Program

Column = tuple[str, Callable[[Participant], str]]
"""A heading, and what stands below it for somebody."""


def columns_of_needs(program: Program, participants: Iterable[Participant]) -> list[Column]:
    step_free = attends = False
    for person in participants:
        step_free = step_free or person.step_free
        attends = attends or bool(person.absent)
    ids = [round_.id for round_ in program.rounds]

    def attended(person: Participant) -> str:
        return " ".join(id_ for id_ in ids if id_ not in person.absent) if person.absent else ""

    columns: list[tuple[bool, Column]] = [
        (step_free, ("step_free", lambda person: "yes" if person.step_free else "")),
        (attends, ("attends", attended)),
    ]
    return [column for used, column in columns if used]
