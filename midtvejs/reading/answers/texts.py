"""What the records of a table say in its columns of people, tidied a column at a time."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from midtvejs.domain.formulas import restore
from midtvejs.domain.roles import EMAIL, NAME, SURNAME, TEXTS, WITH
from midtvejs.reading.files.records import CROWD, Records

BETWEEN = "\0"
"""Stands between cells that are looked at together; it is no white space."""


@dataclass(frozen=True, slots=True)
class Texts:
    """By the number of a record: names and emails, empty where there is no such column, and further columns.

    ``named`` is whom they would like to be with, as it stands in the cell.
    """

    names: Sequence[str]
    emails: Sequence[str]
    surnames: Sequence[str] | None
    named: Sequence[str] | None
    fields: tuple[tuple[str, Sequence[str]], ...]
    groups: tuple[tuple[str, Sequence[str]], ...]

    @classmethod
    def of(cls, records: Records, columns: Mapping[str, int], groups: Sequence[str]) -> Texts:
        """Take the columns, by their names, out of a table whose people are in some ``groups``."""
        found = {name: tidied(records.column(columns[name])) for name in _read(groups) if name in columns}
        nothing = ("",) * len(records)
        return cls(
            names=found.get(NAME.name, nothing),
            emails=found.get(EMAIL.name, nothing),
            surnames=found.get(SURNAME.name),
            named=records.column(columns[WITH.name]) if WITH.name in columns else None,
            fields=tuple((name, found[name]) for name in TEXTS if name in found),
            groups=tuple((group, found[group]) for group in groups if group in found),
        )

    def about(self, number: int) -> dict[str, Any]:
        """Return the fields of a participant that are what their cells say."""
        texts: dict[str, Any] = {name: column[number] for name, column in self.fields}
        if self.groups:
            said = ((group, column[number]) for group, column in self.groups)
            texts["traits"] = tuple((group, value) for group, value in said if value)
        return texts


def _read(groups: Sequence[str]) -> Sequence[str]:
    return (NAME.name, EMAIL.name, SURNAME.name, *TEXTS, *groups)


def tidied(cells: Sequence[str]) -> Sequence[str]:
    """Return cells as ``tidy_cell`` does each. Most are tidy, which can be told of thousands at once."""
    parts = [cells[begin : begin + CROWD] for begin in range(0, len(cells), CROWD)]
    if all(map(_are_tidy, parts)):
        return cells
    return [cell for part in parts for cell in (part if _are_tidy(part) else map(tidy_cell, part))]


def _are_tidy(cells: Sequence[str]) -> bool:
    text = BETWEEN.join(cells)
    ends_well = f" {BETWEEN}" not in text and f"{BETWEEN} " not in text
    return "'" not in text and ends_well and " ".join(text.split()) == text


def tidy_cell(cell: str) -> str:
    """Strip, collapse white space, and drop apostrophes that keep a spreadsheet from running the cell."""
    tidy = " ".join((restore(cell) if "'" in cell else cell).split())
    # What is tidy already is kept once, not twice.
    return cell if tidy == cell else tidy
