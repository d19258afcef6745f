"""What came of each way to deal the seats."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from midtvejs.domain.fairness import Criterion, Evidence, Status
from midtvejs.domain.mechanism import Way
from midtvejs.domain.profile import Profile


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What came of a way to deal the seats.

    ``criteria`` are those that the comparison shows, ``evidence`` what is known rests on, of those that it
    was to make small. ``without_first_wish`` is in participants. ``status`` is ``optimal`` where every
    criterion it was to make small is proven, ``unlawful`` where it breaks rules, else ``feasible``.
    ``broken`` is how many breaches of them the judge found; ``seconds`` is how long the dealing took by the
    clock.
    """

    way: Way
    profile: Profile
    criteria: Mapping[Criterion, int]
    evidence: Mapping[Criterion, Evidence]
    without_first_wish: int
    status: Status
    seconds: float
    broken: int = 0
