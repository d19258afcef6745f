"""Sessions that cannot be placed: why, in numbers and names, and what would help."""

from __future__ import annotations

from dataclasses import replace

import pytest

from midtvejs.domain.assignment import OutOfTime
from midtvejs.domain.participants import Participant
from midtvejs.domain.planning import NoLawfulPlacement, Obstacle
from midtvejs.domain.program import Offer, Presenter, Program
from midtvejs.solving.placing.by_law import plan_by_law
from midtvejs.solving.placing.plan import plan
from midtvejs.solving.stop import Stop
from tests.conferences import open_day, person, pinned, session

SOMEBODY = (person("Åse", ""),)


def obstacles(program: Program, people: tuple[Participant, ...] = SOMEBODY) -> tuple[Obstacle, ...]:
    with pytest.raises(NoLawfulPlacement) as refused:
        plan(program, people)
    return refused.value.obstacles


def presented_by(name: str, codes: str, rounds: int) -> dict[str, Offer | None]:
    ids = tuple(f"R{number}" for number in range(1, rounds + 1))
    return {
        code: Offer(
            session=replace(session(code, 1), presenters=(Presenter(name=name),)),
            rounds=ids,
        )
        for code in codes
    }


def test_more_sittings_than_rooms_and_rounds() -> None:
    (obstacle,) = obstacles(open_day(dict.fromkeys("ABCDE"), rounds=2, rooms=(9, 9)))
    assert obstacle.why == "5 sittings are to be held, and 2 rounds have 4 free rooms in all: 1 too few"
    assert obstacle.changes[:2] == ("name 1 more room under rooms", "hold 1 fewer sitting")


def test_one_presenter_with_five_sessions_in_four_rounds() -> None:
    (obstacle,) = obstacles(open_day(presented_by("Bo", "ABCDE", 4), rounds=4, rooms=(9, 9)))
    assert obstacle.why == (
        "Bo presents 5 sittings (A, B, C, D, E), and there are 4 rounds for them: "
        "nobody is in two places at once"
    )
    assert obstacle.changes[0] == "let somebody else than Bo present 1 of A, B, C, D, E"


def test_no_room_is_large_enough_for_the_fewest_that_a_session_needs() -> None:
    needs = Offer(session=replace(session("A", 1), least=12), rounds=("R1", "R2"))
    (obstacle,) = obstacles(open_day({"A": needs, "B": None}, rounds=2, rooms=(9, 10)))
    assert (
        obstacle.why
        == "A needs 12 participants, and the largest room it can have, Lokale 2, has 10 seats for them"
    )
    assert obstacle.changes[0] == "12 seats in Lokale 2"


def test_all_rooms_together_are_too_small() -> None:
    people = tuple(person(name, "") for name in ("Åse", "Bo", "Cai"))
    (found,) = obstacles(open_day(dict.fromkeys("ABCD"), rounds=2, rooms=(1, 1)), people)
    assert found.why == (
        "all rooms together have 2 seats in R1 for at least 3 participants and 2 seats in R2 for "
        "at least 3 participants"
    )
    assert found.changes == (
        "2 seats in Lokale 1 instead of 1",
        "one more room under rooms, with 2 seats",
    )


def test_a_session_that_is_to_be_held_more_often_than_it_can() -> None:
    often = Offer(session=session("A", 1), rounds=("R1",), fewest=2, most=2)
    (obstacle,) = obstacles(open_day({"A": often, "B": None, "C": None}, rounds=2, rooms=(9, 9)))
    assert obstacle.why == "A is to be held 2 times, and can only be held in R1"
    assert obstacle.changes[0] == "hold A once"


def test_fewer_sessions_than_rounds() -> None:
    (obstacle,) = obstacles(open_day(dict.fromkeys("AB"), rounds=3, rooms=(9, 9)))
    assert obstacle.why == "2 sessions for 3 rounds, and nobody is in a session twice"
    assert obstacle.changes == ("add 1 session", "leave out 1 round")


def test_what_is_only_impossible_together_is_told_together() -> None:
    offers = presented_by("Bo", "AB", 2)
    offers |= {code: Offer(session=session(code, 1), rounds=("R1",)) for code in "CD"}
    # Two rooms in R1 for C and D: A and B are both left to R2, and Bo is only one.
    (obstacle,) = obstacles(open_day(offers, rounds=2, rooms=(9, 9)))
    assert "the presenters of several sessions (Bo)" in obstacle.why
    assert "the rounds that are closed to C, D" in obstacle.why


def test_it_is_told_before_anybody_has_wished_as_well() -> None:
    with pytest.raises(NoLawfulPlacement):
        plan_by_law(open_day(dict.fromkeys("ABCDE"), rounds=2, rooms=(9, 9)))


def test_without_any_time_there_is_no_placement() -> None:
    stop = Stop()
    stop.ask()
    with pytest.raises(OutOfTime):
        plan(open_day(dict.fromkeys("ABCD"), rounds=2, rooms=(9, 9)), SOMEBODY, stop=stop)


def test_a_presenter_who_is_pinned_to_what_is_always_held_beside_their_own() -> None:
    theirs = presented_by("Bo", "B", 2)["B"]
    assert theirs
    day = open_day({"A": None, "B": theirs}, rounds=2, rooms=(9, 9))
    twice = tuple(replace(offer, fewest=2, most=2) for offer in day.offers)
    bo = pinned(person("Bo", "", presents="B"), "A")
    (obstacle,) = obstacles(replace(day, offers=twice), (bo,))
    assert "the pin of Bo, who presents B, to be in A" in obstacle.why
    assert "leave out the pin of Bo, who presents B, to be in A" in obstacle.changes


@pytest.mark.parametrize("times", [1, 2])
def test_what_anyone_is_pinned_to_is_held_only_while_they_are_away(times: int) -> None:
    only = Offer(session=session("A", 1), rounds=("R1",), most=times)
    bo = replace(pinned(person("Bo", ""), "A"), absent=frozenset({"R1"}))
    (obstacle,) = obstacles(open_day({"A": only, "B": None}, rounds=2, rooms=(9, 9)), (bo,))
    assert "the pin of Bo, who does not attend R1, to be in A" in obstacle.why
    assert "leave out the pin of Bo, who does not attend R1, to be in A" in obstacle.changes


def test_a_presenter_who_is_kept_out_of_their_own_session() -> None:
    theirs = presented_by("Bo", "B", 2)["B"]
    assert theirs
    bo = pinned(person("Bo", "", presents="B"), "B", holds=False)
    (obstacle,) = obstacles(open_day({"A": None, "B": theirs}, rounds=2, rooms=(9, 9)), (bo,))
    assert obstacle.why == (
        "B is to be held once, and cannot be held in any round, "
        "with the pin of Bo, who presents B, not to be in B"
    )
    assert obstacle.changes[0] == "leave out the pin of Bo, who presents B, not to be in B"
