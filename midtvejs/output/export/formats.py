"""What an assignment can be exported as: a format's name, and what gives its files."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from pathlib import Path
from typing import Protocol

from midtvejs.domain.assignment import Assignment
from midtvejs.output.export import eml, html, ics, papers, schedule, tables, xlsx
from midtvejs.output.export.sent import FOLDER as CALENDARS
from midtvejs.output.export.wanted import ALL_OF_IT, Making, Wanted
from midtvejs.output.roster import Rosters


class Export(Protocol):
    """Gives the files of one format; only those that name no participant where they are to be ``public``."""

    def __call__(self, rosters: Rosters, wanted: Wanted) -> Making: ...


FORMATS: Mapping[str, Export] = {
    "pdf": papers.files,
    "ics": ics.files,
    "xlsx": xlsx.files,
    "csv": tables.files,
    "html": html.files,
    "schedule": schedule.files,
    "eml": eml.files,
}

BY_DEFAULT = tuple(name for name in FORMATS if name != "eml")
"""The formats that are made where none is named; mails are, for those who mean to send them."""

HANDED_OUT = ("pdf", "ics", "csv", "eml")
"""The formats of which there is a part for each participant or room; the others are of the whole day."""


def making(
    assignment: Assignment, formats: Collection[str] = BY_DEFAULT, wanted: Wanted = ALL_OF_IT
) -> Making:
    """Return the files of some formats in the order in which to make them. The same gives the same bytes.

    Raises:
        NoTypst: PDFs are among them, and typst is not installed.
    """
    rosters = Rosters(assignment=assignment, room=None, round_id=None)
    files: dict[str, Callable[[], str | bytes]] = {}
    # PDFs take by far the most memory: whatever else is made after them would take its own on top of it.
    for name in sorted(formats, key=lambda name: name == "pdf"):
        files |= FORMATS[name](rosters, wanted)
    return files


def find_left_over(files: Collection[Path]) -> list[Path]:
    """Return what else is in the folders of calendars and mails: perhaps those of participants who left."""
    above = {folder for path in files for folder in list(path.parents)[:2]}
    folders = {folder for folder in above if folder.name in {CALENDARS, eml.FOLDER}}
    made = {*files, *(path.parent for path in files)}
    inside = [path for path in made if path.parent in folders and path not in files]
    return sorted(path for folder in (*folders, *inside) for path in folder.iterdir() if path not in made)
