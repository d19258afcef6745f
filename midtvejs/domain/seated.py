"""Who sits where, as plain facts: what an assignment is before anything is said of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

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

    @cached_property
    def each_day(self) -> tuple[Day, ...]:
        """The days in the order of ``participants``. Raises KeyError where somebody has none."""
        keys = [person.key for person in self.participants]
        # Mostly they stand in this order: to look a hundred thousand keys up would take ten times as long.
        if len(keys) == len(self.days) and keys == [*self.days]:
            return tuple(self.days.values())
        return tuple(self.days[key] for key in keys)
