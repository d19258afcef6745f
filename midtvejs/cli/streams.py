"""What all verbs have: ``--quiet``, and ``-`` for standard input and output wherever a file stands."""

from __future__ import annotations

import functools
import inspect
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Annotated, Any

import typer

from midtvejs.cli.options import FILES_WRITTEN
from midtvejs.cli.run import Manner, in_manner

STANDARD = Path("-")
FOLDERS = frozenset({"folder", "write_all"})

QuietOption = Annotated[
    bool, typer.Option("--quiet", "-q", help="Print no page and no notes: only faults and warnings.")
]


def with_streams(verb: Callable[..., None]) -> Callable[..., None]:
    """Return a verb that can be quiet, and that leaves standard output to the file that is to go there."""
    own = inspect.signature(verb, eval_str=True)
    quiet = inspect.Parameter("quiet", inspect.Parameter.KEYWORD_ONLY, default=False, annotation=QuietOption)
    parameters = [*own.parameters.values(), quiet]
    written = {name for name, each in own.parameters.items() if each.annotation in FILES_WRITTEN}

    @functools.wraps(verb)
    def run(**given: Any) -> None:  # noqa: ANN401 - Typer calls it with what the signature below says
        silent = given.pop("quiet")
        piped = _refuse_doubled(given, written)
        with in_manner(Manner(pages=not silent and not piped, notes=not silent)):
            verb(**given)

    run.__signature__ = own.replace(parameters=parameters)  # type: ignore[attr-defined] # what Typer reads
    run.__annotations__ = {each.name: each.annotation for each in parameters}
    return run


def _refuse_doubled(given: Mapping[str, Any], written: set[str]) -> bool:
    """Refuse what would read or write a stream twice; return whether a file goes to standard output.

    Raises:
        typer.BadParameter: it would, or a folder is named ``-``.
    """
    if any(given.get(name) == STANDARD for name in FOLDERS - written):
        raise typer.BadParameter("- stands for a file: name a folder to write several")
    read = [value for name, value in given.items() if name not in written for value in _each(value)]
    if read.count(STANDARD) > 1:
        raise typer.BadParameter("- is standard input, which can be read once: name the other files")
    out = [name for name in written if given[name] == STANDARD]
    if len(out) > 1 or (out and given.get("json")):
        raise typer.BadParameter("only one thing can go to standard output: name files for the others")
    return bool(out)


def _each(value: object) -> Iterator[object]:
    if isinstance(value, list):
        yield from value
    else:
        yield value
