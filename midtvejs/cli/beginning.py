"""Typer's signatures of the verbs for which there need be no program yet; app.py has the others."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from midtvejs.cli.options import ForceOption
from midtvejs.cli.run import boundary


def schema(
    *,
    save: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Write to this file instead of stdout.")
    ] = None,
    force: ForceOption = False,
) -> None:
    """Print the JSON Schema of program.yaml, for editors.

    It is made from what validate goes by: whichever keys there are, what they mean, and what they may hold.
    """
    with boundary() as screen:
        from midtvejs.commands.schema import schema

        schema(screen, save, force=force)
