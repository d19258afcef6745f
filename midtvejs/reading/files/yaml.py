"""YAML 1.2 from a file that nobody vouches for: a tree of plain values, each with its place.

Only what a hand-written file needs is read: mappings, lists and scalars. Anchors, aliases, tags, directives
and second documents are refused, size, depth and number of values are capped while the parser's events come
in, and nothing is ever constructed: a scalar stays the text it is, with word of whether it was quoted.

A tree of the events that ruamel.yaml's parser gives; what a plain file does without is refused.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError
from ruamel.yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    Event,
    MappingEndEvent,
    NodeEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)

from midtvejs.domain.diagnostic import Diagnostic, Faulty, Place
from midtvejs.reading.codes import Fault
from midtvejs.reading.files.kinds import refuse_unless_program
from midtvejs.reading.files.mangled import find_mangled
from midtvejs.reading.files.source import LINE_BREAK, Source, Span, content_of, quote
from midtvejs.reading.files.yaml_lines import meant_in
from midtvejs.reading.files.yaml_nodes import UNPRINTABLE, Items, Keys, Node, Refused, Scalar

MOST_BYTES = 256 * 1024


def read_yaml(path: Path) -> tuple[Source, Node]:
    """Read one file, or standard input for ``-``.

    Raises:
        OSError: there is no such file, or it cannot be read.
        Faulty: what it holds is not a YAML document, so that there is nothing to look at more closely.
    """
    name, content = content_of(path, MOST_BYTES)
    source = Source(name, _decode(name, content))
    if unprintable := UNPRINTABLE.search(source.text):
        found = unprintable.group()
        source.report(Fault.UNPRINTABLE, Span(*unprintable.span()), f"control character {quote(found)}")
        raise Faulty(source.diagnostics)
    if mangled := find_mangled(source.text):
        source.report(Fault.MANGLED, mangled.span, mangled.message, mangled.hint)
    return source, Composer(source).document()


def _decode(name: str, content: bytes) -> str:
    refuse_unless_program(name, content)
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
    message = f"byte 0x{content[position]:02x} is not UTF-8; in CP1252 it is {quote(after[0])}"
    return Fault.PROGRAM_NOT_UTF8.diagnostic(place, message, hint)


MOST_VALUES, DEEPEST = 20_000, 20
DIRECTIVE = re.compile("^%.*", re.MULTILINE)
NO_SPACE = re.compile(r"\S+")
SURROGATES = re.compile(r"[\ud800-\udbff][\udc00-\udfff]")
"""How JSON, which YAML reads, too, escapes what is beyond U+FFFF."""


class Composer:
    """Makes a tree of the parser's events, and counts while it does."""

    def __init__(self, source: Source) -> None:
        self.source = source
        self.values = 0
        self.seen = Span(0, 0)
        self.events = self._events()

    def document(self) -> Node:
        root: Node | None = None
        for event in self.events:
            if not isinstance(event, DocumentStartEvent):
                continue
            if root is not None:
                self._refuse(event, "a second document", "keep one day in one file, without ---")
                break
            if event.version or event.tags:
                self._refuse_directives()
                raise Faulty(self.source.diagnostics)
            root = self._node(next(self.events), 1)
        if root is None or (isinstance(root, Scalar) and root.is_nothing):
            hint = "describe the event, its rooms and its rounds"
            self.source.report(Fault.EMPTY_PROGRAM, Span(0, 0), "the file is empty", hint)
            raise Faulty(self.source.diagnostics)
        return root

    def _events(self) -> Iterator[Event]:
        try:
            for event in YAML(typ="safe", pure=True).parse(self.source.text):
                self.seen = _span(event)
                yield event
        except MarkedYAMLError as error:
            self._report_syntax(error)
        except Exception:
            # The scanner has bare errors of many types for escapes and numbers that cannot be.
            span = Span(self.seen.end, self.seen.end)
            hint = "look for a number or an escape (\\) that is too large"
            self.source.report(Fault.NOT_YAML, span, "what follows cannot be read as YAML", hint)
        else:
            return
        raise Faulty(self.source.diagnostics)

    def _report_syntax(self, error: MarkedYAMLError) -> None:
        problem = error.problem or error.context or ""
        mark = error.problem_mark or error.context_mark
        if "end of stream" in problem or ("expected ','" in problem and _lines_apart(error)):
            # What was opened and never closed is easier to find than where its absence is noticed.
            mark = error.context_mark or mark
        span = Span(mark.index, mark.index) if mark else self.seen
        message, hint = _in_our_words(problem)
        lines = [each.line + 1 for each in (mark, error.context_mark, error.problem_mark) if each]
        meant = next(filter(None, (meant_in(self.source, line) for line in dict.fromkeys(lines))), None)
        if meant:
            span, hint = meant.span, meant.hint
        self.source.report(Fault.NOT_YAML, span, message, hint)

    def _node(self, event: Event, depth: int) -> Node:
        span = _span(event)
        self._count(span, depth)
        if isinstance(event, AliasEvent):
            self._refuse(event, f"an alias (*{event.anchor})", "write out what it stands for")
            return Refused(span)
        if isinstance(event, NodeEvent) and event.anchor is not None:
            self._refuse(event, f"an anchor (&{event.anchor})", f"leave out &{event.anchor}")
        tag = getattr(event, "ctag", None)
        if tag is not None:
            self._refuse(event, f"a tag ({tag})", "leave out the tag: what a value is, its key says")
        node: Node
        if isinstance(event, ScalarEvent):
            node = self._scalar(event, span)
        elif isinstance(event, SequenceStartEvent):
            node = self._items(span, depth)
        else:
            node = self._keys(span, depth)
        return node if tag is None else Refused(span)

    def _count(self, span: Span, depth: int) -> None:
        self.values += 1
        if depth > DEEPEST:
            self.source.report(Fault.PROGRAM_TOO_LARGE, span, f"nested more than {DEEPEST} deep")
        elif self.values > MOST_VALUES:
            self.source.report(Fault.PROGRAM_TOO_LARGE, span, f"more than {MOST_VALUES} values")
        else:
            return
        raise Faulty(self.source.diagnostics)

    def _scalar(self, event: ScalarEvent, span: Span) -> Node:
        value = SURROGATES.sub(_put_together, event.value)
        if unprintable := UNPRINTABLE.search(value):
            self.source.report(
                Fault.UNPRINTABLE, span, f"the escape for {quote(unprintable.group())} is not readable text"
            )
            return Refused(span)
        return Scalar(span, value, event.style is None)

    def _items(self, span: Span, depth: int) -> Items:
        items = []
        while not isinstance(event := next(self.events), SequenceEndEvent):
            items.append(self._node(event, depth + 1))
        return Items(Span(span.start, _span(event).end), tuple(items))

    def _keys(self, span: Span, depth: int) -> Keys:
        entries: dict[str, tuple[Scalar, Node]] = {}
        while not isinstance(event := next(self.events), MappingEndEvent):
            key = self._node(event, depth + 1)
            value = self._node(next(self.events), depth + 1)
            if isinstance(key, (Items, Keys)):
                self.source.report(Fault.WRONG_VALUE, key.span, "a key must be text")
            elif isinstance(key, Scalar) and key.text in entries:
                line = self.source.line_of(entries[key.text][0].span)
                message = f"the key {quote(key.text)} appears here a second time; first on line {line}"
                self.source.report(Fault.DOUBLED_KEY, key.span, message)
            elif isinstance(key, Scalar):
                entries[key.text] = (key, value)
        return Keys(Span(span.start, _span(event).end), entries)

    def _refuse(self, event: Event, what: str, hint: str) -> None:
        span = _span(event)
        sign = NO_SPACE.match(self.source.text, span.start, span.end)
        where = Span(*sign.span()) if sign else span
        self.source.report(Fault.NOT_PLAIN, where, f"{what[:60]} is not read here", hint[:100])

    def _refuse_directives(self) -> None:
        found = DIRECTIVE.search(self.source.text)
        where = Span(*found.span()) if found else self.seen
        hint = "leave out the line that begins with %"
        self.source.report(Fault.NOT_PLAIN, where, "a directive is not read here", hint)


def _put_together(pair: re.Match[str]) -> str:
    return pair[0].encode("utf-16-le", "surrogatepass").decode("utf-16-le")


def _span(event: Event) -> Span:
    return Span(event.start_mark.index, event.end_mark.index)


def _lines_apart(error: MarkedYAMLError) -> bool:
    marks = (error.context_mark, error.problem_mark)
    return all(marks) and marks[0].line != marks[1].line


def _in_our_words(problem: str) -> tuple[str, str]:
    """Return a message and a hint for what ruamel.yaml says."""
    words = {
        "'\\t'": ("a tab where only spaces are allowed", "indent with spaces"),
        "cannot start any token": ("no value begins with this character", "put the value in quotes"),
        "mapping values are not allowed": (
            'a second ":" on the line',
            'put a value that holds ": " in quotes, or check the indentation',
        ),
        "could not find expected ':'": ('a key without ":"', "write key: value"),
        "expected <block end>": (
            "this does not line up with the lines above",
            "the keys of one mapping, and the items of one list, begin in the same column",
        ),
        "unexpected end of stream": ("a quote that is never closed", "close it on the same line"),
        "expected ',' or ']'": (
            "a list in [ ] that is not closed here",
            "put , between items and ] at the end",
        ),
        "expected ',' or '}'": ("a mapping in { } that is not closed", "put , between keys and } at the end"),
        "chomping or indentation": ("only a line break may follow | or >", "put the value in quotes"),
        "unknown escape": ("a backslash that stands for nothing", "write \\\\ for one, or use single quotes"),
        "escape sequence of": (
            "an escape that is cut off",
            "write \\\\ for a backslash, or use single quotes",
        ),
        "alphabetic or numeric": ("no value begins with * or &", "put the value in quotes"),
        "found undefined tag": ("no value begins with !", "put the value in quotes"),
    }
    plain = ("this cannot be read as YAML", "put the value in quotes, or check the indentation")
    return next((ours for theirs, ours in words.items() if theirs in problem), plain)
