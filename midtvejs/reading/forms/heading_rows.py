"""Where the header stands in several rows: questions and below them their options, or codes above texts."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from midtvejs.domain.participants import fold
from midtvejs.domain.program import Program
from midtvejs.reading.files.table import Table
from midtvejs.reading.forms.options import DayOptions
from midtvejs.reading.forms.words import rank_of, role_of, tidy

IMPORT_ID = re.compile(r'\s*\{\s*"ImportId"\s*:.*\}\s*', re.DOTALL)
"""What Qualtrics writes into each cell below its headings."""
QUALTRICS = {
    "startdate": "start date",
    "enddate": "end date",
    "status": "response type",
    "ipaddress": "ip address",
    "progress": "progress",
    "duration (in seconds)": "duration (in seconds)",
    "finished": "finished",
    "recordeddate": "recorded date",
    "responseid": "response id",
}
"""By its code what it writes below a column of its own."""
LEAST_CODES = 2
MOST_HEADINGS = 3
BEHIND_A_HYPHEN = re.compile(r"(?P<question>.*\S)\s+[-–—]\s+(?P<option>\S.*)", re.DOTALL)
ANSWERS = frozenset(
    {
        *("response", "open-ended response", "svar", "åbent svar", "åpent svar", "öppet svar"),
        *("antwort", "offene antwort", "réponse", "réponse ouverte"),
    }
)
"""What SurveyMonkey writes below a question that has no options."""


def without_import_ids(table: Table, program: Program) -> Table | None:
    """Return a table of Qualtrics with its texts as the header; None where it is none.

    The row of ids may have been deleted: then texts below the codes of its own columns tell.
    """
    if len(table.records) > 1 and _are_codes_and_texts(*table.records[:2]):
        with_ids = len(table.records) > 2 and _are_import_ids(table.records[2])
        return _with_texts(table, program, 2 if with_ids else 1)
    for number, record in enumerate(table.records[:MOST_HEADINGS]):
        if number and _are_import_ids(record):
            return _with_texts(table, program, number, number - 1)
    return None


def _are_import_ids(record: Sequence[str]) -> bool:
    said = [cell for cell in record if cell.strip()]
    return bool(said) and all(map(IMPORT_ID.fullmatch, said))


def _are_codes_and_texts(codes: Sequence[str], texts: Sequence[str]) -> bool:
    """Whether columns that Qualtrics adds have their code above their text, and none has anything else."""
    below = [text for code, text in zip(codes, texts, strict=False) if tidy(code) in QUALTRICS]
    return len(below) >= LEAST_CODES and all(tidy(text) in QUALTRICS.values() for text in below)


def _with_texts(table: Table, program: Program, number: int, texts: int = 1) -> Table:
    """Return the table below record ``number``, with the texts of another as its header."""
    filled = _filled(table.records[texts], table.records[0])
    options = DayOptions(program)
    return below(table, number, [_in_brackets(text, options) for text in filled])


def goes_on(table: Table, program: Program) -> bool:
    """Whether the second row is no answer, but goes on where the first has empty cells."""
    if len(table.records) <= 2:
        return False
    first, second = table.records[:2]
    first = [*first, *[""] * (len(second) - len(first))]
    said = [index for index, cell in enumerate(second) if cell.strip() and fold(cell) not in ANSWERS]
    hanging = [index for index in said if not first[index].strip()]
    if not hanging:
        return not said
    known = {
        index for index in said if role_of(tidy(second[index])) or fold(second[index]) == fold(first[index])
    }
    heads = {index - 1 for index in hanging if index and not role_of(tidy(first[index - 1]))}
    if not {*hanging, *heads, *known}.issuperset(said):
        return False
    options = DayOptions(program)
    return any(_says_what(tidy(second[index]), options) for index in hanging)


def _says_what(heading: str, options: DayOptions) -> bool:
    return bool(role_of(heading) or rank_of(heading) or options.rounds_of(heading))


def joined(table: Table) -> Table:
    """Return the table with its first two rows as one header."""
    return below(table, 1, list(_join(*table.records[:2])))


def _join(first: Sequence[str], second: Sequence[str]) -> Iterator[str]:
    """Put the rows of one header together, column by column; a question goes on over empty cells."""
    question = ""
    for index in range(max(len(first), len(second))):
        above, under = (row[index] if index < len(row) else "" for row in (first, second))
        question = above if above.strip() else question
        if not under.strip() or fold(under) in ANSWERS or fold(under) == fold(above):
            yield above
        elif not question.strip() or (role_of(tidy(under)) and not role_of(tidy(above))):
            yield under
        else:
            yield f"{question.strip()} [{under.strip()}]"


def below(table: Table, number: int, header: list[str] | None = None) -> Table:
    """Return the table whose header stands in record ``number``, or is put together from those down to it."""
    top = 0 if header else number
    records = table.records[number:]
    if header:
        records[0] = header
    return replace(
        table,
        records=records,
        lines=[table.lines[top], *table.lines[number + 1 :]],
    )


def _filled(row: Sequence[str], other: Sequence[str]) -> list[str]:
    """Return a row, and in its empty cells what another has."""
    width = max(len(row), len(other))
    cells = ([*each, *[""] * (width - len(each))] for each in (row, other))
    return [one if one.strip() else another for one, another in zip(*cells, strict=True)]


def _in_brackets(text: str, options: DayOptions) -> str:
    """Return ``Question [Option]`` for ``Question - Option``."""
    found = BEHIND_A_HYPHEN.fullmatch(text)
    if found and (options.rounds_of(found["option"]) or rank_of(tidy(found["option"]))):
        return f"{found['question']} [{found['option'].strip()}]"
    return text
