"""Reading, as every verb does it: warnings are told, faults end the verb."""

from __future__ import annotations

from pathlib import Path
from typing import TypeVar

from midtvejs.domain.diagnostic import Read
from midtvejs.domain.participants import Participant
from midtvejs.domain.program import Program
from midtvejs.views.screen import Screen

T = TypeVar("T")


def accepted(screen: Screen, read: Read[T]) -> T:
    """Give the value that was read, its warnings told.

    Raises:
        Faulty: there is none.
    """
    value = read.accepted()
    if read.diagnostics:
        from midtvejs.views.diagnostics import diagnostics_page

        screen.tell(diagnostics_page(read.diagnostics))
    return value


def read_program(screen: Screen, file: Path) -> Program:
    """Read a program.

    Raises:
        Faulty: it has faults.
    """
    from midtvejs.reading import program_yaml

    return accepted(screen, program_yaml.read_program(file))


def read_preferences(screen: Screen, file: Path, program: Program) -> tuple[Participant, ...]:
    """Read the wishes for a program.

    Raises:
        Faulty: they have faults.
    """
    from midtvejs.reading import preferences

    return accepted(screen, preferences.read_preferences(file, program))
