"""Run the command line: streams, the error boundary, exit codes. Nothing below exits or prints.

Whatever ends a verb becomes words on stderr and an exit code here, with word of what was written by then.
"""

from __future__ import annotations

import codecs
import errno
import io
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from dataclasses import dataclass
from io import TextIOWrapper
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn, TextIO

import typer

from midtvejs._version import __version__
from midtvejs.commands._exit import Exit
from midtvejs.domain.wording import WINDOWS, first_few
from midtvejs.output.files import recording
from midtvejs.output.litter import folders_of, sweep
from midtvejs.output.screen import Page, Screen, printable
from midtvejs.output.signals import end_as_by_ctrl_c

if TYPE_CHECKING:
    from _typeshed import ReadableBuffer

    from midtvejs.domain.assignment import NoLawfulAssignment
    from midtvejs.domain.mechanism import CannotKeep
    from midtvejs.domain.planning import NoLawfulPlacement
    from midtvejs.domain.program import UnknownName


MOST_LISTED = 5
READER_HAS_LEFT = {errno.EPIPE, errno.EINVAL} if WINDOWS else {errno.EPIPE}
"""Windows knows no broken pipes: it calls what is written into one invalid."""
ESCAPED = "midtvejs.escaped"
"""The name under which codecs know how to escape what an encoding lacks."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Manner:
    """What a verb shows besides what is wrong: its pages, and its notes of what was done."""

    pages: bool = True
    notes: bool = True


_manner: ContextVar[Manner] = ContextVar("manner", default=Manner())  # noqa: B039 (it is frozen)


@contextmanager
def in_manner(manner: Manner) -> Iterator[None]:
    """Let the verb that is run within show no more than that."""
    token = _manner.set(manner)
    try:
        yield
    finally:
        _manner.reset(token)


@contextmanager
def boundary() -> Iterator[Screen]:
    """Turn whatever ends a verb into words on stderr and an exit code."""
    manner = _manner.get()
    screen = Screen(pages=manner.pages, notes=manner.notes)
    with recording() as written:
        try:
            yield screen
            sys.stdout.flush()
        except typer.Exit:
            raise
        except (Exception, KeyboardInterrupt) as error:
            raise typer.Exit(_end(screen, error, written.paths)) from None


def leave(code: Exit) -> None:
    """End a verb with its code; what is printed is flushed by the boundary where all is well."""
    if code is not Exit.DONE:
        raise typer.Exit(code)


def _end(screen: Screen, error: BaseException, written: Sequence[Path]) -> Exit:
    """Say why a verb ended, and what it had written by then; return the exit code."""
    from midtvejs.domain.assignment import NoLawfulAssignment, OutOfTime
    from midtvejs.domain.diagnostic import Faulty
    from midtvejs.domain.mechanism import CannotKeep
    from midtvejs.domain.planning import NoLawfulPlacement
    from midtvejs.domain.program import UnknownName

    code: Exit
    match error:
        case Faulty():
            from midtvejs.output.pages.diagnostics import diagnostics_page

            screen.tell(diagnostics_page(error.diagnostics))
            code = Exit.FAULTS
        case NoLawfulAssignment() | NoLawfulPlacement():
            screen.tell(_why_impossible(error))
            code = Exit.NO_LAWFUL_ASSIGNMENT
        case UnknownName() | CannotKeep():
            _say_what_is_not_to_be_had(screen, error)
            code = Exit.USAGE
        case OutOfTime():
            found = f"The time was up before any {error.sought} was found"
            screen.warn(f"{found}; {what_was(written)}.")
            code = Exit.OUT_OF_TIME
        case OSError() | MemoryError():
            screen.warn(what_failed(error))
            if written:
                screen.warn(f"Before that, {what_was(written)}.")
            code = Exit.FAULTS
        case _ if _interrupts(error):
            _drop_what_is_not_printed()
            screen.warn(f"Interrupted; {what_was(written)}.")
            code = Exit.INTERRUPTED
        case _:
            _confess(screen, error, written)
            code = Exit.BUG
    return code


def _why_impossible(error: NoLawfulAssignment | NoLawfulPlacement) -> Page:
    from midtvejs.domain.assignment import NoLawfulAssignment

    if isinstance(error, NoLawfulAssignment):
        from midtvejs.output.pages.failures import shortages_page

        return shortages_page(error.shortages, error.impasses)
    from midtvejs.output.pages.plan import no_placement_page

    return no_placement_page(error)


def what_failed(error: OSError | MemoryError) -> str:
    """Say which file, what the system says of it, and where it can be told what was meant."""
    from midtvejs.cli.near_files import HELD_OPEN, what_instead, what_it_holds

    if isinstance(error, MemoryError):
        return "error: there is not enough memory for this"
    said = f"error: {error.filename or 'standard input or output'}: {error.strerror or error}"
    more = ""
    if isinstance(error.filename, str) and isinstance(error, FileNotFoundError):
        more = what_instead(Path(error.filename))
    elif isinstance(error.filename, str) and isinstance(error, IsADirectoryError):
        more = what_it_holds(Path(error.filename))
    elif isinstance(error.filename, str) and isinstance(error, PermissionError) and WINDOWS:
        more = HELD_OPEN if Path(error.filename).is_file() else ""
    return f"{said}; {more}" if more else said


def what_was(written: Sequence[Path]) -> str:
    """Say which files were written: ``nothing is written`` where there are none; of many, how many."""
    if not written:
        return "nothing is written"
    if len(written) > MOST_LISTED:
        return f"{len(written)} files were written, the first of them {written[0]}"
    names = ", ".join(map(str, written))
    return f"{names} {'was' if len(written) == 1 else 'were'} written"


def _interrupts(error: BaseException) -> bool:
    """Tell Ctrl-C, also where it met a module at its start, and something else was made of it.

    A compiled module makes an ImportError of it, Python 3.11 a RuntimeError while a class is made.
    """
    return isinstance(error, KeyboardInterrupt) or isinstance(error.__cause__, KeyboardInterrupt)


def _drop_what_is_not_printed() -> None:
    """Let go of what is still to be printed: whatever reads our output would be waited for."""
    with suppress(OSError):  # a stream of no file
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _say_what_is_not_to_be_had(screen: Screen, misused: UnknownName | CannotKeep) -> None:
    from midtvejs.domain.mechanism import CannotKeep
    from midtvejs.output.pages.failures import unkept_lines, unknown_name_line

    lines = unkept_lines(misused) if isinstance(misused, CannotKeep) else [unknown_name_line(misused)]
    for line in lines:
        screen.warn(line)


def _confess(screen: Screen, bug: BaseException, written: Sequence[Path]) -> None:
    import traceback

    *_, where = traceback.extract_tb(bug.__traceback__)
    screen.warn(f"This is a bug in midtvejs {__version__}, not in your files; {what_was(written)}.")
    screen.warn(f"  {type(bug).__name__}: {bug} ({Path(where.filename).name}:{where.lineno})")
    screen.warn("Please report it, with these lines and, if it may be shown, the file you gave.")
    if os.environ.get("MIDTVEJS_DEBUG"):
        traceback.print_exception(bug)
    else:
        screen.warn("MIDTVEJS_DEBUG=1 prints where it happened.")


def run(app: Callable[[], object]) -> NoReturn:
    """Run ``app``, which ends in SystemExit, and leave."""
    escapes = _Escapes()
    try:
        _make_ready(escapes)
        app()
    except SystemExit as ended:
        _leave(ended, escapes)
    except OSError as error:
        # Typer itself prints help, outside of the boundary.
        sys.exit(what_failed(error))
    except KeyboardInterrupt:
        # No verb has begun yet: within it the boundary tells.
        sys.stderr.write(f"Interrupted; {what_was(())}.\n")
        sys.exit(Exit.INTERRUPTED)
    sys.exit()


def _make_ready(escapes: _Escapes) -> None:
    """Open and set the streams, and look after what an earlier run left behind."""
    _open_streams()
    codecs.register_error(ESCAPED, escapes)
    sys.stdout, sys.stderr = _outlive(sys.stdout), _outlive(sys.stderr)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            _spell(stream)
    end_as_by_ctrl_c()
    _tell_of_mixed(sys.argv[1:])


def _tell_of_mixed(arguments: Sequence[str]) -> None:
    """Remove what a killed process left where files are read or written; say of which sets half is new."""
    for folder in folders_of(arguments):
        for mixed in sweep(folder):
            new, old = (first_few(names, MOST_LISTED) for names in (mixed.new, mixed.old))
            told = f"warning: {folder}: writing was broken off: {new} new, but not {old}"
            sys.stderr.write(printable(f"{told}; write them again, or delete {mixed.note.name}") + "\n")


def _outlive(stream: TextIO) -> TextIO:
    """Return a stream into the same file or pipe that minds no reader who has left; a terminal as it is."""
    # What another stream stands for, as one that the shell has closed, is its own affair.
    if stream not in (sys.__stdout__, sys.__stderr__) or not isinstance(stream, TextIOWrapper):
        return stream
    if stream.isatty():
        return stream
    stream.flush()
    raw = _Unread(stream.fileno(), "w", closefd=False)
    # A buffer that Ctrl-C finds writing writes again. Of a message, once is enough.
    buffer = io.BufferedWriter(raw) if stream is sys.__stdout__ else raw
    at_once = stream.line_buffering or stream.write_through
    return TextIOWrapper(buffer, encoding=stream.encoding, errors=stream.errors, line_buffering=at_once)


class _Unread(io.FileIO):
    """Writes as long as anybody reads: ``| head`` ends no verb, and changes no exit code.

    Whatever else goes wrong is told of once: all that is still to be printed goes nowhere.
    """

    def write(self, data: ReadableBuffer, /) -> int:
        try:
            return super().write(data)
        except OSError as error:
            os.dup2(os.open(os.devnull, os.O_WRONLY), self.fileno())
            if error.errno not in READER_HAS_LEFT:
                raise
            return memoryview(data).nbytes


def _spell(stream: TextIOWrapper) -> None:
    """Let no letter be lost in a file or a pipe, and nobody meet a traceback for one.

    A terminal shows ? for what it lacks. A pipe gets UTF-8, whatever the system suggests (LC_ALL=C, a code
    page of Windows), unless PYTHONIOENCODING asks for another encoding: what that lacks is escaped.
    """
    errors = ESCAPED if stream is sys.stdout else "backslashreplace"
    if stream.isatty():
        stream.reconfigure(errors="replace")
    elif _encoding_asked_for():
        stream.reconfigure(errors=errors)
    else:
        stream.reconfigure(encoding="utf-8", errors=errors)


def _encoding_asked_for() -> str:
    """Return the encoding in PYTHONIOENCODING, which may say no more than what becomes of errors."""
    if sys.flags.ignore_environment:
        return ""
    return os.environ.get("PYTHONIOENCODING", "").partition(":")[0]


class _Escapes:
    """An error handler of codecs that escapes what an encoding lacks, and keeps the first as an example."""

    def __init__(self) -> None:
        self.example = ""

    def __call__(self, error: UnicodeError) -> tuple[str | bytes, int]:
        escaped, end = codecs.backslashreplace_errors(error)
        if isinstance(error, UnicodeEncodeError) and not self.example:
            first = error.object[error.start]
            self.example = first.encode("ascii", "backslashreplace").decode()
        return escaped, end

    @property
    def warning(self) -> str:
        lacking = f"warning: {sys.stdout.encoding} lacks characters of this output"
        hint = " Without PYTHONIOENCODING, files and pipes get UTF-8." if _encoding_asked_for() else ""
        return f"{lacking}; escapes like {self.example} stand for them.{hint}"


def _leave(ended: SystemExit, escapes: _Escapes) -> NoReturn:
    """Leave at once: to take a large day apart, object by object, may take longer than to print it."""
    with suppress(OSError):
        sys.stdout.flush()
        if escapes.example:
            sys.stderr.write(f"{escapes.warning}\n")
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
