"""To whom a seat should be offered that becomes free in a full session, in which order; and free seats."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from midtvejs.domain.assignment import Assignment
from midtvejs.domain.fairness import Criterion
from midtvejs.domain.lots import Lottery
from midtvejs.domain.moving import Moving
from midtvejs.domain.participants import Participant
from midtvejs.domain.program import Round, Session, is_unlimited


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """A participant who would gain from a seat. ``leaves`` are the sessions they would give up for it.

    ``gain``: by how many steps their regret would fall. ``criteria``: what they would come to then.
    """

    participant: Participant
    leaves: tuple[tuple[Round, str], ...]
    gain: int
    criteria: Mapping[Criterion, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """A sitting that is held, the seats taken in it, and to whom a freed one is offered, the first first.

    There are no ``offers`` while a seat is free: anyone who would gain could have it.
    """

    session: Session
    round: Round
    taken: int
    offers: tuple[Offer, ...]

    @property
    def free(self) -> int | None:
        """How many seats are free; None where everybody fits."""
        return None if is_unlimited(self.session.seats) else max(0, self.session.seats - self.taken)


def find_waiting(assignment: Assignment) -> tuple[Waiting, ...]:
    """Return every sitting that is held in a lawful assignment, in the order of the day.

    First comes who makes the criteria of fairness best, one after the other, by moving from where they are;
    where they come to the same, the lottery decides. Nobody is offered what they may not have, what is no
    better for them, or what would make the criteria worse than they are.
    """
    assignment = assignment.with_rooms()
    moving, taken = Moving(assignment=assignment), assignment.count_taken()
    program = assignment.program
    lottery = Lottery.among(assignment.participants, program.rules.seed)
    return tuple(
        Waiting(
            session=session,
            round=program.round_of[key],
            taken=taken[key],
            offers=_offers(moving, lottery, key) if taken[key] >= session.seats else (),
        )
        for key, session in program.sittings.items()
        if key not in assignment.cancelled
    )


def _offers(moving: Moving, lottery: Lottery, key: str) -> tuple[Offer, ...]:
    def order(offer: Offer) -> tuple[object, ...]:
        return (*offer.criteria.values(), lottery.lot_of(offer.participant))

    return tuple(sorted(_find_offers(moving, key), key=order))


def _find_offers(moving: Moving, key: str) -> Iterator[Offer]:
    now = tuple(moving.criteria_now.values())
    rounds = moving.assignment.program.rounds
    for person in moving.assignment.participants:
        # What it takes to know who would gain is far less than what it takes to know what is lawful.
        gain = moving.gain(person, moving.day_with(person, key))
        day = moving.day_if_freed(person, key) if gain > 0 else None
        if day is None:
            continue
        criteria = moving.criteria(person, day)
        if tuple(criteria.values()) <= now:
            old = moving.assignment.days[person.key]
            changes = zip(rounds, old, day, strict=True)
            leaves = tuple((round_, before) for round_, before, after in changes if before != after)
            yield Offer(participant=person, leaves=leaves, gain=gain, criteria=criteria)
