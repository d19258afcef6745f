"""Find out what wrote a file of wishes, and which of its sheets and columns hold them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from midtvejs.domain.answers import Shape
from midtvejs.domain.diagnostic import Diagnostic, Faulty
from midtvejs.domain.participants import fold
from midtvejs.domain.program import Program
from midtvejs.domain.roles import ROLES, SURNAME, TIMESTAMP
from midtvejs.domain.wording import quantity
from midtvejs.reading.answers.people import People, form_people, people_of
from midtvejs.reading.codes import Fault
from midtvejs.reading.faults import Faults
from midtvejs.reading.files.source import quote
from midtvejs.reading.files.table import Table
from midtvejs.reading.forms.layout import Layout, Ranking
from midtvejs.reading.forms.products import NEVER_OURS
from midtvejs.reading.forms.recognise import Given, recognise
from midtvejs.reading.forms.suggest import find_given, section
from midtvejs.reading.forms.words import role_of, tidy

OURS = {role.name for role in ROLES.values() if role.of_our_own}


def recognise_shape(
    tables: Sequence[Table], program: Program, listed: People | None = None
) -> tuple[People, Layout]:
    """Find the table that holds the answers, and how to read it.

    Raises:
        Faulty: the file is empty that could be read, or it cannot be told what is what.
    """
    readable = [table for table in tables if table.records]
    if not readable:
        raise Faulty(tables[0].source.diagnostics)
    # A template that nobody filled in is no rival of the answers.
    readable = [table for table in readable if len(table.records) > 1] or readable
    if len(readable) == 1:
        return _read(readable[0], program, listed)
    layouts = [(table, recognise_layout(table, program)) for table in readable]
    holding = [
        (table, header)
        for table, layout in layouts
        if (header := _header(table, layout, program)) is not None
    ]
    if len(holding) > 1:
        raise Faulty([_several(holding)])
    if holding:
        return _read(holding[0][0], program, listed)
    most_alike = max(layouts, key=lambda each: _likeness(*each))
    return _read(most_alike[0], program, listed)


def _header(table: Table, layout: Layout | None, program: Program) -> int | None:
    """Return the record below which answers stand for certain; None where that cannot be said of any."""
    if layout is None or not layout.doubts:
        return 0
    return header_below(table, lambda rest: _has_header(rest, program))


def _several(holding: Sequence[tuple[Table, int]]) -> Diagnostic:
    names = ", ".join(
        f"{quote(table.sheet)} ({quantity(len(table.records) - 1 - header, 'row')})"
        for table, header in holding
    )
    first = holding[0][0]
    message = f"{len(holding)} sheets hold answers: {names}"
    hint = f"say which one: --sheet {quote(first.sheet)}"
    return Fault.SEVERAL_SHEETS.diagnostic(first.row(0), message, hint)


def _likeness(table: Table, layout: Layout | None) -> tuple[int, int]:
    found = len(layout.people) + len(layout.rounds) if layout else 0
    return found, len(table.records)


def recognise_layout(
    table: Table, program: Program, faults: Faults | None = None, listed: Table | None = None
) -> Layout | None:
    """Find out how to read a table; None where it is of our own shape."""
    header = {fold(heading) for heading in table.records[0]}
    asked = {fold(block.id) for block in program.asked}
    ids = {fold(block.id) for block in program.blocks}
    exported = {tidy(heading) for heading in table.records[0]} & NEVER_OURS
    ours_too = OURS | ids | set(map(fold, program.groups))
    roles = (role_of(tidy(heading), program.groups) for heading in table.records[0])
    parted = any(role and role[0] == SURNAME.name for role in roles)
    if (header >= {"name", *asked} and not (exported or parted)) or header - {""} <= ours_too:
        return None
    given = Given()
    if program.forms:
        given = find_given(table, program.forms, faults or Faults(table.source), listed)
    layout = recognise(table, program, given)
    # With its own headings among them, our own shape says best what is missing.
    ours = ids | {fold(round_.id) for round_ in program.rounds}
    return None if layout.doubts and header & ours and not (exported or given.columns) else layout


def _read(table: Table, program: Program, listed: People | None) -> tuple[People, Layout]:
    faults = Faults(table.source)
    layout = recognise_layout(table, program, faults, listed.table if listed else None)
    if layout is None:
        asked, ids = ([each.id for each in blocks] for blocks in (program.asked, program.blocks))
        unasked = [id_ for id_ in ids if id_ not in asked]
        people = people_of(table, program, asked, [TIMESTAMP.name, *unasked], listed)
        return people, Layout(
            shape=Shape.WIDE,
            written_by=Shape.WIDE,
            people={
                role: index for role, index in people.columns.items() if role in {*OURS, *program.groups}
            },
            rounds={id_: Ranking(column=people.columns[id_]) for id_ in ids if id_ in people.columns},
        )
    if (layout.doubts or layout.numbers) and not faults.fatal:
        _tell_of_doubts(table, program, layout, faults)
    if faults.fatal:
        raise Faulty(faults.diagnostics)
    for index in layout.unread:
        heading = table.records[0][index].strip()
        message = f"unknown column {quote(heading)} is not read" if heading else "a column without a heading"
        faults.add(Fault.UNKNOWN_COLUMN, table.cell(0, index), message)
    return form_people(table, program, layout, faults, listed), layout


def _tell_of_doubts(table: Table, program: Program, layout: Layout, faults: Faults) -> None:
    if is_one_cell(table):
        hint = "in Excel, split it with Data, Text to Columns; or take the file as the form gave it"
        faults.add(Fault.UNCLEAR_FORM, table.row(0), "each line is one cell in quotes", hint)
        return
    header = header_below(table, lambda rest: _has_header(rest, program)) if layout.doubts else None
    if header:
        line, word = table.lines[header], table.line_word
        message = f"the header seems to stand in {word} {line}"
        faults.add(Fault.UNCLEAR_FORM, table.row(header), message, f"delete the {word}s above it")
        return
    asked = {block.id for block in program.asked}
    ids = [block.id for block in program.blocks if block.id in asked or block.id in layout.rounds]
    untold = "which column is what" if layout.doubts else "what the numbers say"
    numbers = [layout.numbers.doubt] if layout.numbers else []
    message = f"it cannot be told {untold}: {'; '.join((*layout.doubts, *numbers))}"
    paste = tuple(section(table, layout, ids))
    hint = "put this into the program, and correct it"
    faults.add(Fault.UNCLEAR_FORM, table.row(0), message, hint, paste=paste)


def _has_header(table: Table, program: Program) -> bool:
    layout = recognise_layout(table, program)
    if layout:
        return not layout.doubts
    header = {fold(heading) for heading in table.records[0]}
    return "name" in header and bool(header & {fold(block.id) for block in program.blocks})


MOST_ABOVE = 10
"""So many rows may be titles and the like."""
MOST_ROWS = 200
"""So many rows say whether one above them is their header."""


def is_one_cell(table: Table) -> bool:
    """Whether each line was put into quotes as a whole, as happens on the way through a spreadsheet."""
    rows = table.records[:MOST_ROWS]
    return all(len(row) == 1 and any(mark in row[0] for mark in ",;\t") for row in rows)


def header_below(table: Table, is_header: Callable[[Table], bool]) -> int | None:
    """Return the record that is the header, where rows stand above it; None where there is none such.

    What ``is_header`` finds wrong on the way is no fault of the file.
    """
    faults = len(table.source.diagnostics)
    for number in range(1, min(MOST_ABOVE + 1, len(table.records) - 1)):
        rows = slice(number, number + MOST_ROWS)
        if is_header(replace(table, records=table.records[rows], lines=table.lines[rows])):
            del table.source.diagnostics[faults:]
            return number
    del table.source.diagnostics[faults:]
    return None
