"""Rules that a mechanism cannot keep, and what does keep them."""

from __future__ import annotations

from collections.abc import Iterator

from midtvejs.domain.mechanism import CannotKeep, Mechanism
from midtvejs.domain.wording import quantity

MOST_LISTED = 12


def unkept_lines(refused: CannotKeep) -> Iterator[str]:
    """Say it as ``shortages_page`` would: the rules are listed, and then what helps."""
    yield f"error: --mechanism {refused.mechanism} cannot keep rules that bind participants to each other"
    yield from (f"  - {rule}" for rule in refused.rules[:MOST_LISTED])
    if more := len(refused.rules[MOST_LISTED:]):
        yield f"  - and {quantity(more, 'other rule')}"
    yield f"  help: --mechanism {Mechanism.FAIR} keeps them; compare shows what the others would come to"
