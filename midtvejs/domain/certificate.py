"""What proves the stages of an assignment: prices, from which anybody recomputes their bounds (bound.py)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from midtvejs.domain.fairness import Criterion, Evidence, Stage

SCALE = 2**20

FORMAT = 1
"""The version of the certificate as a file."""


OfRules = Mapping[str, Mapping[str, Mapping[str, int]]]
"""By a group, such as organisations, and by what somebody is in it, prices by the key of a sitting."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Proof:
    """Prices, in 1 / SCALE, and the question that they answer.

    How small can ``criterion`` be, if nobody's regret is above ``worst`` (None: no such limit) and each of
    the ``kept`` criteria stays at what it reached? ``prices`` are by the key of a sitting, at least 0.
    ``together``: those who are to be together choose their days together, so many at a time; 0: alone.
    ``at_most`` are prices of those who are limited there, beside that of the seat.
    ``apart`` are such prices by the number of a group that is to be apart, in the order of members' keys.
    ``least`` are prices, by the key of a sitting, that those who come are paid where it needs an audience.
    ``spread`` are prices by what somebody is in the group that is to be spread, and the key of a sitting.
    """

    criterion: Criterion
    worst: int | None = None
    kept: Mapping[Criterion, int] = field(default_factory=dict)
    prices: Mapping[str, int] = field(default_factory=dict)
    kept_prices: Mapping[Criterion, int] = field(default_factory=dict)
    together: int = 0
    at_most: OfRules = field(default_factory=dict)
    apart: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    least: Mapping[str, int] = field(default_factory=dict)
    spread: Mapping[str, Mapping[str, int]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Certified:
    """A stage and the prices of its bound. No prices prove no more than that nothing is below 0."""

    stage: Stage
    proof: Proof | None
    evidence: Evidence


@dataclass(frozen=True, slots=True, kw_only=True)
class Certificate:
    """The stages of an assignment, in their order, each with its proof.

    ``inputs`` is the digest of what was assigned (digest.py): other wishes, seats or rules have another.
    """

    inputs: str
    stages: tuple[Certified, ...]
