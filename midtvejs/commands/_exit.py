"""How a command ends: the codes that the shell is told."""

from __future__ import annotations

from enum import IntEnum


class Exit(IntEnum):
    """What the shell is told; Typer itself says 2 of wrong usage, too."""

    DONE = 0
    FAULTS = 1
    USAGE = 2
    NO_LAWFUL_ASSIGNMENT = 3
    OUT_OF_TIME = 4
    BUG = 70
    INTERRUPTED = 130
