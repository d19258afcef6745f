"""A seed that is drawn once sign-up has closed: where it comes from, and how it is kept."""

from __future__ import annotations

import os

from midtvejs.domain.lots import MOST_SEED


def draw_seed() -> int:
    """Return a seed that nobody could know before, from the system's own randomness."""
    return int.from_bytes(os.urandom((MOST_SEED.bit_length() + 7) // 8))


def seed_text(seed: int, again: str) -> str:
    """Return what is saved beside an assignment; the first line is that of program.yaml."""
    return (
        f"seed: {seed}\n\n"
        "Drawn by midtvejs assign --draw. The same lots are drawn again by\n\n"
        f"  {again}\n\n"
        "and by all commands, once the first line stands in the program, below rules.\n"
    )
