"""What could be different about a day: what it does to program and wishes, and what program.yaml would say.

A variation is applied to a plan, and gives another one; nothing is written by it. Each says itself in words,
as edits of program.yaml, and as the ``option`` of what-if that asks for it, which is empty where none does.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from midtvejs.domain.offers import find_free_rooms
from midtvejs.domain.participants import Participant
from midtvejs.domain.program import (
    UNLIMITED,
    Program,
    Room,
    Round,
    Session,
    is_unlimited,
    name_in,
    tell_sittings_apart,
)
from midtvejs.domain.rules import Company, Decision, Pin, Rules, cite_place
from midtvejs.domain.wording import quantity


@dataclass(frozen=True, kw_only=True)
class Plan:
    """A program and the participants who are to be seated by it."""

    program: Program
    participants: tuple[Participant, ...]


class Rule(StrEnum):
    """What a coordinator asks for that can be done without."""

    AT_MOST = "at_most"
    AT_LEAST = "at_least"
    LEAST = "min_participants"
    MOST = "max_participants"
    KEEP_FREE = "keep_free"
    PINS = "pins"
    TOGETHER = "together"
    APART = "apart"
    WITH = "with"


@dataclass(frozen=True, slots=True, kw_only=True)
class SeatsOf:
    """A room has so many seats, in every round in which something is held in it."""

    room: str
    seats: int

    @property
    def option(self) -> tuple[str, ...]:
        return "--seats", f"{self.room}={_number(self.seats)}"

    def apply(self, plan: Plan) -> Plan:
        def resize(room: Room) -> Room:
            return replace(room, seats=self.seats) if room.name == self.room else room

        return _with_rooms(plan, resize)

    def words(self, program: Program) -> str:
        return f"{self.room} has {_seats(self.seats)} ({self._now(program)} now)"

    def edits(self, program: Program) -> Iterator[str]:
        if self._now(program) != (seats := _number(self.seats)):
            yield f"rooms, {self.room}: seats: {seats}"

    def _now(self, program: Program) -> str:
        return _number(next(room.seats for room in program.rooms if room.name == self.room))


@dataclass(frozen=True, slots=True, kw_only=True)
class MoreSeats:
    """A session has so many seats more, or fewer, in one round, or whenever it is held.

    It is held in a larger room then, or no longer limited to fewer than its room has.
    """

    code: str
    seats: int
    round_id: str = ""

    @property
    def option(self) -> tuple[str, ...]:
        return "--add-seats", f"{_typed(self.code, self.round_id)}={self.seats}"

    def apply(self, plan: Plan) -> Plan:
        return _with_sittings(plan, self.code, self.round_id, self._resize)

    def words(self, program: Program) -> str:
        found = find_sittings(program, self.code, self.round_id)
        changes = [f"{_number(each.seats)} → {_number(self._resize(each).seats)}" for _, each in found]
        count = f"{quantity(abs(self.seats), 'seat')} {'more' if self.seats >= 0 else 'fewer'}"
        return f"{name_in(self.code, self.round_id)} has {count} ({', '.join(changes)})"

    def edits(self, program: Program) -> Iterator[str]:
        for round_, session in find_sittings(program, self.code, self.round_id):
            name, resized = program.name_sitting(session), self._resize(session)
            if resized.room != session.room:
                yield f"session {name}: {self._where(program, round_, session, resized)}"
            if resized.most != session.most:
                when = " (of all its sittings: the key is the session's)" if session.sitting else ""
                yield f"session {name}: max_participants: {resized.most}{when}"

    def _resize(self, session: Session) -> Session:
        if self.seats == 0 or is_unlimited(session.seats):
            return session
        wanted = session.seats + self.seats
        if self.seats < 0:
            return replace(session, most=wanted)
        most = None if session.most is None else max(session.most, wanted)
        missing = wanted - replace(session, most=None).seats_in(session.room)
        room = replace(session.room, seats=session.room.seats + max(0, missing))
        return replace(session, most=most, room=room)

    @staticmethod
    def _where(program: Program, round_: Round, session: Session, resized: Session) -> str:
        """Say which room has the seats: one that is free then, the smallest, or one that is to be found."""
        free = [
            room
            for room in find_free_rooms(program, round_)
            if not session.through
            and not any(each.rooms for each in round_.sessions)
            and resized.seats_in(room) >= resized.seats
            and (room.step_free or not session.room.step_free)
        ]
        if free:
            room = min(free, key=lambda each: (each.seats, each.name))
            return f"room: {room.name} ({_seats(room.seats)}, free in {round_.id})"
        return f"room: one with {_seats(resized.room.seats)} ({session.room.name} has {session.room.seats})"


@dataclass(frozen=True, slots=True, kw_only=True)
class Cancel:
    """A session is not held, in one round or at all; wishes for it count as if they were on no list."""

    code: str
    round_id: str = ""

    @property
    def option(self) -> tuple[str, ...]:
        return "--cancel", _typed(self.code, self.round_id)

    def apply(self, plan: Plan) -> Plan:
        cancelled = {(round_.id, each) for round_, each in find_sittings(plan.program, *self._meant)}
        gone = {each for _, each in cancelled}
        rounds = tuple(
            replace(
                round_,
                sessions=tuple(_bare(each) for each in round_.sessions if each not in gone),
                cancelled=(
                    *map(_bare, round_.cancelled),
                    *(_bare(each) for each in round_.sessions if each in gone),
                ),
            )
            for round_ in plan.program.rounds
        )
        rounds = _open_free_rooms(plan.program, tell_sittings_apart(rounds))
        return _strike(replace(plan, program=replace(plan.program, rounds=rounds)))

    def words(self, program: Program) -> str:
        return f"{name_in(*self._meant)} is cancelled: {program.sessions[self.code].title}"

    def edits(self, program: Program) -> Iterator[str]:
        held = [round_.id for round_, _ in find_sittings(program, *self._meant)]
        some = len(held) < len(find_sittings(program, self.code))
        rounds = f"[{', '.join(held)}]" if some else "true"
        yield f"session {self.code}: cancelled: {rounds}"

    @property
    def _meant(self) -> tuple[str, str]:
        return self.code, self.round_id


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeRoom:
    """A session is held in another room, in one round, or whenever it is held."""

    code: str
    room: Room
    round_id: str = ""

    @property
    def option(self) -> tuple[str, ...]:
        return "--room", f"{_typed(self.code, self.round_id)}={self.room.name}"

    def apply(self, plan: Plan) -> Plan:
        def move(session: Session) -> Session:
            return replace(session, room=self.room, rooms=())

        moved = _with_sittings(plan, self.code, self.round_id, move)
        rounds = _open_free_rooms(plan.program, moved.program.rounds)
        return replace(moved, program=replace(moved.program, rounds=rounds))

    def words(self, program: Program) -> str:
        found = find_sittings(program, self.code, self.round_id)
        was = dict.fromkeys("one still open" if each.rooms else _placed(each.room) for _, each in found)
        return f"{name_in(self.code, self.round_id)} is in {_placed(self.room)}; now in {' and '.join(was)}"

    def edits(self, program: Program) -> Iterator[str]:
        for _, session in find_sittings(program, self.code, self.round_id):
            if session.rooms or session.room != self.room:
                yield f"session {program.name_sitting(session)}: room: {self.room.name}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Swap:
    """Two sessions change rooms, in every round in which both are held."""

    one: str
    other: str

    @property
    def option(self) -> tuple[str, ...]:
        return "--swap", f"{self.one}={self.other}"

    def apply(self, plan: Plan) -> Plan:
        rounds = plan.program.rounds
        for first, second in find_pairs(plan.program, self.one, self.other):
            moved = {first: replace(first, room=second.room), second: replace(second, room=first.room)}
            rounds = tuple(
                replace(round_, sessions=tuple(moved.get(each, each) for each in round_.sessions))
                for round_ in rounds
            )
        return replace(plan, program=replace(plan.program, rounds=rounds))

    def words(self, program: Program) -> str:
        where = [
            f"{program.name_sitting(first)} in {_placed(second.room)}, "
            f"{program.name_sitting(second)} in {_placed(first.room)}"
            for first, second in find_pairs(program, self.one, self.other)
        ]
        return f"{self.one} and {self.other} swap rooms: {'; '.join(where)}"

    def edits(self, program: Program) -> Iterator[str]:
        for first, second in find_pairs(program, self.one, self.other):
            if first.room == second.room:
                continue
            yield f"session {program.name_sitting(first)}: room: {second.room.name}"
            yield f"session {program.name_sitting(second)}: room: {first.room.name}"


NOT_ASKED: Mapping[Rule, Mapping[str, Any]] = {
    Rule.AT_LEAST: {"at_least": ()},
    Rule.LEAST: {"least": 0, "may_be_cancelled": False},
    Rule.MOST: {"most": None},
}
"""The fields, and their values, of a session of which nothing of a kind is asked."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WithoutRule:
    """Nothing is asked of one kind any more."""

    rule: Rule

    @property
    def option(self) -> tuple[str, ...]:
        return "--without-rule", str(self.rule)

    def apply(self, plan: Plan) -> Plan:
        rules = plan.program.rules
        match self.rule:
            case Rule.AT_MOST:
                unlimited = replace(plan.program, rules=replace(rules, at_most=None))
                plan = replace(plan, program=unlimited)
                return _with_each_session(plan, lambda each: replace(each, at_most=()))
            case Rule.AT_LEAST | Rule.LEAST | Rule.MOST:
                return _with_each_session(plan, lambda each: replace(each, **NOT_ASKED[self.rule]))
            case Rule.KEEP_FREE:
                freed = _with_rooms(plan, lambda room: replace(room, keep_free=0))
                return _with_each_session(freed, lambda each: replace(each, keep_free=None))
            case Rule.PINS | Rule.TOGETHER | Rule.APART:
                return _without_decisions(plan, _decisions(rules, self.rule))
            case Rule.WITH:
                bound = {group for person in plan.participants for group in person.groups}
                program = replace(plan.program, rules=replace(rules, friends_together=False))
                return _without_decisions(replace(plan, program=program), bound.difference(rules.groups))

    def words(self, program: Program) -> str:
        del program
        return f"nothing is asked by {self.rule}"

    def edits(self, program: Program) -> Iterator[str]:
        if self.apply(Plan(program=program, participants=())).program != program:
            yield f"{self.rule}: delete it, wherever it stands"


@dataclass(frozen=True, slots=True, kw_only=True)
class WithoutDecision:
    """A pin, a ban or a group is given up."""

    decision: Decision

    @property
    def option(self) -> tuple[str, ...]:
        return ()

    def apply(self, plan: Plan) -> Plan:
        return _without_decisions(plan, (self.decision,))

    def words(self, program: Program) -> str:
        del program
        return f"without: {self.decision}{cite_place(self.decision.place)}"

    def edits(self, program: Program) -> Iterator[str]:
        del program
        yield f"delete{cite_place(self.decision.place)}: {self.decision}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Together:
    """Several sessions swap rooms."""

    swaps: tuple[Swap, ...]

    @property
    def option(self) -> tuple[str, ...]:
        return tuple(word for each in self.swaps for word in each.option)

    def apply(self, plan: Plan) -> Plan:
        for swap in self.swaps:
            plan = swap.apply(plan)
        return plan

    def words(self, program: Program) -> str:
        del program
        return f"all of these together: {', '.join(f'{each.one} and {each.other}' for each in self.swaps)}"

    def edits(self, program: Program) -> Iterator[str]:
        for swap in self.swaps:
            yield from swap.edits(program)


Variation = SeatsOf | MoreSeats | Cancel | ChangeRoom | Swap | Together | WithoutRule | WithoutDecision


def find_sittings(program: Program, code: str, round_id: str = "") -> list[tuple[Round, Session]]:
    """Return the sittings of a session, each with the round in which it begins: of one round, or of all."""
    return [
        (round_, session)
        for round_ in program.rounds
        for session in round_.sessions
        if session.code == code and not round_.has_begun(session) and round_id in {"", round_.id}
    ]


def find_pairs(program: Program, one: str, other: str) -> list[tuple[Session, Session]]:
    """Return the sittings of two sessions that could swap rooms: in the same rounds, their rooms settled."""
    pairs = (
        (first, second)
        for round_, first in find_sittings(program, one)
        for _, second in find_sittings(program, other, round_.id)
    )
    return [
        (first, second)
        for first, second in pairs
        if first.through == second.through and not first.rooms and not second.rooms
    ]


def find_others_in(program: Program, room: Room, code: str, round_id: str = "") -> list[Session]:
    """Return the other sessions that have a room settled while one is held."""
    return [
        other
        for _, session in find_sittings(program, code, round_id)
        for number in program.rounds_of[session.key]
        for other in program.rounds[number].sessions
        if other.code != code and other.room.name == room.name and not other.rooms
    ]


def is_asked(rule: Rule, program: Program) -> bool:
    """Return whether a program asks for anything of this kind."""
    plan = Plan(program=program, participants=())
    return WithoutRule(rule=rule).apply(plan).program != program


def _decisions(rules: Rules, rule: Rule) -> tuple[Decision, ...]:
    """Return the pins, or the groups, of a kind; what is only for some is no pin of its own."""
    if rule is Rule.PINS:
        return tuple(pin for pin in rules.pins if not pin.others)
    return tuple(group for group in rules.groups if group.company is Company(rule.value))


def _with_sessions(plan: Plan, change: Callable[[Round, Session], Session]) -> Plan:
    rounds = tuple(
        replace(round_, sessions=tuple(change(round_, session) for session in round_.sessions))
        for round_ in plan.program.rounds
    )
    return replace(plan, program=replace(plan.program, rounds=rounds))


def _with_each_session(plan: Plan, change: Callable[[Session], Session]) -> Plan:
    return _with_sessions(plan, lambda _round, session: change(session))


def _with_sittings(plan: Plan, code: str, round_id: str, change: Callable[[Session], Session]) -> Plan:
    meant = {session for _, session in find_sittings(plan.program, code, round_id)}
    return _with_each_session(plan, lambda session: change(session) if session in meant else session)


def _with_rooms(plan: Plan, change: Callable[[Room], Room]) -> Plan:
    """Change rooms wherever they stand. Of those that are open to a session, its room is the largest."""

    def move(session: Session) -> Session:
        rooms = tuple(map(change, session.rooms))
        moved = replace(session, room=change(session.room), rooms=rooms)
        return replace(moved, room=max(rooms, key=moved.seats_in)) if rooms else moved

    program = replace(plan.program, rooms=tuple(map(change, plan.program.rooms)))
    return _with_each_session(replace(plan, program=program), move)


def _open_free_rooms(program: Program, rounds: Iterable[Round]) -> tuple[Round, ...]:
    """Return rounds of a program that have changed, their open sessions with the rooms that are free now."""
    before = {round_.id: round_.sessions for round_ in program.rounds}
    return tuple(
        round_ if round_.sessions == before[round_.id] else _with_free_rooms(program, round_)
        for round_ in rounds
    )


def _with_free_rooms(program: Program, round_: Round) -> Round:
    rooms = find_free_rooms(program, round_)

    def open_to(session: Session) -> Session:
        if not (session.rooms and rooms):
            return session
        return replace(session, rooms=rooms, room=max(rooms, key=session.seats_in))

    return replace(round_, sessions=tuple(map(open_to, round_.sessions)))


def _without_decisions(plan: Plan, gone: Iterable[Decision]) -> Plan:
    """Leave decisions out, of the rules and with those whom they name."""
    gone = set(gone)
    rules = plan.program.rules
    rules = replace(
        rules,
        pins=tuple(pin for pin in rules.pins if pin not in gone),
        groups=tuple(group for group in rules.groups if group not in gone),
    )

    def free(person: Participant) -> Participant:
        pins = tuple(pin for pin in person.pins if pin not in gone)
        groups = tuple(group for group in person.groups if group not in gone)
        same = (pins, groups) == (person.pins, person.groups)
        return person if same else replace(person, pins=pins, groups=groups)

    return Plan(program=replace(plan.program, rules=rules), participants=tuple(map(free, plan.participants)))


def _strike(plan: Plan) -> Plan:
    """Strike what is no longer held from lists, pins and what people present."""
    program = plan.program
    held = [frozenset(session.code for session in program.sessions_in(block)) for block in program.blocks]
    void = [pin for pin in program.rules.pins if _is_void(program, pin)]

    def strike(person: Participant) -> Participant:
        wishes = tuple(
            each.without(frozenset(each.codes) - codes)
            for each, codes in zip(person.wishes, held, strict=True)
        )
        presents = person.presents.intersection(program.sessions)
        same = (wishes, presents) == (person.wishes, person.presents)
        return person if same else replace(person, wishes=wishes, presents=presents)

    return _without_decisions(replace(plan, participants=tuple(map(strike, plan.participants))), void)


def _is_void(program: Program, pin: Pin) -> bool:
    return not any(
        session.code == pin.code and pin.round_id in {"", round_.id}
        for round_ in program.rounds
        for session in round_.sessions
    )


def _bare(session: Session) -> Session:
    """Return a sitting without what told it from others: some of these may not be held any more."""
    return replace(session, sitting="") if session.sitting else session


def _typed(code: str, round_id: str) -> str:
    return f"{code}:{round_id}" if round_id else code


def _placed(room: Room) -> str:
    return f"{room.name} ({_number(room.seats)})"


def _number(seats: int) -> str:
    return "unlimited" if is_unlimited(seats) else str(seats)


def _seats(seats: int) -> str:
    return "unlimited seats" if is_unlimited(seats) else quantity(seats, "seat")


def count_struck(before: Plan, after: Plan) -> int:
    """Return from how many lists something was struck: their criteria are of shorter lists."""
    return sum(
        one != other
        for person, left in zip(before.participants, after.participants, strict=True)
        for one, other in zip(person.wishes, left.wishes, strict=True)
    )


def without_audience(plan: Plan, code: str, round_id: str = "") -> Plan:
    """Return the plan in which a session has no audience, and every list stays as it is."""
    return _with_sittings(
        plan, code, round_id, lambda session: replace(session, most=0, least=0, at_least=())
    )


def seats_for_all(plan: Plan) -> Plan:
    """Return the plan in which nobody is in anybody's way: each has the best day that they could have alone.

    Pins, bans and steps are in their way as before; what binds them to each other is not asked.
    """

    def open_up(session: Session) -> Session:
        step_free = session.may_be_step_free
        room = replace(session.room, seats=UNLIMITED, keep_free=0, step_free=step_free)
        return replace(
            session,
            room=room,
            rooms=(),
            keep_free=None,
            most=None,
            least=0,
            may_be_cancelled=False,
            at_least=(),
        )

    alone = WithoutRule(rule=Rule.AT_MOST).apply(_without_decisions(plan, plan.program.rules.groups))
    return _with_each_session(alone, open_up)
