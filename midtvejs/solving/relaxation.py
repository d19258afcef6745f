"""What prices prove where rules couple participants: those rules are left out, and a bound stays a bound.

Without them there are only more assignments, and the best of more is no worse. Pins, bans, absence and rooms
without steps only narrow what is open to somebody, and are kept; so are open rooms, as far as their seats go.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import comb

from midtvejs.domain.certificate import Proof
from midtvejs.domain.fairness import Criterion, Stage
from midtvejs.solving.ascent import Ascent, climb
from midtvejs.solving.bounds import Bound
from midtvejs.solving.case import PRESENTS, Case
from midtvejs.solving.crowd import crowd_of
from midtvejs.solving.pricing import Aim, Market
from midtvejs.solving.proofs import in_codes
from midtvejs.solving.stop import Stop


class Relaxation:
    """A case without the rules that couple participants."""

    def __init__(self, case: Case, stop: Stop) -> None:
        self._case = case
        self._crowd = crowd_of(case)
        self._stop = stop

    def bound(self, criterion: Criterion, stages: Sequence[Stage], below: int) -> Bound:
        """Bound a criterion, with what earlier stages reached; `worst` is tried up to ``below``."""
        reached = {stage.criterion: stage.value for stage in stages}
        if criterion is Criterion.SPREAD:
            return Bound(value=_evenly_spread(self._case))
        if criterion is Criterion.WORST:
            return self._worst(reached, below)
        ascent = self._climbed(criterion, reached, reached.get(Criterion.WORST))
        return Bound(value=ascent.bound, proof=self._proof(criterion, reached, ascent))

    def _worst(self, reached: Mapping[Criterion, int], below: int) -> Bound:
        found = Bound(value=0)
        for limit in range(below):
            ascent = self._climbed(Criterion.WORST, reached, limit)
            if ascent.bound == 0:
                break
            within = {**reached, Criterion.WORST: limit}
            found = Bound(value=limit + 1, proof=self._proof(Criterion.WORST, within, ascent))
            if self._stop.asked:
                break
        return found

    def _climbed(self, criterion: Criterion, reached: Mapping[Criterion, int], worst: int | None) -> Ascent:
        market = Market(self._crowd, _aim(criterion, reached, worst))
        return climb(market, enough=1 if criterion is Criterion.WORST else None, stop=self._stop)

    def _proof(self, criterion: Criterion, reached: Mapping[Criterion, int], ascent: Ascent) -> Proof:
        aim = _aim(criterion, reached, reached.get(Criterion.WORST))
        return in_codes(self._case, aim, ascent.best.prices)


def _aim(criterion: Criterion, reached: Mapping[Criterion, int], worst: int | None) -> Aim:
    left_out = {Criterion.WORST, Criterion.SPREAD}
    kept = tuple((other, value) for other, value in reached.items() if other not in left_out)
    return Aim(criterion=criterion, worst=worst, kept=kept)


def _evenly_spread(case: Case) -> int:
    """Count the pairs there are when each organisation is as even over the sessions as can be."""
    pairs = 0
    for round_, sessions in enumerate(case.rounds):
        for people in case.organisations.values():
            seated = sum(case.rows[person][round_] != PRESENTS for person in people)
            each, more = divmod(seated, len(sessions.codes))
            pairs += more * comb(each + 1, 2) + (len(sessions.codes) - more) * comb(each, 2)
    return pairs
