"""What a YAML file is made of, each part with its place; nothing is made of it yet."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from midtvejs.reading.files.source import Span

UNPRINTABLE = re.compile("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What YAML allows in no file; half a surrogate pair is among it."""

# YAML 1.2 as ruamel.yaml resolves it: 010 and 1_000 and 1E1 are numbers, too.
NUMBER = re.compile(
    r"[-+]?(?:0b[01_]+|0o?[0-7_]+|0x[0-9a-fA-F_]+|[0-9][0-9_]*(?:\.[0-9_]*)?(?:[eE][-+]?[0-9]+)?"
    r"|\.[0-9_]+(?:[eE][-+][0-9]+)?|\.(?:inf|Inf|INF))|\.(?:nan|NaN|NAN)"
)
NOTHING = frozenset({"", "~", "null", "Null", "NULL"})
TRUTH = frozenset({"true", "True", "TRUE", "false", "False", "FALSE"})


@dataclass(frozen=True, slots=True)
class Scalar:
    """``plain``: it stands without quotes, so that YAML may see a number, a truth value or nothing in it."""

    span: Span
    text: str
    plain: bool

    @property
    def is_text(self) -> bool:
        return not self.plain or not (self.is_number or self.text in NOTHING or self.text in TRUTH)

    @property
    def is_number(self) -> bool:
        return self.plain and NUMBER.fullmatch(self.text) is not None

    @property
    def is_nothing(self) -> bool:
        return self.plain and self.text in NOTHING


@dataclass(frozen=True, slots=True)
class Items:
    span: Span
    items: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Keys:
    """A mapping: by each key's text, the key as it stands in the file, and its value."""

    span: Span
    entries: Mapping[str, tuple[Scalar, Node]]


@dataclass(frozen=True, slots=True)
class Refused:
    """Something already reported: a reader that meets it says nothing more."""

    span: Span


Node = Scalar | Items | Keys | Refused
