"""Tables with a row for each participant and session, which says its rank or its rating: put together."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import TypeVar

from midtvejs.domain.diagnostic import Diagnostic, Severity
from midtvejs.domain.participants import fold
from midtvejs.domain.program import Program
from midtvejs.reading.codes import Fault
from midtvejs.reading.files.source import quote
from midtvejs.reading.files.table import Table, distinct
from midtvejs.reading.forms.direction import rated_number
from midtvejs.reading.forms.evidence import MOST_CELLS
from midtvejs.reading.forms.headings import Headings
from midtvejs.reading.forms.long import (
    Columns,
    Rounds,
    Rows,
    built,
    find_rounds,
    names_by_record,
    told_of_difference,
    told_of_two,
)
from midtvejs.reading.forms.options import DayOptions
from midtvejs.reading.forms.products import COLUMNS
from midtvejs.reading.forms.ratings import MOST_WORDS, may_rate
from midtvejs.reading.forms.words import is_no_wish, rank_of, role_of, tidy

T = TypeVar("T")


def put_ratings_together(table: Table, program: Program) -> tuple[Table | None, Diagnostic] | None:
    """Return a table with a row a participant, and what is told of that; or no table, and why not.

    None where it has no row for each participant and session: most have several, about different sessions of
    one round, and one more column says something of these. Else they may have answered several times.
    """
    if len(table.records) <= 2:
        return None
    options = DayOptions(program)
    headings = Headings(program, options)
    if any(each.round_id or each.label or each.rank for each in headings.all(table.records[0])):
        return None
    rounds = find_rounds(table, program, headings, options)
    beside = [
        index
        for index, heading in enumerate(table.records[0])
        if not (role_of(tidy(heading), program.groups) or tidy(heading) in COLUMNS)
        and not (rounds and index == rounds.column)
    ]
    named = [index for index in beside if _names_sessions(table, index, options)]
    rows = _rows(table, program, named[0], rounds, options) if len(named) == 1 and len(beside) > 1 else []
    value = _column_of_values(table, [index for index in beside if index not in named], rows)
    if value is None:
        return None
    place, heading = table.cell(0, named[0]), quote(table.records[0][named[0]].strip())
    apart = {named[0], value, rounds.column if rounds else value}
    columns: Columns = [
        (text, None, index) for index, text in enumerate(table.records[0]) if index not in apart
    ]
    for told in (
        told_of_two(table, named[0], rows),
        told_of_difference(table, columns, rows),
        _told_of_no_session(table, named[0], rows),
    ):
        if told:
            return None, told
    rated = {session for own in rows for session, _ in own}
    asked = [_called(block.id, each.code) for block in program.blocks for each in program.sessions_in(block)]
    columns += [(session, session, value) for session in asked if session in rated]
    message = f"the rows of each participant, one for each session under {heading}, are read as one"
    warning = Fault.ROW_A_ROUND.diagnostic(place, message, severity=Severity.WARNING)
    return built(table, columns, rows), warning


def _called(block: str, code: str) -> str:
    """Return the heading of a session's column."""
    return f"{block} [{code}]"


def _names_sessions(table: Table, column: int, options: DayOptions) -> bool:
    """Whether most cells of a column name a single session each."""
    if column >= len(table.records[1]):
        return False
    cells = sorted(distinct(table, [column]))[:MOST_CELLS]
    return 2 * sum(bool(options.rounds_of(cell.strip())) for cell in cells) > len(cells)


def _rows(table: Table, program: Program, column: int, rounds: Rounds | None, options: DayOptions) -> Rows:
    """Return the rows of each participant; none at all where it is not clear of which round one is, or whose.

    Nor are there any unless most participants have rows about different sessions of one round. Those of no
    session are left out.
    """
    name_of = names_by_record(table, program)
    found: dict[str, list[tuple[str, int]]] = defaultdict(list)
    compared: dict[str, set[tuple[str, str]]] = defaultdict(set)
    for number, record in enumerate(table.records[1:], start=1):
        session = record[column].strip() if column < len(record) else ""
        named = options.rounds_of(session)
        block = rounds.block(record) if rounds else _only(named)
        key = name_of(record)
        if not key or (named and not block):
            return []
        if block and (code := options.rounds[block].code(session)):
            found[key].append((_called(block, code), number))
        compared[key].add((block or "", fold(session)))
    several = sum(len({block for block, _ in own} - {""}) < len(own) > 1 for own in compared.values())
    return list(found.values()) if 2 * several > len(compared) else []


def _told_of_no_session(table: Table, column: int, rows: Rows) -> Diagnostic | None:
    """Say which row is about no session that there is; None where each is about one."""
    read = {number for own in rows for _, number in own}
    for number in range(1, len(table.records)):
        if number not in read:
            record = table.records[number]
            session = record[column].strip() if column < len(record) else ""
            message = f"{table.line_word} {table.line(number)} is about no session"
            if session:
                message += f" that there is here: {quote(session)}"
            hint = "write its code or its title as the program has it, or delete the line"
            return Fault.ROW_A_ROUND.diagnostic(table.cell(number, column), message, hint)
    return None


def _only(found: Sequence[T]) -> T | None:
    return found[0] if len(found) == 1 else None


def _column_of_values(table: Table, beside: Sequence[int], rows: Rows) -> int | None:
    """Return the one column that says something else of each session, in numbers or few words."""
    told = [index for index in beside if any(_varies(table, index, own) for own in rows)]
    cells = {index: [cell for cell in distinct(table, [index]) if cell.strip()] for index in told}
    sure = [index for index in told if all(map(_rates, cells[index]))]
    maybe = [index for index in told if len(cells[index]) <= MOST_WORDS]
    return _only(sure) if sure or len(rows) == 1 else _only(maybe)


def _varies(table: Table, column: int, own: Sequence[tuple[str, int]]) -> bool:
    records = (table.records[number] for _, number in own)
    return len({fold(record[column]) for record in records if column < len(record)}) > 1


def _rates(cell: str) -> bool:
    said = fold(cell)
    return bool(is_no_wish(said) or rank_of(said) or may_rate(cell)) or rated_number(said) is not None
