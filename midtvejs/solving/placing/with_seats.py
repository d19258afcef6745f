"""A placement in which everybody finds a seat in each round; or how many lack one in any."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial

from midtvejs.domain.planning import NoLawfulPlacement, Obstacle
from midtvejs.domain.program import Room, Session
from midtvejs.domain.wording import listing, quantity
from midtvejs.solving.cpsat.stated import Term, Variable, Verdict
from midtvejs.solving.placing.changes import Change, add_room, enlarge_room, hold_once_more, let_more_in
from midtvejs.solving.placing.feasible import EFFORT, PlacementModel, find_placement
from midtvejs.solving.placing.open_day import OpenDay, Sets
from midtvejs.solving.placing.seats import Seats
from midtvejs.solving.stop import Stop

Way = Callable[[OpenDay], Change | None]
"""A change of a day; None where there is nothing to change."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shortest:
    """The placement with the fewest seats missing that was found. ``proven``: no other has fewer."""

    sets: Sets
    missing: int
    proven: bool


def find_seated_placement(day: OpenDay, seats: Seats, stop: Stop) -> Sets:
    """Return a lawful placement in which everybody finds a seat, if one was found.

    Raises:
        NoLawfulPlacement: there is none, or none with enough seats.
        OutOfTime: it could not be told in time.
    """
    sets = find_placement(day, seats.participants, stop)
    if not seats.count_short(sets):
        return sets
    found = find_with_seats(day, seats, stop)
    if found and not found.missing:
        return found.sets
    crowded = tuple(_find_crowded(day, seats))
    if crowded or (found and found.proven):
        raise NoLawfulPlacement((_too_few_seats(day, seats, found, crowded, stop),))
    return found.sets if found else sets


def keep_tracks_apart(day: OpenDay, seats: Seats, stop: Stop) -> OpenDay:
    """Return the day with each track kept apart, one after the other, for which that can be with seats."""
    known = Counter(each.track for each in day.program.known_sessions.values() if each.track)
    for track in sorted({offer.session.track for offer in day.offers if known[offer.session.track] > 1}):
        stricter = replace(day, apart=day.apart | {track})
        found = find_with_seats(stricter, replace(seats, day=stricter), stop)
        if found and not found.missing:
            day = stricter
    return day


def _find_crowded(day: OpenDay, seats: Seats) -> Iterator[str]:
    """Say in which rounds not everybody has a seat even if all rooms are in use."""
    presenters = sum(bool(person.presents) for person in seats.participants)
    for number, round_ in enumerate(day.rounds):
        most = sum(room.seats for room in day.free_rooms[number])
        most += sum(session.seats for session in round_.sessions if not session.rooms)
        heads = seats.count_heads(number) - presenters
        if day.allowed[number] and heads > most:
            yield f"{quantity(most, 'seat')} in {round_.id} for at least {quantity(heads, 'participant')}"


def find_with_seats(day: OpenDay, seats: Seats, stop: Stop) -> Shortest | None:
    """Return a placement with as few seats missing as can be; None where there was no time for any."""
    model = _WithSeats(day, seats)
    outcome = model.model.solve(seed=0, stop=stop, effort=EFFORT)
    if not outcome.found:
        return None
    return Shortest(
        sets=model.sets(outcome.values), missing=outcome.value, proven=outcome.verdict is Verdict.BEST
    )


class _WithSeats(PlacementModel):
    """Deals the free rooms of each round, too, and counts who is left without a seat."""

    def __init__(self, day: OpenDay, seats: Seats) -> None:
        super().__init__(day)
        self._day = day
        self._seats = seats
        missing = [self._missing_in(round_) for round_, allowed in enumerate(day.allowed) if allowed]
        self.model.minimise([(1, each) for each in missing])

    def _missing_in(self, round_: int) -> Variable:
        """Return the number of those who find no seat in a round."""
        heads = self._seats.count_heads(round_)
        missing = self.model.whole(heads)
        taken: dict[str, list[Term]] = {room.name: [] for room in self._day.free_rooms[round_]}
        found: list[Term] = [(1, missing)]
        for session, held, room in self._held_in(round_):
            found.append((self._seats.count_presenting(round_, session.code), held))
            if room:
                dealt = [(room, held)]
            else:
                dealt = [(each, self.model.boolean()) for each in self._day.free_rooms[round_]]
                self.model.exactly([*((1, each) for _, each in dealt), (-1, held)], 0)
            for each, is_dealt in dealt:
                # What is settled in a room needs not be the only one: it may have times of its own.
                taken.get(each.name, []).append((1, is_dealt))
                found.append((min(heads, session.seats_in(each)), is_dealt))
        for terms in taken.values():
            self.model.at_most(terms, 1)
        self.model.at_least(found, heads)
        return missing

    def _held_in(self, round_: int) -> Iterator[tuple[Session, Variable, Room | None]]:
        """Return what is or may be held in a round, whether it is, and in which room if that is settled."""
        for session in self._day.rounds[round_].sessions:
            always = self.model.boolean()
            self.model.exactly([(1, always)], 1)
            yield session, always, None if session.rooms else session.room
        id_ = self._day.rounds[round_].id
        for number, held in enumerate(self.held):
            if round_ in held:
                yield self._day.session(number), held[round_], self._day.offers[number].rooms.get(id_)


def _too_few_seats(
    day: OpenDay, seats: Seats, found: Shortest | None, crowded: Sequence[str], stop: Stop
) -> Obstacle:
    """Say how many seats are missing in any placement, where that is so in the best, and what would help."""
    short = {
        number: count
        for number, held in enumerate(found.sets if found else ())
        if day.allowed[number] and (count := seats.short_in(number, held))
    }
    why = f"all rooms together have {listing(crowded)}" if crowded else ""
    if found and not crowded:
        here = [_short_here(day, found, number, count) for number, count in short.items()]
        missing = f"{quantity(found.missing, 'seat')} {'is' if found.missing == 1 else 'are'} missing"
        why = f"whatever is held when, {missing} at least: {listing(here)}"
    changes: tuple[str, ...] = ()
    if found:
        in_a_round = max(short.values(), default=found.missing)
        changes = tuple(_changes_to_seat(day, seats, in_a_round, found.missing, stop))
    return Obstacle(why=why, changes=changes or ("more seats in the rooms",))


def _short_here(day: OpenDay, found: Shortest, number: int, count: int) -> str:
    held = len(day.rounds[number].sessions) + found.sets[number].bit_count()
    return f"{count} in {day.rounds[number].id} with {quantity(held, 'session')}"


def _changes_to_seat(day: OpenDay, seats: Seats, in_a_round: int, in_all: int, stop: Stop) -> Iterator[str]:
    """Return the smallest change of each kind with which everybody finds a seat.

    As many seats are missing ``in_a_round`` at the most, and ``in_all`` of them.
    """
    rooms = sorted(day.program.rooms, key=lambda room: -room.seats)
    missing = sorted({in_a_round, in_all})
    sizes = sorted({more + room for more in missing for room in (0, rooms[-1].seats)})
    kinds: tuple[list[Way], ...] = (
        [partial(enlarge_room, room=room, more=more) for more in missing for room in rooms],
        [partial(add_room, seats=size) for size in sizes],
        [partial(hold_once_more, offer=offer) for offer in day.offers],
        [partial(let_more_in, offer=offer, more=more) for more in missing for offer in day.offers],
    )

    def helps(change: Change) -> bool:
        then = find_with_seats(change.day, replace(seats, day=change.day), stop)
        return then is not None and not then.missing

    helping = [next((each.words for way in kind if (each := way(day)) and helps(each)), "") for kind in kinds]
    if not any(helping):
        each_of_all = [
            _all_of(day, kind) for kind in (kinds[0][: len(rooms)], kinds[2], kinds[3][: len(day.offers)])
        ]
        helping = [each.words for each in each_of_all if each and helps(each)]
    yield from filter(None, helping)


def _all_of(day: OpenDay, ways: Iterable[Way]) -> Change | None:
    """Return all changes of one kind at once; None where there are none."""
    words = []
    for way in ways:
        if change := way(day):
            words.append(change.words)
            day = change.day
    return Change(words=" and ".join(words), day=day) if words else None
