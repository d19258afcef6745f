"""Find out what wrote a file of wishes, and which of its sheets and columns hold them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import chain

from midtvejs.domain.answers import Shape
from midtvejs.domain.diagnostic import Diagnostic, Faulty
from midtvejs.domain.participants import fold
from midtvejs.domain.program import Program
from midtvejs.domain.roles import ROLES, SURNAME, TIMESTAMP, WITH
from midtvejs.domain.wording import quantity
from midtvejs.reading.answers.header import (
    below_instructions,
    find_header,
    is_one_cell,
    tell_of_no_header,
)
from midtvejs.reading.answers.people import People, form_people, people_of
from midtvejs.reading.codes import Fault
from midtvejs.reading.faults import Faults
from midtvejs.reading.files.sheets import SheetsTable, together
from midtvejs.reading.files.source import quote
from midtvejs.reading.files.table import Table
from midtvejs.reading.forms.layout import Layout, Ranking
from midtvejs.reading.forms.long import put_rows_together
from midtvejs.reading.forms.long_ratings import put_ratings_together
from midtvejs.reading.forms.products import NEVER_OURS
from midtvejs.reading.forms.recognise import Given, recognise
from midtvejs.reading.forms.suggest import find_given, rated_in_words, rated_words, section
from midtvejs.reading.forms.words import role_of, tidy

NAMES = ["name", "surname"]
OURS = {role.name for role in ROLES.values() if role.of_our_own}


def recognise_shape(
    tables: Sequence[Table],
    program: Program,
    listed: People | None = None,
    *,
    all_of_them: bool = False,
) -> tuple[People, Layout]:
    """Find the table that holds the answers, and how to read it; sheets that are alike are one table.

    They are, too, where the coordinator named ``all_of_them``, as long as they have the same columns.

    Raises:
        Faulty: the file is empty that could be read, or it cannot be told what is what.
    """
    readable = [below_instructions(table) for table in tables if table.records]
    if not readable:
        raise Faulty(tables[0].source.diagnostics)
    # A template that nobody filled in is no rival of the answers.
    known = listed.table if listed else None
    found = [_understand(table, program, known) for table in readable if len(table.records) > 1]
    found = found or [_understand(table, program, known) for table in readable]
    holding = [each for each in found if each.certain]
    if not holding and not any(map(_names_people, found)):
        holding = _not_filled_in(readable, program, known)
    if len(found) > 1 and all_of_them:
        return _read(_put_together(found, program, known, named=True), program, listed)
    if len(holding) > 1:
        return _read(_put_together(holding, program, known), program, listed)
    return _read(holding[0] if holding else max(found, key=_likeness), program, listed)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Understood:
    """A table from its header on, and how to read it: a layout of None is our own shape.

    ``told`` is what there is to tell of it, whatever its layout; where it has a row for each participant and
    round that cannot be put together, that is its ``fault``.
    """

    table: Table
    layout: Layout | None
    faults: Faults
    told: Sequence[Diagnostic] = ()
    fault: Diagnostic | None = None

    @property
    def certain(self) -> bool:
        return self.fault is None and (self.layout is None or not self.layout.doubts)


def _names_people(found: _Understood) -> bool:
    return any(role_of(tidy(heading)) for heading in found.table.records[0])


def _not_filled_in(tables: Sequence[Table], program: Program, listed: Table | None) -> list[_Understood]:
    """Return a form without any answer, as ours is before it is filled in, beside a sheet of sessions."""
    headers = (table for table in tables if len(table.records) == 1)
    understood = (_understand(table, program, listed) for table in headers)
    return [each for each in understood if each.certain][:1]


def _understand(table: Table, program: Program, listed: Table | None) -> _Understood:
    """Find the header of a table, and its layout."""
    before = list(table.source.diagnostics)
    faults = Faults(table.source)
    layout = recognise_layout(table, program, faults, listed)
    found = find_header(
        table,
        program,
        lambda rest: _has_header(rest, program),
        certain=layout is None or not layout.doubts,
    )
    if found:
        table, told = found
        before.append(told)
        table.source.diagnostics[:] = before
        faults = Faults(table.source)
        layout = recognise_layout(table, program, faults, listed)
    understood = _Understood(table=table, layout=layout, faults=faults, told=before)
    return _put_rounds_together(understood, program, listed)


def _put_rounds_together(found: _Understood, program: Program, listed: Table | None) -> _Understood:
    """Read a row for each participant and round, or session, as a row a participant, where there are such."""
    made = put_ratings_together(found.table, program) or put_rows_together(found.table, program)
    if made is None:
        return found
    table, told = made
    if table is None:
        return replace(found, fault=told)
    diagnostics = [*found.told, told]
    table.source.diagnostics[:] = diagnostics
    faults = Faults(table.source)
    layout = recognise_layout(table, program, faults, listed)
    return _Understood(table=table, layout=layout, faults=faults, told=diagnostics)


def _put_together(
    found: Sequence[_Understood], program: Program, listed: Table | None, *, named: bool = False
) -> _Understood:
    """Read sheets as one table.

    Raises:
        Faulty: they have different columns, or nobody has said that they are to be read together, and
            some people are in several of them.
    """
    tables = [each.table for each in found]
    hint = f"name those that are to be read: {' '.join(f'--sheet {quote(each.sheet)}' for each in tables)}"
    table = sheets_together([(each.table, each.layout) for each in found], hint, named=named)
    if table is None:
        raise Faulty([_several(tables)])
    told = [*chain.from_iterable(each.told for each in found), *table.source.diagnostics]
    table.source.diagnostics[:] = told
    faults = Faults(table.source)
    layout = recognise_layout(table, program, faults, listed)
    understood = _Understood(table=table, layout=layout, faults=faults, told=told)
    return _put_rounds_together(understood, program, listed)


def sheets_together(
    found: Sequence[tuple[Table, Layout | None]], hint: str = "", *, named: bool = False
) -> SheetsTable | None:
    """Return sheets as one table, which tells so unless they are ``named``.

    None where they have different columns, or where they are not named and have people in common.
    """
    tables = [table for table, _ in found]
    table = together(tables)
    people = [keys_in(*each) for each in found]
    if table is None or not (named or len(set().union(*people)) == sum(map(len, people))):
        return None
    if not named:
        message = f"{len(tables)} sheets are read as one table: {_names_of(tables)}"
        table.source.diagnostics.append(Fault.SHEETS_TOGETHER.diagnostic(table.row(0), message, hint))
    return table


def keys_in(table: Table, layout: Layout | None) -> set[str]:
    """Return by what the people of a table are known: emails, and names where there are none."""
    columns = layout.people if layout else {fold(each): at for at, each in enumerate(table.records[0])}
    emails, names = ([columns[role] for role in roles if role in columns] for roles in (["email"], NAMES))
    said = (
        [fold(" ".join(record[at] for at in those if at < len(record))) for those in (emails, names)]
        for record in table.records[1:]
    )
    return {email if "@" in email else name for email, name in said} - {""}


def _several(tables: Sequence[Table]) -> Diagnostic:
    first = tables[0]
    message = f"{len(tables)} sheets hold answers: {_names_of(tables)}"
    hint = f"say which one: --sheet {quote(first.sheet)}; several of the same columns may be named"
    return Fault.SEVERAL_SHEETS.diagnostic(first.row(0), message, hint)


def _names_of(tables: Sequence[Table]) -> str:
    return ", ".join(f"{quote(table.sheet)} ({quantity(len(table.records) - 1, 'row')})" for table in tables)


def _likeness(each: _Understood) -> tuple[int, int]:
    found = len(each.layout.people) + len(each.layout.rounds) if each.layout else 0
    return found, len(each.table.records)


def recognise_layout(
    table: Table, program: Program, faults: Faults | None = None, listed: Table | None = None
) -> Layout | None:
    """Find out how to read a table; None where it is of our own shape."""
    header = {fold(heading) for heading in table.records[0]}
    asked = {fold(block.id) for block in program.asked}
    ids = {fold(block.id) for block in program.blocks}
    exported = {tidy(heading) for heading in table.records[0]} & NEVER_OURS
    roles = (role_of(tidy(heading), program.groups) for heading in table.records[0])
    parted = any(role and role[0] == SURNAME.name for role in roles)
    ours_alone = header - {""} <= OURS | ids | set(map(fold, program.groups)) and not table.headless()
    if (header >= {"name", *asked} and not (exported or parted)) or ours_alone:
        return None
    given = Given()
    if program.forms:
        given = find_given(table, program.forms, faults or Faults(table.source), listed)
    layout = recognise(table, program, given)
    # With its own headings among them, our own shape says best what is missing.
    ours = ids | {fold(round_.id) for round_ in program.rounds}
    if layout.doubts and header & ours and not (exported or given.columns or table.headless()):
        return None
    return layout


def _read(found: _Understood, program: Program, listed: People | None) -> tuple[People, Layout]:
    if found.fault:
        raise Faulty([*found.told, found.fault])
    table, layout, faults = found.table, found.layout, found.faults
    if layout is None:
        asked, ids = ([each.id for each in blocks] for blocks in (program.asked, program.blocks))
        unasked = [id_ for id_ in ids if id_ not in asked]
        people = people_of(table, program, asked, [WITH.name, TIMESTAMP.name, *unasked], listed)
        return people, Layout(
            shape=Shape.WIDE,
            written_by=Shape.WIDE,
            people={
                role: index for role, index in people.columns.items() if role in {*OURS, *program.groups}
            },
            rounds={id_: Ranking(column=people.columns[id_]) for id_ in ids if id_ in people.columns},
        )
    if (layout.doubts or layout.numbers or layout.words_asked) and not faults.fatal:
        _tell_of_doubts(table, program, layout, faults)
    if faults.fatal:
        raise Faulty(faults.diagnostics)
    for id_, columns in layout.rounds.items():
        for index, _ in columns.uses(id_):
            if not table.records[0][index].strip():
                message = f"the column without a heading is read as {id_}"
                faults.add(Fault.UNKNOWN_COLUMN, table.cell(0, index), message)
    _tell_of_words(table, layout, faults)
    for index in (each for each in layout.unread if each not in table.made):
        heading = table.records[0][index].strip()
        message = f"unknown column {quote(heading)} is not read" if heading else "a column without a heading"
        faults.add(Fault.UNKNOWN_COLUMN, table.cell(0, index), message)
    return form_people(table, program, layout, faults, listed), layout


def _tell_of_words(table: Table, layout: Layout, faults: Faults) -> None:
    """Tell what the words below sessions were read as, once for the same words."""
    told = set()
    for each in layout.words.values():
        if each.words not in told:
            told.add(each.words)
            place = table.cell(0, each.column)
            if each.ticks:
                faults.add(Fault.TICKS, place, "what is ticked below sessions counts as equal wishes")
                continue
            message = f"words below sessions are read as {rated_in_words(each.words)}"
            section = f"forms: {{{rated_words(each.words)}}}"
            hint = (
                f"if they mean something else, say so in the program: {section}" if each.words.tiers else ""
            )
            faults.add(Fault.RATED_WORDS, place, message, hint)


def _tell_of_doubts(table: Table, program: Program, layout: Layout, faults: Faults) -> None:
    if is_one_cell(table):
        hint = "in Excel, split it with Data, Text to Columns; or take the file as the form gave it"
        faults.add(Fault.UNCLEAR_FORM, table.row(0), "each line is one cell in quotes", hint)
        return
    if not layout.people and (missing := tell_of_no_header(table, program)):
        table.source.diagnostics.append(missing)
        return
    asked = {block.id for block in program.asked}
    ids = [block.id for block in program.blocks if block.id in asked or block.id in layout.rounds]
    untold = "the numbers" if layout.numbers else "the words"
    untold = "which column is what" if layout.doubts else f"what {untold} say"
    words = [layout.words_asked.doubt] if layout.words_asked else []
    numbers = [layout.numbers.doubt] if layout.numbers else []
    headless = [table.column(index) for index in table.headless()] if layout.doubts else []
    bare = [f"{', '.join(headless)} {'has' if len(headless) == 1 else 'have'} no heading"] if headless else []
    message = f"it cannot be told {untold}: {'; '.join((*layout.doubts, *bare, *numbers, *words))}"
    paste = tuple(section(table, layout, ids))
    hint = "put this into the program, and correct it"
    if words and not (layout.doubts or layout.numbers):
        hint = "correct what is misspelt; or put this into the program, the words in order, the best first"
    if headless:
        hint = f"write a heading above {' and '.join(headless)}, and what is still unclear into the program"
    faults.add(Fault.UNCLEAR_FORM, table.row(0), message, hint, paste=paste)


def _has_header(table: Table, program: Program) -> bool:
    layout = recognise_layout(table, program)
    if layout:
        return not layout.doubts
    header = {fold(heading) for heading in table.records[0]}
    return "name" in header and bool(header & {fold(block.id) for block in program.blocks})
