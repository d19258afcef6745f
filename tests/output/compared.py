"""Six ways to deal seats to 180 people: two of them not proven, some quicker than the clock tells."""

from __future__ import annotations

from dataclasses import replace

from midtvejs.domain.fairness import Criterion, Evidence, Seat, Status
from midtvejs.domain.mechanism import Mechanism, Way, ways_for
from midtvejs.domain.outcome import Outcome
from midtvejs.domain.profile import Profile
from midtvejs.output.pages.compare import Compared

REGRETS = (
    {0: 60, 1: 80, 2: 40},
    {0: 65, 1: 78, 2: 30, 3: 5, 4: 2},
    {0: 60, 1: 82, 2: 36, 3: 2},
    {0: 70, 1: 40, 2: 40, 5: 20, 9: 10},
    {0: 50, 1: 50, 2: 50, 6: 30},
    {0: 60, 1: 50, 2: 40, 8: 27, 12: 3},
)
RANKS = (
    {1: 500, 2: 180, 3: 20, 4: 4},
    {1: 510, 2: 170, 3: 20, 4: 4},
    {1: 500, 2: 180, 3: 20, 4: 4},
    {1: 480, 2: 100, 3: 90, 4: 14, 5: 6},
    {1: 470, 2: 110, 3: 90, 4: 14, 5: 6},
    {1: 490, 2: 80, 3: 60, 4: 14},
)
LISTED = 6
SECONDS = (0.4444, 123.456, 0.1, 0.0994, 0.0004, 0.0)


def _profile(regrets: dict[int, int], ranks: dict[int, int]) -> Profile:
    people = (level for level, count in regrets.items() for _ in range(count))
    return Profile(
        regrets={str(number): level for number, level in enumerate(people)},
        seats={
            **{Seat(steps=rank - 1, listed=LISTED): count for rank, count in ranks.items()},
            Seat(steps=LISTED, listed=LISTED): 704 - sum(ranks.values()),
        },
        without_wishes=10,
        presenting=6,
    )


def _criteria(regrets: dict[int, int], ranks: dict[int, int]) -> dict[Criterion, int]:
    """The figures are made up: the regrets are not those of the ranks."""
    total = sum(level * count for level, count in regrets.items())
    return {**_profile(regrets, ranks).criteria, Criterion.TOTAL: total}


COMPARED = Compared(
    participants=180,
    seed=2018,
    timed=True,
    outcomes=tuple(
        Outcome(
            way=way,
            profile=_profile(regrets, ranks),
            criteria=_criteria(regrets, ranks),
            evidence=dict.fromkeys(way.fairness, Evidence.PRICES),
            without_first_wish=number * number,
            status=Status.FEASIBLE if number else Status.OPTIMAL,
            seconds=seconds,
        )
        for number, (way, regrets, ranks, seconds) in enumerate(
            zip(ways_for((Criterion.TOTAL,)), REGRETS, RANKS, SECONDS, strict=True)
        )
    ),
)

OWN = Way(mechanism=Mechanism.FAIR, fairness=(Criterion.WORST, Criterion.SPREAD, Criterion.AVOID_OWN))
ORGANISED = replace(
    COMPARED,
    outcomes=tuple(
        replace(
            outcome,
            criteria={**outcome.criteria, Criterion.SPREAD: 40 + number, Criterion.AVOID_OWN: number},
            status=Status.UNLAWFUL if outcome.way.mechanism is not Mechanism.FAIR else outcome.status,
            broken=(0, 0, 0, 0, 14, 1, 120)[number],
        )
        for number, outcome in enumerate((replace(COMPARED.outcomes[0], way=OWN), *COMPARED.outcomes))
    ),
)
"""The same under rules that a queue does not know, and with an order that asks for organisations."""
