"""What is lawful of one move, and what it comes to: as the judge says, who knows nothing of it."""

from __future__ import annotations

from hypothesis import given

from midtvejs.domain.moving import Moving
from tests.examples import examples
from tests.strategies import (
    Conference,
    conferences_of_friends,
    conferences_with_rules,
    listed_conferences_with_rules,
)
from tests.what_if_moved import ORDERS, every_move, seated_whatever_the_wishes


@given(conference=conferences_with_rules())
@examples(150)
def test_a_move_is_lawful_and_comes_to_what_the_judge_says(conference: Conference) -> None:
    check_moves(conference)


@given(conference=listed_conferences_with_rules())
@examples(150)
def test_so_it_is_where_sessions_are_held_more_than_once(conference: Conference) -> None:
    check_moves(conference)


@given(conference=conferences_of_friends())
@examples(50)
def test_so_it_is_where_friends_are_counted(conference: Conference) -> None:
    check_moves(conference)


def check_moves(conference: Conference) -> None:
    for fairness in ORDERS:
        moving = Moving(assignment=(assignment := seated_whatever_the_wishes(conference, fairness)))
        for key, session in assignment.program.sittings.items():
            # A session that nobody is in comes about by more than one move.
            for person, day, criteria in every_move(assignment, session):
                if key in assignment.cancelled:
                    assert moving.day_if_freed(person, key) is None
                    continue
                assert moving.day_if_freed(person, key) == (day if criteria else None)
                if criteria:
                    assert tuple(moving.criteria(person, day).values()) == criteria
