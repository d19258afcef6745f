"""The criteria that are sums, as sums over the seating's variables.

`worst` is none of them: it is a limit on everybody's regret, and is scanned.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from math import comb
from typing import Protocol

from midtvejs.domain.fairness import Criterion
from midtvejs.solving.cpsat.model import Term, Variable
from midtvejs.solving.cpsat.seating import Seating
from midtvejs.solving.cpsat.sessions import Sessions, Spot
from midtvejs.solving.instance.choices import measured_apart


class Counted(Protocol):
    """Who counts the people of each organisation in a session's audience, and has ladders."""

    sessions: Sessions

    @property
    def always(self) -> Variable:
        """A variable that is a yes."""

    def colleagues(self, spot: Spot) -> Mapping[str, list[Term]]:
        """Count those of each organisation in a session's audience; only organisations of two or more."""

    def ladder(self, terms: list[Term], length: int) -> list[Variable]:
        """Add rungs."""


def total(seating: Seating) -> Iterator[Term]:
    for person in seating.free:
        yield from seating.steps_of(person)


def first(seating: Seating) -> Iterator[Term]:
    """Count 1 for each seat below the first wish."""
    for person in seating.free:
        yield from ((1, variable) for _, variable in seating.steps_of(person))


def unlisted(seating: Seating) -> Iterator[Term]:
    """Count 1 for each seat right below the last wish: as many steps as there are wishes."""
    case = seating.case
    for person, round_, session, variable in _seats(seating):
        listed = case.rounds[round_].listed[case.ranking(person, round_)]
        if case.steps(person, round_, session) == listed > 0:
            yield 1, variable


def avoid_own(seating: Seating) -> Iterator[Term]:
    """Count 1 for each seat in a session of one's own organisation."""
    case = seating.case
    for person, round_, session, variable in _seats(seating):
        if session in case.rounds[round_].own[case.ranking(person, round_)]:
            yield 1, variable


def _seats(seating: Seating) -> Iterator[tuple[int, int, int, Variable]]:
    """Give each participant, round, session that they may take there, and its variable."""
    for person in seating.free:
        for round_ in range(len(seating.case.rounds)):
            for session, variable in seating.may_take(person, round_):
                yield person, round_, session, variable


def spread(seating: Counted) -> Iterator[Term]:
    """Count the pairs of an organisation in each audience, on a ladder: the third makes two more pairs.

    With k of them on rungs 1 to k, rung number k costs k - 1, and 0 + 1 + 2 = 3 pairs of three people.
    """
    for spot in seating.sessions.numbered:
        for terms in seating.colleagues(spot).values():
            settled = sum(count for count, variable in terms if variable == seating.always)
            others = [term for term in terms if term[1] != seating.always]
            rungs = enumerate(seating.ladder(others, len(others)), start=settled)
            pairs = [(comb(settled, 2), seating.always), *rungs]
            yield from ((cost, variable) for cost, variable in pairs if cost)


def even(seating: Seating) -> Iterator[Term]:
    """Count each participant's regret squared, on a ladder: rung k costs 2k - 1, and 1 + 3 + 5 = 3 x 3.

    The rungs climbed must reach the regret; as lower rungs cost less, a small sum climbs from the bottom.
    """
    for person in seating.free:
        steps = seating.steps_of(person)
        rungs = seating.ladder(steps, min(seating.regret_at_most(person), seating.worst))
        if rungs:
            yield from ((2 * number - 1, rung) for number, rung in enumerate(rungs, start=1))


SUMS: dict[Criterion, Callable[[Seating], Iterator[Term]]] = {
    Criterion.TOTAL: total,
    Criterion.EVEN: even,
    Criterion.FIRST: first,
    Criterion.UNLISTED: unlisted,
    Criterion.SPREAD: spread,
    Criterion.AVOID_OWN: avoid_own,
}


def terms_of(criterion: Criterion, seating: Seating) -> list[Term]:
    """Give a criterion as a sum; `even` and `spread` add rungs to the model."""
    terms = list(SUMS[criterion](seating))
    if not seating.fixed or criterion is Criterion.SPREAD:
        return merged(terms)
    return [*terms, (measured_apart(seating.case, seating.fixed)[criterion], seating.always)]


def merged(terms: Iterable[Term]) -> list[Term]:
    """Sum the counts of each variable."""
    counts: dict[Variable, int] = {}
    for count, variable in terms:
        counts[variable] = counts.get(variable, 0) + count
    return [(count, variable) for variable, count in counts.items()]
