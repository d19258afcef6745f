"""The criteria that are sums, as sums over the seating's variables.

`worst` is none of them: it is a limit on everybody's regret, and is scanned.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from midtvejs.domain.fairness import Criterion
from midtvejs.solving.cpsat import Term
from midtvejs.solving.seating import Seating


def total(seating: Seating) -> Iterator[Term]:
    for person in range(len(seating.case.rows)):
        yield from seating.steps_of(person)


def first(seating: Seating) -> Iterator[Term]:
    """Count 1 for each seat below the first wish."""
    for person in range(len(seating.case.rows)):
        yield from ((1, variable) for _, variable in seating.steps_of(person))


def unlisted(seating: Seating) -> Iterator[Term]:
    """Count 1 for each seat right below the last wish: as many steps as there are wishes."""
    case = seating.case
    for person, row in enumerate(case.rows):
        for index, ranking in enumerate(row):
            for session, variable in seating.may_take(person, index):
                if case.steps(person, index, session) == case.rounds[index].listed[ranking] > 0:
                    yield 1, variable


def even(seating: Seating) -> Iterator[Term]:
    """Count each participant's regret squared, on a ladder: rung k costs 2k - 1, and 1 + 3 + 5 = 3 x 3.

    The rungs climbed must reach the regret; as lower rungs cost less, a small sum climbs from the bottom.
    """
    for person in range(len(seating.case.rows)):
        steps = seating.steps_of(person)
        rungs = [seating.model.boolean() for _ in range(min(seating.regret_at_most(person), seating.worst))]
        if rungs:
            seating.model.at_most([*steps, *((-1, rung) for rung in rungs)], 0)
            yield from ((2 * number - 1, rung) for number, rung in enumerate(rungs, start=1))


SUMS: dict[Criterion, Callable[[Seating], Iterator[Term]]] = {
    Criterion.TOTAL: total,
    Criterion.EVEN: even,
    Criterion.FIRST: first,
    Criterion.UNLISTED: unlisted,
}


def terms_of(criterion: Criterion, seating: Seating) -> list[Term]:
    """Give a criterion as a sum; `even` adds rungs to the model."""
    return list(SUMS[criterion](seating))
