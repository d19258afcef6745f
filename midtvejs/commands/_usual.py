"""What the files of a day are usually called, and what their names end in."""

from __future__ import annotations

from pathlib import Path

DEFAULT_PROGRAM = Path("program.yaml")
DEFAULT_ASSIGNMENT = Path("assignment.csv")
PROGRAMS = (".yaml", ".yml")
TABLES = (".csv", ".xlsx", ".ods")


def seed_beside(save: Path | None) -> Path | None:
    """Return where a drawn seed is saved, as ``assignment-seed.txt``, beside an assignment that is a file."""
    return None if save is None or str(save) == "-" else save.with_name(f"{save.stem}-seed.txt")
