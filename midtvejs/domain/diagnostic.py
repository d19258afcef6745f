"""What is wrong in a file, and where: values, collected, never printed here."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Generic, TypeVar

from midtvejs.errors import MidtvejsError

T = TypeVar("T")


class Severity(StrEnum):
    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Place:
    """Where in a file: line and column count from 1, columns in characters.

    ``end_column`` is the column just behind what is meant (on the same line). ``source`` is that line as it
    stands in the file, without its line break; empty where the file has no such line. In a workbook
    ``sheet`` says which sheet it is, lines are its rows and columns its columns.
    """

    file: str
    line: int = 1
    column: int = 1
    end_column: int = 2
    source: str = ""
    sheet: str = ""

    def __str__(self) -> str:
        if self.sheet:
            return f"{self.file}, sheet {self.sheet}, cell {column_letters(self.column)}{self.line}"
        return f"{self.file}:{self.line}:{self.column}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Diagnostic:
    """One thing wrong in a file. ``code`` stays the same from release to release: people search by it.

    ``paste`` are lines that the hint asks to put into a file.
    """

    code: str
    place: Place
    message: str
    hint: str = ""
    severity: Severity = Severity.ERROR
    paste: tuple[str, ...] = ()


class Faulty(MidtvejsError):
    """A file has faults, so that there is no value to go on with. Carries every diagnostic, warnings too."""

    def __init__(self, diagnostics: Iterable[Diagnostic]) -> None:
        self.diagnostics = tuple(diagnostics)
        super().__init__(f"{len(self.diagnostics)} diagnostics")


@dataclass(frozen=True, slots=True, kw_only=True)
class Read(Generic[T]):
    """What a reader gives: a value, or None when a diagnostic is an error. Warnings stand beside a value."""

    value: T | None
    diagnostics: tuple[Diagnostic, ...] = ()

    def accepted(self) -> T:
        """Return the value.

        Raises:
            Faulty: there is none.
        """
        if self.value is None:
            raise Faulty(self.diagnostics)
        return self.value


def column_letters(number: int) -> str:
    """Return what a spreadsheet calls a column: A for 1, AA for 27."""
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def in_order(diagnostics: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
    """Order diagnostics as they stand in their files."""
    return tuple(sorted(diagnostics, key=lambda d: (d.place, d.code, d.message)))
