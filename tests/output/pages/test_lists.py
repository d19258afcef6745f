"""What pages show of a day with one list for several rounds, sessions held again, an agenda, and two days."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from midtvejs.auditing.audit import audit
from midtvejs.domain.assignment import Assignment
from midtvejs.domain.fairness import Status
from midtvejs.domain.participants import Participant
from midtvejs.output.choices import By
from midtvejs.output.pages.assign import list_decisions, summary_page
from midtvejs.output.pages.check import check_json, check_page
from midtvejs.output.pages.day import own_day_page
from midtvejs.output.pages.rosters import rosters_page
from midtvejs.output.pages.show import day_page
from midtvejs.output.screen import Page
from midtvejs.output.tables.assignment_json import assignment_json
from tests.conferences import one_list
from tests.conferences import person as who
from tests.output.pictured import check_picture, shown
from tests.output.workshops import CELLAR, ONLINE, STAGES, checked, seated, workshops

WIDTHS = (None, 60, 80, 120)


def person(assignment: Assignment, name: str) -> Participant:
    return next(each for each in assignment.participants if each.name == name)


def pages() -> dict[str, Page]:
    assignment = seated()
    return {
        "day": day_page(workshops()),
        "check": check_page(checked()),
        "rosters": rosters_page(assignment),
        "participants": rosters_page(assignment, by=By.PARTICIPANT),
        "organisations": rosters_page(assignment, by=By.ORGANISATION),
        "summary": summary_page(assignment, STAGES, Status.OPTIMAL),
        "own-day": own_day_page(assignment, person(assignment, "Bo Ærø")),
    }


def test_the_day_that_is_looked_at_is_lawful() -> None:
    assignment = seated()
    assert audit(assignment, assignment.participants).lawful
    assert assignment.profile.criteria[STAGES[0].criterion] == STAGES[0].value
    assert assignment.profile.criteria[STAGES[1].criterion] == STAGES[1].value


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("name", pages())
def test_the_page(name: str, width: int | None) -> None:
    check_picture(f"workshops-{name}", pages()[name], width)


@pytest.mark.parametrize("language", ["en", "nb"])
def test_the_day_in_another_language(language: str) -> None:
    check_picture(f"workshops-day-{language}", day_page(workshops(language)), 80)


@pytest.mark.parametrize("name", pages())
def test_what_tells_sittings_apart_is_never_seen(name: str) -> None:
    assert all("@" not in shown(pages()[name], width) for width in (None, 30, 80))


def test_a_sitting_that_goes_on_has_one_roster_headed_with_its_rounds() -> None:
    text = shown(rosters_page(seated()), None)
    assert text.count("D Byg et køleskab") == 1
    assert "Runde 2, Runde 3 · 10:00–11:45 · Værkstedet" in text


def test_of_a_round_there_are_the_rosters_of_all_that_is_on_in_it() -> None:
    text = shown(rosters_page(seated(), round_id="r3"), None)
    assert [line for line in text.splitlines() if line[:2] in {"A ", "B ", "C ", "D ", "E "}] == [
        "D Byg et køleskab af træ fra en ålekvase",
        "C Jurist med løsøre",
        "A Sygeplejerske på nattevagt",
    ]
    people = shown(rosters_page(seated(), by=By.ORGANISATION, round_id="R3"), None).splitlines()
    assert "Ærø Kommune: Bo Ærø: R3 D" in people


def test_of_a_room_there_are_the_rosters_of_each_time_that_something_is_on_in_it() -> None:
    text = shown(rosters_page(seated(), room="ærøsalen"), None)
    assert text.count("A Sygeplejerske på nattevagt") == 3
    alone = shown(rosters_page(seated(), room="ærøsalen", round_id="R2"), None)
    assert alone.splitlines()[-1] == "  A  Åse Berg, Vejle Kommune"


def test_a_day_shows_what_goes_on_once_with_its_whole_time() -> None:
    assignment = seated()
    lines = shown(own_day_page(assignment, person(assignment, "Bo Ærø")), None).splitlines()
    assert [line for line in lines if "D Byg" in line] == [
        "10:00–11:45 Værkstedet: D Byg et køleskab af træ fra en ålekvase"
    ]


def test_what_is_on_for_everybody_stands_where_it_is_on() -> None:
    assignment = seated()
    lines = shown(own_day_page(assignment, person(assignment, "Bo Ærø")), None).splitlines()
    thursday = lines.index("torsdag den 11. marts 2027")
    assert lines[thursday + 1] == "08:30–09:00 Ærøsalen: Morgensang"
    assert lines.index("12:00–12:45 Kælderen: Frokost") < thursday < lines.index("11:45–12:30 Frokost")


def test_nothing_is_on_for_whoever_is_away_all_day() -> None:
    assignment = seated()
    lines = shown(own_day_page(assignment, person(assignment, "Egon Å")), None).splitlines()
    assert "12:00–12:45 Kælderen: Frokost" in lines
    assert lines[lines.index("torsdag den 11. marts 2027") + 1 :] == [
        "09:00–09:45 Samtalesaloner: deltager ikke",
        "13:00–13:45 Samling: deltager ikke",
        "14:00 slutter",
    ]


def test_where_a_room_without_limit_is_still_open_nobody_reads_a_number() -> None:
    day = workshops()
    first = day.rounds[0]
    open_ = replace(first.sessions[0], rooms=(ONLINE, CELLAR))
    program = replace(day, rounds=(replace(first, sessions=(open_, *first.sessions[1:])), *day.rounds[1:]))
    text = shown(day_page(program), None)
    assert "lokale vælges ved fordelingen (plads til alle)" in text
    assert "0000" not in text


@pytest.mark.parametrize("width", [None, 20, 80])
def test_what_is_on_for_everybody_is_shown_as_it_stands(width: int | None) -> None:
    assignment = seated()
    item = replace(assignment.program.agenda[0], title="[b]\x1b[31m", room="\r[/b]")
    evil = replace(assignment, program=replace(assignment.program, agenda=(item,)))
    # Shown checks that nothing steers the terminal.
    assert "[b] [31m" in shown(day_page(evil.program), width)
    assert "[b] [31m" in shown(own_day_page(evil, evil.participants[0]), width)


def test_a_regret_that_is_the_programs_own_is_told_with_the_wishes_that_run_in_one_round() -> None:
    assignment = seated()
    fie = person(assignment, "Fie Aa")
    alone = replace(assignment, participants=(fie,))
    text = shown(summary_page(alone, (), Status.OPTIMAL), None)
    assert "Of the total 2, 2 are the program's own: wishes that run in the same round." in text
    assert (
        "Fie Aa: R1 A (3rd wish, without D), R3 C (4th wish, without D); "
        "E and D run in the same round, which alone costs 2"
    ) in text
    aase = replace(assignment, participants=(person(assignment, "Åse Berg"),))
    assert "program's own" not in shown(summary_page(aase, (), Status.OPTIMAL), None)


def test_three_wishes_of_which_any_two_could_be_had_do_not_fit_into_one_day() -> None:
    day = one_list({"A": {1: 1, 3: 1}, "D": {1: 1}, "E": {3: 1}, "C": {2: 1, 3: 1}}, rounds=3)
    day = replace(day, event=replace(day.event, language="en"))
    cai = who("Cai", "A > E > D")
    alone = Assignment(program=day, participants=(cai,), days={cai.key: ("A", "C", "E")})
    text = shown(summary_page(alone, (), Status.OPTIMAL), None)
    assert "Of the total 1, 1 is the program's own: wishes that run in the same round." in text
    assert (
        "Cai: R2 C (not listed, without D); A, E and D do not fit into one day, which alone costs 1" in text
    )


def test_a_time_that_is_cancelled_is_told_with_its_round() -> None:
    assignment = seated()
    rounds = list(assignment.program.rounds)
    droppable = replace(rounds[1].sessions[0], least=3, may_be_cancelled=True)
    rounds[1] = replace(rounds[1], sessions=(droppable, *rounds[1].sessions[1:]))
    program = replace(assignment.program, rounds=tuple(rounds))
    people = tuple(each for each in assignment.participants if each.name != "Åse Berg")
    days = {each.key: assignment.days[each.key] for each in people}
    dropped = Assignment(program=program, participants=people, days=days)
    assert dropped.cancelled == {"A@R2"}
    assert dict(list_decisions(dropped))["Cancelled"] == [
        "A Sygeplejerske på nattevagt in R2: fewer than 3 would come"
    ]
    text = shown(summary_page(dropped, (), Status.OPTIMAL), None)
    assert "A Sygeplejerske på nattevagt: 4 of 8 seats taken" in text
    assert "  A in R2, Ærøsalen: cancelled" in text
    assert "aflyst" in shown(rosters_page(dropped, round_id="R2"), None)
    assert "aflyst" not in shown(rosters_page(dropped, round_id="R1"), None)


def test_as_json_each_time_that_a_session_is_held_has_its_round() -> None:
    thing = json.loads(assignment_json(seated(), STAGES, Status.OPTIMAL))
    keys = [(each["code"], each.get("round"), each["taken"]) for each in thing["sessions"]]
    assert keys[:4] == [("A", "R1", 2), ("B", None, 2), ("C", "R1", 2), ("A", "R2", 1)]
    by_code = {each["code"]: each for each in thing["sessions"]}
    assert by_code["D"]["through"] == ["R2", "R3"]
    assert by_code["E"]["seats"] is None
    assert "through" not in by_code["A"]
    bo = next(each for each in thing["participants"] if each["name"] == "Bo Ærø")
    assert bo["sessions"] == {"R1": "B", "R2": "D", "R3": "D", "S": "S1", "P": "P1"}


def test_as_json_rounds_with_one_list_are_checked_together() -> None:
    block, salons, _ = json.loads(check_json(checked()))["rounds"]
    assert (block["id"], block["rounds"], block["participants"]) == ("wishes", ["R1", "R2", "R3"], 7)
    nurse, _, lawyer, *_ = block["sessions"]
    assert (nurse["times"], nurse["room"], nurse["seats"]) == (3, "Ærøsalen", 12)
    assert (lawyer["times"], lawyer["seats"], lawyer["first_wishes"]) == (2, None, 3)
    assert "rounds" not in salons
    assert "times" not in salons["sessions"][0]
