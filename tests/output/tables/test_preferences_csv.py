"""Wishes as a preference file."""

from __future__ import annotations

from dataclasses import replace

from midtvejs.output.tables.people import preferences_csv
from tests.conferences import person, program

DAY = program({"1A": 2, "1B": 2}, {"2A": 2, "2B": 2})


def test_a_row_a_participant_with_a_column_for_each_round() -> None:
    people = (person("Åse", "1B > 1A", "2A"), person("Bo", "", ""))
    assert preferences_csv(DAY, people) == (
        "name,email,organisation,R1,R2\n"
        "Åse,åse@example.dk,Vejle Kommune,1B > 1A,2A\n"
        "Bo,bo@example.dk,Vejle Kommune,,\n"
    )


def test_for_a_danish_excel() -> None:
    text = preferences_csv(DAY, (person("=Bo", "1A", ""),), excel=";")
    assert text.startswith("\ufeffname;email;organisation;R1;R2\r\n'=Bo;")


def test_columns_that_nobody_uses_are_left_out() -> None:
    people = (
        replace(person("Åse", "1B", ""), absent=frozenset({"R2"})),
        replace(person("Bo", "", ""), step_free=True),
    )

    assert preferences_csv(DAY, people) == (
        "name,email,organisation,step_free,attends,R1,R2\n"
        "Åse,åse@example.dk,Vejle Kommune,,R1,1B,\n"
        "Bo,bo@example.dk,Vejle Kommune,yes,,,\n"
    )
    assert preferences_csv(DAY, people[:1]).startswith("name,email,organisation,attends,R1,R2\n")
    assert preferences_csv(DAY, people[1:]).startswith("name,email,organisation,step_free,R1,R2\n")
