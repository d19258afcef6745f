"""A line that is not YAML, looked at as its writer meant it: which value in it wants quotes, or a space."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import zip_longest

from midtvejs.reading.files.source import Source, Span

KEY = re.compile(r"(?:(?<=[{,\[])\s*|^\s*(?:-\s+)*)(?P<key>\w+):[ \t]+")
NO_SPACE = re.compile(r"^\s*(?:-\s+)*(?P<key>\w+):(?P<value>[^\s/].*)")
COMMENT = re.compile(r"\s+#(?:\s.*)?$")
BEGIN_NOTHING = ("@", "`", "%", "&", "*", "!", ",")
"""No value in our files begins so."""
LONGEST, LONGEST_LINE = 80, 1_000


@dataclass(frozen=True, slots=True)
class Meant:
    """What stands at a span, and how it is to be written."""

    span: Span
    hint: str


def meant_in(source: Source, line: int) -> Meant | None:
    """Return what a line is meant to say that the parser stumbles over; None where that is not to be seen."""
    text = source.line(line).rstrip("\r\n")
    if not text or len(text) > LONGEST_LINE:
        return None
    begins = source.start_of(line)
    for key, start, value in _values(text):
        if len(value) <= LONGEST and (reason := _wants_quotes(value, in_braces="{" in text[:start])):
            span = Span(begins + start, begins + start + len(value))
            return Meant(span, f"{reason}: {key}: {in_quotes(value)}")
    if found := NO_SPACE.fullmatch(text):
        span = Span(begins + found.start("key"), begins + found.end())
        return Meant(span, f"put a space behind the colon: {found['key']}: {found['value'][:LONGEST]}")
    return None


def in_quotes(text: str) -> str:
    """Write a text in quotes, in those that it does not hold."""
    return "'" + text.replace("'", "''") + "'" if '"' in text or "\\" in text else f'"{text}"'


def _values(text: str) -> Iterator[tuple[str, int, str]]:
    """Return the keys of a line; where what each of them holds begins, and what it is."""
    keys = list(KEY.finditer(text))
    for found, following in zip_longest(keys, keys[1:]):
        value = text[found.end() : following.start() if following else len(text)].rstrip()
        if following:
            value = value.removesuffix(",").rstrip()
        else:
            value = COMMENT.sub("", value)
            while value.endswith(("}", "]", " ")) and _closes_more(value):
                value = value[:-1]
        yield found["key"], found.end(), value.rstrip()


def _closes_more(value: str) -> bool:
    return value.count("}") > value.count("{") or value.count("]") > value.count("[")


def _wants_quotes(value: str, *, in_braces: bool) -> str:
    """Say why a value wants quotes; nothing where it does not."""
    if value.startswith(('"', "'")):
        closed = value.find(value[0], 1)
        return "put quotes around all of it" if 0 < closed < len(value) - 1 else ""
    if value.startswith(("[", "{")):
        torn = value.endswith(("[", "{")) or value[-1] in "]},"
        return "" if torn or not ("]" in value or "}" in value) else "put it in quotes"
    if " #" in value:
        return 'what follows " #" is a comment, unless it is in quotes'
    if ": " in value or value.endswith(":"):
        return 'put a value that holds ": " in quotes'
    if value.startswith(BEGIN_NOTHING) or (in_braces and set(value) & set("[]{}")):
        return "put it in quotes"
    return ""
