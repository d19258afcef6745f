"""Wishes, and how far down them one went."""

from __future__ import annotations

from dataclasses import replace
from unittest.mock import patch

from hypothesis import given
from hypothesis import strategies as st

from midtvejs.domain import participants as participants_of
from midtvejs.domain.participants import NO_WISHES, Wishes, count_alike, fold, in_order_of_keys
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
    assert fold("A\u030ase\u00a0\tHANSEN") == fold("åse hansen")
    assert fold("Strasse") == fold("Straße")
    assert fold("ﬁn") == "fin"


def test_what_is_folded_already_is_kept_once() -> None:
    email, name = "åse@example.dk", "åse bo"
    assert fold(email) is email
    assert fold(name) is name


def test_equal_wishes_are_counted_whether_or_not_they_are_one_object() -> None:
    shared = Wishes(("1A", "1B"))
    counted = count_alike([shared, Wishes(("1A", "1B")), shared, Wishes(("1B",))])
    assert counted == [(shared, 2), (shared, 1), (Wishes(("1B",)), 1)]


@given(names=st.lists(st.text("abc", min_size=1, max_size=3), unique=True), at_once=st.integers(1, 4))
def test_what_is_made_of_people_comes_in_the_order_of_their_keys(names: list[str], at_once: int) -> None:
    people = [conferences.person(name, "") for name in names]
    with patch.object(participants_of, "AT_ONCE", at_once):
        made = [*in_order_of_keys(people, lambda numbers: [people[each].name for each in numbers])]
    assert made == sorted(names)
