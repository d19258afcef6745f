"""The objective functions: the criteria that are sums, as sums over the seating's variables.

`worst` is none of them: it is a limit on everybody's regret, and is scanned.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache, partial
from math import comb
from typing import Protocol, assert_never

from midtvejs.domain.fairness import (
    CRITERIA,
    Criterion,
    FriendsApart,
    HighestRegret,
    PairsOfColleagues,
    Seat,
    SumOverMoved,
    SumOverRegrets,
    SumOverSeats,
)
from midtvejs.solving.cpsat.seating import Seating
from midtvejs.solving.cpsat.sessions import Sessions, Spot
from midtvejs.solving.cpsat.stated import Term, Variable
from midtvejs.solving.instance.case import PRESENTS, STANDING, Case, facts_of, marks_of
from midtvejs.solving.instance.choices import count_apart, measure_apart
from midtvejs.solving.instance.linear import unless_displaced


class Counted(Protocol):
    """Who counts the people of each organisation in a session's audience, and has ladders."""

    case: Case
    sessions: Sessions

    @property
    def always(self) -> Variable:
        """A variable that is a yes."""

    def colleagues(self, spot: Spot, group: str) -> Mapping[str, list[Term]]:
        """Count those who are one in a group, in a session's audience; only where two or more are."""

    def ladder(self, terms: list[Term], length: int) -> list[Variable]:
        """Add rungs."""


def over_seats(seating: Seating, amount: Callable[[Seat], int]) -> Iterator[Term]:
    """Count the amount of each seat that anyone may take; terms of 0 are left out."""
    case = seating.case
    of_a_seat = cache(
        lambda steps, listed, marks: amount(Seat(steps=steps, listed=listed, **facts_of(marks)))
    )
    for person in seating.free:
        for of_list in seating.lists(person):
            yield from of_list.terms_of(amount)
        for number, round_ in enumerate(case.rounds):
            if number in case.block_of:
                continue
            ranking = case.ranking(person, number)
            for session, variable in seating.may_take(person, number):
                if PRESENTS in {ranking, session}:
                    continue
                steps, listed = round_.rankings[ranking][session], round_.listed[ranking]
                if count := of_a_seat(steps, listed, marks_of(round_, ranking, session)):
                    yield count, variable


def spread(seating: Counted) -> Iterator[Term]:
    """Count the pairs of an organisation in each audience, on a ladder: the third makes two more pairs.

    With k of them on rungs 1 to k, rung number k costs k - 1, and 0 + 1 + 2 = 3 pairs of three people.
    """
    for spot in seating.sessions.numbered:
        if spot in seating.sessions.going_on:
            continue
        for terms in seating.colleagues(spot, seating.case.program.rules.spread_of).values():
            settled = sum(count for count, variable in terms if variable == seating.always)
            others = [term for term in terms if term[1] != seating.always]
            rungs = enumerate(seating.ladder(others, len(others)), start=settled)
            pairs = [(comb(settled, 2), seating.always), *rungs]
            yield from ((cost, variable) for cost, variable in pairs if cost)


def over_friends(seating: Seating) -> Iterator[Term]:
    """Count the rounds in which friends are apart: one of the two is in a session where the other is not.

    Where one of them takes no seat, as a presenter does whose session is held, neither is apart.
    """
    for pair in seating.case.friends:
        free = [person for person in pair if person not in seating.fixed]
        if not free:
            one, other = (seating.fixed[person] for person in pair)
            if apart := count_apart(one, other):
                yield apart, seating.always
        elif len(free) == 1:
            (fixed,) = (seating.fixed[person] for person in pair if person not in free)
            for number, there in enumerate(fixed):
                taken = seating.may_take(free[0], number) if there != STANDING else []
                yield from ((1, variable) for session, variable in taken if session != there)
        else:
            for number in range(len(seating.case.rounds)):
                yield from _apart_in(seating, number, *free)


def _apart_in(seating: Seating, number: int, one: int, other: int) -> Iterator[Term]:
    """Say of each session of a round whether the first of two friends is in it, and the other in another."""
    theirs = dict(seating.may_take(other, number))
    for session, variable in seating.may_take(one, number) if theirs else ():
        excused = [*seating.stands(other, number), *([theirs[session]] if session in theirs else [])]
        if not excused:
            yield 1, variable
            continue
        apart = seating.model.boolean()
        seating.model.at_most([(1, variable), *((-1, each) for each in excused), (-1, apart)], 0)
        seating.follow(apart, partial(_is_apart, variable, excused))
        yield 1, apart


def _is_apart(variable: Variable, excused: list[Variable], values: Mapping[Variable, int]) -> bool:
    return bool(values[variable]) and not any(values[each] for each in excused)


def over_regrets(seating: Seating, amount: Callable[[int], int]) -> Iterator[Term]:
    """Count the amount of each participant's regret, on a ladder whose rungs cost what each step more adds.

    Of squares, rung k costs 2k - 1, and 1 + 3 + 5 = 3 x 3. The rungs climbed must reach the regret; as lower
    rungs cost no more, a small sum climbs from the bottom.
    """
    for person in seating.free:
        steps = seating.steps_of(person)
        rungs = seating.ladder(steps, min(seating.regret_at_most(person), seating.worst))
        yield from ((amount(number) - amount(number - 1), rung) for number, rung in enumerate(rungs, start=1))


def over_moved(seating: Seating) -> Iterator[Term]:
    """Count the participants who have any seat that they did not have before."""
    return ((1, moved) for _, moved in _moved(seating))


def over_displaced(seating: Seating) -> Iterator[Term]:
    """Count the participants who are moved and gain no step by it."""
    for person, moved in _moved(seating):
        steps, before = seating.steps_of(person), seating.case.earlier_regrets[person]
        displaced = seating.model.boolean()
        most = sum(max(0, count) for count, _ in steps)
        terms, limit = unless_displaced(steps, moved, displaced, before=before, most=most)
        seating.model.at_most(terms, limit)
        seating.follow(displaced, partial(_is_displaced, steps, moved, before))
        yield 1, displaced


def _is_displaced(steps: list[Term], moved: Variable, before: int, values: Mapping[Variable, int]) -> bool:
    return bool(values[moved]) and sum(count * values[variable] for count, variable in steps) >= before


def _moved(seating: Seating) -> Iterator[tuple[int, Variable]]:
    """Return those who may be moved, each with a variable that tells whether they are."""
    case = seating.case
    for person in seating.free:
        elsewhere = [
            [
                variable
                for session, variable in seating.may_take(person, number)
                if session in round_.moved[case.ranking(person, number)]
            ]
            for number, round_ in enumerate(case.rounds)
            if case.ranking(person, number) != PRESENTS
        ]
        if any(elsewhere):
            yield person, seating.any_of(list(filter(None, elsewhere)))


def terms_of(criterion: Criterion, seating: Seating) -> list[Term]:
    """Return a criterion as a sum; sums over regrets, and pairs, add rungs to the model.

    Raises:
        ValueError: it is no sum.
    """
    measure = CRITERIA[criterion].measure
    match measure:
        case SumOverSeats(amount):
            terms = list(over_seats(seating, amount))
        case SumOverRegrets(amount):
            terms = list(over_regrets(seating, amount))
        case SumOverMoved(by_gain=by_gain):
            terms = list(over_displaced(seating) if by_gain else over_moved(seating))
        case PairsOfColleagues():
            # Those whose choices are fixed are counted in it.
            return merge_terms(spread(seating))
        case FriendsApart():
            return merge_terms(over_friends(seating))
        case HighestRegret():
            raise ValueError(f"{criterion} is no sum")
        case _:
            assert_never(measure)
    if not seating.fixed:
        return merge_terms(terms)
    return [*terms, (measure_apart(seating.case, seating.fixed)[criterion], seating.always)]


def most_of(criterion: Criterion, seating: Seating) -> int:
    """Return what a sum over participants is never above, within the limit on everybody's regret.

    Raises:
        ValueError: it is no such sum.
    """
    measure = CRITERIA[criterion].measure
    match measure:
        case SumOverSeats(amount):
            return seating.model.most_of(over_seats(seating, amount))
        case SumOverRegrets(amount):
            regrets = (min(seating.regret_at_most(person), seating.worst) for person in seating.free)
            return sum(map(amount, regrets))
        case SumOverMoved():
            return len(seating.free)
        case _:
            raise ValueError(f"{criterion} is no sum over participants")


def merge_terms(terms: Iterable[Term]) -> list[Term]:
    """Sum the counts of each variable."""
    counts: dict[Variable, int] = {}
    for count, variable in terms:
        counts[variable] = counts.get(variable, 0) + count
    return [(count, variable) for variable, count in counts.items()]
