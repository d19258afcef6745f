"""A saved assignment for those who want what follows from it: read, judged, and with its rooms chosen."""

from __future__ import annotations

from pathlib import Path

from midtvejs.commands.judged import judged
from midtvejs.commands.read import accepted, read_program
from midtvejs.domain.assignment import Assignment
from midtvejs.reading.assignment_csv import read_assignment
from midtvejs.reading.preferences import read_preferences_with_lines
from midtvejs.views.screen import Screen


def read_lawful(screen: Screen, assignment: Path, program: Path, prefs: Path | None = None) -> Assignment:
    """Read an assignment of ``program``, and judge it: against the wishes too, where they are given.

    Raises:
        Faulty: a file has faults, or the assignment is not lawful.
        OSError: a file cannot be read.
    """
    day = read_program(screen, program)
    signed_up = accepted(screen, read_preferences_with_lines(prefs, day)) if prefs else None
    saved = read_assignment(assignment, day, signed_up)
    return accepted(screen, judged(saved, signed_up, prefs)).with_rooms()
