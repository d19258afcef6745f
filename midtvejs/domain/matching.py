"""Bipartite matching: something of its own for each, of what fits it (augmenting paths; Kuhn 1955)."""

from __future__ import annotations

from collections import deque
from collections.abc import Mapping, Sequence
from typing import Generic, TypeVar

T = TypeVar("T")


class Matching(Generic[T]):
    """One of the things that fit it for each name, all different; ``whole``: there is one for all."""

    def __init__(self, fitting: Mapping[str, Sequence[T]]) -> None:
        self._fitting = fitting
        self._settled: set[str] = set()
        self._holders: dict[T, str] = {}
        self.taken: dict[str, T] = {}
        self.whole = all(self._place(code) for code in fitting)

    def settle(self, name: str) -> None:
        """Let one have for good the first of its things that leaves one to each of the others."""
        self._settled.add(name)
        next(thing for thing in self._fitting[name] if self._claim(thing, name))

    def _claim(self, thing: T, code: str) -> bool:
        """Let one have a thing if the one that has it can move."""
        left, holder = self.taken[code], self._holders.get(thing)
        if holder == code:
            return True
        if holder in self._settled:
            return False
        del self._holders[left]
        self._give(thing, code)
        if holder is None or self._place(holder):
            return True
        self._give(thing, holder)
        self._give(left, code)
        return False

    def _place(self, code: str) -> bool:
        """Find a thing for one; others that are not settled move if that is what it takes."""
        seekers, sought = deque([code]), dict[T, str]()
        while seekers:
            seeker = seekers.popleft()
            for thing in self._fitting[seeker]:
                if thing in sought or self._holders.get(thing) in self._settled:
                    continue
                sought[thing] = seeker
                if thing not in self._holders:
                    self._move(thing, sought, code)
                    return True
                seekers.append(self._holders[thing])
        return False

    def _move(self, thing: T, sought: Mapping[T, str], code: str) -> None:
        """Return a free thing to who sought it, the one they leave to who sought that, down to ``code``."""
        while (seeker := sought[thing]) != code:
            left = self.taken[seeker]
            self._give(thing, seeker)
            thing = left
        self._give(thing, code)

    def _give(self, thing: T, code: str) -> None:
        self._holders[thing], self.taken[code] = code, thing
