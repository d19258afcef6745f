"""Which rooms are possible at all within what was reached: all others are ruled out, round by round.

While a room is open, a relaxed day has half of a session in it, and half in another; so a solver that
relaxes days learns little before it has decided on rooms. Most of them are no choice at all: with the hall
taken by another session, 1A would cost more steps than `total` allows. CP-SAT is asked for a round with
anything that was not seen yet, and again, until there is nothing: what was seen then is all that is possible
(probing; Savelsbergh 1994, "Preprocessing and probing techniques for mixed integer programming problems").
Rooms with as many seats are as good, one as the other.
The same is asked of sessions that may be cancelled: whether they can be held, and whether they need not be.

Nothing that is within the limits is lost, so what is proven in the rooms that are left holds in any.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from midtvejs.domain.fairness import Criterion
from midtvejs.domain.program import Room, Round, Session
from midtvejs.domain.rules import Law
from midtvejs.solving.cpsat.model import Model
from midtvejs.solving.cpsat.priced import Prices
from midtvejs.solving.cpsat.rules import all_rules, keep_reached, keep_together
from midtvejs.solving.cpsat.seating import Seating
from midtvejs.solving.cpsat.sessions import Spot
from midtvejs.solving.cpsat.stated import Term, Variable, Verdict
from midtvejs.solving.instance.case import Case, Choice, case_of
from midtvejs.solving.instance.parties import connect
from midtvejs.solving.stop import Stop


@dataclass(frozen=True, slots=True, kw_only=True)
class Possible:
    """What is possible of a session: its ``rooms``, to be ``held``, and to be ``cancelled``."""

    rooms: tuple[Room, ...]
    held: bool = True
    cancelled: bool = False

    def narrow(self, session: Session) -> Session:
        """Return the session as it may still be; one that cannot be held has no seats for whom it needs."""
        if not self.held:
            return replace(session, rooms=(), most=0, least=max(1, session.least))
        if not session.rooms:
            return replace(session, may_be_cancelled=self.cancelled)
        if len(self.rooms) == 1 and not self.cancelled:
            return replace(session, room=self.rooms[0], rooms=(), may_be_cancelled=False)
        largest = max(self.rooms, key=session.seats_in)
        return replace(session, room=largest, rooms=self.rooms, may_be_cancelled=self.cancelled)


def possible_in(
    round_: Case,
    limits: Mapping[Criterion, int],
    start: Sequence[Choice],
    *,
    seed: int,
    stop: Stop,
    priced: Sequence[tuple[Prices, int]] = (),
) -> list[Possible] | None:
    """Return what is possible of each session of a case of one round; None where that takes too long.

    ``start`` keeps the rules and the limits, those of what is ``priced`` as well, and is where to look first.
    """
    return None if stop.asked else _Round(round_, limits, start, priced).look(seed=seed, stop=stop)


@dataclass(frozen=True, slots=True)
class _Sight:
    """Something about a session that can be seen in a solution: where one of ``variables`` is ``value``."""

    variables: tuple[Variable, ...]
    value: int

    def is_in(self, values: Sequence[int]) -> bool:
        return any(values[variable] == self.value for variable in self.variables)


class _Round:
    """A round by itself within limits, and what of it has been seen."""

    def __init__(
        self,
        case: Case,
        limits: Mapping[Criterion, int],
        start: Sequence[Choice],
        priced: Sequence[tuple[Prices, int]],
    ) -> None:
        self._case = case
        self._limits = case.limits
        self._model = Model()
        worst = limits.get(Criterion.WORST, case.furthest)
        seating = Seating(self._model, case, worst=worst)
        keep_together(seating)
        rules = all_rules(seating, but={Law.TOGETHER})
        for rule in (*rules, *keep_reached(seating, limits)):
            self._model.at_most(rule.terms, rule.limit)
        for prices, limit in priced:
            self._model.at_most(prices.costs(seating), limit)
        self._model.hint(seating.values_of(start))
        self._sessions = seating.sessions
        self._seen = {*self._sights_of(case, start)}

    def look(self, *, seed: int, stop: Stop) -> list[Possible] | None:
        """Return what is possible of each session; None where that is not known after so many looks."""
        everything = frozenset(self._sights())
        for _ in range(self._limits.looks):
            unseen = everything - self._seen
            if not unseen:
                return self._possible()
            self._model.at_least(*_any_of(unseen))
            outcome = self._model.solve(seed=seed, stop=stop, effort=self._limits.coupled_effort)
            if outcome.verdict is Verdict.IMPOSSIBLE:
                return self._possible()
            if not outcome.found:
                return None
            self._seen |= {sight for sight in unseen if sight.is_in(outcome.values)}
        return None

    def _sights(self) -> Iterator[_Sight]:
        for spot in self._sessions.numbered:
            yield from self._in_rooms(spot).values()
            held = self._sessions.is_held(spot)
            if held is not None:
                yield from (_Sight((held,), 0), _Sight((held,), 1))

    def _in_rooms(self, spot: Spot) -> Mapping[Room, _Sight]:
        """Return for each room of a session that it is in this one, or in another that is as good."""
        session, rooms = self._sessions.numbered[spot], self._sessions.rooms(spot)
        alike: dict[tuple[object, ...], list[Variable]] = {}
        for room, taken in rooms.items():
            alike.setdefault(kind_of(room, session.seats_in(room), self._case), []).append(taken)
        return {
            room: _Sight(tuple(alike[kind_of(room, session.seats_in(room), self._case)]), 1) for room in rooms
        }

    def _sights_of(self, case: Case, choices: Sequence[Choice]) -> Iterator[_Sight]:
        """Return what can be seen in choices, in rooms that they fit into."""
        seated = case.assignment(choices, case.participants).with_rooms()
        for spot, session in self._sessions.numbered.items():
            held, taken = self._sessions.is_held(spot), self._in_rooms(spot)
            if held is not None:
                yield _Sight((held,), int(session.key not in seated.cancelled))
            settled = seated.program.sittings[session.key]
            if settled.room in taken and not settled.rooms:
                yield taken[settled.room]

    def _possible(self) -> list[Possible]:
        return [self._possible_of(spot) for spot in self._sessions.numbered]

    def _possible_of(self, spot: Spot) -> Possible:
        held = self._sessions.is_held(spot)
        return Possible(
            rooms=tuple(room for room, taken in self._in_rooms(spot).items() if taken in self._seen),
            held=held is None or _Sight((held,), 1) in self._seen,
            cancelled=held is not None and _Sight((held,), 0) in self._seen,
        )


def _any_of(sights: frozenset[_Sight]) -> tuple[list[Term], int]:
    """Say in a row that any of them is to be seen: its terms, and what they come to at least."""
    noes = sum(sight.value == 0 for sight in sights)
    in_order = sorted(sights, key=lambda sight: (sight.variables, sight.value))
    terms = [(1 if sight.value else -1, variable) for sight in in_order for variable in sight.variables]
    return terms, 1 - noes


def kind_of(room: Room, seats: int, case: Case) -> tuple[object, ...]:
    """Return what makes a room with so many seats different from others: no more seats than there are people.

    A way without steps is as good as any where nobody needs one.
    """
    needed = any(person.step_free for person in case.participants)
    return min(seats, len(case.rows)), needed and room.step_free


def narrowed(case: Case, possible: Sequence[Sequence[Possible]]) -> Case | None:
    """Return the case with what is possible of each session, round by round; None where that is all of it."""
    rounds = tuple(map(_narrowed, case.program.rounds, possible))
    if rounds == case.program.rounds:
        return None
    return case_of(replace(case.program, rounds=rounds), case.participants, case.limits)


def _narrowed(round_: Round, possible: Sequence[Possible]) -> Round:
    together = _in_any_of_theirs(possible)
    sessions = (each.narrow(session) for each, session in zip(together, round_.sessions, strict=True))
    return replace(round_, sessions=tuple(sessions))


def _in_any_of_theirs(possible: Sequence[Possible]) -> list[Possible]:
    """Return what is possible where sessions that have any room in common may be in each other's rooms."""
    rooms = list(dict.fromkeys(room for each in possible for room in each.rooms))
    numbers = [[rooms.index(room) for room in each.rooms] for each in possible]
    theirs = {
        number: tuple(rooms[other] for other in connected)
        for connected in connect(numbers)
        for number in connected
    }
    return [
        replace(each, rooms=theirs[own[0]]) if own else each
        for each, own in zip(possible, numbers, strict=True)
    ]
