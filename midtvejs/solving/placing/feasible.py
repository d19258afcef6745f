"""Any placement at all, to begin with; or why there is none."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

from midtvejs.domain.assignment import OutOfTime
from midtvejs.domain.offers import who_presents
from midtvejs.domain.participants import Participant
from midtvejs.domain.planning import NoLawfulPlacement, Obstacle
from midtvejs.domain.program import Offer, Presenter
from midtvejs.domain.wording import listing, quantity
from midtvejs.solving.cpsat.model import Model
from midtvejs.solving.cpsat.stated import Term, Variable, Verdict
from midtvejs.solving.placing.changes import (
    Change,
    add_room,
    free_presenters,
    hold_once_less,
    leave_out_pin,
    leave_room_open,
    open_rounds,
)
from midtvejs.solving.placing.open_day import OpenDay, Sets, bits_of
from midtvejs.solving.placing.pinned import PinnedParticipant
from midtvejs.solving.placing.seats import Seats
from midtvejs.solving.stop import Stop

EFFORT = 10.0
"""How long CP-SAT may look for a placement, in its own seconds; it takes a hundredth of that."""


def find_placement(day: OpenDay, participants: Sequence[Participant], stop: Stop) -> Sets:
    """Return a lawful placement, whatever the wishes.

    Raises:
        NoLawfulPlacement: there is none.
        OutOfTime: it could not be told in time.
    """
    obstacles = tuple(find_obstacles(day, participants))
    if obstacles:
        raise NoLawfulPlacement(obstacles)
    model = PlacementModel(day)
    outcome = model.model.solve(seed=0, stop=stop, effort=EFFORT)
    if outcome.found:
        return model.sets(outcome.values)
    if outcome.verdict is Verdict.IMPOSSIBLE:
        raise NoLawfulPlacement((_together(day, stop),))
    raise OutOfTime


class PlacementModel:
    """A yes or no for each offer in each round that it may be in: ``held[offer][round]``."""

    def __init__(self, day: OpenDay) -> None:
        self.model = Model()
        self._rounds = len(day.rounds)
        self.held: list[dict[int, Variable]] = [
            {round_: self.model.boolean() for round_ in range(self._rounds) if day.fits(round_, 1 << number)}
            for number in range(len(day.offers))
        ]
        for offer, held in zip(day.offers, self.held, strict=True):
            times = [(1, variable) for variable in held.values()]
            self.model.at_least(times, offer.fewest)
            self.model.at_most(times, offer.most)
        for round_ in range(self._rounds):
            self._keep_apart(day, round_)
        for somebody in day.pinned_anywhere:
            self._leave_a_round(day, somebody)

    def _keep_apart(self, day: OpenDay, round_: int) -> None:
        here = {number: held[round_] for number, held in enumerate(self.held) if round_ in held}
        if here and not day.rounds[round_].sessions:
            self.model.at_least([(1, variable) for variable in here.values()], 1)
        taking = [(1, variable) for number, variable in here.items() if day.takes_a_room(round_, number)]
        self.model.at_most(taking, day.capacity[round_])
        for number, variable in here.items():
            for other in bits_of(day.clashes[round_][number]):
                if other > number and other in here:
                    self.model.at_most([(1, variable), (1, here[other])], 1)

    def _leave_a_round(self, day: OpenDay, somebody: PinnedParticipant) -> None:
        """Let what somebody has to be in be held in a round that they attend and present nothing in."""
        held: list[Variable] = []
        free: list[Term] = []
        for number, round_ in enumerate(day.rounds):
            here = self._whether_held(day, somebody.code, number)
            if here is None:
                continue
            held.append(here)
            if not somebody.binds_in(round_.id):
                continue
            there = self.model.boolean()
            self.model.at_most([(1, there), (-1, here)], 0)
            for code in sorted(somebody.presents):
                if (own := self._whether_held(day, code, number)) is not None:
                    self.model.at_most([(1, there), (1, own)], 1)
            free.append((1, there))
        for here in held:
            self.model.at_least([*free, (-1, here)], 0)

    def _whether_held(self, day: OpenDay, code: str, round_: int) -> Variable | None:
        """Return whether a session is held in a round; None where it cannot be."""
        if any(session.code == code for session in day.rounds[round_].sessions):
            always = self.model.boolean()
            self.model.exactly([(1, always)], 1)
            return always
        offers = (held for offer, held in zip(day.offers, self.held, strict=True) if offer.code == code)
        return next((held.get(round_) for held in offers), None)

    def sets(self, values: Sequence[int]) -> Sets:
        """Read a placement from a solution."""
        sets = [0] * self._rounds
        for number, held in enumerate(self.held):
            for round_, variable in held.items():
                sets[round_] |= bool(values[variable]) << number
        return tuple(sets)


def find_obstacles(day: OpenDay, participants: Sequence[Participant]) -> Iterator[Obstacle]:
    """Say what by itself makes it impossible to place the sessions."""
    yield from _too_few_places(day)
    yield from _too_few_sessions(day, participants)
    yield from (each for offer in day.offers for each in _too_few_rounds(day, offer))
    yield from _presenters_in_too_many(day)
    yield from _rooms_too_small(day)


def _too_few_places(day: OpenDay) -> Iterator[Obstacle]:
    settled = sum(len(set(offer.rooms)) > 0 for offer in day.offers)
    sittings = sum(offer.fewest for offer in day.offers)
    open_rounds = [number for number, allowed in enumerate(day.allowed) if allowed]
    places = sum(max(0, day.capacity[number]) for number in open_rounds)
    if sittings > places and not settled:
        missing = sittings - places
        more = -(-missing // max(1, len(open_rounds)))
        yield Obstacle(
            why=f"{sittings} sittings are to be held, and {len(open_rounds)} rounds have {places} free rooms "
            f"in all: {missing} too few",
            changes=(
                f"name {quantity(more, 'more room')} under rooms",
                f"hold {quantity(missing, 'fewer sitting')}",
                f"add {quantity(-(-missing // max(1, len(day.program.rooms))), 'more round')}",
            ),
        )


def _too_few_sessions(day: OpenDay, participants: Sequence[Participant]) -> Iterator[Obstacle]:
    """Say where a list has fewer sessions than anyone takes seats for: nobody is in a session twice."""
    for block in day.program.blocks:
        rounds = day.program.rounds_in(block)
        if not any(day.allowed[number] for number in block.rounds):
            continue
        sessions = {session.code for session in day.program.sessions_in(block)}
        lasting = any(session.through for round_ in rounds for session in round_.sessions)
        # Presenters take fewer seats, and not in their own sessions.
        most = max((sum(map(each.attends, rounds)) for each in participants if not each.presents), default=0)
        if len(sessions) < most and not lasting:
            missing = most - len(sessions)
            yield Obstacle(
                why=f"{quantity(len(sessions), 'session')} for {quantity(most, 'round')}, and nobody is in "
                "a session twice",
                changes=(f"add {quantity(missing, 'session')}", f"leave out {quantity(missing, 'round')}"),
            )


def obstacles_of(day: OpenDay, seats: Seats, sets: Sets) -> Iterator[Obstacle]:
    """Say where seats are missing in a placement in which not everybody has one."""
    for number, (round_, held) in enumerate(zip(day.rounds, sets, strict=True)):
        if short := seats.short_in(number, held):
            yield Obstacle(
                why=f"of all placements looked at, the best is still {quantity(short, 'seat')} short in "
                f"{round_.id}, with {quantity(held.bit_count() + len(round_.sessions), 'session')} in it",
                changes=(
                    f"{quantity(short, 'seat')} more in the rooms",
                    "let sessions be held more often (times)",
                ),
            )


def _too_few_rounds(day: OpenDay, offer: Offer) -> Iterator[Obstacle]:
    number = day.offers.index(offer)
    possible = [round_.id for at, round_ in enumerate(day.rounds) if day.fits(at, 1 << number)]
    if len(possible) < offer.fewest:
        where = f"can only be held in {', '.join(possible)}" if possible else "cannot be held in any round"
        pinned = [each for each in _pinned(day) if offer.code in {each.code, *each.presents}]
        but = f", with {listing([str(each) for each in pinned])}" if pinned else ""
        yield Obstacle(
            why=f"{offer.code} is to be held {_times(offer.fewest)}, and {where}{but}",
            changes=(
                *(f"leave out {each}" for each in pinned),
                *([f"hold {offer.code} {_times(len(possible))}"] if possible else []),
                f"let {offer.code} be held in {offer.fewest - len(possible)} more of the rounds",
            ),
        )


def _times(count: int) -> str:
    return "once" if count == 1 else f"{count} times"


def _presenters_in_too_many(day: OpenDay) -> Iterator[Obstacle]:
    """Say who presents in more sittings than there are rounds for them."""
    for presenter, numbers in _presented(day):
        offers = [day.offers[number] for number in numbers]
        sittings = sum(offer.fewest for offer in offers)
        rounds = [
            round_
            for at, round_ in enumerate(day.rounds)
            if any(day.fits(at, 1 << number) for number in numbers)
        ]
        if len(offers) > 1 and sittings > len(rounds):
            codes = ", ".join(offer.code for offer in offers)
            missing = sittings - len(rounds)
            yield Obstacle(
                why=f"{presenter.name} presents {sittings} sittings ({codes}), and there are {len(rounds)} "
                "rounds for them: nobody is in two places at once",
                changes=(
                    f"let somebody else than {presenter.name} present {missing} of {codes}",
                    f"hold {missing} of them no more",
                ),
            )


def _presented(day: OpenDay) -> Iterator[tuple[Presenter, list[int]]]:
    """Return each presenter with the offers that they present, each of them once."""
    for presenter, codes in who_presents(offer.session for offer in day.offers):
        yield presenter, [number for number, offer in enumerate(day.offers) if offer.code in codes]


def _rooms_too_small(day: OpenDay) -> Iterator[Obstacle]:
    for number, offer in enumerate(day.offers):
        rooms = {
            room
            for at, round_ in enumerate(day.rounds)
            if day.fits(at, 1 << number)
            for room in ([offer.rooms[round_.id]] if round_.id in offer.rooms else day.free_rooms[at])
        }
        most = max((offer.session.seats_in(room) for room in rooms), default=0)
        if rooms and most < offer.session.least:
            largest = max(rooms, key=lambda room: (offer.session.seats_in(room), room.name))
            capped = offer.session.most is not None and offer.session.most < offer.session.least
            yield Obstacle(
                why=f"{offer.code} needs {offer.session.least} participants, and the largest room it can "
                f"have, {largest.name}, has {most} seats for them",
                changes=(
                    f"max_participants: {offer.session.least} for {offer.code}"
                    if capped
                    else f"{largest.seats + offer.session.least - most} seats in {largest.name}",
                    f"min_participants: {most} for {offer.code}",
                ),
            )


def _together(day: OpenDay, stop: Stop) -> Obstacle:
    """Say what cannot be kept together, where nothing of it is impossible by itself."""
    names = sorted({presenter.name for presenter, numbers in _presented(day) if len(numbers) > 1})
    narrow = [offer.code for offer in day.offers if len(offer.rounds) < sum(map(bool, day.allowed))]
    rules = ["the free rooms of each round"]
    rules += [f"the presenters of several sessions ({', '.join(names)})"] if names else []
    rules += [f"the rounds that are closed to {', '.join(narrow)}"] if narrow else []
    rooms = sorted({room.name for offer in day.offers for room in offer.rooms.values()})
    rules += [f"the rooms that are settled ({', '.join(rooms)})"] if rooms else []
    pins = [str(each) for each in _pinned(day)]
    rules += [listing(pins)] if pins else []
    return Obstacle(
        why=f"the sessions cannot be placed in any way that keeps {' and '.join(rules)}",
        changes=tuple(_changes_to_place(day, stop)) or ("change more than one of these",),
    )


def _pinned(day: OpenDay) -> list[PinnedParticipant]:
    return sorted(day.pinned, key=str)


def _changes_to_place(day: OpenDay, stop: Stop) -> Iterator[str]:
    """Return the first change of each kind with which the sessions can be placed."""
    kinds: tuple[Iterable[Change | None], ...] = (
        (each for offer in day.offers for each in open_rounds(day, offer)),
        (leave_room_open(day, offer) for offer in day.offers),
        (each for offer in day.offers for each in free_presenters(day, offer)),
        (leave_out_pin(day, somebody) for somebody in _pinned(day)),
        (hold_once_less(day, offer) for offer in day.offers),
        [add_room(day, min(room.seats for room in day.program.rooms))],
    )
    for kind in kinds:
        helping = (
            each.words
            for each in kind
            if each and PlacementModel(each.day).model.solve(seed=0, stop=stop, effort=EFFORT).found
        )
        yield from islice(helping, 1)
