"""The rooms that sessions get whose rooms are open."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from itertools import permutations

from hypothesis import given
from hypothesis import strategies as st

from midtvejs.domain.assignment import Assignment
from midtvejs.domain.participants import Participant
from midtvejs.domain.program import Presenter, Program, Room, Session
from midtvejs.domain.rooms import Rosters, rooms_for
from tests import conferences

SMALL, MIDDLE, LARGE = ROOMS = (
    Room(name="Lille", seats=1, step_free=True),
    Room(name="Mellem", seats=2),
    Room(name="Stor", seats=3, step_free=True),
)


def unchanged(session: Session) -> Session:
    return session


def opened(
    rooms: tuple[Room, ...] = ROOMS,
    *,
    codes: str = "1A 1B 1C",
    change: Callable[[Session], Session] = unchanged,
) -> Program:
    """A round whose sessions may be held in any of some rooms."""
    program = conferences.program(dict.fromkeys(codes.split(), 1))
    (round_,) = program.rounds
    largest = max(rooms, key=lambda room: room.seats)
    sessions = tuple(change(replace(session, rooms=rooms, room=largest)) for session in round_.sessions)
    return replace(program, rooms=rooms, rounds=(replace(round_, sessions=sessions),))


def droppable(session: Session) -> Session:
    return replace(session, least=1, may_be_cancelled=True)


def crowd(count: int, *, step_free: bool = False, presents: str = "") -> list[Participant]:
    people = [conferences.person(f"P{number}", "", presents=presents) for number in range(count)]
    return [replace(person, step_free=step_free) for person in people]


def named(program: Program, rosters: Rosters) -> dict[str, str] | None:
    chosen = rooms_for(program, rosters)
    return None if chosen is None else {code: room.name for code, room in chosen.items()}


def test_larger_audiences_have_larger_rooms() -> None:
    rosters = {"1A": crowd(1), "1B": crowd(3), "1C": crowd(2)}
    assert named(opened(), rosters) == {"1A": "Lille", "1B": "Stor", "1C": "Mellem"}


def test_of_equal_audiences_the_first_in_the_program_has_the_larger_room() -> None:
    rosters = {"1A": crowd(1), "1B": crowd(1), "1C": crowd(1)}
    assert named(opened(), rosters) == {"1A": "Stor", "1B": "Mellem", "1C": "Lille"}


def test_whoever_needs_a_way_without_steps_comes_before_size() -> None:
    rosters = {"1A": crowd(2, step_free=True), "1B": crowd(2), "1C": crowd(0)}
    assert named(opened(), rosters) == {"1A": "Stor", "1B": "Mellem", "1C": "Lille"}
    rosters = {"1A": crowd(2), "1B": crowd(2, step_free=True), "1C": crowd(0)}
    assert named(opened(), rosters) == {"1A": "Mellem", "1B": "Stor", "1C": "Lille"}


def test_a_presenter_needs_no_seat_but_a_way_there() -> None:
    presenter = crowd(1, step_free=True, presents="1B")
    rosters = {"1A": crowd(3), "1B": presenter, "1C": crowd(2)}
    assert named(opened(), rosters) == {"1A": "Stor", "1B": "Lille", "1C": "Mellem"}
    assert named(opened((replace(SMALL, step_free=False), MIDDLE, LARGE)), rosters) is None


def test_a_cancelled_session_needs_no_room() -> None:
    program = opened((MIDDLE, LARGE), change=droppable)
    rosters = {"1A": crowd(1), "1B": crowd(0), "1C": crowd(3)}
    assert named(program, rosters) == {"1A": "Mellem", "1C": "Stor"}
    assert named(opened((MIDDLE, LARGE)), rosters) is None


def test_seats_held_back_count_as_none() -> None:
    rosters = {"1A": crowd(2)}
    assert named(opened((MIDDLE,), codes="1A"), rosters) == {"1A": "Mellem"}
    for change in ({"keep_free": 1}, {"seated_presenters": 1}):
        program = opened((MIDDLE,), codes="1A", change=partial(replace, **change))
        assert named(program, rosters) is None
    roomy = replace(LARGE, keep_free=2)
    assert named(opened((roomy, MIDDLE), codes="1A"), {"1A": crowd(1)}) == {"1A": "Mellem"}


def test_fixed_rooms_are_let_alone() -> None:
    assert rooms_for(conferences.program({"1A": 1}), {"1A": crowd(1)}) == {}


@st.composite
def rounds(draw: st.DrawFn) -> tuple[Program, dict[str, list[Participant]]]:
    rooms = tuple(
        Room(name=f"Lokale {number}", seats=draw(st.integers(1, 4)), step_free=draw(st.booleans()))
        for number in range(draw(st.integers(1, 5)))
    )
    codes = ["1A", "1B", "1C", "1D"][: draw(st.integers(1, 4))]
    program = opened(rooms, codes=" ".join(codes))
    (round_,) = program.rounds
    sessions = tuple(
        replace(session, rooms=tuple(draw(st.lists(st.sampled_from(rooms), min_size=1, unique=True))))
        for session in round_.sessions
    )
    rosters = {
        code: crowd(draw(st.integers(0, 4)), step_free=draw(st.sampled_from([False, False, True])))
        for code in codes
    }
    return replace(program, rounds=(replace(round_, sessions=sessions),)), rosters


@given(rounds())
def test_there_is_a_choice_if_and_only_if_one_of_all_choices_will_do(
    drawn: tuple[Program, dict[str, list[Participant]]],
) -> None:
    program, rosters = drawn
    sessions = list(program.sessions.values())
    choices = [
        dict(zip(program.sessions, rooms, strict=True))
        for rooms in permutations(program.rooms, len(sessions))
        if all(holds(*pair, rosters) for pair in zip(sessions, rooms, strict=True))
    ]
    # The first of them, where the largest audience chooses first, then the second largest, and so on.
    order = sorted(sessions, key=lambda session: -len(rosters[session.code]))
    liked = {session.code: sorted(session.rooms, key=lambda room: -room.seats) for session in sessions}
    best = min(
        choices,
        key=lambda choice: [liked[each.code].index(choice[each.code]) for each in order],
        default=None,
    )
    assert rooms_for(program, rosters) == best


def holds(session: Session, room: Room, rosters: Rosters) -> bool:
    roster = rosters[session.code]
    return (
        room in session.rooms
        and len(roster) <= room.seats
        and (room.step_free or not any(person.step_free for person in roster))
    )


@given(rounds())
def test_the_order_of_people_changes_nothing(drawn: tuple[Program, dict[str, list[Participant]]]) -> None:
    program, rosters = drawn
    turned = {code: roster[::-1] for code, roster in reversed(rosters.items())}
    assert rooms_for(program, turned) == rooms_for(program, rosters)


def test_an_assignment_knows_what_is_cancelled_and_has_its_rooms_filled_in() -> None:
    program = opened(change=droppable)
    people = (
        *(conferences.person(name, "1B") for name in ("Åse", "Bo")),
        replace(conferences.person("Cai", ""), absent=frozenset({"R1"})),
        conferences.person("Dea", "", presents="1C"),
    )
    days = {people[0].key: ("1B",), people[1].key: ("1B",), people[2].key: ("",), people[3].key: ("1C",)}
    assignment = Assignment(program=program, participants=people, days=days)
    assert assignment.cancelled == {"1A"}
    sessions = assignment.with_rooms().program.sessions
    assert [(session.room.name, session.rooms) for session in sessions.values()] == [
        ("Stor", ROOMS),
        ("Stor", ()),
        ("Mellem", ()),
    ]
    assert assignment.with_rooms().with_rooms().program == assignment.with_rooms().program
    assert assignment.rosters()["1B"] == list(people[:2])
    assert assignment.count_taken() == {"1A": 0, "1B": 2, "1C": 0}


def test_without_open_rooms_nothing_is_chosen() -> None:
    program, people = conferences.one_round()
    assignment = Assignment(program=program, participants=people, days={each.key: ("1A",) for each in people})
    assert assignment.with_rooms() is assignment
    assert assignment.cancelled == frozenset()


def test_presenters_that_sign_up_for_nothing_are_not_in_a_session_that_nobody_is_in() -> None:
    program = opened(change=lambda session: replace(droppable(session), presenters=(Presenter(name="Nils"),)))
    nobody = Assignment(program=program, participants=(), days={})
    assert nobody.cancelled == set(program.sessions)
    assert nobody.with_rooms() is nobody
