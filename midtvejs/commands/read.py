"""Reading, as every verb does it: warnings are told, faults end the verb."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from midtvejs.domain.diagnostic import Read
from midtvejs.domain.how_to_read import AS_IT_IS, HowToRead
from midtvejs.domain.program import Program
from midtvejs.domain.provenance import Shape
from midtvejs.views.screen import Screen

if TYPE_CHECKING:
    from midtvejs.reading.preferences import Preferences

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


def read_sign_ups(screen: Screen, file: Path, program: Program, how: HowToRead = AS_IT_IS) -> Preferences:
    """Read the wishes for a program, with what the file says of when they were handed in.

    What the file was taken for is told, unless it is of our own shape.

    Raises:
        Faulty: they have faults.
    """
    from midtvejs.reading.preferences import read_preferences_with_lines

    signed_up = accepted(screen, read_preferences_with_lines(file, program, how))
    if signed_up.provenance.shape is not Shape.WIDE or signed_up.provenance.sheet:
        screen.note(str(signed_up.provenance))
    return signed_up
