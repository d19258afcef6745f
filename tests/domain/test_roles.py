"""What is said of a column of people is enough to read it, to write it and to show it."""

from __future__ import annotations

from collections import Counter
from dataclasses import fields, replace
from typing import Any

import pytest

from midtvejs.domain.participants import Participant, fold
from midtvejs.domain.roles import BESIDE, ROLES, TEXTS, Role, Written, beside, roster_columns, written_columns
from midtvejs.domain.words import LANGUAGES, words_for
from midtvejs.reading.forms.words import role_of, tidy
from tests.conferences import person, program

DAY = program({"1A": 2}, {"2A": 2})
BO = person("Bo", "1A", "2A")


@pytest.mark.parametrize("role", ROLES.values(), ids=ROLES)
def test_a_role_has_headings_in_each_language_by_which_it_is_known(role: Role) -> None:
    for heading in role.synonyms():
        assert tidy(heading) == fold(heading) == heading
        assert (role_of(heading) or ("", 0))[0] == role.name
    for language in LANGUAGES:
        assert role.label(language) in role.synonyms()


@pytest.mark.parametrize("role", ROLES.values(), ids=ROLES)
@pytest.mark.parametrize("language", LANGUAGES)
def test_no_language_changes_which_heading_of_another_is_the_surer(role: Role, language: str) -> None:
    own = words_for(language).read.columns[role.name]
    assert [heading for heading in role.synonyms() if heading in own] == list(own)


def test_no_heading_has_two_roles() -> None:
    known = Counter(heading for role in ROLES.values() for heading in role.synonyms())

    assert [heading for heading, count in known.items() if count > 1] == []


def test_what_is_plain_text_is_a_field_of_a_participant() -> None:
    known = {each.name for each in fields(Participant)}

    assert {"organisation"} <= set(TEXTS) <= known
    assert set(BESIDE) <= known


@pytest.mark.parametrize("role", ROLES.values(), ids=ROLES)
def test_our_own_files_have_what_is_always_there_and_what_is_used(role: Role) -> None:
    texts: dict[str, Any] = dict.fromkeys(TEXTS, "x")
    needy = replace(person("Åse", "1A", ""), step_free=True, absent=frozenset({"R2"}), named=("Bo",), **texts)

    assert (role in written_columns(DAY, [BO])) is (role.written is Written.ALWAYS)
    used = role.written in {Written.ALWAYS, Written.WHERE_USED}
    assert (role in written_columns(DAY, [BO, needy])) is used
    assert (role in written_columns(DAY, [BO, needy], wishes=True)) is (role.written is not Written.NEVER)


def test_rosters_show_the_organisation_beside_the_name() -> None:
    assert [role.name for role in roster_columns(DAY, [BO])] == ["organisation"]
    assert (beside(BO), beside(replace(BO, organisation=""))) == ("Vejle Kommune", "")


def test_a_group_stands_behind_the_organisation_wherever_people_are_listed() -> None:
    day = replace(DAY, groups=("grade", "Klasse"))
    ase = replace(BO, traits=(("grade", "9"), ("Klasse", "9B")))

    names = [role.name for role in written_columns(day, [BO])]
    assert names == ["name", "email", "organisation", "grade", "Klasse"]
    assert [role.label("da") for role in roster_columns(day, [BO])] == ["organisation", "grade", "Klasse"]
    assert [role.said(day, ase) for role in roster_columns(day, [ase])] == ["Vejle Kommune", "9", "9B"]
    assert beside(ase) == "Vejle Kommune, grade 9, 9B"
