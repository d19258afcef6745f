"""Plans a day of parallel sessions and seats everybody fairly, provably so.

    import midtvejs

    program = midtvejs.read_program("program.yaml")
    preferences = midtvejs.read_preferences("prefs.csv", program)
    result = midtvejs.assign(program, preferences.participants)
    midtvejs.export(result.assignment, "day", formats=["html", "ics"])

Where it is open when and where sessions are held, that is found first:

    planned = midtvejs.plan(program, preferences.participants)
    midtvejs.save_planned(planned, "program.yaml", "planned.yaml")

When something changes, an earlier assignment is kept as far as it can be:

    earlier = midtvejs.read_earlier("assignment.csv", program, preferences.participants)
    kept = midtvejs.assign(program, preferences.participants, keep=earlier).assignment
    for change in midtvejs.find_changes(earlier, kept):
        print(change.participant.name, change.gain)

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
        find_changes,
        find_waiting,
        plan,
        plan_by_law,
        read_assignment,
        read_certificate,
        read_earlier,
        read_preferences,
        read_program,
        save_planned,
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
    "find_changes",
    "find_waiting",
    "plan",
    "plan_by_law",
    "read_assignment",
    "read_certificate",
    "read_earlier",
    "read_preferences",
    "read_program",
    "save_planned",
    "verify",
]


def __getattr__(name: str) -> object:
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module("midtvejs.errors" if name.startswith("Midtvejs") else "midtvejs.api"), name)


def __dir__() -> list[str]:
    return list(__all__)
