"""What each criterion comes to in an assignment, counted from who sits where."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from functools import cached_property
from math import comb

from midtvejs.domain.fairness import Criterion
from midtvejs.domain.friends import Pair, count_apart, friends_of
from midtvejs.domain.participants import Participant, fold
from midtvejs.domain.profile import Profile, find_moved, profile, regret, regret_before
from midtvejs.domain.program import Program
from midtvejs.domain.seated import Day, Seated
from midtvejs.domain.traits import ORGANISATION, same, value_of


class Criteria(Mapping[Criterion, int]):
    """The value of each criterion, counted when it is asked for."""

    def __init__(self, seated: Seated) -> None:
        self._seated = seated

    def __getitem__(self, criterion: Criterion) -> int:
        match criterion:
            case Criterion.SPREAD:
                seats = self.colleagues(self._seated.program.rules.spread_of)
                return sum(comb(count, 2) for count in seats.values())
            case Criterion.AVOID_OWN:
                seats = self.colleagues(ORGANISATION)
                return sum(seats[own] for own in self._own)
            case Criterion.FRIENDS:
                return self._friends_apart
            case Criterion.MOVED | Criterion.MOVED_SEATS | Criterion.DISPLACED:
                return self._count_moved(criterion)
            case _:
                return self.profile.criteria[criterion]

    def __iter__(self) -> Iterator[Criterion]:
        return iter(Criterion)

    def __len__(self) -> int:
        return len(Criterion)

    def __repr__(self) -> str:
        return repr(dict(self))

    @cached_property
    def profile(self) -> Profile:
        """How people are treated; where that is not lawful, it may raise LookupError."""
        return profile(self._seated)

    @cached_property
    def friends(self) -> list[Pair]:
        """The pairs of those seated who named each other."""
        return friends_of(self._seated.participants)

    @property
    def _friends_apart(self) -> int:
        days = self._seated.days
        return sum(count_apart(one, days[one.key], other, days[other.key]) for one, other in self.friends)

    def colleagues(self, group: str) -> Counter[tuple[str, str]]:
        """Return how many who are one in a group take a seat in a sitting, by its key and what they are.

        Those who are nothing in it are left out.
        """
        if group not in self._colleagues:
            self._colleagues[group] = self._count_colleagues(group)
        return self._colleagues[group]

    @cached_property
    def _colleagues(self) -> dict[str, Counter[tuple[str, str]]]:
        return {}

    def _count_colleagues(self, group: str) -> Counter[tuple[str, str]]:
        days = self._seated.days
        # Many people are alike in all of this.
        alike = Counter(
            (days[person.key], value_of(person, group), person.presents)
            for person in self._seated.participants
        )
        keys = self._seated.program.keys
        names = {value: same(group, value) for _, value, _ in alike}
        seats: Counter[tuple[str, str]] = Counter()
        for (day, value, presents), count in alike.items():
            for of_round, code in zip(keys, day, strict=True) if names[value] else ():
                if code in of_round and code not in presents:
                    seats[of_round[code], names[value]] += count
        return seats

    @cached_property
    def _moved(self) -> dict[Participant, list[int]]:
        """By each participant who is moved, the rounds in which they have another seat than before."""
        days, program = self._seated.days, self._seated.program
        moved = {
            person: find_moved(person, days[person.key], program)
            for person in self._seated.participants
            if person.earlier
        }
        return {person: rounds for person, rounds in moved.items() if rounds}

    def _count_moved(self, criterion: Criterion) -> int:
        if criterion is Criterion.MOVED:
            return len(self._moved)
        if criterion is Criterion.MOVED_SEATS:
            return sum(len(rounds) for rounds in self._moved.values())
        return sum(map(self._is_no_better_off, self._moved))

    def _is_no_better_off(self, person: Participant) -> bool:
        program, day = self._seated.program, self._seated.days[person.key]
        return regret(person, day, program) >= regret_before(person, program)

    @classmethod
    def of_one(cls, program: Program, person: Participant, day: Day) -> Criteria:
        """Return what the day of one participant comes to, as if nobody else took part."""
        return cls(Seated(program=program, participants=(person,), days={person.key: day}))

    @property
    def _own(self) -> set[tuple[str, str]]:
        """The organisations behind each sitting, as its key and their name."""
        sittings = self._seated.program.sittings
        return {(key, fold(name)) for key, session in sittings.items() for name in session.by}
