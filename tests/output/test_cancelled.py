"""Whoever looks for what the program says is cancelled finds that it is, in one word."""

from __future__ import annotations

from dataclasses import replace

import icalendar
import pytest

from midtvejs.domain.assignment import Assignment
from midtvejs.domain.program import Program
from midtvejs.output.export.html import index_html
from midtvejs.output.export.ics import program_ics
from midtvejs.output.export.papers import _sessions_held_in
from midtvejs.output.export.schedule import Schedule
from midtvejs.output.export.tables import session_table
from midtvejs.output.export.timetable import in_order
from midtvejs.output.pages.diagnostics import no_faults_page
from midtvejs.output.pages.show import day_page
from midtvejs.output.roster import Rosters
from tests.conferences import cancelled, one_list, person, program
from tests.picture import plain_text

DAY = program({"1A": 9, "1B": 9}, {"2A": 9, "2B": 9})
TWICE = one_list({"A": {1: 9, 2: 9}, "B": {1: 9, 2: 9}}, rounds=2)


def rosters(day: Program, *codes: str) -> Rosters:
    aase = person("Åse", *["" for _ in day.blocks])
    assignment = Assignment(program=day, participants=(aase,), days={aase.key: codes})
    return Rosters(assignment=assignment, room=None, round_id=None)
