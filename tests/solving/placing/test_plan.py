"""Planning tiny days against every placement there is, with every way to seat people in it."""

from __future__ import annotations

from dataclasses import replace
from itertools import chain, count, repeat
from string import ascii_uppercase
from unittest.mock import patch

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from midtvejs.auditing.audit import audit
from midtvejs.domain.assignment import NoLawfulAssignment, OutOfTime
from midtvejs.domain.fairness import Criterion
from midtvejs.domain.offers import breaches, place
from midtvejs.domain.participants import Participant
from midtvejs.domain.planning import ORDERS, NoLawfulPlacement, Progress, pairs_of_a_track
from midtvejs.domain.program import Offer, Presenter, Program, Room, Round
from midtvejs.domain.rules import Pin
from midtvejs.solving.placing.limits import DEFAULT
from midtvejs.solving.placing.plan import plan
from midtvejs.solving.placing.rough import Rough
from midtvejs.solving.placing.search import Seen, Walked
from midtvejs.solving.search import Solution
from midtvejs.solving.solve import solve
from midtvejs.solving.stop import Stop
from tests.conferences import open_day, person, pinned, session
from tests.every_placement import best_figures, every_placement, figures_of
from tests.examples import examples
from tests.solving.placing.days import NAMES, Day, open_days


@examples(40)
@given(conference=open_days(), by=st.sampled_from(list(ORDERS)))
def test_no_placement_is_better_on_a_tiny_day(conference: Day, by: Criterion) -> None:
    program, people = conference
    if not any(True for _ in every_placement(program)):
        with pytest.raises(NoLawfulPlacement):
            plan(program, people, by=by)
        return
    best = best_figures(program, people, by)
    if best is None:
        with pytest.raises((NoLawfulAssignment, NoLawfulPlacement)):
            plan(program, people, by=by)
        return
    planned = plan(program, people, by=by)
    assert tuple(planned.figures.values()) == best
    assert all(planned.bound[criterion] <= planned.figures[criterion] for criterion in planned.order)
    first = planned.order[0]
    if planned.counted:
        assert planned.bound[first] == planned.figures[first]
    assert not any(breaches(program, planned.placement))


SHORT = replace(DEFAULT, one_by_one=0, counted=0, placements=1, repeated=1, shortlist=1)
"""Hardly any search."""


@examples(100)
@given(conference=open_days(), by=st.sampled_from(list(ORDERS)))
def test_nothing_that_is_told_beside_it_is_better_itself(conference: Day, by: Criterion) -> None:
    program, people = conference
    try:
        planned = plan(program, people, by=by, limits=SHORT)
    except (NoLawfulAssignment, NoLawfulPlacement):
        return
    of_it = tuple(planned.figures[criterion] for criterion in planned.order)
    for other in planned.alternatives:
        assert tuple(other.figures[criterion] for criterion in planned.order) >= of_it


@examples(30)
@given(conference=open_days(), by=st.sampled_from(list(ORDERS)))
def test_of_all_placements_that_keep_a_track_apart_none_is_better(conference: Day, by: Criterion) -> None:
    program, people = conference
    offers = tuple(
        replace(offer, session=replace(offer.session, track="x")) if offer.code in "AB" else offer
        for offer in program.offers
    )
    program = replace(program, offers=offers)
    apart = [
        figures
        for placement in every_placement(program)
        if set(placement["A"]).isdisjoint(placement["B"])
        and all(round_.sessions for round_ in place(program, placement).rounds)
        and (figures := figures_of(program, people, placement, by)) is not None
    ]
    assume(apart)
    planned = plan(program, people, by=by)
    assert planned.apart == ("x",)
    assert not pairs_of_a_track(planned.program)
    assert tuple(planned.figures.values()) == min(apart)


@examples(40)
@given(conference=open_days())
def test_whoever_is_seated_in_the_planned_day_gets_what_was_planned(conference: Day) -> None:
    program, people = conference
    try:
        planned = plan(program, people)
    except (NoLawfulAssignment, NoLawfulPlacement):
        return
    assert not planned.program.offers
    assert not any(each.rooms for each in planned.program.sittings.values())
    again = solve(planned.program, people)
    assert [stage.value for stage in again.stages] == [stage.value for stage in planned.stages]
    assert {each: again.assignment.criteria[each] for each in planned.order} == planned.figures


@examples(40)
@given(conference=open_days(), data=st.data())
def test_neither_the_order_of_rows_nor_of_sessions_matters(conference: Day, data: st.DataObject) -> None:
    program, people = conference
    try:
        planned = plan(program, people)
    except (NoLawfulAssignment, NoLawfulPlacement):
        return
    offers = tuple(data.draw(st.permutations(program.offers)))
    rows = tuple(data.draw(st.permutations(people)))
    again = plan(replace(program, offers=offers), rows)
    assert again.placement == planned.placement
    assert again.figures == planned.figures


def test_what_two_want_never_runs_against_what_they_want_as_well() -> None:
    day = open_day(dict.fromkeys("ABCD"), rounds=2, rooms=(4, 4))
    people = (person("Åse", "A > B"), person("Bo", "C > D"), person("Cai", "A > B"))
    planned = plan(day, people)
    assert planned.figures[Criterion.TOTAL] == 0
    assert planned.placement["A"] != planned.placement["B"]
    assert planned.placement["C"] != planned.placement["D"]


def test_whoever_presents_two_sessions_presents_them_one_after_the_other() -> None:
    both = {code: replace(session(code, 1), presenters=(Presenter(name="Bo"),)) for code in "AB"}
    offers: dict[str, Offer | None] = {
        code: Offer(session=each, rounds=("R1", "R2")) for code, each in both.items()
    }
    day = open_day(offers | {"C": None, "D": None}, rounds=2, rooms=(4, 4))
    planned = plan(day, (person("Bo", "C > D", presents="A B"), person("Åse", "C > D")))
    assert planned.placement["A"] != planned.placement["B"]
    assert planned.figures[Criterion.TOTAL] == 0


@pytest.mark.parametrize("round_id", ["", "R1"])
def test_what_a_presenter_is_pinned_to_never_runs_against_what_they_present(round_id: str) -> None:
    offers: dict[str, Offer | None] = dict.fromkeys("ABCD")
    day = open_day({**offers, "B": presented_by_bo("B")}, rounds=2, rooms=(4, 4))
    bo = person("Bo", "", presents="B")
    bo = replace(bo, pins=(Pin(code="A", participant="Bo", round_id=round_id),))
    # All the others would have A and B in one round, with neither C nor D.
    people = (bo, person("Åse", "A > C"), person("Cai", "A > C"), person("Dea", "C > B"))
    planned = plan(day, people)
    together = {*planned.placement["A"]} & {*planned.placement["B"]}
    assert together <= ({"R2"} if round_id else set())
    assert audit(planned.assignment, people).lawful


def test_what_a_presenter_is_pinned_to_is_held_once_where_they_present_nothing() -> None:
    ids = ("R1", "R2", "R3")
    twice = Offer(session=session("A", 1), rounds=ids, fewest=2, most=2)
    theirs = replace(presented_by_bo("B"), rounds=ids, fewest=2, most=2)
    day = open_day({"A": twice, "B": theirs, "C": None, "D": None}, rounds=3, rooms=(4, 4))
    # All would have A and B in the same two rounds, and C beside D.
    people = (
        pinned(person("Bo", "", presents="B"), "A"),
        person("Åse", "C > A > B"),
        person("Cai", "D > A > B"),
    )
    planned = plan(day, people)
    assert {*planned.placement["A"]} - {*planned.placement["B"]}
    assert audit(planned.assignment, people).lawful


@pytest.mark.parametrize("most", [1, 2])
def test_what_anyone_is_pinned_to_is_held_when_they_are_there(most: int) -> None:
    first = Offer(session=session("A", 1), rounds=("R1", "R2"), most=most)
    day = open_day({"A": first, "B": None, "C": None, "D": None}, rounds=2, rooms=(4, 4))
    bo = replace(pinned(person("Bo", "B"), "A"), absent=frozenset({"R1"}))
    # The others would have A beside D, and B beside C, in whichever round.
    planned = plan(day, (bo, person("Åse", "A > B"), person("Cai", "D > C")))
    assert "R2" in planned.placement["A"]
    assert planned.assignment.days[bo.key][1] == "A"


def presented_by_bo(code: str) -> Offer:
    held = replace(session(code, 1), presenters=(Presenter(name="Bo"),))
    return Offer(session=held, rounds=("R1", "R2"))


def test_two_of_one_name_are_in_two_places_whoever_has_that_name_besides() -> None:
    bos = {
        "A": Presenter(name="Bo"),
        "B": Presenter(name="Bo", email="bo@a.dk"),
        "C": Presenter(name="Bo", email="bo@c.dk"),
    }
    offers: dict[str, Offer | None] = {
        code: Offer(session=replace(session(code, 1), presenters=(bo,)), rounds=("R1", "R2"))
        for code, bo in bos.items()
    }
    planned = plan(open_day(offers, rounds=2, rooms=(4, 4)), (person("Åse", "A > B"),))
    assert planned.placement["B"] == planned.placement["C"] != planned.placement["A"]


def test_what_was_found_stays_where_the_time_is_up_while_it_is_looked_at_once_more(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    seated: list[Solution] = []

    def solve_once(program: Program, people: tuple[Participant, ...], *, stop: Stop) -> Solution:
        if seated:
            raise OutOfTime
        found = solve(program, people, stop=stop)
        seated.append(replace(found, stages=tuple(replace(each, bound=-1) for each in found.stages)))
        return seated[0]

    monkeypatch.setattr("midtvejs.solving.placing.plan.solve", solve_once)
    planned = plan(open_day(dict.fromkeys("AB"), rounds=2, rooms=(4,)), (person("Åse", "A > B"),))
    assert planned.stages == seated[0].stages


def test_of_equal_placements_the_one_with_the_fewest_pairs_of_a_track_is_taken() -> None:
    tracks = {"A": "ledelse", "B": "ledelse", "C": "digitalt", "D": "digitalt"}
    offers: dict[str, Offer | None] = {
        code: Offer(session=replace(session(code, 1), track=track), rounds=("R1", "R2"))
        for code, track in tracks.items()
    }
    day = open_day(offers, rounds=2, rooms=(4, 4))
    planned = plan(day, (person("Åse", ""),))
    assert planned.placement["A"] != planned.placement["B"]
    assert planned.placement["C"] != planned.placement["D"]


def test_a_session_that_may_be_held_twice_is_not_where_nobody_gains() -> None:
    often = Offer(session=session("A", 1), rounds=("R1", "R2"), most=2)
    day = open_day({"A": often, "B": None}, rounds=2, rooms=(4, 4))
    planned = plan(day, (person("Åse", "A > B"),))
    assert len(planned.placement["A"]) == 1


def test_what_is_settled_in_a_round_counts_with_what_is_placed_beside_it() -> None:
    day = open_day({"A": None, "B": None}, rounds=2, rooms=(4, 4))
    settled = replace(session("X", 1), room=day.rooms[0])
    first, second = day.rounds
    day = replace(day, rounds=(replace(first, sessions=(settled,)), second))
    # Åse wants the settled session and A: A is in the other round, or she misses one of them.
    planned = plan(day, (person("Åse", "X > A"), person("Bo", "X > A")))
    assert planned.figures[Criterion.TOTAL] == 0
    assert planned.placement["A"] == ("R2",)


def test_a_round_with_a_list_of_its_own_is_told_of_in_the_figures() -> None:
    day = open_day({"A": None, "B": None}, rounds=2, rooms=(1, 4))
    own = Round(
        id="P",
        name="Samling",
        start=day.rounds[0].start,
        end=day.rounds[0].end,
        sessions=(
            replace(session("P1", 1), room=Room(name="Lille", seats=1)),
            replace(session("P2", 1), room=Room(name="Stor", seats=4)),
        ),
    )
    day = replace(day, rounds=(*day.rounds, own))
    people = (person("Åse", "A > B", "P1 > P2"), person("Bo", "B > A", "P1 > P2"))
    planned = plan(day, people)
    assert planned.figures[Criterion.TOTAL] == 1


def test_a_day_without_offers_stays_as_it_is() -> None:
    day = open_day({"A": None, "B": None}, rounds=2, rooms=(4, 4))
    people = (person("Åse", "A > B"),)
    planned = plan(day, people)
    again = plan(planned.program, people)
    assert again.program == planned.program
    assert again.placement == {}
    assert place(planned.program, again.placement) == planned.program


def test_whoever_stops_the_search_gets_the_best_so_far() -> None:
    day = open_day(dict.fromkeys(ascii_uppercase[:10]), rounds=3, rooms=(2, 2, 1, 1))
    people = tuple(person(name, " > ".join("ABCDEFGHIJ")) for name in NAMES)
    stop = Stop()
    planned = plan(day, people, stop=stop, watch=lambda _progress: stop.ask())
    assert not any(breaches(day, planned.placement))
    assert planned.figures[Criterion.TOTAL] > 0
    assert set(planned.assignment.days) == {each.key for each in people}


def test_there_are_seats_even_where_the_time_is_up_before_anybody_is_seated() -> None:
    open_twice = Offer(session=session("A", 1), rounds=("R1", "R2", "R3"), fewest=2, most=3)
    day = open_day(dict.fromkeys("BCDEFGH") | {"A": open_twice}, rounds=3, rooms=(2, 2, 1, 1))
    people = tuple(person(name, " > ".join("ABCDEFGH"[start:])) for start, name in enumerate(NAMES))
    looks = chain(range(40), repeat(100))
    stop = Stop(seconds=100, clock=lambda: next(looks))
    searched = replace(DEFAULT, one_by_one=0)
    planned = plan(day, people, stop=stop, limits=searched)
    assert not any(breaches(day, planned.placement))
    assert audit(planned.assignment, people).lawful


def test_half_of_the_time_is_left_for_seats_where_the_search_would_take_all_of_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    found: list[bool] = []

    def seat_in_time(program: Program, people: tuple[Participant, ...], *, stop: Stop) -> Solution:
        found.append(stop.asked)
        return solve(program, people)

    monkeypatch.setattr("midtvejs.solving.placing.plan.solve", seat_in_time)
    day = open_day(dict.fromkeys(ascii_uppercase[:10]), rounds=3, rooms=(2, 2, 1, 1))
    people = tuple(person(name, " > ".join("ABCDEFGHIJ")) for name in NAMES)
    looks = chain(range(40), repeat(40))
    stop = Stop(seconds=60, clock=lambda: next(looks))
    planned = plan(day, people, stop=stop)
    assert found
    assert not any(found)
    assert stop.has_ended
    assert planned.exist is None


def test_telling_placements_apart_leaves_time_to_seat_everybody_in_the_best(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    looks = count(step=0.01)
    whole = Stop(seconds=1000, clock=lambda: next(looks))

    def take_all_the_time(rough: Rough, walked: Walked, _most: int) -> list[Seen]:
        while not rough.stop.asked:
            pass
        assert not whole.asked
        return [*walked.best]

    monkeypatch.setattr(Rough, "rank", take_all_the_time)
    planned = plan(open_day(dict.fromkeys("AB"), rounds=1, rooms=(1, 1)), CROWDED, stop=whole)
    assert planned.figures[Criterion.TOTAL] == 1


CROWDED = (person("Åse", "A > B"), person("Bo", "A > B"))


def test_that_nobody_fits_into_rooms_chosen_in_haste_does_not_say_that_nobody_fits(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    whole = Stop()

    def run_out_of_time(_rough: Rough, walked: Walked, _most: int) -> list[Seen]:
        whole.ask()
        return [*walked.best]

    def solve_all_the_same(program: Program, people: tuple[Participant, ...], *, stop: Stop) -> Solution:
        assert stop.asked
        return solve(program, people)

    monkeypatch.setattr(Rough, "rank", run_out_of_time)
    monkeypatch.setattr("midtvejs.solving.placing.plan.solve", solve_all_the_same)
    day = open_day(dict.fromkeys("AB"), rounds=1, rooms=(3, 1))
    # B is wanted most, and gets the large room; three are to be in A.
    people = (*(pinned(person(name, "B > A"), "A") for name in NAMES[:3]), person(NAMES[3], "B > A"))
    with pytest.raises(OutOfTime):
        plan(day, people, stop=whole)


def test_the_same_seed_gives_the_same_plan_and_tells_the_same_on_the_way() -> None:
    day = open_day(dict.fromkeys(ascii_uppercase[:10]), rounds=3, rooms=(9, 2, 9, 1))
    people = tuple(
        person(name, " > ".join(ascii_uppercase[start : start + 5])) for start, name in enumerate(NAMES)
    )
    told: list[list[Progress]] = [[], []]
    first, second = (plan(day, people, watch=each.append) for each in told)
    assert first.placement == second.placement
    assert first.assignment.days == second.assignment.days
    assert told[0] == told[1]


def test_what_another_criterion_would_cost_is_told() -> None:
    day = open_day(dict.fromkeys("ABCDEF"), rounds=2, rooms=(9, 9, 9))
    lists = ["AFBCDE", "FDACEB", "ACFEDB", "EACBDF", "DACEFB", "BDFAEC", "EBFADC", "ADCBEF", "DFBACE"]
    people = tuple(person(f"Deltager {number}", " > ".join(each)) for number, each in enumerate(lists))
    planned = plan(day, people, by=Criterion.TOTAL)
    assert planned.figures == {Criterion.TOTAL: 2, Criterion.WORST: 2, Criterion.EVEN: 4}
    assert planned.counted
    (other,) = planned.alternatives
    assert other.criterion is Criterion.WORST
    assert other.figures == {Criterion.TOTAL: 3, Criterion.WORST: 1, Criterion.EVEN: 3}
    # What is proven best has not the least of each criterion: the other placement has less of two.
    assert all(planned.bound[criterion] <= value for criterion, value in other.figures.items())
    assert not any(breaches(day, other.placement))


@pytest.mark.parametrize("by_word", [False, True])
def test_what_is_proven_of_placements_rests_on_what_seats_in_them_rest_on(by_word: bool) -> None:
    """Without the solver's word of seats no more is known than what lists and prices alone tell."""
    day = open_day(dict.fromkeys("ABCDEF"), rounds=2, rooms=(3, 3, 3))
    lists = ["AFBCDE", "FDACEB", "ACFEDB", "EACBDF", "DACEFB", "BDFAEC", "EBFADC", "ADCBEF", "DFBACE"]
    people = tuple(person(f"Deltager {number}", " > ".join(each)) for number, each in enumerate(lists))

    def seated(program: Program, people: tuple[Participant, ...], *, stop: Stop) -> Solution:
        found = solve(program, people, stop=stop)
        said = tuple(
            replace(stage, recomputable=0 if by_word else stage.recomputable) for stage in found.stages
        )
        return replace(found, stages=said)

    with patch("midtvejs.solving.placing.plan.solve", seated):
        planned = plan(day, people, by=Criterion.TOTAL)
    assert planned.counted
    assert planned.by_word is by_word
    assert planned.bound == {Criterion.TOTAL: 6, Criterion.WORST: 2, Criterion.EVEN: 8}
    less = {Criterion.TOTAL: 4, Criterion.WORST: 1, Criterion.EVEN: 4}
    assert planned.recomputable == (less if by_word else planned.bound)
