"""Find the header of a table, wherever it stands: below a title, or in several rows."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from dataclasses import replace

from midtvejs.domain.diagnostic import Diagnostic
from midtvejs.domain.participants import fold
from midtvejs.domain.program import Program
from midtvejs.domain.roles import EMAIL as EMAIL_COLUMN
from midtvejs.domain.roles import NAME
from midtvejs.domain.words import LANGUAGES, words_for
from midtvejs.reading.codes import Fault
from midtvejs.reading.files.table import Table, drop_empty_columns
from midtvejs.reading.forms.evidence import Evidence
from midtvejs.reading.forms.heading_rows import below, goes_on, joined, without_import_ids
from midtvejs.reading.forms.options import DayOptions
from midtvejs.reading.forms.words import rank_of, role_of, tidy

IsHeader = Callable[[Table], bool]
"""Whether the first row of a table is its header for certain."""
MOST_ABOVE = 10
"""So many rows may be titles and the like."""
MOST_ROWS = 200
"""So many rows say whether one above them is their header."""


def find_header(
    table: Table, program: Program, is_header: IsHeader, *, certain: bool
) -> tuple[Table, Diagnostic] | None:
    """Return the table from its header on, and what is told of that.

    None where the header is the first row, as far as can be said; ``certain`` is whether that can be read.
    What is found wrong on the way is no fault of the file.
    """
    known = list(table.source.diagnostics)
    try:
        return _find(table, program, is_header, certain=certain)
    finally:
        table.source.diagnostics[:] = known


def _find(
    table: Table, program: Program, is_header: IsHeader, *, certain: bool
) -> tuple[Table, Diagnostic] | None:
    if found := without_import_ids(table, program):
        return _told_of_rows(table, found, len(table.records) - len(found.records))
    if certain:
        both = joined(table) if goes_on(table, program) else None
        return _told_of_rows(table, both) if both and is_header(_first_rows(both)) else None
    for number in range(min(MOST_ABOVE + 1, len(table.records) - 1)):
        rest = below(table, number)
        if not goes_on(rest, program):
            if number and is_header(_first_rows(rest)):
                return _told_of_title(rest)
            continue
        # A title may stand there as well as questions, of which there are several.
        titles, both = below(table, number + 1), joined(rest)
        for each in (titles, both) if sum(map(bool, map(str.strip, rest.records[0]))) < 2 else (both, titles):
            if is_header(_first_rows(each)):
                return _told_of_title(titles) if each is titles else _told_of_rows(rest, both)
    return _told_of_rows(table, joined(table)) if goes_on(table, program) else None


def _told_of_title(found: Table) -> tuple[Table, Diagnostic]:
    drop_empty_columns(found)
    message = f"the header stands in {found.line_word} {found.lines[0]}: what is above it is not read"
    return found, Fault.HEADER_BELOW.diagnostic(found.row(0), message)


def _first_rows(table: Table) -> Table:
    return replace(table, records=table.records[: MOST_ROWS + 1], lines=table.lines[: MOST_ROWS + 1])


def _told_of_rows(table: Table, found: Table, more: int = 1) -> tuple[Table, Diagnostic]:
    """Return what was found, and say of how many ``more`` rows the header is made."""
    word, (first, last) = table.line_word, (table.lines[0], table.lines[more])
    message = f"{word}s {first} {'to' if more > 1 else 'and'} {last} are read as one header"
    drop_empty_columns(found)
    return found, Fault.HEADING_ROWS.diagnostic(table.row(0), message)


def below_instructions(table: Table) -> Table:
    """Return the sheet that our own form fills, without what it says above its header; others as they are."""
    for language in LANGUAGES:
        told = words_for(language).form
        if fold(table.sheet) != fold(told.wishes_sheet):
            continue
        for number, record in enumerate(table.records[: MOST_ABOVE + 1]):
            if fold(record[0]) == fold(told.name):
                if not number:
                    break
                found = below(table, number)
                drop_empty_columns(found)
                return found
    return table


EMAIL = re.compile(r"[^\s@]+@[^\s@]+\.[^\s@]+")


def tell_of_no_header(table: Table, program: Program) -> Diagnostic | None:
    """Say that the first row is an answer, and propose a header; None where it may be one."""
    options = DayOptions(program)
    evidence = Evidence(table, options)
    header: list[str] = []
    ranked: Counter[str] = Counter()
    for index, cell in enumerate(table.records[0]):
        block = _round_of(cell, index, evidence, options)
        if role_of(tidy(cell)) or rank_of(tidy(cell)):
            return None
        if EMAIL.fullmatch(cell.strip()):
            header.append(EMAIL_COLUMN.name)
        elif block:
            ranked[block] += 1
            header.append(f"{block} {ranked[block]}")
        else:
            header.append("")
    if not any(header):
        return None
    if "" in header:
        header[header.index("")] = NAME.name
    alone = {f"{block} 1": block for block, columns in ranked.items() if columns == 1}
    proposed = (table.separator or ", ").join(alone.get(each, each) for each in header)
    message = f"there is no header: {table.line_word} {table.lines[0]} is an answer"
    hint = f"put a {table.line_word} above it that says what each column is, and correct it where it is wrong"
    return Fault.NO_HEADER.diagnostic(table.row(0), message, hint, paste=(proposed,))


def _round_of(cell: str, column: int, evidence: Evidence, options: DayOptions) -> str | None:
    """Return the one round of which a cell is a ranking, and what stands below it, too."""
    found = [id_ for id_, each in options.rounds.items() if cell.strip() and each.rankings(cell)]
    if evidence.values([column]):
        found = [id_ for id_ in found if id_ == evidence.round_ranked([column])]
    return found[0] if len(found) == 1 else None


def is_one_cell(table: Table) -> bool:
    """Whether each line was put into quotes as a whole, as happens on the way through a spreadsheet."""
    rows = table.records[:MOST_ROWS]
    return all(len(row) == 1 and any(mark in row[0] for mark in ",;\t") for row in rows)
