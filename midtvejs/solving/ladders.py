"""Sums that cost more the higher they are: squares, pairs.

Legend: whoever has a regret of 2 climbs two rungs of three. Rung k costs 2k - 1, so that they pay 1 + 3 = 4.
As lower rungs cost less, a small sum climbs from the bottom.
"""

from __future__ import annotations

from functools import cached_property

from midtvejs.solving.cpsat import Model, Term, Variable


class Ladders:
    """Adds rungs to ``model``: a sum is as high as the rungs that are climbed, or lower."""

    def __init__(self, model: Model) -> None:
        self.model = model
        self._ladders: list[tuple[list[Term], list[Variable]]] = []

    def ladder(self, terms: list[Term], length: int) -> list[Variable]:
        """Add as many rungs, of which at least as many are climbed as ``terms`` come to."""
        rungs = [self.model.boolean() for _ in range(length)]
        if rungs:
            self.model.at_most([*terms, *((-1, rung) for rung in rungs)], 0)
            self._ladders.append((terms, rungs))
        return rungs

    def climbed(self, values: dict[Variable, int]) -> dict[Variable, int]:
        """Add to the values of variables those of the rungs above them."""
        for terms, rungs in self._ladders:
            height = sum(count * values[variable] for count, variable in terms)
            values.update((rung, int(number < height)) for number, rung in enumerate(rungs))
        return values

    @cached_property
    def always(self) -> Variable:
        """A variable that is a yes."""
        variable = self.model.boolean()
        self.model.exactly([(1, variable)], 1)
        return variable
