"""Wishes and how far down them one went; who of the participants presents."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from midtvejs.domain.participants import NO_WISHES, Participant, Wishes, folded, recognise_presenters
from midtvejs.domain.program import Presenter, Program
from tests import conferences

CODES = ("1A", "1B", "1C", "1D")

rankings = st.permutations(CODES)
lengths = st.integers(0, len(CODES))


def test_ranks_count_from_one_and_steps_from_zero() -> None:
    wishes = Wishes(("1C", "1A"))
    assert [wishes.rank_of(code) for code in CODES] == [2, None, 1, None]
    assert [wishes.steps(code) for code in CODES] == [1, 2, 0, 2]


def test_without_wishes_every_session_is_as_good() -> None:
    assert [NO_WISHES.steps(code) for code in CODES] == [0, 0, 0, 0]
    assert [NO_WISHES.rank_of(code) for code in CODES] == [None] * 4


@given(ranking=rankings, length=lengths)
def test_what_is_not_listed_lies_right_below_the_last_one(ranking: list[str], length: int) -> None:
    wishes = Wishes(tuple(ranking[:length]))
    assert [wishes.steps(code) for code in ranking[:length]] == list(range(length))
    assert all(wishes.steps(code) == length for code in ranking[length:])


@given(ranking=rankings, length=lengths)
def test_listing_fewer_never_buys_a_seat_from_who_lists_more(ranking: list[str], length: int) -> None:
    """Whatever the shorter list leaves out costs its owner no more steps than the longer list says."""
    longer, shorter = Wishes(tuple(ranking)), Wishes(tuple(ranking[:length]))
    assert all(shorter.steps(code) <= longer.steps(code) for code in CODES)


def test_a_participant_is_told_apart_by_email_and_by_name_without_one() -> None:
    person = conferences.person("Åse")
    assert replace(person, email=" ÅSE@Example.dk ").key == person.key == "åse@example.dk"
    assert replace(person, email="", name="  Åse   BO ").key == "åse bo"
    assert replace(person, email="  ").key == "åse"


def test_folding_takes_letters_for_what_people_mean() -> None:
    assert folded("A\u030ase\u00a0\tHANSEN") == folded("åse hansen")
    assert folded("Strasse") == folded("Straße")
    assert folded("ﬁn") == "fin"


def program_of(presenter: Presenter, *more: Presenter) -> Program:
    program = conferences.program({"1A": 2, "1B": 2}, {"2A": 4})
    (first, other), (second,) = (round_.sessions for round_ in program.rounds)
    first = replace(first, presenters=(presenter,))
    second = replace(second, presenters=more)
    return replace(
        program,
        rounds=(
            replace(program.rounds[0], sessions=(first, other)),
            replace(program.rounds[1], sessions=(second,)),
        ),
    )


def signed_up(name: str, email: str = "") -> Participant:
    return Participant(name=name, email=email, wishes=(NO_WISHES, NO_WISHES))


BO = Presenter(name="Bo Bo", email="bo@skole.dk")


@pytest.mark.parametrize(
    ("presenter", "participant"),
    [
        (BO, signed_up("Bo Andersen", "BO@skole.dk")),
        (BO, signed_up("bo  BO")),
        (Presenter(name="Bo Bo"), signed_up("Bo Bo", "bo@privat.dk")),
        (Presenter(name="Bo Bo"), signed_up("Bo Bo")),
    ],
    ids=["by email", "by name without the participant's email", "by name without the presenter's", "by name"],
)
def test_a_presenter_is_recognised(presenter: Presenter, participant: Participant) -> None:
    other = signed_up("Åse", "aase@skole.dk")
    found = recognise_presenters(program_of(presenter), [other, participant])
    assert found.participants == (other, replace(participant, presents=frozenset({"1A"})))
    assert (found.absent, found.unclear) == ((), ())


@pytest.mark.parametrize(
    "people", [[], [signed_up("Åse", "aase@skole.dk")], [signed_up("Bo Bo", "bo@privat.dk")]]
)
def test_who_did_not_sign_up_is_absent_and_another_email_is_somebody_else(people: list[Participant]) -> None:
    found = recognise_presenters(program_of(BO), people)
    assert found.participants == tuple(people)
    assert found.absent == (("1A", BO),)
    assert found.unclear == ()


def test_an_email_decides_between_namesakes() -> None:
    one, other = signed_up("Bo Bo", "bo@skole.dk"), signed_up("Bo Bo", "bo@privat.dk")
    found = recognise_presenters(program_of(BO), [other, one])
    assert [person.presents for person in found.participants] == [frozenset(), frozenset({"1A"})]


def test_namesakes_are_unclear_and_nobody_of_them_presents() -> None:
    people = (signed_up("Bo Bo", "bo@skole.dk"), signed_up("Bo Bo", "bo@privat.dk"))
    found = recognise_presenters(program_of(Presenter(name="bo bo")), people)
    assert found.participants == people
    assert found.absent == ()
    (unclear,) = found.unclear
    assert (unclear.code, unclear.presenter.name, unclear.participants) == ("1A", "bo bo", people)


def test_one_person_presents_in_two_rounds_and_two_in_one() -> None:
    program = program_of(BO, Presenter(name="Åse"), BO)
    found = recognise_presenters(program, [signed_up("Åse", "aase@skole.dk"), signed_up("Bo", "bo@skole.dk")])
    assert [person.presents for person in found.participants] == [frozenset({"2A"}), frozenset({"1A", "2A"})]
    first, second = program.rounds
    assert [person.presents_in(first) for person in found.participants] == [None, "1A"]
    assert [person.presents_in(second) for person in found.participants] == ["2A", "2A"]
