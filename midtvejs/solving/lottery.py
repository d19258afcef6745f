"""The lottery: a seeded draw that breaks ties, so that neither the alphabet nor the order of rows decides."""

from __future__ import annotations

from collections.abc import Iterable
from hashlib import blake2b

from midtvejs.domain.participants import Participant


def drawn(participants: Iterable[Participant], seed: int) -> tuple[Participant, ...]:
    """Put participants in the order of the draw.

    Each one's lot is a hash of the seed and their key alone: who else takes part, and on which row anybody
    stands, changes nothing in the order of two people.
    """
    salt = seed.to_bytes(16, "little")
    return tuple(
        sorted(
            participants, key=lambda p: (blake2b(p.key.encode(), digest_size=8, salt=salt).digest(), p.key)
        )
    )
