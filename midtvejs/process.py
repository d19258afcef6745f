"""How the process begins and ends: its streams, its memory, its exit."""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import NoReturn

from midtvejs.boundary import what_failed


def run(app: Callable[[], object]) -> NoReturn:
    """Run ``app``, which ends in SystemExit, and leave."""
    _open_streams()
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            # A terminal that knows only ASCII shows ? for what it lacks, and nobody meets a traceback.
            stream.reconfigure(errors="replace")
    # What is read lives until the end: looking for garbage would only slow the start and the reading.
    gc.disable()
    try:
        app()
    except SystemExit as ended:
        _leave(ended)
    except OSError as error:
        # Typer itself prints help, outside of the boundary.
        sys.exit(what_failed(error))
    sys.exit()


def _leave(ended: SystemExit) -> NoReturn:
    """Leave at once: to take a large day apart, object by object, may take longer than to print it."""
    with suppress(OSError):
        sys.stdout.flush()
        sys.stderr.flush()
        if isinstance(ended.code, int):
            os._exit(ended.code)
    raise ended


def _open_streams() -> None:
    """Stand in for streams that the shell has closed, or the next file to be opened takes their place."""
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:
            nobody = Path(os.devnull).open(mode, encoding="utf-8")  # noqa: SIM115 (open until the end)
            setattr(sys, name, nobody)
