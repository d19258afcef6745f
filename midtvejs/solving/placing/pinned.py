"""Presenters who have to be in another session than their own, or not in theirs: that binds when it is held.

Whoever presents takes no seat, so nothing that is known of seats tells of them.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from midtvejs.domain.participants import Participant
from midtvejs.domain.wording import listing


@dataclass(frozen=True, slots=True, kw_only=True)
class PinnedPresenter:
    """A presenter of the sessions with some codes, by a pin to ``code``, or a ban from it.

    It holds in the round with ``round_id``; without one, a pin holds in any round in which the session is,
    and a ban in all. It binds nobody in the rounds that they do not attend.
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
        presents = listing(sorted(self.presents))
        return f"the pin of {self.name}, who presents {presents}, {to_be} in {self.code}{where}"

    def binds_in(self, round_id: str) -> bool:
        """Return whether it may bind them in a round."""
        return self.round_id in {"", round_id} and round_id not in self.absent


def pinned_presenters(people: Iterable[Participant]) -> frozenset[PinnedPresenter]:
    """Return the presenters whose pins may be broken by when sessions are held.

    What a whole group is told does not bind its presenters.
    """
    return frozenset(
        PinnedPresenter(
            name=person.name,
            presents=person.presents,
            code=pin.code,
            holds=pin.holds,
            round_id=pin.round_id,
            absent=person.absent,
        )
        for person in people
        if person.presents
        for pin in person.pins
        if pin.participant and pin.holds is not (pin.code in person.presents)
    )
