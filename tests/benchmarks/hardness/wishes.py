"""What participants wish for, drawn in eight ways.

``uniform``: any order is as likely; ``pl``: some sessions are more popular (Plackett and Luce); ``strong``:
one order for all, with a swap or two; ``same``: one order for all; ``org``: colleagues wish nearly alike;
``partial``: three wishes at most; ``empty``: many have none; ``bimodal``: one order, or the reverse of it.
"""

from __future__ import annotations

from collections.abc import Sequence
from random import Random

SHORTENED = 0.2
"""What part of the lists ends early, where lists may."""
SILENT, WITHOUT_ONE = 0.3, 0.2
"""Where wishes are ``empty``: how many have none at all, and how many of the other lists are empty."""

Ranking = list[str]


class Taste:
    """What is in common in the wishes for one round."""

    def __init__(self, random: Random, wishes: str, codes: Sequence[str]) -> None:
        self._random = random
        self._wishes = wishes
        self._codes = codes
        self._popularity = [random.random() ** 2 + 0.05 for _ in codes]
        self._order = random.sample(codes, len(codes))
        self._of_colleagues: dict[str, Ranking] = {}

    def ranking(self, organisation: str) -> Ranking:
        """Draw the wishes of a participant who has any."""
        ranking = self._whole(organisation)
        if self._wishes == "partial":
            return ranking[: self._random.randint(1, 3)]
        if self._wishes in {"pl", "org", "empty"} and self._random.random() < SHORTENED:
            ranking = ranking[: self._random.randint(1, len(ranking))]
        if self._wishes == "empty" and self._random.random() < WITHOUT_ONE:
            return []
        return ranking

    def _whole(self, organisation: str) -> Ranking:
        match self._wishes:
            case "uniform":
                return self._random.sample(self._codes, len(self._codes))
            case "strong":
                return self._swapped(self._order, self._random.randrange(3))
            case "same":
                return self._order
            case "bimodal":
                either = self._random.choice([self._order, self._order[::-1]])
                return self._swapped(either, self._random.randrange(2))
            case "org":
                if organisation not in self._of_colleagues:
                    self._of_colleagues[organisation] = self._by_popularity()
                return self._swapped(self._of_colleagues[organisation], self._random.randrange(3))
            case _:
                return self._by_popularity()

    def _by_popularity(self) -> Ranking:
        """Draw one session after the other, each as likely as it is popular among those left."""
        left = dict(zip(self._codes, self._popularity, strict=True))
        ranking = []
        while left:
            [code] = self._random.choices([*left], weights=[*left.values()])
            ranking.append(code)
            del left[code]
        return ranking

    def _swapped(self, ranking: Ranking, swaps: int) -> Ranking:
        """Swap two neighbours so many times."""
        swapped = list(ranking)
        for _ in range(swaps if len(swapped) > 1 else 0):
            place = self._random.randrange(len(swapped) - 1)
            swapped[place : place + 2] = reversed(swapped[place : place + 2])
        return swapped
