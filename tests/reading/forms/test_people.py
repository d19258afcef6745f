"""Columns of people are known by their headings, whoever is asked for and in whichever language."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from midtvejs.domain.answers import DEFAULT_OPTIONS, Shape
from midtvejs.domain.diagnostic import Read, Severity
from midtvejs.domain.program import Forms, Program
from midtvejs.reading.answers.preferences import Preferences, read_preferences_with_lines
from midtvejs.reading.forms.words import is_first_name, is_last_first, role_of, tidy
from tests.conferences import program
from tests.reading.conftest import Texts, rows_of

DAY = program({"1A": 9, "1B": 9})


def answered(texts: Texts, head: str, *rows: str, day: Program = DAY) -> Read[Preferences]:
    return texts.answers(rows_of(head, *rows), day, DEFAULT_OPTIONS)


def names(result: Read[Preferences]) -> list[str]:
    return [person.name for person in result.accepted().participants]


def errors(result: Read[Preferences]) -> list[str]:
    return [each.code for each in result.diagnostics if each.severity is Severity.ERROR]


@pytest.mark.parametrize(
    ("heading", "role"),
    [
        *((heading, "name") for heading in ("Student Name", "Student's full name", "Pupil", "Camper name")),
        *(
            (heading, "name")
            for heading in ("Attendee", "Name of your child", "Name (student)", "Full name:")
        ),
        *((heading, "name") for heading in ("Elev", "Elevens navn", "Elevnavn", "Navn på dit barn")),
        *((heading, "name") for heading in ("Deltagerens fulde navn", "Medarbejder", "Navn på deltaker")),
        *((heading, "name") for heading in ("Vorname", "Name des Kindes", "Schüler/in", "Teilnehmername")),
        *((heading, "name") for heading in ("Name (Vorname, Nachname)", "Prénom Nom", "Fornavn & efternavn")),
        *(
            (heading, "name")
            for heading in ("Participants", "1. Name", "Q2: Please write your full name", "3) Elevens navn")
        ),
        *((heading, "name") for heading in ("Prénom", "Nom de l’élève", "Elevens namn", "Förnamn")),
        *((heading, "surname") for heading in ("Student Last Name", "Nachname", "Barnets efternavn")),
        *((heading, "surname") for heading in ("Nom de famille", "Family name")),
        *((heading, "email") for heading in ("Student email", "Elevens e-mail", "Courriel", "E-postadress")),
        *((heading, "organisation") for heading in ("Child's school", "Barnets skole", "École", "Företag")),
        *(
            (heading, "")
            for heading in ("Parent name", "Email (parent)", "Name (parent)", "Teacher", "Class")
        ),
        *((heading, role) for heading, role in (("Fornavn barn", "name"), ("Efternavn elev", "surname"))),
        *((heading, "") for heading in ("Telefon barn", "Forælders navn")),
        *((heading, "organisation") for heading in ("School name", "Name of your organisation")),
        *((heading, "organisation") for heading in ("Skolens navn", "Navn på virksomhed", "Name der Schule")),
        *(
            (heading, "organisation")
            for heading in ("Nom de l'école", "Firmaets navn", "Student's school name")
        ),
        *(
            (heading, "")
            for heading in (
                "",
                "School bus",
                "Company participant",
                "2nd name",
                "Name 2",
                "1 name",
                "Name (emergency contact)",
            )
        ),
        *((heading, "") for heading in ("Student ID", "Student" * 20, "Lærerens navn", "Username")),
    ],
)
def test_a_heading_says_what_is_asked_for_and_of_whom(heading: str, role: str) -> None:
    assert (role_of(tidy(heading)) or ("", 0))[0] == role


@pytest.mark.parametrize(
    "heading",
    [
        *("Last name, First name", "Name (Last, First)", "Surname / forename", "Last Name First Name"),
        *("Efternavn, fornavn", "Etternavn og fornavn", "Name, Vorname", "Nachname, Vorname", "Nom, Prénom"),
        *("Student Name (Last, First)", "Efternamn, förnamn"),
    ],
)
def test_a_heading_says_that_the_surname_goes_first(heading: str) -> None:
    assert (role_of(tidy(heading)) or ("", 0))[0] == "name"
    assert is_last_first(tidy(heading))
    assert not is_first_name(tidy(heading))


@pytest.mark.parametrize(
    "heading", ["Name", "First name, last name", "Vor- und Nachname", "Name (first and last)", "Last name"]
)
def test_no_other_heading_says_so(heading: str) -> None:
    assert not is_last_first(tidy(heading))


def test_the_name_of_a_student_beside_an_email_is_on_the_rosters(texts: Texts) -> None:
    result = answered(
        texts,
        "Student Name,Email,Preference 1,Preference 2",
        "Ann Alder,ann@s.example,1A,1B",
        "Ben Birch,ben@s.example,1B,1A",
    )

    assert names(result) == ["Ann Alder", "Ben Birch"]
    assert result.diagnostics == ()


def test_two_of_one_name_in_different_classes_are_not_made_one(texts: Texts) -> None:
    result = answered(
        texts,
        "First name,Last name,Class,First choice,Second choice",
        *("Lena,Vogt,7a,1A,1B", "Lena,Vogt,7d,1B,1A", "Uwe,Kranz,7d,1A,1B"),
    )
    (fault,) = (each for each in result.diagnostics if each.severity is Severity.ERROR)

    assert fault.message == '"Lena Vogt" in line 3 has "7d" under "Class", "Lena Vogt" in line 2 has "7a"'


def test_two_children_of_one_email_are_not_made_one(texts: Texts) -> None:
    rows = ("ida@b.dk,Lena Vogt,1A", "ida@b.dk,Ole Vogt,1B")

    assert errors(answered(texts, "Parent's email,Child,R1 1", *rows)) == []
    assert errors(answered(texts, "Email,Child,R1 1", *rows)) == ["MV126"]
    assert errors(answered(texts, "Email,Sibling of,R1 1", *rows)) == ["MV126"]


def test_our_own_form_may_call_its_people_otherwise(texts: Texts) -> None:
    result = answered(texts, "Elevens navn,email,Skole,R1", "Bo,bo@s.example,Nord,1A > 1B")

    assert names(result) == ["Bo"]
    assert result.accepted().participants[0].organisation == "Nord"
    assert result.accepted().provenance.shape is Shape.WIDE


@pytest.mark.parametrize("head", ["name,surname,R1", "Fornavn,Efternavn,R1", "Vorname,Nachname,R1 1"])
def test_two_people_of_one_first_name_are_two(texts: Texts, head: str) -> None:
    assert names(answered(texts, head, "Lena,Vogt,1A", "Lena,Kranz,1B")) == ["Lena Vogt", "Lena Kranz"]


@pytest.mark.parametrize(
    ("head", "row", "name"),
    [
        ("Name,Vorname,R1 1", "Vogt,Lena,1A", "Lena Vogt"),
        ("Vorname,Name,R1 1", "Lena,Vogt,1A", "Lena Vogt"),
        ("Nom,Prénom,R1 1", "Vogt,Lena,1A", "Lena Vogt"),
        ("Navn,Fornavn,R1 1", "Lena Vogt,Lena,1A", "Lena Vogt"),
    ],
)
def test_a_name_beside_a_first_name_is_all_of_it_or_the_surname(
    texts: Texts, head: str, row: str, name: str
) -> None:
    assert names(answered(texts, head, row)) == [name]


def test_who_signs_up_somebody_else_is_not_taken_for_them(texts: Texts) -> None:
    head, row = "Name,Child,R1 1", "Ida Vogt,Lena Vogt,1A"
    unclear = answered(texts, head, row)
    named = answered(texts, head, row, day=_with_forms(name="Child"))

    assert errors(unclear) == ["MV160"]
    assert 'whether "Name" or "Child" names those who take part' in unclear.diagnostics[0].message
    assert names(named) == ["Lena Vogt"]


def test_a_surname_is_read_beside_a_name_that_the_program_names(texts: Texts) -> None:
    day = _with_forms(name="Kaldes")

    assert names(answered(texts, "Kaldes,Efternavn,R1 1", "Lena,Vogt,1A", day=day)) == ["Lena Vogt"]


def test_a_surname_alone_is_a_name_and_a_first_name_too(texts: Texts) -> None:
    assert names(answered(texts, "Last name,Email,R1 1", "Vogt,l@s.example,1A")) == ["Vogt"]
    assert names(answered(texts, "Vorname,E-Mail,R1 1", "Lena,l@s.example,1A")) == ["Lena"]


def test_two_people_in_one_row_are_asked_about(texts: Texts) -> None:
    assert errors(answered(texts, "1. Name,2. Name,R1 1", "Lena Vogt,Ole Kranz,1A")) == ["MV160"]


def test_what_kind_of_participant_somebody_is_names_nobody(texts: Texts) -> None:
    rows = [f"Bo {number},{'Elev' if number % 2 else 'Lærer'},1A" for number in range(9)]

    assert names(answered(texts, "Navn,Deltager,R1 1", *rows))[0] == "Bo 0"


def test_a_session_may_be_called_as_those_who_take_part(texts: Texts) -> None:
    camper, other = DAY.rounds[0].sessions
    day = replace(DAY, rounds=(replace(DAY.rounds[0], sessions=(replace(camper, title="Camper"), other)),))
    result = answered(texts, "Name,Camper,1B", "Lena Vogt,1st,2nd", "Bo Lund,2nd,1st", day=day)

    assert names(result) == ["Lena Vogt", "Bo Lund"]
    assert result.accepted().participants[0].wishes[0].codes == ("1A", "1B")


def test_a_name_that_is_asked_for_twice_is_one(texts: Texts) -> None:
    assert names(answered(texts, "Name,Student name,R1 1", "Lena Vogt,Lena,1A")) == ["Lena Vogt"]


def test_whether_somebody_is_a_student_is_no_name(texts: Texts) -> None:
    result = answered(texts, "Email,Student,R1 1", "ann@s.example,yes,1A", "ben@s.example,no,1B")

    assert names(result) == ["ann@s.example", "ben@s.example"]


def _with_forms(**people: str) -> Program:
    return replace(DAY, forms=Forms(people=people))


def test_people_stay_who_they_are_whichever_column_comes_first(tmp_path: Path) -> None:
    paths = [tmp_path / "one.csv", tmp_path / "other.csv"]
    paths[0].write_text("Student Name,E-mail,R1 1\nAnn,a@s.example,1A\n", encoding="utf-8")
    paths[1].write_text("R1 1,E-mail,Student Name\n1A,a@s.example,Ann\n", encoding="utf-8")

    one, other = (read_preferences_with_lines(path, DAY).accepted().participants for path in paths)
    assert one == other
