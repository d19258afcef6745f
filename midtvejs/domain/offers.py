"""Sessions of which it is open when they are held, how often or where: what placing them means, and allows.

An offer is a session, and what its program lets be decided of it. A placement says in which rounds each offer
is held; ``place`` makes of it a program like any other, whose sittings have the rooms that are free to them.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from itertools import combinations, product

from midtvejs.domain.participants import fold
from midtvejs.domain.program import Offer, Presenter, Program, Room, Round, Session, tell_sittings_apart
from midtvejs.errors import MidtvejsError

Placement = Mapping[str, tuple[str, ...]]
"""The ids of the rounds in which each offer is held, in the order of the day, by its session's code."""


class StillOpen(MidtvejsError):
    """Seats are asked for while sessions of the program are still to be placed: those of ``codes``."""

    def __init__(self, codes: Iterable[str]) -> None:
        self.codes = tuple(codes)
        super().__init__(f"still to be placed: {', '.join(self.codes)}")


def find_free_rooms(program: Program, round_: Round) -> tuple[Room, ...]:
    """Return the rooms of a program in which no session of a round is settled, in its order."""
    taken = {session.room.name for session in round_.sessions if not session.rooms}
    return tuple(room for room in program.rooms if room.name not in taken and round_.id not in room.not_in)


def count_most_seats(program: Program, round_: Round) -> int:
    """Count a round's seats, if the largest rooms that are free in it hold what may be placed there."""
    offers = [offer for offer in program.offers if round_.id in offer.rounds]
    waiting = [session for session in round_.sessions if session.rooms]
    sessions = [*waiting, *(offer.session for offer in offers)]
    if not offers:
        return round_.seats
    free = find_free_rooms(program, round_)
    most = sorted((max(each.seats_in(room) for each in sessions) for room in free), reverse=True)
    return sum(each.seats for each in round_.sessions if not each.rooms) + sum(most[: len(sessions)])


def place(program: Program, placement: Placement) -> Program:
    """Return the program with all of its offers held as a placement has it; rooms that are open stay so.

    Raises:
        ValueError: the placement breaks what the program lays down (``breaches``).
    """
    broken = tuple(breaches(program, placement))
    if broken:
        raise ValueError("; ".join(broken))
    rounds = tuple(_with_sittings(program, round_, placement) for round_ in program.rounds)
    return replace(program, rounds=tell_sittings_apart(rounds), offers=())


def _with_sittings(program: Program, round_: Round, placement: Placement) -> Round:
    offers = [offer for offer in program.offers if round_.id in placement[offer.code]]
    if not offers:
        return round_
    usual = program.rooms[0]
    settled = tuple(_held(offer, round_, offer.rooms.get(round_.id)) for offer in offers)
    rooms = find_free_rooms(program, replace(round_, sessions=(*round_.sessions, *settled)))
    sessions = (
        _in_rooms(session, rooms or (usual,)) if session.rooms else session
        for session in _in_order(round_.sessions, zip(offers, settled, strict=True))
    )
    return replace(round_, sessions=tuple(sessions))


def _in_order(sessions: tuple[Session, ...], placed: Iterable[tuple[Offer, Session]]) -> list[Session]:
    """Return what was placed in a round among its other sessions, as it stands among them in the program."""
    found = list(enumerate(sessions))
    for offer, session in placed:
        before = [number for number, each in enumerate(sessions) if each.code in offer.behind]
        found.append((before[-1] if before else -1, session))
    # Of one place the settled session comes first: sorting keeps that order.
    return [session for _, session in sorted(found, key=lambda each: each[0])]


def _held(offer: Offer, round_: Round, room: Room | None) -> Session:
    session = replace(offer.session, start=round_.start, end=round_.end)
    if room:
        return replace(session, room=room, rooms=())
    # Which rooms are free is known when all that are settled stand in the round.
    return replace(session, rooms=(session.room,))


def _in_rooms(session: Session, rooms: tuple[Room, ...]) -> Session:
    return replace(session, rooms=rooms, room=max(rooms, key=session.seats_in))


def breaches(program: Program, placement: Placement) -> Iterator[str]:
    """Say what a placement breaks: how often and in which rounds, the presenters' places, the rooms."""
    for offer in program.offers:
        held = placement.get(offer.code, ())
        if len(set(held)) < len(held):
            yield f"{offer.code} is twice in a round"
        if not offer.fewest <= len(held) <= offer.most:
            yield f"{offer.code} is held {len(held)} times"
        yield from (f"{offer.code} is not to be in {id_}" for id_ in held if id_ not in offer.rounds)
    unknown = placement.keys() - {offer.code for offer in program.offers}
    yield from (f"there is no {code} to be placed" for code in sorted(unknown))
    for round_ in program.rounds:
        here = [offer for offer in program.offers if round_.id in placement.get(offer.code, ())]
        yield from _breaches_in(program, round_, here)


def _breaches_in(program: Program, round_: Round, here: Iterable[Offer]) -> Iterator[str]:
    here = list(here)
    everybody = [*round_.sessions, *(offer.session for offer in here)]
    for one, other in combinations(everybody, 2):
        if who := shared_presenter(one, other):
            yield f"{who.name} presents {one.code} and {other.code} in {round_.id}"
    held = [session for session in round_.sessions if not session.rooms]
    rooms = Counter(session.room.name for session in held)
    rooms.update(offer.rooms[round_.id].name for offer in here if round_.id in offer.rooms)
    yield from (f"{name} is taken {count} times in {round_.id}" for name, count in rooms.items() if count > 1)
    waiting = sum(bool(session.rooms) for session in round_.sessions)
    waiting += sum(round_.id not in offer.rooms for offer in here)
    free = sum(room.name not in rooms and round_.id not in room.not_in for room in program.rooms)
    if waiting > free:
        yield f"{waiting} sessions share {free} free rooms in {round_.id}"


def shared_presenter(one: Session, other: Session) -> Presenter | None:
    """Return who presents both of two sessions, which can then never run in one round; None for nobody."""
    pairs = product(one.presenters, other.presenters)
    return next((each for each, another in pairs if is_one_person(each, another)), None)


def is_one_person(one: Presenter, other: Presenter) -> bool:
    """Return whether two presenters are one: by email, and by name where one of them has no email."""
    if one.email and other.email:
        return fold(one.email) == fold(other.email)
    return fold(one.name) == fold(other.name)


def who_presents(sessions: Iterable[Session]) -> tuple[tuple[Presenter, frozenset[str]], ...]:
    """Return each presenter of some sessions once, as first written, with the codes of what they present.

    Of a name without an email that several have, it is open whose it is: it counts for the first of them.
    """
    found: list[tuple[list[Presenter], set[str]]] = []
    for session in sessions:
        for presenter in session.presenters:
            known = next(
                (one for one in found if all(is_one_person(each, presenter) for each in one[0])), None
            )
            if known is None:
                known = ([], set())
                found.append(known)
            known[0].append(presenter)
            known[1].add(session.code)
    return tuple((written[0], frozenset(codes)) for written, codes in found)


def sittings_of(placement: Placement) -> Mapping[str, tuple[str, ...]]:
    """Return the codes that are held in each round, by the round's id."""
    held: dict[str, list[str]] = defaultdict(list)
    for code, rounds in placement.items():
        for id_ in rounds:
            held[id_].append(code)
    return {id_: tuple(codes) for id_, codes in held.items()}
