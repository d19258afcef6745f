"""A table as a sheet of a workbook: its headings stay in sight, it can be filtered, and it prints on A4."""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.worksheet import Worksheet

Cell = str | int

LITERALLY = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
"""How workbooks are written: text stays text, whatever it begins with."""
A4 = 9
"""Its number among the sizes of paper (ISO/IEC 29500-1, 18.3.1.63)."""
LONGEST_CELL = 32_767
NARROWEST, WIDEST = 7, 60
"""Columns, in letters."""
WIDEST_PAPER = 240
"""So many letters can be read on paper; of a wider table several sheets are printed, with names on each."""
ROWS_LOOKED_AT = 200
"""So many rows tell how wide a column has to be."""


def fill_sheet(
    book: Workbook,
    sheet: Worksheet,
    header: Sequence[str],
    rows: Sequence[Sequence[Cell]],
    *,
    names: int = 0,
) -> None:
    """Write a table; ``names`` counts the columns at the left that say whose row it is.

    Text is text, also what looks like a number or a date, and so is what is typed into its columns later.
    """
    heading = book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"})
    text = book.add_format({"num_format": "@"})
    last = max(1, len(rows))
    sheet.freeze_panes(1, names)
    sheet.autofilter(0, 0, last, len(header) - 1)
    sheet.ignore_errors({"number_stored_as_text": f"A1:XFD{last + 1}"})
    widths = [_width(header[index], [row[index] for row in rows]) for index in range(len(header))]
    fit_paper(sheet, names=names, across=ceil(sum(widths) / WIDEST_PAPER) if names else 1)
    for index, (head, width) in enumerate(zip(header, widths, strict=True)):
        counts = bool(rows) and all(isinstance(row[index], int) for row in rows)
        sheet.set_column(index, index, width, None if counts else text)
        sheet.write_string(0, index, head, heading)
    for number, row in enumerate(rows, start=1):
        for index, cell in enumerate(row):
            if isinstance(cell, int):
                sheet.write_number(number, index, cell)
            elif cell:
                sheet.write_string(number, index, cell[:LONGEST_CELL], text)


def fit_paper(sheet: Worksheet, *, header: int = 0, names: int = 0, across: int = 1) -> None:
    """Print on A4, landscape, so many sheets ``across``: with header, names, and page on each."""
    sheet.set_paper(A4)
    sheet.set_landscape()
    sheet.set_margins(left=0.4, right=0.4, top=0.4, bottom=0.6)
    sheet.set_footer("&L&A&R&P / &N")
    sheet.repeat_rows(header)
    if names:
        sheet.repeat_columns(0, names - 1)
    sheet.fit_to_pages(across, 0)


def _width(heading: str, cells: Sequence[Cell]) -> int:
    """Return how wide a column is, in letters."""
    shown = [len(str(cell)) for cell in cells[:ROWS_LOOKED_AT]]
    # The button of the filter stands beside the heading.
    return max(NARROWEST, min(WIDEST, max([len(heading) + 3, *shown]) + 1))
