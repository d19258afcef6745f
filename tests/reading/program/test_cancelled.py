"""What program.yaml says is cancelled is known, and takes part in nothing."""

from __future__ import annotations

import pytest

from midtvejs.domain.program import Program
from midtvejs.reading.program.fill_rooms import read_rooms_to_fill
from tests.reading.conftest import Texts

DAY = """\
event: {name: Dagen, date: 2018-01-30, start: "09:00", end: "15:00"}
rooms: {Sal: 30, Stue: 20}
rounds:
  - id: R1
    name: Runde 1
    start: "10:00"
    end: "10:30"
    sessions:
      - {code: 1A, title: Data, room: Sal}
      - {code: 1B, title: Ro, room: Stue, presenters: [{name: Bo Lund}], min_participants: 25#}
      - {code: 1C, title: Uro, room: auto#}
"""
TWICE = """\
event: {name: Dagen, date: 2018-01-30, start: "09:00", end: "15:00"}
rooms: {Sal: 30, Stue: 20}
rounds:
  - {id: R1, name: Runde 1, start: "10:00", end: "10:30"}
  - {id: R2, name: Runde 2, start: "11:00", end: "11:30"}
  - {id: R3, name: Runde 3, start: "12:00", end: "12:30"}
sessions:
  - {code: A, title: Data, rounds: [R1, R2, R3], room: Sal#}
"""


def lines_of(text: str, *said: str) -> str:
    """Return a text with what is said at each ``#`` in turn."""
    for each in said:
        text = text.replace("#", each, 1)
    return text.replace("#", "")


def held(program: Program) -> list[list[str]]:
    return [[session.key for session in round_.sessions] for round_ in program.rounds]


def cancelled(program: Program) -> list[list[str]]:
    return [[session.key for session in round_.cancelled] for round_ in program.rounds]


def test_a_session_that_is_cancelled_is_none_of_the_sessions(texts: Texts) -> None:
    read = texts.program(lines_of(DAY, ", cancelled: true"))
    program = read.accepted()
    # It would be too small for those that it needs: that is of no concern now.
    assert read.diagnostics == ()
    assert (held(program), cancelled(program)) == ([["1A", "1C"]], [["1B"]])
    assert list(program.sessions) == ["1A", "1C"]
    assert list(program.cancelled) == ["1B"]


def test_its_room_is_free_for_others(texts: Texts) -> None:
    program = texts.program(lines_of(DAY, ", cancelled: true")).accepted()
    assert [room.name for room in program.sessions["1C"].rooms] == ["Stue"]
    taken = lines_of(DAY, ", cancelled: true").replace("room: auto", "room: Stue")
    assert texts.program(taken).diagnostics == ()


def test_nothing_is_asked_of_its_own_room(texts: Texts) -> None:
    closed = lines_of(DAY, ", cancelled: true").replace("Stue: 20", "Loft: 20")
    assert texts.program(closed).diagnostics == ()
    # There is one room for the two others, and none is needed for 1C.
    assert texts.program(lines_of(DAY, "", ", cancelled: true")).value is None
    both = lines_of(DAY, ", cancelled: true", ", cancelled: true")
    assert held(texts.program(both).accepted()) == [["1A"]]


def test_false_cancels_nothing(texts: Texts) -> None:
    program = texts.program(lines_of(TWICE, ", cancelled: false")).accepted()
    assert cancelled(program) == [[], [], []]


@pytest.mark.parametrize(
    ("said", "remaining", "off", "whole"),
    [
        (", cancelled: [R2]", [["A@R1"], ["B"], ["A@R3"]], [[], ["A@R2"], []], []),
        (", cancelled: [R3, R1]", [["C"], ["A", "B"], ["C"]], [["A@R1"], [], ["A@R3"]], []),
        (", cancelled: true", [["C"], ["B"], ["C"]], [["A@R1"], ["A@R2"], ["A@R3"]], ["A"]),
    ],
)
def test_of_what_is_held_several_times_some_or_all_is_cancelled(
    texts: Texts, said: str, remaining: list[list[str]], off: list[list[str]], whole: list[str]
) -> None:
    others = "  - {code: B, title: Ro, rounds: [R2], room: Stue}\n"
    codes = [code for each in remaining for code in each]
    if "C" in codes:
        others += "  - {code: C, title: Uro, rounds: [R1, R3], room: Stue}\n"
    program = texts.program(lines_of(TWICE, said) + others).accepted()
    assert [
        [key.split("@")[0] if key[0] == "C" else key for key in each] for each in held(program)
    ] == remaining
    assert (cancelled(program), list(program.cancelled)) == (off, whole)


def test_a_sitting_that_stands_in_a_round_is_cancelled_there(texts: Texts) -> None:
    later = '  - {id: R2, name: Runde 2, start: "11:00", end: "11:30", sessions: [{code: 1B, title: Ro}]}\n'
    day = lines_of(DAY, ", cancelled: true").replace(", min_participants: 25", "") + later
    program = texts.program(day).accepted()
    assert (held(program), cancelled(program)) == ([["1A", "1C"], ["1B"]], [["1B@R1"], []])
    assert program.cancelled == {}
    assert program.repeated == frozenset()


def test_what_lasts_is_cancelled_in_all_of_its_rounds(texts: Texts) -> None:
    others = "  - {code: B, title: Film, rounds: [R1], lasts: 2, cancelled: true}\n"
    program = texts.program(lines_of(TWICE) + others).accepted()
    assert cancelled(program) == [["B"], ["B"], []]


def test_a_list_stays_one_list_when_what_made_it_one_is_cancelled(texts: Texts) -> None:
    others = "".join(
        f"  - {{code: {code}, title: Om {code}, rounds: [{round_id}], room: Stue}}\n"
        for code, round_id in (("B", "R1"), ("C", "R2"), ("D", "R3"))
    )
    program = texts.program(lines_of(TWICE, ", cancelled: true") + others).accepted()
    assert [block.id for block in program.blocks] == ["wishes"]
    assert [session.code for session in program.cancelled_in(program.blocks[0])] == ["A"]


@pytest.mark.parametrize(
    ("pins", "kept", "told"),
    [
        ("{participant: Åse, in: A}", ["A"], []),
        ("{participant: Åse, in: A, round: R1}", ["A"], []),
        ("{participant: Åse, in: A, round: R2}", [], ["A is cancelled in R2: this pin is void"]),
        ("{participant: Åse, not_in: A, round: R2}", [], []),
        ("{organisation: Vejle, in: A, round: R2}", [], ["A is cancelled in R2: this pin is void"]),
    ],
)
def test_only_pins_to_what_is_cancelled_are_void(
    texts: Texts, pins: str, kept: list[str], told: list[str]
) -> None:
    others = "  - {code: B, title: Ro, rounds: [R2], room: Stue}\n"
    read = texts.program(lines_of(TWICE, ", cancelled: [R2]") + others + f"pins: [{pins}]\n")
    assert [pin.code for pin in read.accepted().rules.pins] == kept
    assert [each.message for each in read.diagnostics if each.code == "MV049"] == told


def test_somebody_whose_pin_is_void_can_be_pinned_anew(texts: Texts) -> None:
    day = lines_of(DAY, ", cancelled: true") + "pins:\n  - {participant: Åse, in: 1B}\n"
    read = texts.program(day + "  - {participant: Åse, in: 1A}\n")
    assert [(each.code, each.place.line) for each in read.diagnostics] == [("MV049", 13)]


def test_the_code_of_what_is_cancelled_is_given_to_nothing_else(texts: Texts) -> None:
    day = lines_of(DAY, ", cancelled: true").replace("code: 1C", "code: 1B")
    assert [each.code for each in texts.program(day).diagnostics] == ["MV020"]


def test_its_title_may_be_that_of_what_stands_in_for_it(texts: Texts) -> None:
    later = '  - {id: R2, name: Runde 2, start: "11:00", end: "11:30", sessions: [{code: 2A, title: Ro}]}\n'
    assert texts.program(lines_of(DAY, ", cancelled: true") + later).diagnostics == ()


def test_a_column_of_it_may_be_named_under_forms(texts: Texts) -> None:
    forms = "forms: {rounds: {R1: {1A: Data, 1B: Ro, 1C: Uro}}}\n"
    assert texts.program(lines_of(DAY, ", cancelled: true") + forms).diagnostics == ()


def test_no_room_is_written_for_it(texts: Texts) -> None:
    day = lines_of(TWICE, ", cancelled: [R2]").replace("room: Sal", "room: auto")
    others = "  - {code: B, title: Ro, rounds: [R2], room: Stue}\n"
    path = texts.saved("program.yaml", day + others)
    filled = read_rooms_to_fill(path).fill({"A@R1": "Sal", "A@R3": "Stue"})
    assert "room: {R1: Sal, R3: Stue}, cancelled: [R2]" in filled
