"""Those without wishes in a round, and the seats that the others leave them: are they spread in proportion?

Whatever seat they have, it costs nobody a step. So no criterion of fairness looks at them, and a room could
be filled with them while the next one stays empty.

With a pencil: 12 people without wishes, and 30, 20 and 10 seats that the others leave. In proportion they are
6, 4 and 2; if they are 8, 3 and 1, there are 2 beyond their shares.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from midtvejs.domain.assignment import Assignment
from midtvejs.domain.participants import Participant
from midtvejs.domain.program import Program, Round, is_unlimited
from midtvejs.domain.seated import Day

Held = tuple[int, int]
"""The seats of a session that is held, and how many of them are taken by those who have wishes."""

Taken = tuple[str, bool]
"""The code of a session, and whether it is a seat of somebody who has no wishes there."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Balance:
    """A round in which there are people without wishes, and several sessions to spread them over.

    ``seated`` is how many of them are in each session that is held, by its code, and ``shares`` how many
    would be in proportion to the seats left.
    """

    round: Round
    seated: Mapping[str, int]
    shares: Mapping[str, int]

    @property
    def people(self) -> int:
        """How many are without wishes."""
        return sum(self.seated.values())

    @property
    def beyond(self) -> int:
        """How many of them sit where others have their share: 0 in proportion."""
        return sum(max(0, count - self.shares[code]) for code, count in self.seated.items())


def share_out(people: int, sessions: Sequence[Held]) -> list[int]:
    """Return how many people each session has in proportion to the seats left, by largest remainders.

    Of equal remainders the first counts. A room in which everybody fits is as the largest of the others, and
    large enough for all of these people.
    """
    limited = [seats - taken for seats, taken in sessions if not is_unlimited(seats)]
    unlimited = max([people, *limited])
    left = [unlimited if is_unlimited(seats) else seats - taken for seats, taken in sessions]
    total = sum(left)
    if not total:
        return [0] * len(left)
    shares = [people * each // total for each in left]
    by_remainder = sorted(range(len(left)), key=lambda each: -(people * left[each] % total))
    for each in by_remainder[: people - sum(shares)]:
        shares[each] += 1
    return shares


def is_without_wishes(person: Participant, number: int, rounds: Collection[Round]) -> bool:
    """Return whether a participant lists nothing that they could have, in a list by its number.

    ``rounds`` are those of its block in which they take a seat.
    """
    listed = person.wishes[number].codes
    if not listed or not (person.pins or person.step_free):
        return not listed
    return all(person.open_to_them(round_).isdisjoint(listed) for round_ in rounds)


def find_balance(assignment: Assignment) -> tuple[Balance, ...]:
    """Return every round in which there are people without wishes, and several sessions are held.

    Rooms have been chosen where they were open.
    """
    found = map(partial(_in_round, assignment), assignment.program.rounds, _count_seats(assignment))
    return tuple(balance for balance in found if balance and balance.people)


def _in_round(assignment: Assignment, round_: Round, seats: Counter[Taken]) -> Balance | None:
    """Return how it is in a round, by the ``seats`` in it; None where there is but one session to be in."""
    held = [session for session in round_.sessions if session.key not in assignment.cancelled]
    if len(held) < 2:
        return None
    taken = {session.code: seats[session.code, False] for session in held}
    people = {session.code: seats[session.code, True] for session in held}
    shares = share_out(sum(people.values()), [(each.seats, taken[each.code]) for each in held])
    return Balance(round=round_, seated=people, shares=dict(zip(taken, shares, strict=True)))


def _count_seats(assignment: Assignment) -> list[Counter[Taken]]:
    """Count the seats of each round; those who are nowhere are counted there, under no code."""
    program = assignment.program
    seats: list[Counter[Taken]] = [Counter() for _ in program.rounds]
    decided: list[tuple[Participant, Day]] = []
    others: list[tuple[Participant, Day]] = []
    for person, day in zip(assignment.participants, assignment.each_day, strict=True):
        # Of nearly everybody it can be told at once.
        among = decided if person.presents or person.pins or person.step_free else others
        among.append((person, day))
    lists = [person.wishes for person, _ in others]
    seats_of = [day for _, day in others]
    for index, block in enumerate(program.blocks):
        unlisted = [not wishes[index].codes for wishes in lists]
        for number in block.rounds:
            seats[number].update(zip([day[number] for day in seats_of], unlisted, strict=True))
    for person, day in decided:
        for number, seat in _seats_of(person, day, program):
            seats[number][seat] += 1
    return seats


def _seats_of(person: Participant, day: Day, program: Program) -> Iterator[tuple[int, Taken]]:
    """Return the seats that a participant takes, each with the number of its round."""
    for index, block in enumerate(program.blocks):
        seated = [number for number in block.rounds if day[number] and day[number] not in person.presents]
        rounds = [program.rounds[number] for number in seated]
        without = bool(seated) and is_without_wishes(person, index, rounds)
        yield from ((number, (day[number], without)) for number in seated)
