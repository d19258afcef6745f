"""Who could pass seats on to whom: the parties of a round that are of one size, and what holds for them.

Legend, with a pencil: Åse and Bo stay together in R1, Cai and Dea are alone. R1 has two turns: that of the
parties of two, Åse and Bo, and that of the parties of one, Cai and Dea. Cai and Dea may pass seats on to each
other; Åse and Bo may only go where two seats are free.

    party       who are in one session of a round whatever happens: those who stay together, or one alone
    turn        the parties of one size in a round: they may pass on their seats in a circle
    trait       what is counted in a session beside heads, numbered from 0 in each round: those of one
                organisation of whom only so many may be there, those of a group who are to be apart, those of
                whom each two are a pair that counts. The last is a trait without any limits
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

import numpy as np

from midtvejs.domain.fairness import Criterion
from midtvejs.solving.instance.arrays import Flags, Ints
from midtvejs.solving.instance.crowd import Aggregate, Leaf

ANYBODY = 2**31
"""More people than there are: no limit."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """The parties of one size in a round.

    ``members[party, i]`` are participants by number; ``steps[i, party, session]`` is how far down a session
    is for each, ``amounts`` what it adds to sums over seats for a whole party, and ``open`` where it may be.
    ``traits[party, j]`` have ``times[party, j]`` of its members.
    """

    members: Ints
    steps: Ints
    amounts: Mapping[Criterion, Ints]
    open: Flags
    traits: Ints
    times: Ints

    @property
    def size(self) -> int:
        return int(self.members.shape[1])

    @property
    def cells(self) -> int:
        """How many sessions of parties there are: what a look at all of them takes."""
        return self.open.size


@dataclass(frozen=True, slots=True, kw_only=True)
class Round:
    """A round in which seats are passed on. ``number`` is its own, ``seats`` and ``least`` are by session.

    ``traits[j, person]`` are what somebody is. In a session there are at most ``most_of[trait, session]`` and
    at least ``least_of[trait, session]``. Those ``in_pairs`` are traits of which each two are a pair.
    """

    number: int
    seats: Ints
    least: Ints
    traits: Ints
    most_of: Ints
    least_of: Ints
    in_pairs: Flags
    turns: tuple[Turn, ...]

    @property
    def sessions(self) -> int:
        return len(self.seats)

    @property
    def limited(self) -> Flags:
        """Which traits a session has to have so many of, or may not have more of."""
        return np.asarray(((self.most_of < ANYBODY) | (self.least_of > 0)).any(axis=1))


def rounds_of(aggregate: Aggregate, criteria: Collection[Criterion]) -> tuple[Round, ...]:
    """Return the rounds that have a list of their own, where participants share nothing but seats.

    What their turns tell of seats is what some ``criteria`` ask, here and elsewhere.
    """
    return tuple(
        _round_of(leaf, aggregate.ranking[leaf.number], criteria)
        for leaf in aggregate.leaves
        if isinstance(leaf, Leaf)
    )


def _round_of(leaf: Leaf, ranking: Ints, criteria: Collection[Criterion]) -> Round:
    people = np.flatnonzero(ranking != leaf.presents)
    without = np.zeros((1, len(ranking)), dtype=np.int64)
    return Round(
        number=leaf.round,
        seats=leaf.seats,
        least=np.zeros_like(leaf.seats),
        traits=without,
        most_of=np.full((1, leaf.sessions), ANYBODY, dtype=np.int64),
        least_of=np.zeros((1, leaf.sessions), dtype=np.int64),
        in_pairs=np.zeros(1, dtype=np.bool_),
        turns=(turn_of(leaf, ranking, people[:, None], without, criteria, nothing=0),) if len(people) else (),
    )


def turn_of(
    leaf: Leaf,
    rows: Ints,
    members: Ints,
    traits: Ints,
    criteria: Collection[Criterion],
    *,
    nothing: int,
    may_be: Flags | None = None,
) -> Turn:
    """Return the turn of some parties. ``rows`` are those of a leaf's tables, ``nothing`` the last trait.

    ``may_be[person, session]`` closes more sessions than the leaf does.
    """
    of = rows[members]
    is_open = leaf.open[of, : leaf.sessions]
    if may_be is not None:
        is_open = is_open & may_be[members]
    theirs, times = _count_traits(traits[:, members], nothing)
    return Turn(
        members=members,
        steps=np.ascontiguousarray(np.moveaxis(leaf.steps[of, : leaf.sessions], 1, 0)),
        amounts={
            criterion: amounts[of, : leaf.sessions].sum(axis=1)
            for criterion, amounts in leaf.amounts.items()
            if criterion in criteria
        },
        open=np.asarray(is_open.all(axis=1)),
        traits=theirs,
        times=times,
    )


def _count_traits(traits: Ints, nothing: int) -> tuple[Ints, Ints]:
    """Return each party's different traits, and how many of its members have each."""
    each = np.moveaxis(traits, 0, 2).reshape(traits.shape[1], -1)
    alike = each[:, :, None] == each[:, None, :]
    before = np.tri(each.shape[1], k=-1, dtype=np.bool_)
    return np.where((alike & before).any(axis=2), nothing, each), np.asarray(alike.sum(axis=2))
