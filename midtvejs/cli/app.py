"""Typer's signatures: what can be typed, and which command it is. See run.py for how a verb ends."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Annotated

import typer

from midtvejs._version import __version__
from midtvejs.cli.beginning import guide, new, schema, validate
from midtvejs.cli.completion import InstallOption, ShowOption, answer_silently, asked_for, with_shell
from midtvejs.cli.judging import audit, diff, explain, verify, waiting
from midtvejs.cli.options import (
    HERE,
    PROGRAM_VARIABLE,
    AddSeatsOption,
    AssignmentArgument,
    ByOption,
    CancelOption,
    ChangedFromOption,
    DrawOption,
    ExcelOption,
    ForceOption,
    FormArgument,
    ImproveOption,
    JsonOption,
    KeepOption,
    MechanismOption,
    OneFileEachOption,
    OnlyOption,
    OutputFormatOption,
    PlainOption,
    PrefsArgument,
    PrefsOption,
    ProgramOption,
    PublicOption,
    RoomOption,
    SaveCertificateOption,
    SaveInsteadOption,
    SaveOption,
    SaveProgramOption,
    SeatsOption,
    SeedOption,
    StackCutOption,
    SwapOption,
    TimeLimitOption,
    WithoutRuleOption,
    beside,
    csv_for,
    formats,
    reads_answers,
    refuse_beside,
    refuse_overwrite,
    refuse_swapped,
)
from midtvejs.cli.plan import plan
from midtvejs.cli.run import boundary, leave, run
from midtvejs.cli.streams import with_streams
from midtvejs.commands._usual import DEFAULT_ASSIGNMENT, DEFAULT_PROGRAM, seed_beside
from midtvejs.domain.answers import ReadOptions
from midtvejs.domain.mechanism import Mechanism
from midtvejs.output.choices import By, OutputFormat

app = typer.Typer(
    name="midtvejs",
    add_completion=False,  # see completion.py
    rich_markup_mode=None,  # plain help starts twice as fast, and breaks no word to fit it into a box
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"midtvejs {__version__}")
        raise typer.Exit


@app.callback(invoke_without_command=True)
def options(
    context: typer.Context,
    *,
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version and exit.")
    ] = False,
    install_completion: InstallOption = None,
    show_completion: ShowOption = None,
) -> None:
    """Plans a day of parallel sessions, and seats participants by their wishes: fairly, and provably so."""
    del version, install_completion, show_completion
    if context.invoked_subcommand is None:
        with boundary() as screen:
            from midtvejs.commands.overview import overview

            named = os.environ.get(PROGRAM_VARIABLE)
            overview(screen, Path(named) if named else None)


app.command()(new)


app.command()(validate)


@app.command()
def show(
    file: Annotated[
        Path,
        typer.Argument(envvar=PROGRAM_VARIABLE, readable=False, metavar="FILE", help="The program to show."),
    ] = DEFAULT_PROGRAM,
) -> None:
    """Show the day: its timeline, and rounds against rooms."""
    with boundary() as screen:
        from midtvejs.commands.show import show

        show(screen, file)


app.command()(schema)


app.command()(guide)


@app.command()
def simulate(
    *,
    participants: Annotated[
        int, typer.Option(min=1, max=10_000_000, help="Number of participants to make up.")
    ] = 180,
    seed: Annotated[
        int, typer.Option(min=0, help="Seed of the draw; the same seed gives the same result.")
    ] = 0,
    program: ProgramOption = DEFAULT_PROGRAM,
    save: SaveInsteadOption = None,
    force: ForceOption = False,
    plain: PlainOption = False,
    excel: ExcelOption = False,
) -> None:
    """Make up participants and wishes, to plan ahead of real sign-ups."""
    refuse_overwrite((program,), {"--save": save})
    csv = csv_for(save, plain=plain, excel=excel)
    with boundary() as screen:
        from midtvejs.commands.simulate import simulate

        simulate(screen, program, participants=participants, seed=seed, save=save, force=force, csv=csv)


@app.command()
def form(
    folder: FormArgument = HERE,
    *,
    program: ProgramOption = DEFAULT_PROGRAM,
    force: ForceOption = False,
    plain: PlainOption = False,
    excel: ExcelOption = False,
) -> None:
    """Write the form that asks for wishes: a workbook, CSV, and text.

    The workbook and the CSV file are filled in, a row a participant; the text is pasted into an online form.
    """
    csv = csv_for(folder, plain=plain, excel=excel)
    with boundary() as screen:
        from midtvejs.commands.form import form

        form(screen, folder, program, force=force, csv=csv)


@app.command()
@reads_answers
def check(
    prefs: PrefsArgument,
    *,
    program: ProgramOption = DEFAULT_PROGRAM,
    json: JsonOption = False,
    output_format: OutputFormatOption = OutputFormat.FULL,
    options: ReadOptions,
) -> None:
    """Check the wishes: what was read, who wants what, what will hurt.

    Nobody is seated. Exits with 1 if the file has faults; warnings do not count.
    """
    with boundary() as screen:
        from midtvejs.commands.check import check

        leave(check(screen, prefs, program, output_format, json=json, options=options))


app.command()(plan)


@app.command()
@reads_answers
def assign(
    prefs: PrefsArgument,
    *,
    program: ProgramOption = DEFAULT_PROGRAM,
    mechanism: MechanismOption = Mechanism.FAIR,
    by: ByOption = By.ROOM,
    json: JsonOption = False,
    save: SaveOption = None,
    save_program: SaveProgramOption = None,
    certificate: SaveCertificateOption = None,
    keep: KeepOption = None,
    improve: ImproveOption = False,
    force: ForceOption = False,
    plain: PlainOption = False,
    excel: ExcelOption = False,
    seed: SeedOption = None,
    draw: DrawOption = False,
    time_limit: TimeLimitOption = None,
    options: ReadOptions,
) -> None:
    """Seat everybody by their wishes, and print the rosters.

    Everybody gets one session a round. A summary says how good that is, and what is proven of it.
    With --keep as few as possible are moved from an earlier assignment, and a new one is saved beside it.
    Of equally fair ways a lottery decides: draw its seed by --draw once sign-up has closed. An optimum can be
    gamed a little by a participant who knows everybody's list; --mechanism lottery cannot, by any list.
    """
    refuse_beside(mechanism, keep, improve=improve, certificate=certificate, seed=seed, draw=draw)
    save = beside(keep) if keep and not save else save
    csv, drawn = csv_for(save, plain=plain, excel=excel), seed_beside(save) if draw else None
    files = {"--save": save, "--save-program": save_program, "--certificate": certificate, "--draw": drawn}
    refuse_overwrite((prefs, program, *([keep] if keep else [])), files)
    with boundary() as screen:
        from midtvejs.commands.assign import Wanted, assign

        wanted = Wanted(
            mechanism=mechanism,
            by=by,
            json=json,
            save=save,
            save_program=save_program,
            certificate=certificate,
            keep=keep,
            improve=improve,
            draw=draw,
            force=force,
            csv=csv,
            options=options,
        )
        leave(assign(screen, prefs, program, wanted, seed=seed, seconds=time_limit))


@app.command()
@reads_answers
def compare(
    prefs: PrefsArgument,
    *,
    program: ProgramOption = DEFAULT_PROGRAM,
    json: JsonOption = False,
    seed: SeedOption = None,
    options: ReadOptions,
) -> None:
    """Seat everybody in several ways, and show what each comes to.

    Fairly, in three orders of the criteria; by lottery; and first come, first served: in the order of the
    column timestamp, else of the rows. An optimum can be gamed a little by a participant who knows
    everybody's list; a lottery cannot, by any list.
    """
    with boundary() as screen:
        from midtvejs.commands.compare import compare

        compare(screen, prefs, program, seed=seed, json=json, options=options)


@app.command()
@reads_answers
def advise(
    prefs: PrefsArgument,
    *,
    program: ProgramOption = DEFAULT_PROGRAM,
    json: JsonOption = False,
    time_limit: TimeLimitOption = None,
    options: ReadOptions,
) -> None:
    """List what would help before the day; each of it is tried.

    More seats, larger rooms, swapped rooms, dropped rules: everybody is seated anew with each, and only what
    is fairer is listed. Nothing is written.
    """
    with boundary() as screen:
        from midtvejs.commands.advise import advise

        leave(advise(screen, prefs, program, json=json, seconds=time_limit, options=options))


@app.command("what-if")
@reads_answers
def what_if(
    prefs: PrefsArgument,
    *,
    seats: SeatsOption = None,
    add_seats: AddSeatsOption = None,
    cancel: CancelOption = None,
    room: RoomOption = None,
    swap: SwapOption = None,
    without_rule: WithoutRuleOption = None,
    program: ProgramOption = DEFAULT_PROGRAM,
    names: Annotated[bool, typer.Option("--names", help="Name everybody whose day changes.")] = False,
    json: JsonOption = False,
    time_limit: TimeLimitOption = None,
    options: ReadOptions,
) -> None:
    """Show what another room or rule would change, and for whom.

    Everybody is seated as it is, and as it would be: as fairly as can be, and then with as few moves. Nothing
    is written.
    """
    if not any((seats, add_seats, cancel, room, swap, without_rule)):
        options_there_are = "--seats, --add-seats, --cancel, --room, --swap or --without-rule"
        raise typer.BadParameter(f"say what is to be different: {options_there_are}")
    with boundary() as screen:
        from midtvejs.commands.what_if import what_if
        from midtvejs.reading.variations import Typed

        typed = Typed(
            seats=seats or (),
            add_seats=add_seats or (),
            cancel=cancel or (),
            room=room or (),
            swap=swap or (),
            without_rule=without_rule or (),
        )
        leave(
            what_if(
                screen,
                prefs,
                program,
                typed,
                names=names,
                json=json,
                seconds=time_limit,
                options=options,
            )
        )


@app.command()
@reads_answers
def rosters(
    assignment: AssignmentArgument,
    *,
    program: ProgramOption = DEFAULT_PROGRAM,
    by: ByOption = By.ROOM,
    room: Annotated[str | None, typer.Option(metavar="ROOM", help="Only this room.")] = None,
    round_id: Annotated[str | None, typer.Option("--round", metavar="ID", help="Only this round.")] = None,
    prefs: PrefsOption = None,
    options: ReadOptions,
) -> None:
    """Print the rosters again from a saved assignment.

    The file may have been edited by hand: it is judged first, and nothing is printed that breaks the rules.
    """
    with boundary() as screen:
        from midtvejs.commands.rosters import rosters

        rosters(
            screen, assignment, program, by=by, room=room, round_id=round_id, prefs=prefs, options=options
        )


@app.command()
def day(
    name: Annotated[str, typer.Argument(metavar="NAME", help="A name, a part of one, or an email.")],
    assignment: AssignmentArgument = DEFAULT_ASSIGNMENT,
    *,
    program: ProgramOption = DEFAULT_PROGRAM,
) -> None:
    """Show one participant's day. Exits with 2 if the name matches nobody, or several participants."""
    refuse_swapped("day", assignment, name)
    with boundary() as screen:
        from midtvejs.commands.day import day

        leave(day(screen, name, assignment, program))


@app.command()
@reads_answers
def export(
    assignment: AssignmentArgument,
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="Folder to write to; created if missing.")],
    *,
    program: ProgramOption = DEFAULT_PROGRAM,
    only: OnlyOption = "",
    public: PublicOption = False,
    stack_cut: StackCutOption = False,
    one_file_each: OneFileEachOption = False,
    changed_from: ChangedFromOption = None,
    prefs: PrefsOption = None,
    force: ForceOption = False,
    plain: PlainOption = False,
    options: ReadOptions,
) -> None:
    """Write rosters, signs, calendars, tables and a web page.

    It is in the program's language. The assignment is judged first, and all of it is written, or nothing.
    PDFs need the package typst: where it is not installed they are left out, unless --only asks for them.
    """
    if public and changed_from:
        raise typer.BadParameter("--public leaves out participants, --changed-from all but them: give one")
    wanted_formats = formats(only, public=public)
    refuse_swapped("export", assignment, folder)
    with boundary() as screen:
        from midtvejs.commands.export import export
        from midtvejs.output.export.wanted import Wanted

        wanted = Wanted(
            public=public,
            stack_cut=stack_cut,
            one_file_each=one_file_each,
            csv=csv_for(folder, plain=plain, excel=False),
        )
        code = export(
            screen,
            assignment,
            folder,
            program,
            formats=wanted_formats,
            named=bool(only.strip(" ,")),
            wanted=wanted,
            prefs=prefs,
            changed_from=changed_from,
            force=force,
            options=options,
        )
        leave(code)


for judging in (verify, diff, audit, waiting, explain):
    app.command()(judging)


for registered in app.registered_commands:
    if registered.callback:
        registered.callback = with_streams(registered.callback)


def main() -> None:
    """Run the command line."""
    if asked_for(os.environ):
        answer_silently(app)
    sys.argv[1:] = with_shell(sys.argv[1:])
    run(app)
