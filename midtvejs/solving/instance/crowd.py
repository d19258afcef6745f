"""Aggregation: the participants in arrays, where those who wish alike are one row with a count.

Legend, with three people and rounds R1 (1A, 1B) and R2 (2A, 2B):

    leaf        a round. Its rows are the different rankings in it, and one more for presenters.
    node        two leaves (or nodes) joined. Its rows are the pairs of rows seen together: if Åse and Bo both
                wish 1A > 1B and 2A > 2B, and Cai 1A > 1B and 2B > 2A, then R1 has 1 row, R2 has 2 rows, and
                the node above them has 2 rows: (0, 0) for two people, (0, 1) for one.
    root        the last node: its rows are the different participants there are, ``counts`` how many of each.
    level       steps so far: a day of regret 2 is at level 2 of the root, made of levels 2 + 0, 1 + 1 or
                0 + 2 of its two children.
    sessions    are numbered through the whole day: R1 has 0 and 1, R2 has 2 and 3.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from midtvejs.domain.fairness import OVER_REGRETS, OVER_SEATS, Criterion, Seat
from midtvejs.domain.program import Program
from midtvejs.solving.instance.case import PRESENTS, Case, CaseRound
from midtvejs.solving.limits import Limits

Ints = NDArray[np.int64]
Index = NDArray[np.int32]


@dataclass(frozen=True, slots=True, kw_only=True)
class Leaf:
    """A round's rankings: tables of a row for each ranking and a column for each session.

    The last row, ``presents``, is for presenters; the last column is where they stand, in a session of their
    own. ``open`` tells which sessions a row may have at all, ``steps`` how far below the first wish each is,
    and ``amounts`` what a seat there adds to each criterion that is a sum over seats. ``round`` is the leaf's
    number in the day, ``first`` that of its first session among all of the day's.
    """

    round: int
    first: int
    seats: Ints
    open: NDArray[np.bool_]
    steps: Ints
    amounts: Mapping[Criterion, Ints]

    @property
    def rows(self) -> int:
        return len(self.steps)

    @property
    def sessions(self) -> int:
        return len(self.seats)

    @property
    def presents(self) -> int:
        return self.rows - 1

    @property
    def wishes(self) -> NDArray[np.bool_]:
        """Return which rankings have any wishes: without, no session is further down than another."""
        return np.asarray(self.steps.any(axis=1))


@dataclass(frozen=True, slots=True, kw_only=True)
class Node:
    """Pairs of rows of ``left`` and ``right``: row i is ``left_row[i]`` with ``right_row[i]``."""

    left: Leaf | Node
    right: Leaf | Node
    left_row: Index
    right_row: Index

    @property
    def rows(self) -> int:
        return len(self.left_row)


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenRooms:
    """Rooms still to be dealt out among some ``sessions`` of a round, in the day's numbering.

    ``seats`` of as many rooms as there are sessions, most first: as many as any of the sessions would have.
    """

    sessions: Ints
    seats: Ints


@dataclass(frozen=True, slots=True, kw_only=True)
class Aggregate:
    """A case in arrays.

    ``row_of[person]`` is the person's row of ``root``, ``ranking[round, person]`` their row of a leaf.
    """

    leaves: tuple[Leaf, ...]
    open_rooms: tuple[OpenRooms, ...]
    root: Leaf | Node
    row_of: Index
    ranking: Index
    counts: Ints
    limits: Limits

    @property
    def people(self) -> int:
        return len(self.row_of)

    @property
    def seats(self) -> Ints:
        """The seats of every session, in the day's numbering; where rooms are open, those of the largest."""
        return np.concatenate([leaf.seats for leaf in self.leaves])

    def seats_at(self, prices: Ints) -> Ints:
        """Return the seats of every session if the dearest have the largest rooms: none are worth more.

        (Hardy, Littlewood and Pólya 1934, "Inequalities": sums of products are largest in like order.)
        """
        seats = self.seats
        for rooms in self.open_rooms:
            seats[rooms.sessions[np.argsort(-prices[rooms.sessions], kind="stable")]] = rooms.seats
        return seats

    @property
    def furthest(self) -> int:
        """The highest regret that anybody could have at all."""
        return sum(int(leaf.steps.max(initial=0)) for leaf in self.leaves)


def amounts_of(criterion: Criterion, highest: int) -> Ints:
    """Return what each regret up to the highest adds to a criterion that is a sum over regrets."""
    amount = OVER_REGRETS[criterion]
    return np.array([amount(regret) for regret in range(highest + 1)], dtype=np.int64)


def growth_of(criterion: Criterion, highest: int) -> Ints:
    """Return what each step more, from none to the highest regret, adds to a sum over regrets."""
    return np.diff(amounts_of(criterion, highest))


def aggregate_case(case: Case) -> Aggregate:
    """Count who wishes alike, joining the rounds with the fewest different rankings first."""
    leaves = _leaves(case)
    ranking = np.array(case.rows, dtype=np.int32).reshape(len(case.rows), len(leaves)).T.copy()
    for leaf in leaves:
        ranking[leaf.round][ranking[leaf.round] == PRESENTS] = leaf.presents
    branches: list[tuple[Leaf | Node, Index]] = [(leaf, ranking[leaf.round]) for leaf in leaves]
    while len(branches) > 1:
        branches.sort(key=lambda branch: branch[0].rows)
        (left, left_of), (right, right_of), *others = branches
        branches = [*others, _join(left, left_of, right, right_of)]
    ((root, row_of),) = branches
    counts = np.bincount(row_of, minlength=root.rows).astype(np.int64)
    return Aggregate(
        leaves=leaves,
        open_rooms=tuple(_open_rooms(case.program, leaves)),
        root=root,
        row_of=row_of,
        ranking=ranking,
        counts=counts,
        limits=case.limits,
    )


def _leaves(case: Case) -> tuple[Leaf, ...]:
    leaves = []
    first = 0
    for number, round_ in enumerate(case.rounds):
        leaves.append(_leaf(round_, number, first))
        first += len(round_.codes)
    return tuple(leaves)


def _open_rooms(program: Program, leaves: tuple[Leaf, ...]) -> Iterator[OpenRooms]:
    for leaf, round_ in zip(leaves, program.rounds, strict=True):
        waiting = [number for number, session in enumerate(round_.sessions) if session.rooms]
        if waiting:
            sessions = [round_.sessions[number] for number in waiting]
            rooms = sessions[0].rooms
            most = sorted((max(each.seats_in(room) for each in sessions) for room in rooms), reverse=True)
            yield OpenRooms(
                sessions=np.array(waiting, dtype=np.int64) + leaf.first,
                seats=np.array(most[: len(waiting)], dtype=np.int64),
            )


def _leaf(round_: CaseRound, number: int, first: int) -> Leaf:
    width = len(round_.codes)
    steps = np.zeros((len(round_.rankings) + 1, width + 1), dtype=np.int64)
    steps[:-1, :-1] = np.array(round_.rankings, dtype=np.int64).reshape(-1, width)
    is_open = np.zeros_like(steps, dtype=np.bool_)
    is_open[-1, -1] = True
    own = np.zeros_like(steps)
    for row, (sessions, of_theirs) in enumerate(zip(round_.open, round_.own, strict=True)):
        is_open[row, list(sessions)] = True
        own[row, list(of_theirs)] = 1
    listed = np.array([*round_.listed, 0], dtype=np.int64)
    return Leaf(
        round=number,
        first=first,
        seats=np.array(round_.seats, dtype=np.int64),
        open=is_open,
        steps=steps,
        amounts={criterion: _amounts(amount, steps, listed, own) for criterion, amount in OVER_SEATS.items()},
    )


def _amounts(amount: Callable[[Seat], int], steps: Ints, listed: Ints, own: Ints) -> Ints:
    """Return the amount of each cell. Few seats differ in their facts: each of those is asked about once."""
    longest = int(listed.max(initial=0)) + 1
    facts = (steps * longest + listed[:, None]) * 2 + own
    different = np.flatnonzero(np.bincount(facts.ravel()))
    known = np.zeros(different[-1] + 1, dtype=np.int64)
    for fact in different.tolist():
        below, of_listed = divmod(fact // 2, longest)
        known[fact] = amount(Seat(steps=below, listed=of_listed, own=bool(fact % 2)))
    amounts: Ints = known[facts]
    # Those who stand, or present, take no seat.
    amounts[-1], amounts[:, -1] = 0, 0
    return amounts


def _join(
    left: Leaf | Node, left_of: Index, right: Leaf | Node, right_of: Index
) -> tuple[Leaf | Node, Index]:
    keys, row_of = np.unique(left_of.astype(np.int64) * right.rows + right_of, return_inverse=True)
    node = Node(
        left=left,
        right=right,
        left_row=(keys // right.rows).astype(np.int32),
        right_row=(keys % right.rows).astype(np.int32),
    )
    return node, row_of.astype(np.int32)
