"""Tables as CSV text that spreadsheets open as it is meant, and never run."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import chain

from midtvejs.domain.formulas import FORMULA_STARTS, SEPARATORS, UNSEEN, neutralise
from midtvejs.domain.words import words_for
from midtvejs.output.choices import Csv

BYTE_ORDER_MARK = "\ufeff"
IN_QUOTES = {delimiter: re.compile(rf'["\r\n{delimiter}]') for delimiter in ",;"}
"""What a cell holds that stands in quotes."""
DELICATE = re.compile(
    rf"""[{"".join(FORMULA_STARTS)}"\n](?:(?<=["\r\n\t])|(?<=[\s{SEPARATORS}{UNSEEN}'].))"""
)
"""What a row holds if one of its cells is to be quoted, or neutralised elsewhere than where the row starts.

It begins with one of few characters, by which re finds the places to look at quickly.
"""


def separator_for(csv: Csv, language: str) -> str:
    """Return the separator at which the Excel splits that is to open a file; nothing where none is to."""
    if csv is Csv.PLAIN:
        return ""
    return words_for("da" if csv is Csv.DANISH_EXCEL else language).list_separator


def csv_text(header: Sequence[str], rows: Iterable[Sequence[str]], *, excel: str = "") -> str:
    """Write a table: commas and LF.

    Or a byte order mark, the separator and CRLF, where that is given at which the ``excel`` splits that
    opens it.
    """
    delimiter, end = (excel, "\r\n") if excel else (",", "\n")

    def line(cells: Sequence[str]) -> str:
        # Nearly every row is plain, and joined several times faster.
        plain = delimiter.join(cells)
        parted = plain.count(delimiter) < len(cells)
        if plain and parted and not plain.startswith(FORMULA_STARTS) and not DELICATE.search(plain):
            return plain
        return delimiter.join(_write_cell(cell, delimiter) for cell in cells) or '""'

    lines = (line(cells) + end for cells in chain([header], rows))
    return (BYTE_ORDER_MARK if excel else "") + "".join(lines)


def _write_cell(cell: str, delimiter: str) -> str:
    """Write a cell. One that was neutralised is quoted where any separator that is in use would part it."""
    safe = neutralise(cell)
    parted = safe != cell and any(separator in cell for separator in f"{SEPARATORS}\t")
    if parted or IN_QUOTES[delimiter].search(safe):
        return '"' + safe.replace('"', '""') + '"'
    return safe
