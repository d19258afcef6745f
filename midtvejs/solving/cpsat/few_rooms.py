"""The few ways in which rooms may still be taken: each by itself is a day whose rooms are settled.

Once it is known which rooms are possible, there are mostly a handful of ways to take them all. Prices know
what a day with settled rooms comes to, and few seats are near to that (near.py); what they know of a day with
open rooms is far less. So each way is asked by itself, and those in which a criterion comes to more than was
reached in another are left out from then on.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice, product

from midtvejs.domain.program import Room, Round, Session
from midtvejs.solving.cpsat.by_highs import NO_ANSWER
from midtvejs.solving.cpsat.near import ask_near, can_be_near
from midtvejs.solving.cpsat.possible import Possible, kind_of
from midtvejs.solving.cpsat.question import Answer, Question
from midtvejs.solving.cpsat.settled import settled_in
from midtvejs.solving.instance.case import Case
from midtvejs.solving.instance.crowd import aggregate_case
from midtvejs.solving.prices.parties import rules_of
from midtvejs.solving.prices.party_seats import NearBound
from midtvejs.solving.prices.ruled_bound import RuledBound, no_prices
from midtvejs.solving.stop import Stop

Taken = Mapping[str, Room | None]
"""The rooms of a round's sessions by their keys; None of what is cancelled."""


def few_rooms(
    case: Case, possible: Sequence[Sequence[Possible]], *, seed: int, stop: Stop
) -> FewRooms | None:
    """Return the ways to take rooms that are possible; None where they are many, or prices do not tell.

    Nor are there any for smaller days, which HiGHS knows all about while rooms are open.
    """
    most = case.limits.ways if case.size > case.limits.one_by_one else 0
    ways = [*islice(_ways(case, possible), most + 1)]
    if len(ways) > most:
        return None
    found = []
    for rooms in ways:
        held = [key for key, room in rooms.items() if room is not None]
        settled = settled_in(case, {key: room for key, room in rooms.items() if room is not None}, held)
        ruled = rules_of(settled, aggregate_case(settled))
        if ruled is None or not can_be_near(settled):
            return None
        bounds = RuledBound(ruled, stop, share=case.limits.each_bound, known=no_prices)
        found.append(_Way(case=settled, bounds=bounds))
    return FewRooms(found, seed=seed, stop=stop)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Way:
    """A way in which rooms may be taken, and what bounds the day then."""

    case: Case
    bounds: RuledBound


class FewRooms:
    """The ways that are left, one at least."""

    def __init__(self, ways: Sequence[_Way], *, seed: int, stop: Stop) -> None:
        self.ways = [*ways]
        self._seed = seed
        self._stop = stop

    def ask(self, question: Question, value: int) -> Answer | None:
        """Return the least of what is made small, or what is known of it; a ``value`` was reached.

        None where prices do not speak of it, or there is no time. What was reached, or is found, is kept
        from now on: so ways that come to more are none any more.
        """
        answer, left = NO_ANSWER, list[tuple[_Way, int]]()
        for way in self.ways:
            near = self._near(way, question, value)
            if near is None:
                # Of the ways that were not asked nothing is known.
                return None if answer.choices is None else answer.bounded(0)
            bound = near.bound
            if bound < value:
                asked, others = replace(question, case=way.case), bool(left)
                found = ask_near(asked, near, below=value, seed=self._seed, stop=self._stop, at_once=others)
                bound = max(bound, found.outcome.bound)
                if found.choices is not None:
                    answer, value = found, found.outcome.value
            left.append((way, bound))
        self.ways = [way for way, bound in left if bound <= value]
        bound = min((bound for _, bound in left if bound <= value), default=value)
        return answer.bounded(bound)

    def _near(self, way: _Way, question: Question, value: int) -> NearBound | None:
        if question.minimise is None or self._stop.asked:
            return None
        return way.bounds.near(question.minimise, question.limits, enough=value + 1)


def _ways(case: Case, possible: Sequence[Sequence[Possible]]) -> Iterator[Taken]:
    """Return the ways to take rooms on a day, but for those that differ in rooms that are alike."""
    of_rounds = [
        [*islice(_ways_of(round_, of_round, case), case.limits.ways + 1)]
        for round_, of_round in zip(case.program.rounds, possible, strict=True)
    ]
    for ways in product(*of_rounds):
        yield {key: room for way in ways for key, room in way.items()}


def _ways_of(round_: Round, possible: Sequence[Possible], case: Case) -> Iterator[Taken]:
    each = [*zip(round_.sessions, possible, strict=True)]
    rooms = dict.fromkeys(room for of_one in possible for room in of_one.rooms)
    kinds = {
        room: tuple(
            (session.key, *kind_of(room, session.seats_in(room), case))
            for session, of_one in each
            if room in of_one.rooms
        )
        for room in rooms
    }
    for taken in _take(each, kinds, frozenset()):
        yield dict(taken)


def _take(
    sessions: Sequence[tuple[Session, Possible]],
    kinds: Mapping[Room, tuple[object, ...]],
    taken: frozenset[Room],
) -> Iterator[tuple[tuple[str, Room | None], ...]]:
    """Return the ways in which sessions take rooms that are not taken yet, one room of each kind."""
    if not sessions:
        yield ()
        return
    (session, possible), *others = sessions
    free = {kinds[room]: room for room in reversed(possible.rooms) if room not in taken}
    rooms: list[Room | None] = [*free.values()]
    if possible.held and not possible.rooms:
        rooms = [session.room]
    if possible.cancelled or not possible.held:
        rooms.append(None)
    for room in rooms:
        theirs = taken | {room} if room in kinds and room is not None else taken
        for way in _take(others, kinds, theirs):
            yield ((session.key, room), *way)
