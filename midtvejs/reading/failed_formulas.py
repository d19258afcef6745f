"""Cells whose formula has no result: what stands there instead is nobody's name, and no wish."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from midtvejs.domain.words import read_in_any
from midtvejs.reading.codes import Fault
from midtvejs.reading.forms.layout import Layout
from midtvejs.reading.people import People
from midtvejs.reading.sheet_formulas import NOT_CALCULATED
from midtvejs.reading.table import distinct

SHOWN = frozenset(read_in_any(lambda read: read.failed_formulas))
"""What Excel shows, in the language of whoever saved the file."""
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
        if failed:
            what = f"failed: it shows {records[failed[0]][column]}"
            _tell(
                people,
                column,
                failed,
                what,
                "mend it, or write the value into the cell, and save the file anew",
            )
        not_calculated = _showing({NOT_CALCULATED}, records, column)
        if not_calculated:
            hint = "open the file in Excel, and save it anew: what the cell shows then is read"
            _tell(people, column, not_calculated, "was never calculated", hint)
        for number in [*failed, *not_calculated] if column in rounds else ():
            records[number][column] = ""


def _showing(texts: Collection[str], records: Sequence[Sequence[str]], column: int) -> list[int]:
    return [
        number
        for number, cells in enumerate(records)
        if number and column < len(cells) and cells[column] in texts
    ]


def _tell(people: People, column: int, numbers: list[int], what: str, hint: str) -> None:
    more = f"; {len(numbers) - 1:,} more like it: {people.where(numbers)}" if len(numbers) > 1 else ""
    message = f"the formula in this cell {what}{more}"
    people.faults.add(Fault.FAILED_FORMULA, people.table.cell(numbers[0], column), message, hint)
