"""Ticked boxes, which a form writes into one cell as it writes a ranking: in the order of its own options."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache

from midtvejs.domain.participants import Wishes
from midtvejs.domain.program import Block
from midtvejs.reading.answers.people import People
from midtvejs.reading.codes import Fault
from midtvejs.reading.faults import Misread
from midtvejs.reading.files.source import quote

FEWEST = 3
"""So many cells that name several sessions, all in the order of the form, are no rankings."""

Read = Callable[[Sequence[str]], tuple[Wishes, tuple[tuple[int, Misread], ...]]]


def reads_ticks(people: People, block: Block, column: int, read: Read) -> Read:
    """Return what reads the cells of a column: as equal wishes where boxes were ticked, which is told.

    They were where each cell that names several sessions has them in the order of the form, and some cells
    do not have them all: who ranks leaves none out, or not always the same end. The program may say so, or
    that it is not so.
    """
    forms = people.program.forms
    if not people.forms or (forms and forms.ticks is False):
        return read
    if not (forms and forms.ticks):
        if not _are_in_order(people, block, column, read):
            return read
        message = f"the answers to {quote(people.table.records[0][column])} look like ticked boxes"
        hint = (
            "they count as equal wishes; if they are rankings, say so in the program: forms: {ticks: false}"
        )
        people.faults.add(Fault.TICKS, people.table.cell(0, column), message, hint)

    def equal(cells: Sequence[str]) -> tuple[Wishes, tuple[tuple[int, Misread], ...]]:
        wishes, faults = read(cells)
        return Wishes.of_tiers([wishes.codes] if wishes.codes else []), faults

    return equal


def _are_in_order(people: People, block: Block, column: int, read: Read) -> bool:
    order = {session.code: at for at, session in enumerate(people.program.sessions_in(block))}

    @cache
    def codes(cell: str) -> tuple[str, ...]:
        wishes, faults = read([cell])
        return () if faults else wishes.codes

    several, some_left_out = 0, False
    for row in people.table.records[1:]:
        cell = row[column] if column < len(row) else ""
        if ">" in cell:
            return False
        places = [order.get(code, -1) for code in codes(cell)]
        if places != sorted(places):
            return False
        several += len(places) > 1
        some_left_out = some_left_out or 0 < len(places) < len(order)
    return several >= FEWEST and some_left_out
