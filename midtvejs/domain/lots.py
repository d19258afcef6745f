"""The lottery: a seeded draw that breaks ties, so that neither the alphabet nor the order of rows decides."""

from __future__ import annotations

from collections.abc import Iterable
from hashlib import blake2b

from midtvejs.domain.participants import Participant

Lot = tuple[bytes, str]


def draw_lots(participants: Iterable[Participant], seed: int) -> tuple[Participant, ...]:
    """Put participants in the order of the draw."""
    salt = _salt(seed)
    return tuple(sorted(participants, key=lambda person: _draw(person.key, salt)))


def lot_of(participant: Participant, seed: int) -> Lot:
    """Return a participant's lot; the lowest of all is drawn first.

    It is a hash of the seed and their key alone: who else takes part, and on which row anybody stands,
    changes nothing in the order of two people.
    """
    return _draw(participant.key, _salt(seed))


def _draw(key: str, salt: bytes) -> Lot:
    return blake2b(key.encode(), digest_size=8, salt=salt).digest(), key


def _salt(seed: int) -> bytes:
    """Return a seed as sixteen bytes; one that has more is hashed."""
    whole = seed.to_bytes(max(16, (seed.bit_length() + 7) // 8), "little")
    return whole if len(whole) == 16 else blake2b(whole, digest_size=16).digest()
