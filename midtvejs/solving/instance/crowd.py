"""Aggregation: the participants in arrays, where those who wish alike are one row with a count.

Legend, with three people and rounds R1 (1A, 1B) and R2 (2A, 2B):

    leaf        a list: a round's, or one over several rounds (listed.py). The rows of a round's are the
                different rankings in it, and one more for presenters.
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

from midtvejs.domain.fairness import OVER_MOVED, OVER_REGRETS, OVER_SEATS, Criterion, Seat
from midtvejs.domain.program import Program, Room
from midtvejs.solving.instance.arrays import Flags, Index, Ints, RoundSeats
from midtvejs.solving.instance.case import MOVED, OWN, PRESENTS, STANDING, Case, CaseRound, facts_of
from midtvejs.solving.instance.listed import ListLeaf, list_leaf
from midtvejs.solving.limits import Limits


@dataclass(frozen=True, slots=True, kw_only=True)
class Leaf:
    """A round's rankings: tables of a row for each ranking and a column for each session.

    The last row, ``presents``, is for presenters; the last column is where they stand, in a session of their
    own. ``open`` tells which sessions a row may have at all, ``steps`` how far below the first wish each is,
    and ``amounts`` what a seat there adds to each criterion that is a sum over seats. ``number`` is the
    leaf's own, and ``part`` the round that it is.
    """

    number: int
    part: RoundSeats
    open: NDArray[np.bool_]
    steps: Ints
    amounts: Mapping[Criterion, Ints]

    @property
    def rows(self) -> int:
        return len(self.steps)

    @property
    def parts(self) -> tuple[RoundSeats, ...]:
        return (self.part,)

    @property
    def round(self) -> int:
        return self.part.round

    @property
    def first(self) -> int:
        return self.part.first

    @property
    def seats(self) -> Ints:
        return self.part.seats

    @property
    def sessions(self) -> int:
        return self.part.sessions

    @property
    def presents(self) -> int:
        return self.rows - 1

    @property
    def highest(self) -> int:
        """The most steps that anybody could take."""
        return int(self.steps.max(initial=0))

    def highest_of(self, row: int) -> int:
        """Return the most steps that a row could take."""
        return int(self.steps[row].max(initial=0))

    def worth(self, rows: Ints | Index, choices: Ints) -> tuple[Ints, dict[Criterion, Ints]]:
        """Return the steps of some rows, and what they add to each sum over seats.

        ``choices[round, i]`` is the session of rows[i], through all rounds of the day.
        """
        cells = rows * np.int64(self.sessions + 1) + choices[self.round]
        sums = {criterion: amounts.take(cells) for criterion, amounts in self.amounts.items()}
        return self.steps.take(cells), sums

    @property
    def wishes(self) -> NDArray[np.bool_]:
        """Return which rankings have any wishes: without, no session is further down than another."""
        return np.asarray(self.steps.any(axis=1))


@dataclass(frozen=True, slots=True, kw_only=True)
class Node:
    """Pairs of rows of ``left`` and ``right``: row i is ``left_row[i]`` with ``right_row[i]``."""

    left: Branch
    right: Branch
    left_row: Index
    right_row: Index

    @property
    def rows(self) -> int:
        return len(self.left_row)


Branch = Leaf | ListLeaf | Node


@dataclass(frozen=True, slots=True, kw_only=True)
class EarlierDays:
    """The rows of a ``branch`` that is the whole day, with the day that each of them had before.

    ``had`` tells which rows had one, and could be moved from it; ``regret`` is what it came to, and ``open``
    tells whose day is still open to them. Of such a day ``choices[round, row]`` are the sessions, and
    ``sums`` what it adds to each sum over seats.
    """

    branch: Branch
    parts: tuple[RoundSeats, ...]
    had: Flags
    open: Flags
    choices: Ints
    regret: Ints
    sums: Mapping[Criterion, Ints]

    @property
    def rows(self) -> int:
        return self.branch.rows


Root = Branch | EarlierDays


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenRooms:
    """Rooms still to be dealt out among some ``sessions`` of a round, in the day's numbering.

    ``seats`` of as many rooms as there are sessions, most first: as many as any of the sessions would have;
    0 where there are not so many rooms. Sessions of a round may be in the same rooms, or have none in common.
    """

    sessions: Ints
    seats: Ints


@dataclass(frozen=True, slots=True, kw_only=True)
class Aggregate:
    """A case in arrays.

    ``row_of[person]`` is the person's row of ``root``, ``ranking[leaf, person]`` their row of a leaf.
    ``rounds`` are in the order of the day.
    """

    rounds: tuple[RoundSeats, ...]
    leaves: tuple[Leaf | ListLeaf, ...]
    open_rooms: tuple[OpenRooms, ...]
    root: Root
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
        return np.concatenate([round_.seats for round_ in self.rounds])

    def seats_at(self, prices: Ints) -> Ints:
        """Return the seats of every session if the dearest have the largest rooms: none are worth more.

        (Hardy, Littlewood and Pólya 1934, "Inequalities": sums of products are largest in like order.)
        """
        seats = self.seats
        for rooms in self.open_rooms:
            seats[rooms.sessions[np.argsort(-prices[rooms.sessions], kind="stable")]] = rooms.seats
        return seats

    @property
    def keeps(self) -> bool:
        """Whether an earlier day is to be kept."""
        return isinstance(self.root, EarlierDays)

    @property
    def earlier_regrets(self) -> Ints:
        """The regret of each row's earlier day; 0 where no day is to be kept."""
        root = self.root
        return root.regret if isinstance(root, EarlierDays) else np.zeros(root.rows, dtype=np.int64)

    def count_moved(self, people: Ints, moved: Flags, regrets: Ints) -> dict[Criterion, Ints]:
        """Return what the days of ``people`` add to the sums over those who are moved."""
        if not self.keeps:
            return {criterion: np.zeros_like(regrets) for criterion in OVER_MOVED}
        gains = self.earlier_regrets[self.row_of[people]] - regrets
        return {criterion: moved * amounts_of_moved(criterion, gains) for criterion in OVER_MOVED}

    @property
    def furthest(self) -> int:
        """The highest regret that anybody could have at all."""
        return sum(leaf.highest for leaf in self.leaves)

    @property
    def has_lists(self) -> bool:
        """Whether any list is for several rounds."""
        return any(isinstance(leaf, ListLeaf) for leaf in self.leaves)


def amounts_of(criterion: Criterion, highest: int) -> Ints:
    """Return what each regret up to the highest adds to a criterion that is a sum over regrets."""
    amount = OVER_REGRETS[criterion]
    return np.array([amount(regret) for regret in range(highest + 1)], dtype=np.int64)


def amounts_of_moved(criterion: Criterion, gains: Ints) -> Ints:
    """Return what being moved adds to a criterion that is a sum over those who are, by the steps gained."""
    different, which = np.unique(gains, return_inverse=True)
    amounts = np.array([OVER_MOVED[criterion](gain) for gain in different.tolist()], dtype=np.int64)
    return np.asarray(amounts[which.reshape(gains.shape)])


def growth_of(criterion: Criterion, highest: int) -> Ints:
    """Return what each step more, from none to the highest regret, adds to a sum over regrets."""
    return np.diff(amounts_of(criterion, highest))


def aggregate_case(case: Case) -> Aggregate:
    """Count who wishes alike, joining the rounds with the fewest different rankings first."""
    rounds = _rounds(case)
    people = len(case.participants)
    rows = np.array(case.columns, dtype=np.int32).reshape(len(rounds), people)
    leaves: list[Leaf | ListLeaf] = []
    ranking = np.empty((len(rounds), people), dtype=np.int32)
    for part in rounds:
        number = len(leaves)
        block = case.block_of.get(part.round)
        if block is None:
            leaf = _leaf(case.rounds[part.round], number, part)
            ranking[number] = np.where(rows[part.round] == PRESENTS, leaf.presents, rows[part.round])
            leaves.append(leaf)
        elif block.rounds[0] == part.round:
            parts = tuple(rounds[round_] for round_ in block.rounds)
            listed, ranking[number] = list_leaf(case, block, number, parts)
            leaves.append(listed)
    ranking = ranking[: len(leaves)]
    branches: list[tuple[Branch, Index]] = [(leaf, ranking[leaf.number]) for leaf in leaves]
    while len(branches) > 1:
        branches.sort(key=lambda branch: branch[0].rows)
        (left, left_of), (right, right_of), *others = branches
        branches = [*others, _join(left, left_of, right, right_of)]
    ((branch, row_of),) = branches
    counts = np.bincount(row_of, minlength=branch.rows).astype(np.int64)
    return Aggregate(
        rounds=rounds,
        leaves=tuple(leaves),
        open_rooms=tuple(_open_rooms(case.program, rounds, people)),
        root=_keep_earlier(case, branch, row_of, leaves, ranking),
        row_of=row_of,
        ranking=ranking,
        counts=counts,
        limits=case.limits,
    )


def _keep_earlier(
    case: Case,
    branch: Branch,
    row_of: Index,
    leaves: list[Leaf | ListLeaf],
    ranking: Index,
) -> Root:
    """Return the day with what participants had before, where that is asked for."""
    if not case.keeps:
        return branch
    # Those who are alike had the same sessions, as far as they could be moved from them.
    anyone = np.zeros(branch.rows, dtype=np.int64)
    anyone[row_of] = np.arange(len(row_of))
    standing = [len(round_.codes) for round_ in case.rounds]
    # The row for presenters may have nobody in it.
    somebody = np.bincount(row_of, minlength=branch.rows) > 0
    days = [
        case.earlier[person] if known else None
        for person, known in zip(anyone.tolist(), somebody.tolist(), strict=True)
    ]
    choices = np.array(
        [
            standing
            if day is None
            else [none if each == STANDING else each for each, none in zip(day, standing, strict=True)]
            for day in days
        ],
        dtype=np.int64,
    ).T
    sums = {criterion: np.zeros(branch.rows, dtype=np.int64) for criterion in OVER_SEATS}
    for leaf in leaves:
        for criterion, each in leaf.worth(ranking[leaf.number, anyone], choices)[1].items():
            sums[criterion] += each
    had = [
        any(
            row != PRESENTS and round_.moved[row]
            for row, round_ in zip(case.rows[person], case.rounds, strict=True)
        )
        for person in anyone.tolist()
    ]
    return EarlierDays(
        branch=branch,
        parts=tuple(part for leaf in leaves for part in leaf.parts),
        had=np.array(had, dtype=np.bool_) & somebody,
        open=np.array([day is not None for day in days], dtype=np.bool_),
        choices=choices,
        regret=np.array(case.earlier_regrets, dtype=np.int64)[anyone],
        sums=sums,
    )


def _rounds(case: Case) -> tuple[RoundSeats, ...]:
    rounds = []
    first = 0
    for number, round_ in enumerate(case.rounds):
        rounds.append(RoundSeats(round=number, first=first, seats=np.array(round_.seats, dtype=np.int64)))
        first += len(round_.codes)
    return tuple(rounds)


def _open_rooms(program: Program, parts: tuple[RoundSeats, ...], people: int) -> Iterator[OpenRooms]:
    for part, round_ in zip(parts, program.rounds, strict=True):
        waiting: dict[tuple[Room, ...], list[int]] = {}
        for number, session in enumerate(round_.sessions):
            if session.rooms:
                waiting.setdefault(session.rooms, []).append(number)
        for rooms, numbers in waiting.items():
            sessions = [round_.sessions[number] for number in numbers]
            most = sorted((max(each.seats_in(room) for each in sessions) for room in rooms), reverse=True)
            # What may be cancelled can be left without a room.
            most = [*(min(seats, people) for seats in most), *[0] * len(numbers)]
            yield OpenRooms(
                sessions=np.array(numbers, dtype=np.int64) + part.first,
                seats=np.array(most[: len(numbers)], dtype=np.int64),
            )


def _leaf(round_: CaseRound, number: int, part: RoundSeats) -> Leaf:
    width = len(round_.codes)
    steps = np.zeros((len(round_.rankings) + 1, width + 1), dtype=np.int64)
    steps[:-1, :-1] = np.array(round_.rankings, dtype=np.int64).reshape(-1, width)
    is_open = np.zeros_like(steps, dtype=np.bool_)
    is_open[-1, -1] = True
    marks = np.zeros_like(steps)
    for row, (sessions, own, moved) in enumerate(zip(round_.open, round_.own, round_.moved, strict=True)):
        is_open[row, list(sessions)] = True
        marks[row, list(own)] += OWN
        marks[row, list(moved)] += MOVED
    listed = np.array([*round_.listed, 0], dtype=np.int64)
    return Leaf(
        number=number,
        part=part,
        open=is_open,
        steps=steps,
        amounts={each: _amounts(amount, steps, listed, marks) for each, amount in OVER_SEATS.items()},
    )


def _amounts(amount: Callable[[Seat], int], steps: Ints, listed: Ints, marks: Ints) -> Ints:
    """Return the amount of each cell. Few seats differ in their facts: each of those is asked about once."""
    longest = int(listed.max(initial=0)) + 1
    facts = (steps * longest + listed[:, None]) * (OWN + MOVED + 1) + marks
    different = np.flatnonzero(np.bincount(facts.ravel()))
    known = np.zeros(different[-1] + 1, dtype=np.int64)
    for fact in different.tolist():
        rest, marked = divmod(fact, OWN + MOVED + 1)
        below, of_listed = divmod(rest, longest)
        known[fact] = amount(Seat(steps=below, listed=of_listed, **facts_of(marked)))
    amounts: Ints = known[facts]
    # Those who stand, or present, take no seat.
    amounts[-1], amounts[:, -1] = 0, 0
    return amounts


def _join(left: Branch, left_of: Index, right: Branch, right_of: Index) -> tuple[Branch, Index]:
    keys, row_of = np.unique(left_of.astype(np.int64) * right.rows + right_of, return_inverse=True)
    node = Node(
        left=left,
        right=right,
        left_row=(keys // right.rows).astype(np.int32),
        right_row=(keys % right.rows).astype(np.int32),
    )
    return node, row_of.astype(np.int32)
