"""YAML 1.2 from a file that nobody vouches for: a tree of plain values, each with its place.

Only what a hand-written file needs is read: mappings, lists and scalars. Anchors, aliases, tags, directives
and second documents are refused, size, depth and number of values are capped while the parser's events come
in, and nothing is ever constructed: a scalar stays the text it is, with word of whether it was quoted.
"""

from __future__ import annotations

from pathlib import Path

from midtvejs.domain.diagnostic import Diagnostic, Faulty, Place
from midtvejs.reading.codes import Fault
from midtvejs.reading.content import content_of
from midtvejs.reading.source import LINE_BREAK, Source, Span, quoted
from midtvejs.reading.yaml_composer import Composer
from midtvejs.reading.yaml_nodes import UNPRINTABLE, Node

MOST_BYTES = 256 * 1024


def read_yaml(path: Path) -> tuple[Source, Node]:
    """Read one file, or standard input for ``-``.

    Raises:
        OSError: there is no such file, or it cannot be read.
        Faulty: what it holds is not a YAML document, so that there is nothing to look at more closely.
    """
    name, content = content_of(path, MOST_BYTES)
    source = Source(name, _decoded(name, content))
    if unprintable := UNPRINTABLE.search(source.text):
        found = unprintable.group()
        source.report(Fault.UNPRINTABLE, Span(*unprintable.span()), f"control character {quoted(found)}")
        raise Faulty(source.diagnostics)
    return source, Composer(source).document()


def _decoded(name: str, content: bytes) -> str:
    if len(content) > MOST_BYTES:
        message = f"the file is larger than {MOST_BYTES // 1024} KB"
        raise Faulty([Fault.PROGRAM_TOO_LARGE.diagnostic(Place(file=name), message)])
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise Faulty([_not_utf8(name, content, error.start)]) from None


def _not_utf8(name: str, content: bytes, position: int) -> Diagnostic:
    hint = "save the file as UTF-8"
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        message = "the file is UTF-16, not UTF-8"
        return Fault.PROGRAM_NOT_UTF8.diagnostic(Place(file=name), message, hint)
    before = LINE_BREAK.split(content[:position].decode("utf-8-sig"))
    after = LINE_BREAK.split(content[position:].decode("cp1252", errors="replace"), maxsplit=1)[0]
    column = len(before[-1]) + 1
    place = Place(
        file=name, line=len(before), column=column, end_column=column + 1, source=before[-1] + after
    )
    message = f"byte 0x{content[position]:02x} is not UTF-8; in CP1252 it is {quoted(after[0])}"
    return Fault.PROGRAM_NOT_UTF8.diagnostic(place, message, hint)
