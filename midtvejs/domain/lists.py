"""What a list over several rounds costs even alone: the part of a regret that is the program's own.

Seats aside, somebody who has the whole day to themselves misses a wish only where sessions run in the same
rounds. Pins, bans and company do not count: they are decisions, and no part of the program.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations

from midtvejs.domain.participants import Participant, Wishes
from midtvejs.domain.program import Block, Program

Fillings = Sequence[int]
"""The sittings of a session, each as the set of rounds that it fills: a bit for each round of the block."""
NEVER = 10**9

State = tuple[int, int, int]
"""The rounds filled, how many wishes were taken, and how many of these are equals of the next one."""


@dataclass(slots=True)
class Alone:
    """Looks up what people could have alone in one program; equal lists are looked at once."""

    program: Program
    _known: dict[tuple[object, ...], int] = field(default_factory=dict)
    _held: dict[tuple[object, ...], Mapping[str, Fillings]] = field(default_factory=dict)

    def regret(self, person: Participant) -> int:
        """Return the least regret that somebody could have alone."""
        return sum(
            self._in_block(block, person, person.wishes[index])
            for index, block in self._lists
            if person.wishes[index].codes
        )

    def find_clash(self, person: Participant) -> tuple[str, ...]:
        """Return the fewest first wishes of a list that somebody cannot all attend; nothing if they can."""
        for index, block in self._lists:
            held, free = self._open(block, person)
            wishes = person.wishes[index]
            # Of equals, others may be had instead.
            first = () if wishes.above else wishes.first(free.bit_count())
            for size in range(2, len(first) + 1):
                for codes in combinations(first, size):
                    if not _fit([held.get(code, ()) for code in codes], free):
                        return codes
        return ()

    @property
    def _lists(self) -> Iterable[tuple[int, Block]]:
        # In a block of one round, the first wish is held in it.
        blocks = enumerate(self.program.blocks)
        return [(index, block) for index, block in blocks if not block.alone]

    def _in_block(self, block: Block, person: Participant, wishes: Wishes) -> int:
        held, free = self._open(block, person)
        key = (block.id, free, person.presents, wishes)
        if key not in self._known:
            self._known[key] = _least(wishes, held, free)
        return self._known[key]

    def _open(self, block: Block, person: Participant) -> tuple[Mapping[str, Fillings], int]:
        """Return the sessions that somebody could attend, and the rounds in which they could attend one."""
        free = sum(
            1 << bit
            for bit, round_ in enumerate(self.program.rounds_in(block))
            if person.attends(round_) and person.presents_in(round_) is None
        )
        key = (block.id, free, person.presents)
        if key not in self._held:
            self._held[key] = self._fillings(block, free, person.presents)
        return self._held[key], free

    def _fillings(self, block: Block, free: int, presents: Collection[str]) -> Mapping[str, Fillings]:
        rounds = self.program.rounds_in(block)
        filled: dict[str, dict[str, int]] = {}
        for bit, round_ in enumerate(rounds):
            for session in round_.sessions:
                if session.code not in presents:
                    of_session = filled.setdefault(session.code, {})
                    of_session[session.key] = of_session.get(session.key, 0) | 1 << bit
        return {
            code: [rounds for rounds in of_session.values() if not rounds & ~free]
            for code, of_session in filled.items()
        }


def _least(wishes: Wishes, held: Mapping[str, Fillings], free: int) -> int:
    """Go down a list, and take or leave each wish.

    Each wish taken costs those left above it, and each session beside the list all that are left.
    """
    codes = wishes.codes
    if _fit([held.get(code, ()) for code in codes[: free.bit_count()]], free, whole=True):
        return 0
    states: dict[State, int] = {(0, 0, 0): 0}
    beside = [fillings for code, fillings in held.items() if code not in codes]
    best, before = NEVER, -1
    for above, code in zip(wishes.places, codes, strict=True):
        if above != before:
            states, before = _begin_tier(states), above
        best = _take(states, held.get(code, ()), above, free, best)
        # Whatever is taken further down costs as much as it is down, less what is taken above it.
        states = {state: cost for state, cost in states.items() if cost + above - state[1] + state[2] < best}
        if not states:
            return best
    for (filled, taken, _), cost in states.items():
        left = len(codes) - taken
        if cost + left < best and (fewest := _fewest(free & ~filled, beside)):
            best = min(best, cost + left * fewest)
    # A program in which nobody could have a lawful day has no part in anybody's regret.
    return best if best < NEVER else 0


def _take(states: dict[State, int], fillings: Fillings, above: int, free: int, best: int) -> int:
    """Take a wish, each time that it is held, and add the states after it; return what filling all costs."""
    for (filled, taken, equals), cost in list(states.items()):
        after = cost + above - (taken - equals)
        for rounds in fillings if after < best else ():
            if rounds & filled:
                continue
            if filled | rounds == free:
                best = after
                continue
            state = (filled | rounds, taken + 1, equals + 1)
            states[state] = min(states.get(state, NEVER), after)
    return best


def _begin_tier(states: Mapping[State, int]) -> dict[State, int]:
    """Return the states before a wish that is no equal of those before it."""
    begun: dict[State, int] = {}
    for (filled, taken, _), cost in states.items():
        state = (filled, taken, 0)
        begun[state] = min(begun.get(state, NEVER), cost)
    return begun


def _fit(sessions: Sequence[Fillings], free: int, *, whole: bool = False) -> bool:
    """Return whether sessions can all be attended in the rounds that are free; ``whole``: and fill them."""
    if not sessions:
        return not (whole and free)
    *others, last = sessions
    return any(not rounds & ~free and _fit(others, free & ~rounds, whole=whole) for rounds in last)


def _fewest(free: int, sessions: Sequence[Fillings]) -> int:
    """Return how few different sessions fill the rounds that are free; 0 if none do."""
    # Sessions that are held alike are as good as each other.
    alike = Counter(tuple(sorted(fillings, reverse=True)) for fillings in sessions if fillings)
    longest = max((rounds.bit_count() for fillings in alike for rounds in fillings), default=1)
    return _fill(free, alike, longest)


def _fill(free: int, alike: Counter[tuple[int, ...]], longest: int) -> int:
    if not free:
        return 0
    at_least, first, best = -(-free.bit_count() // longest), free & -free, NEVER
    for fillings in [each for each, count in alike.items() if count]:
        for rounds in fillings:
            if rounds & ~free or not rounds & first:
                continue
            alike[fillings] -= 1
            rest = _fill(free & ~rounds, alike, longest)
            alike[fillings] += 1
            if rest or rounds == free:
                best = min(best, 1 + rest)
            if best == at_least:
                return best
    return best if best < NEVER else 0
