"""Typer's signatures, the error boundary and the exit codes. Nothing below this module exits or prints."""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from enum import IntEnum, StrEnum
from pathlib import Path
from typing import Annotated

import typer

from midtvejs import __version__
from midtvejs.domain.mechanism import Mechanism
from midtvejs.views.screen import Screen

app = typer.Typer(
    name="midtvejs",
    help="Plans a day of parallel sessions, and seats everybody by their wishes: fairly, and provably so.",
    no_args_is_help=True,
    rich_markup_mode=None,  # plain help starts twice as fast, and breaks no word to fit it into a box
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)

DEFAULT_PROGRAM = Path("program.yaml")


class Exit(IntEnum):
    """What the shell is told; Typer itself says 2 of wrong usage, too."""

    FAULTS = 1
    USAGE = 2
    NO_LAWFUL_ASSIGNMENT = 3
    OUT_OF_TIME = 4
    BUG = 70
    INTERRUPTED = 130


class OutputFormat(StrEnum):
    FULL = "full"
    CONCISE = "concise"
    GITHUB = "github"
    JSON = "json"


class By(StrEnum):
    ROOM = "room"
    PARTICIPANT = "participant"
    ORGANISATION = "organisation"


ProgramOption = Annotated[
    Path, typer.Option("--program", "-p", help="The program of the day.", metavar="FILE")
]
ForceOption = Annotated[bool, typer.Option("--force", help="Write over an existing file.")]
ExcelOption = Annotated[
    bool, typer.Option("--excel", help="Save for a Danish Excel: byte order mark, semicolons, CRLF.")
]


@contextmanager
def boundary() -> Iterator[Screen]:
    """Turn whatever ends a verb into words on stderr and an exit code."""
    from midtvejs.domain.assignment import NoLawfulAssignment, OutOfTime
    from midtvejs.domain.diagnostic import Faulty
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

        screen.tell(shortages_page(nobody.shortages))
        raise typer.Exit(Exit.NO_LAWFUL_ASSIGNMENT) from None
    except UnknownName as unknown:
        from midtvejs.views.unknown_name import unknown_name_line

        screen.note(unknown_name_line(unknown))
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
        screen.note(_what_failed(error))
        raise typer.Exit(Exit.FAULTS) from None
    except typer.Exit:
        raise
    except Exception as bug:
        raise typer.Exit(_unforeseen(screen, bug)) from None


def _what_failed(error: OSError) -> str:
    return f"error: {error.filename or 'standard input or output'}: {error.strerror or error}"


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


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"midtvejs {__version__}")
        raise typer.Exit


@app.callback()
def options(
    *,
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version and exit.")
    ] = False,
) -> None:
    """Plans a day of parallel sessions, and seats everybody by their wishes: fairly, and provably so."""
    del version


def _spare(inputs: tuple[Path, ...], outputs: tuple[Path | None, ...]) -> None:
    """Keep what is read, and what was just written, from being written over by a slip of the hand.

    Raises:
        typer.BadParameter: an output is an input or another output, or is ``-``, which is no file.
    """
    spared = dict.fromkeys(map(os.path.realpath, inputs), "is read, and not written over")
    for path in filter(None, outputs):
        if str(path) == "-":
            raise typer.BadParameter("- is standard input; to save, name a file")
        if reason := spared.get(os.path.realpath(path)):
            raise typer.BadParameter(f"{path} {reason}")
        spared[os.path.realpath(path)] = "cannot be both --save and --certificate"


@app.command()
def validate(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="The program to check.")] = DEFAULT_PROGRAM,
    *,
    output_format: Annotated[
        OutputFormat, typer.Option(envvar="MIDTVEJS_OUTPUT_FORMAT", help="How faults are printed.")
    ] = OutputFormat.FULL,
) -> None:
    """Check a program: every fault at once, with its place and a hint. Exits with 1 if there are any."""
    with boundary() as screen:
        from midtvejs.commands.validate import validate

        if not validate(screen, file, output_format.value):
            raise typer.Exit(Exit.FAULTS)


@app.command()
def show(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="The program to show.")] = DEFAULT_PROGRAM,
) -> None:
    """Show the day: its timeline, and rounds against rooms."""
    with boundary() as screen:
        from midtvejs.commands.show import show

        show(screen, file)


@app.command()
def simulate(
    *,
    participants: Annotated[int, typer.Option(min=1, max=10_000_000, help="How many people sign up.")] = 180,
    seed: Annotated[int, typer.Option(min=0, help="The same seed gives the same people and wishes.")] = 0,
    program: ProgramOption = DEFAULT_PROGRAM,
    save: Annotated[Path | None, typer.Option(metavar="FILE", help="Write here, not to stdout.")] = None,
    force: ForceOption = False,
    excel: ExcelOption = False,
) -> None:
    """Make up participants and wishes, to plan ahead of real sign-ups."""
    _spare((program,), (save,))
    with boundary() as screen:
        from midtvejs.commands.simulate import simulate

        simulate(screen, program, participants=participants, seed=seed, save=save, force=force, excel=excel)


@app.command()
def assign(
    prefs: Annotated[Path, typer.Argument(metavar="PREFS", help="The wishes, a .csv file.")],
    *,
    program: ProgramOption = DEFAULT_PROGRAM,
    mechanism: Annotated[
        Mechanism,
        typer.Option(help="How seats are dealt; lottery and first-come optimise nothing."),
    ] = Mechanism.FAIR,
    by: Annotated[By, typer.Option(help="What a roster is printed for.")] = By.ROOM,
    json: Annotated[bool, typer.Option("--json", help="Print one JSON object instead.")] = False,
    save: Annotated[Path | None, typer.Option(metavar="FILE", help="Save the assignment as .csv.")] = None,
    certificate: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Save what proves it, for midtvejs verify.")
    ] = None,
    force: ForceOption = False,
    excel: ExcelOption = False,
    seed: Annotated[
        int | None, typer.Option(min=0, help="Draws the lottery that breaks ties, instead of rules.seed.")
    ] = None,
    time_limit: Annotated[
        float | None,
        typer.Option(min=0, metavar="SECONDS", help="Stop here and give the best found so far."),
    ] = None,
) -> None:
    """Seat everybody by their wishes, and print the rosters.

    Everybody gets one session a round. A summary says how good that is, and what is proven of it.

    An optimum can be gamed a little by somebody who knows everybody's list; a lottery cannot (--mechanism
    lottery: in the order of the draw, everybody takes the best seat left). --mechanism first-come does the
    same in the order of the column timestamp, else of the rows.
    """
    if certificate and mechanism is not Mechanism.FAIR:
        raise typer.BadParameter(f"--mechanism {mechanism} proves nothing that --certificate could save")
    _spare((prefs, program), (save, certificate))
    with boundary() as screen:
        from midtvejs.commands.assign import Wanted, assign

        wanted = Wanted(
            mechanism=mechanism,
            by=by.value,
            json=json,
            save=save,
            certificate=certificate,
            force=force,
            excel=excel,
        )
        if not assign(screen, prefs, program, wanted, seed=seed, seconds=time_limit):
            raise typer.Exit(Exit.INTERRUPTED)


@app.command()
def compare(
    prefs: Annotated[Path, typer.Argument(metavar="PREFS", help="The wishes, a .csv file.")],
    *,
    program: ProgramOption = DEFAULT_PROGRAM,
    json: Annotated[bool, typer.Option("--json", help="Print one JSON object instead.")] = False,
    seed: Annotated[int | None, typer.Option(min=0, help="Draws the lottery, instead of rules.seed.")] = None,
) -> None:
    """Seat everybody in several ways, and show what each comes to.

    Fairly, in three orders of the criteria; by lottery; and first come, first served: in the order of the
    column timestamp, else of the rows. An optimum can be gamed a little by somebody who knows everybody's
    list; a lottery cannot.
    """
    with boundary() as screen:
        from midtvejs.commands.compare import compare

        compare(screen, prefs, program, seed=seed, json=json)


@app.command()
def rosters(
    assignment: Annotated[Path, typer.Argument(metavar="ASSIGNMENT", help="What assign --save wrote.")],
    *,
    program: ProgramOption = DEFAULT_PROGRAM,
    by: Annotated[By, typer.Option(help="What a roster is printed for.")] = By.ROOM,
    room: Annotated[str | None, typer.Option(metavar="ROOM", help="Only this room.")] = None,
    round_id: Annotated[str | None, typer.Option("--round", metavar="ID", help="Only this round.")] = None,
    prefs: Annotated[
        Path | None, typer.Option(metavar="PREFS", help="The wishes: finds who is missing from the file.")
    ] = None,
) -> None:
    """Print the rosters again from a saved assignment.

    The file may have been edited by hand: it is judged first, and nothing is printed that breaks the rules.
    """
    with boundary() as screen:
        from midtvejs.commands.rosters import rosters

        rosters(screen, assignment, program, by=by.value, room=room, round_id=round_id, prefs=prefs)


@app.command()
def verify(
    assignment: Annotated[Path, typer.Argument(metavar="ASSIGNMENT", help="What assign --save wrote.")],
    *,
    prefs: Annotated[Path, typer.Option(metavar="PREFS", help="The wishes, as assign read them.")],
    certificate: Annotated[Path, typer.Option(metavar="FILE", help="What assign --certificate wrote.")],
    program: ProgramOption = DEFAULT_PROGRAM,
    json: Annotated[bool, typer.Option("--json", help="Print one JSON object instead.")] = False,
) -> None:
    """Check what is certified of an assignment, without the solver.

    Everything is recomputed. Exits with 1 unless all of it holds and each stage is proven.
    """
    with boundary() as screen:
        from midtvejs.commands.verify import verify

        if not verify(screen, assignment, program, prefs=prefs, certificate=certificate, json=json):
            raise typer.Exit(Exit.FAULTS)


def main() -> None:
    """Run the command line."""
    _open_streams()
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            # A terminal that knows only ASCII shows ? for what it lacks, and nobody meets a traceback.
            stream.reconfigure(errors="replace")
    # What is read lives until the end: looking for garbage would only slow the start and the reading.
    gc.disable()
    try:
        app()
    except OSError as error:
        # Typer itself prints help, outside of the boundary.
        sys.exit(_what_failed(error))


def _open_streams() -> None:
    """Stand in for streams that the shell has closed, or the next file to be opened takes their place."""
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:
            nobody = Path(os.devnull).open(mode, encoding="utf-8")  # noqa: SIM115 (open until the end)
            setattr(sys, name, nobody)
