"""How many examples Hypothesis draws: as many as a test asks for, or fewer in the quick profile."""

from __future__ import annotations

from hypothesis import settings

WHOLE, QUICK = 100, 10
"""Examples of a test that asks for no number, in either profile; the others are drawn in proportion."""


def examples(count: int) -> settings:
    """Draw ``count`` examples, or in the quick profile its share of them."""
    return settings(max_examples=max(1, count * settings().max_examples // WHOLE))
