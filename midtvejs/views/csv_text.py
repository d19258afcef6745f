"""Tables as CSV text that spreadsheets open as it is meant, and never run."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence

BYTE_ORDER_MARK = "\ufeff"
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


def neutralised(cell: str) -> str:
    """Put an apostrophe before what a spreadsheet would take for a formula and run."""
    return f"'{cell}" if cell.startswith(FORMULA_STARTS) else cell


def csv_text(header: Sequence[str], rows: Iterable[Sequence[str]], *, excel: bool = False) -> str:
    """Write a table: commas and LF, or, for a Danish Excel, a byte order mark, semicolons and CRLF."""
    line = csv.writer(_Line(), delimiter=";" if excel else ",", lineterminator="\r\n").writerow
    end = "\r\n" if excel else "\n"
    lines = [line([neutralised(cell) for cell in cells]) + end for cells in (header, *rows)]
    return (BYTE_ORDER_MARK if excel else "") + "".join(lines)


class _Line:
    """Hands a written row back without its line break.

    The writer is always told to end lines in CRLF, since before Python 3.13 it quotes only the line breaks
    that it is told of, and a lone CR in a cell would tear the row.
    """

    def write(self, row: str) -> str:
        return row.removesuffix("\r\n")
