"""Rounding: a day for each participant, from the fractional solution that the best bound leaves behind.

At the master problem's optimum a few points are mixed (cutting_planes.py): two thirds of the days that one of
them leads to, and one third of another's, would use every session exactly to its seats. Most participants
have the same day in all of them. The others, who are undecided, are dealt one of their days each, so that
after every deal the seats taken are as near as can be to the mixture's, and so is what earlier stages
reached: off in the end by one or two, at the bound's cost.

Legend, with three people: 1A has 2 seats and 1B has 2. At price 1 all of them are as happy with 1A as with
1B. One point seats all three in 1A, another all three in 1B; two thirds and one third of them fill 1A with 2
and 1B with 1. Dealt: Åse 1A (2/3 was due), Bo 1B (it was further behind), Cai 1A.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import fsum

import numpy as np
from numpy.typing import NDArray

from midtvejs.solving.instance.arrays import Ints
from midtvejs.solving.instance.count import TOGETHER, worth
from midtvejs.solving.instance.crowd import Aggregate
from midtvejs.solving.prices.relaxation import Days, DualPoint, Relaxation
from midtvejs.solving.stop import Stop

Floats = NDArray[np.float64]
Sessions = NDArray[np.int16]
"""Sessions, counted from 0 in their round: a number for each round, kind of people and point."""
Uses = Ints | Sessions
"""What days use up, a line for each thing; of sums that earlier stages reached it may be any amount."""
Use = tuple[tuple[int, int], ...]
"""What a day uses up: what, numbered as its price is, and how much of it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rounded:
    """A day for everybody: ``choices[round, person]``, a session counted from 0 in its round.

    A presenter has the number of sessions there are. ``undecided`` are the people, in the order of the
    lottery, who had more than one day in the mixture.
    """

    choices: Ints
    undecided: Ints


def round_to_seats(
    relaxation: Relaxation, points: Sequence[DualPoint], shares: Floats, *, stop: Stop
) -> Rounded | None:
    """Deal everybody a day out of the points that have a share; None where stopping is asked for.

    ``shares[point]`` where all people share alike, ``shares[point, row]`` where each kind has its own.
    """
    aggregate = relaxation.aggregate
    negligible = aggregate.limits.negligible
    used = np.flatnonzero((shares > negligible).T.reshape(-1, len(shares)).any(axis=0)).tolist()
    shape = len(used), len(aggregate.rounds), aggregate.root.rows
    days: Sessions = np.empty(shape, dtype=np.int16)
    for number, of_point in zip(used, days, strict=True):
        if stop.asked:
            return None
        _write_choices(relaxation.days(points[number].prices), of_point)
    if stop.asked:
        return None
    if shares.ndim > 1:
        days = _restrict_to_shares(days, shares[used], negligible)
    undecided_rows = np.flatnonzero((days != days[0]).any(axis=(0, 1)))
    uses = _uses(relaxation, days[:, :, undecided_rows], undecided_rows)
    if stop.asked:
        return None
    portions = _portions(shares[used], undecided_rows)
    undecided, kind_of, first = _kinds(aggregate, uses, undecided_rows, portions)
    dealer = _Dealer(relaxation)
    point_of = np.zeros(aggregate.people, dtype=np.int64)
    for members, row in _group_by_kind(kind_of, first):
        if stop.asked:
            return None
        share = portions[:, row].tolist()
        point_of[undecided[members]] = dealer.deal(uses[:, :, row].tolist(), share, len(members))
    choices = days[point_of, :, aggregate.row_of].T.astype(np.int64, order="C")
    return Rounded(choices=choices, undecided=undecided)


def _write_choices(days: Days, sessions: Sessions) -> None:
    """Write everybody's session of each round, some rows of people at a time."""
    everybody = np.arange(sessions.shape[1])
    for begin in range(0, len(everybody), TOGETHER):
        some = slice(begin, begin + TOGETHER)
        sessions[:, some] = days.choices(everybody[some])


def _restrict_to_shares(days: Sessions, shares: Floats, negligible: float) -> Sessions:
    """Put the day that a kind has most of in the place of those that it has no share of."""
    most = days[shares.argmax(axis=0), :, np.arange(days.shape[2])].T
    return np.where(shares[:, None, :] > negligible, days, most)


def _portions(shares: Floats, rows: Ints) -> Floats:
    """Return ``portions[point, i]`` of rows[i], which sum up to 1."""
    if shares.ndim > 1:
        return np.asarray(shares[:, rows] / shares[:, rows].sum(axis=0))
    return np.broadcast_to((shares / fsum(shares))[:, None], (len(shares), len(rows)))


def _uses(relaxation: Relaxation, days: Sessions, rows: Ints) -> Uses:
    """Return what each day uses up: ``uses[point, what, row]``.

    First the session of each round, counted through the day, or -1 for a presenter; then how much of
    each criterion that an earlier stage reached.
    """
    aggregate = relaxation.aggregate
    anyone = np.zeros(aggregate.root.rows, dtype=np.int64)
    anyone[aggregate.row_of] = np.arange(aggregate.people)
    kept = [criterion for criterion, _ in relaxation.objective.kept]
    shape = len(days), len(aggregate.rounds) + len(kept), len(rows)
    uses = np.empty(shape, dtype=np.int64 if kept else np.int16)
    for of_point, use in zip(days, uses, strict=True):
        for part in aggregate.rounds:
            session = of_point[part.round]
            use[part.round] = np.where(session < part.sessions, session + part.first, -1)
        each = worth(aggregate, of_point, anyone[rows]) if kept else {}
        for number, criterion in enumerate(kept, start=len(aggregate.rounds)):
            use[number] = each[criterion]
    return uses


def _kinds(
    aggregate: Aggregate, uses: Uses, undecided_rows: Ints, portions: Floats
) -> tuple[Ints, Ints, Ints]:
    """Sort those who are undecided by what their days use: people, the kind of each, and a row of each kind.

    Where portions differ, everybody is a kind of their own.
    """
    points, things, rows = uses.shape
    lines: NDArray[np.generic] = uses.reshape(points * things, rows)
    if not (portions == portions[:, :1]).all():
        lines = np.vstack([lines, undecided_rows])
    flat = np.ascontiguousarray(lines.T)
    # Numbered as bytes: to sort so many lines, number by number, would take longer than all the dealing.
    numbers: dict[bytes, int] = {}
    kind_of_row = [numbers.setdefault(line.tobytes(), len(numbers)) for line in flat]
    kinds = np.full(aggregate.root.rows, -1, dtype=np.int64)
    kinds[undecided_rows] = kind_of_row
    undecided = np.flatnonzero(kinds[aggregate.row_of] >= 0)
    return undecided, kinds[aggregate.row_of[undecided]], np.unique(kind_of_row, return_index=True)[1]


def _group_by_kind(kind_of: Ints, row_of_kind: Ints) -> list[tuple[Ints, int]]:
    """Return the members of each kind and its row; kinds in the order of their first members' lots."""
    order = np.argsort(kind_of, kind="stable")
    sizes = np.bincount(kind_of, minlength=len(row_of_kind))
    members = np.split(order, np.cumsum(sizes))[:-1]
    first = [group[0] for group in members]
    return [(members[kind], int(row_of_kind[kind])) for kind in np.argsort(first, kind="stable")]


class _Dealer:
    """Count how far what was dealt is ahead of the mixture, for each session and kept criterion."""

    def __init__(self, relaxation: Relaxation) -> None:
        self._rounds = len(relaxation.aggregate.rounds)
        self._sessions = len(relaxation.aggregate.seats)
        self._ahead = [0.0] * relaxation.size

    def deal(self, uses: Sequence[Sequence[int]], portions: Sequence[float], people: int) -> list[int]:
        """Deal a day to each of some people whose days use the same: ``uses[point, what]``. Return points."""
        due: dict[tuple[int, ...], float] = {}
        point_with: dict[tuple[int, ...], int] = {}
        for point, (share, line) in enumerate(zip(portions, map(tuple, uses), strict=True)):
            due[line] = due.get(line, 0.0) + share * people
            point_with.setdefault(line, point)
        use_of = {line: self._use(line) for line in due}
        for line, count in due.items():
            self._move(use_of[line], int(count) - count)
        hand = [point_with[line] for line, count in due.items() for _ in range(int(count))]
        while len(hand) < people:
            line = min(due, key=lambda line: self._lead(use_of[line]))
            self._move(use_of[line], 1)
            hand.append(point_with[line])
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
