"""The error boundary and the exit codes. Nothing below this module exits or prints.

How the process begins and ends: its streams, its memory, its exit.
"""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from enum import IntEnum
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import typer

from midtvejs import __version__
from midtvejs.output.screen import Screen

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
        from midtvejs.output.pages.diagnostics import diagnostics_page

        screen.tell(diagnostics_page(faulty.diagnostics))
        raise typer.Exit(Exit.FAULTS) from None
    except NoLawfulAssignment as nobody:
        from midtvejs.output.pages.failures import shortages_page

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
    from midtvejs.output.pages.failures import unkept_lines, unknown_name_line

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


def run(app: Callable[[], object]) -> NoReturn:
    """Run ``app``, which ends in SystemExit, and leave."""
    _open_streams()
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            # A terminal that knows only ASCII shows ? for what it lacks, and nobody meets a traceback.
            stream.reconfigure(errors="replace")
    # What is read lives until the end: looking for garbage would only slow the start and the reading.
    gc.disable()
    try:
        app()
    except SystemExit as ended:
        _leave(ended)
    except OSError as error:
        # Typer itself prints help, outside of the boundary.
        sys.exit(what_failed(error))
    sys.exit()


def _leave(ended: SystemExit) -> NoReturn:
    """Leave at once: to take a large day apart, object by object, may take longer than to print it."""
    with suppress(OSError):
        sys.stdout.flush()
        sys.stderr.flush()
        if isinstance(ended.code, int):
            os._exit(ended.code)
    raise ended


def _open_streams() -> None:
    """Stand in for streams that the shell has closed, or the next file to be opened takes their place."""
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:
            nobody = Path(os.devnull).open(mode, encoding="utf-8")  # noqa: SIM115 (open until the end)
            setattr(sys, name, nobody)
