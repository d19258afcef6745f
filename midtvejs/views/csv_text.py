"""Tables as CSV text that spreadsheets open as it is meant, and never run."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Sequence

BYTE_ORDER_MARK = "\ufeff"
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
DELICATE = re.compile(r'"|\r|\n|,[-=+@\t]|;[-=+@\t]')
"""What is in a row if one of its cells is to be quoted, or one but the first is to be neutralised.

Each way begins with one character, by which re finds the places to look at quickly.
"""


def neutralised(cell: str) -> str:
    """Put an apostrophe before what a spreadsheet would take for a formula and run."""
    return f"'{cell}" if cell.startswith(FORMULA_STARTS) else cell


def csv_text(header: Sequence[str], rows: Iterable[Sequence[str]], *, excel: bool = False) -> str:
    """Write a table: commas and LF, or, for a Danish Excel, a byte order mark, semicolons and CRLF."""
    delimiter, end = (";", "\r\n") if excel else (",", "\n")
    careful = csv.writer(_Line(), delimiter=delimiter, lineterminator="\r\n").writerow

    def line(cells: Sequence[str]) -> str:
        # Nearly every row is plain, and joined several times faster.
        plain = delimiter.join(cells)
        parted = plain.count(delimiter) < len(cells)
        if plain and parted and not plain.startswith(FORMULA_STARTS) and not DELICATE.search(plain):
            return plain
        written: str = careful([neutralised(cell) for cell in cells])
        return written

    lines = [line(cells) + end for cells in (header, *rows)]
    return (BYTE_ORDER_MARK if excel else "") + "".join(lines)


class _Line:
    """Hands a written row back without its line break.

    The writer is always told to end lines in CRLF, since before Python 3.13 it quotes only the line breaks
    that it is told of, and a lone CR in a cell would tear the row.
    """

    def write(self, row: str) -> str:
        return row.removesuffix("\r\n")
