"""Texts in a CSV file that a spreadsheet would take for formulas and run, whichever separator it splits at.

A spreadsheet splits a file at the separator of its own country: a cell of a comma file may be two in Denmark,
and then quotes in the middle of a cell are quotes no longer. So an apostrophe is put wherever a cell could
begin, and taken away when the cell is read (OWASP, "CSV Injection").
"""

from __future__ import annotations

import re

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
BREAKS = r"\t\r\n\v\f\x1c-\x1e\x85\u2028\u2029"
"""Behind any of these, a comma or a semicolon, one program or another begins a cell."""
BEGIN = re.compile(rf"(?:\A|(?<=[,;{BREAKS}]))((?:\"|[^\S{BREAKS}])*+)('*+)(?=[-=+@\t\r])")
"""Where a formula could begin, behind quotes and spaces, with the apostrophes that stand before it."""


def neutralise(cell: str) -> str:
    """Put an apostrophe before each formula that could begin in a cell, also where one stands already."""
    return BEGIN.sub(r"\1\2'", cell)


def restore(cell: str) -> str:
    """Take away what ``neutralise`` has put in, or another program before what looks like a formula."""
    if "'" not in cell:
        return cell
    return BEGIN.sub(lambda begin: begin[1] + begin[2][1:], cell)
