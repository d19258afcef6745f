"""Who sits where, as plain facts: what an assignment is before anything is said of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from midtvejs.domain.participants import Participant
from midtvejs.domain.program import Program

Day = tuple[str, ...]
"""One participant's day: for each round of the program, in its order, a session's code.

The code is empty where they do not attend the round.
"""


def replace_code(day: Day, number: int, code: str) -> Day:
    """Return a day with another code in one round, by its number."""
    return (*day[:number], code, *day[number + 1 :])


@dataclass(frozen=True, kw_only=True)
class Seated:
    """A day for each participant, by the participant's key. Says nothing of whether it is lawful."""

    program: Program
    participants: tuple[Participant, ...]
    days: Mapping[str, Day]
