"""Texts in { } that their own commas tear: what is left of them looks like keys."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from midtvejs.reading.files.source import Source, Span
from midtvejs.reading.files.yaml_lines import in_quotes
from midtvejs.reading.files.yaml_nodes import Keys, Scalar

LONGEST = 200


@dataclass(frozen=True, slots=True)
class Torn:
    """A text of ``key`` at ``span``, with all that is torn off it: these ``parts`` are no keys."""

    key: str
    span: Span
    parts: tuple[str, ...]

    def hint(self, source: Source) -> str:
        whole = in_quotes(source.text[self.span.start : self.span.end][:LONGEST])
        return f"a comma in {{ }} ends a value; if this belongs to the {self.key}: {self.key}: {whole}"


def torn_texts(source: Source, node: Keys, known: Collection[str]) -> Iterator[Torn]:
    """Find the texts of a mapping in { } behind which stand keys that are like none that are ``known``."""
    found: Torn | None = None
    for key, (place, value) in node.entries.items():
        nothing = isinstance(value, Scalar) and value.is_nothing
        end = place.span.end if nothing else value.span.end
        joined = found and source.text[found.span.end : place.span.start].strip() == ","
        unlike = key.partition(":")[0] not in known and (nothing or not source.nearest(key, known))
        if found and joined and unlike:
            found = Torn(found.key, Span(found.span.start, end), (*found.parts, key))
            continue
        if found and found.parts:
            yield found
        text = key in known and isinstance(value, Scalar) and value.plain and value.is_text
        found = Torn(key, value.span, ()) if text else None
    if found and found.parts:
        yield found
