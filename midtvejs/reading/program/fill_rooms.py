"""A program.yaml into which rooms are to be written: its text, and where each open room stands in it.

Only that text changes: comments, layout, quotes and line breaks stay as they are.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from midtvejs.domain.diagnostic import Faulty
from midtvejs.reading.files.source import LINE_BREAK, Source, Span, content_of
from midtvejs.reading.files.yaml import MOST_BYTES, Composer
from midtvejs.reading.files.yaml_nodes import Scalar
from midtvejs.reading.program.draft import DayDraft, SessionDraft
from midtvejs.reading.program.schema import PROGRAM

BYTE_ORDER_MARK = "\ufeff"
ROOM_FOLLOWS = "title"
"""The key that every session has, and after which a room is added."""
PLAIN = re.compile(r"[^\W\d_](?:[\w .()-]*[\w.)])?")
"""Names that mean themselves without quotes, wherever they stand."""
TRUTH_TO_SOME = frozenset({"yes", "no", "on", "off", "y", "n"})
"""What is text in YAML 1.2, and was none before."""


@dataclass(frozen=True, slots=True)
class Gap:
    """Where a session's room is to be written: the characters that give way, and what stands around it."""

    start: int
    end: int
    before: str = ""
    after: str = ""


@dataclass(frozen=True, slots=True)
class RoomsToFill:
    """``gaps`` has the sessions whose room is open, by their code."""

    text: str
    gaps: Mapping[str, Gap]

    def fill(self, rooms: Mapping[str, str]) -> str:
        """Return the text with the names of ``rooms``, by session code, in their gaps; others stay open."""
        text = self.text
        in_gaps = [(self.gaps[code], name) for code, name in rooms.items() if code in self.gaps]
        for gap, name in sorted(in_gaps, key=lambda each: -each[0].start):
            text = text[: gap.start] + gap.before + _quote_name(name) + gap.after + text[gap.end :]
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
    draft = PROGRAM(source, "the program", Composer(source).document())
    if draft is None or source.faulty:
        raise Faulty(source.diagnostics)
    mark = len(text) - len(source.text)
    open_sessions = [session for session in DayDraft(source, draft).sessions() if session.open_room]
    gaps = {session.draft.value("code"): _gap(source, session) for session in open_sessions}
    return RoomsToFill(
        text=text,
        gaps={
            code: Gap(gap.start + mark, gap.end + mark, gap.before, gap.after) for code, gap in gaps.items()
        },
    )


def _gap(source: Source, session: SessionDraft) -> Gap:
    node = session.draft.node
    if "room" in node.entries:
        _, auto = node.entries["room"]
        return Gap(auto.span.start, auto.span.end)
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


def _quote_name(name: str) -> str:
    """Write a room's name as YAML, quoted where it could be taken for anything else."""
    safe = PLAIN.fullmatch(name) and name.lower() not in TRUTH_TO_SOME
    return (
        name
        if safe and Scalar(Span(0, 0), name, plain=True).is_text
        else json.dumps(name, ensure_ascii=False)
    )
