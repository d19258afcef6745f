"""What the files of a day are usually called, and what their names end in."""

from __future__ import annotations

from pathlib import Path

DEFAULT_PROGRAM = Path("program.yaml")
DEFAULT_ASSIGNMENT = Path("assignment.csv")
PROGRAMS = (".yaml", ".yml")
TABLES = (".csv", ".xlsx", ".ods")
