"""The small rest as yes-or-no variables: of days where they are few (columns.py), else of sittings.

Either way it is told in the same words, and repair.py asks CP-SAT about it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from midtvejs.domain.fairness import Criterion
from midtvejs.solving.columns import Columns, columns_of
from midtvejs.solving.cpsat import Term
from midtvejs.solving.crowd import Ints
from midtvejs.solving.pricing import Market
from midtvejs.solving.sittings import Sittings, sittings_of

Flags = NDArray[np.bool_]


@dataclass(frozen=True, slots=True, kw_only=True)
class Rest:
    """Variables, numbered from 0: exactly one of each ``group`` is a yes, and each has some to choose from.

    A yes to ``variable[i]`` seats ``person[i]`` (a number among the people asked for) in ``session[i]`` of
    ``round[i]``. ``sums`` says what each variable adds to a criterion; ``caps`` are sums that stay at 0 or
    below.
    """

    group: Ints
    variable: Ints
    person: Ints
    round: Ints
    session: Ints
    sums: dict[Criterion, Ints]
    caps: tuple[list[Term], ...] = ()

    def sessions(self, chosen: Flags, *, rounds: int, people: int) -> Ints:
        """Read a solution, True for every variable that is a yes: ``sessions[round, person]``."""
        seated = np.zeros((rounds, people), dtype=np.int64)
        taken = chosen[self.variable]
        seated[self.round[taken], self.person[taken]] = self.session[taken]
        return seated


def rest_of(market: Market, prices: Ints, people: Ints, slack: int) -> Rest | None:
    """Give all that ``people`` could have at a reduced cost of ``slack``; None where somebody has nothing."""
    most = min(market.crowd.limits.days, len(people) * len(market.crowd.seats))
    columns = columns_of(market, prices, people, slack, most=most)
    if columns is not None:
        return _of_days(columns, len(people))
    return _of_sittings(market, len(people), sittings_of(market, prices, people, slack))


def _of_days(columns: Columns, people: int) -> Rest | None:
    if len(np.unique(columns.person)) < people:
        return None
    rounds, days = columns.sessions.shape
    return Rest(
        group=columns.person,
        variable=np.tile(np.arange(days), rounds),
        person=np.tile(columns.person, rounds),
        round=np.repeat(np.arange(rounds), days),
        session=columns.sessions.reshape(-1),
        sums=columns.sums,
    )


def _of_sittings(market: Market, people: int, could: Sittings) -> Rest | None:
    rounds = len(market.crowd.leaves)
    place = could.person * rounds + could.round
    if len(np.unique(place)) < people * rounds:
        return None
    nothing = np.zeros(len(could.level), dtype=np.int64)
    sums = {criterion: np.concatenate([each, nothing]) for criterion, each in could.sums.items()}
    return Rest(
        group=np.concatenate([place, people * rounds + could.level_of]),
        variable=np.arange(len(place)),
        person=could.person,
        round=could.round,
        session=could.session,
        sums={**sums, Criterion.EVEN: np.concatenate([np.zeros_like(place), could.level**2])},
        caps=tuple(_ladders(could)) if market.by_level else (),
    )


def _ladders(could: Sittings) -> Iterator[list[Term]]:
    """Give each person's steps less the level that is theirs."""
    steps = could.sums[Criterion.TOTAL]
    amounts = np.concatenate([steps, -could.level])
    used = np.flatnonzero(amounts)
    owners = np.concatenate([could.person, could.level_of])[used]
    order = used[np.argsort(owners, kind="stable")]
    for terms in np.split(order, np.flatnonzero(np.diff(np.sort(owners))) + 1):
        yield list(zip(amounts[terms].tolist(), terms.tolist(), strict=True))
