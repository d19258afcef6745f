"""How seats were dealt where nothing is proven: by lot, or first come first served."""

from __future__ import annotations

from midtvejs.domain.mechanism import Mechanism


def dealt_line(mechanism: Mechanism, *, seed: int, timed: bool) -> str:
    """Say it in a line; nothing of the fair mechanism, whose proofs speak for it.

    ``timed``: the wishes say when they were handed in.
    """
    match mechanism:
        case Mechanism.LOTTERY:
            return f"Dealt by lottery (random serial dictatorship), seed {seed}; nothing is optimised."
        case Mechanism.FIRST_COME:
            return f"Dealt first come, first served, {queue_order(timed=timed)}; nothing is optimised."
        case Mechanism.FAIR:
            return ""


def queue_order(*, timed: bool) -> str:
    return f"in the order of the {'timestamps' if timed else 'rows'}"
