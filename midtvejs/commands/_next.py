"""Commands to go on with, ready to be pasted in the same folder."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from midtvejs.commands._usual import DEFAULT_PROGRAM
from midtvejs.domain.wording import typed


def next_command(verb: str, file: Path, program: Path, options: Iterable[str] = ()) -> str:
    """Return the command; the program is named where it is not the one that is read without a word."""
    return typed(["midtvejs", verb, str(file), *of_program(program), *options])


def plan_command(program: Path, prefs: Path | None = None, options: Iterable[str] = ()) -> str:
    """Return the command that places what is still to be placed, by the wishes there are, and saves it."""
    answers = [str(prefs)] if prefs else []
    planned = program.with_name("planned.yaml" if program.name != "planned.yaml" else "planned-2.yaml")
    save = [] if str(program) == "-" else ["--save-program", str(planned)]
    return typed(["midtvejs", "plan", *answers, *of_program(program), *save, *options])


def of_program(program: Path) -> list[str]:
    """Return the words that name a program where it is not the usual one."""
    return [] if program == DEFAULT_PROGRAM else ["--program", str(program)]
