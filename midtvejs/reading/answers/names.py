"""The names in a file of people as they stand there, to be offered while one is typed."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from midtvejs.domain.diagnostic import Faulty
from midtvejs.domain.roles import EMAIL, NAME
from midtvejs.reading.files.records import Records
from midtvejs.reading.files.tables import read_tables
from midtvejs.reading.forms.words import role_of, tidy

MOST_BYTES = 4_000_000
"""A larger file takes longer to read than anyone waits for a name."""
MOST_ABOVE = 10
"""So many rows may stand above the header."""


def read_names(path: Path) -> list[str]:
    """Return what each participant is called for certain: the name, or the email where others have the name.

    Nothing of what is no file of people, or cannot be read.
    """
    try:
        if not path.is_file() or path.stat().st_size > MOST_BYTES:
            return []
        tables = read_tables(path)
    except (OSError, Faulty):
        return []
    people = [person for table in tables for person in _people(table.records)]
    times = Counter(name.casefold() for name, _ in dict.fromkeys(people))
    called = (name if times[name.casefold()] == 1 else email for name, email in people)
    return list(dict.fromkeys(filter(None, called)))


def _people(records: Records) -> list[tuple[str, str]]:
    """Return names and emails below the first row that heads a column of names."""
    for number, record in enumerate(records[:MOST_ABOVE]):
        columns: dict[str, int] = {}
        for index, cell in enumerate(record):
            if role := role_of(tidy(cell)):
                columns.setdefault(role[0], index)
        if NAME.name in columns:
            rows = records[number + 1 :]
            return [(_cell(row, columns.get(NAME.name)), _cell(row, columns.get(EMAIL.name))) for row in rows]
    return []


def _cell(row: list[str], column: int | None) -> str:
    return " ".join(row[column].split()) if column is not None and column < len(row) else ""
