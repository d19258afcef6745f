"""Whoever looks for what the program says is cancelled finds that it is, in one word."""

from __future__ import annotations

import pytest
from icalendar import Calendar

from midtvejs.domain.assignment import Assignment
from midtvejs.domain.program import Program
from midtvejs.output.export.html import index_html
from midtvejs.output.export.ics import files
from midtvejs.output.export.schedule import Schedule
from midtvejs.output.export.tables import session_table
from midtvejs.output.export.wanted import Wanted
from midtvejs.output.pages.diagnostics import no_faults_page
from midtvejs.output.pages.show import day_page
from midtvejs.output.roster import Rosters
from tests.conferences import cancelled, one_list, person, program

DAY = program({"1A": 9, "1B": 9}, {"2A": 9, "2B": 9})
WITHOUT_1B = cancelled(DAY, "1B")
TWICE = one_list({"A": {1: 9, 2: 9}, "B": {1: 9, 2: 9}, "C": {1: 9, 2: 9}}, rounds=2)
A_ONCE = cancelled(TWICE, "A", round_id="R1")


def rosters(day: Program, *codes: str) -> Rosters:
    aase = person("Åse", *("" for _ in day.blocks))
    assignment = Assignment(program=day, participants=(aase,), days={aase.key: codes})
    return Rosters(assignment=assignment, room=None, round_id=None)


def program_ics(day: Program, *codes: str) -> str:
    text = files(rosters(day, *codes), Wanted(public=True))["program.ics"]()
    assert isinstance(text, str)
    return text


def entries(day: Program, *codes: str) -> dict[str, tuple[str, str]]:
    """The uid of each entry of the public calendar, with what it is called and its status."""
    calendar = Calendar.from_ical(program_ics(day, *codes))
    return {
        str(entry["UID"]): (str(entry["SUMMARY"]), str(entry.get("STATUS", "")))
        for entry in calendar.walk("VEVENT")
    }


@pytest.mark.parametrize(
    ("before", "after", "codes", "changed"),
    [
        (DAY, WITHOUT_1B, ("1A", "2A"), {("Aflyst: 1B Foredrag 1B", "CANCELLED")}),
        (TWICE, A_ONCE, ("B", "A"), {("Aflyst: A Foredrag A", "CANCELLED")}),
        (TWICE, cancelled(TWICE, "A"), ("B", "C"), {("Aflyst: A Foredrag A", "CANCELLED")}),
    ],
)
def test_the_public_calendar_cancels_what_stood_in_it(
    before: Program, after: Program, codes: tuple[str, ...], changed: set[tuple[str, str]]
) -> None:
    old, new = entries(before, *codes), entries(after, *codes)
    # What is held keeps its identity, and so has what is not: it is put in the place of the first.
    assert old.keys() == new.keys()
    assert {new[uid] for uid in old if old[uid] != new[uid]} == changed


def test_apps_know_again_what_is_held_once_more() -> None:
    def numbers(day: Program) -> dict[tuple[str, str], int]:
        talks = Schedule(rosters=rosters(day, "B", "A")).talks
        return {(talk.track, talk.code): talk.number for talk in talks}

    before, after = numbers(TWICE), numbers(A_ONCE)
    assert before.keys() - after.keys() == {("Runde 1", "A")}
    assert after.items() <= before.items()


def test_the_page_strikes_it_out_and_names_no_room() -> None:
    page = index_html(rosters(WITHOUT_1B, "1A", "2A"), public=True)
    (item,) = (line for line in page.splitlines() if 'class="cancelled"' in line)
    assert "Foredrag 1B" in item
    assert "aflyst" in item
    assert "Lokale 1B" not in page


def test_the_table_of_sessions_has_it_in_its_round() -> None:
    rows = session_table(rosters(WITHOUT_1B, "1A", "2A")).rows
    assert [(row[3], row[-1]) for row in rows] == [("1A", ""), ("1B", "aflyst"), ("2A", ""), ("2B", "")]


def test_show_has_it_in_its_round() -> None:
    lines = list(day_page(WITHOUT_1B).plain())
    at = lines.index("  1B Foredrag 1B")
    assert lines[at + 1] == "    aflyst"
    assert lines.index("  1A Foredrag 1A") < at < lines.index("  2A Foredrag 2A")


def test_validate_counts_it() -> None:
    (line,) = no_faults_page("program.yaml", WITHOUT_1B).plain()
    assert "2 rounds, 3 sessions, 1 cancelled, 4 rooms" in line
    (line, *_) = no_faults_page("program.yaml", A_ONCE).plain()
    assert "3 sessions, 1 cancelled in some rounds" in line
    (line, *_) = no_faults_page("program.yaml", cancelled(TWICE, "A")).plain()
    assert "2 sessions, 1 cancelled, " in line


def test_where_nothing_is_cancelled_nothing_is_said() -> None:
    assert "CANCELLED" not in program_ics(DAY, "1A", "2A")
    assert "cancelled" not in "".join(no_faults_page("program.yaml", DAY).plain())
