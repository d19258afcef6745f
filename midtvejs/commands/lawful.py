"""A saved assignment for those who want what follows from it: read, judged, and with its rooms chosen."""

from __future__ import annotations

from pathlib import Path

from midtvejs.commands.judged import judged
from midtvejs.commands.read import accepted, read_program, read_sign_ups
from midtvejs.domain.assignment import Assignment
from midtvejs.domain.how_to_read import AS_IT_IS, HowToRead
from midtvejs.reading.assignment_csv import read_assignment
from midtvejs.views.screen import Screen


def read_lawful(
    screen: Screen,
    assignment: Path,
    program: Path,
    prefs: Path | None = None,
    how: HowToRead = AS_IT_IS,
) -> Assignment:
    """Read an assignment of ``program``, and judge it: against the wishes too, where they are given.

    Raises:
        Faulty: a file has faults, or the assignment is not lawful.
        OSError: a file cannot be read.
    """
    day = read_program(screen, program)
    signed_up = read_sign_ups(screen, prefs, day, how) if prefs else None
    saved = read_assignment(assignment, day, signed_up)
    return accepted(screen, judged(saved, signed_up, prefs)).with_rooms()
