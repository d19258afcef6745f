"""What a message of a file of people proposes is right, and never what was written."""

from __future__ import annotations

import pytest

from midtvejs.domain.program import Program
from midtvejs.reading.files.source import Source
from tests.reading.conftest import Texts

SAME_COLUMNS = """\
event: {name: Career day, date: 2026-03-02, start: "08:00", end: "12:00", language: en}
rooms:
  Gym: {seats: 3}
  Lab: {seats: 3}
rounds:
  - id: P1
    name: Period 1
    start: "09:00"
    end: "09:40"
    sessions: [{code: N1, title: Nursing, room: Gym}, {code: C1, title: Cooking, room: Lab}]
  - id: P2
    name: Period 2
    start: "10:00"
    end: "10:40"
    sessions: [{code: N2, title: Nurses, room: Gym}, {code: C2, title: Cooks, room: Lab}]
forms:
  rounds:
    P1: [First Choice, Second Choice]
    P2: [SECOND]
"""
CLUBS = """\
event: {name: Clubs, date: 2026-03-02, start: "08:00", end: "18:00", language: en}
rooms: {ROOMS}
rounds:
  - {id: P1, name: Period 1, start: "09:00", end: "10:00"}
sessions:"""
SUBJECTS = """\
Chess Robotics Painting Poetry Cooking Gardening Juggling Knitting Drumming Fencing Sailing Rowing Climbing
Weaving Origami Pottery Singing Theatre Dancing Photography Film Debate Astronomy Geology Yoga Running Skating
Archery Baking Magic Beekeeping
"""
ABOUT = "for beginners and curious minds"


def clubs(texts: Texts) -> Program:
    lines = [
        f"  - {{code: P1-{number}, title: {subject} {ABOUT}, rounds: [P1], room: Room {number}}}"
        for number, subject in enumerate(SUBJECTS.split(), start=1)
    ]
    rooms = ", ".join(f"Room {number}: {{seats: 10}}" for number in range(1, len(lines) + 1))
    return texts.program("\n".join([CLUBS.replace("ROOMS", rooms), *lines])).accepted()


@pytest.mark.parametrize(
    ("wished", "hint"),
    [
        (
            "Yoga for beginner and curious minds",
            'did you mean P1-25, "Yoga for beginners and curious minds"?',
        ),
        ("Beekeeping for beginner", "did you mean P1-31, "),
        ("P1_3", 'did you mean "P1-3"?'),
    ],
)
def test_the_session_that_was_meant_is_found_among_all(texts: Texts, wished: str, hint: str) -> None:
    (fault,) = texts.participants(f"name,P1\nAnn Alder,{wished}\n", clubs(texts)).diagnostics

    assert fault.hint.startswith(hint)


@pytest.mark.parametrize(
    ("named", "file", "message", "hint"),
    [
        (
            "First Choice",
            "name,First Choice,Second Choice",
            'forms in the program: P1 and P2 both name the column "First Choice", and the file has one of it',
            "name a column for each; rounds that share one list: wishes: {day: [P1, P2]}",
        ),
        (
            "Third Choice, THIRD choice",
            "name,First Choice,Second Choice,Third Choice",
            'forms in the program: P2 names the column "THIRD choice" 2 times, and the file has one of it',
            "name a column for each",
        ),
        (
            "Thrid Choice",
            "name,First Choice,Second Choice,Third Choice",
            'no column "Thrid Choice", which forms in the program names',
            'did you mean "Third Choice"?',
        ),
    ],
)
def test_a_heading_that_is_not_there_or_is_taken_is_told_for_what_it_is(
    texts: Texts, named: str, file: str, message: str, hint: str
) -> None:
    day = texts.program(SAME_COLUMNS.replace("SECOND", named)).accepted()

    (fault,) = texts.participants(f"{file}\nAnn Alder,Nursing,Cooking,Nurses\n", day).diagnostics

    assert (fault.code, fault.message, fault.hint) == ("MV161", message, hint)


def test_a_hint_never_is_what_was_written() -> None:
    source = Source("prefs.csv", "")

    assert source.did_you_mean("First Choice", ["First Choice ", " First Choice"]) == ""
    assert source.did_you_mean("First choice", ["First Choice", "First"]) == 'did you mean "First Choice"?'


def test_the_name_that_was_meant_is_found_among_thousands_wherever_it_stands() -> None:
    known = [f"Member {number} of {number % 7}" for number in range(5_000)]

    for order in (known, known[::-1]):
        assert Source("prefs.csv", "").nearest("Aase Holm", [*order, "Åse Holm"]) == "Åse Holm"
