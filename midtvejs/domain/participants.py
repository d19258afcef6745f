"""Who signed up, and what they wish for."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import TypeVar, dataclass_transform

from midtvejs.domain.program import Program, Round
from midtvejs.domain.rules import Group, Pin

T = TypeVar("T")


def fold(text: str) -> str:
    """Return ``text`` as people mean it when they compare: NFKC, case folded, white space collapsed."""
    small = text.lower() if text.isascii() else unicodedata.normalize("NFKC", text).casefold()
    folded = " ".join(small.split())
    # What is so already, as most emails, is kept once.
    return text if folded == text else folded


def fold_name(name: str) -> str:
    """Return a name as people mean it when they compare, whether it is "Bo Lund" or "Lund, Bo"."""
    return fold(turn_round(name)) if "," in name else fold(name)


def turn_round(name: str) -> str:
    """Return ``Lund, Bo`` as ``Bo Lund``; a name with no comma, or with several, is returned as it is."""
    last, _, first = (part.strip() for part in name.partition(","))
    return f"{first} {last}" if last and first and "," not in first else name


@dataclass(frozen=True, slots=True)
class Wishes:
    """One participant's ranking of a block's sessions, best first; may be partial, may be empty.

    ``above`` says of each how many stand strictly above it, where some are wished for equally; it is empty
    where none are. Equals stand in the order of their codes.
    """

    codes: tuple[str, ...] = ()
    above: tuple[int, ...] = ()

    @classmethod
    def of_tiers(cls, tiers: Iterable[Iterable[str]]) -> Wishes:
        """Make a ranking of tiers, best first: the sessions of one tier are wished for equally."""
        codes: list[str] = []
        above: list[int] = []
        for tier in map(sorted, tiers):
            above += [len(codes)] * len(tier)
            codes += tier
        return cls(tuple(codes), () if above == [*range(len(codes))] else tuple(above))

    @property
    def places(self) -> Sequence[int]:
        """How many sessions stand strictly above each that is listed."""
        return self.above or range(len(self.codes))

    @property
    def tiers(self) -> list[tuple[str, ...]]:
        """Return the sessions that are wished for equally, the best first; mostly one at a time."""
        tiers: dict[int, list[str]] = {}
        for place, code in zip(self.places, self.codes, strict=True):
            tiers.setdefault(place, []).append(code)
        return [tuple(tier) for tier in tiers.values()]

    def place_of(self, code: str) -> int:
        """Return how many sessions stand strictly above one; all where it is not listed."""
        if code not in self.codes:
            return len(self.codes)
        place = self.codes.index(code)
        return self.above[place] if self.above else place

    def rank_of(self, code: str) -> int | None:
        """Return 1 for a first wish; None for a session that is not listed."""
        return self.place_of(code) + 1 if code in self.codes else None

    def higher_than(self, code: str) -> tuple[str, ...]:
        """Return the sessions that stand strictly above one; all where it is not listed."""
        return self.codes[: self.place_of(code)]

    def above_only(self, code: str) -> Wishes:
        """Return the ranking of the sessions that stand strictly above one."""
        place = self.place_of(code)
        return Wishes(self.codes[:place], self.above[:place])

    def first(self, rounds: int) -> tuple[str, ...]:
        """Return the first wishes of a list for so many rounds: fewer than that stand above each of them."""
        if not self.above:
            return self.codes[:rounds]
        return tuple(code for code, place in zip(self.codes, self.above, strict=True) if place < rounds)

    def without(self, codes: Collection[str]) -> Wishes:
        """Return the ranking with some sessions struck from it."""
        if not any(code in codes for code in self.codes):
            return self
        if not self.above:
            return Wishes(tuple(code for code in self.codes if code not in codes))
        return Wishes.of_tiers([code for code in tier if code not in codes] for tier in self.tiers)

    def steps(self, code: str) -> int:
        """Return how far down the list ``code`` is, in a block of one round: how many are strictly better.

        A session that is not listed lies right below the last one listed; without wishes it is 0 everywhere.
        """
        return self.place_of(code)

    def __str__(self) -> str:
        return " > ".join(map(" = ".join, self.tiers))


NO_WISHES = Wishes()


def count_alike(wishes: Sequence[Wishes]) -> list[tuple[Wishes, int]]:
    """Count wishes without a look into them: those that were read from the same words are one object.

    Equal ones that are not stand in it several times.
    """
    each = {id(one): one for one in wishes}
    return [(each[number], count) for number, count in Counter(map(id, wishes)).items()]


@dataclass_transform(frozen_default=True, kw_only_default=True, field_specifiers=(field,))
def _made_by_the_million(cls: type[T]) -> type[T]:
    """Make a dataclass whose fields only the type checker keeps from being set.

    To make one of ``frozen=True`` takes two to three times as long.
    """
    return dataclass(slots=True, kw_only=True, unsafe_hash=True)(cls)


@_made_by_the_million
class Participant:
    """A participant who signed up. ``wishes`` has an entry for each block of the program, in its order.

    ``presents`` holds the codes of the sessions in which they are presenters, ``absent`` the ids of the
    rounds that they do not attend. ``pins`` and ``groups`` are those of the program's rules that name them.
    ``earlier`` is their day in an assignment that is to be kept, a code for each round; it is empty where
    they had none. A code in it may be that of a session that is cancelled since. ``traits`` are what they are
    in the groups that the program names: pairs of the group and what it says, where it says anything.
    ``named`` are those whom they would like to be with, as they wrote it, and ``wants`` the keys of those of
    them who take part. ``key`` tells participants apart: by email, and by name where there is none.
    """

    name: str
    email: str = ""
    organisation: str = ""
    traits: tuple[tuple[str, str], ...] = ()
    wishes: tuple[Wishes, ...]
    presents: frozenset[str] = frozenset()
    absent: frozenset[str] = frozenset()
    step_free: bool = False
    pins: tuple[Pin, ...] = ()
    groups: tuple[Group, ...] = ()
    earlier: tuple[str, ...] = ()
    named: tuple[str, ...] = ()
    wants: tuple[str, ...] = ()
    key: str = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        self.key = fold(self.email) or fold(self.name)  # type: ignore[misc] # it is not set anywhere else

    def presents_in(self, round_: Round) -> str | None:
        """Return the code of their own session in a round, None where they are free to attend any."""
        if not self.presents:
            return None
        return next((session.code for session in round_.sessions if session.code in self.presents), None)

    def attends(self, round_: Round) -> bool:
        return round_.id not in self.absent

    def open_to_them(self, round_: Round) -> frozenset[str]:
        """Return the codes of the sessions in which they may take a seat in a round that they attend.

        That is each that no pin, ban or step is in the way of. A session that they present is not looked at.
        A pin that may hold in another round as well (``pinned_anywhere``) is in the way of nothing.
        """
        codes = frozenset(session.code for session in round_.sessions)
        here = self.pins_in(round_)
        if pinned := codes & {pin.code for pin in here if pin.holds}:
            codes = pinned if len(pinned) == 1 else frozenset()
        codes -= {pin.code for pin in here if not pin.holds}
        if self.step_free:
            codes &= {session.code for session in round_.sessions if session.may_be_step_free}
        return codes

    def pins_in(self, round_: Round) -> tuple[Pin, ...]:
        """Return the pins and bans that hold in a round, whatever the others are."""
        if not self.pins:
            return ()
        several = {session.code: bool(session.sitting) for session in round_.sessions}
        return tuple(
            pin
            for pin in self.pins
            if pin.code in several
            and pin.round_id in {"", round_.id}
            and (pin.round_id or not pin.holds or not several[pin.code])
        )

    def pinned_anywhere(self, program: Program) -> frozenset[str]:
        """Return the codes of sessions, held more than once, that they must be in whichever the round.

        Whoever presents a session is in it anyway.
        """
        if not self.pins:
            return frozenset()
        codes = frozenset(pin.code for pin in self.pins if pin.holds and not pin.round_id)
        return (codes & program.repeated) - self.presents


AT_ONCE = 2**16
"""So many are gone through as they lie in the computer's memory, which is quicker than by their keys."""


def in_order_of_keys(
    people: Sequence[Participant], make: Callable[[Sequence[int]], Iterable[T]]
) -> Iterator[T]:
    """Make something of each participant, in the order of their keys, whatever order they came in.

    ``make`` is given the numbers of some of them at a time, and makes one thing of each, in this order.
    """
    keys = [person.key for person in people]
    order = sorted(range(len(keys)), key=keys.__getitem__)
    for begin in range(0, len(order), AT_ONCE):
        some = order[begin : begin + AT_ONCE]
        numbers = sorted(some)
        made = dict(zip(numbers, make(numbers), strict=True))
        yield from map(made.__getitem__, some)
