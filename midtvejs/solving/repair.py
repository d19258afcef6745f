"""The small rest, exactly: some are freed, everybody else stays, and CP-SAT seats them at the target."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from midtvejs.solving.count import counted
from midtvejs.solving.cpsat import Model, Variable, Verdict
from midtvejs.solving.crowd import Crowd, Ints
from midtvejs.solving.pricing import Market
from midtvejs.solving.rest import Rest, rest_of
from midtvejs.solving.stop import Stop


@dataclass(frozen=True, slots=True, kw_only=True)
class Repair:
    """``choices`` for everybody, None without a solution; ``verdict`` on the people that were freed.

    ``size`` is how many variables there were to decide on.
    """

    verdict: Verdict
    choices: Ints | None
    size: int = 0


def repaired(
    market: Market,
    prices: Ints,
    choices: Ints,
    people: Ints,
    *,
    target: int,
    slack: int,
    effort: float,
    seed: int,
    stop: Stop,
) -> Repair:
    """Seat ``people`` anew, so that nobody is over the seats and the criterion is at most ``target``.

    They have all their days of a reduced cost up to ``slack``. ``effort`` is in the solver's own seconds,
    which count work and not time; there is less of it for a rest that is told in sittings and large.
    """
    rest = rest_of(market, prices, people, slack)
    if rest is None:
        return Repair(verdict=Verdict.IMPOSSIBLE, choices=None)
    model = Model()
    variables = [model.boolean() for _ in rest.group]
    for group in _gathered(rest.group):
        model.exactly_one(group.tolist())
    for cap in rest.caps:
        model.at_most(cap, 0)
    everybody, freed = counted(market.crowd, choices), counted(market.crowd, choices, people)
    free_seats = market.crowd.seats - everybody.taken + freed.taken
    for session, takers in _takers(market.crowd, rest):
        model.at_most(((1, taker) for taker in takers), int(free_seats[session]))
    for criterion, limit in (*market.aim.kept, (market.aim.criterion, target)):
        left = limit - everybody.sums[criterion] + freed.sums[criterion]
        model.at_most(_terms(rest.sums[criterion]), left)
    if rest.caps:
        effort *= min(1.0, market.crowd.limits.easy / len(variables))
    outcome = model.solve(seed=seed, stop=stop, effort=effort)
    if not outcome.values:
        return Repair(verdict=outcome.verdict, choices=None, size=len(variables))
    mended = choices.copy()
    yes = np.array(outcome.values[: len(variables)], dtype=np.bool_)
    mended[:, people] = rest.sessions(yes, rounds=len(mended), people=len(people))
    return Repair(verdict=outcome.verdict, choices=mended)


def _gathered(keys: Ints) -> list[Ints]:
    """Give the places of equal keys, the least key first."""
    order = np.argsort(keys, kind="stable")
    return np.split(order, np.flatnonzero(np.diff(keys[order])) + 1)


def _takers(crowd: Crowd, rest: Rest) -> Iterator[tuple[int, list[Variable]]]:
    """Give who might take a seat in each session, in the day's numbering."""
    for leaf in crowd.leaves:
        here = np.flatnonzero((rest.round == leaf.round) & (rest.session < leaf.sessions))
        if len(here):
            for group in _gathered(rest.session[here]):
                yield leaf.first + int(rest.session[here[group[0]]]), rest.variable[here[group]].tolist()


def _terms(each: Ints) -> list[tuple[int, Variable]]:
    return [(each[variable].item(), variable) for variable in np.flatnonzero(each).tolist()]
