"""What no placement can be below, whichever it is: by the people one by one, and by the seats alone."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

import numpy as np

from midtvejs.domain.fairness import Criterion
from midtvejs.domain.planning import Figures
from midtvejs.domain.program import Offer
from midtvejs.solving.placing.alone import Alone, ByTable, Places, measure
from midtvejs.solving.placing.open_day import OpenDay


def bound_all(alone: Alone, wanted: Counter[str]) -> Figures:
    """Return what every placement comes to at the least.

    With each offer in all the rounds that it may be in, nobody has less to choose from than in any placement.
    And anyone who is without a seat in one of their first wishes has a step at the least: ``wanted`` counts
    them, and there are no more seats than in the largest rooms, as often as a session may be held.
    """
    found = measure(_least_regrets(alone), alone.crowd.weights)
    missed = sum(max(0, count - _most_seats(alone.day, code)) for code, count in wanted.items())
    return {
        Criterion.EVEN: max(found.even, missed),
        Criterion.WORST: max(found.worst, int(missed > 0)),
        Criterion.TOTAL: max(found.total, missed),
    }


def _least_regrets(alone: Alone) -> Places:
    everywhere = alone.day.allowed
    regrets = alone.settled
    offered = {offer.code for offer in alone.day.offers}
    # Those who present an offer would be kept from everything by presenting it everywhere.
    others = np.array([kind.presents.isdisjoint(offered) for kind in alone.crowd.kinds], dtype=np.bool_)
    for number, block in enumerate(alone.crowd.program.blocks):
        if block.id in alone.parts:
            least = ByTable(alone.day, alone.crowd, number, block).regrets(everywhere)
            regrets = regrets + np.where(others, least, 0)
    return regrets


def _most_seats(day: OpenDay, code: str) -> int:
    """Return how many can be in a session in all of its sittings, in the largest rooms there are."""
    seats = [
        session.seats
        for round_ in day.rounds
        for session in round_.sessions
        if session.code == code and not round_.has_begun(session)
    ]
    offer = next((offer for offer in day.offers if offer.code == code), None)
    return sum(seats) + (sum(sorted(_seats_by_round(day, offer))[-offer.most :]) if offer else 0)


def _seats_by_round(day: OpenDay, offer: Offer) -> Iterable[int]:
    for round_, rooms in zip(day.rounds, day.free_rooms, strict=True):
        if round_.id in offer.rounds:
            settled = offer.rooms.get(round_.id)
            yield max(map(offer.session.seats_in, [settled] if settled else rooms), default=0)
