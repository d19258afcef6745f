"""Names in a cell: of those whom a participant would like to be with."""

from __future__ import annotations

import re

from midtvejs.domain.formulas import restore
from midtvejs.domain.participants import fold
from midtvejs.domain.words import words_of_headings
from midtvejs.reading.forms.words import any_of, is_no_wish

SEPARATOR = re.compile(
    rf"[;/|&+\n\r]|(?<=\s)(?:{any_of(words_of_headings(lambda read: read.conjunctions))})(?=\s)",
    re.IGNORECASE,
)
"""What stands between names for certain. A comma may as well stand within one: "Lund, Bo"."""
BEFORE = re.compile(r"^(?:\d{1,2}[.):]|[-*•–])\s*")
"""What numbers the names of a list, or stands before each of them."""
EMAIL = re.compile(r"[^\s<>(),]+@[^\s<>(),]+")


def split_names(cell: str) -> tuple[str, ...]:
    """Return the names and emails in a cell, each once; those with only a comma between them as one.

    Of a name with its email, as programs for mail copy it, the email is returned.
    """
    if is_no_wish(fold(cell)):
        return ()
    parts = (BEFORE.sub("", " ".join(part.split())).strip(" .,") for part in SEPARATOR.split(restore(cell)))
    named = (email for part in parts if not is_no_wish(fold(part)) for email in _emails_or_name(part))
    return tuple(dict.fromkeys(named))


def _emails_or_name(part: str) -> list[str]:
    return EMAIL.findall(part) or [part]


def split_at_commas(name: str) -> list[str]:
    """Return what stands between commas."""
    return [part for part in (part.strip() for part in name.split(",")) if part]
