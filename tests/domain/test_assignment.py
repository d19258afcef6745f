"""Who sits where, and whether there are seats at all."""

from __future__ import annotations

from dataclasses import replace

from midtvejs.domain.assignment import Assignment, NoLawfulAssignment, shortages
from tests import conferences

PROGRAM = conferences.program({"1A": 1, "1B": 2}, {"2A": 3}, presenters={"1A": "Eva"})
AASE, BO, EVA = PEOPLE = (
    conferences.person("Åse", "", ""),
    conferences.person("Bo", "", ""),
    conferences.person("Eva", "", "", presents="1A"),
)
ASSIGNMENT = Assignment(
    program=PROGRAM,
    participants=PEOPLE,
    days={EVA.key: ("1A", "2A"), AASE.key: ("1B", "2A"), BO.key: ("1A", "2A")},
)


def test_a_roster_has_everybody_in_the_order_of_the_participants() -> None:
    assert {code: [person.name for person in roster] for code, roster in ASSIGNMENT.rosters().items()} == {
        "1A": ["Bo", "Eva"],
        "1B": ["Åse"],
        "2A": ["Åse", "Bo", "Eva"],
    }
    assert ASSIGNMENT.roster(PROGRAM.sessions["1A"]) == [BO, EVA]


def test_presenters_take_no_seat_in_their_own_session() -> None:
    assert ASSIGNMENT.count_taken() == {"1A": 1, "1B": 1, "2A": 3}


def test_presenters_need_no_seat_where_they_present() -> None:
    more = (*PEOPLE, conferences.person("Dea", "", ""))
    assert shortages(PROGRAM, PEOPLE) == ()
    (short,) = shortages(PROGRAM, more)
    assert (short.round.id, short.seats, short.participants, short.missing) == ("R2", 3, 4, 1)


def test_every_round_that_is_short_is_said() -> None:
    crowd = tuple(replace(AASE, name=f"Nr. {number}", email="") for number in range(10))
    found = shortages(PROGRAM, crowd)
    assert [(short.round.id, short.missing) for short in found] == [("R1", 7), ("R2", 7)]
    assert NoLawfulAssignment(found).shortages == found
    assert shortages(PROGRAM, ()) == ()
