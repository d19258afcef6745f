"""What is named as a help where sessions cannot be placed is enough: it is done, and they are placed."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import permutations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from midtvejs.domain.offers import Placement, place
from midtvejs.domain.planning import NoLawfulPlacement, count_missing
from midtvejs.domain.program import Offer, Presenter, Program, Room, Round, Session
from midtvejs.solving.placing.by_law import plan_by_law
from midtvejs.solving.placing.limits import PlacingLimits
from tests.conferences import open_day, session
from tests.every_placement import every_placement

FEW = PlacingLimits(by_law=200)
BOTH = ("R1", "R2")


def presented(code: str, name: str, *, least: int = 0, most: int | None = None) -> Session:
    return replace(
        session(code, 1), presenters=(Presenter(name=name, external=True),), least=least, most=most
    )


def expecting(day: Program, people: int) -> Program:
    return replace(day, event=replace(day.event, expected_participants=people))


# What is said, and how a coordinator does it.


def enlarge(day: Program, seats: str, name: str) -> Program:
    rooms = (replace(room, seats=int(seats)) if room.name == name else room for room in day.rooms)
    return replace(day, rooms=tuple(rooms))


def add_rooms(day: Program, number: str, seats: str = "9") -> Program:
    more = (Room(name=f"Telt {each}", seats=int(seats)) for each in range(int(number)))
    return replace(day, rooms=(*day.rooms, *more))


def add_rounds(day: Program, number: str) -> Program:
    last = day.rounds[-1]
    ids = [f"N{each}" for each in range(int(number))]
    more = (Round(id=id_, name=id_, start=last.end, end=last.end, sessions=()) for id_ in ids)
    offers = (replace(offer, rounds=(*offer.rounds, *ids)) for offer in day.offers)
    return replace(day, rounds=(*day.rounds, *more), offers=tuple(offers), lists=())


def changed(day: Program, code: str, change: Callable[[Offer], Offer]) -> Program:
    offers = (change(offer) if offer.code == code else offer for offer in day.offers)
    return replace(day, offers=tuple(offers))


def hold(day: Program, fewest: str, most: str | None, code: str) -> Program:
    most = most or fewest
    return changed(day, code, lambda offer: replace(offer, fewest=int(fewest), most=int(most)))


def open_round(day: Program, code: str, id_: str) -> Program:
    ids = [round_.id for round_ in day.rounds]
    return changed(
        day,
        code,
        lambda offer: replace(offer, rounds=tuple(each for each in ids if each in {*offer.rounds, id_})),
    )


def without_presenter(day: Program, code: str) -> Program:
    return changed(day, code, lambda offer: replace(offer, session=replace(offer.session, presenters=())))


def needing(day: Program, least: str, code: str) -> Program:
    return changed(day, code, lambda offer: replace(offer, session=replace(offer.session, least=int(least))))


def letting_in(day: Program, most: str, code: str) -> Program:
    return changed(day, code, lambda offer: replace(offer, session=replace(offer.session, most=int(most))))


def drop(day: Program, number: str, codes: str) -> Program:
    """Hold so many of some sessions no more; ``them`` are all."""
    gone = (codes.split(", ") if codes != "them" else [offer.code for offer in day.offers])[-int(number) :]
    return replace(day, offers=tuple(offer for offer in day.offers if offer.code not in gone))


WAYS: tuple[tuple[str, Callable[..., Program]], ...] = (
    (r"(\d+) seats in (.*) instead of \d+", enlarge),
    (r"(\d+) seats in (.*)", enlarge),
    (r"one more room under rooms, with (\d+) seats", lambda day, seats: add_rooms(day, "1", seats)),
    (r"name (\d+) more rooms? under rooms", add_rooms),
    (r"add (\d+) more rounds?", add_rounds),
    (r"times: (\d+)(?:-(\d+))? for (\w)", hold),
    (r"hold (\w) once", lambda day, code: hold(day, "1", None, code)),
    (r"let (\w) be in (\w+)", open_round),
    (r"let (\w) be held in 1 more of the rounds", lambda day, code: open_round(day, code, "R2")),
    (r"room: auto for (\w)", lambda day, code: changed(day, code, lambda one: replace(one, rooms={}))),
    (r"let another than .* present (\w)", without_presenter),
    (r"let somebody else than .* present 1 of (\w).*", without_presenter),
    (r"hold (\d+) of (.*) no more", drop),
    (r"hold (\d+) fewer sittings?", lambda day, number: drop(day, number, "them")),
    (r"max_participants: (\d+) for (\w)", letting_in),
    (r"min_participants: (\d+) for (\w)", needing),
)


def follow(day: Program, words: str) -> Program:
    """Do what is said."""
    first, _, rest = words.partition(" and ")
    if rest:
        return follow(follow(day, first), rest)
    for pattern, way in WAYS:
        if found := re.fullmatch(pattern, words):
            return way(day, *found.groups())
    raise AssertionError(f"nobody knows how to do this: {words}")


def helps(day: Program) -> Iterator[str]:
    with pytest.raises(NoLawfulPlacement) as refused:
        plan_by_law(day, limits=FEW)
    (obstacle,) = refused.value.obstacles
    yield from obstacle.changes


def offer(held: Session, rounds: tuple[str, ...] = BOTH, **more: object) -> Offer:
    return Offer(session=held, rounds=rounds, **more)  # type: ignore[arg-type]


DAYS = {
    "more sittings than rooms": open_day(dict.fromkeys("ABCDE"), rounds=2, rooms=(9, 9)),
    "many more sittings than rooms": open_day(dict.fromkeys("ABCDEFG"), rounds=2, rooms=(9, 9)),
    "a presenter of five sessions": open_day(
        {code: offer(presented(code, "Bo"), ("R1", "R2", "R3", "R4")) for code in "ABCDE"},
        rounds=4,
        rooms=(9, 9),
    ),
    "no room is large enough": open_day(
        {"A": offer(presented("A", "Bo", least=12)), "B": None}, rounds=2, rooms=(9, 10)
    ),
    "no more are let in": open_day(
        {"A": offer(presented("A", "Bo", least=6, most=5)), "B": None}, rounds=2, rooms=(9, 10)
    ),
    "too often": open_day(
        {"A": Offer(session=session("A", 1), rounds=("R1",), fewest=2, most=2), "B": None, "C": None},
        rounds=2,
        rooms=(9, 9),
    ),
    "only together": open_day(
        {
            "A": offer(presented("A", "Bo")),
            "B": offer(presented("B", "Bo")),
            **{code: Offer(session=session(code, 1), rounds=("R1",)) for code in "CD"},
        },
        rounds=2,
        rooms=(9, 9),
    ),
    "too few seats in all rooms": expecting(open_day(dict.fromkeys("ABCD"), rounds=2, rooms=(9, 9)), 25),
    "too few sessions for the seats": expecting(open_day(dict.fromkeys("ABC"), rounds=2, rooms=(9, 9)), 15),
    "too small sessions": expecting(
        open_day(
            {code: offer(presented(code, code, most=5)) for code in "ABCD"}, rounds=2, rooms=(20, 20, 20)
        ),
        14,
    ),
}


@pytest.mark.parametrize("name", DAYS)
def test_each_change_that_is_named_is_enough(name: str) -> None:
    day = DAYS[name]
    changes = list(helps(day))
    assert changes
    for words in changes:
        planned = plan_by_law(follow(day, words), limits=FEW)
        assert not count_missing(planned.program), words


def test_a_room_that_is_away_lends_no_seats() -> None:
    day = expecting(open_day(dict.fromkeys("ABCD"), rounds=2, rooms=(9, 9)), 18)
    one, other = day.rooms
    away = replace(day, rooms=(one, replace(other, not_in=frozenset({"R2"}))))
    assert not count_missing(plan_by_law(day, limits=FEW).program)
    # In R2 a single room is left: one session, and three for R1 with its two rooms.
    with pytest.raises(NoLawfulPlacement, match="4 sittings are to be held, and 2 rounds have 3 free rooms"):
        plan_by_law(away, limits=FEW)
    fewer = replace(away, offers=away.offers[:3])
    with pytest.raises(NoLawfulPlacement, match="9 seats in R2 for at least 18 participants"):
        plan_by_law(fewer, limits=FEW)


@settings(deadline=None, max_examples=60)
@given(data=st.data())
def test_seats_are_missing_only_where_every_placement_lacks_some(data: st.DataObject) -> None:
    rooms = tuple(data.draw(st.lists(st.integers(1, 6), min_size=1, max_size=2), label="rooms"))
    codes = "ABCD"[: data.draw(st.integers(2, 4), label="sessions")]
    offers: dict[str, Offer | None] = {}
    for code in codes:
        most = data.draw(st.sampled_from([None, None, 2, 4]), label=f"most of {code}")
        by = data.draw(st.sampled_from(["", "", "Bo"]), label=f"presenter of {code}")
        held = replace(session(code, 1), most=most, presenters=(Presenter(name=by),) if by else ())
        times = data.draw(st.sampled_from([1, 1, 2]), label=f"times of {code}")
        offers[code] = Offer(session=held, rounds=BOTH, most=times)
    day = expecting(open_day(offers, rounds=2, rooms=rooms), data.draw(st.integers(1, 12), label="people"))
    least = min((count_least_missing(day, each) for each in every_placement(day)), default=None)
    try:
        planned = plan_by_law(day, limits=FEW)
    except NoLawfulPlacement:
        assert least != 0
    else:
        assert least == 0
        assert not count_missing(planned.program)


def count_least_missing(day: Program, placement: Placement) -> int:
    """Count the seats missing in a placement, in whichever rooms."""
    placed, missing = place(day, placement), 0
    for round_ in placed.rounds:
        sessions = list(round_.sessions)
        most = max(
            sum(one.seats_in(room) for one, room in zip(sessions, rooms, strict=True))
            for rooms in permutations(day.rooms, len(sessions))
        )
        presenting = len({each.name for one in sessions for each in one.presenters})
        missing += max(0, (day.event.expected_participants or 0) - presenting - most)
    return missing
