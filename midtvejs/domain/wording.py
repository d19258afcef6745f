"""Numbers and lists in English sentences, and commands as they are typed."""

import os
import shlex
from collections.abc import Iterable, Sequence

WINDOWS = os.name == "nt"


def quantity(count: int, noun: str) -> str:
    """Return, for example, ``1 seat`` or ``28 seats``."""
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"


def listing(names: Sequence[str]) -> str:
    """Return, for example, ``R1, R2 and R3``."""
    return " and ".join(filter(None, (", ".join(names[:-1]), names[-1])))


MOST_LISTED = 12


def list_first(names: Sequence[str]) -> str:
    """Return, for example, ``1A, 1B, 1C``; of many the first ones, and dots."""
    return ", ".join(names[:MOST_LISTED]) + (", ..." if len(names) > MOST_LISTED else "")


def first_few(names: Sequence[str], most: int = 5) -> str:
    """Return ``a, b and c``; of many the first few, and how many more there are."""
    return listing(names if len(names) <= most else [*names[:most], f"{len(names) - most} more"])


def typed(words: Iterable[str]) -> str:
    """Return a command as the shell that there is reads it: that of Windows knows double quotes alone."""
    if WINDOWS:
        from subprocess import list2cmdline

        return list2cmdline(words)
    return shlex.join(words)
