"""Show what is longer than a screen by the pager that its reader is used to."""

from __future__ import annotations

import os
import shlex
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass

USUAL = "less"
LESS = {"LESS": "FRX", "LESSCHARSET": "utf-8"}
"""As git has it, unless the reader says otherwise: no paging of what fits; colours; left on the screen."""


@dataclass(frozen=True, slots=True)
class Pager:
    """A command that is handed text; ``styled`` if it shows colours as such."""

    command: tuple[str, ...]
    styled: bool

    def show(self, text: str) -> bool:
        """Show a text; return whether that was possible."""
        try:
            running = subprocess.Popen(  # noqa: S603 - it is the reader's own
                self.command, stdin=subprocess.PIPE, env=LESS | os.environ, encoding="utf-8", errors="replace"
            )
        except OSError:
            return False
        # Ctrl-C is the pager's, as long as it runs.
        before = signal.signal(signal.SIGINT, signal.SIG_IGN)
        try:
            running.communicate(text)
        finally:
            signal.signal(signal.SIGINT, before)
            running.terminate()
        return True


def find_pager() -> Pager | None:
    """Return the pager to use; none where nothing is typed on a terminal, or where none is wanted."""
    if not sys.stdin.isatty() or os.environ.get("TERM", "") in {"", "dumb"}:
        return None
    try:
        command = shlex.split(os.environ.get("PAGER", USUAL), posix=os.name == "posix")
    except ValueError:
        return None
    if not command or command[0] == "cat" or not (program := shutil.which(command[0])):
        return None
    is_less = command[0].rpartition("/")[2] == USUAL
    return Pager((program, *command[1:], *(["-R"] if is_less else [])), is_less)


def read_through(pager: Pager | None, draw: Callable[[bool], str]) -> bool:
    """Show by a pager what is drawn with styles or without; return whether that was possible."""
    return pager is not None and pager.show(draw(pager.styled))
