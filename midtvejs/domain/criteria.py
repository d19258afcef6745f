"""What each criterion comes to in an assignment, counted from who sits where."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from functools import cached_property
from math import comb

from midtvejs.domain.fairness import Criterion
from midtvejs.domain.participants import Participant, fold
from midtvejs.domain.profile import Profile, find_moved, profile, regret, regret_before
from midtvejs.domain.program import Program
from midtvejs.domain.seated import Day, Seated


class Criteria(Mapping[Criterion, int]):
    """The value of each criterion, counted when it is asked for."""

    def __init__(self, seated: Seated) -> None:
        self._seated = seated

    def __getitem__(self, criterion: Criterion) -> int:
        match criterion:
            case Criterion.SPREAD:
                return sum(comb(count, 2) for count in self.colleagues.values())
            case Criterion.AVOID_OWN:
                return sum(self.colleagues[own] for own in self._own)
            case Criterion.MOVED:
                return len(self._moved)
            case Criterion.MOVED_SEATS:
                return sum(len(rounds) for rounds in self._moved.values())
            case Criterion.DISPLACED:
                return sum(map(self._is_no_better_off, self._moved))
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
    def colleagues(self) -> Counter[tuple[str, str]]:
        """How many of an organisation take a seat in a sitting, by its key and the folded name.

        Those who have no organisation are left out.
        """
        days = self._seated.days
        # Many people are alike in all of this.
        alike = Counter(
            (days[person.key], person.organisation, person.presents) for person in self._seated.participants
        )
        keys = self._seated.program.keys
        names = {organisation: fold(organisation) for _, organisation, _ in alike}
        seats: Counter[tuple[str, str]] = Counter()
        for (day, organisation, presents), count in alike.items():
            for of_round, code in zip(keys, day, strict=True) if names[organisation] else ():
                if code in of_round and code not in presents:
                    seats[of_round[code], names[organisation]] += count
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
