"""Days to export."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import replace

from midtvejs.domain.assignment import Assignment
from midtvejs.output.export.formats import making
from midtvejs.output.export.wanted import Wanted
from midtvejs.output.roster import Rosters
from tests.output.midsummer_with_rules import seated_by_rules


def ruled(language: str = "da") -> Assignment:
    """Two people miss a round each, 1C is cancelled, and rooms were chosen."""
    return seated_by_rules(language).with_rooms()


def texts(assignment: Assignment, name: str, *, public: bool = False) -> Mapping[str, str]:
    """The files of one format, all of which are text."""
    made = {path: make() for path, make in making(assignment, [name], Wanted(public=public)).items()}
    return {path: content for path, content in made.items() if isinstance(content, str)}


def rosters_of(assignment: Assignment) -> Rosters:
    return Rosters(assignment=assignment, room=None, round_id=None)


def on(assignment: Assignment, date: dt.date, timezone: str = "Europe/Copenhagen") -> Assignment:
    """The same assignment on another date, in another place."""
    event = replace(assignment.program.event, date=date, timezone=timezone)
    return replace(assignment, program=replace(assignment.program, event=event))


def renamed(assignment: Assignment, key: str, name: str) -> Assignment:
    """The same assignment with another name for somebody who has an email."""
    people = (replace(each, name=name) if each.key == key else each for each in assignment.participants)
    return replace(assignment, participants=tuple(people))
