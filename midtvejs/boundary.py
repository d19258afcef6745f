"""The error boundary and the exit codes. Nothing below this module exits or prints."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from enum import IntEnum
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from midtvejs import __version__
from midtvejs.views.screen import Screen

if TYPE_CHECKING:
    from midtvejs.domain.mechanism import CannotKeep
    from midtvejs.domain.program import UnknownName


class Exit(IntEnum):
    """What the shell is told; Typer itself says 2 of wrong usage, too."""

    FAULTS = 1
    USAGE = 2
    NO_LAWFUL_ASSIGNMENT = 3
    OUT_OF_TIME = 4
    BUG = 70
    INTERRUPTED = 130


@contextmanager
def boundary() -> Iterator[Screen]:
    """Turn whatever ends a verb into words on stderr and an exit code."""
    from midtvejs.domain.assignment import NoLawfulAssignment, OutOfTime
    from midtvejs.domain.diagnostic import Faulty
    from midtvejs.domain.mechanism import CannotKeep
    from midtvejs.domain.program import UnknownName

    screen = Screen()
    try:
        yield screen
        sys.stdout.flush()
    except Faulty as faulty:
        from midtvejs.views.diagnostics import diagnostics_page

        screen.tell(diagnostics_page(faulty.diagnostics))
        raise typer.Exit(Exit.FAULTS) from None
    except NoLawfulAssignment as nobody:
        from midtvejs.views.shortages import shortages_page

        screen.tell(shortages_page(nobody.shortages, nobody.impasses))
        raise typer.Exit(Exit.NO_LAWFUL_ASSIGNMENT) from None
    except (UnknownName, CannotKeep) as misused:
        _say_what_is_not_to_be_had(screen, misused)
        raise typer.Exit(Exit.USAGE) from None
    except OutOfTime:
        screen.note("The time was up before any lawful assignment was found; nothing is written.")
        raise typer.Exit(Exit.OUT_OF_TIME) from None
    except KeyboardInterrupt:
        screen.note("Interrupted; nothing is written.")
        raise typer.Exit(Exit.INTERRUPTED) from None
    except BrokenPipeError:
        # Whoever read our output has left (`| head`): nothing is wrong, and nobody is there to tell.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise typer.Exit(0) from None
    except OSError as error:
        screen.note(what_failed(error))
        raise typer.Exit(Exit.FAULTS) from None
    except typer.Exit:
        raise
    except Exception as bug:
        raise typer.Exit(_unforeseen(screen, bug)) from None


def what_failed(error: OSError) -> str:
    """Say which file, and what the system says of it."""
    return f"error: {error.filename or 'standard input or output'}: {error.strerror or error}"


def _say_what_is_not_to_be_had(screen: Screen, misused: UnknownName | CannotKeep) -> None:
    from midtvejs.domain.mechanism import CannotKeep
    from midtvejs.views.unkept import unkept_lines
    from midtvejs.views.unknown_name import unknown_name_line

    lines = unkept_lines(misused) if isinstance(misused, CannotKeep) else [unknown_name_line(misused)]
    for line in lines:
        screen.note(line)


def _unforeseen(screen: Screen, bug: Exception) -> Exit:
    if isinstance(bug, ImportError) and isinstance(bug.__cause__, KeyboardInterrupt):
        # Ctrl-C met a compiled module at its start, which makes this of it.
        screen.note("Interrupted; nothing is written.")
        return Exit.INTERRUPTED
    _confess(screen, bug)
    return Exit.BUG


def _confess(screen: Screen, bug: Exception) -> None:
    import traceback

    *_, where = traceback.extract_tb(bug.__traceback__)
    screen.note(f"This is a bug in midtvejs {__version__}, not in your files; nothing is written.")
    screen.note(f"  {type(bug).__name__}: {bug} ({Path(where.filename).name}:{where.lineno})")
    screen.note("Please report it, with these lines and, if it may be shown, the file you gave.")
    if os.environ.get("MIDTVEJS_DEBUG"):
        traceback.print_exception(bug)
    else:
        screen.note("MIDTVEJS_DEBUG=1 prints where it happened.")
