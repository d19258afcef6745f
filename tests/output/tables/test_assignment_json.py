from __future__ import annotations

import json
from dataclasses import replace

from midtvejs.domain.assignment import Assignment
from midtvejs.domain.fairness import Status
from midtvejs.output.tables.assignment_json import assignment_json
from tests.conferences import one_round
from tests.output.midsummer import PROVEN, seated
from tests.output.midsummer_with_rules import STAGES, seated_by_rules


def test_it_has_the_shape_that_programs_rely_on() -> None:
    program, people = one_round()
    days = {people[0].key: ("1A",), people[1].key: ("1B",), people[2].key: ("1A",)}
    assignment = Assignment(program=program, participants=people, days=days)
    whole = json.loads(assignment_json(assignment, PROVEN[2:], Status.FEASIBLE))
    assert whole == {
        "status": Status.FEASIBLE,
        "stages": [{"criterion": "even", "value": 8, "bound": 5, "proven": False, "evidence": "prices"}],
        "sessions": [
            {"code": "1A", "room": "Lokale 1A", "seats": 2, "taken": 2, "first_wishes": 3},
            {"code": "1B", "room": "Lokale 1B", "seats": 2, "taken": 1, "first_wishes": 0},
        ],
        "participants": [
            {"name": "Bo", "email": "bo@example.dk", "sessions": {"R1": "1B"}, "regret": 1},
            {"name": "Cai", "email": "cai@example.dk", "sessions": {"R1": "1A"}, "regret": 0},
            {"name": "Åse", "email": "åse@example.dk", "sessions": {"R1": "1A"}, "regret": 0},
        ],
    }


def test_what_only_some_days_have() -> None:
    whole = json.loads(assignment_json(seated_by_rules().with_rooms(), STAGES, Status.FEASIBLE))
    assert [
        (session["code"], session["room"], session.get("kept_free"), session.get("cancelled"))
        for session in whole["sessions"]
    ] == [
        ("1A", "Panorama", 2, None),
        ("1B", "Fjordsalen", None, None),
        ("1C", None, None, True),
        ("S1", "Panorama", 1, None),
        ("S2", "Fjordsalen", None, None),
    ]
    days = {person["name"]: person["sessions"] for person in whole["participants"]}
    assert (days["Zacharias Dahl"], days["[/b]"]) == ({"R1": "1A"}, {"S": "S1"})


def test_the_order_of_participants_changes_nothing() -> None:
    assignment = seated()
    turned = replace(assignment, participants=assignment.participants[::-1])
    assert assignment_json(turned, PROVEN, Status.OPTIMAL) == assignment_json(
        assignment, PROVEN, Status.OPTIMAL
    )


def test_it_is_readable_text_with_a_line_break_at_its_end() -> None:
    text = assignment_json(seated(), PROVEN, Status.OPTIMAL)
    assert '\n    {"name": "Bo Ærø", ' in text
    assert text.endswith("\n}\n")
