"""Those who wish, in arrays, for any placement: who are alike is one kind of them, with a count.

Legend, with three sessions A, B and C that share one list:

    code        0 is A, 1 is B, 2 is C: what is settled and what is offered, in the order of the codes
    kind        who wish alike, present the same, are there in the same rounds and may be in the same sessions
    place       how many stand above each session on a kind's list, all of them where it is not on it
    weight      how many people are of a kind

Anyone who has no wishes in any list weighs nothing, and is of no kind; but they take seats.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from midtvejs.domain.participants import Participant, Wishes
from midtvejs.domain.program import Block, Program
from midtvejs.solving.instance.arrays import Flags, Ints

CLOSED = 10_000
"""The place of a session that a participant may not be in: they are there only where nothing else is held."""


@dataclass(frozen=True, slots=True)
class Kind:
    """Who are alike. ``closed`` and ``pinned`` are codes, wherever these are held."""

    wishes: tuple[Wishes, ...]
    presents: frozenset[str]
    absent: frozenset[str]
    closed: frozenset[str]
    pinned: frozenset[str]


def kind_of(person: Participant, known: frozenset[str]) -> Kind:
    """Return what participants are alike in who are of a kind.

    Pins and bans of a certain round are left to the seating, and so is who needs a way without steps: that
    can only cost more.
    """
    anywhere = [pin for pin in person.pins if not pin.round_id and pin.code in known]
    return Kind(
        wishes=person.wishes,
        presents=person.presents & known,
        absent=person.absent,
        closed=frozenset(pin.code for pin in anywhere if not pin.holds) - person.presents,
        pinned=frozenset(pin.code for pin in anywhere if pin.holds) - person.presents,
    )


@dataclass(frozen=True, kw_only=True)
class Crowd:
    """The kinds of people, the most alike first, and how many there are of each."""

    program: Program
    codes: tuple[str, ...]
    kinds: tuple[Kind, ...]
    weights: Ints
    people: int

    @cached_property
    def number(self) -> dict[str, int]:
        return {code: number for number, code in enumerate(self.codes)}

    def listed(self, block: int) -> Ints:
        """Return the length of each kind's list."""
        return np.array([len(kind.wishes[block].codes) for kind in self.kinds], dtype=np.int64)

    def places(self, block: int) -> Ints:
        """Return ``places[kind, code]`` on the lists of a block."""
        places = np.repeat(self.listed(block)[:, None], len(self.codes), axis=1)
        for row, kind in enumerate(self.kinds):
            wishes = kind.wishes[block]
            columns = [self.number[code] for code in wishes.codes if code in self.number]
            places[row, columns] = [
                place for place, code in zip(wishes.places, wishes.codes, strict=True) if code in self.number
            ]
            places[row, [self.number[code] for code in kind.closed]] = CLOSED
        return places

    def flags(self, of_kinds: Iterable[frozenset[str]]) -> Flags:
        """Return ``flags[kind, code]``, up for the codes that each kind has."""
        flags = np.zeros((len(self.kinds), len(self.codes)), dtype=np.bool_)
        for row, codes in enumerate(of_kinds):
            flags[row, [self.number[code] for code in codes if code in self.number]] = True
        return flags

    @cached_property
    def presents(self) -> Flags:
        return self.flags(kind.presents for kind in self.kinds)

    @cached_property
    def pinned(self) -> Flags:
        return self.flags(kind.pinned for kind in self.kinds)

    @cached_property
    def absent(self) -> Flags:
        """Return ``absent[kind, round]``."""
        return np.array(
            [[round_.id in kind.absent for round_ in self.program.rounds] for kind in self.kinds],
            dtype=np.bool_,
        ).reshape(-1, len(self.program.rounds))


def crowd_of(program: Program, participants: Iterable[Participant], *, everybody: bool = False) -> Crowd:
    """Count the kinds of those who wish, or of ``everybody``. The order of people changes nothing."""
    people = tuple(participants)
    known = frozenset(program.sessions) | {offer.code for offer in program.offers}
    kinds = Counter(
        kind_of(person, known)
        for person in people
        if everybody or any(wishes.codes for wishes in person.wishes)
    )
    in_order = sorted(kinds, key=lambda kind: (-kinds[kind], _sortable(kind)))
    return Crowd(
        program=program,
        codes=tuple(sorted(known)),
        kinds=tuple(in_order),
        weights=np.array([kinds[kind] for kind in in_order], dtype=np.int64),
        people=len(people),
    )


def _sortable(kind: Kind) -> tuple[object, ...]:
    sets = (kind.presents, kind.absent, kind.closed, kind.pinned)
    return (
        tuple((wishes.codes, wishes.above) for wishes in kind.wishes),
        *(tuple(sorted(each)) for each in sets),
    )


def is_separable(program: Program, block: Block) -> bool:
    """Return whether each session of a block is held once, in one round: rounds cost what they cost apart."""
    rounds = program.rounds_in(block)
    ids = {round_.id for round_ in rounds}
    held = Counter(session.code for round_ in rounds for session in round_.sessions)
    held.update({offer.code: offer.most for offer in program.offers if not ids.isdisjoint(offer.rounds)})
    return all(count == 1 for count in held.values())
