"""What people read of the program: the README, and the guide that is shipped with it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from textwrap import dedent

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
GUIDE = {path.stem: path.read_text(encoding="utf-8") for path in (ROOT / "midtvejs/guide").glob("*.md")}
MANUAL = {"README": README} | dict(sorted(GUIDE.items()))

BLOCK = re.compile(
    r"(?:^ *<!-- (?P<mark>[^\n]*) -->\n)?^ *```(?P<kind>\w*)\n(?P<text>.*?)^ *```$", re.MULTILINE | re.DOTALL
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """A fenced block: its language, and the word and the path of the comment above it."""

    kind: str
    mark: str
    path: str
    text: str


def blocks_of(text: str) -> Iterator[Block]:
    """Return every fenced block of a text, in order."""
    for match in BLOCK.finditer(text):
        word, _, path = (match["mark"] or "").partition(": ")
        yield Block(kind=match["kind"], mark=word, path=path, text=dedent(match["text"]))


def blocks(mark: str = "", kind: str = "", within: Mapping[str, str] = MANUAL) -> list[Block]:
    """Return the blocks with a mark, or of a kind; there have to be some."""
    found = [
        block
        for text in within.values()
        for block in blocks_of(text)
        if (mark and block.mark == mark) or (kind and block.kind == kind)
    ]
    assert found
    return found
