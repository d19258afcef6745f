"""The open day in numbers: what may be held where.

Legend, with three sessions A, B and C to be placed in rounds R1 and R2:

    offer       0 is A, 1 is B, 2 is C: in the order of their codes
    round       0 is R1, 1 is R2
    set         offers as bits: 5 is A and C
    sets        a placement: the set of each round. (5, 2) has A and C in R1, and B in R2
    twins       rounds that are alike: (5, 2) and (2, 5) are one placement, if R1 and R2 are
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations

from midtvejs.domain.offers import Placement, find_free_rooms, shared_presenter
from midtvejs.domain.program import Offer, Program, Room, Round, Session
from midtvejs.solving.placing.pinned import PinnedParticipant

Sets = tuple[int, ...]


def bits_of(mask: int) -> Iterator[int]:
    """Return the numbers of the bits that are set, rising."""
    while mask:
        low = mask & -mask
        yield low.bit_length() - 1
        mask ^= low


@dataclass(frozen=True, kw_only=True)
class OpenDay:
    """A program with offers. ``told_apart`` are the ids of rounds that participants tell from the others.

    They are those that some do not attend, or that a pin names: they are nobody's twins. Of the tracks that
    are kept ``apart``, no two sessions run in one round; nor does what a ``pinned`` participant has to be
    in beside what they present, or while they are not there, if it is held once.
    """

    program: Program
    told_apart: frozenset[str] = frozenset()
    apart: frozenset[str] = frozenset()
    pinned: frozenset[PinnedParticipant] = frozenset()

    @cached_property
    def offers(self) -> tuple[Offer, ...]:
        return tuple(sorted(self.program.offers, key=lambda offer: offer.code))

    @property
    def rounds(self) -> tuple[Round, ...]:
        return self.program.rounds

    @cached_property
    def allowed(self) -> tuple[int, ...]:
        """The set of offers that each round may have, whatever else is in it."""
        return tuple(
            sum(1 << number for number, offer in enumerate(self.offers) if self._may_be_in(offer, round_))
            for round_ in self.rounds
        )

    def _may_be_in(self, offer: Offer, round_: Round) -> bool:
        room = offer.rooms.get(round_.id)
        return (
            round_.id in offer.rounds
            and not (room and room.name in self._taken_rooms(round_))
            and not self._is_banned(offer.session.code, round_)
            and not self._is_missed(offer.session.code, round_)
            and not any(
                self._clash(offer.session, session)
                or self._is_pinned_away(offer.session.code, session.code, round_)
                for session in round_.sessions
            )
        )

    def _is_banned(self, code: str, round_: Round) -> bool:
        """Return whether its own presenter must not be in a session in a round."""
        return any(each.code == code and not each.holds and each.binds_in(round_.id) for each in self.pinned)

    def _is_missed(self, code: str, round_: Round) -> bool:
        """Return whether anyone who has to be in what is held once does not attend a round."""
        return code not in self._repeated and any(
            each.code == code and each.holds and not each.round_id and round_.id in each.absent
            for each in self.pinned
        )

    def _is_pinned_away(self, one: str, other: str, round_: Round) -> bool:
        """Return whether a presenter of one of two sessions has to be in the other if both are in a round."""
        return any(
            each.holds
            and each.code in {one, other}
            and not each.presents.isdisjoint({one, other})
            and each.binds_in(round_.id)
            and (bool(each.round_id) or each.code not in self._repeated)
            for each in self.pinned
        )

    @cached_property
    def _repeated(self) -> frozenset[str]:
        """The codes of what may be held more than once."""
        return self.program.repeated | {offer.code for offer in self.offers if offer.most > 1}

    @cached_property
    def pinned_anywhere(self) -> tuple[PinnedParticipant, ...]:
        """Those who have to be in what may be held more than once, whichever the round."""
        found = (each for each in self.pinned if each.holds and not each.round_id)
        return tuple(
            sorted(
                (each for each in found if each.code in self._repeated),
                key=lambda each: (each.code, each.name, sorted(each.presents), sorted(each.absent)),
            )
        )

    def count_pinned_away(self, sets: Sets) -> int:
        """Count those of ``pinned_anywhere`` who can never be in it: they present, or are not there."""
        return sum(self._is_kept_out(each, sets) for each in self.pinned_anywhere)

    def _is_kept_out(self, somebody: PinnedParticipant, sets: Sets) -> bool:
        held = [
            (round_, codes)
            for round_, mask in zip(self.rounds, sets, strict=True)
            if somebody.code in (codes := self._codes_in(round_, mask))
        ]
        return bool(held) and not any(
            somebody.binds_in(round_.id) and somebody.presents.isdisjoint(codes) for round_, codes in held
        )

    def _codes_in(self, round_: Round, held: int) -> frozenset[str]:
        """Return what is held in a round with a set of offers."""
        offers = (self.offers[number].code for number in bits_of(held))
        return frozenset((*(session.code for session in round_.sessions), *offers))

    def _clash(self, one: Session, other: Session) -> bool:
        """Return whether two sessions can never run in one round, whichever it is."""
        return shared_presenter(one, other) is not None or (
            one.track == other.track and one.track in self.apart
        )

    @staticmethod
    def _taken_rooms(round_: Round) -> frozenset[str]:
        return frozenset(session.room.name for session in round_.sessions if not session.rooms)

    @cached_property
    def clashes(self) -> tuple[tuple[int, ...], ...]:
        """For each round and offer the set of those that it cannot run beside."""
        presenters = [0] * len(self.offers)
        for (one, this), (other, that) in combinations(enumerate(self.offers), 2):
            if self._clash(this.session, that.session):
                presenters[one] |= 1 << other
                presenters[other] |= 1 << one
        return tuple(self._clashes_in(round_, presenters) for round_ in self.rounds)

    def _clashes_in(self, round_: Round, presenters: list[int]) -> tuple[int, ...]:
        apart = [*presenters]
        for (one, this), (other, that) in combinations(enumerate(self.offers), 2) if self.pinned else ():
            if self._is_pinned_away(this.code, that.code, round_):
                apart[one] |= 1 << other
                apart[other] |= 1 << one
        of_room: dict[str, int] = defaultdict(int)
        for number, offer in enumerate(self.offers):
            if room := offer.rooms.get(round_.id):
                of_room[room.name] |= 1 << number
        rooms = [offer.rooms.get(round_.id) for offer in self.offers]
        return tuple(
            apart[number] | (of_room[room.name] & ~(1 << number) if room else 0)
            for number, room in enumerate(rooms)
        )

    @cached_property
    def free_rooms(self) -> tuple[tuple[Room, ...], ...]:
        """The rooms of each round in which no session of its own is settled."""
        return tuple(find_free_rooms(self.program, round_) for round_ in self.rounds)

    @cached_property
    def capacity(self) -> tuple[int, ...]:
        """How many offers fit beside a round's own sessions: each takes a room."""
        return tuple(
            len(rooms) - sum(bool(session.rooms) for session in round_.sessions)
            for round_, rooms in zip(self.rounds, self.free_rooms, strict=True)
        )

    @cached_property
    def _elsewhere(self) -> tuple[int, ...]:
        """For each round the set of offers whose settled room is none of the free ones: it takes none."""
        free = [{room.name for room in rooms} for rooms in self.free_rooms]
        return tuple(
            sum(
                1 << number
                for number, offer in enumerate(self.offers)
                if (room := offer.rooms.get(round_.id)) and room.name not in names
            )
            for round_, names in zip(self.rounds, free, strict=True)
        )

    def count_elsewhere(self, round_: int) -> int:
        """Count the offers that take none of a round's free rooms."""
        return self._elsewhere[round_].bit_count()

    def takes_a_room(self, round_: int, offer: int) -> bool:
        """Return whether an offer takes one of a round's free rooms."""
        return not self._elsewhere[round_] >> offer & 1

    def fits(self, round_: int, held: int) -> bool:
        """Return whether a set of offers may be held in a round."""
        if held & ~self.allowed[round_]:
            return False
        if (held & ~self._elsewhere[round_]).bit_count() > self.capacity[round_]:
            return False
        clashes = self.clashes[round_]
        return not any(clashes[offer] & held for offer in bits_of(held & self._clashing[round_]))

    @cached_property
    def _clashing(self) -> tuple[int, ...]:
        return tuple(
            sum(1 << number for number, others in enumerate(of_round) if others) for of_round in self.clashes
        )

    @cached_property
    def twins(self) -> tuple[tuple[int, ...], ...]:
        """The rounds that are alike, as far as they are more than one."""
        alike: dict[object, list[int]] = defaultdict(list)
        for number, round_ in enumerate(self.rounds):
            if self.allowed[number] and not round_.sessions and round_.id not in self.told_apart:
                kind = (
                    self.program.list_numbers[number],
                    self.allowed[number],
                    tuple(room.name for room in self.free_rooms[number]),
                    tuple(str(offer.rooms.get(round_.id)) for offer in self.offers),
                )
                alike[kind].append(number)
        return tuple(tuple(numbers) for numbers in alike.values() if len(numbers) > 1)

    @cached_property
    def stands_for(self) -> tuple[int, ...]:
        """For each round the first that is like it: the round itself where it has no twin before it."""
        first = {number: min(numbers) for numbers in self.twins for number in numbers}
        return tuple(first.get(number, number) for number in range(len(self.rounds)))

    def canonical(self, sets: Sets) -> Sets:
        """Return which of its twins stands for a placement: it has the first offer in the first round."""
        if not self.twins:
            return sets
        found = list(sets)
        for numbers in self.twins:
            for number, held in zip(
                numbers, sorted((sets[each] for each in numbers), key=_first_offers), strict=True
            ):
                found[number] = held
        return tuple(found)

    def times(self, sets: Sets) -> Counter[int]:
        """Return how often each offer is held."""
        return Counter(offer for held in sets for offer in bits_of(held))

    def placement(self, sets: Sets) -> Placement:
        """Say a placement in codes and the ids of rounds."""
        return {
            offer.code: tuple(
                round_.id for round_, held in zip(self.rounds, sets, strict=True) if held >> number & 1
            )
            for number, offer in enumerate(self.offers)
        }

    def sets_of(self, placement: Placement) -> Sets:
        """Say a placement in numbers."""
        return tuple(
            sum(1 << number for number, offer in enumerate(self.offers) if round_.id in placement[offer.code])
            for round_ in self.rounds
        )

    @cached_property
    def tracks(self) -> tuple[Mapping[str, tuple[int, int]], ...]:
        """For each round the tracks: the set of offers of each, and how many sessions of it are settled."""
        offers: dict[str, int] = defaultdict(int)
        for number, offer in enumerate(self.offers):
            if offer.session.track:
                offers[offer.session.track] |= 1 << number
        return tuple(
            {
                track: (held, sum(session.track == track for session in round_.sessions))
                for track, held in offers.items()
            }
            for round_ in self.rounds
        )

    def pairs_of_tracks(self, sets: Sets) -> int:
        """Count the pairs of a track that run in one round, those of settled sessions aside."""
        pairs = 0
        for of_round, held in zip(self.tracks, sets, strict=True):
            for offers, settled in of_round.values():
                count = (held & offers).bit_count()
                pairs += count * (count - 1) // 2 + count * settled
        return pairs

    def session(self, offer: int) -> Session:
        return self.offers[offer].session


def _first_offers(held: int) -> tuple[int, ...]:
    return tuple(bits_of(held)) or (10**9,)
