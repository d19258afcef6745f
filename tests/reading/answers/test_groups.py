"""What people belong to beside an organisation: columns that the program names."""

from __future__ import annotations

from dataclasses import replace

import pytest

from midtvejs.domain.answers import ReadOptions
from midtvejs.domain.diagnostic import Severity
from midtvejs.domain.program import Forms
from midtvejs.domain.traits import value_of
from midtvejs.output.tables.people import preferences_csv
from tests.conferences import program
from tests.reading.conftest import Texts, rows_of

DAY = replace(program({"1A": 9, "1B": 9}), groups=("grade", "Klasse"))


def test_a_group_is_read_below_its_name_and_written_behind_the_organisation(texts: Texts) -> None:
    wishes = rows_of("name,Your Grade:,klasse,R1", "Åse,9,9 B,1A", "Bo,8,,1B")

    people = texts.participants(wishes, DAY).accepted()

    assert [each.traits for each in people] == [(("grade", "9"), ("Klasse", "9 B")), (("grade", "8"),)]
    written = rows_of("name,email,organisation,grade,Klasse,R1", "Åse,,,9,9 B,1A", "Bo,,,8,,1B")
    assert preferences_csv(DAY, people) == written
    assert texts.participants(written, DAY).accepted() == people


def test_a_group_that_a_spreadsheet_would_run_is_read_back_unchanged(texts: Texts) -> None:
    day = replace(DAY, groups=("=klasse", "x;\u202e@y"))
    wishes = rows_of("name,=klasse,x;\u202e@y,R1", "x;=1,\x1b=9,+9 B,1A")
    people = texts.participants(wishes, day).accepted()

    written = preferences_csv(day, people)

    assert written == rows_of(
        "name,email,organisation,'=klasse,\"x;\u202e'@y\",R1", "\"x;'=1\",,,\x1b'=9,'+9 B,1A"
    )
    assert texts.participants(written, day).accepted() == people


def test_a_form_asks_for_a_group_by_its_name_or_as_the_program_says(texts: Texts) -> None:
    microsoft = '"ID","Start time","Completion time","Email","Name","{}","Klasse","R1"\n'
    row = '1,2018-01-05 10:00,2018-01-05 10:01,aase@x.example,Åse,9,9B,"1A;1B;"\n'
    given = replace(DAY, forms=Forms(people={"grade": "What year are you in?"}))

    for heading, day in (("What is your grade?", DAY), ("What year are you in?", given)):
        (ase,) = texts.participants(microsoft.format(heading) + row, day).accepted()
        assert (value_of(ase, "grade"), value_of(ase, "Klasse")) == ("9", "9B")


def test_a_group_without_a_column_is_a_fault(texts: Texts) -> None:
    (fault,) = texts.participants(rows_of("name,grade,R1", "Åse,9,1A"), DAY).diagnostics

    assert (fault.code, fault.severity) == ("MV187", Severity.ERROR)
    assert fault.message == 'no column "Klasse", which the program names as a group'


def test_a_list_of_participants_may_know_the_group(texts: Texts) -> None:
    listed = texts.saved("list.csv", rows_of("name,grade,Klasse", "Åse,9,9A", "Bo,8,8A"))
    answers = rows_of("name,grade,R1", "Åse,9th,1A")

    read = texts.answers(answers, DAY, ReadOptions(participants=listed)).accepted()

    assert [each.traits for each in read.participants] == [
        (("grade", "9"), ("Klasse", "9A")),
        (("grade", "8"), ("Klasse", "8A")),
    ]


@pytest.mark.parametrize("other", ["9th", "Grade 9", "9."])
@pytest.mark.parametrize("turn", [1, -1])
def test_values_nearly_alike_are_told_and_stand_as_most_write_them(
    texts: Texts, other: str, turn: int
) -> None:
    day = replace(DAY, groups=("grade",))
    rows = ["Åse,9,1A", "Bo,9,1A", f"Cai,{other},1A"][::turn]
    read = texts.participants(rows_of("name,grade,R1", *rows), day)

    (told,) = read.diagnostics
    assert (told.code, told.severity) == ("MV186", Severity.WARNING)
    assert told.message.endswith(f'as most write it: "{other}" (1) as "9" (2)')
    assert {value_of(each, "grade") for each in read.accepted()} == {"9"}


def test_organisations_in_other_letters_are_one(texts: Texts) -> None:
    rows = ("Åse,Vejle Kommune,1A", "Bo,vejle kommune,1A", "Cai,Vejle  Kommune,1A", "Dan,Billund Kommune,1B")
    read = texts.participants(rows_of("name,organisation,R1", *rows), program({"1A": 9, "1B": 9}))

    (told,) = read.diagnostics
    assert told.message.endswith('"vejle kommune" (1) as "Vejle Kommune" (2)')
    assert [each.organisation for each in read.accepted()] == ["Vejle Kommune"] * 3 + ["Billund Kommune"]


def test_two_of_one_name_in_different_classes_are_two_people_or_a_fault(texts: Texts) -> None:
    day = replace(DAY, groups=("class",))
    wishes = rows_of("name,class,R1", "Ida Holm,7A,1A", "Ida Holm,7B,1B")

    read = texts.participants(wishes, day)

    assert [fault.code for fault in read.diagnostics if fault.severity is Severity.ERROR] == ["MV127"]
