"""What a coordinator decides: what has to hold for a day, beside seats and wishes."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from midtvejs.domain.diagnostic import Place
from midtvejs.domain.fairness import Criterion


@dataclass(frozen=True, slots=True, kw_only=True)
class Pin:
    """Somebody is in a session, or (a ban) is not: ``holds`` tells which.

    ``participant`` is a name or an email as the program writes it; empty where everybody of an
    ``organisation`` is meant, but for those who present another session of that round or do not attend it.
    ``place`` is where the program says so, None where no file does.
    """

    code: str
    holds: bool = True
    participant: str = ""
    organisation: str = ""
    reason: str = ""
    place: Place | None = None

    @property
    def whom(self) -> str:
        return self.participant or f"everybody of {self.organisation}"

    def __str__(self) -> str:
        return f"{self.whom} is {'' if self.holds else 'not '}in {self.code}"


class Company(StrEnum):
    TOGETHER = "together"
    APART = "apart"


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Participants who share a session (together), or of whom no two do (apart).

    In the round with ``round_id``, or all day where that is empty; where one of them does not attend, or is
    the only one left, nothing is asked of them. ``participants`` are names or emails as the program writes
    them.
    """

    company: Company
    participants: tuple[str, ...]
    round_id: str = ""
    reason: str = ""
    place: Place | None = None

    def __str__(self) -> str:
        when = f" in {self.round_id}" if self.round_id else ""
        return f"{self.company}{when}: {', '.join(self.participants)}"


Decision = Pin | Group
"""What names participants one by one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """What holds for the whole day.

    ``at_most`` limits how many of one organisation are in a session's audience, None for no limit.
    ``presenters_take_seats``: each presenter takes a seat of their own session.
    """

    fairness: tuple[Criterion, ...] = (Criterion.WORST, Criterion.TOTAL, Criterion.EVEN)
    seed: int = 0
    at_most: int | None = None
    presenters_take_seats: bool = False
    pins: tuple[Pin, ...] = ()
    groups: tuple[Group, ...] = ()
