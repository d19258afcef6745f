"""Plans a day of parallel sessions and seats everybody fairly, provably so.

    import midtvejs

    program = midtvejs.read_program("program.yaml")
    preferences = midtvejs.read_preferences("prefs.csv", program)
    result = midtvejs.assign(program, preferences.participants)
    midtvejs.export(result.assignment, "day", formats=["html", "ics"])

Each name is imported when it is first asked for.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from midtvejs._version import __version__

if TYPE_CHECKING:
    from midtvejs.api import (
        assign,
        audit,
        export,
        read_assignment,
        read_certificate,
        read_earlier,
        read_preferences,
        read_program,
        verify,
    )
    from midtvejs.errors import MidtvejsError, MidtvejsWarning

__all__ = [
    "MidtvejsError",
    "MidtvejsWarning",
    "__version__",
    "assign",
    "audit",
    "export",
    "read_assignment",
    "read_certificate",
    "read_earlier",
    "read_preferences",
    "read_program",
    "verify",
]


def __getattr__(name: str) -> object:
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module("midtvejs.errors" if name.startswith("Midtvejs") else "midtvejs.api"), name)


def __dir__() -> list[str]:
    return list(__all__)
