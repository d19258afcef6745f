"""Options that several verbs have, and what is wrong about them whatever the files say."""

from __future__ import annotations

import math
import os
from difflib import get_close_matches
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

DEFAULT_PROGRAM = Path("program.yaml")
DEFAULT_ASSIGNMENT = Path("assignment.csv")
HERE = Path()
FORMATS = ("pdf", "ics", "xlsx", "csv", "html", "schedule")
NEVER_PUBLIC = ("xlsx", "csv")
"""Formats of which nothing is left where participants are left out."""


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

SaveProgramOption = Annotated[
    Path | None, typer.Option(metavar="FILE", help="Save the program with the chosen rooms filled in.")
]
SaveCertificateOption = Annotated[
    Path | None, typer.Option(metavar="FILE", help="Save what proves it, for midtvejs verify.")
]


OnlyOption = Annotated[
    str, typer.Option(metavar="FORMATS", help=f"Some of {', '.join(FORMATS)}, with commas.")
]
PublicOption = Annotated[
    bool, typer.Option("--public", help="Only what names no participant, to be put on the net.")
]
StackCutOption = Annotated[
    bool, typer.Option("--stack-cut", help="Days on paper are in order once the whole stack is cut.")
]


def _number(seconds: float | None) -> float | None:
    if seconds is not None and math.isnan(seconds):
        raise typer.BadParameter("nan is no number")
    return seconds


TimeLimitOption = Annotated[
    float | None,
    typer.Option(
        min=0, callback=_number, metavar="SECONDS", help="Stop here and give the best found so far."
    ),
]


def spare(inputs: tuple[Path, ...], outputs: dict[str, Path | None]) -> None:
    """Keep what is read, and what was just written, from being written over by a slip of the hand.

    ``outputs`` are by the option that names them.

    Raises:
        typer.BadParameter: an output is an input or another output, or is ``-``, which is no file.
    """
    spared = dict.fromkeys(map(os.path.realpath, inputs), "is read, and not written over")
    for option, path in outputs.items():
        if path is None:
            continue
        if str(path) == "-":
            raise typer.BadParameter("- is standard input; to save, name a file")
        if reason := spared.get(os.path.realpath(path)):
            raise typer.BadParameter(f"{path} {reason.format(option)}")
        spared[os.path.realpath(path)] = f"cannot be both {option} and {{}}"


def formats(only: str, *, public: bool) -> tuple[str, ...]:
    """Give the formats that are wanted, in the order in which they are made; all of them where none is named.

    Raises:
        typer.BadParameter: there is no such format, or none of those wanted can be public.
    """
    named = {name.strip().casefold() for name in only.split(",") if name.strip()}
    for name in sorted(named.difference(FORMATS)):
        near = get_close_matches(name, FORMATS, n=1)
        guess = f' (did you mean "{near[0]}"?)' if near else ""
        raise typer.BadParameter(
            f'--only: there is no format "{name}"{guess}; there are {", ".join(FORMATS)}'
        )
    wanted = tuple(name for name in FORMATS if name in named or not named)
    left = tuple(name for name in wanted if not (public and name in NEVER_PUBLIC))
    if not left:
        raise typer.BadParameter(f"--public leaves nothing of {', '.join(wanted)}: participants are in it")
    return left
