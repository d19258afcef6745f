"""What it costs to seat a participant in another session of a round where no rule binds people to each other.

A full session has a seat for them once another participant leaves it, who needs a seat in turn: in the
session that the first one leaves, in one that has a free seat, or where yet another leaves. So the fewest who
move are a shortest path between sessions. Among the shortest paths the criteria of fairness choose, one after
the other: each keeps the moves that are on the best of the paths that the criteria before it left.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from midtvejs.domain.assignment import Assignment
from midtvejs.domain.fairness import OF_PAIRS, OVER_REGRETS, OVER_SEATS, Criterion, Seat
from midtvejs.domain.participants import Participant, fold
from midtvejs.domain.program import Program, Session
from midtvejs.domain.seated import Day, replace_code


@dataclass(frozen=True, slots=True)
class _Move:
    """A participant takes a seat in another session of the round. ``regret`` is theirs then.

    ``costs``: by how much each criterion rises that is a sum, in the order of fairness. ``lost`` is in steps.
    """

    person: Participant = field(compare=False)
    before: str
    after: str
    regret: int
    lost: int
    costs: Mapping[Criterion, int] = field(compare=False)


Layers = Sequence[Sequence[_Move]]
"""The moves that may be the first of a path, those that may be the second, and so on."""


@dataclass(frozen=True, slots=True)
class _Regret:
    """A participant's regret, and their key."""

    value: int
    key: str


@dataclass(frozen=True, kw_only=True)
class Exchanges:
    """Looks up what moves in a round of a lawful assignment cost."""

    assignment: Assignment

    def know(self, person: Participant, number: int) -> bool:
        """Return whether ``find`` may be asked: whether a move in a round is nobody's but the mover's affair.

        The round has a list of its own, and nothing in it is held more than once.
        """
        program, round_ = self._program, self._program.rounds[number]
        leaves = self._sessions(number)[self.assignment.days[person.key][number]]
        return (
            program.blocks[program.list_numbers[number]].alone
            and program.rules.at_most is None
            and OF_PAIRS.isdisjoint(program.rules.fairness)
            and not any(
                group.holds_in(round_.id) for group in (*program.rules.groups, *self.assignment.members)
            )
            and not any(session.rooms or session.through or session.sitting for session in round_.sessions)
            and not any(session.at_most or session.at_least for session in round_.sessions)
            and self.assignment.cancelled.isdisjoint(session.key for session in round_.sessions)
            and (not leaves.least or self._taken[leaves.key] > leaves.least)
        )

    def find(self, person: Participant, number: int, code: str) -> Mapping[str, Day] | None:
        """Return the days that change if a participant is to be in a session of a round, theirs among them.

        Of all lawful assignments in which they are, the fewest people move, and among those it is the best by
        the order of fairness; among equals, nobody loses many steps. None where there is none.
        """
        leaves = self.assignment.days[person.key][number]
        if code not in person.open_to_them(self._program.rounds[number]):
            return None
        ends = {each for each in self._sessions(number) if self._has_free_seat(number, each)} | {leaves}
        layers = self._shortest(number, code, ends)
        if layers is None:
            return None
        own = self._move(person, number, code)
        for criterion in self._program.rules.fairness:
            if criterion is Criterion.WORST:
                layers = _narrow_to_worst(layers, code, own.regret, self._highest(person, len(layers)))
            else:
                layers = _narrow_to_sum(layers, code, _costing(criterion))
        moves = [own, *_choose(_narrow_to_least_lost(layers, code), code)]
        return {move.person.key: replace_code(self._day(move.person), number, move.after) for move in moves}

    def losses(self, person: Participant, number: int, code: str) -> list[int]:
        """Return the steps that each of those in a session would lose by giving up their seat.

        It is the least, wherever there is a free seat, or in place of the participant; rules that bind people
        to each other are not looked at. Those who may be nowhere else are left out.
        """
        leaves = self.assignment.days[person.key][number]
        ends = {each for each in self._sessions(number) if self._has_free_seat(number, each)} | {leaves}
        return [
            min(move.lost for move in moves)
            for holder in self._seated(number, code)
            if (moves := list(self._moves(holder, number, ends - {code})))
        ]

    # Paths

    def _shortest(self, number: int, code: str, ends: Collection[str]) -> Layers | None:
        """Return the moves on the shortest paths from a session to an end; none where it is an end itself."""
        layers: list[list[_Move]] = []
        reached, seen = [code], {code}
        while seen.isdisjoint(ends):
            moves = [
                move
                for start in reached
                for holder in self._seated(number, start)
                for move in self._moves(holder, number, self._sessions(number).keys() - seen)
            ]
            if not moves:
                return None
            layers.append(moves)
            reached = sorted({move.after for move in moves})
            seen.update(reached)
        if layers:
            layers[-1] = [move for move in layers[-1] if move.after in ends]
        return layers

    def _moves(self, holder: Participant, number: int, codes: Collection[str]) -> Iterator[_Move]:
        open_ = holder.open_to_them(self._program.rounds[number])
        return (self._move(holder, number, code) for code in sorted(open_ & set(codes)))

    def _move(self, person: Participant, number: int, code: str) -> _Move:
        known = self._known.get((person.key, number, code))
        if known is None:
            before = self._day(person)[number]
            old, new = (self._seat(person, number, each) for each in (before, code))
            lost = new.steps - old.steps
            regret = self._regrets[person.key]
            known = self._known[person.key, number, code] = _Move(
                person, before, code, regret + lost, lost, self._costs((old, regret), (new, regret + lost))
            )
        return known

    def _costs(self, old: tuple[Seat, int], new: tuple[Seat, int]) -> Mapping[Criterion, int]:
        costs: dict[Criterion, int] = {}
        for criterion in self._program.rules.fairness:
            if of_seat := OVER_SEATS.get(criterion):
                costs[criterion] = of_seat(new[0]) - of_seat(old[0])
            elif of_regret := OVER_REGRETS.get(criterion):
                costs[criterion] = of_regret(new[1]) - of_regret(old[1])
        return costs

    def _seat(self, person: Participant, number: int, code: str) -> Seat:
        wishes = person.wishes[self._program.list_numbers[number]]
        organisation = fold(person.organisation)
        own = bool(organisation) and organisation in self._owners[code]
        return Seat(steps=wishes.steps(code), listed=len(wishes.codes), own=own)

    # What is known of the assignment

    @property
    def _program(self) -> Program:
        return self.assignment.program

    def _day(self, person: Participant) -> Day:
        return self.assignment.days[person.key]

    def _sessions(self, number: int) -> Mapping[str, Session]:
        return self._program.by_code[number]

    def _has_free_seat(self, number: int, code: str) -> bool:
        session = self._sessions(number)[code]
        return self._taken[session.key] < session.seats and session.key not in self.assignment.cancelled

    def _seated(self, number: int, code: str) -> tuple[Participant, ...]:
        """Return those who have a seat in a session."""
        return self.assignment.audiences[self._sessions(number)[code].key]

    def _highest(self, person: Participant, count: int) -> list[_Regret]:
        """Return the highest regrets, highest first, of all but a participant: one more than ``count``."""
        found = self.assignment.highest_regrets[: count + 2]
        return [_Regret(value, key) for value, key in found if key != person.key][: count + 1]

    @cached_property
    def _known(self) -> dict[tuple[str, int, str], _Move]:
        return {}

    @cached_property
    def _owners(self) -> Mapping[str, frozenset[str]]:
        sessions = self._program.sessions.values()
        return {session.code: frozenset(map(fold, session.by)) for session in sessions}

    @cached_property
    def _regrets(self) -> Mapping[str, int]:
        return self.assignment.profile.regrets

    @cached_property
    def _taken(self) -> Mapping[str, int]:
        return self.assignment.count_taken()


# Narrowing paths


def _costing(criterion: Criterion) -> Callable[[_Move], int]:
    return lambda move: move.costs[criterion]


def _narrow_to_sum(layers: Layers, start: str, amount: Callable[[_Move], int]) -> Layers:
    """Keep the moves that are on a path of the least sum."""
    ahead: list[dict[str, int]] = [{start: 0}]
    for moves in layers:
        reached: dict[str, int] = {}
        for move in moves:
            if move.before in ahead[-1]:
                cost = ahead[-1][move.before] + amount(move)
                reached[move.after] = min(reached.get(move.after, cost), cost)
        ahead.append(reached)
    least = min(ahead[-1].values())
    left = {end: 0 for end, cost in ahead[-1].items() if cost == least}
    kept: list[list[_Move]] = []
    for before, moves in zip(ahead[-2::-1], reversed(layers), strict=True):
        on_best = [
            move
            for move in moves
            if move.before in before
            and move.after in left
            and before[move.before] + amount(move) + left[move.after] == least
        ]
        left = {move.before: least - before[move.before] for move in on_best}
        kept.append(on_best)
    return kept[::-1]


def _narrow_to_worst(layers: Layers, start: str, own: int, highest: Sequence[_Regret]) -> Layers:
    """Keep the moves that are on a path after which the highest regret of all is the least.

    ``own`` is the regret of the participant who is moved, ``highest`` are the others' before anybody moves:
    one more than can move. Each of them that is above the new highest has to be among those who move.
    """
    values = {own, *(each.value for each in highest), *(move.regret for moves in layers for move in moves)}
    for worst in sorted(value for value in values if value >= own):
        above = {each.key for each in highest if each.value > worst}
        kept = _keep_below(layers, worst, above)
        if kept is not None and _lead_anywhere(kept, start):
            return _narrow_to_sum(kept, start, lambda _move: 0)
    raise AssertionError("every path has a highest regret")


def _keep_below(layers: Layers, worst: int, above: Collection[str]) -> Layers | None:
    """Keep the moves that leave nobody above ``worst``; None where one of those ``above`` does not move."""
    kept: list[list[_Move]] = []
    found = 0
    for moves in layers:
        bound = {move.person.key for move in moves if move.person.key in above}
        found += len(bound)
        if len(bound) > 1:
            return None
        kept.append(
            [move for move in moves if move.regret <= worst and (not bound or move.person.key in bound)]
        )
    return kept if found == len(above) else None


def _narrow_to_least_lost(layers: Layers, start: str) -> Layers:
    """Keep the moves that are on a path on which the one who loses most loses the least."""
    for most in sorted({move.lost for moves in layers for move in moves}):
        kept = [[move for move in moves if move.lost <= most] for moves in layers]
        if _lead_anywhere(kept, start):
            return _narrow_to_sum(kept, start, lambda _move: 0)
    return layers


def _lead_anywhere(layers: Layers, start: str) -> bool:
    reached = {start}
    for moves in layers:
        reached = {move.after for move in moves if move.before in reached}
    return bool(reached)


def _choose(layers: Layers, start: str) -> Iterator[_Move]:
    """Return one path of moves that are all as good; it does not depend on the order of rows."""
    for moves in layers:
        move = min(
            (each for each in moves if each.before == start), key=lambda each: (each.person.key, each.after)
        )
        yield move
        start = move.after
