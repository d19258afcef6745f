"""Wishes that something else parts than ``>``, ``;`` or ``,``: read where their order is certain."""

from __future__ import annotations

import re
from collections.abc import Callable

CodeOf = Callable[[str], str | None]

NUMBER = re.compile(r"(?:^|[\s,;>]+)([0-9]{1,2})[.):]\s+")
"""What a numbered list has before each item."""
IN_ORDER = re.compile(r"\s*(?:[\r\n]+|→|->|\b(?:dernæst|derefter|deretter|then)\b)\s*", re.IGNORECASE)
IN_ANY_ORDER = re.compile(r"\s*[/|+&]\s*|\s+(?:og|and|und|samt|eller|or|oder)\s+|\s+", re.IGNORECASE)
LONGEST = 200


def codes_in_order(cell: str, code_of: CodeOf) -> list[str]:
    """Return the codes of a numbered list, of lines, or of arrows; nothing if the cell is none of these."""
    if len(cell) > LONGEST:
        return []
    before, *found = NUMBER.split(cell.strip())
    numbers, items = [int(number) for number in found[::2]], [item.strip(" ,;>\r\n") for item in found[1::2]]
    if items and not before and sorted(numbers) == list(range(1, len(numbers) + 1)):
        return _all_known([item for _, item in sorted(zip(numbers, items, strict=True))], code_of)
    parts = IN_ORDER.split(cell.strip())
    return _all_known(parts, code_of) if len(parts) > 1 else []


def codes_in_any_order(text: str, code_of: CodeOf) -> list[str]:
    """Return the codes of a text that does not say which of them is wished more; nothing if it has no two."""
    parts = IN_ANY_ORDER.split(text.strip()) if len(text) <= LONGEST else []
    return _all_known(parts, code_of) if len(parts) > 1 else []


def _all_known(parts: list[str], code_of: CodeOf) -> list[str]:
    """Return the codes of all parts; nothing if one of them is none, or comes again."""
    codes = [code for part in parts if (code := code_of(part))]
    return codes if len(codes) == len(parts) == len(set(codes)) else []
