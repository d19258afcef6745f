"""Small changes of a program whose sessions cannot be placed, each with the day that it would make.

Whether one of them is enough is for others to try: what is named as a help has been tried.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from midtvejs.domain.offers import shared_presenter
from midtvejs.domain.program import Offer, Program, Room, Session, is_unlimited
from midtvejs.solving.placing.open_day import OpenDay
from midtvejs.solving.placing.pinned import PinnedParticipant


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """A change in words, and the ``day`` as it is with it."""

    words: str
    day: OpenDay


def add_room(day: OpenDay, seats: int) -> Change:
    """Describe one more room, that is free in each round."""
    names = {room.name for room in day.program.rooms}
    name = next(name for number in range(len(names) + 1) if (name := f"one more room {number}") not in names)
    rooms = (*day.program.rooms, Room(name=name, seats=seats))
    return _change(day, f"one more room under rooms, with {seats} seats", replace(day.program, rooms=rooms))


def enlarge_room(day: OpenDay, room: Room, more: int) -> Change | None:
    """Let a room have more seats; None where it has seats for all."""
    if is_unlimited(room.seats):
        return None
    larger = replace(room, seats=room.seats + more)
    program = _with_room(day.program, larger)
    return _change(day, f"{larger.seats} seats in {room.name} instead of {room.seats}", program)


def hold_once_more(day: OpenDay, offer: Offer) -> Change | None:
    """Let a session be held once more; None where it may be in no more rounds."""
    if offer.most >= len(offer.rounds):
        return None
    more = replace(offer, most=offer.most + 1)
    return _change(day, f"times: {more.fewest}-{more.most} for {offer.code}", _with_offer(day, more))


def let_more_in(day: OpenDay, offer: Offer, more: int) -> Change | None:
    """Let a session have more participants; None where its room alone is a limit."""
    if offer.session.most is None:
        return None
    most = offer.session.most + more
    changed = replace(offer, session=replace(offer.session, most=most))
    return _change(day, f"max_participants: {most} for {offer.code}", _with_offer(day, changed))


def hold_once_less(day: OpenDay, offer: Offer) -> Change | None:
    """Let a session be held once less; None where it is to be held once."""
    if offer.fewest == 1:
        return None
    less = replace(offer, fewest=offer.fewest - 1)
    times = f"{less.fewest}-{less.most}" if less.fewest < less.most else str(less.most)
    return _change(day, f"times: {times} for {offer.code}", _with_offer(day, less))


def open_rounds(day: OpenDay, offer: Offer) -> Iterator[Change]:
    """Open to a session one of the rounds that are closed to it, each in turn."""
    for round_ in day.rounds:
        if round_.id in day.program.awaiting and round_.id not in offer.rounds:
            ids = tuple(each.id for each in day.rounds if each.id in {*offer.rounds, round_.id})
            yield _change(
                day, f"let {offer.code} be in {round_.id}", _with_offer(day, replace(offer, rounds=ids))
            )


def leave_room_open(day: OpenDay, offer: Offer) -> Change | None:
    """Let any room do for a session; None where any does."""
    if not offer.rooms:
        return None
    return _change(day, f"room: auto for {offer.code}", _with_offer(day, replace(offer, rooms={})))


def free_presenters(day: OpenDay, offer: Offer) -> Iterator[Change]:
    """Let others than those who present another session, too, present one."""
    shared = {
        who.name: who
        for other in (*day.program.sittings.values(), *(each.session for each in day.offers))
        if other.code != offer.code and (who := shared_presenter(offer.session, other))
    }
    for name, who in sorted(shared.items()):
        left = tuple(each for each in offer.session.presenters if each != who)
        session = replace(offer.session, presenters=left)
        words = f"let another than {name} present {offer.code}"
        yield _change(day, words, _with_offer(day, replace(offer, session=session)))


def leave_out_pin(day: OpenDay, somebody: PinnedParticipant) -> Change:
    """Let somebody be where they present, or elsewhere, whatever they are pinned to."""
    return Change(words=f"leave out {somebody}", day=replace(day, pinned=day.pinned - {somebody}))


def _change(day: OpenDay, words: str, program: Program) -> Change:
    return Change(words=words, day=replace(day, program=program))


def _with_offer(day: OpenDay, changed: Offer) -> Program:
    offers = (changed if each.code == changed.code else each for each in day.program.offers)
    return replace(day.program, offers=tuple(offers))


def _with_room(program: Program, room: Room) -> Program:
    """Return a program with a room instead of the one of its name, wherever that is."""

    def new(old: Room) -> Room:
        return room if old.name == room.name else old

    def held(session: Session) -> Session:
        return replace(session, room=new(session.room), rooms=tuple(map(new, session.rooms)))

    return replace(
        program,
        rooms=tuple(map(new, program.rooms)),
        rounds=tuple(
            replace(round_, sessions=tuple(map(held, round_.sessions))) for round_ in program.rounds
        ),
        offers=tuple(
            replace(
                offer,
                session=held(offer.session),
                rooms={id_: new(old) for id_, old in offer.rooms.items()},
            )
            for offer in program.offers
        ),
    )
