"""The options of every verb that reads answers: said once, and handed to the verb as one value."""

from __future__ import annotations

import functools
import inspect
from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Any

import typer

from midtvejs.domain.how_to_read import Admission, HowToRead, OnDuplicate

PrefsArgument = Annotated[
    Path, typer.Argument(metavar="PREFS", help="The wishes: .csv or .xlsx, as your form exports them.")
]
PrefsOption = Annotated[
    Path | None, typer.Option(metavar="PREFS", help="The wishes: finds who is missing from the file.")
]


def _known_encoding(encoding: str) -> str:
    try:
        "".encode(encoding or "utf-8")
    except (LookupError, UnicodeError):
        raise typer.BadParameter(f"there is no encoding {encoding!r}; CP1252, for example, is one") from None
    return encoding


def _how(
    *,
    encoding: Annotated[
        str,
        typer.Option(
            callback=_known_encoding, metavar="NAME", help="Of a .csv file, instead of what it looks like."
        ),
    ] = "",
    sheet: Annotated[str, typer.Option(metavar="NAME", help="Of a workbook, instead of the one found.")] = "",
    on_duplicate: Annotated[
        OnDuplicate | None, typer.Option(help="Which answer counts of somebody who gave several.")
    ] = None,
    late: Annotated[
        Admission, typer.Option(help="What becomes of answers after the deadline of sign_up.")
    ] = Admission.ACCEPT,
    participants: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="Everybody who takes part: whoever never answered is seated, too."),
    ] = None,
    strangers: Annotated[
        Admission, typer.Option(help="What becomes of answers of others than those participants.")
    ] = Admission.ERROR,
) -> HowToRead:
    return HowToRead(
        encoding=encoding,
        sheet=sheet,
        on_duplicate=on_duplicate,
        late=late,
        participants=participants,
        strangers=strangers,
    )


def reads_answers(verb: Callable[..., None]) -> Callable[..., None]:
    """Give a verb these options; it gets them as its parameter ``how``."""
    own = inspect.signature(verb, eval_str=True)
    added = inspect.signature(_how, eval_str=True).parameters
    parameters = [*(each for each in own.parameters.values() if each.name != "how"), *added.values()]

    @functools.wraps(verb)
    def run(**given: Any) -> None:  # noqa: ANN401 - Typer calls it with what the signature below says
        how = _how(**{name: given.pop(name) for name in added})
        verb(**given, how=how)

    run.__signature__ = own.replace(parameters=parameters)  # type: ignore[attr-defined] # what Typer reads
    run.__annotations__ = {each.name: each.annotation for each in parameters}
    return run
