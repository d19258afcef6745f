"""Cells whose formula failed: what a spreadsheet shows then is nobody's name, and no wish."""

from __future__ import annotations

import io
import re
import zipfile

from midtvejs.reading.forms.layout import Layout
from midtvejs.reading.people import People
from midtvejs.reading.people_faults import Fault
from midtvejs.reading.table import distinct

SHOWN = frozenset(
    {
        "#N/A",
        "#REF!",
        "#VALUE!",
        "#NAME?",
        "#DIV/0!",
        "#NUM!",
        "#NULL!",
        "#SPILL!",
        "#CALC!",
        "#GETTING_DATA",
        "#I/T",
        "#REFERENCE!",
        "#VÆRDI!",
        "#NAVN?",
        "#DIVISION/0!",
        "#NUL!",
        "#OVERLØB!",
    }
)
"""What Excel shows, in English and Danish."""
SHOWN_IN = re.compile("#(?:" + "|".join(re.escape(each[1:]) for each in sorted(SHOWN)) + ")")
CELL = re.compile(rb"""(<(?:[^\s<>/:]+:)?c\s(?:[^<>]*?\s)?t=)(["'])e\2""")


def with_failures_as_text(workbook: bytes) -> bytes:
    """Make the cells of a workbook whose formulas failed hold the text that they show.

    python-calamine gives such cells as empty ones.
    """
    made = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(workbook)) as parts,
        zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as changed,
    ):
        for name in dict.fromkeys(parts.namelist()):
            content = parts.read(name)
            if "worksheets/" in name.lower():
                content = CELL.sub(rb"\1\2str\2", content)
            changed.writestr(name, content)
    return made.getvalue()


def tell_of_failed_formulas(people: People, layout: Layout) -> None:
    """Report them in the columns that are read, once a column; below a round they are then left empty."""
    if not people.table.may_show(SHOWN_IN):
        return
    records = people.table.records
    rounds = {index for columns in layout.rounds.values() for index, _ in columns.uses("")}
    for column in sorted({*layout.people.values(), *rounds}):
        if SHOWN.isdisjoint(distinct(records[1:], [column])):
            continue
        numbers = [
            number
            for number, cells in enumerate(records)
            if number and column < len(cells) and cells[column] in SHOWN
        ]
        _tell(people, column, numbers)
        for number in numbers if column in rounds else ():
            records[number][column] = ""


def _tell(people: People, column: int, numbers: list[int]) -> None:
    shown = people.table.records[numbers[0]][column]
    more = f", and {len(numbers) - 1:,} more did: {people.where(numbers)}" if len(numbers) > 1 else ""
    message = f"the formula in this cell failed: it shows {shown}{more}"
    hint = "mend it, or write the value into the cell, and save the file anew"
    people.faults.add(Fault.FAILED_FORMULA, people.table.cell(numbers[0], column), message, hint)
