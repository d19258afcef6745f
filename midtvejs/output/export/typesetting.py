"""Data into PDF by typst: the templates hold the markup, and what files say is never read as any."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Mapping, Sequence
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from midtvejs.errors import MidtvejsError
from midtvejs.output.screen import printable

if TYPE_CHECKING:
    from types import ModuleType

Data: TypeAlias = "str | bool | int | Sequence[Data] | Mapping[str, Data] | None"

TEMPLATES = Path(__file__).parent / "templates"
"""All that typst may read: a folder that holds nothing but templates."""

MUCH = 200_000
"""Characters of data; those of a few thousand people."""

LONG_WORD = re.compile(r"\S{13,}")
WIDEST_WORD = 13.0
"""How wide a word may be, in ems; a wider one would not fit into the narrowest column."""

FAMILIAR = "\u024f"
"""The last of the Latin letters, which the typefaces that come with typst have for certain."""

ZERO_WIDTH_SPACE, JOINER = "\u200b", "\u200d"

PROBE = b'#set document(title: "-", date: none)\n#set text(font: "Libertinus Serif")\n#sys.inputs.text'


class NoTypst(MidtvejsError):
    """PDFs are made by the package typst, and it is not installed."""


def typeset(template: str, data: Mapping[str, Data]) -> bytes:
    """Return the PDF of a template and its data; the same data give the same bytes.

    Only letters that no typeface of typst's own has, as Chinese ones, are looked for on the computer.

    Raises:
        NoTypst: typst is not installed.
    """
    typst = demand_typst()
    text = json.dumps(_make_printable(data), ensure_ascii=False).encode(errors="replace").decode()
    pdf: bytes = typst.compile(
        TEMPLATES / f"{template}.typ",
        root=TEMPLATES,
        sys_inputs={"data": text},
        ignore_system_fonts=_is_covered(typst, text),
    )
    if len(text) > MUCH:
        _forget(typst)
    return pdf


def demand_typst() -> ModuleType:
    """Return typst, the package.

    Raises:
        NoTypst: it is not installed.
    """
    try:
        import typst
    except ModuleNotFoundError:
        raise NoTypst from None
    return typst


def _forget(typst: ModuleType) -> None:
    """Let go of what was laid out, which typst keeps for ten compilations."""
    for _ in range(10):
        typst.compile(b"", root=TEMPLATES, ignore_system_fonts=True)


def _is_covered(typst: ModuleType, text: str) -> bool:
    """Whether the typefaces that typst brings have every letter."""
    rare = "".join(sorted(letter for letter in set(text) if letter > FAMILIAR))
    try:
        # Universal access demands of a PDF that no letter is missing.
        typst.compile(
            PROBE, root=TEMPLATES, sys_inputs={"text": rare}, pdf_standards="ua-1", ignore_system_fonts=True
        )
    except typst.TypstError:
        return False
    return True


def _make_printable(data: Data) -> Data:
    """Return the same data with every text as it can be set: no control characters, no endless words."""
    if isinstance(data, str):
        return LONG_WORD.sub(_breakable, printable(data))
    if isinstance(data, Mapping):
        return {key: _make_printable(value) for key, value in data.items()}
    if isinstance(data, Sequence):
        return [_make_printable(value) for value in data]
    return data


def _breakable(word: re.Match[str]) -> str:
    """Let a word that is too wide for a line go on in the next, at any letter."""
    if sum(map(_width, word[0])) <= WIDEST_WORD:
        return word[0]
    return "".join(
        f"{ZERO_WIDTH_SPACE}{letter}" if _may_part(before, letter) else letter
        for before, letter in pairwise(JOINER + word[0])
    )


def _may_part(before: str, letter: str) -> bool:
    """Whether two characters are two letters, rather than a letter and its accent, or one emoji."""
    return before != JOINER and unicodedata.category(letter) not in {"Mn", "Mc", "Me", "Cf", "Sk"}


def _width(letter: str) -> float:
    """Return about how wide a letter is, in ems."""
    if letter in "MW@mw%" or unicodedata.east_asian_width(letter) in {"W", "F"}:
        return 1.0
    return 0.75 if letter.isupper() else 0.5
