"""The judge and brute force, written apart from each other, find the same assignments lawful."""

from __future__ import annotations

from itertools import product

from hypothesis import given

from midtvejs.auditing.audit import audit
from midtvejs.domain.assignment import Assignment
from tests.brute import Figures, every_outcome
from tests.examples import examples
from tests.strategies import (
    Conference,
    conferences_with_rules,
    listed_conferences,
    listed_conferences_with_rules,
)


@given(conference=conferences_with_rules(max_rounds=2, max_people=3))
@examples(150)
def test_they_agree_on_what_is_lawful_and_on_what_it_comes_to(conference: Conference) -> None:
    assert _every_lawful(conference) == every_outcome(*conference)


@given(conference=conferences_with_rules(max_rounds=1, max_people=5))
@examples(100)
def test_they_agree_on_one_round_of_more_people(conference: Conference) -> None:
    assert _every_lawful(conference) == every_outcome(*conference)


@given(conference=listed_conferences(max_people=2) | listed_conferences_with_rules(max_people=2))
@examples(150)
def test_they_agree_on_sessions_held_more_than_once(conference: Conference) -> None:
    assert _every_lawful(conference) == every_outcome(*conference)


def _every_lawful(conference: Conference) -> set[Figures]:
    """Return the figures of every assignment that the audit finds lawful, of all that there are."""
    program, people = conference
    days = list(product(*(["", *(session.code for session in round_.sessions)] for round_ in program.rounds)))
    found = set()
    for chosen in product(days, repeat=len(people)):
        assignment = Assignment(
            program=program,
            participants=people,
            days={person.key: day for person, day in zip(people, chosen, strict=True)},
        )
        verdict = audit(assignment, people)
        if verdict.lawful:
            found.add(Figures(**{criterion.value: value for criterion, value in verdict.criteria.items()}))
    return found
