"""The bytes of a file, or of standard input, and no more of them than are wanted."""

from __future__ import annotations

import sys
from pathlib import Path

STDIN = Path("-")


def content_of(path: Path, most: int) -> tuple[str, bytes]:
    """Give what a file is called, and its content: ``most`` bytes of it, and one more where there are more.

    Raises:
        OSError: the file cannot be read.
    """
    if path == STDIN:
        return "<stdin>", sys.stdin.buffer.read(most + 1)
    with path.open("rb") as file:
        return str(path), file.read(most + 1)
