"""What seats a placement has: whether everybody finds one in each round, and how many wishes lack theirs.

Nobody is seated here. In each round the most wanted sessions get the largest rooms.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from midtvejs.domain.participants import Participant
from midtvejs.domain.profile import rounds_to_choose_in
from midtvejs.domain.program import Room, Session
from midtvejs.solving.placing.open_day import OpenDay, Sets, bits_of


@dataclass(slots=True)
class _Round:
    """What a round has of its own: sessions in settled rooms, others whose room is open, and free rooms."""

    settled: Sequence[Session]
    waiting: Sequence[Session]
    rooms: Sequence[Room]


@dataclass(kw_only=True)
class Seats:
    """The seats of the placements of a day. ``expected`` is how many more come, of whom nothing is known."""

    day: OpenDay
    participants: Sequence[Participant]
    expected: int = 0
    _rounds: list[_Round] = field(init=False)
    _heads: Counter[tuple[frozenset[str], frozenset[str]]] = field(init=False)
    _short: dict[tuple[int, int], int] = field(init=False)
    _known: dict[tuple[int, int], dict[str, int]] = field(init=False)

    def __post_init__(self) -> None:
        self._rounds = [
            _Round(
                [session for session in round_.sessions if not session.rooms],
                [session for session in round_.sessions if session.rooms],
                sorted(rooms, key=lambda room: -room.seats),
            )
            for round_, rooms in zip(self.day.rounds, self.day.free_rooms, strict=True)
        ]
        self._heads = Counter((each.presents, each.absent) for each in self.participants)
        self._short = {}
        self._known = {}

    @cached_property
    def wanted(self) -> Counter[str]:
        """Count who has each session among their first wishes: as many of a list as they take seats for."""
        return self._count_first(equals=True)

    @cached_property
    def strictly_wanted(self) -> Counter[str]:
        """Count the first wishes that cost a step to miss.

        Of equals, others may be had instead, and instead of two wishes what goes on through two rounds.
        """
        return self._count_first(equals=False)

    def _count_first(self, *, equals: bool) -> Counter[str]:
        wanted: Counter[str] = Counter()
        program = self.day.program
        most = {offer.code: offer.most for offer in self.day.offers}
        for person in self.participants:
            for block, wishes in zip(program.blocks, person.wishes, strict=True):
                here = {session.code for session in program.sessions_in(block)}
                presenting = sum(most.get(code, 0) for code in person.presents & here)
                seats = rounds_to_choose_in(person, program.rounds_in(block)) - presenting
                lasting = any(each.through for each in program.sessions_in(block))
                if equals or not (wishes.above or lasting):
                    wanted.update(wishes.first(max(0, seats)))
        return wanted

    def count_short(self, sets: Sets) -> int:
        """Count the participants for whom there is no seat in a round, round after round."""
        return sum(self.short_in(round_, held) for round_, held in enumerate(sets))

    def short_in(self, round_: int, held: int) -> int:
        known = (self.day.stands_for[round_], held)
        if known not in self._short:
            codes = {session.code for session in self._sessions(round_, held)}
            id_ = self.day.rounds[round_].id
            heads = self.expected + sum(
                count
                for (presents, absent), count in self._heads.items()
                if id_ not in absent and codes.isdisjoint(presents)
            )
            # In a round that nobody is known to attend something is held, too.
            empty = bool(self.participants) and self.is_empty(round_, held)
            self._short[known] = max(empty, heads - self.count_in(round_, held))
        return self._short[known]

    def is_empty(self, round_: int, held: int) -> bool:
        """Return whether nothing is held in a round in which something could be."""
        return bool(self.day.allowed[round_]) and not (held or self.day.rounds[round_].sessions)

    def count_in(self, round_: int, held: int) -> int:
        """Count the seats of a round with a set of offers, the most that there can be."""
        return sum(self._seats_dealt(round_, held, self._most).values())

    def _sessions(self, round_: int, held: int) -> Iterable[Session]:
        yield from self.day.rounds[round_].sessions
        yield from (self.day.session(offer) for offer in bits_of(held))

    @cached_property
    def _most(self) -> Counter[str]:
        """How many could be in each session at the most."""
        sessions = [*self.day.program.sessions.values(), *(offer.session for offer in self.day.offers)]
        people = len(self.participants) + self.expected
        return Counter({each.code: people if each.most is None else each.most for each in sessions})

    def rooms_in(self, round_: int, held: int, wanted: Counter[str]) -> dict[str, Room]:
        """Return the rooms of a round's open sessions, by code: the most wanted get the largest."""
        return {
            session.code: room
            for session, room in self._dealt(round_, held, wanted)
            if session.rooms or self._is_open(session.code, round_)
        }

    def largest_rooms_in(self, round_: int, held: int) -> dict[str, Room]:
        """Return the rooms of a round's open sessions, by code, in which it has the most seats."""
        return self.rooms_in(round_, held, self._most)

    def count_heads(self, round_: int) -> int:
        """Count who is there in a round; all that are expected among them."""
        id_ = self.day.rounds[round_].id
        return self.expected + sum(count for (_, absent), count in self._heads.items() if id_ not in absent)

    def count_presenting(self, round_: int, code: str) -> int:
        """Count who needs no seat in a round in which a session is held, for they present it."""
        id_ = self.day.rounds[round_].id
        return sum(
            count
            for (presents, absent), count in self._heads.items()
            if id_ not in absent and code in presents
        )

    def _is_open(self, code: str, round_: int) -> bool:
        id_ = self.day.rounds[round_].id
        return any(offer.code == code and id_ not in offer.rooms for offer in self.day.offers)

    def _seats_dealt(self, round_: int, held: int, wanted: Counter[str]) -> dict[str, int]:
        """Return the seats of each session of a round when the most wanted get the largest rooms."""
        return {session.code: session.seats_in(room) for session, room in self._dealt(round_, held, wanted)}

    def _dealt(self, round_: int, held: int, wanted: Counter[str]) -> Iterator[tuple[Session, Room]]:
        here, id_ = self._rounds[round_], self.day.rounds[round_].id
        yield from ((session, session.room) for session in here.settled)
        waiting = list(here.waiting)
        taken = set()
        for offer in bits_of(held):
            session = self.day.session(offer)
            if room := self.day.offers[offer].rooms.get(id_):
                yield session, room
                taken.add(room.name)
            else:
                waiting.append(session)
        waiting.sort(key=lambda session: (-wanted[session.code], session.code))
        rooms = (room for room in here.rooms if room.name not in taken)
        yield from zip(waiting, rooms, strict=False)

    def lacking_in(self, round_: int, held: int, wanted: Counter[str]) -> int:
        """Count those for whom there is no seat in a round in the session they would like best of it."""
        seats = self._seats_dealt(round_, held, wanted)
        return sum(max(0, count - seats.get(code, 0)) for code, count in wanted.items())

    def count_lacking(self, sets: Sets) -> int:
        """Count the first wishes for which there is no seat in any sitting of their session."""
        seats: Counter[str] = Counter()
        for round_, held in enumerate(sets):
            known = (self.day.stands_for[round_], held)
            if known not in self._known:
                self._known[known] = self._seats_dealt(round_, held, self.wanted)
            for code, count in self._known[known].items():
                seats[code] += count
        return sum(max(0, count - seats[code]) for code, count in self.wanted.items())
