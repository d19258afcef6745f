from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from midtvejs.domain.assignment import Assignment
from midtvejs.domain.participants import Participant
from midtvejs.output.choices import By
from midtvejs.output.pages.rosters import rosters_page
from tests.conferences import person, program
from tests.output.midsummer import seated
from tests.output.midsummer_with_rules import seated_by_rules
from tests.output.pictured import shown

FORMS = ["room", "participant", "organisation"]


@st.composite
def assignments(draw: st.DrawFn) -> Assignment:
    """People with short names of their own, somewhere in two rounds, some of them presenting."""
    count = draw(st.integers(min_value=0, max_value=40))
    seats = max(count, 1)
    day = program({"1A": seats, "1B": seats}, {"2A": seats, "2B": seats, "2C": seats})
    people: list[Participant] = []
    days: dict[str, tuple[str, ...]] = {}
    for number in range(count):
        first, second = draw(st.sampled_from(["1A", "1B"])), draw(st.sampled_from(["2A", "2B", "2C"]))
        presents = draw(st.sampled_from(["", "", "", first]))
        people.append(person(f"P{number:03}", "", "", presents=presents))
        days[people[-1].key] = (first, second)
    return Assignment(program=day, participants=tuple(people), days=days)


@given(assignments(), st.sampled_from([None, 25, 45, 60, 80, 120, 200]))
def test_everybody_is_on_one_roster_a_round(assignment: Assignment, width: int | None) -> None:
    text = shown(rosters_page(assignment), width)
    found = Counter(word for word in text.replace(",", " ").split() if word.startswith("P0"))
    assert found == {person.name: 2 for person in assignment.participants}


@given(assignments())
def test_a_line_of_a_roster_names_the_session(assignment: Assignment) -> None:
    lines = [line.split() for line in rosters_page(assignment).plain() if line.startswith("  ")]
    found = {(code, name.strip(",")) for code, name, *_ in lines if name != "(ingen)"}
    assert found == {
        (code, person.name) for person in assignment.participants for code in assignment.days[person.key]
    }


@given(assignments(), st.sampled_from(FORMS[1:]), st.sampled_from([None, 45, 80]))
def test_everybody_finds_their_day(assignment: Assignment, by: str, width: int | None) -> None:
    text = shown(rosters_page(assignment, by=By(by)), width)
    assert all(person.name in text for person in assignment.participants)
    codes = Counter(code for day in assignment.days.values() for code in day)
    found = Counter(word.strip(",") for word in text.split())
    # These conferences name their rooms and titles after the code.
    times = 3 if by == "participant" else 1
    assert {code: found[code] for code in codes} == {code: times * count for code, count in codes.items()}


@pytest.mark.parametrize("by", FORMS)
def test_only_what_is_asked_for(by: str) -> None:
    text = shown(rosters_page(seated(), by=By(by), room="panorama", round_id="s"), None)
    assert "S1" in text
    assert "Zacharias Dahl" in text
    assert not any(other in text for other in ("1A", "1B", "S2", "Kim Funk, Nordfyns", "Bo Ærø"))


@pytest.mark.parametrize("by", FORMS)
def test_a_room_that_is_not_there_gives_nothing(by: str) -> None:
    assert shown(rosters_page(seated(), by=By(by), room="Loftet"), None) == ""


def test_a_cancelled_session_is_in_no_room_if_its_room_was_open() -> None:
    assignment = seated_by_rules().with_rooms()
    for room in ("Panorama", "Fjordsalen", "Kælder [lukket]"):
        text = shown(rosters_page(assignment, room=room), None)
        assert "aflyst" not in text
        assert "1C" not in text
    assert "aflyst" in shown(rosters_page(assignment, round_id="R1"), None)


def test_who_is_not_there_is_told_of_in_the_rounds_that_are_asked_for() -> None:
    assignment = seated_by_rules("en").with_rooms()
    for by, sign in (("participant", "not attending"), ("organisation", "–")):
        for asked, name in (("R1", "[/b]"), ("S", "Zacharias Dahl")):
            lines = rosters_page(assignment, by=By(by), round_id=asked).plain()
            assert [name in line for line in lines if line.endswith(sign)] == [True]
    assert "not attending" not in shown(rosters_page(assignment, by=By.PARTICIPANT, room="Panorama"), None)
