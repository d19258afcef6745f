"""How seats are dealt: fairly, or in the ways of others, to compare with."""

from __future__ import annotations

from enum import StrEnum


class Mechanism(StrEnum):
    """``fair``: over the whole day at once, by the criteria.

    ``lottery`` is random serial dictatorship: in the order of the draw, everybody takes the best seat that is
    left in each round. ``first-come`` is the same in the order in which people signed up, as forms do it.
    """

    FAIR = "fair"
    LOTTERY = "lottery"
    FIRST_COME = "first-come"
