"""Whom participants would like to be with: found among those who take part, told where they are not."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

import pytest

from midtvejs.domain.diagnostic import Diagnostic, Read
from midtvejs.domain.fairness import Criterion
from midtvejs.domain.participants import Participant
from midtvejs.domain.program import Forms, Program
from midtvejs.domain.rules import Company, Group
from midtvejs.output.tables.people import preferences_csv
from tests.conferences import program
from tests.reading.conftest import Texts, rows_of

DAY = program({"1A": 4, "1B": 4}, {"2A": 4, "2B": 4}, presenters={"1A": "Åse Holm", "1B": "Eva Friis"})
ASKED = DAY.replace_rules(fairness=(Criterion.TOTAL, Criterion.FRIENDS))
ALWAYS = replace(DAY, rules=replace(DAY.rules, friends_together=True))
HEAD = "name,email,with,R1,R2"
EVERYBODY = ("Åse Holm", "Bo Lund", "Cai Vogt", "Eva Friis", "Eva Gade Lund")
EMAILS = {"Bo Lund": "bo@a.example"}

Answer = Read[tuple[Participant, ...]]


def read(texts: Texts, day: Program = ASKED, *, head: str = HEAD, **with_: str) -> Answer:
    """Read everybody; ``with_`` says by their first names whom they name."""
    named = {"Åse Holm": "Åse", "Bo Lund": "Bo", "Cai Vogt": "Cai", "Eva Friis": "Eva"}
    rows = (f'{name},{EMAILS.get(name, "")},"{with_.get(named.get(name, ""), "")}",,' for name in EVERYBODY)
    return texts.participants(rows_of(head, *rows), day)


def wanted(people: Sequence[Participant], name: str) -> tuple[str, ...]:
    return next(person.wants for person in people if person.name == name)


def said(diagnostic: Diagnostic) -> str:
    """Return a message, in which files stand without their folders."""
    return re.sub(r"[^ (]*/prefs", "prefs", diagnostic.message)


def told(result: Answer) -> list[str]:
    """Return the warnings of friends: their codes, lines and columns."""
    return [
        f"{each.code} {each.place.line}:{each.place.column}"
        for each in result.diagnostics
        if each.code in {"MV192", "MV193", "MV194", "MV195"}
    ]


@pytest.mark.parametrize(
    ("cell", "keys"),
    [
        ("Åse Holm", ("åse holm",)),
        (" ÅSE  holm ", ("åse holm",)),
        ("Holm, Åse", ("åse holm",)),
        ("Bo Lund", ("bo@a.example",)),
        ("BO@A.example", ("bo@a.example",)),
        ("Bo Lund, Åse Holm", ("bo@a.example", "åse holm")),
        ("Lund, Bo, Holm, Åse", ("bo@a.example", "åse holm")),
        ("Bo Lund og Åse Holm; Bo Lund", ("bo@a.example", "åse holm")),
        ("Cai Vogt", ()),
        ("Cai Vogt, Bo Lund", ("bo@a.example",)),
        ("ingen", ()),
    ],
)
def test_a_name_is_matched_as_a_pin_is(texts: Texts, cell: str, keys: tuple[str, ...]) -> None:
    result = read(texts, Cai=cell)
    assert wanted(result.accepted(), "Cai Vogt") == keys
    assert told(result) == []


@pytest.mark.parametrize(
    ("cell", "key"), [("Åse", "åse holm"), ("holm", "åse holm"), ("Eva G.", "eva gade lund")]
)
def test_a_part_of_a_name_is_enough_where_one_alone_is_meant_which_is_told(
    texts: Texts, cell: str, key: str
) -> None:
    result = read(texts, Cai=cell)
    assert wanted(result.accepted(), "Cai Vogt") == (key,)
    assert told(result) == ["MV194 4:11"]


def test_who_may_be_several_is_told_and_nobody_is_meant(texts: Texts) -> None:
    result = read(texts, Cai="Eva")
    assert wanted(result.accepted(), "Cai Vogt") == ()
    assert told(result) == ["MV193 4:11"]
    (warning,) = (each for each in result.diagnostics if each.code == "MV193")
    assert said(warning).endswith("any of 2: Eva Friis (prefs.csv:5), Eva Gade Lund (prefs.csv:6)")


def test_a_namesake_means_the_other_one(texts: Texts) -> None:
    assert wanted(read(texts, Eva="Eva").accepted(), "Eva Friis") == ("eva gade lund",)


@pytest.mark.parametrize(
    ("cell", "hint"), [("Åse Hlom", 'did you mean "Åse Holm"?'), ("bo@b.example", "bo@a.example"), ("Xx", "")]
)
def test_who_does_not_take_part_is_told_with_the_nearest_name(texts: Texts, cell: str, hint: str) -> None:
    result = read(texts, Cai=cell)
    assert wanted(result.accepted(), "Cai Vogt") == ()
    assert told(result) == ["MV192 4:11"]
    (warning,) = (each for each in result.diagnostics if each.code == "MV192")
    assert hint in warning.hint


def test_a_heading_that_asks_for_friends_is_read_and_so_is_one_that_the_program_names(texts: Texts) -> None:
    asking = "name,email,Hvem vil du gerne være sammen med?,R1,R2"
    assert wanted(read(texts, head=asking, Cai="Bo Lund").accepted(), "Cai Vogt") == ("bo@a.example",)
    named = replace(ASKED, forms=Forms(people={"with": "Anything else"}))
    strange = "name,email,Anything else,R1 1,R2 1"
    assert wanted(read(texts, named, head=strange, Cai="Bo Lund").accepted(), "Cai Vogt") == ("bo@a.example",)


def test_what_the_program_makes_no_use_of_is_told_with_how_to_use_it(texts: Texts) -> None:
    result = read(texts, DAY, Cai="Bo Lund")
    assert told(result) == ["MV195 1:12"]
    (warning,) = (each for each in result.diagnostics if each.code == "MV195")
    assert "with: always" in warning.hint
    assert told(read(texts, DAY)) == []


@pytest.mark.parametrize("day", [ASKED, ALWAYS])
def test_a_program_that_asks_for_friends_is_told_that_no_column_has_them(texts: Texts, day: Program) -> None:
    result = texts.participants(rows_of("name,R1,R2", "Bo,,"), day)
    assert told(result) == ["MV195 1:1"]
    assert [person.wants for person in result.accepted()] == [()]


def test_those_who_name_each_other_are_a_group_where_they_always_are_together(texts: Texts) -> None:
    """Åse and Bo, Bo and Cai; Eva names Cai, who does not name her."""
    people = read(texts, ALWAYS, Åse="Bo Lund", Bo="Åse Holm, Cai Vogt", Cai="Bo Lund", Eva="Cai Vogt")
    of_names = {person.name: person.groups for person in people.accepted()}
    (group,) = of_names["Bo Lund"]
    assert (group.company, group.round_id) == (Company.TOGETHER, "")
    assert sorted(group.participants) == ["Bo Lund", "Cai Vogt", "Åse Holm"]
    assert group.place is not None
    assert group.place.line == 2
    assert of_names["Åse Holm"] == of_names["Cai Vogt"] == (group,)
    assert of_names["Eva Friis"] == of_names["Eva Gade Lund"] == ()


def test_two_presenters_of_a_round_cannot_be_together(texts: Texts) -> None:
    result = read(texts, ALWAYS, Åse="Eva Friis", Eva="Åse Holm")
    (fault,) = (each for each in result.diagnostics if each.code == "MV157")
    assert "Åse Holm (prefs.csv:2) presents 1A, but Eva Friis (prefs.csv:5) presents 1B" in said(fault)
    assert (fault.place.line, fault.place.column) == (2, 11)
    assert "with" in fault.hint
    assert result.value is None


def test_nor_can_those_whom_the_program_has_apart(texts: Texts) -> None:
    apart = Group(company=Company.APART, participants=("Bo Lund", "Cai Vogt"))
    day = replace(ALWAYS, rules=replace(ALWAYS.rules, groups=(apart,)))
    result = read(texts, day, Bo="Cai Vogt", Cai="Bo Lund")
    (fault,) = (each for each in result.diagnostics if each.code == "MV051")
    assert "Bo Lund (prefs.csv:3) and Cai Vogt (prefs.csv:4)" in said(fault)
    assert read(texts, day, Bo="Cai Vogt").value is not None


def test_what_was_read_is_written_and_read_again(texts: Texts) -> None:
    cells = {"Cai": "Lund, Bo; Holm, Åse og Eva", "Bo": "Cai Vogt"}
    people = read(texts, DAY, **cells).accepted()
    again = texts.participants(preferences_csv(DAY, people), DAY).accepted()
    assert [(each.named, each.wants) for each in again] == [(each.named, each.wants) for each in people]
    assert "with" not in preferences_csv(DAY, [replace(each, named=()) for each in people])
