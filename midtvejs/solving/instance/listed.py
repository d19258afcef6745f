"""One list over several rounds, in arrays: a row for each different list, however many have it.

Legend, with two people and one list for rounds R1 and R2, in both of which A, B and C are held:

    row         who wish alike, are free in the same rounds and may be in the same sittings: "A > C" is one
    session     what is ranked, numbered through the list: A, B and C are 0, 1 and 2
    wishes      a row's list: 0, 2
    place       how many stand above each session on a row's list, all of them where it is not on it: 0, 2, 1
    sitting     one time that a session is held: A in R1 is 0, A in R2 is 1, B in R1 is 2 ...
    mask        rounds as bits, those that a sitting fills or a row is free in: 1 is R1, 2 is R2, 3 is both
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from midtvejs.domain.fairness import OVER_SEATS, Criterion, Seat
from midtvejs.domain.participants import Wishes
from midtvejs.solving.instance.arrays import Flags, Index, Ints, Marks, RoundSeats
from midtvejs.solving.instance.case import MOVED, OWN, PRESENTS, Case, CaseBlock, facts_of

NOTHING: frozenset[str] = frozenset()

NOT_TAKEN = 2**40
"""A place below all others, for rounds in which no seat is taken."""


@dataclass(frozen=True, kw_only=True)
class ListLeaf:
    """The lists of a block, a row for each of them.

    ``parts`` are its rounds. ``listed[row]`` is the length of a list, ``wishes[row, place]`` a session of it,
    or -1 after its end; ``place`` has a column for each session. ``free[row]`` is the mask of the rounds in
    which a row takes seats, ``pinned[row, session]`` tells what it has to be in.

    Of each sitting, ``session_of`` is its session, ``mask`` the rounds it fills, and ``spots[sitting, part]``
    the session's number in each of these, -1 in the others. ``open[row, sitting]`` tells who may be in it,
    ``marks`` what else there is to say of a seat in it. ``begun[part][session of the round]`` is the sitting
    that begins there, -1 where one goes on.
    """

    number: int
    parts: tuple[RoundSeats, ...]
    listed: Ints
    wishes: Ints
    place: Ints
    marks: Marks
    free: Ints
    pinned: Flags
    session_of: Ints
    mask: Ints
    spots: Ints
    open: Flags
    begun: tuple[Ints, ...]

    @property
    def rows(self) -> int:
        return len(self.listed)

    @property
    def sessions(self) -> int:
        return len(self.place.T)

    @property
    def rounds(self) -> Ints:
        """Return in how many rounds each row takes seats."""
        bits = [self.free >> bit & 1 for bit in range(len(self.parts))]
        return np.asarray(np.stack(bits).sum(axis=0, dtype=np.int64))

    @cached_property
    def groups(self) -> tuple[ListGroup, ...]:
        """The rows, put together whose cheapest days are found alike."""
        return group_rows(self)

    @cached_property
    def where(self) -> tuple[Ints, Ints]:
        """The group of each row, and its place there."""
        group_of, place = np.zeros((2, self.rows), dtype=np.int64)
        for number, group in enumerate(self.groups):
            group_of[group.rows] = number
            place[group.rows] = np.arange(len(group.rows))
        return group_of, place

    @property
    def highest(self) -> int:
        """The most steps that anybody could take: none of their wishes, all day long."""
        return int((self.listed * self.rounds).max(initial=0))

    def highest_of(self, row: int) -> int:
        """Return the most steps that a row could take."""
        return int(self.listed[row]) * int(self.free[row]).bit_count()

    @property
    def some_last(self) -> bool:
        """Whether any sitting goes on through several rounds."""
        return bool((self.mask & (self.mask - 1)).any())

    def worth(self, rows: Ints | Index, choices: Ints) -> tuple[Ints, dict[Criterion, Ints]]:
        """Return the steps of some rows, and what they add to each sum over seats.

        ``choices[round, i]`` is the session of rows[i], through all rounds of the day.
        """
        taken = np.stack([self._sittings_begun(part, choices) for part in range(len(self.parts))])
        filled = np.stack([choices[part.round] < part.sessions for part in self.parts]).sum(axis=0)
        # What is -1 looks up the last session, and is not used.
        place = np.where(taken < 0, NOT_TAKEN, self.place[rows, self.session_of[taken]])
        order = place.argsort(axis=0, kind="stable")
        place = np.take_along_axis(place, order, axis=0)
        marks = np.take_along_axis(self.marks[rows, taken], order, axis=0)
        seated = place < NOT_TAKEN
        listed = self.listed[rows]
        wished = (place < listed).sum(axis=0)
        nth = np.arange(len(place))[:, None]
        steps = np.where(seated, place - (place[None] < place[:, None]).sum(axis=1), 0)
        spare = (nth >= wished) & (nth - wished < filled - listed)
        columns = np.broadcast_arrays(steps, listed, place, filled, spare, marks)
        facts = np.stack([each[seated].astype(np.int64) for each in columns])
        sums = {}
        for criterion, amount in OVER_SEATS.items():
            amounts = np.zeros(place.shape, dtype=np.int64)
            amounts[seated] = amounts_of_seats(amount, facts)
            sums[criterion] = amounts.sum(axis=0)
        return steps.sum(axis=0), sums

    def _sittings_begun(self, part: int, choices: Ints) -> Ints:
        """Return the sitting that each choice begins in a round, -1 where it begins none."""
        # The last one is for those who stand there.
        return np.asarray(np.append(self.begun[part], -1)[choices[self.parts[part].round]])


def amounts_of_seats(amount: Callable[[Seat], int], facts: Ints) -> Ints:
    """Return the amount of each seat. Few differ: each of those is asked about once.

    The lines of ``facts`` are what there is to know of a seat: steps, listed, place, rounds, spare, marks.
    """
    keys = np.ravel_multi_index(tuple(facts), tuple((facts.max(axis=1, initial=0) + 1).tolist()))
    _, first, number = np.unique(keys, return_index=True, return_inverse=True)
    known = [
        amount(
            Seat(steps=steps, listed=listed, place=place, rounds=rounds, spare=bool(spare), **facts_of(marks))
        )
        for steps, listed, place, rounds, spare, marks in facts[:, first].T.tolist()
    ]
    amounts: Ints = np.array(known, dtype=np.int64)[number.reshape(-1)]
    return amounts


@dataclass(frozen=True, slots=True)
class _Kind:
    """Who are alike in a block: their rankings in its rounds, their list, and what they have to be in."""

    rankings: tuple[int, ...]
    wishes: Wishes
    pinned: frozenset[str]


def list_leaf(
    case: Case, block: CaseBlock, number: int, parts: tuple[RoundSeats, ...]
) -> tuple[ListLeaf, Index]:
    """Number the different lists of a block, and return everybody's row beside them."""
    kinds: dict[_Kind, int] = {}
    row_of = np.empty(len(case.rows), dtype=np.int32)
    codes = frozenset(block.codes)
    for person, (row, participant) in enumerate(zip(case.rows, case.participants, strict=True)):
        pinned = case.pinned.get(person, NOTHING) & codes if case.pinned else NOTHING
        rankings = tuple([row[round_] for round_ in block.rounds])
        kind = _Kind(rankings, participant.wishes[block.number], pinned)
        row_of[person] = kinds.setdefault(kind, len(kinds))
    return _leaf_of(case, block, number, parts, list(kinds)), row_of


def _leaf_of(
    case: Case, block: CaseBlock, number: int, parts: tuple[RoundSeats, ...], kinds: list[_Kind]
) -> ListLeaf:
    sittings = [(session, sitting) for session, each in enumerate(block.sittings) for sitting in each]
    spots = np.full((len(sittings), len(parts)), -1, dtype=np.int64)
    for index, (_, sitting) in enumerate(sittings):
        for round_, session in sitting:
            spots[index, block.rounds.index(round_)] = session
    session_of = np.array([session for session, _ in sittings], dtype=np.int64)
    begun = [np.full(part.sessions, -1, dtype=np.int64) for part in parts]
    for index, (_, ((round_, spot), *_)) in enumerate(sittings):
        begun[block.rounds.index(round_)][spot] = index
    rankings = np.array([kind.rankings for kind in kinds], dtype=np.int64).reshape(-1, len(parts))
    seated = rankings != PRESENTS
    is_open = np.ones((len(kinds), len(sittings)), dtype=np.bool_)
    marks = np.zeros((len(kinds), len(sittings)), dtype=np.int8)
    for part, round_ in enumerate(block.rounds):
        here, rows = case.rounds[round_], np.flatnonzero(seated[:, part])
        opened = _flags(here.open, len(here.codes))[rankings[rows, part]]
        own = _flags(here.own, len(here.codes))[rankings[rows, part]]
        moved = _flags(here.moved, len(here.codes))[rankings[rows, part]]
        of_here = (own * OWN + moved * MOVED).astype(np.int8)
        for held in np.flatnonzero(spots[:, part] >= 0).tolist():
            is_open[~seated[:, part], held] = False
            is_open[rows, held] &= opened[:, spots[held, part]]
            marks[rows, held] |= of_here[:, spots[held, part]]
    listed = np.array([len(kind.wishes.codes) for kind in kinds], dtype=np.int64)
    place = np.repeat(listed[:, None], len(block.codes), axis=1)
    wishes = np.full((len(kinds), int(listed.max(initial=0))), -1, dtype=np.int64)
    index_of = {code: index for index, code in enumerate(block.codes)}
    for row, kind in enumerate(kinds):
        ranked = [index_of[code] for code in kind.wishes.codes]
        wishes[row, : len(ranked)] = ranked
        place[row, ranked] = kind.wishes.places
    bits = 1 << np.arange(len(parts), dtype=np.int64)
    return ListLeaf(
        number=number,
        parts=parts,
        listed=listed,
        wishes=wishes,
        place=place,
        marks=marks,
        free=(seated * bits).sum(axis=1),
        pinned=np.array([[code in kind.pinned for code in block.codes] for kind in kinds], dtype=np.bool_),
        session_of=session_of,
        mask=((spots >= 0) * bits).sum(axis=1),
        spots=spots,
        open=is_open,
        begun=tuple(begun),
    )


def _flags(of_kinds: Sequence[Iterable[int]], width: int) -> Flags:
    """Return a row of flags for each ranking of a round, up for the sessions that it names."""
    flags = np.zeros((len(of_kinds), width), dtype=np.bool_)
    for row, sessions in enumerate(of_kinds):
        flags[row, list(sessions)] = True
    return flags


ROWS = 2048
"""How many rows are looked at together: so many keep what is worked on near to the processor."""


State = tuple[int, int]
"""A mask of rounds filled, and how many sessions fill them."""


@dataclass(frozen=True, kw_only=True)
class ListGroup:
    """Rows with lists of one length that are free in the same rounds.

    ``masks`` are the different sets of rounds that sittings fill. ``above[place, row]`` wishes stand strictly
    above the one at a place: fewer than that where some are wished for equally. The sitting that fills a
    mask's rounds is ``sittings[place, mask, row]`` of the wish at a place, and ``others[session, mask, row]``
    of a session that is not listed; -1 where there is none that is open. ``pinned[place, row]`` and
    ``others_pinned[session, row]`` say what has to be taken; ``marks`` and ``others_marks`` what else there
    is to say of a seat in these sittings. ``states`` begin with the fullest.
    """

    rows: Ints
    free: int
    listed: int
    masks: tuple[int, ...]
    states: tuple[State, ...]
    above: Ints
    sittings: Index
    others: Index
    pinned: Flags
    others_pinned: Flags
    marks: Marks
    others_marks: Marks

    @cached_property
    def has_equals(self) -> bool:
        """Whether any two sessions of a list are wished for equally."""
        return bool((self.above != np.arange(self.listed)[:, None]).any())

    @cached_property
    def rounds(self) -> int:
        return self.free.bit_count()

    @cached_property
    def number(self) -> Mapping[State, int]:
        """The number of each state."""
        return {state: number for number, state in enumerate(self.states)}

    @cached_property
    def moves(self) -> tuple[tuple[tuple[int, int], ...], ...]:
        """How each state is reached: the number of the mask filled last, and that of the state before."""
        return tuple(
            tuple(
                (number, self.number[filled ^ mask, taken - 1])
                for number, mask in enumerate(self.masks)
                if mask & filled == mask and (filled ^ mask, taken - 1) in self.number
            )
            for filled, taken in self.states
        )

    @cached_property
    def before(self) -> Ints:
        """Return ``before[state, mask]``: the number of the state that was left by filling a mask."""
        before = np.full((len(self.states), max(1, len(self.masks))), -1, dtype=np.int64)
        for number, moves in enumerate(self.moves):
            for mask, earlier in moves:
                before[number, mask] = earlier
        return before

    @cached_property
    def counts(self) -> Ints:
        """How many sessions were taken in each state."""
        return np.array([count for _, count in self.states], dtype=np.int64)


def group_rows(leaf: ListLeaf) -> tuple[ListGroup, ...]:
    """Put rows together whose cheapest days are found alike."""
    in_order = np.take_along_axis(leaf.place, np.maximum(leaf.wishes, 0), axis=1)
    equal = ((in_order != np.arange(leaf.wishes.shape[1])) & (leaf.wishes >= 0)).any(axis=1)
    kinds, kind_of = np.unique(np.stack([leaf.free, leaf.listed, equal]), axis=1, return_inverse=True)
    groups = []
    for number, (free, listed, _) in enumerate(kinds.T.tolist()):
        rows = np.flatnonzero(kind_of.reshape(-1) == number)
        starts = range(0, len(rows), ROWS)
        groups += [_group(leaf, rows[start : start + ROWS], free, listed) for start in starts]
    return tuple(groups)


def _group(leaf: ListLeaf, rows: Ints, free: int, listed: int) -> ListGroup:
    masks = tuple(mask for mask in np.unique(leaf.mask).tolist() if not mask & ~free)
    of_session = np.full((len(masks), leaf.sessions, len(rows)), -1, dtype=np.int32)
    for sitting, (session, mask) in enumerate(zip(leaf.session_of.tolist(), leaf.mask.tolist(), strict=True)):
        if mask in masks:
            of_session[masks.index(mask), session] = np.where(leaf.open[rows, sitting], sitting, -1)
    wishes = leaf.wishes[rows, :listed].T
    at = np.arange(len(rows))
    is_listed = listed > leaf.place[rows].T
    sittings = of_session[:, wishes, at].transpose(1, 0, 2).copy()
    others = np.where(is_listed, -1, of_session).transpose(1, 0, 2).copy()
    return ListGroup(
        rows=rows,
        free=free,
        listed=listed,
        masks=masks,
        states=_states(masks),
        above=leaf.place[rows, wishes],
        sittings=sittings,
        others=others,
        pinned=leaf.pinned[rows, wishes],
        others_pinned=leaf.pinned[rows].T & ~is_listed,
        marks=leaf.marks[rows, sittings],
        others_marks=leaf.marks[rows, others],
    )


def _states(masks: Sequence[int]) -> tuple[State, ...]:
    """Return what sittings that fill such rounds can fill together, the fullest first."""
    found = {(0, 0)}
    latest = set(found)
    while latest:
        further = (
            (filled | mask, taken + 1) for filled, taken in latest for mask in masks if not filled & mask
        )
        latest = set(further) - found
        found |= latest
    return tuple(sorted(found, key=lambda state: (-state[1], state[0])))
