"""What everybody could have alone in a placement, and what none is below, against every day there is."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from midtvejs.domain.fairness import Criterion
from midtvejs.domain.offers import place
from midtvejs.domain.participants import Participant
from midtvejs.domain.planning import ORDERS
from midtvejs.domain.program import Offer, Program
from midtvejs.solving.placing.alone import Alone, measure
from midtvejs.solving.placing.bounds import bound_all
from midtvejs.solving.placing.crowd import CLOSED, crowd_of
from midtvejs.solving.placing.open_day import OpenDay
from midtvejs.solving.placing.seats import Seats
from tests.brute import every_choice, every_outcome
from tests.conferences import open_day, person, pinned, session
from tests.every_placement import every_placement
from tests.solving.placing.days import Day, open_days


def alone_in(program: Program, people: tuple[Participant, ...]) -> Alone:
    return Alone(OpenDay(program=program), crowd_of(program, people))


@given(conference=open_days(), data=st.data())
def test_with_seats_nobody_is_better_off_than_alone(conference: Day, data: st.DataObject) -> None:
    program, people = conference
    placements = [*every_placement(program)]
    if not placements:
        return
    placement = data.draw(st.sampled_from(placements))
    alone = alone_in(program, people)
    found = measure(alone.regrets(alone.day.sets_of(placement)), alone.crowd.weights)
    for outcome in every_outcome(place(program, placement), people):
        assert found.worst <= outcome.worst
        assert found.total <= outcome.total
        assert found.even <= outcome.even


def test_those_who_may_be_nowhere_in_many_rounds_come_to_more_than_anyone_else() -> None:
    codes = "ABCDE"
    banned = person("Åse", " > ".join(codes))
    for code in codes:
        banned = pinned(banned, code, holds=False)
    alone = alone_in(open_day(dict.fromkeys(codes), rounds=5, rooms=(9,)), (banned,))
    assert alone.regrets((1, 2, 4, 8, 16)).tolist() == [5 * CLOSED]


def test_places_that_are_not_kept_are_looked_up_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    people = (person("Åse", "A > B > C"), person("Bo", "C > B > A"))
    alone = alone_in(open_day(dict.fromkeys("ABC"), rounds=3, rooms=(9,)), people)
    kept = [alone.regrets(sets).tolist() for sets in ((1, 2, 4), (3, 4, 0), (1, 2, 4))]
    monkeypatch.setattr("midtvejs.solving.placing.alone.MOST_KEPT", 1)
    assert [alone.regrets(sets).tolist() for sets in ((1, 2, 4), (3, 4, 0), (1, 2, 4))] == kept


@given(conference=open_days(), data=st.data())
def test_it_is_the_least_of_all_days_where_wishes_fill_the_day(conference: Day, data: st.DataObject) -> None:
    program, people = conference
    placements = [*every_placement(program)]
    if not placements:
        return
    placement = data.draw(st.sampled_from(placements))
    placed = place(program, placement)
    for each in people:
        days = [figures.total for figures, _ in every_choice(placed, each)]
        alone = alone_in(program, (each,))
        found = measure(alone.regrets(alone.day.sets_of(placement)), alone.crowd.weights).total
        exact = alone.by_rounds is not None or not each.wishes[0].above
        if days and exact and len(each.wishes[0].codes) >= len(program.rounds):
            assert found == min(days)
        elif days:
            # Whether there is anything to fill up what wishes leave free is left to the seating; so are
            # equals, where they are held several times.
            assert found <= min(days)


@given(conference=open_days())
def test_no_placement_and_no_seating_is_below_the_bound(conference: Day) -> None:
    program, people = conference
    alone = alone_in(program, people)
    bound = bound_all(alone, Seats(day=alone.day, participants=people).strictly_wanted)
    for placement in every_placement(program):
        for outcome in every_outcome(place(program, placement), people):
            assert all(bound[criterion] <= outcome.of(criterion) for criterion in ORDERS)


def test_more_than_all_seats_of_a_session_cannot_have_it() -> None:
    day = open_day({"A": None, "B": None, "C": None, "D": None}, rounds=2, rooms=(2, 2))
    people = tuple(person(name, "A > B") for name in ("Åse", "Bo", "Cai"))
    alone = alone_in(day, people)
    wanted = Seats(day=alone.day, participants=people).strictly_wanted
    assert bound_all(alone, wanted) == {Criterion.EVEN: 2, Criterion.WORST: 1, Criterion.TOTAL: 2}


def test_what_can_only_be_held_in_one_round_cannot_all_be_had() -> None:
    only = {
        code: Offer(session=session(code, 1), rounds=("R1",) if code in "AB" else ("R1", "R2"))
        for code in "ABC"
    }
    day = open_day(dict(only), rounds=2, rooms=(9, 9))
    people = (person("Åse", "A > B > C"),)
    alone = alone_in(day, people)
    assert bound_all(alone, Seats(day=alone.day, participants=people).strictly_wanted)[Criterion.TOTAL] == 1
