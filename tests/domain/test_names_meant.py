from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from midtvejs.domain.names import find_nearest, match_name, plainly
from midtvejs.domain.participants import Participant

PEOPLE = tuple(
    Participant(name=name, email=email, wishes=())
    for name, email in (
        ("Åse Berg", "aase@example.dk"),
        ("Bo Ærø", "bo@example.dk"),
        ("Bo Ærø", "bo2@example.dk"),
        ("Bodil Holm-Nielsen", ""),
        ("Jacob Ømann", "joemann@example.dk"),
        ("René Lund", "rl@bo.example.dk"),
        ("Lundby", ""),
        ("Bo", ""),
    )
)


@pytest.mark.parametrize(
    ("name", "keys"),
    [
        ("åse berg", ["aase@example.dk"]),
        ("AASE", ["aase@example.dk"]),
        ("A\u030ase", ["aase@example.dk"]),
        ("rene", ["rl@bo.example.dk"]),
        # The whole name before a word of one; a word before the beginning of one.
        ("bo", ["bo"]),
        ("bo ærø", ["bo@example.dk", "bo2@example.dk"]),
        ("aeroe", ["bo@example.dk", "bo2@example.dk"]),
        ("lund", ["rl@bo.example.dk"]),
        ("bod", ["bodil holm-nielsen"]),
        ("nielsen bodil", ["bodil holm-nielsen"]),
        ("nie", ["bodil holm-nielsen"]),
        ("BO2@example.dk", ["bo2@example.dk"]),
        ("joemann@", ["joemann@example.dk"]),
        ("mann", ["joemann@example.dk"]),
        ("unde", []),
        ("", []),
        ("  ", []),
    ],
)
def test_whom_a_name_means(name: str, keys: list[str]) -> None:
    assert [person.key for person in match_name(name, PEOPLE)] == keys


@given(st.sampled_from(PEOPLE), st.data())
def test_any_part_of_a_name_finds_whose_it_is_or_somebody_whom_it_fits_better(
    person: Participant, data: st.DataObject
) -> None:
    start = data.draw(st.integers(0, len(person.name) - 1))
    part = person.name[start : data.draw(st.integers(start + 1, len(person.name)))]
    found = match_name(part, PEOPLE)
    assert all(
        plainly(word) in plainly(each.name) or plainly(part) in plainly(each.email)
        for each in found
        for word in part.split()
    )
    assert bool(found) == bool(part.strip())
    assert match_name(part.upper(), PEOPLE) == found


@pytest.mark.parametrize(
    ("name", "near"),
    [
        ("Aase Brg", "Åse Berg"),
        ("Rnee", "René Lund"),
        ("Holm-Nilsen", "Bodil Holm-Nielsen"),
        ("aasee@example.dk", "Åse Berg"),
        ("xxxxxxxx", None),
        ("", None),
    ],
)
def test_who_may_be_meant(name: str, near: str | None) -> None:
    found = find_nearest(name, PEOPLE)
    assert (found.name if found else None) == near


def test_typed_without_danish_letters() -> None:
    assert plainly(" Søren  ÆRØ-Ågård ") == "soren aro-agard"
    for ways in (
        ("Søren", "Soeren", "SOREN", "Sören"),
        ("Åse", "A\u030ase", "Aase", "ase"),
        ("Ærø", "AEROE"),
    ):
        assert len(set(map(plainly, ways))) == 1
