"""Wishes read from the same words are one object: that saves looking at them, and changes nothing."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from midtvejs.auditing.bound import bound_of
from midtvejs.domain.certificate import SCALE, Proof
from midtvejs.domain.fairness import Criterion
from midtvejs.domain.participants import Participant, Wishes
from midtvejs.domain.profile import first_wishes
from midtvejs.solving.instance.case import case_of
from tests.examples import examples
from tests.strategies import (
    Conference,
    conferences_with_rules,
    kept,
    lawful_conferences,
    listed_conferences_with_rules,
)

LAWFUL = lawful_conferences()
ANY = LAWFUL | conferences_with_rules() | listed_conferences_with_rules() | kept(LAWFUL)


def shared(people: tuple[Participant, ...]) -> tuple[Participant, ...]:
    """Return people with one object for wishes that are the same."""
    known: dict[Wishes, Wishes] = {}
    return tuple(
        replace(each, wishes=tuple(known.setdefault(wishes, wishes) for wishes in each.wishes))
        for each in people
    )


def apart(people: tuple[Participant, ...]) -> tuple[Participant, ...]:
    """Return people of whom no two have the same object for their wishes."""
    return tuple(replace(each, wishes=tuple(replace(wishes) for wishes in each.wishes)) for each in people)


def twice(people: tuple[Participant, ...]) -> tuple[Participant, ...]:
    """Return people with somebody beside each who wishes alike, and of whom nothing is decided."""
    alike = (Participant(name=f"Like {each.name}", wishes=each.wishes) for each in people)
    return (*people, *alike)


@given(conference=ANY)
@examples(80)
def test_a_case_is_the_same(conference: Conference) -> None:
    program, people = conference
    one, other = (case_of(program, some) for some in (shared(twice(people)), apart(twice(people))))
    assert one.rounds == other.rounds
    assert one.rows == other.rows
    assert one.freed == other.freed
    assert one.pinned == other.pinned


@given(conference=ANY, price=st.integers(0, 2 * SCALE))
@examples(80)
def test_first_wishes_and_bounds_are_the_same(conference: Conference, price: int) -> None:
    program, people = conference
    prices = dict.fromkeys(program.sittings, price)
    proof = Proof(criterion=Criterion.WORST, worst=1, kept={}, prices=prices, kept_prices={})
    one, other = shared(twice(people)), apart(twice(people))
    assert first_wishes(program, one) == first_wishes(program, other)
    assert bound_of(proof, program, one) == bound_of(proof, program, other)
