"""A program.yaml into which rooms are to be written: its text, and where each open room stands in it.

Only that text changes: comments, layout, quotes and line breaks stay as they are.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from midtvejs.domain.diagnostic import Faulty
from midtvejs.reading.files.source import LINE_BREAK, Source, Span, content_of
from midtvejs.reading.files.yaml import MOST_BYTES, Composer
from midtvejs.reading.files.yaml_nodes import Keys, Scalar
from midtvejs.reading.program.draft import DayDraft, SessionDraft
from midtvejs.reading.program.schema import groups_named, program_with

BYTE_ORDER_MARK = "\ufeff"
ROOM_FOLLOWS = "title"
"""The key that every session has, and after which a room is added."""
PLAIN = re.compile(r"[^\W\d_](?:[\w .()-]*[\w.)])?")
"""Names that mean themselves without quotes, wherever they stand."""
TRUTH_TO_SOME = frozenset({"yes", "no", "on", "off", "y", "n"})
"""What is text in YAML 1.2, and was none before."""


@dataclass(frozen=True, slots=True)
class Gap:
    """Where a session's room is to be written: the characters that give way, and what stands around it.

    ``round_id`` is that of a sitting whose room is written as one of several, by their rounds; of such
    sittings those with the same gap are written into it together, in ``{}``.
    """

    start: int
    end: int
    before: str = ""
    after: str = ""
    round_id: str = ""


@dataclass(frozen=True, slots=True)
class RoomsToFill:
    """``gaps`` has the sittings whose room is open, by their keys."""

    text: str
    gaps: Mapping[str, Gap]

    def fill(self, rooms: Mapping[str, str]) -> str:
        """Return the text with the names of ``rooms``, by sitting, in their gaps; others stay open."""
        text = self.text
        in_gaps: dict[Gap, list[str]] = {}
        for key, gap in self.gaps.items():
            if key in rooms:
                written = quote_name(rooms[key])
                by_round = f"{quote_name(gap.round_id)}: {written}" if gap.round_id else written
                in_gaps.setdefault(replace(gap, round_id=""), []).append(by_round)
        joint = {replace(gap, round_id="") for gap in self.gaps.values() if gap.round_id}
        in_order = sorted(in_gaps.items(), key=lambda each: each[0].start)
        # What goes to one place is written from the end, so that it stands in the order of the rounds.
        for gap, names in reversed(in_order):
            room = "{" + ", ".join(names) + "}" if gap in joint else names[0]
            text = text[: gap.start] + gap.before + room + gap.after + text[gap.end :]
        return text


def read_rooms_to_fill(path: Path) -> RoomsToFill:
    """Look for open rooms in a program that was read without faults.

    Raises:
        Faulty: it has got faults since.
        OSError: it cannot be read.
    """
    name, content = content_of(path, MOST_BYTES)
    text = content.decode()
    source = Source(name, text.removeprefix(BYTE_ORDER_MARK))
    root = Composer(source).document()
    draft = program_with(groups_named(root))(source, "the program", root)
    if draft is None or source.faulty:
        raise Faulty(source.diagnostics)
    mark = len(text) - len(source.text)
    day = DayDraft(source, draft)
    sittings = tuple(day.sessions())
    times = Counter(sitting.code for sitting in sittings)
    in_file = Counter(id(sitting.draft) for sitting in day.planned())
    gaps = {
        f"{sitting.code}@{sitting.round.id}" if times[sitting.code] > 1 else sitting.code: _gap(
            source, sitting, several=in_file[id(sitting.draft)] > 1
        )
        for sitting in sittings
        if sitting.open_room
    }
    return RoomsToFill(
        text=text,
        gaps={key: replace(gap, start=gap.start + mark, end=gap.end + mark) for key, gap in gaps.items()},
    )


def _gap(source: Source, session: SessionDraft, *, several: bool) -> Gap:
    """Return where a sitting's room is to be written, which may be one of several of its session's."""
    round_id = session.round.id if several else ""
    named = session.named_room
    if named and named.node is session.draft.node.entries["room"][1]:
        return Gap(named.span.start, named.span.end, round_id=round_id)
    if named:
        return Gap(named.span.start, named.span.end)
    _, rooms = session.draft.node.entries.get("room", (None, None))
    if isinstance(rooms, Keys) and rooms.entries:
        return _gap_among(source, rooms, session.round.id)
    if rooms:
        return Gap(rooms.span.start, rooms.span.end, round_id=session.round.id)
    return replace(_gap_for_key(source, session), round_id=round_id)


def _gap_among(source: Source, rooms: Keys, round_id: str) -> Gap:
    """Return where one more round's room is to be written, behind those that are there."""
    key, last = tuple(rooms.entries.values())[-1]
    if source.text.startswith("{", rooms.span.start):
        return Gap(last.span.end, last.span.end, before=f", {quote_name(round_id)}: ")
    margin = " " * (key.span.start - source.start_of(source.line_of(key.span)))
    line = LINE_BREAK.search(source.text, last.span.end)
    end = line.start() if line else len(source.text)
    return Gap(end, end, before=f"{_break(source, end)}{margin}{quote_name(round_id)}: ")


def _gap_for_key(source: Source, session: SessionDraft) -> Gap:
    """Return where the key is to be written that says in which room a session is."""
    node = session.draft.node
    last = node.entries[ROOM_FOLLOWS][1].span
    if source.text.startswith("{", node.span.start):
        return Gap(last.end, last.end, before=", room: ")
    margin = " " * (node.span.start - source.start_of(source.line_of(node.span)))
    if source.text.startswith(("|", ">"), last.start):
        # A text of lines of its own ends where the next line begins.
        return Gap(last.end, last.end, before=f"{margin}room: ", after=_break(source, 0))
    line = LINE_BREAK.search(source.text, last.end)
    end = line.start() if line else len(source.text)
    return Gap(end, end, before=f"{_break(source, end)}{margin}room: ")


def _break(source: Source, position: int) -> str:
    """Return the line break that stands at or after a position, or else the file's first one."""
    found = LINE_BREAK.search(source.text, position) or LINE_BREAK.search(source.text)
    return found[0] if found else "\n"


def quote_name(name: str) -> str:
    """Write a name as YAML, quoted where it could be taken for anything else."""
    safe = PLAIN.fullmatch(name) and name.lower() not in TRUTH_TO_SOME
    return (
        name
        if safe and Scalar(Span(0, 0), name, plain=True).is_text
        else json.dumps(name, ensure_ascii=False)
    )
