"""A day is planned before anybody has wished."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from midtvejs.domain.offers import breaches
from midtvejs.domain.planning import NoLawfulPlacement, count_missing, pairs_of_a_track
from midtvejs.domain.program import Offer, Presenter, Program
from midtvejs.solving.placing.by_law import plan_by_law
from midtvejs.solving.placing.limits import PlacingLimits
from tests.conferences import open_day, session

BOTH = ("R1", "R2")


def in_tracks(tracks: dict[str, str]) -> dict[str, Offer | None]:
    return {
        code: Offer(session=replace(session(code, 1), track=track), rounds=BOTH)
        for code, track in tracks.items()
    }


def expecting(day: Program, people: int) -> Program:
    return replace(day, event=replace(day.event, expected_participants=people))


def test_no_two_of_a_track_run_in_one_round_where_that_can_be() -> None:
    day = open_day(in_tracks({"A": "x", "B": "x", "C": "y", "D": "y"}), rounds=2, rooms=(9, 9))
    planned = plan_by_law(day)
    assert not pairs_of_a_track(planned.program)


def test_what_a_track_cannot_avoid_is_told() -> None:
    day = open_day(in_tracks({"A": "x", "B": "x", "C": "x", "D": ""}), rounds=2, rooms=(9, 9))
    planned = plan_by_law(day)
    assert len(pairs_of_a_track(planned.program)) == 1


@given(sessions=st.integers(2, 6))
def test_sessions_are_spread_evenly(sessions: int) -> None:
    day = open_day(dict.fromkeys("ABCDEF"[:sessions]), rounds=2, rooms=(9, 9, 9, 9, 9, 9))
    counts = [len(round_.sessions) for round_ in plan_by_law(day).program.rounds]
    assert max(counts) - min(counts) == sessions % 2


def test_a_session_is_held_more_often_where_seats_are_missing_without() -> None:
    often = Offer(session=session("A", 1), rounds=BOTH, most=2)
    day = open_day({"A": often, "B": None, "C": None}, rounds=2, rooms=(10, 10))
    assert len(plan_by_law(expecting(day, 10)).placement["A"]) == 1
    assert len(plan_by_law(expecting(day, 20)).placement["A"]) == 2


def test_the_largest_room_is_not_for_those_who_let_few_in() -> None:
    day = open_day({"A": few_in("A", 2), "B": None, "C": None}, rounds=1, rooms=(3, 30, 4))
    planned = plan_by_law(expecting(day, 36))
    assert {each.code: each.seats for each in planned.program.rounds[0].sessions} == {"A": 2, "B": 30, "C": 4}


def few_in(code: str, most: int) -> Offer:
    return Offer(session=replace(session(code, 1), most=most), rounds=("R1",))


def test_those_who_present_need_no_seat_then() -> None:
    bo = (Presenter(name="Bo"),)
    held = {code: Offer(session=session(code, 1, presenters=bo), rounds=BOTH) for code in "AB"}
    day = expecting(open_day(dict(held), rounds=2, rooms=(9,)), 10)
    assert not count_missing(plan_by_law(day).program)
    with pytest.raises(NoLawfulPlacement):
        plan_by_law(expecting(day, 11))


def test_a_placement_with_seats_for_all_is_found_where_a_search_may_miss_it() -> None:
    # Six rooms and twelve sessions: only halves with the same seats do, and few are.
    most = (31, 29, 23, 19, 17, 13, 11, 7, 5, 3, 2, 2)
    offers = {
        code: Offer(session=replace(session(code, 1), most=limit), rounds=BOTH)
        for code, limit in zip("ABCDEFGHIJKL", most, strict=True)
    }
    day = expecting(open_day(dict(offers), rounds=2, rooms=(40,) * 6), sum(most) // 2)
    assert not count_missing(plan_by_law(day, limits=PlacingLimits(by_law=1)).program)


def test_every_room_is_chosen_and_no_law_broken() -> None:
    day = open_day(dict.fromkeys("ABCDE"), rounds=2, rooms=(10, 20, 30))
    planned = plan_by_law(day)
    assert not any(breaches(day, planned.placement))
    assert not any(sitting.rooms for sitting in planned.program.sittings.values())
    for round_ in planned.program.rounds:
        rooms = [sitting.room.name for sitting in round_.sessions]
        assert len(rooms) == len(set(rooms))
