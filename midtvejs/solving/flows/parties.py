"""Those whom groups bind in a round: who stay together take their seats at once, before the others.

Each party goes where it costs least: its members' steps, and for each seat what a seat is worth to others.
The largest come first. Parties who have to be apart are never in one session.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product

import numpy as np

from midtvejs.domain.rules import Company
from midtvejs.solving.flows.asked import Traits
from midtvejs.solving.flows.network import NOTHING, Asked
from midtvejs.solving.flows.sessions import Setting
from midtvejs.solving.instance.arrays import Ints
from midtvejs.solving.instance.case import PRESENTS, Case
from midtvejs.solving.instance.parties import connect
from midtvejs.solving.prices.lists import NEVER

ANYWHERE = -1
"""Where those have to be who present nothing."""
NOBODY = -1
"""Who is swapped for a party that takes seats that are left."""
LOOKED_AT = 3
"""How many parties of a size are looked at in a session, those first who would rather be elsewhere."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Party:
    """Those who are in one session of a round: ``members`` take seats there.

    Where another of them presents it, or is there from an earlier round, it is the session ``at``; else
    ANYWHERE. ``apart`` are the numbers of
    the groups of whom no two may be in one session, which this party has somebody in; ``traits`` how many
    members have which.
    """

    members: tuple[int, ...]
    at: int
    apart: tuple[int, ...]
    traits: tuple[tuple[int, int], ...]

    @property
    def size(self) -> int:
        """How many seats it takes."""
        return len(self.members)


def parties_in(
    case: Case, number: int, setting: Setting, traits: Traits, settled: Mapping[int, int]
) -> list[Party] | None:
    """Return the parties of a round whose sessions are held as they are; None where they cannot be.

    Some are ``settled`` in sessions that go on from an earlier round.
    """
    here = case.program.rounds[number]
    together, apart = list[list[int]](), defaultdict[int, list[int]](list)
    for index, (group, people) in enumerate(case.members.items()):
        attending = [person for person in people if case.participants[person].attends(here)]
        if len(attending) < 2 or not group.holds_in(here.id):
            continue
        if group.company is Company.TOGETHER:
            together.append(attending)
        for person in attending if group.company is Company.APART else ():
            apart[person].append(index)
    parties = []
    for people in connect([*together, *([person] for person in apart)]):
        own = {person: case.own(person, number) for person in people if case.rows[person][number] == PRESENTS}
        there = {person: session for person, session in own.items() if setting.held[session]}
        there |= {person: settled[person] for person in people if person in settled}
        members = tuple(person for person in people if person not in there)
        groups = Counter(group for person in people for group in apart.get(person, ()))
        sessions = set(there.values())
        if len(sessions) > 1 or max(groups.values(), default=0) > 1:
            return None
        of = Counter(int(trait) for trait in traits.of[:, members].flat if trait != NOTHING)
        parties.append(
            Party(
                members=members,
                at=sessions.pop() if sessions else ANYWHERE,
                apart=tuple(groups),
                traits=tuple(of.items()),
            )
        )
    return parties


def place_parties(parties: Sequence[Party], costs: Ints, prices: Ints, asked: Asked) -> list[int] | None:
    """Return the session of each party, within what is asked at the most; None where one finds none.

    ``costs[party, session]`` is NEVER, or more, where a session is closed to any of them; a seat of each
    session is worth ``prices``.
    """
    sizes = np.array([party.size for party in parties], dtype=np.int64)
    dearness = costs + sizes[:, None] * prices
    closed = (costs >= NEVER) & (sizes > 0)[:, None]
    closed |= [
        [party.at not in {ANYWHERE, session} for session in range(costs.shape[1])] for party in parties
    ]
    placing = _Placing(parties, np.where(closed, NEVER, dearness), asked)
    # Who presents is where they are; of the others the largest come first, in the order of the lottery.
    order = sorted(range(len(parties)), key=lambda index: (parties[index].at == ANYWHERE, -sizes[index]))
    return placing.sessions if all(placing.place(index) for index in order) else None


class _Placing:
    """The parties as they are placed so far, and what is left for others."""

    def __init__(self, parties: Sequence[Party], costs: Ints, asked: Asked) -> None:
        self.sessions = [ANYWHERE] * len(parties)
        self._parties = parties
        self._costs: list[list[int]] = costs.tolist()
        self._best_first: list[list[int]] = costs.argsort(axis=1, kind="stable").tolist()
        self._left: list[int] = asked.most.tolist()
        self._there: list[list[int]] = [[] for _ in self._left]
        traits = {trait for party in parties for trait, _ in party.traits}
        self._left_of: dict[int, list[int]] = {trait: asked.most_of[trait].tolist() for trait in traits}
        self._apart: set[tuple[int, int]] = set()

    def place(self, index: int) -> bool:
        """Place a party where it costs least, making room for it if it has to be; False if that fails."""
        possible = [each for each in self._best_first[index] if self._costs[index][each] < NEVER]
        size = self._parties[index].size
        session = next((each for each in possible if self._fits(index, each, size)), None)
        if session is None:
            session = next((each for each in possible if self._make_room(index, each)), None)
        if session is None:
            return False
        self._put(index, session)
        return True

    def _fits(self, index: int, session: int, seats: int) -> bool:
        """Return whether a party can be in a session in which it takes so many seats more than there were."""
        party = self._parties[index]
        return (
            self._costs[index][session] < NEVER
            and self._left[session] >= seats
            and all((group, session) not in self._apart for group in party.apart)
            and all(self._left_of[trait][session] >= count for trait, count in party.traits)
        )

    def _put(self, index: int, session: int) -> None:
        self.sessions[index] = session
        self._there[session].append(index)
        self._count(index, session, 1)

    def _take(self, index: int) -> None:
        """Take a party out of its session again."""
        session = self.sessions[index]
        self._there[session].remove(index)
        self._count(index, session, -1)

    def _count(self, index: int, session: int, more: int) -> None:
        party = self._parties[index]
        self._left[session] -= more * party.size
        for trait, count in party.traits:
            self._left_of[trait][session] -= more * count
        places = {(group, session) for group in party.apart}
        if more > 0:
            self._apart |= places
        else:
            self._apart -= places

    def _make_room(self, index: int, session: int) -> bool:
        """Swap parties in a session for smaller ones, or for nobody, until another has room in it.

        The seats that are left elsewhere, too few in each session for a party, come together so.
        """
        size = self._parties[index].size
        if not self._fits(index, session, self._left[session]):
            return False
        while self._left[session] < size:
            swaps = sorted(self._swaps(session), key=lambda swap: swap.rise)
            if not any(self._exchange(swap) for swap in swaps):
                return False
        return self._fits(index, session, size)

    def _swaps(self, session: int) -> Iterator[_Swap]:
        """Return who could leave a session for seats that are left elsewhere, and who could come for them."""
        for other, left in enumerate(self._left):
            if other == session or left <= 0:
                continue
            coming = {0: [NOBODY], **self._readiest(other, session)}
            leaving = self._readiest(session, other)
            for (size, larger), (less, smaller) in product(leaving.items(), coming.items()):
                if 1 <= size - less <= left:
                    for one, another in product(larger, smaller):
                        rise = self._rise(one, session, other) + self._rise(another, other, session)
                        yield _Swap(rise=rise, one=one, other=another, session=other)

    def _readiest(self, session: int, other: int) -> dict[int, list[int]]:
        """Return by size those in a session who would leave it for another at the least cost."""
        by_size: dict[int, list[int]] = defaultdict(list)
        for index in self._there[session]:
            if self._parties[index].size and self._costs[index][other] < NEVER:
                by_size[self._parties[index].size].append(index)
        return {
            size: sorted(those, key=lambda index: self._rise(index, session, other))[:LOOKED_AT]
            for size, those in by_size.items()
        }

    def _rise(self, index: int, session: int, other: int) -> int:
        return 0 if index == NOBODY else self._costs[index][other] - self._costs[index][session]

    def _exchange(self, swap: _Swap) -> bool:
        """Make a swap if both fit where they come to."""
        session, both = self.sessions[swap.one], [swap.one, *([] if swap.other == NOBODY else [swap.other])]
        for index in both:
            self._take(index)
        coming = list(zip(both, [swap.session, session], strict=False))
        fits = all(self._fits(index, place, self._parties[index].size) for index, place in coming)
        for index, place in coming if fits else zip(both, [session, swap.session], strict=False):
            self._put(index, place)
        return fits


@dataclass(frozen=True, slots=True, kw_only=True)
class _Swap:
    """``one`` goes to a ``session``, ``other`` (or NOBODY) from there to where that one was."""

    rise: int
    one: int
    other: int
    session: int
