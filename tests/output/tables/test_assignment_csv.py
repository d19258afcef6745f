from __future__ import annotations

from dataclasses import replace

from midtvejs.domain.assignment import Assignment
from midtvejs.output.tables.people import assignment_csv
from tests.conferences import person, program

DAY = program({"1A": 2, "1B": 2}, {"2A": 3})
BO, AASE = person("Bo", "1A", "2A"), person("Åse", "1B", "")
SEATED = Assignment(program=DAY, participants=(BO, AASE), days={BO.key: ("1A", "2A"), AASE.key: ("1B", "2A")})


def test_a_row_is_a_participant() -> None:
    assert assignment_csv(SEATED) == (
        "name,email,organisation,R1,R2\n"
        "Bo,bo@example.dk,Vejle Kommune,1A,2A\n"
        "Åse,åse@example.dk,Vejle Kommune,1B,2A\n"
    )


def test_the_order_of_the_participants_does_not_matter() -> None:
    assert assignment_csv(replace(SEATED, participants=(AASE, BO))) == assignment_csv(SEATED)


def test_for_excel() -> None:
    lines = assignment_csv(SEATED, excel=";").split("\r\n")

    assert lines[:2] == ["\ufeffname;email;organisation;R1;R2", "Bo;bo@example.dk;Vejle Kommune;1A;2A"]


def test_a_name_is_never_run() -> None:
    evil = replace(BO, name="=HYPERLINK(1)")

    assert "\n'=HYPERLINK(1)," in assignment_csv(replace(SEATED, participants=(evil,)))


def test_what_somebody_needs_has_columns() -> None:
    bo = replace(BO, absent=frozenset({"R2"}))
    seated = Assignment(
        program=DAY, participants=(AASE, bo), days={bo.key: ("1A", ""), AASE.key: ("1B", "2A")}
    )

    assert assignment_csv(seated).splitlines() == [
        "name,email,organisation,attends,R1,R2",
        "Bo,bo@example.dk,Vejle Kommune,R1,1A,",
        "Åse,åse@example.dk,Vejle Kommune,,1B,2A",
    ]
