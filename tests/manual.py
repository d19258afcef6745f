"""What people read of the program: the README, and the guide that is shipped with it."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from textwrap import dedent

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
GUIDE = {path.stem: path.read_text(encoding="utf-8") for path in (ROOT / "midtvejs/guide").glob("*.md")}
MANUAL = {"README": README} | dict(sorted(GUIDE.items()))

LEFT_OUT = "…"
PROGRESS = re.compile(
    r"^[^\n]*: (?:\d+ found|\d+ done|at least \d+|searching|[\d,]+ placements[^\n]*)(?:, at least \d+)?\n",
    re.MULTILINE,
)
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


def examples(text: str) -> Iterator[tuple[str, list[str]]]:
    """Return each command of the console blocks, and the lines that are shown of what it prints."""
    for block in blocks_of(text):
        if block.kind == "console":
            assert block.text.startswith("$ ")
            for example in re.split(r"^\$ ", block.text, flags=re.MULTILINE)[1:]:
                command, *lines = example.splitlines()
                yield command, lines


def check_shown(shown: Iterable[str], real: str, where: str) -> None:
    """Every shown line is a real line, in the real order; no line is left out without an ellipsis."""
    rest = iter([line.rstrip() for line in real.splitlines()])
    skipping = False
    for line in shown:
        if line == LEFT_OUT:
            skipping = True
            continue
        found = next((each for each in rest if each == line.rstrip() or not skipping), None)
        assert found == line.rstrip(), f"{where}: {line!r} is not there, or not in this place"
        skipping = False
    assert skipping or not [line for line in rest if line], f"{where}: more follows, without an ellipsis"


def run(command: str, folder: Path, path: str = "") -> tuple[str, Path]:
    """Run a command in bash, as one types it; return what both streams show, and where one is then.

    Commands are looked for in ``path`` first. Progress is left out: it is told where a search takes longer
    than a second, as it may while other tests run.
    """
    where = folder / ".where"
    environment = {key: value for key, value in os.environ.items() if not key.startswith("MIDTVEJS_")}
    environment |= {"PATH": f"{path or Path(sys.executable).parent}:{os.environ['PATH']}", "COLUMNS": "80"}
    done = subprocess.run(
        ["/bin/bash", "-c", f"{command}\npwd > {where}"],
        cwd=folder,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        check=False,
    )
    now = Path(where.read_text(encoding="utf-8").strip())
    where.unlink()
    return PROGRESS.sub("", done.stdout), now


def spread(block: Block) -> Iterator[str]:
    """Return the lines of an excerpt from a table: what stands between any two is of no account."""
    for line in block.text.splitlines():
        yield line
        if block.path.endswith(".csv"):
            yield LEFT_OUT


def walk(text: str, folder: Path, path: str = "") -> None:
    """Run the examples of a text one after the other: what they print and write is what is shown."""
    here = folder
    for command, lines in examples(text):
        told, here = run(command, here, path)
        check_shown(lines, told, command)
    for block in blocks_of(text):
        if block.mark == "excerpt":
            written = (folder / block.path).read_text(encoding="utf-8-sig")
            check_shown([LEFT_OUT, *spread(block), LEFT_OUT], written, block.path)


def save_files(text: str, folder: Path) -> None:
    """Write the files that a text spells out."""
    for block in blocks_of(text):
        if block.mark == "file":
            (folder / block.path).write_text(block.text, encoding="utf-8")
