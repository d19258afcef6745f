"""What fair means: regret, the criteria made of it, and what was proven of each."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Criterion(StrEnum):
    """What the solver makes as small as it can, one criterion after the other.

    ``worst``: the highest regret anybody has. ``total``: the sum of all regrets. ``even``: the sum of squared
    regrets. ``first``: how many seats are not their holder's first wish. ``unlisted``: seats in sessions that
    their holder did not list. A round without wishes, or in which somebody presents, counts in none of them.
    ``spread``: pairs of participants of one organisation in the audience of one session. ``avoid_own``: seats
    in a session of their holder's own organisation.
    """

    WORST = "worst"
    TOTAL = "total"
    EVEN = "even"
    FIRST = "first"
    UNLISTED = "unlisted"
    SPREAD = "spread"
    AVOID_OWN = "avoid_own"


OF_WISHES = (Criterion.WORST, Criterion.TOTAL, Criterion.EVEN, Criterion.FIRST, Criterion.UNLISTED)
"""The criteria that only wishes bear on."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Stage:
    """What the solver reached for one criterion. ``bound``: nothing is lower that keeps the stages before."""

    criterion: Criterion
    value: int
    bound: int

    @property
    def proven(self) -> bool:
        """Whether no lawful assignment is better that keeps what earlier stages reached."""
        return self.value == self.bound

    @property
    def gap(self) -> int:
        return self.value - self.bound
