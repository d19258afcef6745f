"""Parties: those who stay together, or one participant alone. Each has its days as one, of its size.

What binds a party's members is inside of it, and costs a relaxation nothing: they choose a day together, take
as many seats as they are, and each has a regret of their own.

Legend, with a pencil: Åse and Bo stay together, Cai is alone. In round 1 of 1A and 1B, Åse and Bo wish for
1A > 1B, Cai for 1B > 1A, and in round 2 Bo is not there.

    size        how many members a party has: Åse and Bo are one of 2, Cai is one of 1
    turn        what a party decides at once: where those of it sit who stay together in a round. In round 1
                Åse and Bo have one turn, in round 2 each has one: Åse sits somewhere, Bo stands
    spot        a session of the day by its number, as crowd.py counts them; in a turn, the last is to stand
    ceiling     at most so many of one organisation, or of one in another group, in a spot
    colleagues  those of one organisation who may be in a spot, and of whom each two are a pair that counts
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from midtvejs.domain.fairness import OF_EARLIER, Criterion
from midtvejs.domain.quotas import is_counted
from midtvejs.domain.rules import Company, Quota
from midtvejs.solving.instance.arrays import Flags, Ints, RoundSeats
from midtvejs.solving.instance.case import PRESENTS, Case
from midtvejs.solving.instance.crowd import Aggregate, Leaf

Party = tuple[int, ...]
"""The members of a party, participants by number, in the order of their keys."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """The turns that some ``parties`` have in a round, by their numbers among those of their size.

    What there is to choose is in columns: the sessions of the round, ``part``, and to stand. Of each
    ``steps[party, choice, member]`` are taken; ``seated[party, choice, member]`` tells who takes a seat, and
    ``amounts[party, choice]`` what that adds to criteria that are sums over seats. Only what is ``open`` can
    be chosen.
    """

    part: RoundSeats
    parties: Ints
    steps: Ints
    open: Flags
    seated: Flags
    amounts: Mapping[Criterion, Ints]

    @property
    def seats(self) -> Ints:
        """How many take a seat, by party and choice."""
        return np.asarray(self.seated.sum(axis=2, dtype=np.int64))


@dataclass(frozen=True, kw_only=True)
class Sized:
    """All parties of one ``size``, each kind of them once, turns in order.

    ``alike`` are the participants of each kind: of those who are alone all of them, or else the members.
    """

    size: int
    alike: tuple[tuple[int, ...], ...]
    turns: tuple[Turn, ...]

    @property
    def kinds(self) -> int:
        return len(self.alike)

    @cached_property
    def parties(self) -> tuple[Party, ...]:
        """A party of each kind."""
        return tuple(people[: self.size] for people in self.alike)

    @cached_property
    def counts(self) -> Ints:
        """How many parties there are of each kind."""
        return np.array([len(people) // self.size for people in self.alike], dtype=np.int64)

    @property
    def choices(self) -> int:
        """How many choices there are in all turns."""
        return sum(turn.open.size for turn in self.turns)


def is_plain(case: Case) -> bool:
    """Return whether each round has a list of its own, and nobody is to be kept where they were before.

    Whoever recomputes a bound has those choose alone whom it costs something to be moved, newcomers as well.
    """
    keeps = not {*OF_EARLIER}.isdisjoint(case.program.rules.fairness)
    return not case.blocks and not keeps and not any(round_.going_on for round_ in case.rounds)


APART = ""
"""What stands for a group such as organisations where people are to be apart from each other."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ceiling:
    """At most so many (``limit``) of those who are of a ``trait`` in a ``group`` have seats in a spot.

    Where the group is ``APART``, they are those of a group that is to be apart, and the trait is its number.
    """

    spot: int
    group: str
    trait: str
    limit: int


def find_ceilings(case: Case) -> tuple[Ceiling, ...]:
    """Return the ceilings that some seats in their rounds could exceed, in the order of the day."""
    rules, found, first = case.program.rules, list[Ceiling](), 0
    of_the_day = () if rules.at_most is None else (Quota(group=rules.at_most_of, number=rules.at_most),)
    for number, round_ in enumerate(case.program.rounds):
        quotas = [(*of_the_day, *session.at_most) for session in round_.sessions]
        groups = {quota.group for of_one in quotas for quota in of_one}
        seated = {group: _count_seated(case, number, group) for group in sorted(groups)}
        for spot, of_one in enumerate(quotas, start=first):
            limits: dict[tuple[str, str], int] = {}
            for quota in of_one:
                for trait, count in seated[quota.group].items():
                    if is_counted(quota, trait) and quota.number < count:
                        of = quota.group, trait
                        limits[of] = min(limits.get(of, quota.number), quota.number)
            found += [
                Ceiling(spot=spot, group=group, trait=trait, limit=limit)
                for (group, trait), limit in sorted(limits.items())
            ]
        found += _apart_in(case, number, first)
        first += len(round_.sessions)
    return tuple(found)


def _apart_in(case: Case, number: int, first: int) -> Iterator[Ceiling]:
    """Return a ceiling for each session of a round in which two of a group could be who are to be apart."""
    round_ = case.program.rounds[number]
    for trait, (group, members) in enumerate(case.apart):
        rankings = [case.ranking(person, number) for person in members]
        is_open = [case.rounds[number].open[ranking] for ranking in rankings if ranking != PRESENTS]
        for spot in range(len(round_.sessions)) if group.holds_in(round_.id) else ():
            if sum(spot in each for each in is_open) > 1:
                yield Ceiling(spot=first + spot, group=APART, trait=str(trait), limit=1)


def members_of(case: Case, group: str, trait: str) -> Sequence[int]:
    """Return the participants who are something in a group, or in one that is to be apart, by number."""
    return case.apart[int(trait)][1] if group == APART else case.by_trait(group)[trait]


def _count_seated(case: Case, round_: int, group: str) -> Mapping[str, int]:
    """Count those who may take a seat in a round, by what they are in a group."""
    return {
        trait: sum(case.ranking(person, round_) != PRESENTS for person in people)
        for trait, people in case.by_trait(group).items()
    }


@dataclass(frozen=True, slots=True, kw_only=True)
class Colleagues:
    """Those of a ``trait`` in a ``group`` of whom up to ``most`` can have seats in a spot, two or more."""

    spot: int
    group: str
    trait: str
    most: int


def find_colleagues(case: Case) -> tuple[Colleagues, ...]:
    """Return who would be colleagues in each session, in the order of the day."""
    group, found, first = case.program.rules.spread_of, list[Colleagues](), 0
    of_group = sorted(case.by_trait(group).items())
    for round_ in case.program.rounds:
        for spot, session in enumerate(round_.sessions, start=first):
            found += [
                Colleagues(spot=spot, group=group, trait=trait, most=most)
                for trait, people in of_group
                if (most := min(len(people), session.seats)) > 1
            ]
        first += len(round_.sessions)
    return tuple(found)


@dataclass(frozen=True, slots=True, kw_only=True)
class Floor:
    """At least so many (``least``) have seats in a spot; or nobody, where it may be cancelled."""

    spot: int
    least: int
    may_be_cancelled: bool


def find_floors(case: Case) -> tuple[Floor, ...]:
    """Return the least audiences of the day, in its order.

    Where a session that may be cancelled has no room yet, its seats are worth what the dearest are: its
    least audience is left out.
    """
    sessions = [session for round_ in case.program.rounds for session in round_.sessions]
    return tuple(
        Floor(spot=spot, least=session.least, may_be_cancelled=session.may_be_cancelled)
        for spot, session in enumerate(sessions)
        if session.least and not (session.may_be_cancelled and session.rooms)
    )


def find_parties(case: Case, most: int) -> list[Party]:
    """Return who is in a party of two or more: of those whom groups bind at all, ``most`` at a time."""
    groups = (numbers for group, numbers in case.members.items() if group.company is Company.TOGETHER)
    bound = [_by_keys(case, connected) for connected in connect(groups)]
    parties = [
        tuple(members[first : first + most]) for members in bound for first in range(0, len(members), most)
    ]
    return [members for members in parties if len(members) > 1]


def seat_parties(
    case: Case, aggregate: Aggregate, parties: Iterable[Party], traits: Mapping[int, tuple[int, ...]]
) -> tuple[Sized, ...]:
    """Return the turns of these parties, and of everybody else alone, by size.

    ``traits`` are numbers, by participant, for what they are that is looked at: those are not alike who
    differ in it, where nobody is with them.
    """
    by_size: dict[int, list[Party]] = defaultdict(list)
    for members in parties:
        by_size[len(members)].append(members)
    alone = set(range(len(case.rows))).difference(
        *(members for of_size in by_size.values() for members in of_size)
    )
    alike: dict[tuple[object, ...], list[int]] = defaultdict(list)
    for person in sorted(alone):
        freed = tuple(case.freed.get((person, round_)) for round_ in range(len(case.rounds)))
        alike[case.rows[person], freed, traits.get(person)].append(person)
    day = _Day(case, aggregate)
    if alike:
        by_size[1] = [tuple(people) for people in alike.values()]
    return tuple(
        Sized(
            size=size,
            alike=tuple(of_size),
            turns=tuple(day.turns(size, [people[:size] for people in of_size])),
        )
        for size, of_size in sorted(by_size.items())
    )


def connect(groups: Iterable[Sequence[int]]) -> list[list[int]]:
    """Return those who are in any of the groups, joined where they share one, by the first of them."""
    leader: dict[int, int] = {}

    def find(person: int) -> int:
        while leader.setdefault(person, person) != person:
            person = leader[person]
        return person

    for members in groups:
        for person in members:
            one, other = sorted((find(members[0]), find(person)))
            leader[other] = one
    connected: dict[int, list[int]] = defaultdict(list)
    for person in sorted(leader):
        connected[find(person)].append(person)
    return list(connected.values())


def _by_keys(case: Case, people: Iterable[int]) -> list[int]:
    return sorted(people, key=lambda person: case.participants[person].key)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Choices:
    """What those have to choose from who have a turn: by choice, and by member of them, as in ``Turn``."""

    open: Flags
    seated: Flags
    steps: Ints
    amounts: Mapping[Criterion, Ints]


class _Day:
    """The turns of a day."""

    def __init__(self, case: Case, aggregate: Aggregate) -> None:
        self._case = case
        self._leaves = {leaf.round: leaf for leaf in aggregate.leaves if isinstance(leaf, Leaf)}
        self._bound = [self._bound_in(number) for number in range(len(case.rounds))]

    def turns(self, size: int, parties: Sequence[Party]) -> Iterator[Turn]:
        """Return the turns of parties of a size, round by round; in each, every party's first one first."""
        for round_, leaf in sorted(self._leaves.items()):
            if size == 1:
                yield self._turn_alone(leaf, [person for (person,) in parties])
                continue
            nth: list[list[tuple[int, Party]]] = [[] for _ in range(size)]
            for number, members in enumerate(parties):
                for turn, those in enumerate(self._with_turns(round_, members)):
                    nth[turn].append((number, those))
            for having in filter(None, nth):
                yield self._turn(leaf, size, having, parties)

    def _turn_alone(self, leaf: Leaf, people: Sequence[int]) -> Turn:
        """Return the turn of those who are alone. Anyone who presents may stand, and has no seat then."""
        rankings = np.array([self._case.ranking(person, leaf.round) for person in people], dtype=np.int64)
        presents = [self._case.rows[person][leaf.round] == PRESENTS for person in people]
        rows = np.where(rankings == PRESENTS, leaf.presents, rankings)
        is_open = leaf.open[rows]
        is_open[presents, -1] = True
        seated = np.ones(is_open.shape, dtype=np.bool_)
        seated[:, -1] = False
        return Turn(
            part=leaf.part,
            parties=np.arange(len(people)),
            steps=leaf.steps[rows][:, :, None],
            open=is_open,
            seated=seated[:, :, None],
            amounts={criterion: amounts[rows] for criterion, amounts in leaf.amounts.items()},
        )

    def _bound_in(self, round_: int) -> Mapping[int, int]:
        """Return by participant one of those that they stay together with in a round, the same for all."""
        here = self._case.program.rounds[round_]
        groups = (
            [person for person in numbers if self._case.participants[person].attends(here)]
            for group, numbers in self._case.members.items()
            if group.company is Company.TOGETHER and group.holds_in(here.id)
        )
        return {person: those[0] for those in connect(groups) for person in those}

    def _with_turns(self, round_: int, members: Party) -> list[Party]:
        """Return who of a party have each turn of a round."""
        turns: dict[int, list[int]] = defaultdict(list)
        for person in members:
            turns[self._bound[round_].get(person, person)].append(person)
        return [tuple(those) for those in turns.values()]

    def _turn(
        self, leaf: Leaf, size: int, having: Sequence[tuple[int, Party]], parties: Sequence[Party]
    ) -> Turn:
        choices = [self._choices(leaf, those) for _, those in having]
        steps = np.zeros((len(having), leaf.sessions + 1, size), dtype=np.int64)
        seated = np.zeros(steps.shape, dtype=np.bool_)
        for line, ((number, those), theirs) in enumerate(zip(having, choices, strict=True)):
            places = [parties[number].index(person) for person in those]
            steps[line][:, places] = theirs.steps
            seated[line][:, places] = theirs.seated
        return Turn(
            part=leaf.part,
            parties=np.array([number for number, _ in having], dtype=np.int64),
            steps=steps,
            open=np.array([theirs.open for theirs in choices]),
            seated=seated,
            amounts={
                criterion: np.array([theirs.amounts[criterion] for theirs in choices])
                for criterion in leaf.amounts
            },
        )

    def _choices(self, leaf: Leaf, those: Party) -> _Choices:
        """Return what those have to choose from who are to be in one session."""
        alone = [self._alone(leaf, person) for person in those]
        if len(those) == 1:
            return alone[0]
        return _Choices(
            open=np.logical_and.reduce([each.open for each in alone]),
            seated=np.hstack([each.seated for each in alone]),
            steps=np.hstack([each.steps for each in alone]),
            amounts={
                criterion: np.sum([each.amounts[criterion] for each in alone], axis=0)
                for criterion in leaf.amounts
            },
        )

    def _alone(self, leaf: Leaf, person: int) -> _Choices:
        """Return what somebody of a party has to choose from in a round.

        Anyone who presents is in their own session, and takes no seat there; in any other that is open to
        them, where it may be cancelled. Those whom nothing binds in the round may as well stand.
        """
        case, round_ = self._case, leaf.round
        ranking = case.ranking(person, round_)
        row = leaf.presents if ranking == PRESENTS else ranking
        is_open, steps = leaf.open[row].copy(), leaf.steps[row].copy()
        seated = np.ones(leaf.sessions + 1, dtype=np.bool_)
        seated[-1] = False
        amounts = {criterion: each[row].copy() for criterion, each in leaf.amounts.items()}
        if case.rows[person][round_] == PRESENTS:
            bound = person in self._bound[round_]
            own = case.own(person, round_) if bound else leaf.sessions
            is_open[-1], is_open[own] = not bound, True
            seated[own] = False
            for table in (steps, *amounts.values()):
                table[own] = 0
        return _Choices(open=is_open, seated=seated[:, None], steps=steps[:, None], amounts=amounts)
