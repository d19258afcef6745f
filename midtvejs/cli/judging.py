"""Typer's signatures of the verbs that judge an assignment, compare and explain it; app.py has the others."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from midtvejs.cli.options import (
    AssignmentArgument,
    CertificateOption,
    ForceOption,
    JsonOption,
    KeptOption,
    OutputFormatOption,
    ProgramOption,
    SolveOption,
    TimeLimitOption,
    WishesOption,
    reads_answers,
    refuse_swapped,
)
from midtvejs.cli.run import boundary, leave
from midtvejs.commands._usual import DEFAULT_PROGRAM
from midtvejs.domain.answers import ReadOptions
from midtvejs.output.choices import OutputFormat


@reads_answers
def verify(
    assignment: AssignmentArgument,
    *,
    prefs: WishesOption,
    certificate: CertificateOption,
    keep: KeptOption = None,
    program: ProgramOption = DEFAULT_PROGRAM,
    solve: SolveOption = False,
    json: JsonOption = False,
    options: ReadOptions,
) -> None:
    """Check what is certified of an assignment, without the solver.

    Everything is recomputed. Exits with 1 unless all of it holds and each stage is proven by prices or by
    counting: what only the solver says is not independently checked, unless --solve has it asked anew.
    """
    with boundary() as screen:
        from midtvejs.commands.verify import verify

        leave(
            verify(
                *(screen, assignment, program),
                prefs=prefs,
                certificate=certificate,
                keep=keep,
                solve=solve,
                json=json,
                options=options,
            )
        )


@reads_answers
def diff(
    old: Annotated[
        Path, typer.Argument(readable=False, metavar="OLD", help="The assignment before something changed.")
    ],
    new: Annotated[Path, typer.Argument(readable=False, metavar="NEW", help="The assignment after it.")],
    *,
    program: ProgramOption = DEFAULT_PROGRAM,
    prefs: Annotated[
        Path | None,
        typer.Option(readable=False, metavar="PREFS", help="The wishes, to tell better from worse."),
    ] = None,
    json: JsonOption = False,
    options: ReadOptions,
) -> None:
    """Compare two assignments: whose day changed, from where to where.

    Neither needs to be lawful. Rooms are not compared. Exits with 0, whatever changed.
    """
    with boundary() as screen:
        from midtvejs.commands.diff import diff

        diff(screen, old, new, program, prefs=prefs, json=json, options=options)


@reads_answers
def audit(
    assignment: Annotated[
        Path,
        typer.Argument(readable=False, metavar="ASSIGNMENT", help="The assignment, edited by hand or not."),
    ],
    *,
    prefs: WishesOption,
    program: ProgramOption = DEFAULT_PROGRAM,
    json: JsonOption = False,
    output_format: OutputFormatOption = OutputFormat.FULL,
    no_optimum: Annotated[
        bool, typer.Option("--no-optimum", help="Only judge it, and seat nobody anew to compare.")
    ] = False,
    time_limit: TimeLimitOption = None,
    options: ReadOptions,
) -> None:
    """Judge an assignment, and compare it with the optimum.

    It may have been edited by hand: everything that breaks a rule is shown with its line and column; where
    too many are in a room, so is who could go where at the least cost. Exits with 1 unless it is lawful,
    however far from the optimum.
    """
    with boundary() as screen:
        from midtvejs.commands.audit import Wanted, audit

        wanted = Wanted(
            output_format=output_format,
            json=json,
            optimum=not no_optimum,
            seconds=time_limit,
            options=options,
        )
        leave(audit(screen, assignment, program, prefs, wanted))


@reads_answers
def waiting(
    assignment: AssignmentArgument,
    *,
    prefs: WishesOption,
    program: ProgramOption = DEFAULT_PROGRAM,
    everybody: Annotated[
        bool, typer.Option("--all", help="Name everybody who would gain, not only the first few.")
    ] = False,
    json: JsonOption = False,
    options: ReadOptions,
) -> None:
    """Show to whom a freed seat is offered, and where seats are free.

    For each full session, whoever would gain from a seat there: first who makes the criteria of fairness best
    by going there, then by lottery. Nobody is moved.
    """
    with boundary() as screen:
        from midtvejs.commands.waiting import waiting

        waiting(screen, assignment, program, prefs=prefs, everybody=everybody, json=json, options=options)


@reads_answers
def explain(
    assignment: AssignmentArgument,
    name: Annotated[
        str | None, typer.Argument(metavar="NAME", help="A name, a part of one, or an email.")
    ] = None,
    *,
    prefs: WishesOption,
    program: ProgramOption = DEFAULT_PROGRAM,
    write_all: Annotated[
        Path | None,
        typer.Option(
            "--all", metavar="DIR", help="Write a text for each participant to this folder instead."
        ),
    ] = None,
    names: Annotated[bool, typer.Option("--names", help="Name the others who would have to move.")] = False,
    json: JsonOption = False,
    force: ForceOption = False,
    options: ReadOptions,
) -> None:
    """Explain to a participant why they got what they got.

    It is in the program's language, and can be forwarded: how many wished for what, and what it would cost
    others if they had what they wished, really solved. It names nobody else unless --names does.
    """
    if (name is None) is (write_all is None):
        raise typer.BadParameter("give a NAME, or --all DIR for everybody")
    if write_all and json:
        raise typer.BadParameter("--json prints one participant: give a NAME instead of --all")
    refuse_swapped("explain", assignment, name or "")
    with boundary() as screen:
        from midtvejs.commands.explain import explain, explain_all

        if write_all:
            code = explain_all(
                *(screen, assignment, write_all, program),
                prefs=prefs,
                named=names,
                force=force,
                options=options,
            )
        else:
            code = explain(
                *(screen, assignment, name or "", program),
                prefs=prefs,
                named=names,
                json=json,
                options=options,
            )
        leave(code)
