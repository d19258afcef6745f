"""What rounds come to in any rooms by flows is never above what they come to, and mostly is that."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from midtvejs.domain.assignment import NoLawfulAssignment
from midtvejs.domain.fairness import Criterion
from midtvejs.domain.participants import Participant
from midtvejs.domain.program import UNLIMITED, Room
from midtvejs.domain.rules import Company, Group
from midtvejs.solving.bounds import BoundWithoutRules
from midtvejs.solving.cpsat.question import Question
from midtvejs.solving.cpsat.rooms_by_flows import InAnyRooms
from midtvejs.solving.cpsat.stated import Verdict
from midtvejs.solving.instance.case import Case, case_of
from midtvejs.solving.instance.crowd import aggregate_case
from midtvejs.solving.lawful import seat_lawfully
from midtvejs.solving.limits import DEFAULT, Limits
from midtvejs.solving.queue.in_turn import seat_in_turn
from midtvejs.solving.stop import Stop
from midtvejs.solving.with_rules import search
from tests import conferences
from tests.benchmarks.hardness.specs import RULES
from tests.conferences import person, pinned
from tests.solving.cases import case_for, crowded, judged, ruled_day, unwatched

NO_LIMITS: Mapping[Criterion, int] = {}
SUMS = (Criterion.TOTAL, Criterion.FIRST, Criterion.UNLISTED)


def by_flows(case: Case, criterion: Criterion, stop: Stop | None = None) -> int:
    return InAnyRooms(case, aggregate_case(case)).least(criterion, {}, seed=0, stop=stop or Stop())


def with_best_rooms(case: Case, stop: Stop) -> Case | None:
    return InAnyRooms(case, aggregate_case(case)).with_best(seed=0, stop=stop)


def least(case: Case, criterion: Criterion, limits: Mapping[Criterion, int] = NO_LIMITS) -> int:
    """Return what the whole day comes to at the least within limits, by CP-SAT."""
    start = seat_lawfully(case, Stop()) or seat_in_turn(case)
    question = Question(case=case, limits=limits, minimise=criterion)
    answer = question.ask(start, seed=0, stop=Stop(), effort=60.0)
    assert answer.outcome.verdict is Verdict.BEST
    assert answer.choices
    assert answer.outcome.value == judged(case, answer.choices)[criterion]
    return answer.outcome.value


@pytest.mark.parametrize("rules", [("auto",), ("cancel",), ("auto", "cancel"), ("auto", "at_most"), RULES])
@pytest.mark.parametrize("wishes", ["pl", "strong", "org"])
def test_flows_tell_what_rounds_come_to_in_any_rooms(
    rules: tuple[str, ...], wishes: str, tmp_path: Path
) -> None:
    told = 0
    for people, spare in ((24, 1.15), (36, 1.4)):
        try:
            case = ruled_day(tmp_path, *rules, people=people, shape=(3, 4), spare=spare, wishes=wishes)
            asked = (*SUMS, Criterion.AVOID_OWN, Criterion.SPREAD) if rules == RULES else SUMS
            best = {criterion: least(case, criterion) for criterion in asked}
        except NoLawfulAssignment:
            continue
        for criterion, value in best.items():
            bound = by_flows(case, criterion)
            assert bound <= value
            assert by_flows(with_no_lists(case), criterion) == bound
            # Groups that are apart, and presenters who are free, are all that flows do not know.
            assert rules == RULES or bound == value
            told += bound > 0
    assert told


def with_no_lists(case: Case) -> Case:
    """Return the case for which no ways to take rooms are listed, so that CP-SAT chooses."""
    return replace(case, limits=replace(case.limits, listed_rooms=0))


@pytest.mark.parametrize("wishes", ["pl", "strong", "org"])
def test_the_best_rooms_are_those_in_which_the_total_is_the_least(wishes: str, tmp_path: Path) -> None:
    for people, spare in ((30, 1.05), (50, 1.3)):
        case = ruled_day(tmp_path, "auto", people=people, shape=(4, 5), spare=spare, wishes=wishes)
        roomed = with_best_rooms(case, Stop())
        assert roomed
        assert not any(session.rooms for session in roomed.program.sittings.values())
        assert least(roomed, Criterion.TOTAL) == by_flows(case, Criterion.TOTAL)
        assert with_best_rooms(case, Stop(seconds=0)) is None
        few_flows = replace(case, limits=replace(DEFAULT, flows=1))
        assert with_best_rooms(few_flows, Stop()) is None


def open_day(people: Sequence[Participant], *rooms: Room, codes: str = "AB", cancelled: int = 0) -> Case:
    """One round whose sessions may be in any of the rooms, or be cancelled where so many do not come."""
    day = conferences.program(dict.fromkeys(codes, 9))
    sessions = tuple(
        replace(session, room=rooms[0], rooms=rooms, least=cancelled, may_be_cancelled=cancelled > 0)
        for session in day.rounds[0].sessions
    )
    day = replace(day, rooms=rooms, rounds=(replace(day.rounds[0], sessions=sessions),))
    return case_for((day, tuple(people)), limits=replace(DEFAULT, relaxed=0))


def rooms_of(*seats: int) -> list[Room]:
    return [Room(name=f"Lokale {number}", seats=each) for number, each in enumerate(seats)]


@pytest.mark.parametrize("rules", [("auto", "spread"), ("auto", "cancel", "spread", "at_most")])
def test_flows_tell_how_many_pairs_of_colleagues_there_are(rules: tuple[str, ...], tmp_path: Path) -> None:
    case = ruled_day(tmp_path, *rules, people=30, shape=(3, 4), spare=1.3, wishes="org")
    pairs = least(case, Criterion.SPREAD)
    assert by_flows(case, Criterion.SPREAD) == pairs > 0
    total = least(case, Criterion.TOTAL)
    limits = {Criterion.TOTAL: total}
    within = InAnyRooms(case, aggregate_case(case)).least(Criterion.SPREAD, limits, seed=0, stop=Stop())
    assert pairs < within <= least(case, Criterion.SPREAD, limits)


def test_who_presents_in_a_group_needs_no_seat_in_their_own_session() -> None:
    group = Group(company=Company.TOGETHER, participants=("Åse", "Bo"))
    wishes = {"Åse": "A > B", "Bo": "A > B", "Cai": "A > B", "Dea": "A > B", "Eva": "B > A"}
    people = [
        replace(
            person(name, wish),
            presents=frozenset({"A"} if name == "Åse" else ()),
            groups=(group,) if name in group.participants else (),
        )
        for name, wish in wishes.items()
    ]
    case = open_day(people, *rooms_of(3, 3))
    case = case_of(
        replace(case.program, rules=replace(case.program.rules, groups=(group,))), people, case.limits
    )
    assert by_flows(case, Criterion.TOTAL) == least(case, Criterion.TOTAL) == 0


def test_who_presents_what_is_cancelled_may_be_the_audience_of_another_session() -> None:
    """B needs three: with the presenter of C it has two who want it, and only one of the others has to go."""
    wishes = {"Åse": "B > A", "Bo": "B > A", "Cai": "A > B", "Dea": "A > B", "Eva": "A > B"}
    people = [
        replace(person(name, wish), presents=frozenset({"C"} if name == "Åse" else ()))
        for name, wish in wishes.items()
    ]
    case = open_day(people, *rooms_of(4, 4, 4), codes="ABC")
    (round_,) = case.program.rounds
    a, b, c = round_.sessions
    b, c = replace(b, least=3), replace(c, least=3, may_be_cancelled=True)
    program = replace(case.program, rounds=(replace(round_, sessions=(a, b, c)),))
    case = case_of(program, people, case.limits)
    assert by_flows(case, Criterion.TOTAL) <= least(case, Criterion.TOTAL)


@pytest.mark.parametrize("limits", [DEFAULT, replace(DEFAULT, listed_rooms=0)])
def test_who_needs_a_way_without_steps_takes_no_room_up_the_stairs(limits: Limits) -> None:
    """Four want A, one of them where there are no steps; but what has none has three seats."""
    wishes = ("A > B", "A > B", "A > B", "A > B", "B > A", "B > A", "B > A")
    people = [
        replace(person(f"Nr. {number}", wish), step_free=number == 0) for number, wish in enumerate(wishes)
    ]
    stairs, lift = Room(name="Loft", seats=4), Room(name="Stue", seats=3, step_free=True)
    case = replace(open_day(people, stairs, lift), limits=replace(limits, relaxed=0))
    assert by_flows(case, Criterion.TOTAL) == least(case, Criterion.TOTAL) == 1
    roomed = with_best_rooms(case, Stop())
    assert roomed
    assert least(roomed, Criterion.TOTAL) == 1
    nobody = case_of(case.program, [replace(each, step_free=False) for each in people], case.limits)
    assert by_flows(nobody, Criterion.TOTAL) == 0


def test_where_fewer_rooms_are_left_than_sessions_some_are_cancelled() -> None:
    """The third room is too small for an audience of four, and so for any of them."""
    wishes = ("A > B > C", "B > C > A", "C > A > B")
    case = open_day(
        [person(f"Nr. {number}", wishes[number % 3]) for number in range(12)],
        *rooms_of(6, 6, 2),
        codes="ABC",
        cancelled=4,
    )
    start = seat_lawfully(case, Stop()) or seat_in_turn(case)
    order = (Criterion.WORST, Criterion.TOTAL, Criterion.EVEN)
    found = search(case, order, seed=0, stop=Stop(), watch=unwatched, lawful=start)
    assert all(stage.proven for stage in found.stages)
    assert by_flows(case, Criterion.TOTAL) <= found.stages[1].value == least(case, Criterion.TOTAL)


@pytest.mark.parametrize("people", [40, 4000])
def test_a_room_without_a_limit_is_as_large_as_need_be(people: int) -> None:
    """A quarter have to be in A, which has no seat for anybody else: those who wanted it are a step down."""
    crowd = [
        person(f"Nr. {number}", " > ".join("ABCD"[number % 4 :] + "ABCD"[: number % 4]))
        for number in range(people)
    ]
    pinned_to_a = [pinned(each, "A") for each in crowd[: people // 4]]
    case = open_day(
        [*pinned_to_a, *crowd[people // 4 :]],
        *rooms_of(people // 4, people // 4, people // 4, UNLIMITED),
        codes="ABCD",
    )
    assert 0 < by_flows(case, Criterion.TOTAL) <= people


def test_without_open_rooms_they_are_those_of_the_day() -> None:
    case = case_for(crowded(seed=3, people=60))
    assert by_flows(case, Criterion.TOTAL) == least(case, Criterion.TOTAL)


def test_where_nothing_can_be_told_it_is_nothing(tmp_path: Path) -> None:
    case = ruled_day(tmp_path, "auto", people=30, shape=(3, 4), spare=1.15)
    assert by_flows(case, Criterion.TOTAL) > 0
    assert by_flows(case, Criterion.TOTAL, Stop(seconds=0)) == 0
    assert by_flows(replace(case, limits=replace(DEFAULT, flows=0)), Criterion.TOTAL) == 0


def test_a_sum_bounds_the_highest_regret_as_somebody_has_the_average(tmp_path: Path) -> None:
    case = ruled_day(tmp_path, "auto", people=30, shape=(5,) * 4, spare=1.0, wishes="strong")
    bounds = BoundWithoutRules(case, Stop())
    total = bounds.bound(Criterion.TOTAL, (), below=10**6)
    worst = bounds.bound(Criterion.WORST, (), below=10**6)
    assert total.value == least(case, Criterion.TOTAL) > 30
    assert total.recomputable <= total.value
    assert worst.value >= -(-total.value // 30) > 1
