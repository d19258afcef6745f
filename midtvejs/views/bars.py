"""Bars of what is wanted against what there is."""

from __future__ import annotations

SHORT_BAR = 8
"""A bar of fewer columns says nothing and is left out."""
LEGEND = "█ first wishes that fit  ▒ those that do not  ░ seats for others"


def seats_bar(wanted: int, seats: int, scale: int, width: int) -> tuple[tuple[str, str], ...]:
    """Draw who want a session most against its seats: those who fit, those who do not, seats left for others.

    Pieces with their colours. ``scale`` is the number of people that ``width`` columns stand for. Nothing
    where there is no room for it.
    """
    if width < SHORT_BAR:
        return ()
    has, wants = (round(count * width / (scale or 1)) for count in (seats, wanted))
    full, beyond, free = min(has, wants), max(0, wants - has), max(0, has - wants)
    rest = " " * (width - full - beyond - free + 2)
    return ("█" * full, "cyan"), ("▒" * beyond, colour(wanted, seats)), ("░" * free, "dim"), (rest, "")


def colour(wanted: int, seats: int) -> str:
    return "red" if wanted >= 2 * seats else "yellow"
