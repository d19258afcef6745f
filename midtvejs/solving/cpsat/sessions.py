"""The decision variables of sessions: which are held, and in which room, where that is still open.

Legend: session 0 of round 0 may be cancelled, and its room is open: ``is_held(0, 0)`` is a yes-or-no
variable, and so is each room it may be in; exactly one of the rooms is a yes if it is held, and none if it
is not.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from midtvejs.domain.program import Room, Session
from midtvejs.solving.cpsat.model import Model
from midtvejs.solving.cpsat.stated import Term, Variable
from midtvejs.solving.instance.case import STANDING, Case, Choice

Spot = tuple[int, int]
"""A round and a session of it, by number."""


class Sessions:
    """Add to ``model`` a variable for each session that may be cancelled, and for each room that is open."""

    def __init__(self, model: Model, case: Case) -> None:
        self.program = case.program
        self.numbered: dict[Spot, Session] = {
            (index, number): session
            for index, round_ in enumerate(case.program.rounds)
            for number, session in enumerate(round_.sessions)
        }
        self.going_on = frozenset(
            (index, number) for index, round_ in enumerate(case.rounds) for number in round_.going_on
        )
        """Where a sitting goes on that began in an earlier round."""
        self._held: dict[Spot, Variable] = {}
        self._rooms: dict[Spot, dict[Room, Variable]] = {}
        began: dict[str, Variable] = {}
        for spot, session in self.numbered.items():
            if session.may_be_cancelled:
                if session.key not in began:
                    began[session.key] = model.boolean()
                self._held[spot] = began[session.key]
            if session.rooms:
                self._rooms[spot] = {room: model.boolean() for room in session.rooms}
                taken = [(1, variable) for variable in self._rooms[spot].values()]
                if spot in self._held:
                    model.exactly([*taken, (-1, self._held[spot])], 0)
                else:
                    model.exactly(taken, 1)

    def is_held(self, spot: Spot) -> Variable | None:
        """Return whether a session is held; None where it may not be cancelled."""
        return self._held.get(spot)

    def rooms(self, spot: Spot) -> Mapping[Room, Variable]:
        """Return the rooms that a session may be in; none where its room is not open."""
        return self._rooms.get(spot, {})

    def parts(self, values: Sequence[float]) -> Mapping[Spot, Mapping[Room, float]]:
        """Return what part of each session is in each room that is open, by what the variables are."""
        return {
            spot: {room: values[variable] for room, variable in rooms.items()}
            for spot, rooms in self._rooms.items()
        }

    def capacity(self, spot: Spot) -> tuple[list[Term], int]:
        """Return the seats of a session's audience, as a sum and what is to be added to it."""
        session = self.numbered[spot]
        if rooms := self._rooms.get(spot):
            return [(session.seats_in(room), variable) for room, variable in rooms.items()], 0
        if (held := self._held.get(spot)) is not None:
            return [(session.seats, held)], 0
        return [], session.seats

    def hint(self, choices: Sequence[Choice], case: Case) -> dict[Variable, int]:
        """Say which sessions are held where people are in them, or present them."""
        attended = {
            (index, session)
            for choice in choices
            for index, session in enumerate(choice)
            if session != STANDING
        }
        presented = {
            (index, number)
            for (person, index) in case.freed
            if choices[person][index] == STANDING
            for number in [case.own(person, index)]
        }
        return {variable: int(spot in attended | presented) for spot, variable in self._held.items()}
