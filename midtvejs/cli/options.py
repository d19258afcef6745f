"""The options that several verbs have, each said once, and what is wrong with them whatever files say."""

from __future__ import annotations

import functools
import inspect
import math
import os
import re
from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Any

import typer

from midtvejs.domain.answers import Admission, OnDuplicate, ReadOptions
from midtvejs.domain.mechanism import Mechanism
from midtvejs.domain.wording import typed
from midtvejs.output.choices import By, Csv, OutputFormat

PROGRAM_VARIABLE = "MIDTVEJS_PROGRAM"
HERE = Path()
FORMATS = ("pdf", "ics", "xlsx", "csv", "html", "schedule", "eml")
BY_DEFAULT = FORMATS[:-1]
"""What is made where nothing is named; mails are not."""
NEVER_PUBLIC = ("xlsx", "csv", "eml")
"""Formats of which nothing is left where participants are left out."""


ProgramOption = Annotated[
    Path,
    typer.Option(
        "--program",
        "-p",
        envvar=PROGRAM_VARIABLE,
        readable=False,
        help="The program of the day.",
        metavar="FILE",
    ),
]
ByOption = Annotated[
    str,
    typer.Option(
        metavar=f"[{'|'.join(By)}|GROUP]",
        help="Print one roster for each of these, or each of a group that the program names.",
    ),
]
MechanismOption = Annotated[
    Mechanism,
    typer.Option(
        help="How seats are assigned. As drawn by lottery, or first come (by the column timestamp, else the "
        "rows), everybody takes the best seat left: nothing is optimised."
    ),
]
WishesOption = Annotated[
    Path, typer.Option("--prefs", readable=False, metavar="PREFS", help="The wishes, as assign read them.")
]
OutputFormatOption = Annotated[
    OutputFormat, typer.Option(envvar="MIDTVEJS_OUTPUT_FORMAT", help="Format of the reported faults.")
]
JsonOption = Annotated[bool, typer.Option("--json", help="Print one JSON object instead.")]
ForceOption = Annotated[bool, typer.Option("--force", help="Overwrite existing files.")]
PlainOption = Annotated[
    bool,
    typer.Option(
        "--plain", help="Write .csv for programs: commas, no byte order mark (default: for your Excel)."
    ),
]
ExcelOption = Annotated[
    bool,
    typer.Option(
        "--excel", hidden=True, help="Write .csv for a Danish Excel, whatever the program's language."
    ),
]

SaveProgramOption = Annotated[
    Path | None,
    typer.Option(readable=False, metavar="FILE", help="Save the program with the chosen rooms filled in."),
]
SavePlannedOption = Annotated[
    Path | None, typer.Option("--save-program", metavar="FILE", help="Save the program with all placed.")
]
SaveCertificateOption = Annotated[
    Path | None,
    typer.Option(
        readable=False, metavar="FILE", help="Save the certificate of the result, for midtvejs verify."
    ),
]


FormArgument = Annotated[
    Path,
    typer.Argument(metavar="DIR", help="Folder to write to; created if missing (- prints the table alone)."),
]
SaveInsteadOption = Annotated[
    Path | None,
    typer.Option("--save", readable=False, metavar="FILE", help="Write to this file instead of stdout."),
]
OnlyOption = Annotated[
    str,
    typer.Option(
        metavar="FORMATS",
        help=f"Some of {', '.join(FORMATS)}, separated by commas; without, all but eml (mails as drafts).",
    ),
]
PublicOption = Annotated[
    bool, typer.Option("--public", help="Leave out everything that names a participant, for publication.")
]
StackCutOption = Annotated[
    bool, typer.Option("--stack-cut", help="Order printed days so that the cut stack is sorted.")
]

OneFileEachOption = Annotated[
    bool, typer.Option("--one-file-each", help="Write a calendar as a folder, one file for each entry.")
]
ChangedFromOption = Annotated[
    Path | None,
    typer.Option(
        readable=False, metavar="OLD", help="Only what is to be handed out anew since this assignment."
    ),
]


SeatsOption = Annotated[
    list[str] | None, typer.Option(metavar="ROOM=N", help="The room has N seats.  [repeatable]")
]
AddSeatsOption = Annotated[
    list[str] | None,
    typer.Option(
        metavar="CODE=N", help="The session (CODE:ROUND: in one round) has N seats more.  [repeatable]"
    ),
]
CancelOption = Annotated[
    list[str] | None,
    typer.Option(metavar="CODE", help="The session (CODE:ROUND: in one round) is cancelled.  [repeatable]"),
]
RoomOption = Annotated[
    list[str] | None, typer.Option(metavar="CODE=ROOM", help="The session is in that room.  [repeatable]")
]
SwapOption = Annotated[
    list[str] | None, typer.Option(metavar="CODE=CODE", help="The sessions swap rooms.  [repeatable]")
]
WithoutRuleOption = Annotated[
    list[str] | None,
    typer.Option(metavar="RULE", help="Without at_most, pins, keep_free, ...  [repeatable]"),
]


def _number(seconds: float | None) -> float | None:
    if seconds is not None and math.isnan(seconds):
        raise typer.BadParameter("nan is not a number")
    return seconds


CertificateOption = Annotated[
    Path,
    typer.Option(readable=False, metavar="FILE", help="The certificate that assign --certificate wrote."),
]
KeptOption = Annotated[
    Path | None,
    typer.Option(readable=False, metavar="FILE", help="The earlier assignment that assign --keep kept."),
]
SolveOption = Annotated[
    bool, typer.Option("--solve", help="Ask the solver anew for what rests on its word alone.")
]
SaveOption = Annotated[
    Path | None, typer.Option(readable=False, metavar="FILE", help="Save the assignment as .csv or .xlsx.")
]
FILES_WRITTEN = (
    FormArgument,
    SaveOption,
    SaveInsteadOption,
    SaveProgramOption,
    SavePlannedOption,
    SaveCertificateOption,
)
"""What names a file that is written; every other file is read."""
SeedOption = Annotated[
    int | None, typer.Option(min=0, help="Seed of the lottery that breaks ties (default: rules.seed).")
]
DrawOption = Annotated[
    bool, typer.Option("--draw", help="Draw a new seed for the lottery, print it, and save it beside --save.")
]
ImproveOption = Annotated[
    bool, typer.Option("--improve", help="With --keep, also move those who gain, at nobody's cost.")
]
KeepOption = Annotated[
    Path | None,
    typer.Option(
        readable=False,
        metavar="FILE",
        help="Keep this earlier assignment: move the fewest, before anything else.",
    ),
]

TimeLimitOption = Annotated[
    float | None,
    typer.Option(
        min=0,
        callback=_number,
        metavar="SECONDS",
        help="Stop after this time with the best assignment found so far.",
    ),
]


def refuse_beside(
    mechanism: Mechanism,
    keep: Path | None,
    *,
    improve: bool,
    certificate: Path | None,
    seed: int | None,
    draw: bool,
) -> None:
    """Refuse what cannot go together when people are seated.

    Raises:
        typer.BadParameter: an option makes no sense beside another.
    """
    if improve and not keep:
        raise typer.BadParameter("--improve moves people from where they are: name that with --keep")
    if draw and seed is not None:
        raise typer.BadParameter("--draw draws another seed than --seed says: give one of them")
    if keep and mechanism is not Mechanism.FAIR:
        raise typer.BadParameter(f"--mechanism {mechanism} deals all seats anew, and keeps nothing")
    if certificate and mechanism is not Mechanism.FAIR:
        raise typer.BadParameter(f"--mechanism {mechanism} gives no proof for --certificate to save")
    if improve and certificate:
        raise typer.BadParameter("--certificate proves what --keep comes to, without --improve")


def csv_for(file: Path | None, *, plain: bool, excel: bool) -> Csv:
    """Return for whom CSV is written: a file is for people, standard output (None, ``-``) for programs.

    Raises:
        typer.BadParameter: for two at once.
    """
    if plain and excel:
        raise typer.BadParameter("--plain is for programs, --excel for a Danish Excel: give one")
    if excel:
        return Csv.DANISH_EXCEL
    return Csv.PLAIN if plain or file is None or str(file) == "-" else Csv.EXCEL


NUMBERED = re.compile(r"(?P<name>.*)-(?P<number>[1-9][0-9]{0,2})", re.DOTALL)
"""A version; what has more digits is a year."""
WORKBOOKS = (".xlsx", ".xlsm", ".xlsb", ".xls", ".ods", ".numbers")
"""What is opened as a workbook; only the first of them is written."""
DATED = re.compile(r".*[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}", re.DOTALL)


def beside(file: Path) -> Path:
    """Return where a new version of a file is saved: ``assignment-2.csv`` beside ``assignment.csv``.

    A workbook is saved as one.

    The first number that is free, above that of the file itself. The day of a date is no number: the next
    one would be a date, too, and not true.

    Raises:
        typer.BadParameter: it is standard input, and nothing is beside that.
    """
    if str(file) == "-":
        raise typer.BadParameter("--keep - is standard input: say where to save the new one, with --save")
    found = None if DATED.fullmatch(file.stem) else NUMBERED.fullmatch(file.stem)
    name, number = (found["name"], int(found["number"])) if found else (file.stem, 1)
    while True:
        number += 1
        new = file.parent / f"{name}-{number}{'.xlsx' if file.suffix.lower() in WORKBOOKS else '.csv'}"
        if not os.path.lexists(new):
            return new


def refuse_overwrite(inputs: tuple[Path, ...], outputs: dict[str, Path | None]) -> None:
    """Keep what is read, and what was just written, from being written over by a slip of the hand.

    ``outputs`` are by the option that names them.

    Raises:
        typer.BadParameter: an output is an input or another output, or a workbook of another kind than is
            written; standard output is none of these.
    """
    spared = dict.fromkeys(map(os.path.realpath, inputs), "is an input, and is not overwritten")
    for option, path in outputs.items():
        if path is None or str(path) == "-":
            continue
        if option == "--save" and path.suffix.lower() in WORKBOOKS[1:]:
            raise typer.BadParameter(f"{path}: a workbook is saved as {path.with_suffix('.xlsx').name}")
        if reason := spared.get(os.path.realpath(path)):
            raise typer.BadParameter(f"{path} {reason.format(option)}")
        spared[os.path.realpath(path)] = f"cannot be both {option} and {{}}"


def refuse_swapped(verb: str, assignment: Path, other: Path | str) -> None:
    """Tell that two arguments of a verb stand the wrong way round: the other one is the file.

    Raises:
        typer.BadParameter: they do.
    """
    # A name may be longer than that of any file, at which a Path would raise.
    if str(assignment) != "-" and not os.path.isfile(assignment) and os.path.isfile(other):  # noqa: PTH113
        words = [other, assignment] if verb != "day" else [assignment, other]
        right = typed(["midtvejs", verb, *map(str, words)])
        raise typer.BadParameter(f"the arguments stand the wrong way round: {right}")


def formats(only: str, *, public: bool) -> tuple[str, ...]:
    """Return the wanted formats in the order in which they are made; all but mails where none is named.

    Raises:
        typer.BadParameter: there is no such format, or none of those wanted can be public.
    """
    # Names of people need the words of every language, which takes longer than all else here.
    from midtvejs.domain.names import find_like

    named = {name.strip().casefold() for name in only.split(",") if name.strip()}
    for name in sorted(named.difference(FORMATS)):
        near = find_like(name, FORMATS)
        guess = f' (did you mean "{near}"?)' if near else ""
        raise typer.BadParameter(
            f'--only: there is no format "{name}"{guess}; the formats are {", ".join(FORMATS)}'
        )
    wanted = tuple(name for name in FORMATS if name in (named or BY_DEFAULT))
    left = tuple(name for name in wanted if not (public and name in NEVER_PUBLIC))
    if not left:
        raise typer.BadParameter(f"--public leaves nothing of {', '.join(wanted)}: they name participants")
    return left


AssignmentArgument = Annotated[
    Path,
    typer.Argument(readable=False, metavar="ASSIGNMENT", help="The assignment that assign --save wrote."),
]
PrefsArgument = Annotated[
    Path,
    typer.Argument(
        readable=False, metavar="PREFS", help="The wishes: .csv or .xlsx, as your form exports them."
    ),
]
PrefsOption = Annotated[
    Path | None,
    typer.Option(
        readable=False, metavar="PREFS", help="The wishes, to find anyone missing from the assignment."
    ),
]


def _check_encoding(encoding: str) -> str:
    try:
        "".encode(encoding or "utf-8")
    except (LookupError, UnicodeError):
        raise typer.BadParameter(f"unknown encoding {encoding!r}; CP1252, for example, is known") from None
    return encoding


def _read_options(
    *,
    encoding: Annotated[
        str,
        typer.Option(
            callback=_check_encoding, metavar="NAME", help="Encoding of the .csv file (default: detected)."
        ),
    ] = "",
    sheet: Annotated[
        list[str] | None,
        typer.Option(metavar="NAME", help="Sheet of the workbook (default: detected).  [repeatable]"),
    ] = None,
    on_duplicate: Annotated[
        OnDuplicate | None, typer.Option(help="Which answer counts if a participant gave several.")
    ] = None,
    late: Annotated[
        Admission, typer.Option(help="How to treat answers after the sign_up deadline.")
    ] = Admission.ACCEPT,
    participants: Annotated[
        Path | None,
        typer.Option(
            readable=False,
            metavar="FILE",
            help="List of all participants; those who never answered are seated, too.",
        ),
    ] = None,
    strangers: Annotated[
        Admission, typer.Option(help="How to treat answers from anyone not on the list of participants.")
    ] = Admission.ERROR,
) -> ReadOptions:
    return ReadOptions(
        encoding=encoding,
        sheets=tuple(sheet or ()),
        on_duplicate=on_duplicate,
        late=late,
        participants=participants,
        strangers=strangers,
    )


def reads_answers(verb: Callable[..., None]) -> Callable[..., None]:
    """Return a verb these options; it gets them as its parameter ``options``."""
    own = inspect.signature(verb, eval_str=True)
    added = inspect.signature(_read_options, eval_str=True).parameters
    parameters = [*(each for each in own.parameters.values() if each.name != "options"), *added.values()]

    @functools.wraps(verb)
    def run(**given: Any) -> None:  # noqa: ANN401 - Typer calls it with what the signature below says
        options = _read_options(**{name: given.pop(name) for name in added})
        verb(**given, options=options)

    run.__signature__ = own.replace(parameters=parameters)  # type: ignore[attr-defined] # what Typer reads
    run.__annotations__ = {each.name: each.annotation for each in parameters}
    return run
