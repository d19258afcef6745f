"""What an assignment can be exported as: a format's name, and what gives its files."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from pathlib import Path
from typing import Protocol

from midtvejs.domain.assignment import Assignment
from midtvejs.views.exported import html, ics, schedule, tables, xlsx
from midtvejs.views.roster import Rosters

Files = Mapping[str, str | bytes]
"""What is to be written, by its path within the folder."""


class Export(Protocol):
    """Gives the files of one format; only those that name no participant where they are to be ``public``."""

    def __call__(self, rosters: Rosters, *, public: bool) -> Files: ...


FORMATS: Mapping[str, Export] = {
    "ics": ics.files,
    "xlsx": xlsx.files,
    "csv": tables.files,
    "html": html.files,
    "schedule": schedule.files,
}


def exported(assignment: Assignment, formats: Iterable[str] = FORMATS, *, public: bool = False) -> Files:
    """Give all the files of some formats. The same assignment gives the same bytes."""
    rosters = Rosters(assignment=assignment, room=None, round_id=None)
    files: dict[str, str | bytes] = {}
    for name in formats:
        files |= FORMATS[name](rosters, public=public)
    return files


def left_over(files: Collection[Path]) -> list[Path]:
    """Give what else is in the folders of calendars: those of participants who are there no more, perhaps."""
    folders = {path.parent for path in files if path.parent.name == ics.FOLDER}
    return sorted(path for folder in folders for path in folder.iterdir() if path not in files)
