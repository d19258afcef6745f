"""Texts in a CSV file that a spreadsheet would take for formulas and run, whichever separator it splits at.

A spreadsheet splits a file at the separator of its own country: a cell of a comma file may be two in Denmark,
and then quotes in the middle of a cell are quotes no longer. So an apostrophe is put wherever a cell could
begin, and taken away when the cell is read (OWASP, "CSV Injection").
"""

from __future__ import annotations

import re

FORMULA_STARTS = ("-", "=", "+", "@", "\t", "\r", "\uff1d", "\uff0b", "\uff0d", "\uff20")
"""The last four are the wide signs of East Asia. They stand in a class of characters as they are."""
SEPARATORS = ",;|"
UNSEEN = r"\x00-\x08\x0e-\x1b\x1f\x7f-\x84\x86-\x9f\xad\u061c\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff"
"""Control characters and marks of the writing direction, which one program or another passes over."""
BREAKS = r"\t\r\n\v\f\x1c-\x1e\x85\u2028\u2029"
"""Behind any of these, or a separator, one program or another begins a cell."""
BEGIN = re.compile(
    rf"(?:\A|(?<=[{SEPARATORS}{BREAKS}]))((?:[\"{UNSEEN}]|[^\S{BREAKS}])*+)('*+)"
    rf"(?=[{''.join(FORMULA_STARTS)}])"
)
"""Where a formula could begin, behind quotes, spaces and what nobody sees, with the apostrophes before it."""


def neutralise(cell: str) -> str:
    """Put an apostrophe before each formula that could begin in a cell, also where one stands already."""
    return BEGIN.sub(r"\1\2'", cell)


def restore(cell: str) -> str:
    """Take away what ``neutralise`` has put in, or another program before what looks like a formula."""
    if "'" not in cell:
        return cell
    return BEGIN.sub(lambda begin: begin[1] + begin[2][1:], cell)
