"""Readers of lists and mappings: they give what could be read, and report what could not."""

from __future__ import annotations

from collections.abc import Collection
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from midtvejs.domain.wording import quantity
from midtvejs.reading.codes import Fault
from midtvejs.reading.source import Source, Span, quoted
from midtvejs.reading.values import Reader, text, wrong
from midtvejs.reading.yaml_nodes import Items, Keys, Node, Refused, Scalar

T = TypeVar("T")


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

    def read(source: Source, name: str, node: Node) -> tuple[Found[T], ...] | None:
        if not isinstance(node, Items):
            wrong(source, name, node, "a list", f"begin each {item_name} with a hyphen, or put them in [ ]")
            return None
        if len(node.items) < least:
            fewest = quantity(least, item_name)
            source.report(Fault.WRONG_VALUE, node.span, f"{name}: must name at least {fewest}")
            return None
        read = ((item(source, item_name, entry), entry) for entry in node.items)
        return tuple(Found(value, entry) for value, entry in read if value is not None)

    return read


@dataclass(frozen=True, slots=True)
class Draft:
    """A mapping as far as it could be read: ``values`` holds the keys that are there and without fault."""

    node: Keys
    values: dict[str, Found[Any]]

    def value(self, key: str) -> Any:  # noqa: ANN401 - the schema says what a key holds
        """Give a key's value; None where it is missing or faulty."""
        return self.values[key].value if key in self.values else None

    def span(self, key: str) -> Span:
        """Give where a key's value stands, or else where the mapping begins."""
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
        for key, (place, entry) in node.entries.items():
            if key == "<<" and isinstance(entry, Refused):
                # The keys that are missing would have come from there.
                meant.update(self.required)
            elif key not in readers:
                meant.add(_report_unknown(source, place, readers))
            elif (value := readers[key](source, key, entry)) is not None:
                values[key] = Found(value, entry)
        draft = Draft(node, values)
        # A key that is only misspelt is not missing as well.
        self._report_missing(source, name, draft, self.required.keys() - node.entries.keys() - meant)
        return draft

    def _report_missing(self, source: Source, name: str, draft: Draft, missing: AbstractSet[str]) -> None:
        called = draft.value("code") or draft.value("id")
        special, fault, hint = self.missing
        for key in (key for key in self.required if key in missing):
            message = f"{name} {called or ''}".rstrip() + f": the key {quoted(key)} is missing"
            if key == special:
                source.report(fault, draft.heading, message, hint)
            else:
                source.report(Fault.MISSING_KEY, draft.heading, message)


def _report_unknown(source: Source, key: Scalar, known: Collection[str]) -> str | None:
    """Report a key that nobody knows, and give the known one that was meant, if any."""
    near = source.nearest(key.text, known)
    hint = f"did you mean {quoted(near)}?" if near else f"known here: {', '.join(known)}"
    source.report(Fault.UNKNOWN_KEY, key.span, f"unknown key {quoted(key.text)}", hint)
    return near


def named(entry: Mapped, *, item_name: str) -> Reader[dict[str, Found[Draft]]]:
    """Make a reader of mappings from names that the file chooses; those with faults stay known by name.

    A found value's node is its key, not its value.
    """

    def read(source: Source, name: str, node: Node) -> dict[str, Found[Draft]] | None:
        if not isinstance(node, Keys):
            wrong(source, name, node, "a mapping", f"give each {item_name} a key: its name")
            return None
        if not node.entries:
            source.report(Fault.WRONG_VALUE, node.span, f"{name}: must name at least 1 {item_name}")
            return None
        found: dict[str, Found[Draft]] = {}
        for key, (place, value) in node.entries.items():
            draft = entry(source, f"{item_name} {quoted(key)}", value)
            text(source, item_name, place)
            found[key] = Found(draft or Draft(Keys(value.span, {}), {}), place)
        return found

    return read
