"""The sessions of a list as the options of a form: by code, by title, or by both."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator

from midtvejs.domain.participants import fold
from midtvejs.domain.program import Program, Session
from midtvejs.reading.forms.direction import bare_number
from midtvejs.reading.forms.words import is_no_wish

BETWEEN = re.compile(r"\s*[;>,|][\s;>,|]*")
MOST_STEPS = 10_000
"""Of the search for all the ways to read a cell; a hostile program has titles that can be parted in many."""


def labels_of(code: str, title: str) -> Iterator[str]:
    """Return what a form may call a session, or a round, besides its code alone."""
    yield title
    for between in (": ", " - ", " – ", " — ", " ", ". ", ") ", " : "):
        yield f"{code}{between}{title}"
    yield f"{title} ({code})"


class Options:
    """The labels of what one list ranks, folded. Codes go before titles; a label of two sessions is none.

    A form that was written before some were ``cancelled`` has these, too; what else is called so goes first.
    """

    def __init__(self, sessions: Collection[Session], cancelled: Collection[Session] = ()) -> None:
        self._held = frozenset(session.code for session in sessions)
        self.codes = self._held.union(session.code for session in cancelled)
        labels = list(_labels(sessions))
        held = {label for label, _ in labels} if cancelled else set()
        self._by_label = _unambiguous(labels)
        self._by_label |= _unambiguous(each for each in _labels(cancelled) if each[0] not in held)
        self._by_label |= _unambiguous((fold(code), code) for code in self.codes)
        self._exact: dict[str, str] = {code: code for code in self.codes}
        self._longest_first = sorted({len(label) for label in self._by_label}, reverse=True)
        self._semicolons_part = not any(";" in label for label in self._by_label)

    def __iter__(self) -> Iterator[str]:
        return iter(self._by_label)

    def code(self, text: str) -> str | None:
        """Return the session that ``text`` means, None where there is none."""
        found = self._exact.get(text)
        if found is None and (found := self._by_label.get(fold(text)) or self._numbered(text)):
            # The same few labels come again in every row.
            self._exact[text] = found
        return found

    def _numbered(self, text: str) -> str | None:
        """Return the session whose code is a number that a spreadsheet wrote as 12.0."""
        number = bare_number(fold(text))
        return self._by_label.get(str(number)) if number is not None else None

    def rankings(self, cell: str) -> list[tuple[str, ...]]:
        """Return the ways in which a cell can be read as a ranking, the one with the longest labels first.

        One that names a session twice counts only where there is no other. Where any names every session, so
        as a form does that asks for a full ranking, the others do not count. Such a form may be older or
        younger than what is cancelled.
        """
        if self._semicolons_part and ";" in cell:
            read = [(self.code(part), part) for part in cell.split(";") if part and not part.isspace()]
            codes = tuple(code for code, part in read if code or not is_no_wish(fold(part)))
            known = tuple(filter(None, codes))
            if known and len(set(known)) == len(codes):
                return [known]
        text = fold(cell)
        if alone := self._numbered(text):
            return [(alone,)]
        found = list(dict.fromkeys(self._readings(text)))
        found = [reading for reading in found if len(set(reading)) == len(reading)] or found[:1]
        whole = [reading for reading in found if len(reading) == len(self.codes)]
        return whole or [reading for reading in found if self._held <= set(reading)] or found

    def _readings(self, text: str) -> Iterator[tuple[str, ...]]:
        """Search depth first: where the cell has been read up to, and what was read."""
        open_ends: list[tuple[int, tuple[str, ...]]] = [(at, ()) for at in (*_behind(text, 0), 0)]
        for _ in range(MOST_STEPS):
            if not open_ends:
                return
            at, read = open_ends.pop()
            if at >= len(text):
                yield read
                continue
            further: list[tuple[int, tuple[str, ...]]] = []
            for length in self._longest_first:
                end = at + length
                code = self._by_label.get(text[at:end]) if end <= len(text) else None
                if code is not None:
                    ends = [end] if end == len(text) else _behind(text, end)
                    further.extend((each, (*read, code)) for each in ends)
            open_ends.extend(reversed(further))


def _behind(text: str, at: int) -> list[int]:
    """Return where the next label may begin: behind what stands between, a part of which may be its own."""
    between = BETWEEN.match(text, at)
    return list(range(between.end(), at, -1)) if between else []


def _labels(sessions: Iterable[Session]) -> Iterator[tuple[str, str]]:
    """Return each folded label with its session's code."""
    for session in sessions:
        for label in labels_of(session.code, session.title):
            yield fold(label), session.code


def _unambiguous(pairs: Iterable[tuple[str, str]]) -> dict[str, str]:
    found: dict[str, str] = {}
    torn = set()
    for label, code in pairs:
        if found.setdefault(label, code) != code:
            torn.add(label)
    return {label: code for label, code in found.items() if label not in torn}


class DayOptions:
    """The options of every list, by its block, to tell by them which list a column belongs to."""

    def __init__(self, program: Program) -> None:
        self.rounds = {
            block.id: Options(program.sessions_in(block), program.cancelled_in(block))
            for block in program.blocks
        }

    def rounds_of(self, label: str) -> list[str]:
        """Return the ids of the blocks that have an option of this name."""
        return [id_ for id_, options in self.rounds.items() if options.code(label)]
