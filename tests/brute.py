"""Every way to seat a few people, looked through one by one. Written from the definitions, for tiny cases.

Shares no code with the solvers: it reads nothing but what program and participants say. People are seated one
after the other; ways that have put people of the same kind into the same sessions, to the same figures, are
one and the same. Seats are counted on the way, everything else when all are seated.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from functools import cache
from itertools import product
from math import comb
from typing import NamedTuple

from midtvejs.domain.fairness import Criterion
from midtvejs.domain.participants import Participant, fold
from midtvejs.domain.program import Program, Room, Round, Session
from midtvejs.domain.rules import Company


class Figures(NamedTuple):
    """What an assignment comes to. The fields are named as the criteria are."""

    worst: int = 0
    total: int = 0
    even: int = 0
    first: int = 0
    unlisted: int = 0
    spread: int = 0
    avoid_own: int = 0

    def beside(self, other: Figures) -> Figures:
        """Return the figures of these people and those."""
        return Figures(
            worst=max(self.worst, other.worst),
            total=self.total + other.total,
            even=self.even + other.even,
            first=self.first + other.first,
            unlisted=self.unlisted + other.unlisted,
            spread=self.spread + other.spread,
            avoid_own=self.avoid_own + other.avoid_own,
        )

    def of(self, criterion: Criterion) -> int:
        return int(getattr(self, criterion.value))


class Kind(NamedTuple):
    """What rules want to know of somebody in a session. ``presents``: the code of their own in that round."""

    presents: str = ""
    organisation: str = ""
    step_free: bool = False
    groups: tuple[int, ...] = ()


class Seat(NamedTuple):
    """One way to spend a round: in the session with a code, or nowhere, which is the empty code."""

    code: str
    kind: Kind = Kind()
    steps: int = 0
    is_first: bool = True
    is_unlisted: bool = False
    is_own: bool = False


Outcomes = frozenset[Figures]
"""What the lawful assignments come to; none where there is none."""

Roster = tuple[Kind, ...]
Rosters = tuple[Roster, ...]
"""Who is in each session of the day."""


@cache
def every_outcome(program: Program, participants: tuple[Participant, ...]) -> Outcomes:
    """Return the figures of every lawful assignment there is; none where there is none."""
    sessions = [session for round_ in program.rounds for session in round_.sessions]
    number = {session.code: index for index, session in enumerate(sessions)}
    ways: set[tuple[Rosters, Figures]] = {(((),) * len(sessions), Figures())}
    for person in participants:
        days = [
            (_figures(day), {number[seat.code]: seat.kind for seat in day if seat.code})
            for day in product(*(_seats(program, person, index) for index in range(len(program.rounds))))
        ]
        ways = {
            (
                tuple(_joined(roster, taken.get(index)) for index, roster in enumerate(rosters)),
                figures.beside(more),
            )
            for rosters, figures in ways
            for more, taken in days
            if all(_has_room(sessions[index], rosters[index], kind) for index, kind in taken.items())
        }
    found = [(dict(zip(number, rosters, strict=True)), figures) for rosters, figures in ways]
    return frozenset(
        figures.beside(Figures(spread=_spread(rosters)))
        for rosters, figures in found
        if all(_lawful(program, round_, rosters) for round_ in program.rounds)
    )


def optimum(outcomes: Iterable[Figures], order: Iterable[Criterion]) -> tuple[int, ...]:
    """Return the least first criterion, then the least second one at that, and so on."""
    criteria = tuple(order)
    return min(tuple(figures.of(criterion) for criterion in criteria) for figures in outcomes)


def least(outcomes: Iterable[Figures], criterion: Criterion, within: Mapping[Criterion, int]) -> int | None:
    """Return the least of a criterion among outcomes that exceed no limit; None where there are none."""
    return min(
        (
            figures.of(criterion)
            for figures in outcomes
            if all(figures.of(other) <= limit for other, limit in within.items())
        ),
        default=None,
    )


# One seat after the other


def _figures(day: Iterable[Seat]) -> Figures:
    seats = list(day)
    regret = sum(seat.steps for seat in seats)
    return Figures(
        worst=regret,
        total=regret,
        even=regret * regret,
        first=sum(not seat.is_first for seat in seats),
        unlisted=sum(seat.is_unlisted for seat in seats),
        avoid_own=sum(seat.is_own for seat in seats),
    )


def _seats(program: Program, person: Participant, index: int) -> list[Seat]:
    """Return every way to spend a round that pins and bans leave somebody."""
    round_ = program.rounds[index]
    if round_.id in person.absent:
        return [Seat("")]
    codes = [session.code for session in round_.sessions]
    own = next((session for session in round_.sessions if session.code in person.presents), None)
    kind = Kind(
        presents=own.code if own else "",
        organisation=fold(person.organisation),
        step_free=person.step_free,
        groups=tuple(sorted(program.rules.groups.index(group) for group in person.groups)),
    )
    seats = [
        _seat(session, kind, person.wishes[index].codes)
        for session in round_.sessions
        if session is not own
        if all((pin.code == session.code) == pin.holds for pin in person.pins if pin.code in codes)
    ]
    if own is None:
        return seats
    decided = [pin for pin in person.pins if pin.participant and pin.code in codes]
    presenting = [Seat(own.code, kind)] if all((pin.code == own.code) == pin.holds for pin in decided) else []
    # Who presents takes a seat only where their own session is cancelled, which is seen at the end.
    return presenting + (seats if own.may_be_cancelled else [])


def _seat(session: Session, kind: Kind, wishes: tuple[str, ...]) -> Seat:
    code, is_own = session.code, kind.organisation in {fold(name) for name in session.by}
    if not wishes:
        return Seat(code, kind, is_own=is_own)
    if code not in wishes:
        return Seat(code, kind, steps=len(wishes), is_first=False, is_unlisted=True, is_own=is_own)
    rank = wishes.index(code) + 1
    return Seat(code, kind, steps=rank - 1, is_first=rank == 1, is_own=is_own)


@cache
def _joined(roster: Roster, kind: Kind | None) -> Roster:
    return tuple(sorted((*roster, kind))) if kind else roster


def _has_room(session: Session, roster: Roster, kind: Kind) -> bool:
    return kind.presents == session.code or any(
        len(_audience(session, roster)) < _seats_in(session, room)
        for room in session.rooms or (session.room,)
    )


def _seats_in(session: Session, room: Room) -> int:
    keep_free = room.keep_free if session.keep_free is None else session.keep_free
    return max(0, room.seats - keep_free - session.seated_presenters)


def _audience(session: Session, roster: Roster) -> list[Kind]:
    return [kind for kind in roster if kind.presents != session.code]


# When all are seated


def _spread(rosters: Mapping[str, Roster]) -> int:
    return sum(
        comb(count, 2)
        for code, roster in rosters.items()
        for organisation, count in Counter(
            kind.organisation for kind in roster if kind.presents != code
        ).items()
        if organisation
    )


def _lawful(program: Program, round_: Round, rosters: Mapping[str, Roster]) -> bool:
    held = [session for session in round_.sessions if rosters[session.code] or not session.may_be_cancelled]
    codes = {session.code for session in held}
    return (
        all(
            kind.presents == session.code or kind.presents not in codes
            for session in held
            for kind in rosters[session.code]
        )
        and all(len(_audience(session, rosters[session.code])) >= session.least for session in held)
        and all(_few_of_each(program, _audience(session, rosters[session.code])) for session in held)
        and _company_kept(program, round_, rosters)
        and _rooms_found(held, rosters)
    )


def _few_of_each(program: Program, audience: list[Kind]) -> bool:
    counts = Counter(kind.organisation for kind in audience if kind.organisation)
    most = program.rules.at_most
    return most is None or all(count <= most for count in counts.values())


def _company_kept(program: Program, round_: Round, rosters: Mapping[str, Roster]) -> bool:
    for number, group in enumerate(program.rules.groups):
        if group.round_id in {"", round_.id}:
            there = [
                sum(number in kind.groups for kind in rosters[session.code]) for session in round_.sessions
            ]
            if group.company is Company.TOGETHER and sum(count > 0 for count in there) > 1:
                return False
            if group.company is Company.APART and max(there) > 1:
                return False
    return True


def _rooms_found(held: list[Session], rosters: Mapping[str, Roster]) -> bool:
    """Try every room for every session; those whose room is open share none."""
    for rooms in product(*(session.rooms or (session.room,) for session in held)):
        chosen = [room for session, room in zip(held, rooms, strict=True) if session.rooms]
        if len(set(chosen)) == len(chosen) and all(
            _holds(session, room, rosters[session.code]) for session, room in zip(held, rooms, strict=True)
        ):
            return True
    return False


def _holds(session: Session, room: Room, roster: Roster) -> bool:
    fits = len(_audience(session, roster)) <= _seats_in(session, room)
    return fits and (room.step_free or not any(kind.step_free for kind in roster))
