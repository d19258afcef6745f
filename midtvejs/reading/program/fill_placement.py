"""A program.yaml into which it is to be written when and where its sessions are held.

Only that text changes: comments, layout, quotes and line breaks stay as they are.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from midtvejs.domain.offers import Placement
from midtvejs.reading.files.source import LINE_BREAK, Source, Span, content_of
from midtvejs.reading.files.yaml import MOST_BYTES
from midtvejs.reading.files.yaml_nodes import Items, Keys, Scalar
from midtvejs.reading.program.draft import AUTO, DayDraft
from midtvejs.reading.program.fields import Draft
from midtvejs.reading.program.fill_rooms import (
    find_rooms_to_fill,
    gap_for_key,
    line_break_at,
    quote_name,
    read_day,
)
from midtvejs.reading.program.lists import lists_of, named_lists

COMMENT = re.compile("#[^\r\n]*")


@dataclass(frozen=True, slots=True)
class Edit:
    """Characters that give way to others."""

    start: int
    end: int
    new: str


@dataclass(frozen=True, slots=True)
class PlacementToFill:
    """The text of a program of which sessions are to be placed."""

    name: str
    text: str

    def fill(self, placement: Placement, rooms: Mapping[str, str]) -> str:
        """Return the text with the rounds of the sessions of a placement, and the rooms of sittings.

        ``rooms`` are by the keys of sittings, as they are when all are placed; others stay open. A session
        that says in which rounds it is held is held as often in others, and its rooms are open to ``rooms``.
        A list over several rounds is named, for it may not be known by its sessions any more.

        Raises:
            Faulty: the text has got faults.
        """
        day = read_day(self.name, self.text)
        mark = len(self.text) - len(day.source.text)
        edits = list(_edits(day, placement))
        text = self.text
        for edit in sorted(edits, key=lambda each: (each.start, each.end), reverse=True):
            text = text[: edit.start + mark] + edit.new + text[edit.end + mark :]
        return find_rooms_to_fill(self.name, text).fill(rooms)


def read_placement_to_fill(path: Path) -> PlacementToFill:
    """Read the text of a program that was read without faults.

    Raises:
        OSError: it cannot be read.
    """
    name, content = content_of(path, MOST_BYTES)
    return PlacementToFill(name, content.decode())


def _edits(day: DayDraft, placement: Placement) -> Iterator[Edit]:
    for draft in (found.value for found in day.draft.value("sessions") or ()):
        held = placement.get(draft.value("code"))
        if held is None:
            continue
        if "rounds" in draft.node.entries:
            yield from _move(draft, held)
        else:
            yield _write_rounds(day.source, draft.node, held)
            yield from _open_other_rooms(day.source, draft, held)
    if placement and not named_lists(day):
        yield from _name_list(day)


def _move(draft: Draft, held: Sequence[str]) -> Iterator[Edit]:
    """Write the rounds of a session in the place of those that it had, and leave its rooms open."""
    _, items = draft.node.entries["rounds"]
    for item, id_ in zip(items.items if isinstance(items, Items) else (), held, strict=True):
        yield _instead(item.span, quote_name(id_))
    _, room = draft.node.entries.get("room", (None, None))
    if isinstance(room, Scalar):
        yield _instead(room.span, AUTO)
    elif isinstance(room, Keys):
        for (key, value), id_ in zip(room.entries.values(), held, strict=False):
            yield from (_instead(key.span, quote_name(id_)), _instead(value.span, AUTO))


def _write_rounds(source: Source, node: Keys, held: Sequence[str]) -> Edit:
    """Write the rounds of a session where it says how often it is held, or else behind its title."""
    ids = "[" + ", ".join(map(quote_name, held)) + "]"
    if "times" not in node.entries:
        gap = gap_for_key(source, node, "rounds")
        return Edit(gap.start, gap.end, gap.before + ids + gap.after)
    key, value = node.entries["times"]
    mark = source.text[key.span.start] if source.text[key.span.start] in "'\"" else ""
    between = source.text[key.span.end : value.span.start]
    return Edit(key.span.start, value.span.end, f"{mark}rounds{mark}{between}{ids}")


def _open_other_rooms(source: Source, draft: Draft, held: Sequence[str]) -> Iterator[Edit]:
    """Leave out the rooms of rounds in which a session is not held; comments on them stay."""
    _, room = draft.node.entries.get("room", (None, None))
    if not isinstance(room, Keys) or set(room.entries) <= set(held):
        return
    entries = [Span(_start_of(source, key.span), value.span.end) for key, value in room.entries.values()]
    stay = [number for number, id_ in enumerate(room.entries) if id_ in held]
    in_braces = source.text.startswith("{", room.span.start)
    if not stay:
        yield _instead(entries[0], AUTO)
        if in_braces:
            yield Edit(room.span.start, room.span.start + 1, "")
            yield Edit(room.span.end - 1, room.span.end, "")
    stay = stay or [0]
    for number, entry in enumerate(entries):
        if number not in stay and in_braces:
            # With the first ones goes the comma behind them, with those behind all others that before them.
            first = number if number < stay[-1] else number - 1
            yield from _leave_out_in_braces(source, entry, Span(entries[first].end, entries[first + 1].start))
        elif number not in stay:
            yield _leave_out(source, entry)


def _start_of(source: Source, key: Span) -> int:
    """Return where an entry begins, with the ``?`` that may stand before its key."""
    before = source.text[: key.start].rstrip(" ")
    return len(before) - 1 if before.endswith("?") else key.start


def _leave_out(source: Source, entry: Span) -> Edit:
    """Leave out an entry with its line, but for a comment that stands there."""
    behind = source.text[entry.end :]
    blank = len(behind) - len(behind.lstrip(" \t"))
    line = LINE_BREAK.match(source.text, entry.end + blank)
    if line:
        return Edit(source.start_of(source.line_of(entry)), line.end(), "")
    return Edit(entry.start, entry.end + blank, "")


def _leave_out_in_braces(source: Source, entry: Span, gap: Span) -> Iterator[Edit]:
    """Leave out an entry between braces with the comma in a gap beside it, but for comments there."""
    between = source.text[gap.start : gap.end]
    if not LINE_BREAK.search(between):
        yield Edit(min(entry.start, gap.start), max(entry.end, gap.end), "")
        return
    comma = gap.start + COMMENT.sub(lambda found: " " * len(found[0]), between).index(",")
    yield _instead(entry, "")
    yield Edit(comma, comma + 1, "")


def _name_list(day: DayDraft) -> Iterator[Edit]:
    """Write the list over several rounds above the sessions, with what is a comment on them."""
    source = day.source
    key, _ = day.draft.node.entries["sessions"]
    for id_, rounds in lists_of(day).items():
        written = f"wishes: {{{quote_name(id_)}: [{', '.join(map(quote_name, rounds))}]}}"
        if source.text.startswith("{", day.draft.node.span.start):
            yield Edit(key.span.start, key.span.start, f"{written}, ")
            continue
        line = source.line_of(key.span)
        while line > 1 and _is_comment(source, line - 1):
            line -= 1
        start = source.start_of(line)
        margin = " " * (day.draft.node.span.start - source.start_of(source.line_of(day.draft.node.span)))
        yield Edit(start, start, f"{margin}{written}{line_break_at(source, start)}")


def _is_comment(source: Source, line: int) -> bool:
    text = source.text[source.start_of(line) : source.start_of(line + 1)]
    return text.startswith("#")


def _instead(span: Span, new: str) -> Edit:
    return Edit(span.start, span.end, new)
