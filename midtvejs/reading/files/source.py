"""A text file, read no further than is wanted, whose faults are collected, each with its place."""

from __future__ import annotations

import os
import re
import sys
from array import array
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from heapq import nlargest
from itertools import accumulate, chain, islice, pairwise
from pathlib import Path
from typing import BinaryIO

from midtvejs.domain.diagnostic import Diagnostic, Place, Severity
from midtvejs.domain.names import find_like
from midtvejs.reading.codes import Fault

LINE_BREAK = re.compile(r"\r\n|\r|\n")
LINE = re.compile(r".*\n|.+")
OLD_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+")
"""What a line is where some end as they did on old Macintoshes, with a carriage return alone."""
PART = 2**20
"""So many characters, and what there is up to the next line, are split into lines at a time."""
# difflib takes the product of both lengths: a hostile file shall not make us guess for minutes.
GUESSES, CANDIDATES, LONGEST_GUESS = 50, 200, 60
MOST_KNOWN = 10_000
"""So many names are looked at, all but the ``CANDIDATES`` that share most with the word in passing."""


@dataclass(frozen=True, slots=True)
class Span:
    """From one character of a text up to another, by their indices."""

    start: int
    end: int


@dataclass
class Source:
    """The text of a file, and what was found wrong in it so far."""

    file: str
    text: str
    encoding: str = "UTF-8"
    diagnostics: list[Diagnostic] = field(default_factory=list)
    _guesses: int = field(default=GUESSES, init=False, repr=False)
    _reported: set[Diagnostic] = field(default_factory=set, init=False, repr=False)

    @cached_property
    def _starts(self) -> array[int]:
        starts = array("q", accumulate(map(len, self.lines()), initial=0))
        if len(starts) > 1 and not self.text.endswith(("\r", "\n")):
            starts.pop()
        return starts

    def lines(self, first: int = 1) -> Iterator[str]:
        """Return the lines, line breaks included, from the ``first`` on."""
        text = self.text
        line = LINE if text.count("\r") == text.count("\r\n") else OLD_LINE
        parts = map(line.findall, self._parts())
        return islice(chain.from_iterable(parts), first - 1, None)

    def line(self, number: int) -> str:
        """Return a line, its line break included; nothing where the text has fewer."""
        return self.text[self.start_of(number) : self._end_of(number)] if number <= len(self._starts) else ""

    def _parts(self) -> Iterator[str]:
        """Return the text in parts of whole lines: all lines at once would take as much memory again."""
        begin = 0
        while begin < len(self.text):
            found = LINE_BREAK.search(self.text, begin + PART)
            end = found.end() if found else len(self.text)
            yield self.text[begin:end]
            begin = end

    def line_of(self, span: Span) -> int:
        return bisect_right(self._starts, span.start)

    def start_of(self, line: int) -> int:
        """Return where a line begins; lines count from 1."""
        return self._starts[line - 1]

    def _end_of(self, line: int) -> int:
        return self._starts[line] if line < len(self._starts) else len(self.text)

    def place(self, span: Span) -> Place:
        """Return the place of a span; of one that goes on over several lines, its part on the first."""
        line = self.line_of(span)
        start = self.start_of(line)
        source = self.line(line).removesuffix("\n").removesuffix("\r")
        column = span.start - start
        end = min(span.end - start, max(len(source.rstrip()), column + 1))
        return Place(
            file=self.file,
            line=line,
            column=column + 1,
            end_column=max(end, column + 1) + 1,
            source=source,
        )

    def report(
        self,
        code: Fault,
        span: Span,
        message: str,
        hint: str = "",
        severity: Severity | None = None,
        *,
        paste: tuple[str, ...] = (),
    ) -> None:
        """Add a fault; one that is told already, the same in each word, is not told again."""
        found = code.diagnostic(self.place(span), message, hint, severity=severity, paste=paste)
        if found not in self._reported:
            self._reported.add(found)
            self.diagnostics.append(found)

    def nearest(self, word: str, known: Iterable[str], longest: int = LONGEST_GUESS) -> str | None:
        """Return the known word most like ``word``, but not itself; None if none is much like it."""
        if self._guesses == 0 or len(word) > longest:
            return None
        self._guesses -= 1
        others = (name for name in islice(known, MOST_KNOWN) if name.strip() != word.strip())
        names = list(dict.fromkeys(others))
        if len(names) > CANDIDATES:
            sought = _pairs(word.casefold())
            likeness = {name: len(sought & _pairs(name[: 2 * longest].casefold())) for name in names}
            names = nlargest(CANDIDATES, names, key=lambda name: (likeness[name], name))
        return find_like(word, names, longest)

    def did_you_mean(self, word: str, known: Iterable[str]) -> str:
        """Return a hint that names the known word most like ``word``; empty if none is much like it."""
        near = self.nearest(word, known)
        return f"did you mean {quote(near, LONGEST_GUESS)}?" if near else ""

    @property
    def faulty(self) -> bool:
        return any(diagnostic.severity is Severity.ERROR for diagnostic in self.diagnostics)


def _pairs(word: str) -> set[tuple[str, str]]:
    """Return the letters that stand side by side in a word."""
    return set(pairwise(word))


def quote(text: str, longest: int = 40) -> str:
    """Return ``text`` in quotes for a message: short, and without what no terminal can show."""
    short = text if len(text) <= longest else f"{text[: longest - 3]}..."
    return '"' + "".join(_make_visible(character) for character in short) + '"'


def _make_visible(character: str) -> str:
    return character if character.isprintable() else character.encode("unicode_escape").decode("ascii")


STDIN = Path("-")


CHUNK = 1024 * 1024
"""So much is read at once of what does not say how large it is."""


def name_of(path: Path) -> str:
    """Return what a file is called where it is told of."""
    return "<stdin>" if path == STDIN else str(path)


def content_of(path: Path, most: int) -> tuple[str, bytes]:
    """Return what a file is called, and its content: ``most`` bytes of it, and one more where there are more.

    Raises:
        OSError: the file cannot be read.
    """
    if path == STDIN:
        return name_of(path), _standard_input(most)
    with path.open("rb") as file:
        return name_of(path), _read(file, os.fstat(file.fileno()).st_size + 1, most + 1)


_read_before: list[tuple[object, bytes]] = []
"""Standard input, and what it held: a program that is filled in is read twice."""


def _standard_input(most: int) -> bytes:
    if _read_before and _read_before[0][0] is sys.stdin:
        return _read_before[0][1]
    data = _read(sys.stdin.buffer, CHUNK, most + 1)
    _read_before[:] = [(sys.stdin, data)] if len(data) <= CHUNK else []
    return data


def _read(file: BinaryIO, likely: int, most: int) -> bytes:
    """Read up to ``most`` bytes. No more memory is taken for them than there are, or are ``likely`` to be."""
    chunks = [file.read(min(likely, most))]
    left = most - len(chunks[0])
    while left and (chunk := file.read(min(CHUNK, left))):
        chunks.append(chunk)
        left -= len(chunk)
    return b"".join(chunks)
