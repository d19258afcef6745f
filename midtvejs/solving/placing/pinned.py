"""Participants whose pins bind when a session is held: they present something then, or do not attend.

They take no seat there, so nothing that is known of seats tells of them.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from midtvejs.domain.participants import Participant
from midtvejs.domain.rules import Pin
from midtvejs.domain.wording import listing


@dataclass(frozen=True, slots=True, kw_only=True)
class PinnedParticipant:
    """A participant by a pin to ``code``, or a ban from it; they may present some sessions.

    It holds in the round with ``round_id``; without one, a pin holds in any round in which the session is,
    and a ban in all. In the rounds that they do not attend they cannot be in it.
    """

    name: str
    presents: frozenset[str]
    code: str
    holds: bool
    round_id: str
    absent: frozenset[str]

    def __str__(self) -> str:
        to_be = "to be" if self.holds else "not to be"
        where = f" in {self.round_id}" if self.round_id else ""
        presents = [f"presents {listing(sorted(self.presents))}"] if self.presents else []
        attends = [f"does not attend {listing(sorted(self.absent))}"] if self.absent else []
        who = " and ".join((*presents, *attends))
        return f"the pin of {self.name}, who {who}, {to_be} in {self.code}{where}"

    def binds_in(self, round_id: str) -> bool:
        """Return whether it may bind them in a round."""
        return self.round_id in {"", round_id} and round_id not in self.absent


def pinned_participants(people: Iterable[Participant]) -> frozenset[PinnedParticipant]:
    """Return those whose pins may be broken by when sessions are held.

    What a whole group is told does not bind its presenters, nor who is not there.
    """
    return frozenset(
        PinnedParticipant(
            name=person.name,
            presents=person.presents,
            code=pin.code,
            holds=pin.holds,
            round_id=pin.round_id,
            absent=person.absent,
        )
        for person in people
        for pin in person.pins
        if pin.participant and _hangs_on_when(pin, person)
    )


def _hangs_on_when(pin: Pin, person: Participant) -> bool:
    if person.presents and pin.holds is not (pin.code in person.presents):
        return True
    return bool(person.absent) and pin.holds and not pin.round_id and pin.code not in person.presents
