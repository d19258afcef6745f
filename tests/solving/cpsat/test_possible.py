"""What is ruled out of a round is impossible within its limits, and all that is left is possible."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from unittest.mock import Mock, patch

import pytest

from midtvejs.domain.assignment import NoLawfulAssignment
from midtvejs.domain.certificate import Proof
from midtvejs.domain.fairness import Criterion
from midtvejs.domain.program import Session
from midtvejs.solving.bounds import BoundInRooms, BoundWithoutRules
from midtvejs.solving.cpsat.alone import RoundsAlone
from midtvejs.solving.cpsat.broken import keeps_the_rules
from midtvejs.solving.cpsat.possible import Possible, narrowed, possible_in
from midtvejs.solving.cpsat.question import Question
from midtvejs.solving.cpsat.solvers import Solvers
from midtvejs.solving.cpsat.stated import Verdict
from midtvejs.solving.instance.case import Case, Choice, case_of
from midtvejs.solving.lawful import seat_lawfully
from midtvejs.solving.limits import Limits
from midtvejs.solving.queue.in_turn import seat_in_turn
from midtvejs.solving.search import Bound
from midtvejs.solving.stop import Stop
from tests.benchmarks.hardness.specs import RULES
from tests.solving.cases import judged, ruled_day, unwatched
from tests.solving.cpsat.test_settled import ATTIC, CELLAR, HALL, open_day

LIMITS = Limits(relaxed=0, looks=100, tight=1)
ROOMS = (HALL, ATTIC, CELLAR)


@pytest.fixture(scope="module")
def days(tmp_path_factory: pytest.TempPathFactory) -> list[Case]:
    """Days with open rooms, sessions that may be cancelled, both, and all rules."""
    folder = tmp_path_factory.mktemp("days")
    return [
        ruled_day(folder, *rules, people=people, shape=(3, 4), spare=spare, wishes=wishes, limits=LIMITS)
        for people, spare, wishes, *rules in (
            (24, 1.3, "pl", *RULES),
            (30, 1.15, "strong", "auto"),
            (36, 1.5, "org", "cancel"),
            (30, 1.15, "pl", "auto", "cancel"),
        )
    ]


def start_of(case: Case) -> list[Choice]:
    return list(seat_lawfully(case, Stop()) or seat_in_turn(case))


def best_of(
    case: Case, criterion: Criterion, limits: dict[Criterion, int], start: list[Choice] | None = None
) -> list[Choice] | None:
    """Return what makes a criterion small; None where nothing is within the limits."""
    question = Question(case=case, limits=limits, minimise=criterion)
    answer = question.ask(start or start_of(case), seed=0, stop=Stop(), effort=60.0)
    assert answer.outcome.verdict in {Verdict.BEST, Verdict.IMPOSSIBLE}
    return answer.choices


def least(case: Case, criterion: Criterion, limits: dict[Criterion, int]) -> int | None:
    """Return what a criterion comes to at the least; None where nothing is within the limits."""
    try:
        best = best_of(case, criterion, limits)
    except NoLawfulAssignment:
        return None
    return None if best is None else judged(case, best)[criterion]


def ways(session: Session) -> Iterator[tuple[str, Session]]:
    """Return a session in each of its rooms, held for certain, and cancelled for certain."""
    held = replace(session, may_be_cancelled=False)
    for room in session.rooms:
        yield room.name, replace(held, room=room, rooms=())
    if session.may_be_cancelled and not session.rooms:
        yield "held", held


def in_one_round(case: Case, number: int, session: Session) -> Case:
    """Return the case of one round in which a session is as it is given."""
    rounds = list(case.program.rounds)
    taken = () if session.rooms else (session.room,)
    sessions = (
        session
        if each.key == session.key
        else replace(each, rooms=tuple(room for room in each.rooms if room not in taken))
        for each in rounds[number].sessions
    )
    rounds[number] = replace(rounds[number], sessions=tuple(sessions))
    return case_of(replace(case.program, rounds=tuple(rounds)), case.participants, LIMITS).alone(number)


@pytest.mark.parametrize("more", [0, 1, 3])
def test_what_is_left_of_a_round_is_all_that_is_possible(days: list[Case], more: int) -> None:
    """Each way that a session can be is tried by itself, and is possible where the round keeps its limit."""
    ruled_out = 0
    for case in days:
        for number in range(len(case.rounds)):
            alone = case.alone(number)
            best = best_of(alone, Criterion.TOTAL, {})
            assert best is not None
            limit = judged(alone, best)[Criterion.TOTAL] + more
            found = possible_in(alone, {Criterion.TOTAL: limit}, best, seed=0, stop=Stop())
            assert found
            for possible, session in zip(found, case.program.rounds[number].sessions, strict=True):
                for name, way in ways(session):
                    total = least(in_one_round(case, number, way), Criterion.TOTAL, {})
                    expected = total is not None and total <= limit
                    is_left = (
                        possible.held if name == "held" else name in {room.name for room in possible.rooms}
                    )
                    assert is_left == expected, (number, session.code, name)
                    ruled_out += not expected
    assert ruled_out


@pytest.mark.parametrize("criterion", [Criterion.EVEN, Criterion.AVOID_OWN, Criterion.SPREAD])
def test_nothing_within_the_limits_is_lost(days: list[Case], criterion: Criterion) -> None:
    narrow = 0
    for case in days:
        best = best_of(case, Criterion.TOTAL, {})
        assert best is not None
        worst, total = (judged(case, best)[each] for each in (Criterion.WORST, Criterion.TOTAL))
        for limits in ({Criterion.TOTAL: total}, {Criterion.WORST: worst, Criterion.TOTAL: total + 2}):
            rounds = RoundsAlone(case, seed=0).narrow(limits, best, Stop())
            if rounds is None:
                continue
            narrow += 1
            fewer = rounds.case
            after = best_of(fewer, criterion, limits, best)
            assert after is not None
            assert keeps_the_rules(case, after)
            assert judged(case, after)[criterion] == least(case, criterion, limits)
            assert all(judged(case, after)[each] <= limit for each, limit in limits.items())
            known = BoundWithoutRules(case, Stop())
            bound = known.narrow(fewer, Stop()).bound(Criterion.TOTAL, (), below=10**6)
            assert known.bound(Criterion.TOTAL, (), below=10**6).value <= bound.value <= total
    assert narrow > len(days)


def test_what_is_proven_in_fewer_rooms_is_told_by_the_solvers_word() -> None:
    proof = Proof(criterion=Criterion.TOTAL, prices={"1A": 1})
    everywhere = Mock(bound=Mock(return_value=Bound(value=3, recomputable=3, proof=proof)))
    there = Mock(bound=Mock(return_value=Bound(value=7, recomputable=7)))
    bounds = BoundInRooms(anywhere=everywhere, there=there)
    assert bounds.bound(Criterion.TOTAL, (), below=9) == Bound(value=7, recomputable=3, proof=proof)
    there.bound.reset_mock()
    assert bounds.bound(Criterion.TOTAL, (), below=3).value == 3
    there.bound.assert_not_called()


def test_sessions_that_have_a_room_in_common_keep_all_of_theirs() -> None:
    """Bounds take rooms to be the same for all sessions that may be in any of them."""
    sessions = [Possible(rooms=rooms) for rooms in ((HALL,), (ATTIC, CELLAR), (CELLAR,))]
    fewer = narrowed(open_day(*ROOMS, codes="ABC"), [sessions])
    assert fewer
    hall, *others = fewer.program.rounds[0].sessions
    assert (hall.room, hall.rooms) == (HALL, ())
    assert {(session.room, session.rooms) for session in others} == {(ATTIC, (ATTIC, CELLAR))}


def test_what_cannot_be_held_has_no_audience_and_what_must_be_is() -> None:
    possible = [
        Possible(rooms=(HALL,)),
        Possible(rooms=(), held=False, cancelled=True),
        Possible(rooms=(ATTIC,), cancelled=True),
    ]
    session, *_ = open_day(*ROOMS, cancelled=True).program.rounds[0].sessions
    held, dropped, doubtful = (each.narrow(session) for each in possible)
    assert (held.room, held.rooms, held.may_be_cancelled) == (HALL, (), False)
    assert (dropped.rooms, dropped.most, dropped.least, dropped.may_be_cancelled) == ((), 0, 1, True)
    assert (doubtful.rooms, doubtful.may_be_cancelled) == ((ATTIC,), True)


@pytest.mark.parametrize("looks", [0, 1, 100])
def test_with_too_few_looks_nothing_is_ruled_out(days: list[Case], looks: int) -> None:
    case = days[1].alone(0)
    case = replace(case, limits=replace(LIMITS, looks=looks))
    best = best_of(case, Criterion.TOTAL, {})
    assert best is not None
    limits = {Criterion.TOTAL: judged(case, best)[Criterion.TOTAL] + 10**3}
    found = possible_in(case, limits, best, seed=0, stop=Stop())
    assert (found is not None) == (looks == 100)


def test_in_no_time_nothing_is_ruled_out(days: list[Case]) -> None:
    for case in days:
        start = start_of(case)
        limits = {Criterion.TOTAL: judged(case, start)[Criterion.TOTAL]}
        late = Stop(seconds=0)
        assert possible_in(case.alone(0), limits, [(one,) for one, *_ in start], seed=0, stop=late) is None
        assert RoundsAlone(case, seed=0).narrow(limits, start, late) is None
        assert Solvers(case, seed=0, stop=late, watch=unwatched, effort=1.0).narrow(limits, start) is None


def test_where_rounds_leave_much_of_a_sum_no_rooms_are_looked_for(days: list[Case]) -> None:
    case = replace(days[0], limits=replace(LIMITS, tight=0.1))
    start = start_of(case)
    with patch("midtvejs.solving.cpsat.alone.possible_in") as looked:
        assert RoundsAlone(case, seed=0).narrow({Criterion.TOTAL: 10**4}, start, Stop()) is None
    looked.assert_not_called()
