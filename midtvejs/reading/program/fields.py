"""Read mappings, lists and single values of a YAML tree; report what is wrong with each, and go on.

A reader returns what could be read; None stands for a value that is reported already. It also says, in JSON
Schema (2020-12), which values have the shape that it reads: what editors are told cannot differ from it.
"""

from __future__ import annotations

import calendar
import datetime as dt
import re
from collections.abc import Callable, Collection, Iterable
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import Any, Generic, Protocol, TypeVar, runtime_checkable

from midtvejs.domain.wording import quantity
from midtvejs.reading.codes import Fault
from midtvejs.reading.files.source import Source, Span, quote
from midtvejs.reading.files.yaml_lines import in_quotes
from midtvejs.reading.files.yaml_nodes import TRUTH, Items, Keys, Node, Refused, Scalar
from midtvejs.reading.program.mending import (
    code_meant,
    dates_meant,
    items_meant,
    number_meant,
    times_meant,
    truth_meant,
)
from midtvejs.reading.program.torn import torn_texts

T = TypeVar("T")
R = TypeVar("R", bound="Reader[Any]")

JsonSchema = dict[str, Any]
"""A JSON Schema, or a part of one."""

ANY_NAME = "*"
"""Where the shape is said of every file, this stands for all names that one may choose for its groups."""


@runtime_checkable
class SaysShape(Protocol):
    """What a reader is that says the shape of what it reads."""

    def json_schema(self) -> JsonSchema:
        """Return the schema of the values that have the shape; some of them may be faulty for all that."""


def reads(say: Callable[[], JsonSchema]) -> Callable[[R], R]:
    """Have a function that reads say its shape."""

    def mark(reader: R) -> R:
        vars(reader)["json_schema"] = say
        return reader

    return mark


def shape_of(reader: Reader[Any]) -> JsonSchema:
    """Return what a reader says of the shape that it reads.

    Raises:
        TypeError: it says nothing: mark it with ``reads``.
    """
    if not isinstance(reader, SaysShape):
        raise TypeError(f"{reader} does not say what it reads")
    return reader.json_schema()


def by_any(reader: Reader[Any]) -> JsonSchema:
    """Return the shape of a mapping whose keys may be any text at all."""
    return {"type": "object", "additionalProperties": shape_of(reader)}


@dataclass(frozen=True, slots=True)
class Explained(Generic[T]):
    """Reads as ``reader`` does; ``meaning`` is what an editor says of it."""

    reader: Reader[T]
    meaning: str

    def __call__(self, source: Source, name: str, node: Node) -> T | None:
        return self.reader(source, name, node)

    def json_schema(self) -> JsonSchema:
        return {"description": self.meaning} | shape_of(self.reader)


def means(reader: Reader[T], meaning: str) -> Reader[T]:
    """Say what a value means, to those who write it."""
    return Explained(reader, meaning)


@dataclass(frozen=True, slots=True)
class Found(Generic[T]):
    """A value, and where it stands."""

    value: T
    node: Node

    @property
    def span(self) -> Span:
        return self.node.span


def list_of(item: Reader[T], *, item_name: str, least: int = 0) -> Reader[tuple[Found[T], ...]]:
    """Make a reader of lists; items with faults are reported, and left out."""

    @reads(lambda: {"type": "array", "items": shape_of(item)} | ({"minItems": least} if least else {}))
    def read(source: Source, name: str, node: Node) -> tuple[Found[T], ...] | None:
        if not isinstance(node, Items):
            wrong(source, name, node, "a list", _list_hint(name, node, item, item_name))
            return None
        if len(node.items) < least:
            fewest = quantity(least, item_name)
            source.report(Fault.WRONG_VALUE, node.span, f"{name}: must name at least {fewest}")
            return None
        read = ((item(source, item_name, entry), entry) for entry in node.items)
        return tuple(Found(value, entry) for value, entry in read if value is not None)

    return read


def _list_hint(name: str, node: Node, item: Reader[Any], item_name: str) -> str:
    """Say how a list is written: with what stands there, where that can be an item of it."""
    if isinstance(node, Scalar) and node.is_text and node.text.strip() and len(node.text) <= LONGEST_SHOWN:
        meant = list(items_meant(node.text))
        if isinstance(item, Mapped) and len(item.required) == 1:
            (key,) = item.required
            meant = [f"{{{key}: {each}}}" for each in meant]
        if meant[0].startswith("{") or item in (text, code):
            return f"write {name}: [{', '.join(meant)}]"
    return f"begin each {item_name} with a hyphen, or put them in [ ]"


@dataclass(frozen=True, slots=True)
class Draft:
    """A mapping as far as it could be read: ``values`` holds the keys that are there and without fault."""

    node: Keys
    values: dict[str, Found[Any]]

    def value(self, key: str) -> Any:  # noqa: ANN401 - the schema says what a key holds
        """Return a key's value; None where it is missing or faulty."""
        return self.values[key].value if key in self.values else None

    def span(self, key: str) -> Span:
        """Return where a key's value stands, or else where the mapping begins."""
        return self.node.entries[key][1].span if key in self.node.entries else self.heading

    def faulty(self, key: str) -> bool:
        """Whether a key is there, with a value that was reported."""
        return key in self.node.entries and key not in self.values

    @property
    def heading(self) -> Span:
        """The mapping's first key and value, which is what it is recognised by."""
        if not self.node.entries:
            return self.node.span
        key, value = next(iter(self.node.entries.values()))
        return Span(key.span.start, value.span.end if isinstance(value, Scalar) else key.span.end)


@dataclass(frozen=True, slots=True)
class Mapped:
    """Reads a mapping with known keys: ``required`` ones, and ``optional`` ones."""

    required: dict[str, Reader[Any]]
    optional: dict[str, Reader[Any]]
    missing: tuple[str, Fault, str] = ("", Fault.MISSING_KEY, "")
    """A required key whose absence is a fault of its own, that fault, and a hint."""

    def __call__(self, source: Source, name: str, node: Node) -> Draft | None:
        if not isinstance(node, Keys):
            keys = ", ".join([*self.required, *self.optional][:3])
            wrong(source, name, node, f"a mapping with keys such as {keys}")
            return None
        readers = self.required | self.optional
        values: dict[str, Found[Any]] = {}
        meant: set[str | None] = set()
        torn = {torn.parts[0]: torn for torn in torn_texts(source, node, readers)}
        parts = {part for each in torn.values() for part in each.parts[1:]}
        for key, (place, entry) in node.entries.items():
            if key == "<<" and isinstance(entry, Refused):
                # The keys that are missing would have come from there.
                meant.update(self.required)
            elif key not in readers and key not in parts:
                hint = torn[key].hint(source) if key in torn else ""
                meant.add(_report_unknown(source, place, readers, hint))
            elif key in readers and (value := readers[key](source, key, entry)) is not None:
                values[key] = Found(value, entry)
        draft = Draft(node, values)
        # A key that is only misspelt is not missing as well.
        self._report_missing(source, name, draft, self.required.keys() - node.entries.keys() - meant)
        return draft

    def json_schema(self) -> JsonSchema:
        shapes = {key: shape_of(reader) for key, reader in (self.required | self.optional).items()}
        others = shapes.pop(ANY_NAME, False)
        required = {"required": [*self.required]} if self.required else {}
        return {"type": "object", "properties": shapes, "additionalProperties": others} | required

    def _report_missing(self, source: Source, name: str, draft: Draft, missing: AbstractSet[str]) -> None:
        called = draft.value("code") or draft.value("id")
        special, fault, hint = self.missing
        for key in (key for key in self.required if key in missing):
            message = f"{name} {called or ''}".rstrip() + f": the key {quote(key)} is missing"
            if key == special:
                source.report(fault, draft.heading, message, hint)
            else:
                source.report(Fault.MISSING_KEY, draft.heading, message)


def _report_unknown(source: Source, key: Scalar, known: Collection[str], hint: str) -> str | None:
    """Report a key that nobody knows, and return the known one that was meant, if any."""
    name, _, value = key.text.partition(":")
    near: str | None = None
    if name != key.text and name in known:
        near, hint = name, f"put a space behind the colon: {name}: {value}"
    elif not hint:
        near = source.nearest(key.text, known)
        hint = f"did you mean {quote(near)}?" if near else f"known here: {', '.join(known)}"
    source.report(Fault.UNKNOWN_KEY, key.span, f"unknown key {quote(key.text)}", hint)
    return near


def describe_key(entry: Reader[Draft], *, item_name: str) -> Reader[dict[str, Found[Draft]]]:
    """Make a reader of mappings from names that the file chooses; those with faults stay known by name.

    A found value's node is its key, not its value.
    """

    @reads(lambda: by_name(text, shape_of(entry)) | {"minProperties": 1})
    def read(source: Source, name: str, node: Node) -> dict[str, Found[Draft]] | None:
        if not isinstance(node, Keys):
            wrong(source, name, node, "a mapping", f"give each {item_name} a key: its name")
            return None
        if not node.entries:
            source.report(Fault.WRONG_VALUE, node.span, f"{name}: must name at least 1 {item_name}")
            return None
        found: dict[str, Found[Draft]] = {}
        for key, (place, value) in node.entries.items():
            draft = entry(source, f"{item_name} {quote(key)}", value)
            text(source, item_name, place)
            found[key] = Found(draft or Draft(Keys(value.span, {}), {}), place)
        return found

    return read


def by_name(name: Reader[Any], value: JsonSchema) -> JsonSchema:
    """Return the shape of a mapping whose keys the file chooses."""
    return {"type": "object", "propertyNames": shape_of(name), "additionalProperties": value}


Reader = Callable[[Source, str, Node], T | None]
"""Takes the file, what the value is called in messages, and the node."""

CODE = re.compile(r"[A-Za-zÆØÅæøå0-9][A-Za-zÆØÅæøå0-9._-]{0,19}")
TIME = re.compile(r"([01][0-9]|2[0-3]):([0-5][0-9])")
DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
NUMBER_SIGN = re.compile(r" #(?:[^\s#]|\s?\d)[^\r\n]*")
COMMENT_ALONE = re.compile(r":[ \t]+(#[^\s#][^\r\n]*)\s*\Z")
LONGEST_COMMENT = 120
WHOLE = re.compile(r"[-+]?[0-9]+")
LONGEST_SHOWN = 60


def _all_of(pattern: re.Pattern[str]) -> str:
    """Return a pattern for all of a text; JSON Schema looks for it anywhere."""
    return f"^(?:{pattern.pattern})$"


def describe(node: Node) -> str:
    match node:
        case Scalar(plain=True) if node.is_nothing:
            return "nothing"
        case Scalar(text=words) if node.is_text:
            return quote(words)
        case Scalar(text=words):
            return quote(words)[1:-1]
        case Items():
            return "a list"
        case _:
            return "a mapping"


def wrong(source: Source, name: str, node: Node, expected: str, hint: str = "") -> None:
    """Report that a value is not what was expected, unless it is reported already."""
    if not isinstance(node, Refused):
        message = f"{name}: must be {expected}, not {describe(node)}"
        source.report(Fault.WRONG_VALUE, node.span, message, hint)


@reads(lambda: {"type": "string", "pattern": r"\S"})
def text(source: Source, name: str, node: Node) -> str | None:
    """Read text that is not empty."""
    if isinstance(node, Scalar) and node.is_number:
        digits = quote(node.text)
        source.report(
            Fault.READ_AS_NUMBER,
            node.span,
            f"{name}: YAML reads {digits[1:-1]} as a number",
            f"quote it: {digits}",
        )
    elif isinstance(node, Scalar) and node.is_text and node.text.strip():
        _warn_of_comment(source, name, node)
        return node.text
    else:
        nothing = isinstance(node, Scalar) and (node.is_nothing or not node.text.strip())
        hint = "write something, or leave out the key" if nothing else ""
        before = max(node.span.start - LONGEST_COMMENT, 0)
        if nothing and (comment := COMMENT_ALONE.search(source.text, before, node.span.start)):
            hint = f"what follows # is a comment, unless it is in quotes: {name}: {in_quotes(comment[1])}"
        wrong(source, name, node, "text", hint)
    return None


def _warn_of_comment(source: Source, name: str, node: Scalar) -> None:
    """Warn of a text whose end became a comment: one that is meant has a space on both sides of its #."""
    found = NUMBER_SIGN.match(source.text, node.span.end) if node.plain else None
    if found:
        whole = in_quotes(f"{node.text}{found[0].rstrip()}")
        message = f"{name}: {quote(found[0].strip())} is a comment, and is not read"
        hint = f"put all of it in quotes: {name}: {whole}; or a space behind the #"
        source.report(Fault.HALF_A_COMMENT, Span(node.span.start, found.end()), message, hint)


@reads(lambda: {"type": "string", "pattern": _all_of(CODE)})
def code(source: Source, name: str, node: Node) -> str | None:
    """Read a session's code or a round's id: what stands in a cell or heads a column of prefs.csv."""
    found = text(source, name, node)
    if found is None or CODE.fullmatch(found):
        return found
    meant = code_meant(found)
    example = meant if CODE.fullmatch(meant) else "1A"
    hint = f"use 1 to 20 letters, digits, dots, hyphens or underscores, such as {example}"
    wrong(source, name, node, "a short code", hint)
    return None


def whole(least: int, most: int, example: int) -> Reader[int]:
    """Make a reader of whole numbers from ``least`` to ``most``."""

    @reads(lambda: {"type": "integer", "minimum": least, "maximum": most, "examples": [example]})
    def read(source: Source, name: str, node: Node) -> int | None:
        meant = number_meant(node.text) if isinstance(node, Scalar) else None
        fits = meant is not None and least <= meant <= most
        hint = f"write {name}: {meant}" if fits else f"write, for example, {name}: {example}"
        if not (isinstance(node, Scalar) and node.plain and WHOLE.fullmatch(node.text)):
            wrong(source, name, node, "a whole number", hint)
        elif len(node.text) > 20 or not least <= int(node.text) <= most:
            wrong(source, name, node, f"a whole number from {least} to {most}", hint)
        else:
            return int(node.text)
        return None

    return read


@reads(lambda: {"type": "string", "pattern": _all_of(TIME), "examples": ["10:30"]})
def time(source: Source, name: str, node: Node) -> dt.time | None:
    if isinstance(node, Scalar) and (found := TIME.fullmatch(node.text)):
        return dt.time(int(found[1]), int(found[2]))
    meant = times_meant(node.text) if isinstance(node, Scalar) else []
    hint = f'write hours and minutes: {name}: "10:30"'
    if len(meant) == 2:
        hint = f'write two times: start: "{meant[0]:%H:%M}" and end: "{meant[1]:%H:%M}"'
    elif meant:
        hint = f'write {name}: "{meant[0]:%H:%M}"'
    elif isinstance(node, Scalar) and node.text.startswith("24"):
        hint = f'a day is over at midnight: {name}: "23:59"'
    wrong(source, name, node, "a time of day", hint)
    return None


@reads(lambda: shape_of(text) | {"type": ["string", "number"]})
def text_or_number(source: Source, name: str, node: Node) -> str | None:
    """Read what a column of people, or a rating, may say: numbers are as good as any text."""
    if isinstance(node, Scalar) and node.is_number:
        return node.text
    return text(source, name, node)


@reads(lambda: {"type": "string", "pattern": _all_of(DATE), "format": "date", "examples": ["2018-01-30"]})
def date(source: Source, name: str, node: Node) -> dt.date | None:
    if isinstance(node, Scalar) and DATE.fullmatch(node.text):
        try:
            return dt.date.fromisoformat(node.text)
        except ValueError:
            wrong(source, name, node, "a day that is in the calendar", _calendar_hint(name, node.text))
            return None
    meant = dates_meant(node.text) if isinstance(node, Scalar) else []
    hint = " or ".join(f"{name}: {each}" for each in meant) or f"{name}: 2018-01-30"
    wrong(source, name, node, "a date", f"write year, month and day: {hint}")
    return None


def _calendar_hint(name: str, text: str) -> str:
    """Say what is wrong with a date that has the right shape: as year, month and day."""
    year, month, day = text.split("-")
    if 1 <= int(month) <= 12 and int(year):
        return f"that month has {calendar.monthrange(int(year), int(month))[1]} days"
    if 1 <= int(day) <= 12:
        return f"the month stands before the day: {name}: {year}-{day}-{month}"
    return "write year, month and day"


@reads(lambda: shape_of(text) | {"examples": ["Europe/Copenhagen"]})
def timezone(source: Source, name: str, node: Node) -> str | None:
    from zoneinfo import ZoneInfo, available_timezones

    found = text(source, name, node)
    if found is None:
        return None
    try:
        ZoneInfo(found)
    except (KeyError, ValueError, OSError):
        # ZoneInfo looks for a file of that name: folders, .. and names too long have errors of their own.
        hint = source.did_you_mean(found, _near(found, available_timezones()))
        wrong(source, name, node, "a time zone", hint or f"write, for example, {name}: Europe/Copenhagen")
        return None
    return found


def _near(word: str, names: Iterable[str]) -> list[str]:
    """Return names that share a beginning or an end with ``word``: there are too many to compare them all."""
    start, end = word[:4].casefold(), word[-4:].casefold()
    return sorted(n for n in names if n.casefold().startswith(start) or n.casefold().endswith(end))


def one_of(*choices: str, fault: Fault = Fault.WRONG_VALUE) -> Reader[str]:
    @reads(
        lambda: shape_of(text) if ANY_NAME in choices else {"type": "string", "enum": [*map(str, choices)]}
    )
    def read(source: Source, name: str, node: Node) -> str | None:
        if isinstance(node, Scalar) and node.is_text and node.text in choices:
            return node.text
        if isinstance(node, Refused):
            return None
        near = source.did_you_mean(node.text, choices) if isinstance(node, Scalar) else ""
        message = f"{name}: must be one of {', '.join(choices)}, not {describe(node)}"
        source.report(fault, node.span, message, near)
        return None

    return read


@reads(lambda: {"type": "boolean"})
def truth(source: Source, name: str, node: Node) -> bool | None:
    if isinstance(node, Scalar) and node.plain and node.text in TRUTH:
        return node.text.lower() == "true"
    meant = truth_meant(node.text) if isinstance(node, Scalar) else None
    hint = f"write, for example, {name}: true" if meant is None else f"write {name}: {str(meant).lower()}"
    wrong(source, name, node, "true or false", hint)
    return None
