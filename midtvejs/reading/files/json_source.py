"""JSON from a file that nobody vouches for: plain values, and the place of each, for faults found in it."""

from __future__ import annotations

import json
import re
from collections import Counter
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import NoReturn

from midtvejs.domain.diagnostic import Faulty, Place
from midtvejs.reading.codes import Fault
from midtvejs.reading.files.kinds import refuse_table
from midtvejs.reading.files.source import Source, Span, content_of

MOST_BYTES = 4 * 1024 * 1024
DEEPEST = 20
LONGEST_NUMBER = 20
"""In characters."""
MOST_FAULTS = 100
"""Nobody reads more."""

TOKEN = re.compile(r'"(?:[^"\\]|\\.)*"?|[{}\[\],:]|[^\s{}\[\],:"]+', re.DOTALL)

JsonPath = tuple[str | int, ...]
"""The way to a value: keys of objects, and indices of lists from 0."""


@dataclass(frozen=True, slots=True)
class NoNumber:
    """A number that is not whole, not finite, or longer than any that has a meaning."""

    text: str


class Members(dict[str, object]):
    """An object. ``doubled``: its keys that stand in it twice; the last one counts."""

    def __init__(self, pairs: list[tuple[str, object]]) -> None:
        super().__init__(pairs)
        counts = Counter(key for key, _ in pairs)
        self.doubled = [key for key, count in counts.items() if count > 1]


class JsonSource:
    """A file of JSON. ``root`` is its value: ``Members``, lists, text, whole numbers, truth, nothing."""

    def __init__(self, source: Source) -> None:
        self.source = source
        _refuse_depth(source)
        try:
            self.root: object = json.loads(
                source.text,
                object_pairs_hook=Members,
                parse_int=_whole,
                parse_float=NoNumber,
                parse_constant=NoNumber,
            )
        except json.JSONDecodeError as error:
            _refuse(source, Fault.NOT_JSON, error.pos, f"not JSON: {error.msg}")

    def report(self, code: Fault, path: JsonPath, message: str, hint: str = "") -> None:
        """Report a fault of a value at its place; where there is no such value, at that of what holds it."""
        while path not in self._spans:
            path = path[:-1]
        if len(self.source.diagnostics) < MOST_FAULTS:
            self.source.report(code, self._spans[path], message, hint)

    @cached_property
    def _spans(self) -> dict[JsonPath, Span]:
        """Where each value begins, to the end of its first token."""
        spans: dict[JsonPath, Span] = {}
        path: list[str | int] = []
        containers: list[str] = []
        is_key = False
        for token in TOKEN.finditer(self.source.text):
            text = token.group()
            if text in "]}":
                containers.pop()
                path.pop()
            elif text == ",":
                is_key = containers[-1] == "{"
                if not is_key:
                    path[-1] = int(path[-1]) + 1
            elif is_key:
                path[-1] = json.loads(text)
                is_key = False
            elif text != ":":
                spans[tuple(path)] = Span(*token.span())
                if text in "[{":
                    containers.append(text)
                    path.append(0)
                    is_key = text == "{"
        return spans


def read_json(path: Path) -> JsonSource:
    """Read a file, or standard input for ``-``.

    Raises:
        OSError: the file cannot be read at all.
        Faulty: what it holds is not JSON, but a table of people for one.
    """
    name, content = content_of(path, MOST_BYTES)
    if len(content) > MOST_BYTES:
        raise _unread(
            name, Fault.CERTIFICATE_TOO_LARGE, f"the file is larger than {MOST_BYTES // 1024**2} MB"
        )
    refuse_table(name, content)
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        message = f"byte {error.start + 1:,} is not UTF-8"
        raise _unread(
            name, Fault.CERTIFICATE_NOT_UTF8, message, 1 + content[: error.start].count(b"\n")
        ) from None
    return JsonSource(Source(name, text))


def _unread(name: str, code: Fault, message: str, line: int = 1) -> Faulty:
    return Faulty([code.diagnostic(Place(file=name, line=line), message)])


def _whole(text: str) -> int | NoNumber:
    # Thousands of digits take Python long, or raise.
    return int(text) if len(text) <= LONGEST_NUMBER else NoNumber(text)


def _refuse_depth(source: Source) -> None:
    """Refuse what is nested too deep: anything that walks it would run out of stack, json itself first."""
    depth = 0
    for token in TOKEN.finditer(source.text):
        depth += (token.group() in "[{") - (token.group() in "]}")
        if depth > DEEPEST:
            _refuse(
                source, Fault.CERTIFICATE_TOO_LARGE, token.start(), f"nested deeper than {DEEPEST} levels"
            )


def _refuse(source: Source, code: Fault, at: int, message: str) -> NoReturn:
    source.report(code, Span(at, at + 1), message)
    raise Faulty(source.diagnostics)
