"""What can be typed behind ``midtvejs plan``."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from midtvejs.cli.options import (
    ForceOption,
    JsonOption,
    ProgramOption,
    SavePlannedOption,
    SeedOption,
    TimeLimitOption,
    reads_answers,
    refuse_overwrite,
)
from midtvejs.cli.run import boundary, leave
from midtvejs.commands._usual import DEFAULT_PROGRAM
from midtvejs.domain.answers import ReadOptions
from midtvejs.output.choices import PlanBy


@reads_answers
def plan(
    prefs: Annotated[
        Path | None,
        typer.Argument(metavar="PREFS", help="The wishes, if there are any: .csv or .xlsx, as for assign."),
    ] = None,
    *,
    program: ProgramOption = DEFAULT_PROGRAM,
    by: Annotated[
        PlanBy, typer.Option(help="What is to be least first: squared regrets, the worst, or all regrets.")
    ] = PlanBy.EVEN,
    keep: Annotated[
        list[str] | None,
        typer.Option(
            metavar="ROUND",
            help="Place all sessions anew, but those of this round, or this session.  [repeatable]",
        ),
    ] = None,
    json: JsonOption = False,
    save_program: SavePlannedOption = None,
    force: ForceOption = False,
    seed: SeedOption = None,
    time_limit: TimeLimitOption = None,
    options: ReadOptions,
) -> None:
    """Decide when, where and how often sessions are held.

    What the program leaves open is placed so that the day is as fair as it can be, by the wishes in PREFS, or
    without them by presenters, rooms and tracks alone. What it settles stays. Nothing is written without
    --save-program.

    The best of a search is no proof: one is told of where every placement was looked at. A program by wishes
    can be gamed a little by a participant who knows everybody's list.
    """
    refuse_overwrite((program, *([prefs] if prefs else [])), {"--save-program": save_program})
    with boundary() as screen:
        from midtvejs.commands.plan import Wanted, plan
        from midtvejs.domain.fairness import Criterion

        wanted = Wanted(
            by=Criterion(by),
            keep=tuple(dict.fromkeys(keep or ())),
            save_program=save_program,
            force=force,
            json=json,
            options=options,
        )
        leave(plan(screen, prefs, program, wanted, seed=seed, seconds=time_limit))
