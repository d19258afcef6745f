"""What is to be read, written as a test spells it out."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest

from midtvejs.domain.answers import DEFAULT_OPTIONS, ReadOptions
from midtvejs.domain.diagnostic import Read
from midtvejs.domain.participants import Participant
from midtvejs.domain.program import Program
from midtvejs.reading.answers.preferences import Preferences, read_preferences, read_preferences_with_lines
from midtvejs.reading.program.build import read_program


@dataclass(frozen=True, slots=True, kw_only=True)
class Texts:
    """Files of a folder, each written with what is to be read from it."""

    folder: Path

    def program(self, content: str | bytes) -> Read[Program]:
        return read_program(self.saved("program.yaml", content))

    def participants(self, content: str | bytes, day: Program) -> Read[tuple[Participant, ...]]:
        return read_preferences(self.saved("prefs.csv", content), day)

    def answers(
        self, content: str | bytes, day: Program, options: ReadOptions = DEFAULT_OPTIONS
    ) -> Read[Preferences]:
        return read_preferences_with_lines(self.saved("prefs.csv", content), day, options)

    def saved(self, name: str, content: str | bytes) -> Path:
        path = self.folder / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode("utf-8", "surrogatepass"))
        return path


@pytest.fixture
def texts(tmp_path: Path) -> Texts:
    return Texts(folder=tmp_path)


def rows_of(head: str, *rows: str) -> str:
    """Return the text of a table, a row a line."""
    return "\n".join([head, *rows, ""])
