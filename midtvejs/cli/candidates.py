"""What a word of the command line may become: verbs, options, and what the files at hand name."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from midtvejs.cli.near_files import files_in
from midtvejs.cli.options import FORMATS, PROGRAM_VARIABLE
from midtvejs.cli.shell_words import Candidate
from midtvejs.commands._usual import DEFAULT_ASSIGNMENT, DEFAULT_PROGRAM, TABLES
from midtvejs.output.choices import By
from midtvejs.output.screen import printable

if TYPE_CHECKING:
    from midtvejs.domain.program import Program

MOST = 500
MOST_TABLES = 3
"""So many files of the folder are looked into for names where none is typed."""
LONGEST_HELP = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Typed:
    """What is typed of a verb so far: values by the names of its parameters, and the word to complete."""

    values: Mapping[str, str]
    word: str

    def file(self, name: str) -> Path | None:
        """Return a file that is named; standard input is not read for this."""
        value = self.values.get(name, "")
        return Path(value).expanduser() if value not in {"", "-"} else None


def rooms(typed: Typed) -> Iterator[Candidate]:
    for room in _program(typed).rooms:
        yield Candidate(value=room.name, help=f"{room.seats} seats")


def seats(typed: Typed) -> Iterator[Candidate]:
    for room in rooms(typed):
        yield Candidate(value=f"{room.value}=", help=room.help)


def rounds(typed: Typed) -> Iterator[Candidate]:
    for round_ in _program(typed).rounds:
        yield Candidate(value=round_.id, help=round_.name)


def sessions(typed: Typed) -> Iterator[Candidate]:
    for code, session in _program(typed).known_sessions.items():
        yield Candidate(value=code, help=session.title)


def more_seats(typed: Typed) -> Iterator[Candidate]:
    for session in sessions(typed):
        yield Candidate(value=f"{session.value}=", help=session.help)


def swaps(typed: Typed) -> Iterator[Candidate]:
    """Return what may stand on either side of ``CODE=CODE``."""
    return _two_sides(typed, sessions)


def rooms_of_sessions(typed: Typed) -> Iterator[Candidate]:
    """Return what may stand on either side of ``CODE=ROOM``."""
    return _two_sides(typed, rooms)


def _two_sides(typed: Typed, right: Callable[[Typed], Iterator[Candidate]]) -> Iterator[Candidate]:
    code, equals, _ = typed.word.partition("=")
    if not equals:
        yield from more_seats(typed)
        return
    for each in right(typed):
        if each.value != code:
            yield Candidate(value=f"{code}={each.value}", help=each.help)


def rules(typed: Typed) -> Iterator[Candidate]:
    from midtvejs.domain.variation import Rule, is_asked

    program = _program(typed)
    for rule in Rule:
        if is_asked(rule, program):
            yield Candidate(value=rule)


def groups(typed: Typed) -> Iterator[Candidate]:
    for name in (*By, *_program(typed).groups):
        yield Candidate(value=str(name))


def formats(typed: Typed) -> Iterator[Candidate]:
    """Return lists with one format more."""
    *others, _ = typed.word.split(",")
    for name in FORMATS:
        if name not in others:
            yield Candidate(value=",".join([*others, name]))


def guides(_typed: Typed) -> Iterator[Candidate]:
    """Return what the guide has a text on."""
    from midtvejs.commands.guide import titles

    yield from (Candidate(value=topic, help=title) for topic, title in titles().items())


def people(typed: Typed) -> Iterator[Candidate]:
    """Return the participants of the files that are named, or else of those in the folder."""
    from midtvejs.reading.answers.names import read_names

    given = {"assignment", "prefs"} & typed.values.keys()
    named = [file for name in sorted(given) if (file := typed.file(name))]
    if not given and DEFAULT_ASSIGNMENT.is_file():
        named = [DEFAULT_ASSIGNMENT]
    elif not given:
        named = [Path(name) for name in files_in(Path()) if name.lower().endswith(TABLES)][:MOST_TABLES]
    for file in named:
        if names := read_names(file):
            yield from (Candidate(value=name) for name in names)
            return


class NoProgram(Exception):
    """There is no program to be read."""


def _program(typed: Typed) -> Program:
    """Return the program that is meant.

    Raises:
        NoProgram: it cannot be read, or has faults.
    """
    from midtvejs.reading.program.build import read_program

    file = typed.file("program")
    if file is None and not typed.values.get("program"):
        file = Path(os.environ.get(PROGRAM_VARIABLE) or DEFAULT_PROGRAM)
    if file is None or not file.is_file():
        raise NoProgram
    program = read_program(file).value
    if program is None:
        raise NoProgram
    return program


OF_VERBS: Mapping[str, Mapping[str, Callable[[Typed], Iterator[Candidate]]]] = {
    "guide": {"topic": guides},
    "export": {"only": formats},
    "plan": {"keep": rounds},
    "assign": {"by": groups},
    "what-if": {
        "seats": seats,
        "add_seats": more_seats,
        "cancel": sessions,
        "room": rooms_of_sessions,
        "swap": swaps,
        "without_rule": rules,
    },
    "rosters": {"by": groups, "room": rooms, "round_id": rounds},
    "day": {"name": people},
    "explain": {"name": people},
}
"""What stands for a verb's parameter, by their names, where files say it."""


@dataclass(slots=True)
class _Line:
    """The words behind a verb, as they are understood; ``awaited`` is the option whose value comes next."""

    values: dict[str, str] = field(default_factory=dict)
    awaited: Any = None
    arguments: list[Any] = field(default_factory=list)
    options: dict[str, Any] = field(default_factory=dict)
    only_arguments: bool = False

    def take(self, word: str) -> None:
        if self.awaited is not None:
            self.values[self.awaited.name] = word
            self.awaited = None
        elif self.only_arguments or not word.startswith("-") or word == "-":
            if self.arguments:
                self.values[self.arguments[0].name] = word
                self.arguments = self.arguments if self.arguments[0].nargs == -1 else self.arguments[1:]
        elif word == "--":
            self.only_arguments = True
        else:
            name, equals, value = word.partition("=")
            option = self.options.get(name)
            if option is not None and equals:
                self.values[option.name] = value
            elif option is not None and not option.is_flag:
                self.awaited = option


def find_candidates(app: Any, words: Sequence[str], word: str) -> list[Candidate]:  # noqa: ANN401 - a Click command
    """Return what ``word`` may become behind the ``words`` that stand between it and ``midtvejs``."""
    verb = next((each for each in words if not each.startswith("-")), "")
    command = app.commands.get(verb) if verb else app
    if command is None:
        return []
    behind = list(words)[words.index(verb) + 1 :] if verb else words
    line = _Line(
        arguments=[each for each in command.params if each.param_type_name == "argument"],
        options={said: each for each in _options(command) for said in each.opts},
    )
    for each in behind:
        line.take(each)
    found = _of_line(app, command, verb, line, word)
    fit = [each for each in found if each.value.casefold().startswith(word.casefold())]
    safe = (
        each for each in fit if _is_safe(each) and (word.startswith("-") or not each.value.startswith("-"))
    )
    return [_shown(each) for each in islice(safe, MOST)]


def _of_line(app: Any, command: Any, verb: str, line: _Line, word: str) -> Iterable[Candidate]:  # noqa: ANN401
    if line.awaited is not None:
        return _of_parameter(verb, line.awaited, line.values, word)
    name, equals, value = word.partition("=")
    if word.startswith("-") and not line.only_arguments:
        if equals and name in line.options:
            found = _of_parameter(verb, line.options[name], line.values, value)
            return [Candidate(value=f"{name}={each.value}", help=each.help) for each in found]
        return [
            Candidate(value=said, help=each.help or "")
            for each in _options(command)
            for said in each.opts
            if said.startswith("--")
        ]
    if line.arguments:
        return _of_parameter(verb, line.arguments[0], line.values, word)
    if command is app:
        return [
            Candidate(value=name, help=each.get_short_help_str(80)) for name, each in app.commands.items()
        ]
    return []


def _options(command: Any) -> list[Any]:  # noqa: ANN401 - Click's own objects
    from typer import Context

    found = command.get_params(Context(command))
    return [each for each in found if each.param_type_name == "option"]


def _of_parameter(verb: str, parameter: Any, values: Mapping[str, str], word: str) -> list[Candidate]:  # noqa: ANN401
    if offer := OF_VERBS.get(verb, {}).get(parameter.name):
        try:
            return list(offer(Typed(values=values, word=word)))
        except NoProgram:
            return []
    choices = getattr(parameter.type, "choices", ())
    return [Candidate(value=str(getattr(each, "value", each))) for each in choices]


def _is_safe(candidate: Candidate) -> bool:
    """Tell whether a value can stand on a command line as what it is."""
    return bool(candidate.value) and printable(candidate.value) == candidate.value


def _shown(candidate: Candidate) -> Candidate:
    help_ = " ".join(printable(candidate.help).split())
    short = help_ if len(help_) <= LONGEST_HELP else f"{help_[: LONGEST_HELP - 3]}..."
    return Candidate(value=candidate.value, help=short)
