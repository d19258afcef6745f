"""The mechanisms by which seats are dealt: fairly, or as others do."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from midtvejs.errors import MidtvejsError

if TYPE_CHECKING:
    from midtvejs.domain.fairness import Criterion


class Mechanism(StrEnum):
    """``fair``: over the whole day at once, by the criteria.

    ``lottery`` is random serial dictatorship: in the order of the draw, everybody takes the best seat that is
    left in each round. ``first-come`` is the same in the order in which people signed up, as forms do it.
    Both keep what is decided of people one by one, and the seats there are.
    """

    FAIR = "fair"
    LOTTERY = "lottery"
    FIRST_COME = "first-come"


class CannotKeep(MidtvejsError):
    """Seats dealt one after the other cannot keep ``rules`` that bind participants to each other."""

    def __init__(self, mechanism: Mechanism, rules: tuple[str, ...]) -> None:
        self.mechanism = mechanism
        self.rules = rules
        super().__init__(f"{mechanism}: {'; '.join(rules)}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """One way to deal the seats.

    ``fairness`` is empty where nothing is made small. ``reversing``: the queue turns round after every round.
    """

    mechanism: Mechanism
    fairness: tuple[Criterion, ...] = ()
    reversing: bool = False

    @property
    def name(self) -> str:
        if self.fairness:
            return f"{self.mechanism} [{', '.join(self.fairness)}]"
        return f"{self.mechanism}, reversed" if self.reversing else str(self.mechanism)


def ways_for(fairness: tuple[Criterion, ...]) -> tuple[Way, ...]:
    """Return the ways to compare, a program's own order of criteria first if it is none of them."""
    from midtvejs.domain.fairness import Criterion  # the help of every verb names mechanisms, and no criteria

    own = Way(mechanism=Mechanism.FAIR, fairness=fairness)
    usual = (
        Way(mechanism=Mechanism.FAIR, fairness=(Criterion.WORST, Criterion.TOTAL, Criterion.EVEN)),
        Way(mechanism=Mechanism.FAIR, fairness=(Criterion.TOTAL,)),
        Way(mechanism=Mechanism.FAIR, fairness=(Criterion.EVEN,)),
        Way(mechanism=Mechanism.LOTTERY),
        Way(mechanism=Mechanism.LOTTERY, reversing=True),
        Way(mechanism=Mechanism.FIRST_COME),
    )
    return usual if own in usual else (own, *usual)
