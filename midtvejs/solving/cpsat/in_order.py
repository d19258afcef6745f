"""Two sums made small in one question, the second among all that make the first as small.

Where that is to be proven, a step of the first weighs more than all that the second can come to (Sherali
1982, "Equivalent weights for lexicographic multi-objective programs"). It takes a solver of relaxations
little longer than the first alone, and mostly nothing is left to be asked about the second.

Legend: `avoid_own` comes to 30 at the most. So a pair of `spread` weighs 62, and a seat in a session of its
holder's own 1: 12 pairs and 7 such seats are 751, and 11 pairs are 712 at the most.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from midtvejs.solving.cpsat.stated import Outcome, Stated, Term, Verdict, least_whole


@dataclass(frozen=True, slots=True, kw_only=True)
class InOrder:
    """``first`` has a ``weight``; the second comes to ``most`` at the most."""

    first: Sequence[Term]
    weight: int
    most: int
    to_prove: bool

    def split(self, outcome: Outcome) -> tuple[Outcome, Outcome | None]:
        """Return what is known of the first, and of the second where something was found.

        The bound of the second is of all that come to no more in the first. Where nothing is to prove, what
        is called best is so by weight, and but for rounding errors.
        """
        if not outcome.found:
            return replace(outcome, bound=self._bound_of_first(outcome)), None
        first = sum(count * outcome.values[variable] for count, variable in self.first)
        second = outcome.value - self.weight * first
        if not self.to_prove:
            share = int(outcome.bound >= least_whole(outcome.value))
            return _valued(outcome, first, share * first), _valued(outcome, second, share * second)
        return (
            _valued(outcome, first, self._bound_of_first(outcome)),
            _valued(outcome, second, outcome.bound - self.weight * first),
        )

    def _bound_of_first(self, outcome: Outcome) -> int:
        return max(0, -((self.most - outcome.bound) // self.weight)) if self.to_prove else 0


def minimise_in_order(
    model: Stated, first: Sequence[Term], second: Sequence[Term], *, most: int, heaviest: int | None
) -> InOrder:
    """Have a model make two sums small, the second of which comes to ``most`` at the most.

    Without ``heaviest`` the weight is as much again as outweighs the second, so that rounding errors do not
    count; nothing is proven with less.
    """
    needed = weight_to_prove(most)
    weight = needed if heaviest is None else min(needed, heaviest)
    model.costs = [*((weight * count, variable) for count, variable in first), *second]
    return InOrder(first=first, weight=weight, most=most, to_prove=heaviest is None)


def weight_to_prove(most: int) -> int:
    """Return what a step has to weigh beside what comes to ``most``."""
    return 2 * (1 + most)


def _valued(outcome: Outcome, value: int, bound: int) -> Outcome:
    bound = max(0, min(bound, value))
    verdict = Verdict.BEST if bound == value else Verdict.FOUND
    return replace(outcome, value=value, bound=bound, verdict=verdict)
