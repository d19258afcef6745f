"""A terminal, as a verb sees it."""

from __future__ import annotations

import os
import select
import sys
from contextlib import suppress
from pathlib import Path


class Terminal:
    """A terminal on which the verb runs, and where one types once something is shown."""

    def __init__(self, folder: Path, *words: str, **environment: str) -> None:
        import pty

        self.shown = b""
        self.process, self.terminal = pty.fork()
        if not self.process:
            os.chdir(folder)
            command = [sys.executable, "-m", "midtvejs", *words]
            os.execve(sys.executable, command, os.environ | environment)  # noqa: S606 - our own

    def type(self, awaited: bytes, keys: str) -> None:
        while awaited not in self.shown:
            self.shown += os.read(self.terminal, 4096)
        self.shown = b""
        os.write(self.terminal, keys.encode())

    def end(self, again: str = "") -> int:
        """Wait for the end. Keys are pressed ``again`` while nothing comes of them.

        Ctrl-C and Ctrl-D are lost where they are pressed after a question is shown, and before the answer is
        read: Python has seen the signal then, and is told of it once the reading ends.
        """
        with suppress(OSError):
            while self._answers(again) and (read := os.read(self.terminal, 4096)):
                self.shown += read
        return os.waitstatus_to_exitcode(os.waitpid(self.process, 0)[1])

    def _answers(self, again: str) -> bool:
        while again and not select.select([self.terminal], [], [], 5)[0]:
            os.write(self.terminal, again.encode())
        return True
