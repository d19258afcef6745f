"""What participants read: times, and names in the order of letters of their language."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections.abc import Callable
from functools import lru_cache

from midtvejs.domain.participants import fold
from midtvejs.domain.words import words_for


def clock(time: dt.time) -> str:
    return f"{time:%H:%M}"


def span(start: dt.time, end: dt.time) -> str:
    """Return ``10:30–11:00``."""
    return f"{clock(start)}–{clock(end)}"


AFTER_Z = "{|}"
"""In ASCII these follow z: the last letters of a language are compared as them."""
MARKS = re.compile(r"[^a-z0-9{|}]+")

SortKey = tuple[str, str, str]


@lru_cache
def sort_key(language: str) -> Callable[[str], SortKey]:
    """Return the key that orders names as a reader of ``language`` expects, whatever the computer's locale.

    Danish: æ, ø, å after z, and aa where å stands. In each language case and accents matter only between
    texts that are otherwise the same, words are compared one by one, and marks between letters part words.
    """
    letters = words_for(language).letters
    last = {letter: AFTER_Z[at] for at, alike in enumerate(letters.last) for letter in alike}
    single = {letter: read for letter, read in letters.read_as.items() if len(letter) == 1}
    several = [pair for pair in letters.read_as.items() if len(pair[0]) > 1]
    table = str.maketrans(single | last)

    def key(text: str) -> SortKey:
        plain = read = fold(text)
        for pair in several:
            read = read.replace(*pair)
        return _bare(read.translate(table)), plain, text

    return key


def _bare(text: str) -> str:
    """Return the words of a folded text, without accents and marks; nearly all names are plain by now."""
    if text.isascii():
        return MARKS.sub(" ", text).strip()
    letters = (letter for letter in unicodedata.normalize("NFD", text) if not unicodedata.combining(letter))
    return " ".join("".join(x if x.isalnum() or x in AFTER_Z else " " for x in letters).split())
