"""Commands to go on with, ready to be pasted in the same folder."""

from __future__ import annotations

import shlex
from collections.abc import Iterable
from pathlib import Path

DEFAULT_PROGRAM = Path("program.yaml")


def next_command(verb: str, file: Path, program: Path, options: Iterable[str] = ()) -> str:
    """Return the command; the program is named where it is not the one that is read without a word."""
    of_program = [] if program == DEFAULT_PROGRAM else ["--program", str(program)]
    return shlex.join(["midtvejs", verb, str(file), *of_program, *options])
