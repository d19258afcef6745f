"""Shares of the seats left, and how many of those without wishes sit beyond them."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from midtvejs.domain.assignment import Assignment
from midtvejs.domain.balance import find_balance, share_out
from midtvejs.domain.participants import Participant
from midtvejs.domain.program import UNLIMITED, Program
from midtvejs.domain.seated import Day
from tests.conferences import each_session, one_list, person, pinned, program


@pytest.mark.parametrize(
    ("people", "sessions", "shares"),
    [
        (12, [(12, 0), (12, 0), (12, 0)], [4, 4, 4]),
        (12, [(40, 10), (20, 0), (10, 0)], [6, 4, 2]),
        (4, [(12, 0), (12, 0), (12, 0)], [2, 1, 1]),  # of equal remainders the first
        (3, [(2, 2), (3, 0)], [0, 3]),
        (0, [(2, 2)], [0]),
        (12, [(UNLIMITED, 500), (12, 0), (12, 0)], [4, 4, 4]),
        (10, [(UNLIMITED, 0), (30, 0), (20, 0)], [4, 4, 2]),
    ],
)
def test_shares_are_in_proportion_to_the_seats_left(
    people: int, sessions: list[tuple[int, int]], shares: list[int]
) -> None:
    assert share_out(people, sessions) == shares


@given(
    sessions=st.lists(
        st.tuples(st.integers(0, 30), st.integers(0, 30)).map(lambda each: (sum(each), each[0]))
    ),
    data=st.data(),
)
def test_shares_fit_and_are_less_than_one_from_the_proportion(
    sessions: list[tuple[int, int]], data: st.DataObject
) -> None:
    total = sum(seats - taken for seats, taken in sessions)
    people = data.draw(st.integers(0, total))
    shares = share_out(people, sessions)
    assert sum(shares) == people
    for share, (seats, taken) in zip(shares, sessions, strict=True):
        assert share <= seats - taken
        assert abs(share * total - people * (seats - taken)) < max(1, total)


def seated(day: Program, *people: tuple[Participant, Day]) -> Assignment:
    return Assignment(
        program=day,
        participants=tuple(each for each, _ in people),
        days={each.key: codes for each, codes in people},
    )


def told(assignment: Assignment) -> list[tuple[str, int, int]]:
    return [(each.round.id, each.people, each.beyond) for each in find_balance(assignment)]


DAY = program({"1A": 2, "1B": 2}, {"2A": 4})


def test_those_beyond_their_share_are_counted_where_there_is_a_choice() -> None:
    """In R2 there is none."""
    one, other = ((person(name, "", ""), ("1A", "2A")) for name in ("Åse", "Bo"))
    assert told(seated(DAY, one, other)) == [("R1", 2, 1)]
    assert told(seated(DAY, one, (person("Bo", "1B", ""), ("1A", "2A")))) == [("R1", 1, 1)]
    assert told(seated(DAY, (person("Bo", "1B", ""), ("1A", "2A")))) == []


def test_who_may_have_nothing_of_what_they_list_is_without_wishes() -> None:
    bo = pinned(person("Bo", "1B", ""), "1B", holds=False)
    assert told(seated(DAY, (bo, ("1A", "2A")))) == [("R1", 1, 0)]
    assert told(seated(DAY, (pinned(bo, "1A", holds=False), ("1A", "2A")))) == [("R1", 1, 0)]
    assert told(seated(DAY, (pinned(person("Bo", "1A", ""), "1B", holds=False), ("1A", "2A")))) == []


def test_presenters_and_the_absent_are_not_among_them() -> None:
    """Nor do presenters take the seats of others."""
    away = replace(person("Bo", "", ""), absent=frozenset({"R1"}))
    ase = person("Åse", "", "", presents="1A")
    assert told(seated(DAY, (ase, ("1A", "2A")), (away, ("", "2A")))) == []


def test_what_is_cancelled_has_no_share() -> None:
    day = each_session(DAY, lambda each: replace(each, least=1, may_be_cancelled=each.code == "1A"))
    people = [(person(name, "", ""), ("1B", "2A")) for name in ("Åse", "Bo")]
    assert told(seated(DAY, *people)) == [("R1", 2, 1)]
    assert told(seated(day, *people)) == []


def test_of_one_list_for_several_rounds_each_round_is_looked_at() -> None:
    day = one_list({"A": {1: 2, 2: 2}, "B": {1: 2, 2: 2}}, rounds=2)
    people = [(person(name, ""), ("A", "B")) for name in ("Åse", "Bo")]
    assert told(seated(day, *people)) == [("R1", 2, 1), ("R2", 2, 1)]
