"""From prices to seats: a mixture of quotes, dealt out.

At the roof's highest point some quotes share it (see master.py): two thirds of this day for everybody and one
third of that would use every session exactly to its seats. Most people have the same day in all of them. The
others are dealt one of their days each, so that after every deal the seats taken are as near as can be to the
mixture's, and so is what earlier stages reached: off in the end by one or two, at the bound's cost.

Legend, with three people: 1A has 2 seats and 1B has 2. At price 1 all of them are as happy with 1A as with
1B. One quote seats all three in 1A, another all three in 1B; two thirds and one third of them fill 1A with 2
and 1B with 1. Dealt: Åse 1A (2/3 was due), Bo 1B (it was further behind), Cai 1A.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import takewhile
from math import fsum

import numpy as np
from numpy.typing import NDArray

from midtvejs.solving.instance.count import worth
from midtvejs.solving.instance.crowd import Crowd, Ints
from midtvejs.solving.prices.relaxation import Market, Quote
from midtvejs.solving.stop import Stop

Floats = NDArray[np.float64]
Use = tuple[tuple[int, int], ...]
"""What a day uses up: what, numbered as its price is, and how much of it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Dealt:
    """A day for everybody: ``choices[round, person]``, a session counted from 0 in its round.

    Whoever presents has the number of sessions there are. ``torn`` are the people, in the order of the
    lottery, who had more than one day in the mixture.
    """

    choices: Ints
    torn: Ints


def dealt(market: Market, quotes: Sequence[Quote], shares: Floats, *, stop: Stop) -> Dealt | None:
    """Deal everybody a day out of the quotes that have a share; None where stopping is asked for.

    ``shares[quote]`` where all people share alike, ``shares[quote, row]`` where each kind has its own.
    """
    crowd = market.crowd
    negligible = crowd.limits.negligible
    used = np.flatnonzero((shares > negligible).T.reshape(-1, len(shares)).any(axis=0)).tolist()
    rows = np.arange(crowd.root.rows)
    taken = takewhile(lambda _: not stop.asked, used)
    each = [market.days(quotes[number].prices).choices(rows) for number in taken]
    if stop.asked:
        return None
    days = np.stack(each)
    if shares.ndim > 1:
        days = _shared(days, shares[used], negligible)
    torn_rows = np.flatnonzero((days != days[0]).any(axis=(0, 1)))
    uses = _uses(market, days[:, :, torn_rows], torn_rows)
    if stop.asked:
        return None
    portions = _portions(shares[used], torn_rows)
    torn, kind_of, first = _kinds(crowd, uses, torn_rows, portions)
    dealer = _Dealer(market)
    quote_of = np.zeros(crowd.people, dtype=np.int64)
    for members, row in _gathered(kind_of, first):
        if stop.asked:
            return None
        quote_of[torn[members]] = dealer.deal(uses[:, :, row], portions[:, row].tolist(), len(members))
    return Dealt(choices=days[quote_of, :, crowd.row_of].T, torn=torn)


def _shared(days: Ints, shares: Floats, negligible: float) -> Ints:
    """Put the day that a kind has most of in the place of those that it has no share of."""
    most = days[shares.argmax(axis=0), :, np.arange(days.shape[2])].T
    return np.where(shares[:, None, :] > negligible, days, most)


def _portions(shares: Floats, rows: Ints) -> Floats:
    """Return ``portions[quote, i]`` of rows[i], which sum up to 1."""
    if shares.ndim > 1:
        return np.asarray(shares[:, rows] / shares[:, rows].sum(axis=0))
    return np.broadcast_to((shares / fsum(shares))[:, None], (len(shares), len(rows)))


def _uses(market: Market, days: Ints, rows: Ints) -> Ints:
    """Return what each day uses up: ``uses[quote, what, row]``.

    First the session of each round, counted through the day, or -1 for whoever presents; then how much of
    each criterion that an earlier stage reached.
    """
    crowd = market.crowd
    somebody = np.zeros(crowd.root.rows, dtype=np.int64)
    somebody[crowd.row_of] = np.arange(crowd.people)
    lines = []
    for of_quote in days:
        each = worth(crowd, of_quote, somebody[rows])
        sessions = [
            np.where(of_quote[leaf.round] < leaf.sessions, of_quote[leaf.round] + leaf.first, -1)
            for leaf in crowd.leaves
        ]
        lines.append(np.stack([*sessions, *(each[criterion] for criterion, _ in market.aim.kept)]))
    return np.stack(lines)


def _kinds(crowd: Crowd, uses: Ints, torn_rows: Ints, portions: Floats) -> tuple[Ints, Ints, Ints]:
    """Sort those who are torn by what their days use: people, the kind of each, and a row of each kind.

    Where portions differ, everybody is a kind of their own.
    """
    alike = (portions == portions[:, :1]).all()
    flat = np.ascontiguousarray(np.vstack([*uses, np.zeros_like(torn_rows) if alike else torn_rows]).T)
    # Numbered as bytes: to sort so many lines, number by number, would take longer than all the dealing.
    numbers: dict[bytes, int] = {}
    kind_of_row = [numbers.setdefault(line.tobytes(), len(numbers)) for line in flat]
    kinds = np.full(crowd.root.rows, -1, dtype=np.int64)
    kinds[torn_rows] = kind_of_row
    torn = np.flatnonzero(kinds[crowd.row_of] >= 0)
    return torn, kinds[crowd.row_of[torn]], np.unique(kind_of_row, return_index=True)[1]


def _gathered(kind_of: Ints, row_of_kind: Ints) -> list[tuple[Ints, int]]:
    """Return the members of each kind and its row; kinds in the order of their first members' lots."""
    order = np.argsort(kind_of, kind="stable")
    sizes = np.bincount(kind_of, minlength=len(row_of_kind))
    members = np.split(order, np.cumsum(sizes))[:-1]
    first = [group[0] for group in members]
    return [(members[kind], int(row_of_kind[kind])) for kind in np.argsort(first, kind="stable")]


class _Dealer:
    """Keeps count of how far what was dealt is ahead of the mixture, for each session and kept criterion."""

    def __init__(self, market: Market) -> None:
        self._rounds = len(market.crowd.leaves)
        self._sessions = len(market.crowd.seats)
        self._ahead = [0.0] * market.size

    def deal(self, uses: Ints, portions: Sequence[float], people: int) -> list[int]:
        """Deal a day to each of some people whose days use the same: ``uses[quote, what]``. Gives quotes."""
        due: dict[Use, float] = {}
        quote_with: dict[Use, int] = {}
        for quote, (share, line) in enumerate(zip(portions, uses.tolist(), strict=True)):
            use = self._use(line)
            due[use] = due.get(use, 0.0) + share * people
            quote_with.setdefault(use, quote)
        for use, count in due.items():
            self._move(use, int(count) - count)
        hand = [quote_with[use] for use, count in due.items() for _ in range(int(count))]
        while len(hand) < people:
            use = min(due, key=self._lead)
            self._move(use, 1)
            hand.append(quote_with[use])
        return hand

    def _use(self, line: Sequence[int]) -> Use:
        sessions = ((session, 1) for session in line[: self._rounds] if session >= 0)
        sums = enumerate(line[self._rounds :], start=self._sessions)
        return (*sessions, *sums)

    def _lead(self, use: Use) -> float:
        """Return by how much one more of this would put the squares of what is ahead up."""
        return sum(amount * (2 * self._ahead[what] + amount) for what, amount in use)

    def _move(self, use: Use, people: float) -> None:
        for what, amount in use:
            self._ahead[what] += amount * people
