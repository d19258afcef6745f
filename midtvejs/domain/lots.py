"""The lottery: a seeded draw that breaks ties, so that neither the alphabet nor the order of rows decides."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from hashlib import blake2b

from midtvejs.domain.participants import Participant

Lot = bytes
"""What was drawn, and behind it the participant's key, which decides between two of the same."""

MOST_SEED = 2**32 - 1
"""The largest seed that a program can have."""


@dataclass(frozen=True, slots=True)
class Lottery:
    """The draw among all who take part, known by a hash of the seed and of everybody's keys.

    With the seed alone nobody can choose an address that is drawn early: one more participant, whoever it is,
    draws everybody anew. What people wish for is not in it, or another list would be another draw. Neither
    are the rows on which they stand.
    """

    _crowd: bytes

    @classmethod
    def among(cls, participants: Iterable[Participant], seed: int) -> Lottery:
        crowd = blake2b(digest_size=32, salt=_salt(seed))
        names = [key.encode() for key in sorted([person.key for person in participants])]
        # Its length first: "anna" and "bo" are not "annab" and "o".
        crowd.update(b"".join([len(name).to_bytes(8, "little") + name for name in names]))
        return cls(crowd.digest())

    def lot_of(self, participant: Participant, turn: int = 0) -> Lot:
        """Return a participant's lot; the lowest of all is drawn first. Another turn draws everybody anew."""
        return self.draw(turn)(participant)

    def draw(self, turn: int = 0) -> Callable[[Participant], Lot]:
        """Return what gives each participant's lot in a turn, where many are drawn in it."""
        drawn = blake2b(digest_size=8, key=self._crowd, salt=turn.to_bytes(16, "little"))

        def lot_of(participant: Participant) -> Lot:
            name, lot = participant.key.encode(), drawn.copy()
            lot.update(name)
            return lot.digest() + name

        return lot_of

    def sort(self, participants: Iterable[Participant]) -> tuple[Participant, ...]:
        """Put participants in the order of the draw."""
        return tuple(sorted(participants, key=self.draw()))


def draw_lots(participants: Iterable[Participant], seed: int) -> tuple[Participant, ...]:
    """Put all who take part in the order of the draw."""
    people = tuple(participants)
    return Lottery.among(people, seed).sort(people)


def _salt(seed: int) -> bytes:
    """Return a seed as sixteen bytes; one that has more is hashed."""
    whole = seed.to_bytes(max(16, (seed.bit_length() + 7) // 8), "little")
    return whole if len(whole) == 16 else blake2b(whole, digest_size=16).digest()
