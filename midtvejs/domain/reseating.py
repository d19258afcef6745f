"""Who could go where, where sessions of a round have more participants than seats.

It is an assignment problem, solved by shortest paths (Jewell 1958; Busacker and Gowen 1960): each participant
too many begins a shortest path from an over-full session to a free seat, along which one participant moves
at each step. In the end the fewest have moved, and among the ways to move the fewest it is the one with the
least steps, and then with the least sum of squared regrets. Rules that bind people to each other are kept at
each step; where there are any, it may be that another could have moved at less cost. Where a session says
how many of one grade, or the like, it may or must have, nobody is named.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from midtvejs.domain.assignment import Assignment
from midtvejs.domain.lots import draw_lots
from midtvejs.domain.moving import Moving
from midtvejs.domain.participants import Participant
from midtvejs.domain.profile import regret
from midtvejs.domain.program import Round, Session
from midtvejs.domain.rules import Company
from midtvejs.domain.traits import trait_of

MOST_MOVED = 100
"""With more participants too many in a round, a room is wrong rather than a few seats."""

Cost = tuple[int, int, int]
"""How many have moved, and what their steps and squared regrets are more by."""

NOTHING: Cost = (0, 0, 0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reseat:
    """A participant who could go from one session of a round to another. ``lost`` is in steps."""

    participant: Participant
    round: Round
    before: str
    after: str
    lost: int


def reseat(assignment: Assignment, number: int) -> tuple[Reseat, ...]:
    """Return who could go where in a round, by its number, so that nobody is too many in its sessions.

    It is nothing where that cannot be, or where so many are too many that no list of moves helps. Nobody
    leaves a session that goes on through several rounds, or goes to one. Of equals, the lottery chooses.
    """
    return _Reseating(Moving(assignment=assignment), number).find()


class _Reseating:
    """Where those are who could be elsewhere in one round, while they are moved."""

    def __init__(self, moving: Moving, number: int) -> None:
        program, taken = moving.assignment.program, moving.assignment.count_taken()
        self._moving, self._number, self._round = moving, number, program.rounds[number]
        held = [
            each
            for each in self._round.sessions
            if not each.through and each.key not in moving.assignment.cancelled
        ]
        self._sessions: Mapping[str, Session] = {session.code: session for session in held}
        self._taken = {session.code: taken[session.key] for session in held}
        self._everybody = moving.assignment.participants
        self._where = {each.key: self._code_of(each) for each in self._everybody}
        people = draw_lots(self._everybody, program.rules.seed)
        could_move = ((person, self._costs_of(person)) for person in people)
        self._could_move = [(person, costs) for person, costs in could_move if len(costs) > 1]

    def find(self) -> tuple[Reseat, ...]:
        """Move one after the other, until nobody is too many."""
        too_many = sum(max(0, -self._free(code)) for code in self._sessions)
        if too_many > MOST_MOVED or any(each.at_most or each.at_least for each in self._round.sessions):
            return ()
        for _ in range(too_many):
            path = self._shortest_path()
            if not path:
                return ()
            for person, code in path:
                self._taken[self._where[person.key]] -= 1
                self._taken[code] += 1
                self._where[person.key] = code
        return tuple(self._moved())

    def _moved(self) -> Iterator[Reseat]:
        for person, costs in self._could_move:
            before, after = self._code_of(person), self._where[person.key]
            if before != after:
                yield Reseat(
                    participant=person,
                    round=self._round,
                    before=before,
                    after=after,
                    lost=costs[after][1],
                )

    def _code_of(self, person: Participant) -> str:
        day = self._moving.assignment.days[person.key]
        return day[self._number] if self._number < len(day) else ""

    def _free(self, code: str) -> int:
        return self._sessions[code].seats - self._taken[code]

    # What it costs to be elsewhere

    def _costs_of(self, person: Participant) -> dict[str, Cost]:
        """Return what each session costs that a participant might be in, their own among them."""
        program, own = self._moving.assignment.program, self._code_of(person)
        if own not in self._sessions or own in person.presents or self._is_held_together(person):
            return {}
        now = regret(person, self._moving.assignment.days[person.key], program)
        costs = {own: NOTHING}
        for code, session in self._sessions.items():
            if day := self._moving.day_in(person, session.key):
                then = regret(person, day, program)
                costs[code] = (1, then - now, then * then - now * now)
        return costs

    def _is_held_together(self, person: Participant) -> bool:
        return any(
            group.company is Company.TOGETHER and group.holds_in(self._round.id) for group in person.groups
        )

    def _may_join(self, person: Participant, code: str) -> bool:
        """Return whether those who are in a session now bear with a participant."""
        rules = self._moving.assignment.program.rules
        most, trait = rules.at_most, trait_of(person, rules.at_most_of)
        apart = {
            group
            for group in person.groups
            if group.company is Company.APART and group.holds_in(self._round.id)
        }
        if not apart and (most is None or not trait):
            return True
        there = [each for each in self._everybody if self._where[each.key] == code and each.key != person.key]
        # Who presents is met, and is none of the audience.
        met = any(not apart.isdisjoint(each.groups) for each in there)
        audience = (each for each in there if code not in each.presents)
        alike = sum(trait_of(each, rules.at_most_of) == trait for each in audience)
        return not met and (most is None or not trait or alike < most)

    # Paths

    def _shortest_path(self) -> list[tuple[Participant, str]]:
        """Return the moves from an over-full session to a free seat, the last one first; none if none do."""
        edges = self._edges()
        costs: dict[str, Cost] = {code: NOTHING for code in self._sessions if self._free(code) < 0}
        last: dict[str, tuple[str, Participant]] = {}
        for _ in self._sessions:
            for (start, end), (cost, person) in edges.items():
                if start in costs:
                    reached = _add(costs[start], cost)
                    if end not in costs or reached < costs[end]:
                        costs[end], last[end] = reached, (start, person)
        free = [code for code in costs if self._free(code) > 0]
        return self._back(min(free, key=lambda code: costs[code]), last) if free else []

    @staticmethod
    def _back(code: str, last: Mapping[str, tuple[str, Participant]]) -> list[tuple[Participant, str]]:
        path: list[tuple[Participant, str]] = []
        while code in last:
            if len(path) > len(last):
                return []
            start, person = last[code]
            path.append((person, code))
            code = start
        return path

    def _edges(self) -> dict[tuple[str, str], tuple[Cost, Participant]]:
        """Return the cheapest move between any two sessions, and whose it is: of equals, the first drawn."""
        found: dict[tuple[str, str], tuple[Cost, Participant]] = {}
        for person, costs in self._could_move:
            start = self._where[person.key]
            here = costs[start]
            for end, there in costs.items():
                cost = (there[0] - here[0], there[1] - here[1], there[2] - here[2])
                known = found.get((start, end))
                if end != start and (known is None or cost < known[0]) and self._may_join(person, end):
                    found[start, end] = (cost, person)
        return found


def _add(one: Cost, other: Cost) -> Cost:
    return one[0] + other[0], one[1] + other[1], one[2] + other[2]
