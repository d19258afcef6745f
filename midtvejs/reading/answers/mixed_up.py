"""Wishes where an assignment is wanted, and an assignment where wishes are: both have the same columns."""

from __future__ import annotations

from collections.abc import Sequence

from midtvejs.domain.diagnostic import Faulty
from midtvejs.domain.participants import Participant, fold
from midtvejs.domain.program import Program
from midtvejs.domain.wording import typed
from midtvejs.reading.answers.people import People
from midtvejs.reading.answers.shapes import recognise_layout
from midtvejs.reading.answers.wishes import WISH
from midtvejs.reading.codes import Fault
from midtvejs.reading.files.table import Table

FEWEST_ROWS = 3
FEWEST_SEATED = 10
"""Participants who each have one session in each round; that many wishes are not alike by chance."""


def refuse_wishes(table: Table, program: Program) -> None:
    """Refuse wishes where an assignment is wanted, which the columns show.

    Raises:
        Faulty: the columns are those of wishes, and none is a round's.
    """
    reason = _why_wishes(table, program) if len(table.records) > 1 else ""
    if reason:
        file = typed([table.source.file])
        message = f"these are wishes, not an assignment: {reason}"
        hint = f"seat everybody first: midtvejs assign {file} --save assignment.csv"
        raise Faulty([Fault.OTHER_FILE.diagnostic(table.row(0), message, hint)])


def _why_wishes(table: Table, program: Program) -> str:
    """Say which columns of wishes there are, in a table that has no column of a round."""
    header = {fold(heading) for heading in table.records[0]}
    if header & {fold(round_.id) for round_ in program.rounds}:
        return ""
    lists = [block.id for block in program.lists if fold(block.id) in header]
    if lists:
        return f"it has the column {lists[0]}, which ranks sessions of several rounds"
    layout = recognise_layout(table, program)
    if layout and layout.rounds and not layout.doubts:
        return "it is an export of a form, with no column for a round's session"
    return ""


def refuse_assignment(table: Table, program: Program) -> None:
    """Refuse an assignment where wishes are wanted, which shows where rounds share a list.

    Raises:
        Faulty: the list has no column, but each of its rounds has, with one session in a cell.
    """
    headings = [fold(heading) for heading in table.records[0]] if table.records else []
    for block in program.lists:
        ids = [round_.id for round_ in program.rounds_in(block)]
        columns = [headings.index(fold(id_)) for id_ in ids if fold(id_) in headings]
        if fold(block.id) in headings or len(columns) < len(ids):
            continue
        cells = [row[column] for row in table.records[1:] for column in columns if column < len(row)]
        if len(table.records) > FEWEST_ROWS and all(len(WISH.findall(cell)) <= 1 for cell in cells):
            file = typed([table.source.file])
            message = f"this is an assignment, not wishes: {', '.join(ids)} have a session each, and no list"
            hint = f"print it: midtvejs rosters {file}; wishes are in one column for all of them: {block.id}"
            raise Faulty([Fault.OTHER_FILE.diagnostic(table.row(0), message, hint)])


def warn_of_assignment(people: People, participants: Sequence[Participant]) -> None:
    """Warn where everybody has just one session in each round, and all of them have seats there."""
    program = people.program
    if len(participants) < FEWEST_SEATED or len(program.asked) < 2:
        return
    taken: dict[str, int] = {}
    for person in participants:
        for block, wishes in zip(program.blocks, person.wishes, strict=True):
            round_ = program.rounds[block.rounds[0]]
            if not block.alone or len(wishes.codes) != person.attends(round_):
                return
            for code in wishes.codes:
                taken[code] = taken.get(code, 0) + (code != person.presents_in(round_))
    if any(seats > program.sessions[code].seats for code, seats in taken.items()):
        return
    message = "everybody has exactly one session in each round, with seats for all: as in an assignment"
    hint = f"if it is one, print it: midtvejs rosters {typed([people.file])}"
    people.faults.add(Fault.SEEMS_SEATED, people.table.row(0), message, hint)
