"""Typer's signatures of the verbs that a program begins with; app.py has the others."""

from __future__ import annotations

import datetime as dt
import re
import sys
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Annotated, TypeVar

import typer

from midtvejs.cli.options import (
    HERE,
    PROGRAM_VARIABLE,
    ForceOption,
    OutputFormatOption,
    SaveInsteadOption,
)
from midtvejs.cli.run import boundary, leave
from midtvejs.commands._usual import DEFAULT_PROGRAM
from midtvejs.output.choices import OutputFormat

T = TypeVar("T")

MOST_ROUNDS, MOST_ROOMS, MOST_SEATS = 20, 40, 1_000_000
ROOM = re.compile(r"(?P<name>[^=]*[^=\s])\s*=\s*(?P<seats>[0-9]{1,7})")


class Language(StrEnum):
    """The languages that a program can be commented in."""

    DA = "da"
    NB = "nb"
    EN = "en"


def parse_date(text: str) -> dt.date:
    """Return a date, however it is written, as long as it can mean only one.

    Raises:
        typer.BadParameter: it cannot.
    """
    from midtvejs.reading.program.mending import dates_meant

    meant = dates_meant(text)
    if len(meant) != 1:
        instead = " or ".join(map(str, meant)) or "2027-01-30"
        raise typer.BadParameter(f"{text!r} is not a date: write year, month and day, {instead}")
    return meant[0]


def parse_rounds(text: str) -> int:
    """Return how many rounds there are.

    Raises:
        typer.BadParameter: it is no such number.
    """
    if re.fullmatch("[0-9]{1,3}", text.strip()) and 1 <= int(text) <= MOST_ROUNDS:
        return int(text)
    raise typer.BadParameter(f"{text!r} is not a number of rounds, from 1 to {MOST_ROUNDS}")


def parse_rooms(text: str) -> dict[str, int] | int:
    """Return how many rooms there are, or the seats of each by its name.

    Raises:
        typer.BadParameter: it is neither, or a room is named twice.
    """
    if re.fullmatch("[0-9]{1,3}", text.strip()) and 1 <= int(text) <= MOST_ROOMS:
        return int(text)
    found = [ROOM.fullmatch(part.strip()) for part in text.split(",")]
    rooms = {each["name"].strip(): int(each["seats"]) for each in found if each}
    fits = all(1 <= seats <= MOST_SEATS for seats in rooms.values()) and len(rooms) <= MOST_ROOMS
    if not all(found) or not fits or len({" ".join(name.casefold().split()) for name in rooms}) < len(found):
        wanted = f"a number of rooms, from 1 to {MOST_ROOMS}, or their names and seats: Aula=120,Library=24"
        raise typer.BadParameter(f"{text!r} is not {wanted}")
    if any(name.casefold() == "auto" for name in rooms):
        raise typer.BadParameter("no room can be named auto: it stands for one that is still to be chosen")
    return rooms


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What is said of a day so far."""

    name: str
    date: dt.date | None
    rounds: int | None
    rooms: dict[str, int] | int | None


def in_three_months() -> dt.date:
    return dt.datetime.now().astimezone().date() + dt.timedelta(days=90)


def ask_for_the_rest(said: Said, language: Language) -> Said:
    """Ask on the terminal for what is not said."""
    from midtvejs.domain.sketch import USUAL_ROOMS, USUAL_ROUNDS
    from midtvejs.reading.program.new_program import WORDS

    usual_date = in_three_months().isoformat()
    which_rooms = "How many rooms (or Aula=120,Library=24)"
    return Said(
        name=said.name or ask("What is it called", WORDS[language].event, str),
        date=said.date or ask("On which day", usual_date, parse_date),
        rounds=said.rounds or ask("How many rounds", str(USUAL_ROUNDS), parse_rounds),
        rooms=said.rooms or ask(which_rooms, str(USUAL_ROOMS), parse_rooms),
    )


def ask(question: str, usual: str, parse: Callable[[str], T]) -> T:
    """Ask until the answer can be read; what is usual is taken for an empty one.

    Raises:
        KeyboardInterrupt: Ctrl-C, or Ctrl-D.
    """
    while True:
        try:
            return parse(typer.prompt(question, default=usual, err=True))
        except typer.BadParameter as bad:
            typer.echo(bad.message, err=True)
        except typer.Abort:
            raise KeyboardInterrupt from None


FolderArgument = Annotated[
    Path, typer.Argument(metavar="FOLDER", help="Folder to write to; created if missing.")
]
NameOption = Annotated[str, typer.Option(metavar="TEXT", help="What the event is called.")]
DateOption = Annotated[str, typer.Option(metavar="DATE", help="Its day (default: in three months).")]
RoundsOption = Annotated[str, typer.Option(metavar="N", help="Number of rounds (default: 3).")]
RoomsOption = Annotated[
    str, typer.Option(metavar="N|NAME=SEATS,...", help="Number of rooms (default: 4), or which they are.")
]
IdOption = Annotated[
    str, typer.Option("--id", metavar="ID", help="Id of the event (default: from its name and year).")
]
FromOption = Annotated[
    Path | None,
    typer.Option(
        "--from",
        readable=False,
        metavar="FILE",
        help="Table of sessions (.xlsx, .csv), or schedule.json or schedule.xml.",
    ),
]
LanguageOption = Annotated[
    Language, typer.Option(help="Language of the comments, and of what participants read.")
]
SchemaOption = Annotated[
    bool, typer.Option("--schema", help="Write program.schema.json beside it, for editors.")
]
ExampleOption = Annotated[
    bool, typer.Option("--example", help="Write the example instead: a conference, and made-up wishes.")
]


def refuse_needless(given: dict[str, str], origin: Path | None, *, example: bool) -> None:
    """Refuse options that would change nothing.

    Raises:
        typer.BadParameter: there is one.
    """
    if example and origin:
        raise typer.BadParameter("--example is written as it is: leave out --from")
    said_there = {"--rooms"}
    if origin and origin.suffix.lower() in {".json", ".xml"}:
        said_there |= {"--rounds", "--date"}
    needless = [option for option, value in given.items() if value and (example or option in said_there)]
    if needless and (example or origin):
        why = "--example is written as it is" if example else "the file says that"
        if needless == ["--rooms"] and not example:
            why = "rooms are those of the file, and as many more as its sessions need"
        raise typer.BadParameter(f"{why}: leave out {', '.join(needless)}")


def new(
    folder: FolderArgument = HERE,
    *,
    name: NameOption = "",
    date: DateOption = "",
    rounds: RoundsOption = "",
    rooms: RoomsOption = "",
    event_id: IdOption = "",
    origin: FromOption = None,
    language: LanguageOption = Language.DA,
    schema: SchemaOption = False,
    example: ExampleOption = False,
) -> None:
    """Write a program.yaml to begin with, or an example to try.

    It is valid at once, and its comments say what else can be in it. On a terminal you are asked for what no
    option says. Nothing is ever overwritten.
    """
    given = {"--name": name, "--date": date, "--rounds": rounds, "--rooms": rooms, "--id": event_id}
    refuse_needless(given, origin, example=example)
    said = Said(
        name=name,
        date=parse_date(date) if date else None,
        rounds=parse_rounds(rounds) if rounds else None,
        rooms=parse_rooms(rooms) if rooms else None,
    )
    with boundary() as screen:
        if example:
            from midtvejs.commands.new import write_example

            write_example(screen, folder)
            return
        from midtvejs.commands.new import Wanted, new, new_from

        if not origin and sys.stdin.isatty() and sys.stderr.isatty():
            said = ask_for_the_rest(said, language)
        wanted = Wanted(
            name=said.name,
            date=said.date or in_three_months(),
            rounds=said.rounds,
            rooms=said.rooms,
            language=language,
            event_id=event_id,
            schema=schema,
        )
        leave(new_from(screen, folder, origin, wanted) if origin else new(screen, folder, wanted))


def validate(
    files: Annotated[
        list[Path] | None,
        typer.Argument(
            envvar=PROGRAM_VARIABLE,
            readable=False,
            metavar="FILE...",
            help="The programs to check (default: program.yaml).",
        ),
    ] = None,
    *,
    output_format: OutputFormatOption = OutputFormat.FULL,
) -> None:
    """Check a program: every fault at once, with its place and a hint. Exits with 1 if there are any."""
    with boundary() as screen:
        from midtvejs.commands.validate import validate

        leave(
            validate(screen, files or [DEFAULT_PROGRAM], output_format, dt.datetime.now().astimezone().date())
        )


def schema(
    *,
    save: SaveInsteadOption = None,
    force: ForceOption = False,
) -> None:
    """Print the JSON Schema of program.yaml, for editors.

    It is made from what validate goes by: whichever keys there are, what they mean, and what they may hold.
    """
    with boundary() as screen:
        from midtvejs.commands.schema import schema

        schema(screen, save, force=force)


def guide(
    topic: Annotated[str, typer.Argument(metavar="TOPIC", help="A topic, or a verb.")] = "",
) -> None:
    """Read the manual: its topics, or one of them.

    On a terminal a topic is shown by PAGER, or by less. In a pipe it is Markdown.
    """
    if topic:
        refuse_unknown(topic)
    with boundary() as screen:
        from midtvejs.commands.guide import guide

        guide(screen, topic)


def refuse_unknown(topic: str) -> None:
    """Refuse what is neither a topic nor a verb.

    Raises:
        typer.BadParameter: it is neither.
    """
    from midtvejs.commands.guide import sections, topics

    known = {**topics(), **sections()}
    if topic not in known:
        from midtvejs.domain.names import find_like

        near = find_like(topic, tuple(known))
        guess = f'did you mean "{near}"?' if near else f"the topics are {', '.join(topics())}"
        raise typer.BadParameter(f'there is no topic "{topic}": {guess}')
