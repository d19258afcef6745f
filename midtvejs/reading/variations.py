"""What a day is to be like instead, from what was typed: variations, or every fault of them at once."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from midtvejs.domain.names import find_like
from midtvejs.domain.offers import find_free_rooms
from midtvejs.domain.participants import fold
from midtvejs.domain.program import UNLIMITED, Program, is_unlimited
from midtvejs.domain.variation import (
    Cancel,
    ChangeRoom,
    MoreSeats,
    Plan,
    Rule,
    SeatsOf,
    Swap,
    Variation,
    WithoutRule,
    find_others_in,
    find_pairs,
    find_sittings,
    is_asked,
)
from midtvejs.domain.wording import list_first, quantity

WHOLE = re.compile(r"[+-]?[0-9]{1,8}")
MOST_SEATS = 10_000_000
LONGEST_SHOWN = 60
"""More of what was typed is not repeated."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Typed:
    """The texts of each option, in the order in which they were typed."""

    seats: Sequence[str] = ()
    add_seats: Sequence[str] = ()
    cancel: Sequence[str] = ()
    room: Sequence[str] = ()
    swap: Sequence[str] = ()
    without_rule: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Wanted:
    """What was typed, in order; ``faults`` say what of it cannot be, and then nothing is tried."""

    variations: tuple[Variation, ...]
    faults: tuple[str, ...]


class Misread(Exception):
    """What is wrong with one text, in words."""


def read_variations(typed: Typed, program: Program) -> Wanted:
    """Read every text. Each is understood of the day as those before it leave it."""
    reading = _Reading(Plan(program=program, participants=()))
    for option, texts, read in (
        ("--seats", typed.seats, reading.seats),
        ("--add-seats", typed.add_seats, reading.add_seats),
        ("--cancel", typed.cancel, reading.cancel),
        ("--room", typed.room, reading.room),
        ("--swap", typed.swap, reading.swap),
        ("--without-rule", typed.without_rule, reading.without_rule),
    ):
        for text in texts:
            reading.read(option, text, read)
    return Wanted(tuple(reading.variations), (*reading.faults, *_without_a_seat(reading.program)))


def _without_a_seat(program: Program) -> Iterator[str]:
    """Say what has no seat left for its audience, when all is done: no program has that."""
    for session in program.sittings.values():
        if session.seats < 1:
            where = "any room that is free" if session.rooms else session.room.name
            yield f"no seat in {where} would be left for the audience of {session.code}"


@dataclass
class _Reading:
    plan: Plan
    variations: list[Variation] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)

    @property
    def program(self) -> Program:
        return self.plan.program

    def read(self, option: str, text: str, read: Callable[[str], Variation]) -> None:
        try:
            variation = read(text)
        except Misread as fault:
            self.faults.append(f"{option} {_shown(text)}: {fault}")
            return
        if variation in self.variations and not isinstance(variation, MoreSeats):
            self.faults.append(f"{option} {_shown(text)}: is given twice")
            return
        self.variations.append(variation)
        self.plan = variation.apply(self.plan)

    def seats(self, text: str) -> Variation:
        name, number = _split(text, "a room and its seats, such as Panorama=70")
        room = _known("room", name, [each.name for each in self.program.rooms])
        unlimited = fold(number) == "unlimited"
        seats = UNLIMITED if unlimited else _whole(number, least=1, most=MOST_SEATS)
        if any(isinstance(each, SeatsOf) and each.room == room for each in self.variations):
            raise Misread(f"the seats of {room} are given twice")
        return SeatsOf(room=room, seats=seats)

    def add_seats(self, text: str) -> Variation:
        name, number = _split(text, "a session and how many seats more, such as 1C=5 or 1C=-5")
        code, round_id = self._session(name)
        more = MoreSeats(
            code=code, round_id=round_id, seats=_whole(number, least=-MOST_SEATS, most=MOST_SEATS)
        )
        for _, session in find_sittings(self.program, code, round_id):
            if session.rooms:
                raise Misread(f"{code} has no room yet; --seats changes those that it may get")
            if is_unlimited(session.seats):
                raise Misread(f"{code} has seats for everybody")
            if session.seats + more.seats < 1:
                raise Misread(f"{code} has {quantity(session.seats, 'seat')}, and at least 1 has to be left")
        return more

    def cancel(self, text: str) -> Variation:
        code, round_id = self._session(text)
        variation = Cancel(code=code, round_id=round_id)
        for round_ in variation.apply(self.plan).program.rounds:
            if not round_.sessions:
                raise Misread(f"{round_.id} ({round_.name}) would have no session left")
        return variation

    def room(self, text: str) -> Variation:
        # A room may have an equals sign in its name; no code has one.
        name, equals, room_name = text.partition("=")
        if not (equals and name.strip() and room_name.strip()):
            raise Misread("write a session and a room, such as 1C=Panorama")
        code, round_id = self._session(name)
        known = {each.name: each for each in self.program.rooms}
        room = known[_known("room", room_name, known)]
        if others := find_others_in(self.program, room, code, round_id):
            raise Misread(f"{room.name} is taken by {others[0].code}; --swap {code}={others[0].code}?")
        for round_, _ in find_sittings(self.program, code, round_id):
            if round_.id in room.not_in:
                raise Misread(f"{room.name} is not free in {round_.id}")
        move = ChangeRoom(code=code, room=room, round_id=round_id)
        for round_ in move.apply(self.plan).program.rounds:
            waiting = [each.code for each in round_.sessions if each.rooms]
            if len(waiting) > len(find_free_rooms(self.program, round_)):
                raise Misread(f"no room would be left in {round_.id} for {waiting[-1]}")
        return move

    def swap(self, text: str) -> Variation:
        name, other_name = _split(text, "two sessions of a round, such as 1A=1B")
        one, other = self._code(name), self._code(other_name)
        if one == other:
            raise Misread(f"{one} cannot swap rooms with itself")
        if not find_pairs(self.program, one, other):
            raise Misread(f"{one} and {other} are in no round together in which both have a room")
        return Swap(one=one, other=other)

    def without_rule(self, text: str) -> Variation:
        asked = [str(rule) for rule in Rule if is_asked(rule, self.program)]
        rule = Rule(_known("rule", text, map(str, Rule)))
        if rule not in asked:
            has = f"it asks for {', '.join(asked)}" if asked else "it asks for none"
            raise Misread(f"the program asks for nothing by {rule}; {has}")
        return WithoutRule(rule=rule)

    def _code(self, text: str) -> str:
        codes = self.program.sessions
        cancelled = (each.code for round_ in self.program.rounds for each in round_.cancelled)
        if code := next((each for each in cancelled if fold(each) == fold(text) and each not in codes), ""):
            raise Misread(f"{code} is cancelled")
        return _known("session", text, codes)

    def _session(self, text: str) -> tuple[str, str]:
        """Read the code of a session, and the round that may stand behind it."""
        name, colon, round_name = (part.strip() for part in text.partition(":"))
        code = self._code(name)
        if not colon:
            return code, ""
        held = [round_.id for round_, _ in find_sittings(self.program, code)]
        round_id = _known("round", round_name, [round_.id for round_ in self.program.rounds])
        if round_id not in held:
            raise Misread(f"{code} does not begin in {round_id}, but in {', '.join(held)}")
        # A session that is held once has no other rounds to be told from.
        return code, round_id if len(held) > 1 else ""


def _split(text: str, shape: str) -> tuple[str, str]:
    name, equals, rest = text.rpartition("=")
    if not (equals and name.strip() and rest.strip()):
        raise Misread(f"write {shape}")
    return name.strip(), rest.strip()


def _whole(text: str, *, least: int, most: int) -> int:
    if not WHOLE.fullmatch(text) or not least <= int(text) <= most:
        raise Misread(f"{_shown(text)} is not a whole number from {least} to {most}")
    return int(text)


def _known(kind: str, text: str, names: Iterable[str]) -> str:
    """Return the name that is meant, as the program writes it."""
    names = tuple(names)
    if text in names:
        return text
    meant = [name for name in names if fold(name) == fold(text)]
    if len(meant) == 1:
        return meant[0]
    raise Misread(f'there is no {kind} "{_shown(text)}": {_hint(text, names)}')


def _hint(text: str, names: Sequence[str]) -> str:
    if near := find_like(text, names):
        return f'did you mean "{near}"?'
    return f"there are {list_first(names)}" if names else "there are none"


def _shown(text: str) -> str:
    return text if len(text) <= LONGEST_SHOWN else f"{text[: LONGEST_SHOWN - 1]}…"
