"""UTF-8 that something read as CP1252 and saved again: Ã¸ where ø was.

Every letter beyond ASCII then is two or three, the first of which tells it: Ã goes before what no language
writes behind it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from midtvejs.domain.wording import quantity
from midtvejs.reading.files.source import Span, quote


def _shown_as(byte: int) -> str:
    """Return what CP1252 makes of a byte; of those that it has no character for, what programs make of it."""
    return bytes([byte]).decode("cp1252", errors="ignore") or chr(byte)


BYTES = {_shown_as(byte): byte for byte in range(0x80, 0x100)}
FURTHER = "[" + re.escape("".join(_shown_as(byte) for byte in range(0x80, 0xC0))) + "]"
LETTER = re.compile(f"[Â-ß]{FURTHER}|[à-ï]{FURTHER}{{2}}|[ð-ô]{FURTHER}{{3}}")
SIGN = re.compile(f"Ã{FURTHER}|â€{FURTHER}")
SPACE = re.compile(r"[ \t\r\n,;\"'>|]")
"""What ends a word; no-break spaces do not: they are part of letters here."""
LONGEST_WORD = 40
MOST_TIMES = 3
"""So often a file may have been through it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Mangled:
    """A word with mangled letters, and where it stands; ``many``: how many such letters there are in all."""

    span: Span
    word: str
    many: int

    @property
    def message(self) -> str:
        others = f" ({quantity(self.many, 'such letter')})" if self.many > 1 else ""
        return f"{quote(self.word)} is UTF-8 that was read as CP1252 and saved again{others}"

    @property
    def hint(self) -> str:
        return f"it was {quote(mend(self.word))}: go back to the file as it was, and open it as UTF-8"


def may_be_mangled(text: str) -> bool:
    """Tell in passing that a text is not: most are long, and have none of the signs."""
    return "Ã" in text or "â€" in text


def find_mangled(text: str) -> Mangled | None:
    """Return the first word of a text whose letters are mangled; None where there is none."""
    if not may_be_mangled(text):
        return None
    first, many = None, 0
    for found in SIGN.finditer(text):
        first, many = first or found, many + 1
    return _word_at(text, first, many) if first else None


def first_mangled(records: Sequence[Sequence[str]]) -> tuple[int, int, Mangled] | None:
    """Return the record, the column and the mangled letters of the first cell that has any."""
    found = [
        (number, column, mangled)
        for number, record in enumerate(records)
        if may_be_mangled("\n".join(record))
        for column, cell in enumerate(record)
        if (mangled := find_mangled(cell))
    ]
    if not found:
        return None
    number, column, first = found[0]
    return number, column, replace(first, many=sum(mangled.many for _, _, mangled in found))


def mend(text: str) -> str:
    """Return a text as it was before."""
    for _ in range(MOST_TIMES):
        if not SIGN.search(text):
            break
        text = LETTER.sub(_letter, text)
    return text


def _letter(found: re.Match[str]) -> str:
    try:
        return bytes(BYTES[each] for each in found[0]).decode("utf-8")
    except UnicodeDecodeError:
        return found[0]


def _word_at(text: str, sign: re.Match[str], many: int) -> Mangled:
    around = text[max(sign.start() - LONGEST_WORD, 0) : sign.start()]
    start = sign.start() - len(SPACE.split(around)[-1])
    end = sign.end() + len(SPACE.split(text[sign.end() : sign.end() + LONGEST_WORD], maxsplit=1)[0])
    return Mangled(span=Span(start, end), word=text[start:end], many=many)
