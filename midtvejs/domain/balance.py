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

from midtvejs.domain.assignment import Assignment
from midtvejs.domain.participants import Participant
from midtvejs.domain.program import Block, Round, is_unlimited

Held = tuple[int, int]
"""The seats of a session that is held, and how many of them are taken by those who have wishes."""


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
    blocks = enumerate(assignment.program.blocks)
    found = [each for index, block in blocks for each in _in_block(assignment, index, block)]
    found.sort(key=lambda each: each[0])
    return tuple(balance for _, balance in found if balance.people)


def _in_block(assignment: Assignment, index: int, block: Block) -> Iterator[tuple[int, Balance]]:
    """Return the rounds of a block in which several sessions are held, by their numbers."""
    program = assignment.program
    rounds = [*zip(block.rounds, program.rounds_in(block), strict=True)]
    seats: dict[int, Counter[tuple[str, bool]]] = {number: Counter() for number in block.rounds}
    for person in assignment.participants:
        day = assignment.days[person.key]
        seated = [
            (number, round_)
            for number, round_ in rounds
            if day[number] and day[number] not in person.presents
        ]
        without = bool(seated) and is_without_wishes(person, index, [round_ for _, round_ in seated])
        for number, _ in seated:
            seats[number][day[number], without] += 1
    for number, round_ in rounds:
        held = [session for session in round_.sessions if session.key not in assignment.cancelled]
        taken = {session.code: seats[number][session.code, False] for session in held}
        people = {session.code: seats[number][session.code, True] for session in held}
        shares = share_out(sum(people.values()), [(each.seats, taken[each.code]) for each in held])
        if len(held) > 1:
            yield number, Balance(round=round_, seated=people, shares=dict(zip(taken, shares, strict=True)))
