"""The cheapest days of those who are to be together: they choose as one, at what all of them pay.

In a round those who stay together are in one session, and a participant who presents there takes no seat.
Whatever else they pay, and their steps, each has alone. So go down the day, round by round, with the least
cost of each combination of steps that its members can have come to.

With a pencil: Åse wishes for 1A > 1B, Bo for 1B > 1A. Together they have 1 step wherever they are; alone they
would have none.

This module shares no code with the solver.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import product

from midtvejs.auditing.cheapest import Limits, PricedBlock
from midtvejs.domain.participants import Participant
from midtvejs.domain.program import Program, Round
from midtvejs.domain.rules import Company, Group

MOST = 4_000_000
"""How many combinations are gone through for all parties together, or none of them is joined."""

Party = tuple[Participant, ...]

Ways = Mapping[tuple[int, ...], int]
"""What can be chosen: the steps of each member, with the least cost of that in 1 / SCALE."""


def find_parties(
    program: Program, people: Sequence[Participant], most: int, limits: Limits
) -> tuple[Party, ...]:
    """Return who choose their days as one: those whom groups bind, in the order of their keys, ``most`` each.

    There are none where a list is for several rounds, or where they would be too much to go through.
    """
    if most < 2 or program.lists or any(session.through for session in program.sittings.values()):
        return ()
    in_order = sorted(people, key=lambda person: person.key)
    bound: dict[int, list[Participant]] = defaultdict(list)
    for number, first in _bind(in_order, None).items():
        bound[first].append(in_order[number])
    cut = (
        tuple(members[first : first + most])
        for members in bound.values()
        for first in range(0, len(members), most)
    )
    parties = tuple(members for members in cut if len(members) > 1)
    cells = sum(_count_cells(program, members, limits) for members in parties)
    return parties if cells <= MOST else ()


def _count_cells(program: Program, members: Party, limits: Limits) -> int:
    """Return at least how many combinations of steps and sessions a party may come to."""
    choices, cells = sum(len(round_.sessions) for round_ in program.rounds), 1
    for person in members if limits.by_steps else ():
        furthest = sum(
            max(wishes.place_of(session.code) for session in round_.sessions)
            for wishes, round_ in zip(person.wishes, program.rounds, strict=True)
        )
        cells *= 1 + (furthest if limits.worst is None else min(furthest, limits.worst))
    return choices * cells


def _bind(people: Sequence[Participant], round_: Round | None) -> Mapping[int, int]:
    """Return by the number of a participant the first of those whom they stay together with.

    In a ``round_`` that is who attends it; None where any group of any round binds them.
    """
    groups: dict[Group, list[int]] = defaultdict(list)
    for number, person in enumerate(people):
        for group in person.groups if round_ is None or person.attends(round_) else ():
            if group.company is Company.TOGETHER and (round_ is None or group.holds_in(round_.id)):
                groups[group].append(number)
    first = {number: number for members in groups.values() for number in members}
    changed = True
    while changed:
        changed = False
        for members in groups.values():
            least = min(first[number] for number in members)
            changed = changed or any(first[number] != least for number in members)
            first.update(dict.fromkeys(members, least))
    return first


class PricedParties:
    """Parties at the prices of a day, with a block for each of its rounds."""

    def __init__(
        self,
        program: Program,
        people: Sequence[Participant],
        blocks: Sequence[PricedBlock],
        limits: Limits,
    ) -> None:
        self._rounds = program.rounds
        self._blocks = blocks
        self._limits = limits
        keys = [person.key for person in people]
        self._bound = [
            {keys[number]: keys[first] for number, first in _bind(people, round_).items()}
            for round_ in program.rounds
        ]

    def days(self, party: Party) -> Ways:
        """Return what a party's days come to."""
        ways: dict[tuple[int, ...], int] = {(0,) * len(party): 0}
        for number in range(len(self._rounds)):
            bound = self._bound[number]
            turns: dict[str, list[int]] = defaultdict(list)
            for place, person in enumerate(party):
                turns[bound.get(person.key, person.key)].append(place)
            for places in turns.values():
                ways = self._add(ways, places, self._choices(number, [party[place] for place in places]))
        return ways

    def _add(self, ways: Ways, places: Sequence[int], choices: Ways) -> dict[tuple[int, ...], int]:
        """Return what days come to with each of the choices of those who have these places in a party."""
        worst, found = self._limits.worst, dict[tuple[int, ...], int]()
        for (steps, spent), (more, cost) in product(ways.items(), choices.items()):
            taken = [*steps]
            for place, each in zip(places, more, strict=True):
                taken[place] += each
            if worst is None or max(taken) <= worst:
                reached = tuple(taken)
                found[reached] = min(found.get(reached, spent + cost), spent + cost)
        return found

    def _choices(self, number: int, those: Sequence[Participant]) -> Ways:
        """Return what those can choose in a round who are in one session in it, or who is there alone."""
        bound = those[0].key in self._bound[number]
        alone = [dict(self._seats(number, person, bound=bound)) for person in those]
        choices: dict[tuple[int, ...], int] = {}
        for code in alone[0].keys() & set.intersection(*({*each} for each in alone)):
            taken = [each[code] for each in alone]
            steps = tuple(steps if self._limits.by_steps else 0 for steps, _ in taken)
            cost = sum(cost for _, cost in taken)
            choices[steps] = min(choices.get(steps, cost), cost)
        return choices

    def _seats(
        self, number: int, person: Participant, *, bound: bool
    ) -> Iterator[tuple[str, tuple[int, int]]]:
        """Return the sessions that somebody may be in, with the steps and the cost; "" is to have no seat."""
        round_ = self._rounds[number]
        own = person.presents_in(round_)
        if not person.attends(round_):
            yield "", (0, 0)
            return
        if own is not None:
            yield (own if bound else ""), (0, 0)
        if own is None or any(each.code == own and each.may_be_cancelled for each in round_.sessions):
            yield from self._blocks[number].seats_of(person).items()
