"""Every way to seat a few people, looked through one by one. Written from the definitions, for tiny cases.

Shares no code with the solvers: it reads nothing but what program and participants say. People are seated one
after the other; ways that have put people of the same kind into the same sessions, to the same figures, are
one and the same. Seats are counted on the way, everything else when all are seated.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from itertools import product
from math import comb
from typing import NamedTuple

from midtvejs.domain.fairness import Criterion
from midtvejs.domain.participants import Participant, Wishes, fold
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
    friends: int = 0
    moved: int = 0
    moved_seats: int = 0
    displaced: int = 0

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
            friends=self.friends + other.friends,
            moved=self.moved + other.moved,
            moved_seats=self.moved_seats + other.moved_seats,
            displaced=self.displaced + other.displaced,
        )

    def of(self, criterion: Criterion) -> int:
        return int(getattr(self, criterion.value))


class Kind(NamedTuple):
    """What rules want to know of somebody in a sitting. ``leaves``: their own sittings, none of them held."""

    presents: bool = False
    leaves: tuple[int, ...] = ()
    limited: str = ""
    spread: str = ""
    step_free: bool = False
    groups: tuple[int, ...] = ()
    friends: tuple[int, ...] = ()
    counted: tuple[tuple[str, str], ...] = ()


class Seat(NamedTuple):
    """One way to spend a round: in a sitting by its number, or nowhere, which has no code."""

    code: str = ""
    sitting: int = -1
    presents: bool = False
    leaves: tuple[int, ...] = ()
    is_own: bool = False


Outcomes = frozenset[Figures]
"""What the lawful assignments come to; none where there is none."""

Roster = tuple[Kind, ...]
Rosters = tuple[Roster, ...]
"""Who is in each sitting of the day."""


@cache
def every_outcome(program: Program, participants: tuple[Participant, ...]) -> Outcomes:
    """Return the figures of every lawful assignment there is; none where there is none."""
    day = _Day(program, _friends(participants))
    ways: set[tuple[Rosters, Figures]] = {(((),) * len(day.sittings), Figures())}
    for person in participants:
        choices = set(day.choices_of(person))
        ways = {
            (
                tuple(_joined(roster, taken.get(index)) for index, roster in enumerate(rosters)),
                figures.beside(more),
            )
            for rosters, figures in ways
            for more, taken in ((more, dict(taken)) for more, taken in choices)
            if all(_has_room(day.sittings[index], rosters[index], kind) for index, kind in taken.items())
        }
    return frozenset(
        figures.beside(Figures(spread=sum(map(_pairs, rosters)), friends=day.count_apart(rosters)))
        for rosters, figures in ways
        if day.is_lawful(rosters) and day.keeps_quotas(rosters, participants)
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


Choice = tuple[Figures, tuple[tuple[int, Kind], ...]]
"""What a day comes to for somebody, and in which sittings they are, as whom."""


def every_choice(program: Program, person: Participant) -> Iterator[tuple[Figures, dict[str, Kind]]]:
    """Return what each day comes to that is lawful for somebody, looked at alone, and in which sittings."""
    day = _Day(program)
    for figures, taken in day.choices_of(person):
        yield figures, {day.sittings[index].key: kind for index, kind in taken}


class _Day:
    """A program by its sittings: ``sittings``, and the number in it of each round's sessions by code."""

    def __init__(self, program: Program, friends: Sequence[frozenset[str]] = ()) -> None:
        self.program = program
        self.friends = friends
        self.sittings: list[Session] = []
        self.numbers: list[dict[str, int]] = []
        for round_ in program.rounds:
            numbers: dict[str, int] = {}
            for session in round_.sessions:
                if session.through and session.through[0] != round_.id:
                    numbers[session.code] = self.numbers[-1][session.code]
                else:
                    numbers[session.code] = len(self.sittings)
                    self.sittings.append(session)
            self.numbers.append(numbers)
        quotas = [quota for session in self.sittings for quota in (*session.at_most, *session.at_least)]
        self.counted = sorted({quota.group for quota in quotas})

    # Somebody's day, one round after the other

    def choices_of(self, person: Participant) -> Iterator[Choice]:
        """Return every day that is lawful for somebody, looked at alone."""
        for day in product(*(self._seats(person, index) for index in range(len(self.numbers)))):
            if self._is_whole(day) and self._keeps_pins(person, day):
                taken: dict[int, set[int]] = {}
                for seat in day:
                    if seat.code:
                        taken.setdefault(seat.sitting, set()).update(seat.leaves)
                presented = {seat.sitting for seat in day if seat.presents}
                groups = tuple(sorted(self.program.rules.groups.index(group) for group in person.groups))
                yield (
                    self._figures(person, day),
                    tuple(
                        (
                            sitting,
                            Kind(
                                sitting in presented,
                                tuple(sorted(leaves)),
                                _of(person, self.program.rules.at_most_of),
                                _of(person, self.program.rules.spread_of),
                                person.step_free,
                                groups,
                                tuple(
                                    number for number, pair in enumerate(self.friends) if person.key in pair
                                ),
                                tuple((group, _of(person, group)) for group in self.counted),
                            ),
                        )
                        for sitting, leaves in taken.items()
                    ),
                )

    def _seats(self, person: Participant, index: int) -> list[Seat]:
        """Return every way to spend a round, whatever the other rounds."""
        round_, numbers = self.program.rounds[index], self.numbers[index]
        if round_.id in person.absent:
            return [Seat()]
        own = next((session for session in round_.sessions if session.code in person.presents), None)
        # Who presents takes a seat only where their own session is cancelled, which is seen at the end.
        leaves = (numbers[own.code],) if own else ()
        seats = [
            Seat(
                session.code,
                numbers[session.code],
                leaves=leaves,
                is_own=fold(person.organisation) in {fold(name) for name in session.by},
            )
            for session in round_.sessions
            if session is not own and not self._is_closed(session, person)
        ]
        if own is None:
            return seats
        presenting = [Seat(own.code, numbers[own.code], presents=True)]
        return presenting + (seats if own.may_be_cancelled else [])

    def _is_closed(self, session: Session, person: Participant) -> bool:
        """Return whether a session is only for others: of another grade, or the like."""
        traits = {group: value.removesuffix("th") for group, value in person.traits}
        return any(
            pin.others and pin.code == session.code and traits.get(pin.group) not in pin.of
            for pin in self.program.rules.pins
        )

    def _is_whole(self, day: tuple[Seat, ...]) -> bool:
        """Return whether nobody sits in a session twice, and all stay where it goes on."""
        for seat in day:
            rounds = [index for index, other in enumerate(day) if other.sitting == seat.sitting]
            lasts = [index for index, numbers in enumerate(self.numbers) if seat.sitting in numbers.values()]
            if seat.code and rounds != lasts:
                return False
        sat_in = {(seat.code, seat.sitting) for seat in day if seat.code and not seat.presents}
        return len(sat_in) == len({code for code, _ in sat_in})

    def _keeps_pins(self, person: Participant, day: tuple[Seat, ...]) -> bool:
        for pin in person.pins:
            seats = [
                seat
                for seat, numbers, round_ in zip(day, self.numbers, self.program.rounds, strict=True)
                if seat.code and pin.code in numbers and pin.round_id in {"", round_.id}
                if pin.participant or not seat.presents
            ]
            there = [seat.code == pin.code for seat in seats]
            held = [session for session in self.sittings if session.code == pin.code]
            if pin.holds and len(held) > 1 and not pin.round_id:
                kept = any(there) or not there
            else:
                kept = all(is_there == pin.holds for is_there in there)
            if not kept:
                return False
        return True

    def _figures(self, person: Participant, day: tuple[Seat, ...]) -> Figures:
        regret = first = unlisted = 0
        for wishes, block in zip(person.wishes, self.program.blocks, strict=True):
            seats = [day[index] for index in block.rounds if day[index].code and not day[index].presents]
            attended, rounds = {seat.code for seat in seats}, len(seats)
            regret += _pairs_missed(wishes, attended)
            spare = max(0, rounds - len(wishes.codes))
            first += max(0, len(attended - _first(wishes, rounds)) - spare)
            unlisted += max(0, len(attended - {*wishes.codes}) - spare)
        begun = {seat.sitting: index for index, seat in reversed([*enumerate(day)])}
        not_had = [
            index
            for index, (seat, code) in enumerate(zip(day, person.earlier, strict=False))
            if seat.code not in {"", code} and not seat.presents and begun[seat.sitting] == index
        ]
        return Figures(
            worst=regret,
            total=regret,
            even=regret * regret,
            first=first,
            unlisted=unlisted,
            avoid_own=len({seat.sitting for seat in day if seat.is_own}),
            moved=int(bool(not_had)),
            moved_seats=len(not_had),
            displaced=int(bool(not_had) and regret >= self._regret_before(person)),
        )

    def _regret_before(self, person: Participant) -> int:
        regret = 0
        for wishes, block in zip(person.wishes, self.program.blocks, strict=True):
            codes = {
                person.earlier[index]
                for index in block.rounds
                if any(seat.code for seat in self._seats(person, index))
                and not any(seat.presents for seat in self._seats(person, index))
                and self._begins(person.earlier[index], index)
            }
            regret += _pairs_missed(wishes, codes)
        return regret

    def _begins(self, code: str, index: int) -> bool:
        """Return whether a sitting of a session begins in a round."""
        sitting = self.numbers[index].get(code)
        return sitting is not None and not any(sitting in of.values() for of in self.numbers[:index])

    # When all are seated

    def count_apart(self, rosters: Rosters) -> int:
        """Count the friends who are in two audiences of a round, in each round."""
        audiences = [[number for kind in _audience(roster) for number in kind.friends] for roster in rosters]
        return sum(
            sum(number in audiences[index] for index in numbers.values()) > 1
            for numbers in self.numbers
            for number in range(len(self.friends))
        )

    def is_lawful(self, rosters: Rosters) -> bool:
        held = {
            index
            for index, session in enumerate(self.sittings)
            if rosters[index] or not session.may_be_cancelled
        }
        audiences = {index: _audience(rosters[index]) for index in held}
        return (
            all(held.isdisjoint(kind.leaves) for index in held for kind in rosters[index])
            and all(len(audience) >= self.sittings[index].least for index, audience in audiences.items())
            and all(_few_of_each(self.program, audience) for audience in audiences.values())
            and all(
                _company_kept(self.program, round_, [rosters[index] for index in numbers.values()])
                for round_, numbers in zip(self.program.rounds, self.numbers, strict=True)
            )
            and all(
                _rooms_found([(self.sittings[index], rosters[index]) for index in held & {*numbers.values()}])
                for numbers in self.numbers
            )
        )

    def keeps_quotas(self, rosters: Rosters, people: tuple[Participant, ...]) -> bool:
        """Return whether each session that is held has as many of each grade, say, as it may and must."""
        return all(
            self._keeps_quotas(index, rosters[index], people)
            for index, session in enumerate(self.sittings)
            if rosters[index] or not session.may_be_cancelled
        )

    def _keeps_quotas(self, index: int, roster: Roster, people: tuple[Participant, ...]) -> bool:
        session = self.sittings[index]
        number = next(number for number, of in enumerate(self.numbers) if index in of.values())
        round_ = self.program.rounds[number]
        free = [each for each in people if each.attends(round_) and not each.presents_in(round_)]
        counts = Counter(pair for kind in _audience(roster) for pair in kind.counted)
        most = all(
            count <= quota.number
            for quota in session.at_most
            for (group, value), count in counts.items()
            if group == quota.group and value and quota.value in {"", value}
        )
        return most and all(
            counts[quota.group, value] >= quota.number
            for quota in session.at_least
            for value in ({quota.value} if quota.value else {_of(each, quota.group) for each in free} - {""})
        )


def _pairs_missed(wishes: Wishes, attended: set[str]) -> int:
    """Count the pairs of a wish missed and a session attended that is less wished for, or not at all."""
    worth = _worth(wishes)
    return sum(
        wish not in attended and worth[wish] > worth.get(code, 0) for wish in worth for code in attended
    )


def _first(wishes: Wishes, rounds: int) -> set[str]:
    """Return the wishes than which fewer others are wished for more than there are rounds."""
    worth = _worth(wishes)
    return {wish for wish in worth if sum(other > worth[wish] for other in worth.values()) < rounds}


def _worth(wishes: Wishes) -> dict[str, int]:
    """Return how much each session is wished for: equals as much as each other, the last ones 1."""
    tiers = wishes.tiers
    return {code: len(tiers) - number for number, tier in enumerate(tiers) for code in tier}


def _friends(people: Iterable[Participant]) -> list[frozenset[str]]:
    """Return the keys of each two who named each other."""
    wants = {person.key: person.wants for person in people}
    named = {frozenset((key, other)) for key, keys in wants.items() for other in keys if other != key}
    return [
        pair
        for pair in sorted(named, key=sorted)
        if all(pair - {key} <= {*wants.get(key, ())} for key in pair)
    ]


@cache
def _joined(roster: Roster, kind: Kind | None) -> Roster:
    return tuple(sorted((*roster, kind))) if kind else roster


def _has_room(session: Session, roster: Roster, kind: Kind) -> bool:
    return kind.presents or any(
        len(_audience(roster)) < _seats_in(session, room) for room in session.rooms or (session.room,)
    )


def _seats_in(session: Session, room: Room) -> int:
    keep_free = room.keep_free if session.keep_free is None else session.keep_free
    seats = max(0, room.seats - keep_free - session.seated_presenters)
    return seats if session.most is None else min(seats, session.most)


def _of(person: Participant, group: str) -> str:
    """Return what somebody is in a group; of grades, "9th" is "9"."""
    return fold(
        {"organisation": person.organisation, **dict(person.traits)}.get(group, "").removesuffix("th")
    )


def _audience(roster: Roster) -> list[Kind]:
    return [kind for kind in roster if not kind.presents]


def _pairs(roster: Roster) -> int:
    """Count the pairs of one organisation in the audience of a sitting."""
    counts = Counter(kind.spread for kind in _audience(roster) if kind.spread)
    return sum(comb(count, 2) for count in counts.values())


def _few_of_each(program: Program, audience: list[Kind]) -> bool:
    counts = Counter(kind.limited for kind in audience if kind.limited)
    most = program.rules.at_most
    return most is None or all(count <= most for count in counts.values())


def _company_kept(program: Program, round_: Round, rosters: list[Roster]) -> bool:
    for number, group in enumerate(program.rules.groups):
        if group.round_id in {"", round_.id}:
            there = [sum(number in kind.groups for kind in roster) for roster in rosters]
            if group.company is Company.TOGETHER and sum(count > 0 for count in there) > 1:
                return False
            if group.company is Company.APART and max(there) > 1:
                return False
    return True


def _rooms_found(held: list[tuple[Session, Roster]]) -> bool:
    """Try every room for every session; those whose room is open share none."""
    for rooms in product(*(session.rooms or (session.room,) for session, _ in held)):
        dealt = list(zip(held, rooms, strict=True))
        chosen = [room for (session, _), room in dealt if session.rooms]
        if len(set(chosen)) == len(chosen) and all(
            _holds(session, room, roster) for (session, roster), room in dealt
        ):
            return True
    return False


def _holds(session: Session, room: Room, roster: Roster) -> bool:
    fits = len(_audience(roster)) <= _seats_in(session, room)
    return fits and (room.step_free or not any(kind.step_free for kind in roster))
