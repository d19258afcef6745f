"""From prices to seats: a mixture of quotes, dealt out.

At the roof's highest point some quotes share it (see master.py): two thirds of this day for everybody and one
third of that would use every session exactly to its seats. Most people have the same day in all of them. The
others are dealt one of their days each, so that after every deal the seats taken are as near as can be to the
mixture's: over the seats in the end by one or two, at the bound's cost.

Legend, with three people: 1A has 2 seats and 1B has 2. At price 1 all of them are as happy with 1A as with
1B. One quote seats all three in 1A, another all three in 1B; two thirds and one third of them fill 1A with 2
and 1B with 1. Dealt: Åse 1A (2/3 was due), Bo 1B (it was further behind), Cai 1A.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from midtvejs.solving.crowd import Crowd, Index, Ints
from midtvejs.solving.pricing import Market, Quote

NEGLIGIBLE = 1e-9


@dataclass(frozen=True, slots=True, kw_only=True)
class Dealt:
    """A day for everybody: ``choices[round, person]``, a session counted from 0 in its round.

    Whoever presents has the number of sessions there are. ``torn`` are the people, in the order of the
    lottery, who had more than one day in the mixture.
    """

    choices: Ints
    torn: Ints


def dealt(market: Market, quotes: Sequence[Quote], shares: NDArray[np.float64]) -> Dealt:
    """Deal everybody a day out of the quotes that have a share."""
    crowd = market.crowd
    used = np.flatnonzero(shares > NEGLIGIBLE).tolist()
    rows = np.arange(crowd.root.rows)
    days = np.stack([market.days(quotes[number].prices).choices(rows) for number in used])
    codes = _codes(crowd, days)
    is_torn = (codes != codes[0]).any(axis=0)
    torn = np.flatnonzero(is_torn[crowd.row_of])
    kind_of, options = _kinds(codes, crowd.row_of[torn])
    dealer = _Dealer(crowd, shares[used] / shares[used].sum())
    quote_of = np.zeros(len(crowd.row_of), dtype=np.int64)
    for members, row in _gathered(kind_of, options):
        quote_of[torn[members]] = dealer.deal(days[:, :, crowd.row_of[torn[row]]], len(members))
    return Dealt(choices=days[quote_of, :, crowd.row_of].T, torn=torn)


def _codes(crowd: Crowd, days: Ints) -> Ints:
    """Give each day as one number: a line for each quote, a column for each row of the crowd."""
    codes = np.zeros((days.shape[0], days.shape[2]), dtype=np.int64)
    for leaf in crowd.leaves:
        codes = codes * (leaf.sessions + 1) + days[:, leaf.round]
    return codes


def _kinds(codes: Ints, rows: Index) -> tuple[Ints, Ints]:
    """Sort people by the days they have in the quotes: a kind for each, and the first person of each kind."""
    _, first, kind_of = np.unique(codes[:, rows], axis=1, return_index=True, return_inverse=True)
    return kind_of.reshape(-1), first


def _gathered(kind_of: Ints, first: Ints) -> list[tuple[Ints, int]]:
    """Give the members of each kind, and its first person; kinds in the order of their first persons."""
    order = np.argsort(kind_of, kind="stable")
    members = np.split(order, np.cumsum(np.bincount(kind_of, minlength=len(first)))[:-1])
    return [(members[kind], int(first[kind])) for kind in np.argsort(first, kind="stable")]


class _Dealer:
    """Keeps count of how far the seats dealt are ahead of the mixture's."""

    def __init__(self, crowd: Crowd, shares: NDArray[np.float64]) -> None:
        self._shares = shares.tolist()
        self._firsts = [leaf.first for leaf in crowd.leaves]
        self._widths = [leaf.sessions for leaf in crowd.leaves]
        self._ahead = [0.0] * len(crowd.seats)

    def deal(self, days: Ints, people: int) -> list[int]:
        """Deal a day to each of some people who have the same: ``days[quote, round]``. Gives quotes."""
        due: dict[tuple[int, ...], float] = {}
        quote_with: dict[tuple[int, ...], int] = {}
        for quote, (share, day) in enumerate(zip(self._shares, days.tolist(), strict=True)):
            sessions = self._sessions(day)
            due[sessions] = due.get(sessions, 0.0) + share * people
            quote_with.setdefault(sessions, quote)
        for sessions, count in due.items():
            self._move(sessions, -count)
        hand: list[int] = []
        for sessions, count in due.items():
            hand += [quote_with[sessions]] * int(count)
            self._move(sessions, int(count))
        while len(hand) < people:
            sessions = min(due, key=self._lead)
            self._move(sessions, 1)
            hand.append(quote_with[sessions])
        return hand

    def _sessions(self, day: Sequence[int]) -> tuple[int, ...]:
        return tuple(
            first + session
            for first, width, session in zip(self._firsts, self._widths, day, strict=True)
            if session < width
        )

    def _lead(self, sessions: tuple[int, ...]) -> float:
        return sum(2 * self._ahead[session] + 1 for session in sessions)

    def _move(self, sessions: tuple[int, ...], people: float) -> None:
        for session in sessions:
            self._ahead[session] += people
