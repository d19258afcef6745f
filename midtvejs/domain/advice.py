"""What may be worth changing before the day: ideas, the most promising first. Solving tells which help.

Where seats are short is told by the prices that prove an assignment; by first wishes where there are none.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from itertools import zip_longest

from midtvejs.domain.assignment import Assignment
from midtvejs.domain.certificate import Proof
from midtvejs.domain.fairness import Criterion, Stage
from midtvejs.domain.offers import find_free_rooms
from midtvejs.domain.profile import first_wishes
from midtvejs.domain.program import Program, Session, is_unlimited
from midtvejs.domain.rules import RULES, Couples, Decision, rules_asked_for
from midtvejs.domain.variation import (
    Cancel,
    ChangeRoom,
    MoreSeats,
    Rule,
    SeatsOf,
    Swap,
    Together,
    Variation,
    WithoutDecision,
    WithoutRule,
    is_asked,
)

LARGER = 5
"""So many seats more make a room larger."""
EMPTY_SHARE = 10
"""Fewer than one in so many seats taken: nearly empty."""
MOST_EMPTY = 3
"""So many sessions are looked at that nearly nobody attends."""
MOST_IDEAS = 30
"""So many ideas are tried where the day is small."""
SMALL, LARGE = 40_000, 200_000
"""Participants times sessions: from the first on fewer ideas are tried, from the second on few."""
FEWER, FEW = 12, 4


class Kind(StrEnum):
    """What there is to do, as a title says it."""

    SWAP = "Swap rooms"
    MOVE = "Move to a larger room that is free"
    ROOM = f"Find a larger room ({LARGER} seats more)"
    SEAT = "Find one seat more"
    RULE = "Ask for less"


def kind_of(idea: Variation) -> Kind:
    """Return what kind of thing an idea is."""
    match idea:
        case Swap() | Together():
            return Kind.SWAP
        case ChangeRoom():
            return Kind.MOVE
        case SeatsOf():
            return Kind.ROOM
        case MoreSeats() | Cancel():
            return Kind.SEAT
        case WithoutRule() | WithoutDecision():
            return Kind.RULE


def put_together(helping: Iterable[Variation]) -> Together | None:
    """Return those swaps that can be done together, the best first as they come; None of fewer than two."""
    swaps: list[Swap] = []
    for idea in helping:
        if isinstance(idea, Swap):
            done = {code for swap in swaps for code in (swap.one, swap.other)}
            if done.isdisjoint((idea.one, idea.other)):
                swaps.append(idea)
    return Together(swaps=tuple(swaps)) if len(swaps) > 1 else None


@dataclass(frozen=True, kw_only=True)
class Shortage:
    """What is known of where seats are short: an assignment, and the prices that prove it."""

    assignment: Assignment
    stages: Sequence[Stage]
    proofs: Sequence[Proof | None] = field(default=())

    @property
    def program(self) -> Program:
        return self.assignment.program

    @cached_property
    def taken(self) -> Mapping[str, int]:
        return self.assignment.count_taken()

    @cached_property
    def wanted(self) -> Mapping[str, int]:
        return first_wishes(self.program, self.assignment.participants)

    @cached_property
    def full(self) -> list[str]:
        """The sittings that have no seat left, by their keys, those first in which one is worth the most."""
        full = [key for key, each in self.program.sittings.items() if self.taken[key] >= each.seats]
        return sorted(full, key=self.worth, reverse=True)

    def worth(self, key: str) -> tuple[int, ...]:
        """Return what a seat may be worth: its prices, those of sums first, and how many miss it.

        Whatever lowers the highest regret does not hang on one seat: its prices come last.
        """
        proofs = [
            (stage.criterion is Criterion.WORST, proof)
            for stage, proof in zip_longest(self.stages, self.proofs)
            if stage
        ]
        prices = [proof.prices.get(key, 0) if proof else 0 for _, proof in sorted(proofs, key=lambda e: e[0])]
        session = self.program.sittings[key]
        return (*prices, self.wanted[session.code] - session.seats)


def find_ideas(shortage: Shortage) -> list[Variation]:
    """Return what may help: of each kind the best first, the kinds in turn."""
    kinds = (
        _swaps(shortage),
        _seats(shortage),
        _rooms(shortage),
        _rules(shortage.program),
        _free_rooms(shortage),
    )
    in_turn = (idea for turn in zip_longest(*kinds) for idea in turn if idea is not None)
    return list(dict.fromkeys(in_turn))


def count_to_try(assignment: Assignment) -> int:
    """Return how many ideas are tried: it hangs on the day, and on no clock."""
    program, people = assignment.program, assignment.participants
    size = len(people) * len(program.sittings)
    coupled = any(RULES[law].couples is not Couples.NOBODY for law in rules_asked_for(program, people))
    if size > LARGE:
        return FEW
    return FEWER if size > SMALL or coupled or program.lists else MOST_IDEAS


def find_nearly_empty(shortage: Shortage) -> list[tuple[Session, int]]:
    """Return sittings of which nearly every seat is free, with how many are taken, the emptiest first."""
    program, taken = shortage.program, shortage.taken
    found = [
        (session, taken[key])
        for key, session in program.sittings.items()
        if not is_unlimited(session.seats)
        and taken[key] * EMPTY_SHARE < session.seats
        and key not in shortage.assignment.cancelled
    ]
    return sorted(found, key=lambda each: each[1])[:MOST_EMPTY]


def _seats(shortage: Shortage) -> Iterator[Variation]:
    """One seat more, where a room is settled."""
    for key in shortage.full:
        session = shortage.program.sittings[key]
        if not session.rooms:
            yield MoreSeats(code=session.code, seats=1, round_id=shortage.program.telling_round(session))


def _rooms(shortage: Shortage) -> Iterator[Variation]:
    """A larger room, wherever a full session is or may be held."""
    for key in shortage.full:
        session = shortage.program.sittings[key]
        for room in session.rooms or (session.room,):
            if not is_unlimited(room.seats):
                yield SeatsOf(room=room.name, seats=room.seats + LARGER)


def _free_rooms(shortage: Shortage) -> Iterator[Variation]:
    """Another room, larger and free in that round."""
    program = shortage.program
    for key in shortage.full:
        session, round_ = program.sittings[key], program.round_of[key]
        if session.rooms or session.through or any(each.rooms for each in round_.sessions):
            continue
        free = [room for room in find_free_rooms(program, round_) if session.seats_in(room) > session.seats]
        for room in sorted(free, key=session.seats_in, reverse=True)[:1]:
            yield ChangeRoom(code=session.code, room=room, round_id=program.telling_round(session))


def _swaps(shortage: Shortage) -> list[Variation]:
    """Two sessions of a round change rooms: the one in which a seat is worth more gets the larger one."""
    program, found = shortage.program, []
    for key in shortage.full:
        session, round_ = program.sittings[key], program.round_of[key]
        for other in round_.sessions:
            if session.rooms or other.rooms or round_.has_begun(other) or session.through != other.through:
                continue
            more = session.seats_in(other.room) - session.seats
            if more > 0 and shortage.worth(key) > shortage.worth(other.key):
                missing = shortage.wanted[session.code] - session.seats
                found.append((min(more, missing), Swap(one=session.code, other=other.code)))
    return [swap for _, swap in sorted(found, key=lambda each: -each[0])]


def _rules(program: Program) -> Iterator[Variation]:
    """Do without each rule, pin and group."""
    for rule in Rule:
        if rule not in {Rule.PINS, Rule.TOGETHER, Rule.APART} and is_asked(rule, program):
            yield WithoutRule(rule=rule)
    # Wishes for what is only for others are struck from the lists: nobody knows what they would come to.
    pins = (pin for pin in program.rules.pins if not pin.others)
    decisions: list[Decision] = [*pins, *program.rules.groups]
    yield from (WithoutDecision(decision=decision) for decision in decisions)
