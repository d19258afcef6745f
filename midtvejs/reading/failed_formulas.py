"""Cells whose formula has no result: what stands there instead is nobody's name, and no wish."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from midtvejs.reading.forms.layout import Layout
from midtvejs.reading.people import People
from midtvejs.reading.people_faults import Fault
from midtvejs.reading.sheet_formulas import NOT_CALCULATED
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


def tell_of_failed_formulas(people: People, layout: Layout) -> None:
    """Report them in the columns that are read, once a column; below a round they are then left empty."""
    if not people.table.may_show(SHOWN_IN):
        return
    records = people.table.records
    rounds = {index for columns in layout.rounds.values() for index, _ in columns.uses("")}
    for column in sorted({*layout.people.values(), *rounds}):
        if (SHOWN | {NOT_CALCULATED}).isdisjoint(distinct(records[1:], [column])):
            continue
        failed = _showing(SHOWN, records, column)
        not_calculated = _showing({NOT_CALCULATED}, records, column)
        _tell_of_failed(people, column, failed)
        _tell_of_not_calculated(people, column, not_calculated)
        for number in [*failed, *not_calculated] if column in rounds else ():
            records[number][column] = ""


def _showing(texts: Collection[str], records: Sequence[Sequence[str]], column: int) -> list[int]:
    return [
        number
        for number, cells in enumerate(records)
        if number and column < len(cells) and cells[column] in texts
    ]


def _tell_of_failed(people: People, column: int, numbers: list[int]) -> None:
    if not numbers:
        return
    shown = people.table.records[numbers[0]][column]
    more = f", and {len(numbers) - 1:,} more did: {people.where(numbers)}" if len(numbers) > 1 else ""
    message = f"the formula in this cell failed: it shows {shown}{more}"
    hint = "mend it, or write the value into the cell, and save the file anew"
    people.faults.add(Fault.FAILED_FORMULA, people.table.cell(numbers[0], column), message, hint)


def _tell_of_not_calculated(people: People, column: int, numbers: list[int]) -> None:
    if not numbers:
        return
    more = f", nor were {len(numbers) - 1:,} more: {people.where(numbers)}" if len(numbers) > 1 else ""
    message = f"the formula in this cell was never calculated{more}"
    hint = "open the file in Excel, and save it anew: what the cell shows then is read"
    people.faults.add(Fault.FAILED_FORMULA, people.table.cell(numbers[0], column), message, hint)
