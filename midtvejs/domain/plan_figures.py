"""What the program of a day means to those who wish: which wishes are met, which clash and why."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations

from midtvejs.domain.assignment import Assignment
from midtvejs.domain.offers import shared_presenter, who_presents
from midtvejs.domain.profile import attended_in, rounds_to_choose_in
from midtvejs.domain.program import Offer, Program, Room, Session


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Met:
    """Of their first ``of`` wishes, as many as the rounds of their lists, a participant attends ``got``."""

    of: int
    got: int


def count_met(assignment: Assignment) -> dict[Met, int]:
    """Count who attends how many of their first wishes, the most first; those without wishes not at all."""
    program = assignment.program
    counts: Counter[Met] = Counter()
    for person in assignment.participants:
        of = got = 0
        for block, wishes in zip(program.blocks, person.wishes, strict=True):
            rounds = rounds_to_choose_in(person, program.rounds_in(block))
            first = wishes.first(rounds)
            attended = attended_in(block, person, assignment.days[person.key])
            possible = min(rounds, len(wishes.codes))
            of += possible
            got += min(possible, sum(code in first for code in attended))
        if of:
            counts[Met(of=of, got=got)] += 1
    return dict(sorted(counts.items(), key=lambda each: (-each[0].of, -each[0].got)))


@dataclass(frozen=True, slots=True, kw_only=True)
class Clash:
    """Two sessions that nobody can attend both, as both are held in one round alone: the one ``round_id``.

    ``wanted_by`` counts who has both among their first wishes. ``why`` says of each of them that can be in no
    other round why that is.
    """

    codes: tuple[str, str]
    round_id: str
    wanted_by: int
    why: tuple[str, ...] = ()


def find_clashes(assignment: Assignment, planned: Program) -> tuple[Clash, ...]:
    """Return the clashes of a day that hurt, the worst first; ``planned`` is the program before placing."""
    program = assignment.program
    wanted: Counter[tuple[str, str]] = Counter()
    for person in assignment.participants:
        for block, wishes in zip(program.blocks, person.wishes, strict=True):
            first = wishes.first(rounds_to_choose_in(person, program.rounds_in(block)))
            wanted.update(combinations(sorted(set(first) - person.presents), 2))
    held: dict[str, list[str]] = {}
    for key, session in program.sittings.items():
        held.setdefault(session.code, []).append(program.round_of[key].id)
    clashes = [
        Clash(
            codes=codes,
            round_id=held[codes[0]][0],
            wanted_by=count,
            why=tuple(why for code in codes if (why := _why_there(planned, program, code))),
        )
        for codes, count in wanted.items()
        if held.get(codes[0]) == held.get(codes[1]) and len(held.get(codes[0], ())) == 1
    ]
    return tuple(sorted(clashes, key=lambda clash: (-clash.wanted_by, clash.codes)))


def _why_there(planned: Program, program: Program, code: str) -> str:
    """Say why a session can be in no other round; nothing where it could."""
    offer = next((each for each in planned.offers if each.code == code), None)
    session = program.sessions[code]
    here = program.round_of[session.key].id
    if offer is None:
        return f"{code} is settled there"
    elsewhere = [round_ for round_ in program.rounds if round_.id in planned.awaiting and round_.id != here]
    closed = [round_.id for round_ in elsewhere if round_.id not in offer.rounds]
    bound: list[str] = []
    for round_ in elsewhere:
        if round_.id in offer.rounds:
            room = offer.rooms.get(round_.id)
            clash = next(_in_the_way(session, room, round_.sessions), None)
            if clash is None:
                return ""
            bound.append(f"{clash} in {round_.id}")
    reasons = [*([f"it is not to be in {', '.join(closed)}"] if closed else []), *bound]
    return f"{code} can be nowhere else: {', '.join(reasons)}" if reasons else ""


def _in_the_way(session: Session, room: Room | None, others: tuple[Session, ...]) -> Iterator[str]:
    """Say which sessions of a round have one of its presenters, or the ``room`` that it has to be in."""
    for other in others:
        if other.code == session.code:
            continue
        if who := shared_presenter(session, other):
            yield f"{who.name} presents {other.code}"
        if room and not other.rooms and other.room.name == room.name:
            yield f"{other.code} has {room.name}"


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldInVain:
    """A session that was placed ``times``, and whose ``taken`` seats are fewer than one room of it has."""

    code: str
    times: int
    taken: int
    seats: int
    asked_for: bool


def find_held_in_vain(assignment: Assignment, planned: Program) -> tuple[HeldInVain, ...]:
    """Return what was placed several times, would fit into one of its rooms, and lends no seats needed."""
    program, taken = assignment.program, assignment.count_taken()
    offers: dict[str, Offer] = {offer.code: offer for offer in planned.offers}
    found = []
    for code, offer in offers.items():
        held = [session for session in program.sittings.values() if session.code == code]
        everybody = sum(taken[session.key] for session in held)
        most = max((session.seats for session in held), default=0)
        spared = any(_can_do_without(program, session, taken) for session in held)
        if len(held) > 1 and everybody <= most and spared:
            found.append(
                HeldInVain(
                    code=code,
                    times=len(held),
                    taken=everybody,
                    seats=most,
                    asked_for=offer.fewest == len(held),
                )
            )
    return tuple(found)


def _can_do_without(program: Program, session: Session, taken: Mapping[str, int]) -> bool:
    """Return whether a round has seats for all without a sitting, for those who are still expected, too."""
    round_ = program.round_of[session.key]
    presenting = sum(not who.external for who, _ in who_presents(round_.sessions))
    expected = (program.event.expected_participants or 0) - presenting
    here = sum(taken[each.key] for each in round_.sessions)
    return round_.seats - session.seats >= max(expected, here)
